"""The training set: scenes painted and captioned by chance, kept as shards of latents.

    python dataset.py sheet sheet.png --seed 1               a contact sheet to look at
    python dataset.py shard DATA NAME --count 4500 --seed 1 --autoencoder autoencoder.pt [--pictures]

A shard is NAME.jsonl (scene and four captions a line), lat_NAME.npy [n, 4, 32, 32], mask_NAME.npy [n, 32, 32]
(where the subjects are) and small_NAME.npy [n, 112, 112, 3] (for the classifier). With --pictures also
pictures_NAME.npy [n, 256, 256, 3] (for the autoencoder). Without --autoencoder there are no latents.
"""

import argparse
import json
import os
import random
import time

import cv2
import numpy as np

from captions import caption
from painting import SIZE
from scenes import draw_scene, render
from sheets import contact_sheet

SMALL = 112
LATENT = 32
CAPTIONS_EACH = 4
ENCODED_AT_ONCE = 16


def encode(encoder, pictures):
    """Pictures [n, 256, 256, 3] uint8 to latents [n, 4, 32, 32]."""
    import torch

    pixels = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 127.5 - 1
    with torch.no_grad():
        return encoder(pixels.contiguous(memory_format=torch.channels_last).to(torch.bfloat16)).float().numpy()


def load_encoder(path):
    import torch

    from autoencoder import load_autoencoder

    torch.set_num_threads(1)
    return load_autoencoder(path).e.to(memory_format=torch.channels_last).to(torch.bfloat16)


def make_shard(folder, name, count, seed, autoencoder, keep_pictures):
    """Paints `count` scenes into the shard's files; lat_NAME.npy comes last, so that a running training finds all."""
    R = random.Random(seed)
    encoder = load_encoder(autoencoder) if autoencoder else None
    small = np.zeros((count, SMALL, SMALL, 3), np.uint8)
    masks = np.zeros((count, LATENT, LATENT), np.uint8)
    latents = np.zeros((count, 4, LATENT, LATENT), np.float16)
    path = lambda prefix: os.path.join(folder, f"{prefix}{name}.npy")
    shape = (count if keep_pictures else 0, SIZE, SIZE, 3)
    pictures = np.lib.format.open_memmap(path("pictures_"), "w+", np.uint8, shape) if keep_pictures else None
    started, waiting = time.time(), []
    with open(os.path.join(folder, f"{name}.jsonl"), "w") as lines:
        for index in range(count):
            scene = draw_scene(R)
            picture, mask = render(R, scene)
            captions = [caption(R, scene) for _ in range(CAPTIONS_EACH)]
            lines.write(json.dumps(dict(captions=captions, **scene)) + "\n")
            small[index] = cv2.resize(picture, (SMALL, SMALL), interpolation=cv2.INTER_AREA)
            masks[index] = cv2.resize(mask, (LATENT, LATENT), interpolation=cv2.INTER_AREA) * 255
            if keep_pictures:
                pictures[index] = picture
            waiting.append(picture)
            if encoder and (len(waiting) == ENCODED_AT_ONCE or index == count - 1):
                latents[index + 1 - len(waiting) : index + 1] = encode(encoder, waiting)
                waiting = []
            if index % 500 == 499:
                print(name, index + 1, f"{(time.time() - started) / (index + 1) * 1e3:.1f} ms a scene", flush=True)
    np.save(path("mask_"), masks)
    np.save(path("small_"), small)
    if encoder:
        np.save(path("new_"), latents)
        os.replace(path("new_"), path("lat_"))


def make_sheet(path, seed, count=35):
    R = random.Random(seed)
    scenes = [draw_scene(R) for _ in range(count)]
    pictures = [render(R, scene)[0] for scene in scenes]
    cv2.imwrite(path, contact_sheet(pictures, [caption(R, scene) for scene in scenes], 7)[..., ::-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    sheet = commands.add_parser("sheet")
    sheet.add_argument("path")
    shard = commands.add_parser("shard")
    shard.add_argument("folder")
    shard.add_argument("name")
    shard.add_argument("--count", type=int, default=4500)
    shard.add_argument("--autoencoder")
    shard.add_argument("--pictures", action="store_true")
    for command in (sheet, shard):
        command.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.command == "sheet":
        make_sheet(options.path, options.seed)
    else:
        os.makedirs(options.folder, exist_ok=True)
        make_shard(options.folder, options.name, options.count, options.seed, options.autoencoder, options.pictures)


if __name__ == "__main__":
    main()
