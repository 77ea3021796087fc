"""Writes a pipeline of Tiny SD's exact shape with random weights, as its float16 exports are published; with a third argument, into that folder
the same weights as segmind/tiny-sd has them, float16 in strided pickles. See README.md."""
import json
import os
import shutil
import sys

import onnx
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.models.attention_processor import AttnProcessor
from transformers import CLIPTextConfig, CLIPTextModel

torch.set_grad_enabled(False)
torch.manual_seed(0)
out, tokenizer = sys.argv[1], sys.argv[2]
weights = sys.argv[3] if len(sys.argv) > 3 else None

unet = UNet2DConditionModel(
    sample_size=64,
    block_out_channels=(320, 640, 1280),
    layers_per_block=1,
    down_block_types=("CrossAttnDownBlock2D",) * 3,
    up_block_types=("CrossAttnUpBlock2D",) * 3,
    mid_block_type=None,
    cross_attention_dim=768,
    attention_head_dim=8,
)
vae = AutoencoderKL(
    block_out_channels=(128, 256, 512, 512),
    down_block_types=("DownEncoderBlock2D",) * 4,
    up_block_types=("UpDecoderBlock2D",) * 4,
    layers_per_block=2,
    latent_channels=4,
    sample_size=512,
)
text = CLIPTextModel(
    CLIPTextConfig(
        vocab_size=49408,
        hidden_size=768,
        intermediate_size=3072,
        num_hidden_layers=12,
        num_attention_heads=12,
        hidden_act="quick_gelu",
        attn_implementation="eager",
    )
)
# Plain attention, as Optimum exports it.
unet.set_attn_processor(AttnProcessor())
vae.set_attn_processor(AttnProcessor())


def parameters(module):
    return sum(p.numel() for p in module.parameters())


assert parameters(unet) == 323_384_964, parameters(unet)


scheduler = {
    "_class_name": "DPMSolverMultistepScheduler",
    "algorithm_type": "dpmsolver++",
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "num_train_timesteps": 1000,
    "prediction_type": "epsilon",
    "solver_order": 2,
    "solver_type": "midpoint",
    "steps_offset": 1,
    "timestep_spacing": "linspace",
}


def write_json(folder, files):
    for path, content in files.items():
        os.makedirs(os.path.join(folder, os.path.dirname(path)), exist_ok=True)
        with open(os.path.join(folder, path), "w") as file:
            json.dump(content, file, default=str)
    shutil.copytree(tokenizer, os.path.join(folder, "tokenizer"), dirs_exist_ok=True)


def strided(tensor):
    """Convolutions are not contiguous in the published files."""
    half = tensor.half()
    return half.to(memory_format=torch.channels_last) if half.dim() == 4 else half


if weights:
    files = {"scheduler/scheduler_config.json": scheduler, "model_index.json": {"_class_name": "StableDiffusionPipeline"}}
    for name, module in {"unet": unet, "vae": vae, "text_encoder": text}.items():
        files[f"{name}/config.json"] = module.config.to_dict() if name == "text_encoder" else dict(module.config)
        stem = "pytorch_model" if name == "text_encoder" else "diffusion_pytorch_model"
        os.makedirs(os.path.join(weights, name), exist_ok=True)
        tensors = {key: strided(value) for key, value in module.state_dict().items()}
        torch.save(tensors, os.path.join(weights, name, f"{stem}.bin"))
    write_json(weights, files)


class Half(torch.nn.Module):
    """Computes in float16; what goes in and out stays float32."""

    def __init__(self, call, module):
        super().__init__()
        self.call, self.module = call, module.half()

    def forward(self, *args):
        given = [a.half() if a.is_floating_point() else a for a in args]
        return self.call(self.module, *given).float()


def export(name, call, module, args, inputs, output, dynamic):
    folder = os.path.join(out, name)
    os.makedirs(folder, exist_ok=True)
    plain = os.path.join(folder, "plain.onnx")
    torch.onnx.export(
        Half(call, module).eval(),
        args,
        plain,
        input_names=inputs,
        output_names=[output],
        dynamic_axes=dynamic,
        opset_version=17,
        dynamo=False,
        do_constant_folding=True,
    )
    model = onnx.load(plain)
    onnx.save_model(
        model,
        os.path.join(folder, "model.onnx"),
        save_as_external_data=True,
        location="model.onnx_data",
        size_threshold=1024,
    )
    os.remove(plain)
    print(name, parameters(module), {f: os.path.getsize(os.path.join(folder, f)) for f in sorted(os.listdir(folder))})


space = {0: "batch", 2: "height", 3: "width"}
export(
    "text_encoder",
    lambda m, ids: m(ids).last_hidden_state,
    text,
    (torch.zeros(1, 77, dtype=torch.int32),),
    ["input_ids"],
    "last_hidden_state",
    {"input_ids": {0: "batch"}},
)
export(
    "unet",
    lambda m, x, t, h: m(x, t, h, return_dict=False)[0],
    unet,
    (torch.randn(2, 4, 8, 8), torch.tensor([7.0]), torch.randn(2, 77, 768)),
    ["sample", "timestep", "encoder_hidden_states"],
    "out_sample",
    {"sample": space, "encoder_hidden_states": {0: "batch"}, "out_sample": space},
)
export(
    "vae_decoder",
    lambda m, z: m.decode(z, return_dict=False)[0],
    vae,
    (torch.randn(1, 4, 8, 8),),
    ["latent_sample"],
    "sample",
    {"latent_sample": space, "sample": space},
)

write_json(
    out,
    {
        "scheduler/scheduler_config.json": scheduler,
        "unet/config.json": dict(unet.config),
        "vae_decoder/config.json": dict(vae.config),
    },
)
