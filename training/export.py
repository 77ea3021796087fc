"""Writes the model for browsers: the Optimum ONNX layout, weights stored as fp16, computed in fp32.

    python export.py diffusion.pt decoder.pt OUT_FOLDER [--tokenizer FOLDER]

Each weight is an fp16 tensor with a Cast that the runtime folds when it loads the graph. Every file is run with
onnxruntime, at another batch and size than it was traced with, and compared with torch.
"""

import argparse
import json
import os
import shutil
import warnings

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from autoencoder import load_autoencoder
from networks import (
    BETAS,
    BOS,
    EOS,
    LATENT_CHANNELS,
    LATENT_SIZE,
    TEXT_HEADS,
    TEXT_INNER,
    TEXT_LAYERS,
    TEXT_POSITIONS,
    TEXT_WIDTH,
    UNET,
    VOCABULARY,
    load_model,
)

HALVED_FROM = 256  # smaller tensors stay fp32
LARGEST_DIFFERENCE = 1e-4
OPSET = 17
PICTURE = {0: "batch", 2: "height", 3: "width"}
SEQUENCE = {0: "batch", 1: "sequence"}
HERE = os.path.dirname(os.path.abspath(__file__))


def store_halves(path):
    """Rewrites an ONNX file's larger weights as fp16 with a Cast to fp32."""
    model = onnx.load(path)
    graph, kept, casts = model.graph, [], []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or values.size < HALVED_FROM:
            kept.append(tensor)
            continue
        name = tensor.name + "_h"
        kept.append(numpy_helper.from_array(values.astype(np.float16), name))
        casts.append(helper.make_node("Cast", [name], [tensor.name], to=TensorProto.FLOAT, name=tensor.name + "_cast"))
    nodes = list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(casts + nodes)
    onnx.checker.check_model(model)
    onnx.save(model, path)


@torch.no_grad()
def round_to_halves(module):
    """The same rounding in torch, so that the comparison measures the graph."""
    for parameter in module.parameters():
        if parameter.numel() >= HALVED_FROM:
            parameter.copy_(parameter.half().float())


