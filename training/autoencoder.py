"""A light autoencoder: pictures [b, 3, 256, 256] in -1..1 to latents [b, 12, 16, 16] and back. No norm layers.

One latent stands for 16 × 16 pixels, so that the UNet is cheap to train and to run. The finest convolutions work at a
quarter of the picture's size (pixel shuffles): a CPU trains it in minutes.

    python autoencoder.py train DATA autoencoder.pt --steps 1600         encoder and decoder, from pictures_*.npy
    python autoencoder.py tune DATA decoder.pt --start autoencoder.pt    the decoder alone, sharper: the latents stay
"""

import argparse
import glob
import os
import random
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

CHANNELS = 12
PATCH = 16  # pixels across one latent
CROP = 128
BATCH = 12
BORDER = 16  # pixels at a crop's edge that the tuning does not judge: there the decoder lacks its surroundings
VALIDATION_COUNT = 32
LATENT_NOISE = 0.16


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.a = nn.Conv2d(channels, channels, 3, padding=1)
        self.b = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.zeros_(self.b.weight)
        nn.init.zeros_(self.b.bias)

    def forward(self, x):
        return x + self.b(F.silu(self.a(F.silu(x))))


class Encoder(nn.Module):
    def __init__(self, width=96):
        super().__init__()
        self.i = nn.Conv2d(48, 48, 3, padding=1)
        self.d = nn.Conv2d(192, width, 3, padding=1)
        self.r = nn.Sequential(Residual(width), Residual(width))
        self.d2 = nn.Conv2d(4 * width, width, 1)
        self.r2 = nn.Sequential(Residual(width), Residual(width))
        self.o = nn.Conv2d(width, CHANNELS, 3, padding=1)

    def forward(self, x):
        x = F.silu(self.i(F.pixel_unshuffle(x, 4)))
        x = F.silu(self.r(self.d(F.pixel_unshuffle(x, 2))))
        return self.o(F.silu(self.r2(self.d2(F.pixel_unshuffle(x, 2)))))


class Decoder(nn.Module):
    def __init__(self, width=120, middle_width=128, fine_width=64):
        super().__init__()
        self.i = nn.Conv2d(CHANNELS, width, 3, padding=1)
        self.r0 = nn.Sequential(*(Residual(width) for _ in range(4)))
        self.u0 = nn.Conv2d(width, 4 * middle_width, 1)
        self.r = nn.Sequential(*(Residual(middle_width) for _ in range(3)))
        self.u = nn.Conv2d(middle_width, 4 * fine_width, 3, padding=1)
        self.q = nn.Sequential(*(Residual(fine_width) for _ in range(4)))
        self.o = nn.Conv2d(fine_width, 48, 3, padding=1)

    def forward(self, z):
        x = F.pixel_shuffle(self.u0(F.silu(self.r0(self.i(z)))), 2)
        x = F.pixel_shuffle(self.u(F.silu(self.r(x))), 2)
        return F.pixel_shuffle(self.o(F.silu(self.q(x))), 4)


class Autoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.e = Encoder()
        self.d = Decoder()


class Critic(nn.Module):
    """Tells decoded patches from rendered ones: one score for each 16 × 16 pixels."""

    def __init__(self, width=48):
        super().__init__()
        layers, before = [nn.PixelUnshuffle(2)], 12
        for channels in (width, 2 * width, 2 * width):
            layers += [nn.utils.spectral_norm(nn.Conv2d(before, channels, 4, 2, 1)), nn.LeakyReLU(0.2)]
            before = channels
        self.layers = nn.Sequential(*layers, nn.Conv2d(before, 1, 3, padding=1))

    def forward(self, x):
        return self.layers(x)


def load_autoencoder(path):
    state = torch.load(path, map_location="cpu", weights_only=True)["model"]
    model = Autoencoder()
    model.load_state_dict({name: value.float() for name, value in state.items()})
    return model.eval()


def edge_loss(a, b):
    """The mean difference of the two pictures' slopes, across and down."""
    return sum((a.diff(dim=axis) - b.diff(dim=axis)).abs().mean() for axis in (2, 3))


def to_pixels(pictures):
    """uint8 [b, h, w, 3] to channels-last float [b, 3, h, w] in -1..1."""
    pixels = torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float() / 127.5 - 1
    return pixels.contiguous(memory_format=torch.channels_last)


def open_pictures(folder):
    paths = sorted(glob.glob(os.path.join(folder, "pictures_*.npy")))
    return [array for array in (np.load(path, mmap_mode="r") for path in paths) if len(array)]


