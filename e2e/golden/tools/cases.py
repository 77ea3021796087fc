"""Writes the reference values that tests walk over, computed with diffusers on the miniature in `pipe`. Usage: cases.py OUTDIR"""

import json  # diffusers must be importable (PYTHONPATH)
import os
import sys

import numpy as np
import torch
from diffusers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    HeunDiscreteScheduler,
    LCMScheduler,
    LMSDiscreteScheduler,
    PNDMScheduler,
    StableDiffusionImg2ImgPipeline,
    StableDiffusionPipeline,
    UniPCMultistepScheduler,
)
from safetensors.torch import save_file

torch.set_grad_enabled(False)
torch.set_num_threads(1)
OUT = sys.argv[1]
os.makedirs(OUT, exist_ok=True)
BASE = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", num_train_timesteps=1000)
S = {
    "pndm": (PNDMScheduler, dict(skip_prk_steps=True, set_alpha_to_one=False, steps_offset=1)),
    "ddim": (DDIMScheduler, dict(clip_sample=False, set_alpha_to_one=False, steps_offset=1)),
    "euler": (EulerDiscreteScheduler, dict(steps_offset=1)),
    "euler-trailing": (EulerDiscreteScheduler, dict(timestep_spacing="trailing")),
    "euler-karras": (EulerDiscreteScheduler, dict(steps_offset=1, use_karras_sigmas=True)),
    "euler-ancestral": (EulerAncestralDiscreteScheduler, dict(steps_offset=1)),
    "dpmpp-2m": (DPMSolverMultistepScheduler, dict(steps_offset=1)),
    "dpmpp-2m-karras": (DPMSolverMultistepScheduler, dict(steps_offset=1, use_karras_sigmas=True)),
    "dpmpp-2m-sde-karras": (
        DPMSolverMultistepScheduler,
        dict(steps_offset=1, use_karras_sigmas=True, algorithm_type="sde-dpmsolver++"),
    ),
    "tiny-sd": (
        DPMSolverMultistepScheduler,
        dict(
            steps_offset=1,
            solver_order=2,
            solver_type="midpoint",
            algorithm_type="dpmsolver++",
            lower_order_final=True,
            timestep_spacing="linspace",
            use_karras_sigmas=False,
            thresholding=False,
        ),
    ),
    "heun": (HeunDiscreteScheduler, dict(steps_offset=1)),
    "unipc": (UniPCMultistepScheduler, dict(steps_offset=1)),
    "lcm": (LCMScheduler, dict(steps_offset=1, set_alpha_to_one=False, original_inference_steps=50)),
    "lms": (LMSDiscreteScheduler, dict(steps_offset=1)),
}
STEPS = [10, 25]
PRED = ["epsilon"]
SEED = 0


def mk(name, pred="epsilon"):
    c, k = S[name]
    return c(**BASE, prediction_type=pred, **k)


def dummy(x, t):  # a smooth stand-in for a denoiser; x scaled as the model would see it
    t = float(t)
    return torch.tanh(x * 0.7 + 0.1) * (0.3 + t / 1500) + 0.05 * torch.cos(3 * x)


arr = {}
meta = []
for name in S:
    for n in STEPS:
        for pred in PRED:
            if name == "lcm" and n > 25:
                continue
            try:
                s = mk(name, pred)
                s.set_timesteps(n)
            except Exception as e:
                print("skip", name, n, pred, type(e).__name__, e)
                continue
            g = torch.Generator().manual_seed(SEED + n)
            x0 = torch.randn(1, 4, 4, 4, generator=g)
            x = x0 * s.init_noise_sigma
            gn = torch.Generator().manual_seed(1000 + SEED)
            key = f"{name}/{pred}/{n}"
            traj = []
            kw = dict(generator=gn) if name in ("euler-ancestral", "dpmpp-2m-sde-karras", "lcm") else {}
            try:
                for t in s.timesteps:
                    xi = s.scale_model_input(x, t)
                    x = s.step(dummy(xi, t), t, x, **kw).prev_sample
                    traj.append(x.clone())
            except Exception as e:
                print("skip", key, type(e).__name__, e)
                continue
            arr[key + "/noise"] = x0
            arr[key + "/trajectory"] = torch.stack(traj)
            arr[key + "/timesteps"] = s.timesteps.to(torch.float32)
            if hasattr(s, "sigmas") and s.sigmas is not None:
                arr[key + "/sigmas"] = torch.as_tensor(np.asarray(s.sigmas), dtype=torch.float32)
            meta.append(
                dict(
                    key=key,
                    scheduler=name,
                    prediction_type=pred,
                    steps=n,
                    class_name=type(s).__name__,
                    init_noise_sigma=float(s.init_noise_sigma),
                    config={
                        k: v
                        for k, v in dict(s.config).items()
                        if not k.startswith("_") and isinstance(v, (int, float, str, bool, type(None)))
                    },
                    noise_seed=(1000 + SEED if kw else None),
                )
            )
save_file({k: v.contiguous() for k, v in arr.items()}, f"{OUT}/schedulers.safetensors")
json.dump(meta, open(f"{OUT}/schedulers.json", "w"), indent=1)
print(len(meta), "scheduler cases")
# --- random numbers: torch CPU generator
rng = {}
for seed in (0, 1, 42, 2**31, 2**32 - 1, 123456789012):
    for shape in ((1, 4, 64, 64), (1, 4, 8, 8), (7,), (16,), (17,), (1, 4, 33, 21)):
        rng[f"{seed}/{'x'.join(map(str, shape))}"] = (
            torch.randn(shape, generator=torch.Generator().manual_seed(seed)).flatten()[:4096].contiguous()
        )
