"""Writes reference values of inpainting, computed with diffusers on the miniature in `pipe` and on one with nine input channels. Usage: inpaint.py OUTDIR

`fill` is Pillow's blur laid over itself, by the radii of AUTOMATIC1111's "Masked content: fill".
"""

import json  # diffusers must be importable (PYTHONPATH)
import sys

import numpy as np
import torch
from diffusers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    HeunDiscreteScheduler,
    PNDMScheduler,
    StableDiffusionInpaintPipeline,
    StableDiffusionPipeline,
)
from PIL import Image, ImageFilter
from safetensors.torch import save_file

torch.set_grad_enabled(False)
torch.set_num_threads(1)
OUT = sys.argv[1]
SIDE = 128
BASE = dict(
    beta_start=0.00085,
    beta_end=0.012,
    beta_schedule="scaled_linear",
    num_train_timesteps=1000,
    steps_offset=1,
)
# By the names of cases.py.
S = {
    "pndm": (PNDMScheduler, dict(skip_prk_steps=True, set_alpha_to_one=False)),
    "ddim": (DDIMScheduler, dict(clip_sample=False, set_alpha_to_one=False)),
    "euler": (EulerDiscreteScheduler, {}),
    "euler-ancestral": (EulerAncestralDiscreteScheduler, {}),
    "dpmpp-2m-karras": (DPMSolverMultistepScheduler, dict(use_karras_sigmas=True)),
    "heun": (HeunDiscreteScheduler, {}),
}
# scheduler, strength, guidance, steps, mask
CASES = {
    4: [
        ("ddim", 1.0, 6.0, 10, "blocks"),
        ("euler", 0.6, 6.0, 10, "blocks"),
        ("euler-ancestral", 0.7, 1.0, 10, "blocks"),
        ("dpmpp-2m-karras", 0.75, 6.0, 12, "disc"),
        ("pndm", 0.8, 6.0, 10, "blocks"),
        ("heun", 0.5, 1.0, 8, "disc"),
    ],
    9: [
        ("ddim", 1.0, 6.0, 10, "blocks"),
        ("euler-ancestral", 0.6, 6.0, 10, "blocks"),
        ("dpmpp-2m-karras", 0.9, 1.0, 10, "blocks"),
    ],
}


def source():
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float64)
    waves = [np.sin(x / 9) + np.cos(y / 14), np.sin((x + y) / 17), np.cos(x / 5) * np.sin(y / 23)]
    rng = np.random.default_rng(5)
    picture = [127.5 + 55 * wave + rng.normal(0, 8, wave.shape) for wave in waves]
    return np.clip(np.stack(picture), 0, 255).round().astype(np.uint8)


def masks():
    blocks = np.zeros((SIDE, SIDE), np.uint8)
    blocks[32:96, 48:120] = 255
    blocks[8:16, 8:16] = 255
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    disc = ((x - 70) ** 2 + (y - 59) ** 2 < 31**2).astype(np.uint8) * 255
    return dict(blocks=blocks, disc=disc)


def grown(mask):
    """Every latent pixel that holds a painted one; the reference is given this, and then rounds nothing."""
    cells = mask.reshape(SIDE // 8, 8, SIDE // 8, 8).max(axis=(1, 3))
    return cells.repeat(8, 0).repeat(8, 1)


def filled(picture, mask):
    known = Image.fromarray(np.moveaxis(picture, 0, 2)).convert("RGBA")
    known.putalpha(Image.fromarray(255 - mask))
    known = known.convert("RGBa")
    result = Image.new("RGBA", known.size)
    for radius, times in ((256, 1), (64, 1), (16, 2), (4, 4), (2, 2), (0, 1)):
        layer = known.filter(ImageFilter.GaussianBlur(radius)).convert("RGBA")
        for _ in range(times):
            result.alpha_composite(layer)
    return np.moveaxis(np.asarray(result.convert("RGB")), 2, 0)


plain = StableDiffusionPipeline.from_pretrained("pipe", torch_dtype=torch.float32)
wide = StableDiffusionPipeline.from_pretrained("pipe", torch_dtype=torch.float32)
old = wide.unet.conv_in
new = torch.nn.Conv2d(9, old.out_channels, 3, padding=1)
extra = torch.randn(old.out_channels, 5, 3, 3, generator=torch.Generator().manual_seed(4)) * old.weight.std()
extra = extra.half().float()
new.weight.copy_(torch.cat([old.weight, extra], dim=1))
new.bias.copy_(old.bias)
wide.unet.conv_in = new
wide.unet.register_to_config(in_channels=9)

picture = source()
arr = {"source": torch.tensor(picture), "conv_in_extra": extra}
meta = []
for name, mask in masks().items():
    arr[f"mask/{name}"] = torch.tensor(mask)
    arr[f"fill/{name}"] = torch.tensor(filled(picture, mask).copy())
for channels, pipe in ((4, plain), (9, wide)):
    parts = {key: value for key, value in pipe.components.items() if key != "image_encoder"}
    inpaint = StableDiffusionInpaintPipeline(**parts, requires_safety_checker=False)
    inpaint.set_progress_bar_config(disable=True)
    for scheduler, strength, guidance, steps, mask in CASES[channels]:
        kind, options = S[scheduler]
        inpaint.scheduler = kind(**BASE, prediction_type="epsilon", **options)
        key = f"{channels}/{scheduler}"
        latents = []

        def keep(pipe_, i, t, kept):
            latents.append(kept["latents"].clone())
            return kept

        image = inpaint(
            "a red apple on the moon",
            image=torch.tensor(picture)[None].float() / 255,
            mask_image=torch.tensor(grown(masks()[mask]))[None, None].float() / 255,
            height=SIDE,
            width=SIDE,
            strength=strength,
            guidance_scale=guidance,
            num_inference_steps=steps,
            generator=torch.Generator().manual_seed(31),
            output_type="np",
            callback_on_step_end=keep,
        ).images[0]
        arr[f"{key}/latents_step0"] = latents[0]
        arr[f"{key}/latents_last"] = latents[-1]
        arr[f"{key}/image"] = torch.tensor((image * 255).round().astype(np.uint8)).permute(2, 0, 1).contiguous()
        meta.append(
            dict(
                key=key,
                channels=channels,
                scheduler=scheduler,
                strength=strength,
                guidance_scale=guidance,
                num_inference_steps=steps,
                mask=mask,
                prompt="a red apple on the moon",
                seed=31,
                width=SIDE,
                height=SIDE,
            )
        )
save_file({key: value.contiguous() for key, value in arr.items()}, f"{OUT}/inpaint.safetensors")
json.dump(meta, open(f"{OUT}/inpaint.json", "w"), indent=1)
print(len(meta), "inpainting cases")
