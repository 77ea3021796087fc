"""Optimum-style ONNX layout of the miniature, exported from diffusers' own modules."""

import os
import shutil  # diffusers must be importable (PYTHONPATH)
import sys

import numpy as np
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextModel

torch.set_grad_enabled(False)
SRC, DST = sys.argv[1], sys.argv[2]
dt = torch.float16 if len(sys.argv) > 3 else torch.float32
from diffusers.models.attention_processor import AttnProcessor

te = CLIPTextModel.from_pretrained(f"{SRC}/text_encoder", dtype=torch.float32, attn_implementation="eager")
unet = UNet2DConditionModel.from_pretrained(f"{SRC}/unet", torch_dtype=torch.float32)
unet.set_attn_processor(AttnProcessor())
vae = AutoencoderKL.from_pretrained(f"{SRC}/vae", torch_dtype=torch.float32)
vae.set_attn_processor(AttnProcessor())


class T(torch.nn.Module):
    def __init__(s):
        super().__init__()
        s.m = te

    def forward(s, input_ids):
        o = s.m(input_ids)
        return o.last_hidden_state, o.pooler_output


class U(torch.nn.Module):
    def __init__(s):
        super().__init__()
        s.m = unet

    def forward(s, sample, timestep, encoder_hidden_states):
        return s.m(sample, timestep, encoder_hidden_states, return_dict=False)[0]


class D(torch.nn.Module):
    def __init__(s):
        super().__init__()
        s.m = vae

    def forward(s, latent_sample):
        return s.m.decode(latent_sample, return_dict=False)[0]


class E(torch.nn.Module):
    def __init__(s):
        super().__init__()
        s.m = vae

    def forward(s, sample):
        return s.m.encode(sample, return_dict=False)[0].parameters


D_ = unet.config.cross_attention_dim
L = unet.config.in_channels
B = {0: "batch"}
BHW = {0: "batch", 2: "height", 3: "width"}


def ex(m, args, name, ins, outs, dyn):
    os.makedirs(f"{DST}/{name}", exist_ok=True)
    m.eval()
    torch.onnx.export(
        m,
        args,
        f"{DST}/{name}/model.onnx",
        input_names=ins,
        output_names=outs,
        dynamic_axes=dyn,
        opset_version=17,
        dynamo=False,
        do_constant_folding=True,
    )


ex(
    T(),
    (torch.zeros(2, 77, dtype=torch.int64),),
    "text_encoder",
    ["input_ids"],
    ["last_hidden_state", "pooler_output"],
    {"input_ids": B, "last_hidden_state": B, "pooler_output": B},
)
ex(
    U(),
    (torch.randn(2, L, 16, 24), torch.tensor(7, dtype=torch.int64), torch.randn(2, 77, D_)),
    "unet",
    ["sample", "timestep", "encoder_hidden_states"],
    ["out_sample"],
    {"sample": BHW, "encoder_hidden_states": B, "out_sample": BHW},
)
ex(
    D(),
    (torch.randn(1, L, 16, 24),),
    "vae_decoder",
    ["latent_sample"],
    ["sample"],
    {"latent_sample": BHW, "sample": BHW},
)
ex(
    E(),
    (torch.randn(1, 3, 128, 192),),
    "vae_encoder",
    ["sample"],
    ["latent_parameters"],
    {"sample": BHW, "latent_parameters": BHW},
)
for n, s in (("text_encoder", "text_encoder"), ("unet", "unet"), ("vae_decoder", "vae"), ("vae_encoder", "vae")):
    shutil.copy(f"{SRC}/{s}/config.json", f"{DST}/{n}/config.json")
for n in ("tokenizer", "scheduler"):
    shutil.copytree(f"{SRC}/{n}", f"{DST}/{n}", dirs_exist_ok=True)
shutil.copy(f"{SRC}/model_index.json", f"{DST}/model_index.json")
import onnxruntime as ort

s = ort.InferenceSession(f"{DST}/unet/model.onnx")
x = np.random.randn(1, L, 8, 8).astype("f4")
h = np.random.randn(1, 77, D_).astype("f4")
o = s.run(None, {"sample": x, "timestep": np.array(500, dtype="i8"), "encoder_hidden_states": h})[0]
print("unet diff", np.abs(o - unet(torch.tensor(x), torch.tensor(500), torch.tensor(h)).sample.numpy()).max(), o.std())
for n in ("text_encoder", "unet", "vae_decoder", "vae_encoder"):
    s = ort.InferenceSession(f"{DST}/{n}/model.onnx")
    print(
        n,
        os.path.getsize(f"{DST}/{n}/model.onnx"),
        [(i.name, i.shape, i.type) for i in s.get_inputs()],
        [(i.name, i.shape) for i in s.get_outputs()],
    )