save_file(rng, f"{OUT}/randn.safetensors")
# --- whole pipeline on the miniature model
pipe = StableDiffusionPipeline.from_pretrained("pipe", torch_dtype=torch.float32)
pipe.set_progress_bar_config(disable=True)
P = [
    ("a photo of a cat", "", 7.5, 128, 128, 10, 0),
    ("Portrait of a cat wearing a suit, 35mm", "blurry, low quality", 7.5, 96, 160, 12, 42),
    ("A beautiful sunset over the ocean with dolphins jumping", "", 1.0, 128, 128, 10, 3),
]
arr = {}
meta = []
for name in ("pndm", "ddim", "euler", "euler-ancestral", "dpmpp-2m-karras", "unipc", "lcm", "heun", "tiny-sd"):
    for i, (p, neg, cfg, h, w, n, seed) in enumerate(P):
        if name == "lcm":
            n = 8
        pipe.scheduler = mk(name)
        key = f"{name}/{i}"
        lat = []

        def cb(pipe_, i_, t_, kw):
            lat.append(kw["latents"].clone())
            return kw

        g = torch.Generator().manual_seed(seed)
        im = pipe(
            p,
            negative_prompt=neg or None,
            guidance_scale=cfg,
            height=h,
            width=w,
            num_inference_steps=n,
            generator=g,
            output_type="np",
            callback_on_step_end=cb,
        ).images[0]
        arr[key + "/latents_last"] = lat[-1]
        arr[key + "/latents_step0"] = lat[0]
        arr[key + "/latents_step4"] = lat[min(4, len(lat) - 1)]
        if i == 1:
            arr[key + "/image"] = torch.tensor(im).permute(2, 0, 1).contiguous()
        meta.append(
            dict(
                key=key,
                scheduler=name,
                prompt=p,
                negative_prompt=neg,
                guidance_scale=cfg,
                height=h,
                width=w,
                num_inference_steps=n,
                seed=seed,
                latent_std=float(lat[-1].std()),
            )
        )
ids = pipe.tokenizer(
    [p[0] for p in P], padding="max_length", max_length=77, truncation=True, return_tensors="pt"
).input_ids
arr["prompt_embeds"] = pipe.text_encoder(ids).last_hidden_state
arr["input_ids"] = ids.to(torch.int32)
# single calls of each component, where an error shows before it is amplified
g = torch.Generator().manual_seed(77)
z = torch.randn(1, 4, 16, 24, generator=g)
h = torch.randn(2, 77, 32, generator=g)
x2 = torch.randn(2, 4, 16, 24, generator=g)
px = torch.rand(1, 3, 128, 192, generator=g) * 2 - 1
arr["unet/sample"] = x2
arr["unet/encoder_hidden_states"] = h
for t in (0, 1, 333, 999):
    arr[f"unet/out_sample@{t}"] = pipe.unet(x2, torch.tensor(t), h).sample
arr["vae_decoder/latent_sample"] = z
arr["vae_decoder/sample"] = pipe.vae.decode(z).sample
arr["vae_encoder/sample"] = px
arr["vae_encoder/latent_mean"] = pipe.vae.encode(px).latent_dist.mean
# img2img
i2i = StableDiffusionImg2ImgPipeline(**{k: v for k, v in pipe.components.items()}, requires_safety_checker=False)
i2i.set_progress_bar_config(disable=True)
g = torch.Generator().manual_seed(9)
src = torch.rand(1, 3, 128, 128, generator=g)
for name, st in (("ddim", 0.6), ("euler", 0.5)):
    i2i.scheduler = mk(name)
    im = i2i(
        "a red apple",
        image=src.clone(),
        strength=st,
        num_inference_steps=20,
        guidance_scale=6.0,
        generator=torch.Generator().manual_seed(21),
        output_type="np",
    ).images[0]
    arr[f"img2img/{name}/image"] = torch.tensor(im).permute(2, 0, 1).contiguous()
    arr[f"img2img/{name}/source"] = src.clone()
    meta.append(
        dict(
            key=f"img2img/{name}",
            scheduler=name,
            prompt="a red apple",
            strength=st,
            guidance_scale=6.0,
            height=128,
            width=128,
            num_inference_steps=20,
            seed=21,
        )
    )
save_file({k: v.contiguous().float() for k, v in arr.items()}, f"{OUT}/pipeline.safetensors")
json.dump(meta, open(f"{OUT}/pipeline.json", "w"), indent=1, ensure_ascii=False)
# --- token ids
T = [
    "",
    "a cat",
    "A  Cat!!",
    "hello, world",
    "don't stop — it's 9:45pm",
    "señorita ñandú",
    "日本語のテキスト",
    "emoji 🍄🤖👩‍🚀",
    "ALLCAPS CamelCase snake_case",
    "a" * 200,
    "word " * 100,
    "tabs\tand\nnewlines",
    "1234567890 3.14159",
    "(word:1.3) [x] BREAK",
    "<|endoftext|> literal",
    "ﬁ ligature ǆ İstanbul ſ",
    "zero\u200bwidth",
    "e\u0301 combining",
    "résumé naïve façade",
    "masterpiece, best quality, ultra-detailed, 8k",
]
t = [
    dict(
        text=x,
        ids=pipe.tokenizer(x, padding="max_length", max_length=77, truncation=True).input_ids,
        untruncated=pipe.tokenizer(x).input_ids,
    )
    for x in T
]
json.dump(t, open(f"{OUT}/tokens.json", "w"), ensure_ascii=False, indent=0)
print(len(meta), "pipeline cases", len(t), "token cases")
