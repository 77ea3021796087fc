"""Writes reference values of variation seeds, by the formula of A1111's modules/rng.py. Usage: variation.py GOLDENDIR"""

import json
import sys

import torch
from safetensors.torch import load_file, save_file

OUT = sys.argv[1]
PHILOX = load_file(f"{OUT}/randn-philox.safetensors")


def randn(source, seed, shape):
    if source == "torch-cpu":
        return torch.randn(shape, generator=torch.Generator("cpu").manual_seed(seed))
    return PHILOX[f"{seed}/0/{'x'.join(map(str, shape))}"].reshape(shape)


def interpolate(strength, low, high):
    """Along the first axis after the channels, as there."""
    unit = lambda x: x / torch.norm(x, dim=1, keepdim=True)
    cosine = (unit(low) * unit(high)).sum(1)
    if cosine.mean() > 0.9995:
        return low * strength + high * (1 - strength)
    angle = torch.acos(cosine)
    weight = lambda share: (torch.sin(share * angle) / torch.sin(angle)).unsqueeze(1)
    return weight(1.0 - strength) * low + weight(strength) * high


arrays, cases = {}, []
for source, seed, other, shape in (
    ("torch-cpu", 1, 2, (4, 16, 16)),
    ("torch-cpu", 123456789, 4294967295, (4, 12, 20)),
    ("torch-cpu", 7, 7, (4, 8, 8)),
    ("nvidia", 42, 4294967296, (4, 16, 16)),
):
    for strength in (0.05, 0.3, 0.5, 1.0):
        key = f"{source}/{seed}/{other}/{strength}"
        arrays[key] = interpolate(strength, randn(source, seed, shape), randn(source, other, shape)).contiguous()
        cases.append(dict(key=key, noise=source, seed=seed, variation_seed=other, strength=strength, shape=shape))
save_file(arrays, f"{OUT}/variation.safetensors")
json.dump(cases, open(f"{OUT}/variation.json", "w"), indent=1)
print(len(cases), "cases")
