"""The training set in memory: latents, masks, token ids and labels, shared between the workers."""

import glob
import json
import os
import random

import numpy as np
import torch

from captions import widen
from networks import BOS, EOS, LATENT_CHANNELS, LATENT_SIZE
from vocabulary import COLOURS, NOUNS, SCENES, TIMED, TIMES

TOKEN_COUNT = 32
CAPTIONS_EACH = 6
NOUN_IDS, COLOUR_IDS = list(NOUNS), list(COLOURS)
LABEL_SIZES = (len(NOUN_IDS), len(SCENES), len(TIMES), len(COLOUR_IDS))


def token_ids(tokenizer, captions, length=TOKEN_COUNT):
    """Captions to ids [count, length], cut or padded with <|endoftext|>."""
    ids = np.full((len(captions), length), EOS, np.int64)
    for row, encoding in enumerate(tokenizer.encode_batch(list(captions))):
        tokens = encoding.ids[:length]
        tokens[-1] = EOS
        ids[row, : len(tokens)] = tokens
    return ids


def labels_of(scene):
    """What a caption says, as [noun, second noun, scene, time, colour, second colour]; -1 where it says nothing."""
    nouns = [NOUN_IDS.index(name) for name, _ in scene["objs"]] + [-1, -1]
    colours = [COLOUR_IDS.index(c) if c else -1 for _, c in scene["objs"]] + [-1, -1]
    time = TIMES.index(scene["time"]) if scene["scene"] in TIMED else -1
    return nouns[:2] + [SCENES.index(scene["scene"]), time] + colours[:2]


def widened(R, captions, words):
    """A scene's captions, filled up to CAPTIONS_EACH with such as say more than the picture shows."""
    return captions + [widen(R, R.choice(captions), words) for _ in range(CAPTIONS_EACH - len(captions))]


def drop_captions(ids, share):
    """Empties that share of the prompts, for guidance. Returns which ones."""
    dropped = torch.rand(len(ids), device=ids.device) < share
    ids[dropped] = EOS
    ids[dropped, 0] = BOS
    return dropped


class Store:
    """Takes in shards (NAME.jsonl, lat_NAME.npy, mask_NAME.npy) as they appear in a folder."""

    def __init__(self, folder, capacity, tokenizer, scale):
        self.folder, self.capacity, self.tokenizer, self.scale = folder, capacity, tokenizer, scale
        self.latents = torch.zeros(
            capacity, LATENT_CHANNELS, LATENT_SIZE, LATENT_SIZE, dtype=torch.float16
        ).share_memory_()
        self.masks = torch.zeros(capacity, LATENT_SIZE, LATENT_SIZE, dtype=torch.uint8).share_memory_()
        self.tokens = torch.zeros(capacity, CAPTIONS_EACH, TOKEN_COUNT, dtype=torch.int16).share_memory_()
        self.labels = torch.zeros(capacity, 6, dtype=torch.int16).share_memory_()
        self.size = torch.zeros(1, dtype=torch.int64).share_memory_()
        self.seen = set()
        self.random = random.Random(0)
        words = os.path.join(folder, "words.txt")
        self.words = open(words).read().split() if os.path.exists(words) else []

    def __len__(self):
        return int(self.size)

    def add_new(self):
        """Reads the shards that have appeared since the last call, while there is room."""
        for path in sorted(glob.glob(os.path.join(self.folder, "lat_*.npy"))):
            if path not in self.seen and len(self) < self.capacity:
                self.seen.add(path)
                self._add(os.path.basename(path)[4:-4])

    def _add(self, name):
        latents = np.load(os.path.join(self.folder, f"lat_{name}.npy"))
        masks = np.load(os.path.join(self.folder, f"mask_{name}.npy"))
        with open(os.path.join(self.folder, f"{name}.jsonl")) as lines:
            scenes = [json.loads(line) for line in lines]
        start = len(self)
        stop = min(self.capacity, start + len(latents))
        count = stop - start
        captions = [text for scene in scenes[:count] for text in widened(self.random, scene["captions"], self.words)]
        ids = torch.from_numpy(token_ids(self.tokenizer, captions)).reshape(count, CAPTIONS_EACH, TOKEN_COUNT)
        self.latents[start:stop] = (torch.from_numpy(latents[:count]).float() * self.scale).half()
        self.masks[start:stop] = torch.from_numpy(masks[:count])
        self.tokens[start:stop] = ids.to(torch.int16)
        self.labels[start:stop] = torch.tensor([labels_of(scene) for scene in scenes[:count]], dtype=torch.int16)
        self.size[0] = stop
        print(f"took in {name}: {stop} scenes", flush=True)

    def batch(self, count):
        """Random scenes: latents [b, 12, 16, 16], masks [b, 16, 16] in 0..1, ids [b, length], labels [b, 6]."""
        rows = torch.randint(len(self), (count,))
        ids = self.tokens[rows, torch.randint(0, CAPTIONS_EACH, (count,))].long()
        ids = ids[:, : int((ids != EOS).sum(1).max()) + 1]
        return self.latents[rows].float(), self.masks[rows].float() / 255, ids, self.labels[rows].long()
