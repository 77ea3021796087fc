"""Trains text encoder and UNet together (v-prediction, caption dropout, averaged weights). Resumes from its checkpoint.

    python diffusion.py --data DATA --out diffusion.pt --minutes 60 [--start weights.pt]

Two one-thread workers share one copy of the weights: on a busy CPU that is several times as fast as two threads.
Time is the run's own: a run that was stopped (SIGSTOP) and continued goes on where it was. SIGTERM saves and ends it.
"""

import argparse
import math
import os
import signal
import time

import torch
from tokenizers import Tokenizer
from torch import multiprocessing, nn
from torch.nn import functional as F

from networks import TEXT_WIDTH, TRAIN_STEPS, UNET, Model, alpha_bars, load_model, pooled
from optimiser import FlatOptimiser, FlatWeights
from store import LABEL_SIZES, Store, drop_captions

DROPPED_CAPTIONS = 0.1
LONGEST_STEP_SECONDS = 5.0  # a longer step was a pause, and does not count as running time
MAX_GRADIENT_NORM = 0.7
REPORT_EVERY_SECONDS, SAVE_EVERY_SECONDS = 60, 150
TOKENIZER = os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "../public/models/built-in/tokenizer/tokenizer.json"
)


class LabelHeads(nn.Module):
    """Tells subject, place, time and colour from the pooled text state: keeps the text encoder from forgetting them."""

    def __init__(self):
        super().__init__()
        self.h = nn.ModuleList(nn.Linear(TEXT_WIDTH, size) for size in LABEL_SIZES)

    def forward(self, pool, labels, keep):
        # float32 copies for this sum only: converting the module would cut its weights off the shared ones
        scored = (F.linear(pool.float(), head.weight.float(), head.bias.float()) for head in self.h)
        nouns, scenes, times, colours = scored
        several = 0.0
        for scores, columns in ((nouns, labels[:, :2]), (colours, labels[:, 4:])):
            target = torch.zeros(len(scores), scores.shape[1] + 1, device=scores.device)
            target = target.scatter(1, columns % (scores.shape[1] + 1), 1.0)[:, :-1]
            several = several + F.binary_cross_entropy_with_logits(scores, target, reduction="none").sum(1)
        one = F.cross_entropy(scenes, labels[:, 2], reduction="none")
        one = one + F.cross_entropy(times, labels[:, 3], reduction="none", ignore_index=-1)
        return ((several + one) * keep).mean()


class Trained(nn.Module):
    """Everything that has weights during training."""

    def __init__(self):
        super().__init__()
        self.model = Model()
        self.heads = LabelHeads()


def timesteps_for(count, device="cpu"):
    """One timestep per view, spread evenly over the batch; the middle of the schedule comes more often."""
    q = (torch.arange(count, device=device) + torch.rand(count, device=device)) / count
    middle = 0.08 + (q - 0.04) / 0.82 * 0.6
    late = 0.68 + (q - 0.86) / 0.14 * 0.32
    q = torch.where(q < 0.04, q * 2, torch.where(q < 0.86, middle, late))
    return (q * TRAIN_STEPS).long().clamp(max=TRAIN_STEPS - 1)


def weighted_error(guess, target, masks, options):
    """The squared error of each picture, its subjects weighted: [b]."""
    weights = 1 + options.mask_weight * masks[:, None]
    return ((guess.float() - target).pow(2) * weights / weights.mean()).mean((1, 2, 3))


def text_and_draft(trained, store, count, options):
    """A random batch: its latents and masks, text states, draft, and the loss of text encoder and draft alone."""
    latents, masks, ids, labels = store.batch(count)
    keep = (~drop_captions(ids, DROPPED_CAPTIONS)).float()
    with torch.set_grad_enabled(not options.frozen_text):
        states = trained.model.t(ids)
    draft = trained.model.u.drafted(states)
    error = weighted_error(draft, latents, masks, options).mean()
    loss = error
    if options.label_weight and not options.frozen_text:
        told = pooled(states)
        if options.heads_alone:
            told = told.detach()
        loss = loss + options.label_weight * trained.heads(told, labels, keep)
    return latents, masks, states, draft, loss, error.detach()


def draft_loss(trained, store, count, options):
    """The loss of text encoder and draft alone, and the draft's error for the log."""
    *_, loss, error = text_and_draft(trained, store, count, options)
    return loss, error


