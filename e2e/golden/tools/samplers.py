"""Writes reference values of more samplers and noise schedules, with diffusers and k-diffusion. Usage: samplers.py OUTDIR

Needs diffusers, k_diffusion, torchsde and scipy; k-diffusion's samplers run over diffusers' noise levels.
"""

import json
import os
import sys

import numpy as np
import torch
from diffusers import (
    DEISMultistepScheduler,
    DPMSolverMultistepScheduler,
    DPMSolverSDEScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    HeunDiscreteScheduler,
    KDPM2AncestralDiscreteScheduler,
    KDPM2DiscreteScheduler,
    LMSDiscreteScheduler,
    UniPCMultistepScheduler,
)
from diffusers.schedulers.scheduling_utils import AysSchedules
from k_diffusion.sampling import sample_dpmpp_2s_ancestral
from safetensors.torch import save_file

torch.set_grad_enabled(False)
torch.set_num_threads(1)
OUT = sys.argv[1]
os.makedirs(OUT, exist_ok=True)
SHAPE = (1, 4, 2, 4)
NOISE_SEED = 1000
BASE = dict(
    beta_start=0.00085,
    beta_end=0.012,
    beta_schedule="scaled_linear",
    num_train_timesteps=1000,
    steps_offset=1,
)
SDE3 = dict(algorithm_type="sde-dpmsolver++", solver_order=3)
CLASSES = {
    "euler": (EulerDiscreteScheduler, {}),
    "heun": (HeunDiscreteScheduler, {}),
    "lms": (LMSDiscreteScheduler, {}),
    "unipc": (UniPCMultistepScheduler, {}),
    "dpmpp-2m": (DPMSolverMultistepScheduler, {}),
    "dpmpp-3m-sde": (DPMSolverMultistepScheduler, SDE3),
    "dpm2": (KDPM2DiscreteScheduler, {}),
    "dpm2-ancestral": (KDPM2AncestralDiscreteScheduler, {}),
    "dpmpp-sde": (DPMSolverSDEScheduler, dict(noise_sampler_seed=NOISE_SEED)),
    "dpmpp-2s-ancestral": (EulerAncestralDiscreteScheduler, {}),
}
NEW = ("dpm2", "dpm2-ancestral", "dpmpp-2s-ancestral", "dpmpp-sde", "dpmpp-3m-sde")
SCHEDULES = {
    None: {},
    "karras": dict(use_karras_sigmas=True),
    "exponential": dict(use_exponential_sigmas=True),
    "beta": dict(use_beta_sigmas=True),
    "sgm-uniform": dict(timestep_spacing="trailing"),
    "align-your-steps": {},
}
GENERATOR = ("dpm2-ancestral", "dpmpp-3m-sde")


def dummy(x, t):  # as in cases.py
    t = float(t)
    return torch.tanh(x * 0.7 + 0.1) * (0.3 + t / 1500) + 0.05 * torch.cos(3 * x)


def aligned_sigmas(scheduler, steps):
    """As on the paper authors' page: log-linear between the known levels, then 0."""
    training = np.array(((1 - scheduler.alphas_cumprod) / scheduler.alphas_cumprod) ** 0.5)
    known = np.append(training[AysSchedules["StableDiffusionTimesteps"]], training[0])
    at = np.linspace(0, 1, steps + 1)
    levels = np.exp(np.interp(at, np.linspace(0, 1, len(known)), np.log(known)))
    return [float(level) for level in levels[:-1]] + [0.0]


def plan(scheduler, schedule, steps):
    if schedule != "align-your-steps":
        scheduler.set_timesteps(steps)
    elif steps == 10:
        scheduler.set_timesteps(timesteps=AysSchedules["StableDiffusionTimesteps"])
    else:
        scheduler.set_timesteps(sigmas=aligned_sigmas(scheduler, steps))


def run_diffusers(name, scheduler, x, start):
    extra = dict(generator=torch.Generator().manual_seed(NOISE_SEED)) if name in GENERATOR else {}
    trajectory = []
    scheduler.set_begin_index(start)
    for t in scheduler.timesteps[start:]:
        x = scheduler.step(dummy(scheduler.scale_model_input(x, t), t), t, x, **extra).prev_sample
        trajectory.append(x.clone())
    return torch.stack(trajectory)


