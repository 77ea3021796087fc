"""The whole training on one GPU in minutes: autoencoder, then draft and UNet, on scenes that the CPU renders meanwhile.

    python gpu.py OUT --words words.txt --start checkpoint/diffusion.pt --minutes 12

Writes OUT/autoencoder.pt, OUT/sharp.pt (the same with a decoder tuned against a critic) and, every 45 seconds,
OUT/diffusion.pt, the averaged weights. The text encoder starts from --start. Networks and losses are those of the
scripts for CPUs. A number in OUT/minutes changes --minutes while it runs.
"""

import argparse
import math
import os
import subprocess
import sys
import time

import torch
import torch._dynamo
from torch import nn

import autoencoder as ae
from device_scenes import VALIDATION, FixedBatch, Scenes, to_pixels
from diffusion import TOKENIZER, Report, Trained, diffusion_loss, save_averages
from networks import alpha_bars
from renderers import CHUNK, Renderers

TEXT_RATE = 0.1  # of the other rates
HEADS_ALONE = 500  # steps in which the fresh label heads do not reach the text encoder yet
EMA_DECAY = 0.999


def falling(progress, hold):
    """A rate's share over a run: whole, then a cosine down to nearly nothing."""
    if progress < hold:
        return 1.0
    return max(0.01, 0.5 + 0.5 * math.cos(math.pi * (progress - hold) / (1 - hold)))


def stepped(optimiser, rates, loss, parameters, most):
    for group, rate in zip(optimiser.param_groups, rates):
        group["lr"] = rate
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    norm = nn.utils.clip_grad_norm_(parameters, most)
    optimiser.step()
    return norm


def train_autoencoder(scenes, options, started):
    """Encoder and decoder until the first part of the time is over, then a copy of the decoder against the critic."""
    model = ae.Autoencoder().to(scenes.device, memory_format=torch.channels_last)
    parameters = list(model.parameters())
    optimiser = torch.optim.AdamW(parameters, betas=(0.9, 0.98), weight_decay=1e-3)
    scenes.wait_for(4 * CHUNK)
    average, step, first = ae.Average(model), 0, time.time()
    validation = to_pixels(scenes.pictures[:VALIDATION])
    until = started + 60 * options.autoencoder_minutes
    shown = first
    while time.time() < until:
        progress = (time.time() - first) / (until - first)
        rate = options.autoencoder_rate * min(1, (step + 1) / 200) * falling(progress, 0.5)
        loss = ae.reconstruction_loss(model, scenes.pixels(options.autoencoder_batch))
        stepped(optimiser, [rate], loss, parameters, 1.0)
        average.update(model, step)
        scenes.poll(2)
        step += 1
        if time.time() - shown > 15:
            shown = time.time()
            print(f"autoencoder {step} {shown - started:.0f}s loss {loss.item():.4f} scenes {scenes.size}", flush=True)
    psnr, sharpness = ae.save(os.path.join(options.out, "autoencoder.pt"), average, validation, step)
    print(f"autoencoder {step} steps: psnr {psnr:.2f} edges {sharpness:.3f} scenes {scenes.size}", flush=True)
    model.load_state_dict(average.state)
    return model.eval(), validation


def sharpen_decoder(scenes, options, model, validation):
    """The decoder alone against a critic; the latents stay. Another file: one looks at both."""
    model.e.requires_grad_(False)
    parameters = list(model.d.parameters())
    optimiser = torch.optim.AdamW(parameters, betas=(0.5, 0.98), weight_decay=1e-3)
    critic = ae.Critic(64).to(scenes.device, memory_format=torch.channels_last)
    critic_optimiser = torch.optim.Adam(critic.parameters(), lr=4e-4, betas=(0.5, 0.95))
    average, first, seconds, step = ae.Average(model), time.time(), 60 * options.critic_minutes, 0
    while time.time() - first < seconds:
        progress = (time.time() - first) / seconds
        share = options.critic_share * (progress > 0.1)
        pixels = scenes.pixels(options.autoencoder_batch)
        loss, decoded, target = ae.decoder_loss(model, pixels, critic, share, 0.7)
        stepped(optimiser, [3e-4 * falling(progress, 0.5)], loss, parameters, 1.0)
        told = ae.critic_step(critic, critic_optimiser, decoded, target)
        average.update(model, step)
        scenes.poll(2)
        step += 1
    psnr, sharpness = ae.save(os.path.join(options.out, "sharp.pt"), average, validation, step)
    print(f"critic {step} steps: {told.item():.3f} psnr {psnr:.2f} edges {sharpness:.3f}", flush=True)


def fresh_network(options, device):
    trained = Trained()
    text = {name: value for name, value in torch.load(options.start, weights_only=True)["ema"].items()}
    trained.model.t.load_state_dict({name[2:]: value.float() for name, value in text.items() if name[:2] == "t."})
    trained.to(device)
    trained.model.u.to(memory_format=torch.channels_last)
    if not options.eager:
        for module in (trained.model.t, trained.model.u, trained.model.u.draft):
            module.compile()
    return trained