def diffusion_loss(trained, store, count, options, bars):
    """The loss of one random batch, and the error of v for the log. The draft goes on learning beside the UNet."""
    latents, masks, states, draft, loss, _ = text_and_draft(trained, store, count, options)
    timesteps = timesteps_for(count, latents.device)
    bar = bars[timesteps].view(-1, 1, 1, 1)
    noise = torch.randn_like(latents)
    noisy = bar.sqrt() * latents + (1 - bar).sqrt() * noise
    target = bar.sqrt() * noise - (1 - bar).sqrt() * latents
    noisy = noisy.to(trained.model.u.i.weight.dtype).contiguous(memory_format=torch.channels_last)
    error = weighted_error(trained.model.u(noisy, timesteps, states, draft), target, masks, options)
    snr = (bar / (1 - bar)).view(-1)
    v_loss = (error * (options.min_snr / (1 + snr)).clamp(max=1)).mean()
    return v_loss + options.draft_weight * loss, error.mean().detach()


def rate_at(options, step, progress):
    """Warm-up, then constant, then a cosine down to 2 % over the last part of the run."""
    rate = options.rate * min(1, (step + 1) / options.warm_up)
    if progress > options.hold:
        rate *= max(0.02, 0.5 + 0.5 * math.cos(math.pi * (progress - options.hold) / (1 - options.hold)))
    return rate


class Clock:
    """The run's own time, without the pauses."""

    def __init__(self, seconds, longest=LONGEST_STEP_SECONDS):
        self.seconds, self.last, self.longest = seconds, time.time(), longest

    def tick(self):
        now = time.time()
        self.seconds += min(now - self.last, self.longest)
        self.last = now


def save_averages(folder, averages, step, scale):
    """Writes averaged weights alone, in halves: what export.py and `--start` need."""
    path = os.path.join(folder, "diffusion.pt")
    state = dict(ema={name: value.half().cpu() for name, value in averages.items()}, cfg=UNET, it=step, scale=scale)
    torch.save(state, path + ".tmp")
    os.replace(path + ".tmp", path)


def save(path, weights, clock, step, options):
    """Writes the checkpoint in one move, so that a kill never leaves half a file."""
    ema = {name[6:]: view.clone() for name, view in weights.averaged_views().items() if name.startswith("model.")}
    state = dict(ema=ema, cfg=UNET, it=step, scale=options.scale, seconds=clock.seconds, resume=weights.state())
    torch.save(state, path + ".tmp")
    os.replace(path + ".tmp", path)


class Report:
    """One line a minute: the mean error and the views per second since the last one."""

    def __init__(self, path, seconds, every=REPORT_EVERY_SECONDS):
        self.path, self.every, self.shown, self.errors, self.views = path, every, seconds, [], 0

    def add(self, error, views):
        self.errors.append(error)
        self.views += views

    def due(self, seconds):
        return seconds - self.shown > self.every

    def write(self, step, seconds, norm, rate):
        each = self.views / max(seconds - self.shown, 1e-6)
        line = f"step {step} {seconds:.0f}s {each:.1f}/s"
        line += f" error {float(sum(self.errors) / len(self.errors)):.4f} norm {norm:.2f} rate {rate:.2e}"
        print(line, flush=True)
        with open(self.path, "a") as log:
            print(line, file=log)
        self.shown, self.errors, self.views = seconds, [], 0


def settings_for(options, step, seconds, ending):
    """What the next step does, told by the first worker to all: [rate, end or not]."""
    progress = min(1, seconds / (options.minutes * 60))
    ended = progress >= 1 or ending
    return torch.tensor([rate_at(options, step, progress), float(ended)])


def train_step(options, trained, weights, store, optimiser, bars, barrier, rank, step, rate):
    """One step of one worker. Returns the error and the gradient's norm."""
    if options.draft:
        loss, error = draft_loss(trained, store, options.batch, options)
    else:
        loss, error = diffusion_loss(trained, store, options.batch, options, bars)
    loss.backward()
    weights.share_gradients(rank)
    barrier.wait()
    norm = optimiser.step(rate, MAX_GRADIENT_NORM, step)
    for parameter in trained.parameters():
        parameter.grad = None
    return error, norm


