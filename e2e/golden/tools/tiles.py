"""Writes reference values of image-to-image in tiles (MultiDiffusion) with diffusers' UNet, VAE and samplers, on the miniature in `pipe`. Usage: tiles.py OUTDIR"""

import json  # diffusers must be importable (PYTHONPATH)
import math
import sys

import numpy as np
import torch
from diffusers import EulerDiscreteScheduler, StableDiffusionPipeline
from PIL import Image
from safetensors.torch import save_file

torch.set_grad_enabled(False)
torch.set_num_threads(1)
OUT = sys.argv[1]
WIDTH, HEIGHT, SCALE, TILE, OVERLAP = 128, 80, 2, 96, 32
STEPS, STRENGTH, GUIDANCE, SEED = 8, 0.5, 5.0, 12


def spans(side, tile, overlap):
    count = math.ceil((side - overlap) / (tile - overlap))
    starts = [math.floor(i * (side - tile) / (count - 1) + 0.5) for i in range(count)]
    weights = []
    for i, start in enumerate(starts):
        before = starts[i - 1] + tile - start if i else 0
        behind = start + tile - starts[i + 1] if i < count - 1 else 0
        at = torch.arange(tile, dtype=torch.float64) + 0.5
        rise = torch.clamp(at / before, max=1) if before else torch.ones(tile, dtype=torch.float64)
        fall = torch.clamp(at.flip(0) / behind, max=1) if behind else torch.ones(tile, dtype=torch.float64)
        weights.append(torch.minimum(rise, fall))
    return starts, weights


y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
waves = [np.sin(x / 7) + np.cos(y / 9), np.cos((x - y) / 12), np.sin(x / 4) * np.cos(y / 15)]
picture = np.clip(np.stack([127.5 + 60 * wave for wave in waves]), 0, 255).round().astype(np.uint8)
large = Image.fromarray(np.moveaxis(picture, 0, 2)).resize((WIDTH * SCALE, HEIGHT * SCALE), Image.LANCZOS)
planes = torch.tensor(np.moveaxis(np.asarray(large), 2, 0).copy())[None].float() / 255 * 2 - 1

pipe = StableDiffusionPipeline.from_pretrained("pipe", torch_dtype=torch.float32)
original = pipe.vae.encode(planes).latent_dist.mean * pipe.vae.config.scaling_factor
prompt, negative = pipe.encode_prompt("a castle on the river", "cpu", 1, True)
embeds = torch.cat([negative, prompt])
rows, row_weights = spans(original.shape[2], TILE // 8, OVERLAP // 8)
columns, column_weights = spans(original.shape[3], TILE // 8, OVERLAP // 8)
arr = {"source": torch.tensor(picture), "large": torch.tensor(np.moveaxis(np.asarray(large), 2, 0).copy())}
meta = []
# The model's own sampler, and one over its noise schedule.
samplers = {"model": pipe.scheduler, "euler": EulerDiscreteScheduler.from_config(pipe.scheduler.config)}
for name, scheduler in samplers.items():
    scheduler.set_timesteps(STEPS)
    first = STEPS - int(STEPS * STRENGTH)
    noise = torch.randn(original.shape, generator=torch.Generator().manual_seed(SEED))
    timesteps = scheduler.timesteps[first:]
    if hasattr(scheduler, "set_begin_index"):
        scheduler.set_begin_index(first)
    latents = scheduler.add_noise(original, noise, timesteps[:1])
    for t in timesteps:
        total, weight = torch.zeros_like(original, dtype=torch.float64), torch.zeros(original.shape[2:], dtype=torch.float64)
        for row, of_row in zip(rows, row_weights):
            for column, of_column in zip(columns, column_weights):
                place = (..., slice(row, row + TILE // 8), slice(column, column + TILE // 8))
                part = scheduler.scale_model_input(latents[place], t)
                without, with_words = pipe.unet(torch.cat([part] * 2), t, embeds).sample.chunk(2)
                counts = of_row[:, None] * of_column[None]
                total[place] += counts * (without + GUIDANCE * (with_words - without))
                weight[place[1:]] += counts
        latents = scheduler.step((total / weight).float(), t, latents).prev_sample
    arr[f"{name}/latents"] = latents
    image = pipe.vae.decode(latents / pipe.vae.config.scaling_factor).sample[0]
    arr[f"{name}/image"] = ((image / 2 + 0.5).clamp(0, 1) * 255).round().to(torch.uint8)
    meta.append(dict(key=name, scheduler=name, tile=TILE, overlap=OVERLAP, scale=SCALE, prompt="a castle on the river",
                     steps=STEPS, strength=STRENGTH, guidance_scale=GUIDANCE, seed=SEED))
save_file({key: value.contiguous() for key, value in arr.items()}, f"{OUT}/tiles.safetensors")
json.dump(meta, open(f"{OUT}/tiles.json", "w"), indent=1)
print(len(meta), "cases of tiles")