def minutes_of(options):
    path = os.path.join(options.out, "minutes")
    if not os.path.exists(path):
        return options.minutes
    with open(path) as file:
        return float(file.read())


def loss_of(trained, scenes, options, bars):
    with torch.autocast(scenes.device, torch.bfloat16):
        return diffusion_loss(trained, scenes, options.batch, options, bars)


def warm_up(options):
    """Compiles into the cache on disk, in a process of its own while the autoencoder is trained."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    trained, scenes, first = fresh_network(options, device), FixedBatch(device), time.time()
    bars = alpha_bars().to(device)
    for step in range(8):
        loss, error = loss_of(trained, scenes, options, bars)
        loss.backward()
        if step in (0, 2, 7):
            print(f"compiled: step {step} {error:.3f} after {time.time() - first:.1f}s", flush=True)


def train_diffusion(scenes, options, started):
    """Text encoder, draft and UNet for the rest of the time."""
    trained = fresh_network(options, scenes.device)
    text = [*trained.model.t.parameters()]
    others = [*trained.model.u.parameters(), *trained.heads.parameters()]
    groups = [dict(params=others, lr=0.0), dict(params=text, lr=0.0)]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.99), weight_decay=0.01, fused=scenes.device == "cuda")
    live = dict(trained.model.named_parameters())
    averages = {name: value.detach().clone() for name, value in live.items()}
    bars, step, first = alpha_bars().to(scenes.device), 0, time.time()
    report, saved = Report(os.path.join(options.out, "diffusion.pt.log"), 0.0, every=15), first
    until = started + 60 * minutes_of(options)
    while (now := time.time()) < until:
        progress = (now - first) / (until - first)
        rate = options.rate * min(1, (step + 1) / options.warm_up) * falling(progress, options.hold)
        options.heads_alone = step < HEADS_ALONE
        loss, error = loss_of(trained, scenes, options, bars)
        norm = stepped(optimiser, [rate, rate * TEXT_RATE], loss, text + others, 1.0)
        decay = min(EMA_DECAY, (1 + step) / (20 + step))
        torch._foreach_lerp_(list(averages.values()), [live[name].detach() for name in averages], 1 - decay)
        scenes.poll(1)
        step += 1
        report.add(error, options.batch)
        if report.due(now - first):
            report.write(step, now - first, norm.item(), rate)
            print("scenes", scenes.size, flush=True)
            until = started + 60 * minutes_of(options)
        if now - saved > 45:
            saved = now
            save_averages(options.out, averages, step, scenes.scale)
    save_averages(options.out, averages, step, scenes.scale)
    print("done", step, flush=True)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", help="folder")
    parser.add_argument("--words", help="words.txt from render.mjs")
    parser.add_argument("--start", required=True, help="checkpoint with the text encoder")
    parser.add_argument("--tokenizer", default=TOKENIZER)
    parser.add_argument("--minutes", type=float, default=12, help="in all")
    parser.add_argument("--autoencoder-minutes", type=float, default=2)
    parser.add_argument("--critic-minutes", type=float, default=0.5)
    parser.add_argument("--critic-share", type=float, default=0.25)
    parser.add_argument("--autoencoder-batch", type=int, default=64)
    parser.add_argument("--autoencoder-rate", type=float, default=1.5e-3)
    parser.add_argument("--batch", type=int, default=768)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--warm-up", type=int, default=200)
    parser.add_argument("--hold", type=float, default=0.5)
    parser.add_argument("--pictures", type=int, default=120_000, help="kept on the device for the autoencoder")
    parser.add_argument("--latents", type=int, default=1_200_000)
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 2))
    parser.add_argument("--eager", action="store_true", help="do not compile")
    parser.add_argument("--only-compile", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    fixed = dict(frozen_text=False, mask_weight=2.0, label_weight=0.01, draft_weight=0.3, min_snr=6.0)
    vars(options).update(fixed, heads_alone=True)
    return options


def main():
    started, options = time.time(), parse()
    torch.manual_seed(0)
    torch._dynamo.config.suppress_errors = True  # what cannot be compiled runs as it is
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = torch.backends.cudnn.benchmark = True
    if options.only_compile:
        return warm_up(options)
    os.makedirs(options.out, exist_ok=True)
    renderers = Renderers(options.workers, options.tokenizer, options.words)
    if not options.eager:
        subprocess.Popen([sys.executable, *sys.argv, "--only-compile"])
    device = "cuda" if torch.cuda.is_available() else "cpu"
    scenes = Scenes(renderers, device, options.pictures, options.latents)
    model, validation = train_autoencoder(scenes, options, started)
    if options.critic_minutes:
        sharpen_decoder(scenes, options, model, validation)
    encoder = ae.load_autoencoder(os.path.join(options.out, "autoencoder.pt")).e
    scenes.encode_all(encoder.to(device, memory_format=torch.channels_last))
    print(f"latents' deviation {1 / scenes.scale:.3f}, {time.time() - started:.0f}s", flush=True)
    train_diffusion(scenes, options, started)


if __name__ == "__main__":
    main()