def random_crops(arrays, count):
    """Random crops on the latents' grid, half of them mirrored. The first pictures are kept for validation."""
    crops = []
    for _ in range(count):
        array = random.choice(arrays)
        picture = array[random.randrange(VALIDATION_COUNT, len(array))]
        y, x = (PATCH * random.randrange((256 - CROP) // PATCH + 1) for _ in range(2))
        crop = picture[y : y + CROP, x : x + CROP]
        crops.append(crop[:, ::-1] if random.random() < 0.5 else crop)
    return to_pixels(np.stack(crops))


@torch.no_grad()
def validate(model, pixels):
    """Peak signal-to-noise ratio in dB, edge energy of the decoded against the rendered, and the latents."""
    latents = torch.cat([model.e(part) for part in pixels.split(8)])
    decoded = torch.cat([model.d(part) for part in latents.split(8)]).clamp(-1, 1)
    psnr = -10 * torch.log10(((decoded - pixels) / 2).pow(2).mean((1, 2, 3))).mean().item()
    energy = lambda x: sum(x.diff(dim=axis).abs().mean().item() for axis in (2, 3))
    return psnr, energy(decoded) / energy(pixels), latents


class Average:
    """An exponential mean of a module's weights."""

    def __init__(self, module):
        self.state = {name: value.clone() for name, value in module.state_dict().items()}

    @torch.no_grad()
    def update(self, module, step):
        decay = min(0.998, step / (step + 20))
        for name, value in module.state_dict().items():
            self.state[name].lerp_(value, 1 - decay)


def save(path, average, pixels, step):
    model = Autoencoder().to(pixels.device)
    model.load_state_dict(average.state)
    psnr, sharpness, latents = validate(model.eval(), pixels)
    state = {"model": average.state, "std": latents.std().item(), "psnr": psnr, "sharpness": sharpness, "step": step}
    torch.save(state, path + ".tmp")
    os.replace(path + ".tmp", path)
    return psnr, sharpness


def rate_at(step, steps, rate):
    return rate * min(1, (step + 1) / 100) * min(1, (1 - step / steps) * 2.2 + 0.01)


def shaken(latents):
    """Latents with noise of varying strength: the decoder must forgive the diffusion's small errors."""
    strength = torch.rand(len(latents), 1, 1, 1, device=latents.device) * LATENT_NOISE
    return latents + torch.randn_like(latents) * strength.to(latents.dtype)


def reconstruction_loss(model, pixels):
    """One training step's loss for encoder and decoder together."""
    with torch.autocast(pixels.device.type, torch.bfloat16):
        latents = model.e(pixels)
        spread = latents.float()
        centred = (spread.mean((0, 2, 3)) ** 2).mean() + ((spread.std((0, 2, 3)) - 1) ** 2).mean()
        decoded = model.d(shaken(latents)).float()
    return (decoded - pixels).abs().mean() + 0.7 * edge_loss(decoded, pixels) + 1e-2 * centred


def decoder_loss(model, pixels, critic, share, edge_weight):
    """One tuning step's loss for the decoder; also returns the decoded crops for the critic.

    `share`: how strongly the critic pulls at the picture, the other losses' pull being 1.
    """
    with torch.autocast(pixels.device.type, torch.bfloat16):
        with torch.no_grad():
            latents = shaken(model.e(pixels))
        decoded = model.d(latents).float()
        inside = (slice(None), slice(None), slice(BORDER, -BORDER), slice(BORDER, -BORDER))
        decoded, target = decoded[inside], pixels[inside]
        loss = (decoded - target).abs().mean() + edge_weight * edge_loss(decoded, target)
        if share:
            judged = -critic(decoded).float().mean()
            pulls = [torch.autograd.grad(part, decoded, retain_graph=True)[0].norm() for part in (loss, judged)]
            loss = loss + share * pulls[0] / (pulls[1] + 1e-12) * judged
    return loss, decoded, target


def critic_step(critic, optimiser, decoded, target):
    """Hinge loss: rendered patches above 1, decoded ones below -1."""
    with torch.autocast(target.device.type, torch.bfloat16):
        real, fake = critic(target).float(), critic(decoded.detach()).float()
    loss = F.relu(1 - real).mean() + F.relu(1 + fake).mean()
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    optimiser.step()
    return loss.detach()


def optimise(model, optimiser, loss):
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_([p for p in model.parameters() if p.grad is not None], 1.0)
    optimiser.step()


def run(options):
    arrays = open_pictures(options.folder)
    pixels = to_pixels(np.stack([arrays[0][index] for index in range(VALIDATION_COUNT)]))
    tuning = options.command == "tune"
    model = Autoencoder().to(memory_format=torch.channels_last)
    start = options.out if os.path.exists(options.out) else options.start
    if start:
        model.load_state_dict(load_autoencoder(start).state_dict())
    model.e.requires_grad_(not tuning)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=options.rate, betas=(0.9, 0.98), weight_decay=1e-3)
    critic = Critic().to(memory_format=torch.channels_last)
    critic_optimiser = torch.optim.Adam(critic.parameters(), lr=4e-4, betas=(0.5, 0.95))
    average, started, shown, told = Average(model), time.time(), time.time(), 0.0
    for step in range(options.steps):
        optimiser.param_groups[0]["lr"] = rate_at(step, options.steps, options.rate)
        crops = random_crops(arrays, BATCH)
        if tuning:
            share = options.critic_share * float(step > options.critic_after + 100)
            loss, decoded, target = decoder_loss(model, crops, critic, share, options.edge_weight)
        else:
            loss = reconstruction_loss(model, crops)
        optimise(model, optimiser, loss)
        average.update(model, step)
        if tuning and options.critic_share and step > options.critic_after:
            told = critic_step(critic, critic_optimiser, decoded, target)
        if time.time() - shown > 60 or step == options.steps - 1:
            psnr, sharpness = save(options.out, average, pixels, step)
            facts = f"loss {loss.item():.4f} critic {told:.3f} psnr {psnr:.2f} edges {sharpness:.3f}"
            print(f"step {step} {time.time() - started:.0f}s {facts}", flush=True)
            shown = time.time()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, rate in (("train", 1.5e-3), ("tune", 6e-4)):
        command = commands.add_parser(name)
        command.add_argument("folder")
        command.add_argument("out", help="checkpoint to write, and to go on from if it is there")
        command.add_argument("--start", help="checkpoint to start from when there is nothing to go on from")
        command.add_argument("--steps", type=int, default=1600)
        command.add_argument("--rate", type=float, default=rate)
        command.add_argument("--threads", type=int, default=1)
    command.add_argument("--edge-weight", type=float, default=1.0)
    command.add_argument("--critic-share", type=float, default=0.25, help="its pull, the other losses' being 1")
    command.add_argument("--critic-after", type=int, default=300, help="steps")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    random.seed(0)
    run(options)


if __name__ == "__main__":
    main()
