"""The training set: scenes painted and captioned by chance, kept as shards of latents.

    python dataset.py sheet sheet.png --seed 1               a contact sheet to look at
    python dataset.py shard DATA NAME --count 5000 --seed 1 --pictures  render: 6 ms a scene
    python dataset.py encode DATA autoencoder.pt             latents of every shard that has pictures and no latents yet

A shard is NAME.jsonl (scene and four captions a line), mask_NAME.npy [n, 16, 16] (where the subjects are),
small_NAME.npy [n, 112, 112, 3] (for the classifier), pictures_NAME.npy [n, 256, 256, 3] (with --pictures) and, once
encoded, lat_NAME.npy [n, 12, 16, 16].
"""

import argparse
import glob
import json
import os
import random
import time

import cv2
import numpy as np

from captions import caption
from networks import LATENT_CHANNELS
from networks import LATENT_SIZE as LATENT
from painting import SIZE
from scenes import draw_scene, render
from sheets import contact_sheet

SMALL = 112
CAPTIONS_EACH = 4
ENCODED_AT_ONCE = 20


def make_shard(folder, name, count, seed, keep_pictures):
    """Paints `count` scenes into the shard's files."""
    R = random.Random(seed)
    small = np.zeros((count, SMALL, SMALL, 3), np.uint8)
    masks = np.zeros((count, LATENT, LATENT), np.uint8)
    path = lambda prefix: os.path.join(folder, f"{prefix}{name}.npy")
    shape = (count if keep_pictures else 0, SIZE, SIZE, 3)
    pictures = np.lib.format.open_memmap(path("new_"), "w+", np.uint8, shape) if keep_pictures else None
    started = time.time()
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
            if index % 500 == 499:
                print(name, index + 1, f"{(time.time() - started) / (index + 1) * 1e3:.1f} ms a scene", flush=True)
    np.save(path("mask_"), masks)
    np.save(path("small_"), small)
    if keep_pictures:
        os.replace(path("new_"), path("pictures_"))


def encode_shards(folder, autoencoder):
    """Writes the latents that are missing, each file in one move: a running training takes them in as they appear."""
    import torch

    from autoencoder import load_autoencoder, to_pixels

    torch.set_num_threads(1)
    encoder = load_autoencoder(autoencoder).e.to(memory_format=torch.channels_last).to(torch.bfloat16)
    for path in sorted(glob.glob(os.path.join(folder, "pictures_*.npy"))):
        name = os.path.basename(path)[9:-4]
        done = os.path.join(folder, f"lat_{name}.npy")
        if os.path.exists(done):
            continue
        pictures = np.load(path, mmap_mode="r")
        latents = np.zeros((len(pictures), LATENT_CHANNELS, LATENT, LATENT), np.float16)
        for start in range(0, len(pictures), ENCODED_AT_ONCE):
            stop = start + ENCODED_AT_ONCE
            with torch.no_grad():
                latents[start:stop] = encoder(to_pixels(pictures[start:stop]).to(torch.bfloat16)).float().numpy()
        part = os.path.join(folder, f"new_lat_{name}.npy")
        np.save(part, latents)
        os.replace(part, done)
        print("encoded", name, f"deviation {latents.astype(np.float32).std():.3f}", flush=True)


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
    shard.add_argument("--count", type=int, default=5000)
    shard.add_argument("--pictures", action="store_true")
    for command in (sheet, shard):
        command.add_argument("--seed", type=int, default=1)
    encode = commands.add_parser("encode")
    encode.add_argument("folder")
    encode.add_argument("autoencoder")
    options = parser.parse_args()
    if options.command == "sheet":
        make_sheet(options.path, options.seed)
    elif options.command == "shard":
        os.makedirs(options.folder, exist_ok=True)
        make_shard(options.folder, options.name, options.count, options.seed, options.pictures)
    else:
        encode_shards(options.folder, options.autoencoder)


if __name__ == "__main__":
    main()
