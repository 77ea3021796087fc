"""Trains the text encoder alone to tell what a caption says (subjects, place, time, colours), and writes a fresh model
that starts from it: the first command of a training from nothing. Without it the subject stays unread.

    python pretext.py DATA start.pt --steps 2500        then: diffusion.py --start start.pt
"""

import argparse
import os

import torch
from tokenizers import Tokenizer
from torch import nn

from diffusion import TOKENIZER, LabelHeads
from networks import UNET, Model, pooled
from store import Store

BATCH = 192
RATE = 1e-3


def train(model, store, steps):
    heads = LabelHeads()
    parameters = [*model.t.parameters(), *heads.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.01)
    everything = torch.ones(BATCH)
    for step in range(steps):
        _, _, ids, labels = store.batch(BATCH)
        loss = heads(pooled(model.t(ids)), labels, everything)
        optimiser.param_groups[0]["lr"] = RATE * min(1, (step + 1) / 100) * (1 - 0.9 * step / steps)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        if step % 100 == 99:
            print(f"step {step + 1} loss {loss.item():.3f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("out")
    parser.add_argument("--steps", type=int, default=2500)
    parser.add_argument("--tokenizer", default=TOKENIZER)
    parser.add_argument("--capacity", type=int, default=60000)
    parser.add_argument("--scale", type=float, default=1.0, help="of the latents: 1 / their deviation")
    options = parser.parse_args()
    torch.manual_seed(0)
    store = Store(options.data, options.capacity, Tokenizer.from_file(options.tokenizer), options.scale)
    store.add_new()
    model = Model()
    train(model, store, options.steps)
    state = {"ema": model.state_dict(), "cfg": UNET, "it": 0, "scale": options.scale}
    torch.save(state, options.out + ".tmp")
    os.replace(options.out + ".tmp", options.out)


if __name__ == "__main__":
    main()
