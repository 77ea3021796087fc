"""Reads the autoencoder back from an exported model, whose ONNX files hold its weights under their own names.

python restore.py ../public/models/built-in autoencoder.pt
"""

import argparse
import os

import onnx
import torch
from onnx import numpy_helper

from autoencoder import load_autoencoder


def weights_in(folder):
    """Encoder and decoder weights by the names that autoencoder.py gives them: fp16 the large ones."""
    weights = {}
    for part, prefix in (("vae_encoder", "e."), ("vae_decoder", "d.")):
        for tensor in onnx.load(os.path.join(folder, part, "model.onnx")).graph.initializer:
            name = tensor.name.removesuffix("_h").removeprefix("a.")
            if name.endswith((".weight", ".bias")):
                name = name if name.startswith(prefix) else prefix + name
                weights[name] = torch.from_numpy(numpy_helper.to_array(tensor).copy())
    return weights


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", help="folder in the Optimum layout")
    parser.add_argument("out")
    options = parser.parse_args()
    torch.save({"model": weights_in(options.model)}, options.out)
    load_autoencoder(options.out)  # fails here and now where a weight is missing


if __name__ == "__main__":
    main()
