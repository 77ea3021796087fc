"""Distils the guided model into one that draws in six passes without guidance. Resumes from its OUT.

    python distil.py --data DATA --start checkpoint/diffusion.pt --out six.pt --minutes 600 [--device cuda]

Progressive distillation (Salimans and Ho, 2022, arXiv 2202.00512) in one stage, guidance and all (Meng et al., 2022,
arXiv 2210.03142): from one of the student's six noise levels to the next the teacher takes SUBSTEPS guided DDIM steps,
and the student learns the single answer that leads there at once. Text encoder and draft stay as they are. What comes
out is a checkpoint as diffusion.py writes it, to be drawn with DDIM, trailing timesteps, six steps, guidance 1.

The teacher's passes are most of the work: 2 * SUBSTEPS for each of the student's.
"""

import argparse
import os
import signal
import time

import torch
from tokenizers import Tokenizer

from diffusion import TOKENIZER, Clock, Report
from networks import EOS, BOS, TRAIN_STEPS, UNET, alpha_bars, load_model
from store import Store

STEPS = 6
AVERAGE = 0.999
SAVE_EVERY_SECONDS = 120
LONGEST_STEP_SECONDS = 120.0  # on a CPU; a longer step was a pause


def levels(steps):
    """Trailing timesteps as DDIM takes them, and -1 (no noise) after the last: [steps + 1]."""
    return torch.tensor([round((1 - at / steps) * TRAIN_STEPS) - 1 for at in range(steps + 1)])


def alpha_sigma(bars, timesteps):
    """Of each picture, [b, 1, 1, 1]; 1 and 0 at timestep -1."""
    bar = torch.where(timesteps < 0, torch.ones_like(bars[:1]), bars[timesteps.clamp(min=0)]).view(-1, 1, 1, 1)
    return bar.sqrt(), (1 - bar).clamp(min=0).sqrt()


def ddim(z, v, now, then):
    """From one (alpha, sigma) to the next."""
    (a, s), (a2, s2) = now, then
    return a2 * (a * z - s * v) + s2 * (s * z + a * v)


def answer_for(z, end, now, then):
    """The v at `now` with which a single DDIM step from z ends at `end`."""
    (a, s), (a2, s2) = now, then
    return ((a2 * a + s2 * s) * z - end) / (a2 * s - s2 * a)


@torch.no_grad()
def taught(teacher, z, start, stop, text, nothing, bars, options):
    """Where the guided teacher ends, in `options.substeps` steps from timesteps `start` to `stop`."""
    drafts = [teacher.u.drafted(states) for states in (text, nothing)]
    for at in range(options.substeps):
        share = lambda k: torch.round(start + (stop - start) * (k / options.substeps)).long()
        now, then = share(at), share(at + 1)
        told, untold = (teacher.u(z, now, s, d) for s, d in zip((text, nothing), drafts))
        v = untold + options.guidance * (told - untold)
        z = ddim(z, v, alpha_sigma(bars, now), alpha_sigma(bars, then))
    return z


def loss_of(student, teacher, store, bars, edges, options):
    latents, masks, ids, _ = (part.to(options.device) for part in store.batch(options.batch))
    with torch.no_grad():
        text = teacher.t(ids)
        empty = torch.tensor([[BOS, EOS]], device=options.device).expand(len(ids), -1)
        nothing = teacher.t(empty)
    rows = torch.randint(0, STEPS, (len(latents),), device=options.device)
    start, stop = edges[rows], edges[rows + 1]
    now, then = alpha_sigma(bars, start), alpha_sigma(bars, stop)
    z = now[0] * latents + now[1] * torch.randn_like(latents)
    v = answer_for(z, taught(teacher, z, start, stop, text, nothing, bars, options), now, then)
    weights = 1 + options.mask_weight * masks[:, None]
    error = ((student.u(z, start, text, teacher.u.drafted(text)) - v).pow(2) * weights / weights.mean()).mean()
    return error


def save(path, average, student, optimiser, step, seconds, options):
    """In one move, so that a kill never leaves half a file."""
    ema = {name: value.half().cpu() for name, value in average.items()}
    resume = dict(student=student.u.state_dict(), optimiser=optimiser.state_dict())
    state = dict(ema=ema, cfg=UNET, it=step, scale=options.scale, seconds=seconds, resume=resume)
    torch.save(state, path + ".tmp")
    os.replace(path + ".tmp", path)


def train(options):
    store = Store(options.data, options.capacity, Tokenizer.from_file(options.tokenizer), options.scale)
    store.add_new()
    teacher = load_model(options.start)[0].to(options.device)
    student = load_model(options.out if os.path.exists(options.out) else options.start)[0].to(options.device)
    student.t.requires_grad_(False)
    student.u.draft.requires_grad_(False)
    learned = [parameter for parameter in student.u.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(learned, lr=options.rate, betas=(0.9, 0.98), weight_decay=0)
    average = {name: value.clone() for name, value in student.state_dict().items()}
    step, clock = 0, Clock(0.0, LONGEST_STEP_SECONDS)
    if os.path.exists(options.out):
        state = torch.load(options.out, map_location=options.device, weights_only=True)
        student.u.load_state_dict(state["resume"]["student"])
        optimiser.load_state_dict(state["resume"]["optimiser"])
        step, clock = state["it"], Clock(state["seconds"], LONGEST_STEP_SECONDS)
        print("resumes at", step, f"{clock.seconds:.0f}s", flush=True)
    bars, edges = alpha_bars().to(options.device), levels(STEPS).to(options.device)
    ending, saved, report = [], clock.seconds, Report(options.out + ".log", clock.seconds)
    signal.signal(signal.SIGTERM, lambda *_: ending.append(True))
    while clock.seconds < options.minutes * 60 and not ending:
        progress = clock.seconds / (options.minutes * 60)
        rate = options.rate * min(1, (step + 1) / 100) * max(0.02, min(1, 2 - 2 * progress))
        optimiser.param_groups[0]["lr"] = rate
        error = loss_of(student, teacher, store, bars, edges, options)
        optimiser.zero_grad(set_to_none=True)
        error.backward()
        norm = float(torch.nn.utils.clip_grad_norm_(learned, 0.7))
        optimiser.step()
        with torch.no_grad():
            decay = min(AVERAGE, step / (step + 20))
            for name, value in student.state_dict().items():
                average[name].lerp_(value, 1 - decay)
        step += 1
        clock.tick()
        report.add(error.detach().cpu(), options.batch)
        if report.due(clock.seconds):
            report.write(step, clock.seconds, norm, rate)
            store.add_new()
        if clock.seconds - saved > SAVE_EVERY_SECONDS:
            saved = clock.seconds
            save(options.out, average, student, optimiser, step, clock.seconds, options)
    save(options.out, average, student, optimiser, step, clock.seconds, options)
    print("done", step, f"{clock.seconds:.0f}s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder of encoded shards from dataset.py")
    parser.add_argument("--start", required=True, help="the teacher, from which the student starts too")
    parser.add_argument("--out", required=True, help="checkpoint to write, and to resume from if it is there")
    parser.add_argument("--tokenizer", default=TOKENIZER)
    parser.add_argument("--minutes", type=float, required=True, help="the run's own time in all")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--guidance", type=float, default=4.0)
    parser.add_argument("--substeps", type=int, default=4, help="of the teacher, for each of the student's")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--mask-weight", type=float, default=2.0)
    parser.add_argument("--scale", type=float, default=0.8612, help="of the latents: 1 / their deviation")
    parser.add_argument("--capacity", type=int, default=60000)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(int(time.time()))
    train(options)


if __name__ == "__main__":
    main()
