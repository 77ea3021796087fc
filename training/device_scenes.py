"""The training set on a GPU, filled while the training runs by what the renderers made."""

import time

import torch

from networks import EOS, LATENT_CHANNELS, LATENT_SIZE
from painting import SIZE
from renderers import CHUNK
from store import CAPTIONS_EACH, TOKEN_COUNT

VALIDATION = 64  # the first pictures are not trained on


class Scenes:
    """What the renderers made, on the device: pictures while the autoencoder is trained, latents afterwards."""

    def __init__(self, renderers, device, pictures, latents):
        self.renderers, self.device, self.encode, self.scale = renderers, device, None, 1.0
        self.pictures = torch.empty(pictures, SIZE, SIZE, 3, dtype=torch.uint8, device=device)
        grid = (LATENT_SIZE, LATENT_SIZE)
        self.latents = torch.empty(latents, LATENT_CHANNELS, *grid, dtype=torch.float16, device=device)
        self.masks = torch.empty(latents, *grid, dtype=torch.uint8, device=device)
        self.ids = torch.empty(latents, CAPTIONS_EACH, TOKEN_COUNT, dtype=torch.int16, device=device)
        self.labels = torch.empty(latents, 6, dtype=torch.int16, device=device)
        self.size = 0
        self.taken = []  # (rank, event): chunks whose copies are under way
        if device == "cuda":
            for name in ("pictures", "masks", "ids", "labels"):
                array = getattr(renderers.chunks, name)
                torch.cuda.cudart().cudaHostRegister(array.ctypes.data, array.nbytes, 0)  # else copies are only slower

    def room(self):
        return (len(self.latents) if self.encode else len(self.pictures)) - self.size >= CHUNK

    def poll(self, most):
        """Takes up to `most` chunks that are ready, and hands those back whose copies are done."""
        waiting = []
        for rank, event in self.taken:
            if event is None or event.query():
                self.renderers.release(rank)
            else:
                waiting.append((rank, event))
        self.taken = waiting
        busy = {rank for rank, _ in waiting}
        for rank in [rank for rank in self.renderers.full() if rank not in busy][:most]:
            if self.room():
                self._take(rank)

    def _take(self, rank):
        chunks, stop = self.renderers.chunks, self.size + CHUNK
        moved = lambda array: torch.from_numpy(array[rank]).to(self.device, non_blocking=True)
        pictures = moved(chunks.pictures)
        for name in ("masks", "ids", "labels"):
            getattr(self, name)[self.size : stop] = moved(getattr(chunks, name))
        if self.encode:
            self.latents[self.size : stop] = self.encode(pictures)
        else:
            self.pictures[self.size : stop] = pictures
        event = torch.cuda.Event() if self.device == "cuda" else None
        if event:
            event.record()
        self.taken.append((rank, event))
        self.size = stop

    def wait_for(self, count):
        while self.size < count:
            self.poll(99)
            time.sleep(0.01)

    def pixels(self, count):
        """Random whole pictures, half of the times mirrored: float [b, 3, 256, 256] in -1..1, channels last."""
        rows = torch.randint(VALIDATION, self.size, (count,), device=self.device)
        pixels = to_pixels(self.pictures[rows])
        return pixels.flip(3) if torch.rand(()) < 0.5 else pixels

    def encode_all(self, encoder):
        """From pictures to latents with a deviation of 1, now and for what is still to come."""

        @torch.no_grad()
        def encode(pictures):
            with torch.autocast(self.device, torch.bfloat16):
                return encoder(to_pixels(pictures)).half()

        self.encode = encode
        for start in range(0, self.size, CHUNK):
            self.latents[start : start + CHUNK] = encode(self.pictures[start : start + CHUNK])
        self.scale = 1 / self.latents[: self.size].float().std().item()
        del self.pictures

    def batch(self, count):
        """As store.Store.batch, on the device, ids always of the same length."""
        rows = torch.randint(self.size, (count,), device=self.device)
        which = torch.randint(CAPTIONS_EACH, (count,), device=self.device)
        latents = self.latents[rows].float() * self.scale
        return latents, self.masks[rows].float() / 255, self.ids[rows, which].long(), self.labels[rows].long()


def to_pixels(pictures):
    return pictures.permute(0, 3, 1, 2).float() / 127.5 - 1


class FixedBatch:
    """Stands for Scenes where only shapes matter: to compile."""

    def __init__(self, device):
        self.device = device

    def batch(self, count):
        grid = (LATENT_SIZE, LATENT_SIZE)
        ids = torch.full((count, TOKEN_COUNT), EOS, device=self.device)
        labels = torch.zeros(count, 6, dtype=torch.long, device=self.device)
        latents = torch.randn(count, LATENT_CHANNELS, *grid, device=self.device)
        return latents, torch.zeros(count, *grid, device=self.device), ids, labels
