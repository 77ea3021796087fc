"""Whole pictures that diffusers draws with a checkpoint of one file (as wide as its reader needs: 32 groups, heads of 64), with fewer layers of
the text encoder, and with LoRAs on the miniature. Usage: checkpoint_pictures.py MINIATURE CHECKPOINTS MERGES OUTDIR, with diffusers' src and
scripts on the path."""

import json
import os
import sys
import tempfile

import numpy as np
import torch
from convert_diffusers_to_original_stable_diffusion import (
    convert_text_enc_state_dict,
    convert_unet_state_dict,
    convert_vae_state_dict,
)
from diffusers import AutoencoderKL, PNDMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

torch.set_grad_enabled(False)
torch.set_num_threads(1)
MINIATURE, CHECKPOINTS, MERGES, OUT = sys.argv[1:5]


def tokenizer_of(folder):
    """The published vocabulary, which OpenAI's merges imply."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    letters = [chr(b) for b in printable] + [chr(0x100 + i) for i in range(256 - len(printable))]
    pairs = [line for line in map(str.strip, open(MERGES, encoding="utf-8")) if line and not line.startswith("#version")]
    tokens = [*letters, *(f"{x}</w>" for x in letters), *(p.replace(" ", "") for p in pairs)]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    json.dump({token: i for i, token in enumerate(tokens)}, open(f"{folder}/vocab.json", "w"))
    open(f"{folder}/merges.txt", "w", encoding="utf-8").write("\n".join(["#version: 0.2", *pairs, ""]))
    return CLIPTokenizer.from_pretrained(folder, model_max_length=77)


def mixed(x):
    x = x ^ (x >> np.uint32(15))
    x = x * np.uint32(0x2C1B3C6D)
    x = x ^ (x >> np.uint32(12))
    x = x * np.uint32(0x297A2D39)
    return x ^ (x >> np.uint32(15))


def made_up(place, name, shape):
    """Numbers that any program can make again: 64 steps in -1 ... 1, times a power of two by how much is added up. Exact in float16."""
    at = np.arange(int(np.prod(shape)), dtype=np.uint32) + np.uint32(place * 0x9E3779B1 % 2**32)
    values = (mixed(at) >> np.uint32(26)).astype(np.float32) / 32 - 1
    if name.endswith(("token_embedding.weight", "position_embedding.weight")):
        values *= 2.0**-4
    elif name.endswith("bias"):
        values *= 2.0**-5
    elif len(shape) == 1:
        values = 1 + values / 8
    else:
        values *= 2.0 ** round(np.log2(3 / np.prod(shape[1:])) / 2)
    return torch.from_numpy(values.reshape(shape)).half()


unet = UNet2DConditionModel(
    sample_size=64,
    block_out_channels=(32, 32, 64, 64),
    cross_attention_dim=64,
    attention_head_dim=8,
)
vae = AutoencoderKL(
    block_out_channels=(32, 32, 32, 32),
    down_block_types=("DownEncoderBlock2D",) * 4,
    up_block_types=("UpDecoderBlock2D",) * 4,
    layers_per_block=2,
    latent_channels=4,
    sample_size=512,
)
text = CLIPTextModel(
    CLIPTextConfig(
        vocab_size=49408,
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=3,
        num_attention_heads=1,
        hidden_act="quick_gelu",
        bos_token_id=49406,
        eos_token_id=49407,
        pad_token_id=49407,
    )
)
scheduler = PNDMScheduler(
    beta_start=0.00085,
    beta_end=0.012,
    beta_schedule="scaled_linear",
    num_train_timesteps=1000,
    skip_prk_steps=True,
    set_alpha_to_one=False,
    steps_offset=1,
)
text_names = {(k if k.startswith("text_model.") else f"text_model.{k}"): v for k, v in text.state_dict().items()}
parts = {
    "model.diffusion_model.": convert_unet_state_dict(unet.state_dict()),
    "first_stage_model.": convert_vae_state_dict(vae.state_dict()),
    "cond_stage_model.transformer.": convert_text_enc_state_dict(text_names),
}
shapes = {start + name: list(t.shape) for start, part in parts.items() for name, t in part.items()}
shapes = {name: shape for name, shape in sorted(shapes.items()) if not name.endswith("position_ids")}
weights = {name: made_up(i, name, shape) for i, (name, shape) in enumerate(shapes.items())}

arrays, cases = {}, []


def drawn(pipe, key, case, texts=None):
    pipe.set_progress_bar_config(disable=True)
    image = pipe(
        **(texts or {"prompt": case["prompt"], "negative_prompt": case["negative_prompt"]}),
        guidance_scale=case["guidance_scale"],
        height=case["height"],
        width=case["width"],
        num_inference_steps=case["num_inference_steps"],
        generator=torch.Generator().manual_seed(case["seed"]),
        output_type="np",
    ).images[0]
    arrays[f"{key}/image"] = torch.tensor(image).permute(2, 0, 1).float().contiguous()
    cases.append({"key": key, **case})
    print(key, image.mean(), image.std(), ((image == 0) | (image == 1)).mean())


with tempfile.TemporaryDirectory() as folder:
    pipe = StableDiffusionPipeline(
        vae=vae,
        text_encoder=text,
        tokenizer=tokenizer_of(folder),
        unet=unet,
        scheduler=scheduler,
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipe.save_pretrained(f"{folder}/config", safe_serialization=True)
    for part in ("unet", "vae", "text_encoder"):
        for file in os.listdir(f"{folder}/config/{part}"):
            if file.endswith(".safetensors"):
                os.remove(f"{folder}/config/{part}/{file}")
    save_file(weights, f"{folder}/made.safetensors")
    pipe = StableDiffusionPipeline.from_single_file(
        f"{folder}/made.safetensors",
        config=f"{folder}/config",
        local_files_only=True,
        torch_dtype=torch.float32,
        safety_checker=None,
    )
    case = dict(
        prompt="a red boat on a lake at sunset",
        negative_prompt="blurry",
        guidance_scale=7.0,
        height=64,
        width=64,
        num_inference_steps=4,
        seed=5,
    )
    drawn(pipe, "made", case)
    # diffusers 0.40.0.dev0 asks for it when layers are left out; since transformers 5.6 the model itself has its parts.
    CLIPTextModel.text_model = property(lambda self: self)


    def encoded(prompt, skip):
        """AUTOMATIC1111 counts from 1, diffusers from 0."""
        return pipe.encode_prompt(prompt, "cpu", 1, False, clip_skip=skip - 1 or None)[0]

    # diffusers' own `clip_skip` leaves the negative prompt all its layers; AUTOMATIC1111's does not.
    for skip in (2, 3):
        both = {
            "prompt_embeds": encoded(case["prompt"], skip),
            "negative_prompt_embeds": encoded(case["negative_prompt"], skip),
        }
        drawn(pipe, f"made/clip-skip-{skip}", case, both)
    ids = pipe.tokenizer(case["prompt"], padding="max_length", max_length=77, return_tensors="pt").input_ids
    arrays["made/input_ids"] = ids.to(torch.int32)
    for skip in (1, 2, 3):
        arrays[f"made/prompt_embeds@{skip}"] = encoded(case["prompt"], skip).contiguous()
    del CLIPTextModel.text_model

portrait = dict(
    prompt="Portrait of a cat wearing a suit, 35mm",
    negative_prompt="blurry, low quality",
    guidance_scale=7.5,
    height=96,
    width=160,
    num_inference_steps=12,
    seed=42,
)
for scale in (1.0, 0.6):
    pipe = StableDiffusionPipeline.from_pretrained(MINIATURE, torch_dtype=torch.float32)
    pipe.load_lora_weights(CHECKPOINTS, weight_name="lora/kohya-uniform-alpha.safetensors", adapter_name="ink")
    pipe.set_adapters(["ink"], [scale])
    drawn(pipe, f"lora@{scale}", portrait)

save_file(arrays, f"{OUT}/checkpoint-pictures.safetensors")
with open(f"{OUT}/checkpoint-pictures.json", "w") as file:
    json.dump({"cases": cases, "tensors": [[name, shape] for name, shape in shapes.items()]}, file)
print(len(shapes), "tensors")