def work(rank, options, trained, weights, store, control, barrier):
    """One worker: computes gradients on its own batch, and updates its own part of the shared weights."""
    torch.set_num_threads(1)
    torch.manual_seed(1000 + rank + weights.step)
    weights.attach(trained)
    optimiser = FlatOptimiser(weights, rank, options.muon)
    bars, clock, step = alpha_bars(), Clock(weights.seconds), weights.step
    report, saved = Report(options.out + ".log", clock.seconds), clock.seconds
    signal.signal(signal.SIGTERM, lambda *_: control["ending"].fill_(1))
    while True:
        now = control["slots"][step % 2]  # two slots in turn: nobody reads one while it is written
        if rank == 0:
            now.copy_(settings_for(options, step, clock.seconds, control["ending"].item() > 0))
        barrier.wait()
        rate, ended = now.tolist()
        if ended:
            break
        error, norm = train_step(options, trained, weights, store, optimiser, bars, barrier, rank, step, rate)
        step += 1
        clock.tick()
        report.add(error, options.batch * options.workers)
        if rank == 0 and report.due(clock.seconds):
            report.write(step, clock.seconds, norm, rate)
            store.add_new()
        if rank == 0 and clock.seconds - saved > SAVE_EVERY_SECONDS:
            saved = clock.seconds
            save(options.out, weights, clock, step, options)
    if rank == 0:
        save(options.out, weights, clock, step, options)
        print("done", step, flush=True)


def starting_point(options):
    """The network to train and its flat weights: the checkpoint to resume, the weights to start from, or fresh ones."""
    trained = Trained()
    resumed = torch.load(options.out, weights_only=True) if os.path.exists(options.out) else None
    if not resumed and options.start:
        model, facts = load_model(options.start)
        trained.model.load_state_dict(model.state_dict())
        print("starts from", options.start, facts.get("it"))
    trained.model.u = trained.model.u.to(memory_format=torch.channels_last)
    weights = FlatWeights(trained, options.workers)
    if resumed:
        weights.load(resumed["resume"], resumed["it"], resumed["seconds"])
        print("resumes at", weights.step, f"{weights.seconds:.0f}s")
    return trained, weights


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder of shards from dataset.py")
    parser.add_argument("--out", required=True, help="checkpoint to write, and to resume from if it is there")
    parser.add_argument("--start", help="weights to start from when there is nothing to resume")
    parser.add_argument("--tokenizer", default=TOKENIZER)
    parser.add_argument(
        "--minutes", type=float, required=True, help="the run's own time in all, earlier sessions included"
    )
    parser.add_argument(
        "--draft", action="store_true", help="train the text encoder and the draft alone, by regression"
    )
    parser.add_argument("--frozen-text", action="store_true", help="leave the text encoder as it is")
    parser.set_defaults(heads_alone=False)
    parser.add_argument("--hold", type=float, default=0.5, help="share of the run before the rate falls")
    parser.add_argument("--rate", type=float, default=8e-4)
    parser.add_argument("--warm-up", type=int, default=200, help="steps")
    parser.add_argument("--batch", type=int, default=48, help="views per worker and step")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--muon", action="store_true", help="orthogonalised updates for the UNet's matrices")
    parser.add_argument("--mask-weight", type=float, default=2.0, help="how much more the subject's latents count")
    parser.add_argument(
        "--label-weight", type=float, default=0.01, help="of the loss that keeps the labels in the text encoder"
    )
    parser.add_argument("--draft-weight", type=float, default=0.3, help="of the draft's loss beside the UNet's")
    parser.add_argument("--min-snr", type=float, default=6.0)
    parser.add_argument("--scale", type=float, default=1.0, help="of the latents: 1 / their deviation")
    parser.add_argument("--capacity", type=int, default=60000, help="scenes held in memory")
    return parser.parse_args()


def main():
    options = parse()
    torch.manual_seed(0)
    multiprocessing.set_sharing_strategy("file_system")
    store = Store(options.data, options.capacity, Tokenizer.from_file(options.tokenizer), options.scale)
    store.add_new()
    trained, weights = starting_point(options)
    control = dict(slots=torch.zeros(2, 2, dtype=torch.float64).share_memory_(), ending=torch.zeros(1).share_memory_())
    barrier = multiprocessing.Barrier(options.workers)
    arguments = (options, trained, weights, store, control, barrier)
    signal.signal(signal.SIGTERM, lambda *_: control["ending"].fill_(1))
    multiprocessing.start_processes(work, args=arguments, nprocs=options.workers, start_method="fork")


if __name__ == "__main__":
    main()
