"""Looks at and scores an exported model.

    python evaluate.py sheet MODEL sheet.jpg --prompts prompts.txt --seeds 3
    python evaluate.py score MODEL scores.json --classifier classifier.pt --autoencoder decoder.pt --count 400
    python evaluate.py time MODEL
    python evaluate.py prompts FOLDER --count 500       held-out prompts for `npm run bench -- fast FOLDER`
    python evaluate.py judge FOLDER --classifier classifier.pt     names the pictures that it drew

Scores: the classifier (trained on renders only) names subject, place and time of day of generated pictures whose pair
of subject and place was never trained on, of pictures of trained pairs, and of fresh renders of the same scenes.
"""

import argparse
import json
import os
import random
import sys
import time

import cv2
import numpy as np
import torch

from autoencoder import load_autoencoder, to_pixels
from captions import caption
from classifier import UNKNOWN, load_classifier, prepared, truth_of
from pipeline import Pipeline
from scenes import NOUN_IDS, draw_colour, draw_weather, held_out, render
from sheets import contact_sheet
from vocabulary import PLAIN, SCENES, TIMED, TIMES

AT_ONCE = 4
SHEET_QUALITY = 82
PROMPT_SEED = 777


def single_subject_scene(R, wants_held_out):
    """A scene with one subject, whose pair with the place was held out or not."""
    while True:
        noun, place = R.choice(NOUN_IDS), R.choice(SCENES)
        if held_out(noun, place) == wants_held_out:
            break
    time_of_day = R.choice(TIMES) if place in TIMED else "noon"
    weather = draw_weather(R, place, time_of_day)
    colour = R.choice(list(PLAIN)) if place == "plain" else None
    return {
        "k": 1,
        "scene": place,
        "time": time_of_day,
        "wx": weather,
        "objs": [(noun, draw_colour(R, noun))],
        "count": 1,
        "size": "",
        "extra": "",
        "colour": colour,
    }


def drawn_prompts(count, wants_held_out):
    """Scenes and their captions, always the same ones; the time of day is always said."""
    R = random.Random(PROMPT_SEED + wants_held_out)
    scenes, prompts = [], []
    while len(scenes) < count:
        scene = single_subject_scene(R, wants_held_out)
        text = caption(R, scene)
        if scene["scene"] in TIMED and scene["time"] == "noon" and not any(w in text for w in ("noon", "day")):
            text += " at noon"
        scenes.append(scene)
        prompts.append(text)
    return scenes, prompts


@torch.no_grad()
def judged(classifier, pictures, scenes):
    """Shares of right answers, and how many pictures each is taken from."""
    scores = [classifier(prepared(pictures[start : start + 32])) for start in range(0, len(pictures), 32)]
    noun, place, time_of_day = (torch.cat(parts) for parts in zip(*scores))
    truth = torch.tensor([truth_of(scene) for scene in scenes])
    timed = truth[:, 2] != UNKNOWN
    share = lambda right: round(right.float().mean().item(), 4)
    return {
        "subject": share(noun.argmax(1) == truth[:, 0]),
        "subject in the first five": share((noun.topk(5, 1).indices == truth[:, :1]).any(1)),
        "place": share(place.argmax(1) == truth[:, 1]),
        "time of day": share(time_of_day.argmax(1)[timed] == truth[timed, 2]),
        "count": len(scenes),
        "count with a time of day": int(timed.sum()),
    }


def edge_energy(pictures):
    """The mean slope of the grey values, across and down."""
    grey = np.asarray(pictures, np.float32).mean(-1)
    return float(np.abs(np.diff(grey, axis=1)).mean() + np.abs(np.diff(grey, axis=2)).mean())


def generated(pipeline, prompts, first_seed, options):
    pictures = []
    for start in range(0, len(prompts), AT_ONCE):
        part = prompts[start : start + AT_ONCE]
        seeds = range(first_seed + start, first_seed + start + len(part))
        pictures.append(pipeline(part, seeds, options.steps, options.guidance))
        print(f"\r{start + len(part)} of {len(prompts)}", end="", file=sys.stderr, flush=True)
    return np.concatenate(pictures)


@torch.no_grad()
def reconstructed(autoencoder, pictures):
    parts = [autoencoder.d(autoencoder.e(to_pixels(pictures[i : i + 4]))) for i in range(0, len(pictures), 4)]
    pixels = torch.cat(parts).clamp(-1, 1).permute(0, 2, 3, 1).numpy()
    return ((pixels + 1) * 127.5 + 0.5).astype(np.uint8)