def run_2s(scheduler, x, start, prediction):
    """The last sample only. The middle calls' timesteps are found as diffusers' DPM2 finds them."""
    generator = torch.Generator().manual_seed(NOISE_SEED)
    log_sigmas = np.log(np.array(((1 - scheduler.alphas_cumprod) / scheduler.alphas_cumprod) ** 0.5))
    to_t = KDPM2DiscreteScheduler(**BASE)._sigma_to_t
    known = {float(s): float(t) for s, t in zip(scheduler.sigmas, scheduler.timesteps)}
    asked = []

    def model(x, sigma):
        s = sigma.flatten()[0]
        t = known.get(float(s))
        t = float(to_t(np.array(float(s)), log_sigmas)) if t is None else t
        asked.append(t)
        answer = dummy(x / ((s**2 + 1) ** 0.5), t)
        if prediction == "epsilon":
            return x - s * answer
        return answer * (-s / (s**2 + 1) ** 0.5) + x / (s**2 + 1)

    noise = lambda *_: torch.randn(SHAPE, generator=generator)
    last = sample_dpmpp_2s_ancestral(model, x, scheduler.sigmas[start:], noise_sampler=noise, disable=True)
    return last[None], torch.tensor(asked)


arrays, cases = {}, []


def case(name, schedule, prediction, steps, strength=1.0):
    cls, options = CLASSES[name]
    scheduler = cls(**BASE, prediction_type=prediction, **options, **SCHEDULES[schedule])
    if name == "dpmpp-sde":
        # numpy rounds square roots as IEEE 754 asks; torch does not on every CPU, and the noise is another one a millionth further
        scheduler.alphas_cumprod = scheduler.alphas_cumprod.numpy()
    plan(scheduler, schedule, steps)
    calls_per_step = 2 if name in ("heun", "dpm2", "dpm2-ancestral", "dpmpp-sde") else 1
    skipped = steps - min(int(steps * strength), steps)
    start = skipped * calls_per_step
    generator = torch.Generator().manual_seed(steps)
    noise = torch.randn(SHAPE, generator=generator)
    if strength == 1:
        x = noise * scheduler.init_noise_sigma
    else:
        original = torch.randn(SHAPE, generator=generator) / 2
        scheduler.set_begin_index(start)
        x = scheduler.add_noise(original, noise, scheduler.timesteps[start : start + 1])
    key = "/".join([name, schedule or "own", prediction, str(steps), str(strength)])
    if name == "dpmpp-2s-ancestral":
        trajectory, timesteps = run_2s(scheduler, x, start, prediction)
    else:
        trajectory, timesteps = run_diffusers(name, scheduler, x, start), scheduler.timesteps[start:]
    arrays[f"{key}/trajectory"] = trajectory
    arrays[f"{key}/timesteps"] = timesteps.to(torch.float32)
    cases.append(
        dict(
            key=key,
            sampler=name,
            schedule=schedule,
            prediction_type=prediction,
            steps=steps,
            strength=strength,
            init_noise_sigma=float(scheduler.init_noise_sigma),
            noise_seed=NOISE_SEED,
        )
    )


for name in NEW:
    for prediction in ("epsilon", "v_prediction"):
        for steps in (1, 2, 3, 10):
            case(name, None, prediction, steps)
    case(name, None, "epsilon", 25)
    case(name, None, "epsilon", 8, 0.5)
    if name == "dpmpp-2s-ancestral":
        continue  # the class whose levels it runs over has one schedule only
    for schedule in ("karras", "exponential", "beta", "sgm-uniform"):
        case(name, schedule, "epsilon", 7)
for name in ("euler", "heun", "lms", "unipc", "dpmpp-2m"):
    for steps in (1, 2, 12):
        case(name, "beta", "epsilon", steps)
for steps in (1, 3, 10, 25):
    case("euler", "align-your-steps", "epsilon", steps)
for name in ("heun", "dpmpp-2m", "dpmpp-3m-sde"):
    case(name, "align-your-steps", "epsilon", 10)

# The noise of DPM++ SDE by itself.
from diffusers.schedulers.scheduling_dpmsolver_sde import BrownianTreeNoiseSampler

for seed in (0, 42, 2**32 - 1, 2**40 + 7):
    for length in (8, 64):
        sampler = BrownianTreeNoiseSampler(torch.zeros(1, 1, 1, length), 0.03125, 14.6146, seed)
        pairs = [(14.6146, 7.25), (14.6146, 4.5), (4.5, 4.4999), (4.5, 0.1), (0.1, 0.03125)]
        noises = [sampler(a, b).flatten() for a, b in pairs]
        arrays[f"brownian/{seed}/{length}"] = torch.stack(noises)

save_file({k: v.contiguous().float() for k, v in arrays.items()}, f"{OUT}/samplers.safetensors")
json.dump(cases, open(f"{OUT}/samplers.json", "w"), indent=1)
print(len(cases), "cases")
