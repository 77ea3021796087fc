"""Scenes from every free core without end: each worker renders and captions a chunk into shared memory, then waits for
it to be taken."""

import mmap
import multiprocessing
import os
import random

import numpy as np

from networks import LATENT_SIZE
from painting import SIZE
from store import CAPTIONS_EACH, TOKEN_COUNT

CHUNK = 128  # scenes
FIRST_SEED = 900_000


def shared_array(shape, dtype):
    """An array that forked processes share, and the memory below it."""
    memory = mmap.mmap(-1, int(np.prod(shape)) * np.dtype(dtype).itemsize)
    return np.frombuffer(memory, dtype).reshape(shape), memory


class Chunks:
    """One chunk for each worker: pictures uint8, masks uint8, token ids and labels int16, and whether it is full."""

    def __init__(self, workers):
        parts = {
            "pictures": ((SIZE, SIZE, 3), np.uint8),
            "masks": ((LATENT_SIZE, LATENT_SIZE), np.uint8),
            "ids": ((CAPTIONS_EACH, TOKEN_COUNT), np.int16),
            "labels": ((6,), np.int16),
        }
        for name, (shape, dtype) in parts.items():
            setattr(self, name, shared_array((workers, CHUNK, *shape), dtype)[0])
        self.full = shared_array((workers,), np.uint8)[0]


def render_chunks(rank, chunks, wanted, tokenizer_path, words):
    import cv2
    from tokenizers import Tokenizer

    from captions import caption
    from dataset import CAPTIONS_EACH as OWN_CAPTIONS
    from scenes import draw_scene, render
    from store import labels_of, token_ids, widened

    os.nice(5)
    cv2.setNumThreads(0)
    tokenizer, R = Tokenizer.from_file(tokenizer_path), random.Random(FIRST_SEED + rank)
    while True:
        captions = []
        for index in range(CHUNK):
            scene = draw_scene(R)
            picture, mask = render(R, scene)
            small = cv2.resize(mask, (LATENT_SIZE, LATENT_SIZE), interpolation=cv2.INTER_AREA) * 255
            chunks.pictures[rank, index], chunks.masks[rank, index] = picture, small
            chunks.labels[rank, index] = labels_of(scene)
            captions += widened(R, [caption(R, scene) for _ in range(OWN_CAPTIONS)], words)
        chunks.ids[rank] = token_ids(tokenizer, captions).reshape(CHUNK, CAPTIONS_EACH, TOKEN_COUNT)
        chunks.full[rank] = 1
        wanted[rank].acquire()


class Renderers:
    """Starts the workers (before anything touches the GPU: they are forked). `take()` gives the next full chunk."""

    def __init__(self, count, tokenizer_path, words_path):
        os.environ["TOKENIZERS_PARALLELISM"] = "false"
        with open(words_path) as file:
            words = file.read().split()
        context = multiprocessing.get_context("fork")
        self.chunks, self.wanted, self.last = Chunks(count), [context.Semaphore(0) for _ in range(count)], 0
        arguments = (self.chunks, self.wanted, tokenizer_path, words)
        self.processes = [
            context.Process(target=render_chunks, args=(rank, *arguments), daemon=True) for rank in range(count)
        ]
        for process in self.processes:
            process.start()

    def full(self):
        """The ranks whose chunks wait, those first that were not taken last. RuntimeError where all have died."""
        if not any(process.is_alive() for process in self.processes):
            raise RuntimeError("No renderer is left; what ended them is printed above.")
        count = len(self.wanted)
        ranks = [(self.last + 1 + offset) % count for offset in range(count)]
        return [rank for rank in ranks if self.chunks.full[rank]]

    def release(self, rank):
        """Lets the worker overwrite its chunk."""
        self.last, self.chunks.full[rank] = rank, 0
        self.wanted[rank].release()