def score(options):
    """Writes the scores after each part, so that a stopped run still leaves some."""
    classifier, pipeline = load_classifier(options.classifier), Pipeline(options.model, options.threads)
    result = {"sampler": "DPM-Solver++ 2M", "steps": options.steps, "guidance": options.guidance}

    def keep(name, value):
        result[name] = value
        with open(options.out, "w") as file:
            file.write(json.dumps(result, indent=2) + "\n")
        print(name, value, flush=True)

    scenes, prompts = drawn_prompts(options.count, True)
    renders = np.stack([render(random.Random(index), scene)[0] for index, scene in enumerate(scenes)])
    keep("renders of the held-out scenes", judged(classifier, renders, scenes))
    if options.autoencoder:
        decoded = reconstructed(load_autoencoder(options.autoencoder), renders)
        keep("the same through the autoencoder", judged(classifier, decoded, scenes))
        keep("edge energy of those, renders = 1", round(edge_energy(decoded) / edge_energy(renders), 3))
    pictures = generated(pipeline, prompts, 0, options)
    keep("generated, held-out pairs", judged(classifier, pictures, scenes))
    keep(
        "edge energy of generated pictures against the renders", round(edge_energy(pictures) / edge_energy(renders), 3)
    )
    again = generated(pipeline, prompts[: options.count // 8], 100000, options)
    first = pictures[: len(again)].astype(np.float32)
    keep("mean difference of two seeds in 255ths", round(float(np.abs(first - again).mean()), 2))
    keep("pictures compared with another seed", len(again))
    if options.trained_count:
        scenes, prompts = drawn_prompts(options.trained_count, False)
        keep("generated, trained pairs", judged(classifier, generated(pipeline, prompts, 200000, options), scenes))


def write_prompts(options):
    """FOLDER/prompts.json: the held-out scenes and their captions, for pictures that another program draws."""
    os.makedirs(options.folder, exist_ok=True)
    scenes, prompts = drawn_prompts(options.count, True)
    with open(os.path.join(options.folder, "prompts.json"), "w") as file:
        json.dump([{"prompt": prompt, "scene": scene} for prompt, scene in zip(prompts, scenes)], file, indent=1)


def judge(options):
    """FOLDER/scores.json: what is found in FOLDER/pictures/WAY/0000.png and so on, for each way."""
    classifier = load_classifier(options.classifier)
    with open(os.path.join(options.folder, "prompts.json")) as file:
        scenes = [line["scene"] for line in json.load(file)]
    result = {}
    for way in sorted(os.listdir(os.path.join(options.folder, "pictures"))):
        names = sorted(os.listdir(os.path.join(options.folder, "pictures", way)))
        paths = [os.path.join(options.folder, "pictures", way, name) for name in names]
        pictures = [cv2.imread(path)[..., ::-1] for path in paths]
        result[way] = judged(classifier, pictures, [scenes[int(name[:4])] for name in names])
        print(way, result[way], flush=True)
    with open(os.path.join(options.folder, "scores.json"), "w") as file:
        json.dump(result, file, indent=1)


def sheet(options):
    with open(options.prompts) as file:
        prompts = [line.strip() for line in file if line.strip()]
    pipeline = Pipeline(options.model, options.threads)
    wanted = [(prompt, seed) for prompt in prompts for seed in range(options.seeds)]
    pictures = []
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        pictures += list(pipeline([p for p, _ in part], [s for _, s in part], options.steps, options.guidance))
    grid = contact_sheet(pictures, [prompt for prompt, _ in wanted], options.columns, options.width)
    cv2.imwrite(options.out, grid[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, SHEET_QUALITY])


def measure_time(options):
    for threads in (1, 2):
        pipeline = Pipeline(options.model, threads)
        pipeline(["a cat"], [0], 2)
        before, used = time.time(), time.process_time()
        latents = pipeline.latents(["a cat on the beach"], [0], options.steps)
        between = time.time()
        pipeline.decode(latents)
        print(
            f"{threads} thread(s): {options.steps} guided steps {between - before:.2f} s, decoding "
            f"{time.time() - between:.2f} s, {time.process_time() - used:.2f} s of CPU"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("prompts", "judge"):
        command = commands.add_parser(name)
        command.add_argument("folder")
        if name == "prompts":
            command.add_argument("--count", type=int, default=500)
        else:
            command.add_argument("--classifier", required=True)
    for name in ("sheet", "score", "time"):
        command = commands.add_parser(name)
        command.add_argument("model", help="folder in the Optimum layout")
        if name != "time":
            command.add_argument("out")
        if name == "sheet":
            command.add_argument("--prompts", default=os.path.join(os.path.dirname(__file__), "prompts.txt"))
            command.add_argument("--seeds", type=int, default=3)
            command.add_argument("--columns", type=int, default=6)
            command.add_argument("--width", type=int, default=256)
        if name == "score":
            command.add_argument("--classifier", required=True)
            command.add_argument("--autoencoder")
            command.add_argument("--count", type=int, default=400)
            command.add_argument("--trained-count", type=int, default=0)
        command.add_argument("--steps", type=int, default=25)
        command.add_argument("--guidance", type=float, default=4.0)
        command.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    run = {"sheet": sheet, "score": score, "time": measure_time, "prompts": write_prompts, "judge": judge}
    run[options.command](options)


if __name__ == "__main__":
    main()