def write(module, path, inputs, output, axes, traced, tried):
    """Exports one module and compares it with torch. Raises AssertionError where they differ."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    module.eval().float()
    round_to_halves(module)
    with torch.no_grad():
        torch.onnx.export(
            module,
            traced,
            path,
            input_names=inputs,
            output_names=[output],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
            do_constant_folding=True,
        )
        expected = module(*tried).numpy()
    store_halves(path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    got = session.run(None, {name: value.numpy() for name, value in zip(inputs, tried)})[0]
    difference = float(np.abs(expected - got).max())
    print(f"{path}: {os.path.getsize(path) / 1e6:.2f} MB, {got.shape}, differs from torch by {difference:.1e} at most")
    assert difference < LARGEST_DIFFERENCE, path


class ClampedDecoder(nn.Module):
    def __init__(self, autoencoder):
        super().__init__()
        self.a = autoencoder

    def forward(self, latents):
        return self.a.d(latents).clamp(-1, 1)


class LatentEncoder(nn.Module):
    def __init__(self, autoencoder):
        super().__init__()
        self.a = autoencoder

    def forward(self, pixels):
        return self.a.e(pixels)


def example_ids(*lengths):
    """Random prompts of these lengths, padded to 77."""
    ids = torch.full((len(lengths), 77), EOS)
    ids[:, 0] = BOS
    for row, length in enumerate(lengths):
        ids[row, 1 : 1 + length] = torch.randint(0, BOS, (length,))
    return ids


def write_networks(folder, model, autoencoder):
    path = lambda name: os.path.join(folder, name, "model.onnx")
    two = example_ids(8, 14)
    write(
        model.t,
        path("text_encoder"),
        ["input_ids"],
        "last_hidden_state",
        {"input_ids": SEQUENCE, "last_hidden_state": SEQUENCE},
        (example_ids(8),),
        (two,),
    )
    with torch.no_grad():
        states = model.t(two)
    write(
        model.u,
        path("unet"),
        ["sample", "timestep", "encoder_hidden_states"],
        "out_sample",
        {"sample": PICTURE, "timestep": {0: "steps"}, "encoder_hidden_states": SEQUENCE, "out_sample": PICTURE},
        (torch.randn(2, LATENT_CHANNELS, LATENT_SIZE, LATENT_SIZE), torch.tensor([500]), states),
        (torch.randn(3, LATENT_CHANNELS, 12, 20), torch.tensor([321]), torch.cat([states, states[:1]])),
    )
    write(
        ClampedDecoder(autoencoder),
        path("vae_decoder"),
        ["latent_sample"],
        "sample",
        {"latent_sample": PICTURE, "sample": PICTURE},
        (torch.randn(1, LATENT_CHANNELS, LATENT_SIZE, LATENT_SIZE),),
        (torch.randn(2, LATENT_CHANNELS, 12, 20),),
    )
    write(
        LatentEncoder(autoencoder),
        path("vae_encoder"),
        ["sample"],
        "latent_sample",
        {"sample": PICTURE, "latent_sample": PICTURE},
        (torch.randn(1, 3, 256, 256),),
        (torch.rand(2, 3, 192, 320) * 2 - 1,),
    )


def write_settings(folder, scale):
    """The JSON files that diffusers, Optimum and the app read."""
    text = {
        "vocab_size": VOCABULARY,
        "hidden_size": TEXT_WIDTH,
        "intermediate_size": TEXT_INNER,
        "num_hidden_layers": TEXT_LAYERS,
        "num_attention_heads": TEXT_HEADS,
        "max_position_embeddings": TEXT_POSITIONS,
        "hidden_act": "quick_gelu",
        "bos_token_id": BOS,
        "eos_token_id": EOS,
        "pad_token_id": EOS,
        "projection_dim": TEXT_WIDTH,
    }
    unet = {
        "_class_name": "UNet2DConditionModel",
        "in_channels": LATENT_CHANNELS,
        "out_channels": LATENT_CHANNELS,
        "sample_size": LATENT_SIZE,
        "cross_attention_dim": TEXT_WIDTH,
        "block_out_channels": [UNET["w0"], UNET["w1"], UNET["w2"]],
        "layers_per_block": 1,
        "attention_head_dim": UNET["head"],
        "time_cond_proj_dim": None,
        "note": "own three-level UNet; zero states in encoder_hidden_states are padding",
    }
    autoencoder = {
        "_class_name": "AutoencoderKL",
        "in_channels": 3,
        "out_channels": 3,
        "latent_channels": LATENT_CHANNELS,
        "sample_size": 256,
        "block_out_channels": [64, 64, 64, 128, 128],
        "scaling_factor": scale,
        "note": "own light autoencoder; vae_encoder gives the latent itself",
    }
    scheduler = {
        "_class_name": "DDIMScheduler",
        "num_train_timesteps": 1000,
        "beta_start": BETAS[0],
        "beta_end": BETAS[1],
        "beta_schedule": "scaled_linear",
        "prediction_type": "v_prediction",
        "clip_sample": False,
        "set_alpha_to_one": True,
        "steps_offset": 0,
        "timestep_spacing": "trailing",
        "trained_betas": None,
        "thresholding": False,
        "rescale_betas_zero_snr": False,
    }
    onnx_part = ["diffusers", "OnnxRuntimeModel"]
    index = {
        "_class_name": "StableDiffusionPipeline",
        "_diffusers_version": "0.30.0",
        "feature_extractor": [None, None],
        "requires_safety_checker": False,
        "safety_checker": [None, None],
        "scheduler": ["diffusers", "DDIMScheduler"],
        "text_encoder": onnx_part,
        "tokenizer": ["transformers", "CLIPTokenizer"],
        "unet": onnx_part,
        "vae_decoder": onnx_part,
        "vae_encoder": onnx_part,
    }
    files = {
        "text_encoder/config.json": {"architectures": ["CLIPTextModel"], "model_type": "clip_text_model", **text},
        "unet/config.json": unet,
        "vae_decoder/config.json": autoencoder,
        "vae_encoder/config.json": autoencoder,
        "scheduler/scheduler_config.json": scheduler,
        "model_index.json": index,
    }
    for name, content in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(json.dumps(content, indent=1) + "\n")


def compact(path):
    """The same JSON without its blanks: half the size."""
    with open(path) as file:
        content = json.load(file)
    with open(path, "w") as file:
        json.dump(content, file, ensure_ascii=False, separators=(",", ":"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("diffusion")
    parser.add_argument("decoder", help="autoencoder checkpoint")
    parser.add_argument("folder")
    parser.add_argument("--tokenizer", default=os.path.join(HERE, "../public/models/built-in/tokenizer"))
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    torch.manual_seed(0)
    model, facts = load_model(options.diffusion)
    autoencoder = load_autoencoder(options.decoder)
    write_networks(options.folder, model, autoencoder)
    write_settings(options.folder, float(facts["scale"]))
    tokenizer = os.path.join(options.folder, "tokenizer")
    if os.path.abspath(options.tokenizer) != os.path.abspath(tokenizer):
        shutil.copytree(options.tokenizer, tokenizer, dirs_exist_ok=True)
    compact(os.path.join(tokenizer, "tokenizer.json"))
    sizes = [os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(options.folder) for name in names]
    print(f"{sum(sizes) / 1e6:.1f} MB in all, after {facts['it']} steps")


if __name__ == "__main__":
    main()
