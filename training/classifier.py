"""The judge: tells subject, place and time of day of a picture. It is trained on rendered scenes only.

python classifier.py DATA classifier.pt --steps 2500
"""

import argparse
import glob
import json
import os
import random
import time

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from vocabulary import NOUNS, SCENES, TIMED, TIMES

SIZE = 112
BATCH = 48
RATE = 3e-3
UNKNOWN = -100
NOUN_IDS = list(NOUNS)


class Block(nn.Module):
    def __init__(self, before, after):
        super().__init__()
        self.c = nn.Sequential(
            nn.Conv2d(before, after, 3, 2, 1, bias=False),
            nn.BatchNorm2d(after),
            nn.ReLU(),
            nn.Conv2d(after, after, 3, 1, 1, bias=False),
            nn.BatchNorm2d(after),
        )
        self.s = nn.Sequential(nn.AvgPool2d(2), nn.Conv2d(before, after, 1))

    def forward(self, x):
        return F.relu(self.c(x) + self.s(x))


class Classifier(nn.Module):
    """Pictures [b, 3, 112, 112] in -1..1 to scores for subject, place and time of day."""

    def __init__(self):
        super().__init__()
        stem = (nn.Conv2d(3, 24, 5, 2, 2, bias=False), nn.BatchNorm2d(24), nn.ReLU())
        self.body = nn.Sequential(*stem, Block(24, 48), Block(48, 96), Block(96, 160))
        self.sizes = (len(NOUN_IDS), len(SCENES), len(TIMES))
        self.head = nn.Linear(320, sum(self.sizes))

    def forward(self, x):
        features = self.body(x)
        return self.head(torch.cat([features.mean((2, 3)), features.amax((2, 3))], 1)).split(self.sizes, 1)


def prepared(pictures):
    """uint8 pictures of any size to the classifier's input."""
    small = [cv2.resize(picture, (SIZE, SIZE), interpolation=cv2.INTER_AREA) for picture in pictures]
    return torch.from_numpy(np.stack(small)).permute(0, 3, 1, 2).float() / 127.5 - 1


def load_classifier(path):
    classifier = Classifier()
    classifier.load_state_dict(torch.load(path, weights_only=True))
    return classifier.eval()


def truth_of(scene):
    """[subject, place, time]; UNKNOWN where the picture has none or two different ones."""
    noun = NOUN_IDS.index(scene["objs"][0][0]) if scene["k"] in (1, 3) else UNKNOWN
    time_of_day = TIMES.index(scene["time"]) if scene["scene"] in TIMED else UNKNOWN
    return [noun, SCENES.index(scene["scene"]), time_of_day]


def read_renders(folder):
    pictures, truths = [], []
    for path in sorted(glob.glob(os.path.join(folder, "small_*.npy"))):
        pictures.append(np.load(path))
        with open(os.path.join(folder, os.path.basename(path)[6:-4] + ".jsonl")) as lines:
            truths += [truth_of(json.loads(line)) for line in lines]
    return np.concatenate(pictures), torch.tensor(truths)


def altered(x):
    """Shifted, mirrored, and often blurred: the generator's pictures are softer, and that shall not matter."""
    x = torch.roll(x, (random.randrange(-6, 7), random.randrange(-6, 7)), (2, 3))
    if random.random() < 0.5:
        x = x.flip(3)
    if random.random() < 0.4:
        x = F.interpolate(F.avg_pool2d(x, 2), scale_factor=2, mode="bilinear")
    return x.contiguous(memory_format=torch.channels_last)


def train(folder, out, steps, halves):
    pictures, truths = read_renders(folder)
    classifier = Classifier().to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(classifier.parameters(), RATE, weight_decay=0.02)
    started = time.time()
    for step in range(steps):
        rows = np.random.randint(0, len(pictures), BATCH)
        x = altered(torch.from_numpy(pictures[rows]).permute(0, 3, 1, 2).float() / 127.5 - 1)
        optimiser.param_groups[0]["lr"] = RATE * min(1, (step + 1) / 50) * max(0.01, 1 - step / steps)
        with torch.autocast("cpu", torch.bfloat16, enabled=halves):
            scores = classifier(x)
        losses = [
            F.cross_entropy(part.float(), truths[rows, column], label_smoothing=0.02, ignore_index=UNKNOWN)
            for column, part in enumerate(scores)
        ]
        optimiser.zero_grad()
        sum(losses).backward()
        optimiser.step()
        if step % 200 == 199:
            print(f"step {step + 1} {time.time() - started:.0f}s loss {sum(losses).item():.3f}", flush=True)
            torch.save(classifier.state_dict(), out)
    torch.save(classifier.state_dict(), out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("out")
    parser.add_argument("--steps", type=int, default=2500)
    parser.add_argument("--float32", action="store_true", help="ten times faster on processors without bfloat16")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    random.seed(0)
    np.random.seed(0)
    train(options.folder, options.out, options.steps, not options.float32)


if __name__ == "__main__":
    main()
