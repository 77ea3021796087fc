"""Runs an exported model with numpy and onnxruntime alone: text to latents (DPM-Solver++ 2M, guidance) to pictures."""

import json
import os

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

PROMPT_LENGTH = 77


def noise(seed, channels, size):
    """Starting latents of one picture: [channels, size, size]."""
    return np.random.default_rng(seed).standard_normal((channels, size, size))


class Pipeline:
    """A folder in the Optimum layout, ready to make pictures."""

    def __init__(self, folder, threads=1):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        open_part = lambda name: onnxruntime.InferenceSession(
            os.path.join(folder, name, "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.text_encoder, self.unet, self.decoder = map(open_part, ("text_encoder", "unet", "vae_decoder"))
        self.tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer", "tokenizer.json"))
        self.end = self.tokenizer.token_to_id("<|endoftext|>")
        schedule = self._settings(folder, "scheduler/scheduler_config.json")
        self.scale = self._settings(folder, "vae_decoder/config.json")["scaling_factor"]
        unet = self._settings(folder, "unet/config.json")
        self.channels, self.size = unet["in_channels"], unet["sample_size"]
        roots = np.linspace(schedule["beta_start"] ** 0.5, schedule["beta_end"] ** 0.5, 1000)
        self.bars = np.cumprod(1 - roots**2)

    @staticmethod
    def _settings(folder, name):
        with open(os.path.join(folder, name)) as file:
            return json.load(file)

    def states(self, prompts):
        """Text states [count, 77, width]."""
        ids = np.full((len(prompts), PROMPT_LENGTH), self.end, np.int64)
        for row, prompt in enumerate(prompts):
            tokens = self.tokenizer.encode(prompt).ids[:PROMPT_LENGTH]
            tokens[-1] = self.end
            ids[row, : len(tokens)] = tokens
        return self.text_encoder.run(None, {"input_ids": ids})[0]

    def guided(self, latents, timestep, states, guidance):
        """v with classifier-free guidance; states: the empty prompts' first, then the prompts'."""
        inputs = {
            "sample": np.concatenate([latents, latents]).astype(np.float32),
            "timestep": np.array([timestep], np.int64),
            "encoder_hidden_states": states,
        }
        empty, prompted = np.split(self.unet.run(None, inputs)[0], 2)
        return empty + guidance * (prompted - empty)

    def latents(self, prompts, seeds, steps=25, guidance=4.0):
        """[count, channels, size, size], by the second-order multistep solver on "trailing" timesteps."""
        states = self.states([""] * len(prompts) + list(prompts))
        timesteps = np.round(np.arange(1000, 0, -1000 / steps)).astype(int) - 1
        bars = np.append(self.bars[timesteps], 1.0)
        z, before = np.stack([noise(seed, self.channels, self.size) for seed in seeds]), None
        log_snr = lambda bar: np.log(bar**0.5 / (1 - bar) ** 0.5)
        for index, timestep in enumerate(timesteps):
            bar, following = bars[index], bars[index + 1]
            v = self.guided(z, timestep, states, guidance)
            clean = bar**0.5 * z - (1 - bar) ** 0.5 * v
            if following == 1:
                return clean
            width = log_snr(following) - log_snr(bar)
            direction = clean
            if before is not None:
                ratio = (log_snr(bar) - log_snr(bars[index - 1])) / width
                direction = clean + (clean - before) / (2 * ratio)
            z = ((1 - following) / (1 - bar)) ** 0.5 * z - following**0.5 * np.expm1(-width) * direction
            before = clean
        return z

    def decode(self, latents):
        """Pictures [count, 256, 256, 3] uint8."""
        parts = [
            self.decoder.run(None, {"latent_sample": (z[None] / self.scale).astype(np.float32)})[0] for z in latents
        ]
        pixels = np.concatenate(parts).transpose(0, 2, 3, 1)
        return np.clip((pixels + 1) * 127.5 + 0.5, 0, 255).astype(np.uint8)

    def __call__(self, prompts, seeds, steps=25, guidance=4.0):
        return self.decode(self.latents(prompts, seeds, steps, guidance))
