"""Teaches the encoder flat colours and ramps, which no rendered scene has: without them mid-grey came out magenta.

    python greys.py autoencoder.pt greys.pt --model ../public/models/built-in --steps 600

The encoder has no norm layers; where all pixels are near 0 (mid-grey) only its biases speak, and nothing in the renders
ever asked what they say. Scenes keep the latents that they had: the UNet knows no others. The decoder stays as it is.
With --model the encoder's weights are written into that folder's graph, in place. A run that ended goes on from its own OUT.
"""

import argparse
import os
import random
import time

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional as F

from autoencoder import Autoencoder, load_autoencoder, to_pixels
from scenes import draw_scene, render

SIDE = 64
FLAT_BATCH, SCENE_BATCH = 12, 12
KEEP = 4.0  # how much the scenes' latents count against the flat pictures' colours


def flat_pictures(count):
    """Flat colours, greys above all, ramps from one to another, some with faint noise: [count, 3, SIDE, SIDE] in -1..1."""
    ends = torch.rand(count, 2, 3, 1, 1) * 2 - 1
    grey = torch.rand(count, 1, 1, 1, 1) < 0.6
    ends = torch.where(grey, ends[:, :, :1].expand_as(ends) * torch.rand(count, 1, 1, 1, 1), ends)
    one = torch.rand(count, 1, 1, 1) < 0.5
    start, end = ends[:, 0], torch.where(one, ends[:, 0], ends[:, 1])
    across = torch.linspace(0, 1, SIDE).expand(count, 1, SIDE, SIDE)
    turned = torch.rand(count, 1, 1, 1) < 0.5
    share = torch.where(turned, across, across.transpose(2, 3))
    noise = torch.randn(count, 3, SIDE, SIDE) * 0.02 * (torch.rand(count, 1, 1, 1) < 0.3)
    return (start + (end - start) * share + noise).clamp(-1, 1).contiguous(memory_format=torch.channels_last)


def scene_crops(count, R=random):
    crops = []
    for _ in range(count):
        picture, _ = render(R, draw_scene(R))
        y, x = (16 * R.randrange((256 - 128) // 16 + 1) for _ in range(2))
        crops.append(picture[y : y + 128, x : x + 128])
    return to_pixels(np.stack(crops))


@torch.no_grad()
def faults(model):
    """The largest and the mean error of all greys in 255ths, and the same of a grid of colours."""
    steps = torch.linspace(-1, 1, 9)
    colours = torch.cartesian_prod(steps, steps, steps)[:, :, None, None]
    greys = (torch.arange(256) / 127.5 - 1)[:, None, None, None].expand(-1, 3, 1, 1)
    result = []
    for flats in (greys, colours):
        pictures = flats.expand(-1, 3, SIDE, SIDE)
        decoded = torch.cat([model.d(model.e(part)) for part in pictures.split(64)]).clamp(-1, 1)
        errors = (decoded - pictures)[:, :, 16:48, 16:48].abs().amax((1, 2, 3)) * 127.5
        result.append((errors.max().item(), errors.mean().item()))
    return result


def train(options):
    before = load_autoencoder(options.start)
    model = Autoencoder()
    model.load_state_dict(before.state_dict())
    if os.path.exists(options.out):
        model.load_state_dict(load_autoencoder(options.out).state_dict())
    model.d.requires_grad_(False)
    optimiser = torch.optim.AdamW(model.e.parameters(), lr=options.rate, betas=(0.9, 0.98), weight_decay=0)
    bank = scene_crops(options.scenes)
    with torch.no_grad():
        wanted = torch.cat([before.e(part) for part in bank.split(16)])
    started = time.time()
    print("before", faults(model), flush=True)
    for step in range(options.steps):
        optimiser.param_groups[0]["lr"] = options.rate * min(1, (step + 1) / 20) * max(0.02, 1 - step / options.steps)
        flat = flat_pictures(FLAT_BATCH)
        rows = torch.randint(0, len(bank), (SCENE_BATCH,))
        latents = model.e(flat)
        inside = (slice(None), slice(None), slice(8, -8), slice(8, -8))
        colour = F.smooth_l1_loss(model.d(latents)[inside], flat[inside], beta=0.1)
        kept = F.mse_loss(model.e(bank[rows]), wanted[rows])
        optimiser.zero_grad()
        (colour + KEEP * kept + 1e-3 * latents.square().mean()).backward()
        torch.nn.utils.clip_grad_norm_(model.e.parameters(), 1.0)
        optimiser.step()
        if step % 50 == 49 or step == options.steps - 1:
            torch.save({"model": model.state_dict()}, options.out)
            facts = f"colour {colour.item():.4f} kept {kept.item():.5f} faults {faults(model)}"
            print(f"step {step + 1} {time.time() - started:.0f}s {facts}", flush=True)
    return model


def write_weights(model, path):
    """Into the graph that is there, each in the precision that it has there."""
    graph = onnx.load(path)
    weights = {name: value.numpy() for name, value in model.e.state_dict().items()}
    for tensor in graph.graph.initializer:
        name = tensor.name.removesuffix("_h").removeprefix("a.").removeprefix("e.")
        if name in weights:
            old = numpy_helper.to_array(tensor)
            tensor.CopyFrom(numpy_helper.from_array(weights.pop(name).astype(old.dtype).reshape(old.shape), tensor.name))
    if weights:
        raise SystemExit(f"{path} has no {', '.join(weights)}")
    onnx.save(graph, path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("start")
    parser.add_argument("out")
    parser.add_argument("--model", help="folder in the Optimum layout")
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--scenes", type=int, default=400)
    parser.add_argument("--rate", type=float, default=4e-4)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    random.seed(0)
    model = train(options)
    if options.model:
        write_weights(model, os.path.join(options.model, "vae_encoder", "model.onnx"))


if __name__ == "__main__":
    main()
