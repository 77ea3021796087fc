"""Writes the model card from the measured scores and the model's own files: the same input gives the same card.

python card.py results/scores.json ../public/models/built-in MODEL_CARD.md
"""

import argparse
import json
import os

TEMPLATE = """# Model card: Zoetrope's built-in model

{description}

| | |
|---|---|
| kind | latent diffusion: CLIP text encoder, UNet with cross-attention, light autoencoder; v-prediction, {sample} × {sample} × {channels} latents of 256 × 256 pictures |
| size | {size:.1f} MB, weights stored as fp16: text encoder {text_encoder:.1f}, UNet {unet:.1f}, decoder {vae_decoder:.1f}, encoder {vae_encoder:.1f} |
| defaults | {sampler}, {steps} steps, guidance {guidance} |
| licence | {licence}; art of the training pictures: `LICENSES.md` |

## Data and training

Pictures composed by `scenes.py` from some hundred openly licensed sprites on drawn backgrounds, with captions by `captions.py`; nothing else, and
no picture of a person or place. One in twelve pairs of subject and place was never shown. How it was trained: `README.md`; what was tried:
`results/NOTES.md`.

## Measured

A classifier that was trained on renders only names what it sees ({count} pictures of pairs that were never trained on; `evaluate.py score`).

| pictures | subject | within five | place | time of day |
|---|---|---|---|---|
{rows}

Edge energy against the renders: {edges}. Two seeds differ by {seeds} / 255 on average.

## Limits

It knows only what its captions name: about 100 subjects, 15 places, four times of day, some weather, seven colours, two or three of a kind. Other words are
passed over. It draws in one style. Fine parts (faces, letters, patterns, thin legs) can be wrong, two different subjects in one picture often
become two of one, and a colour that is unusual for its subject may be passed over. It is made for a first impression; for real work choose a larger model in the app.
"""
ROWS = {
    "renders of the held-out scenes": "renders of the same scenes",
    "the same through the autoencoder": "… through the autoencoder",
    "generated, held-out pairs": "**generated, pairs never trained on**",
    "generated, trained pairs": "generated, trained pairs",
}
SCORES = ("subject", "subject in the first five", "place", "time of day")


def size_of(folder):
    return sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(folder) for name in names) / 1e6


def read(*path):
    with open(os.path.join(*path)) as file:
        return json.load(file)


def written(scores, model):
    card, unet = read(model, "card.json"), read(model, "unet", "config.json")
    parts = ("text_encoder", "unet", "vae_decoder", "vae_encoder")
    rows = [
        f"| {words} | " + " | ".join(f"{scores[name][score]:.1%}" for score in SCORES) + " |"
        for name, words in ROWS.items()
        if name in scores
    ]
    return TEMPLATE.format(
        description=card["description"],
        licence=card["licence"],
        sample=unet["sample_size"],
        channels=unet["in_channels"],
        size=size_of(model),
        **{part: size_of(os.path.join(model, part)) for part in parts},
        sampler=scores["sampler"],
        steps=scores["steps"],
        guidance=scores["guidance"],
        count=scores["generated, held-out pairs"]["count"],
        rows="\n".join(rows),
        edges=scores["edge energy of generated pictures against the renders"],
        seeds=scores["mean difference of two seeds in 255ths"],
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scores")
    parser.add_argument("model", help="folder in the Optimum layout")
    parser.add_argument("out")
    options = parser.parse_args()
    with open(options.out, "w") as file:
        file.write(written(read(options.scores), options.model))


if __name__ == "__main__":
    main()
