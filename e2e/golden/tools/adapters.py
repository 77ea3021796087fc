"""Adapters of the kinds that diffusers does not read, made by the libraries that train them (LyCORIS, peft) on the miniature, with what its UNet
computes then. Usage: adapters.py MINIATURE CHECKPOINTS, with diffusers' src and LyCORIS on the path. Writes CHECKPOINTS/lora/…,
CHECKPOINTS/adapters-golden.safetensors and its cases into CHECKPOINTS/cases.json."""

import copy
import json
import os
import shutil
import sys
import tempfile

import torch
from diffusers import UNet2DConditionModel
from lycoris import FullModule, LoConModule, LohaModule, LokrModule, NormModule
from peft import LoHaConfig, LoKrConfig, LoraConfig, get_peft_model
from safetensors.torch import load_file, save_file

torch.set_num_threads(1)
MINIATURE, OUT = sys.argv[1:3]
LINEAR = ["attn1.to_q", "attn1.to_out.0", "attn2.to_k", "attn2.to_v", "ff.net.0.proj", "ff.net.2"]
CONV = ["down_blocks.0.resnets.0.conv1", "down_blocks.0.downsamplers.0.conv", "up_blocks.1.resnets.0.conv2"]
PROJ = ["down_blocks.1.attentions.0.proj_in", "up_blocks.0.attentions.1.proj_out"]
inputs = load_file(f"{OUT}/lora-golden.safetensors")
base = UNet2DConditionModel.from_pretrained(MINIATURE, subfolder="unet", torch_dtype=torch.float32).eval()
names = [name for name, _ in base.named_modules()]
linear = [n for n in names if n.endswith(tuple(LINEAR)) and n.startswith(("down_blocks.1", "up_blocks.0"))]
norms = [n for n in names if n.startswith("up_blocks.1.resnets.0.norm") or n.endswith("attentions.0.norm")]
norms += [n for n in names if n.startswith("down_blocks.1") and n.endswith((".norm1", ".norm3"))]
arrays, cases = {}, []


@torch.no_grad()
def computed(unet):
    rows = zip(inputs["unet/sample"], inputs["unet/timestep"], inputs["unet/encoder_hidden_states"])
    return torch.cat([unet(x[None].float(), t, h[None].float()).sample for x, t, h in rows]).contiguous()


def case(name, file, out, oracle, note, scale=1.0):
    key = f"{name}@{scale}"
    arrays[f"{key}/unet/out"] = out
    change = ((out - plain).norm() / plain.norm()).item()
    assert 0.005 < change < 0.7, (key, change)
    print(key, "changes", round(change, 3))
    cases.append(
        {
            "id": key,
            "kind": "lora",
            "base": "mini-checkpoint",
            "file": file,
            "scale": scale,
            "expect": "applied",
            "outputs": [f"{key}/unet/out"],
            "oracle": [oracle],
            "note": note,
            "golden": ["lora-golden.safetensors", "adapters-golden.safetensors"],
        }
    )


plain = computed(base)


def trained(module, seed, spread):
    """As if it had learned something."""
    generator = torch.Generator().manual_seed(seed)
    for name, parameter in module.named_parameters():
        if name.startswith("org_module"):
            continue
        noise = torch.randn(parameter.shape, generator=generator)
        with torch.no_grad():
            if "dora_scale" in name:
                parameter.mul_(1 + 0.2 * noise)
            else:
                parameter.copy_(spread * noise / max(1, parameter[0].numel()) ** 0.25)


def merged(module, scale, shape):
    """As its forward computes: of LoHa and LoKr, `get_merged_weight` counts alpha / rank twice."""
    if isinstance(module, (LohaModule, LokrModule)):
        return module.org_weight + scale * module.scalar * module.get_weight(shape), None
    return module.get_merged_weight(scale, shape)


def lycoris(name, layers, kind, note, scales=(1.0,), spread=0.25, **options):
    tensors, made = {}, {}
    for seed, layer in enumerate(layers):
        module = kind(f"lora_unet_{layer.replace('.', '_')}", base.get_submodule(layer), 1.0, **options)
        trained(module, seed, spread)
        made[layer] = module
        for key, value in module.state_dict().items():
            if not key.startswith("org_module"):
                # A full difference is one only until it is applied.
                value = module.weight if key == "diff" else value
                tensors[f"{module.lora_name}.{key}"] = value.detach().clone().contiguous()
    save_file(tensors, f"{OUT}/lora/{name}.safetensors")
    for scale in scales:
        unet = copy.deepcopy(base)
        for layer, module in made.items():
            with torch.no_grad():
                target = unet.get_submodule(layer)
                weight, bias = merged(module, scale, target.weight.shape)
                target.weight.copy_(weight)
                if bias is not None:
                    target.bias.copy_(bias)
        case(name, f"lora/{name}.safetensors", computed(unet), "LyCORIS f49d30d", note, scale)


common = dict(lora_dim=4, alpha=2)
lycoris(
    "lycoris-dora-rows",
    linear + CONV[:1],
    LoConModule,
    "DoRA with wd_on_out: dora_scale [out, 1], the norm of each row of W with the LoRA in it (ComfyUI a125cd8: of W without)",
    weight_decompose=True,
    wd_on_out=True,
    **common,
)
lycoris("lycoris-locon-cp", CONV, LoConModule, "lora_mid: Tucker's core", (1.0, 0.6), use_tucker=True, **common)
lycoris("lycoris-loha-tucker", CONV, LohaModule, "hada_t1, hada_t2", (1.0, -0.3), 1.0, use_tucker=True, **common)
lycoris("lycoris-loha-linear", linear + PROJ, LohaModule, "linear layers and 1 x 1 convolutions", spread=0.7, **common)
lycoris("lycoris-lokr", linear + PROJ, LokrModule, "lokr_w1 whole, lokr_w2 in two", (1.0, 0.6), 0.6, factor=4, **common)
lycoris(
    "lycoris-lokr-both",
    linear,
    LokrModule,
    "both factors in two",
    spread=0.7,
    lora_dim=1,
    alpha=1,
    decompose_both=True,
    factor=4,
)
lycoris("lycoris-lokr-tucker", CONV, LokrModule, "lokr_t2", spread=0.4, use_tucker=True, lora_dim=2, alpha=1, factor=4)
plain_linear = [n for n in linear if n.endswith(("to_q", "to_k", "to_v"))]
lycoris("lycoris-full", plain_linear, FullModule, "full differences: diff", (1.0, 0.6))
lycoris("lycoris-norms", norms, NormModule, "w_norm and b_norm", (1.0, 0.6))


def peft(name, config, note, spread=0.25):
    unet = get_peft_model(copy.deepcopy(base), config)
    generator = torch.Generator().manual_seed(7)
    with torch.no_grad():
        for key, parameter in unet.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if "magnitude" in key:
                parameter.mul_(1 + 0.2 * noise)
            elif any(part in key for part in ("lora_", "hada_", "lokr_")):
                parameter.copy_(spread * noise / max(1, parameter[0].numel()) ** 0.25)
    with tempfile.TemporaryDirectory() as folder:
        unet.save_pretrained(folder)
        os.makedirs(f"{OUT}/lora/{name}", exist_ok=True)
        for file in ("adapter_model.safetensors", "adapter_config.json"):
            shutil.copy(f"{folder}/{file}", f"{OUT}/lora/{name}/{file}")
    case(name, f"lora/{name}/adapter_model.safetensors", computed(unet), "peft 0.21.0", note)


targets = [n.split("transformer_blocks.0.")[-1] for n in linear[: len(LINEAR)]]
shared = dict(target_modules=targets, r=4)
beside = "alpha only in adapter_config.json"
peft("peft-dora", LoraConfig(**shared, lora_alpha=2, use_dora=True), f"lora_magnitude_vector; {beside}")
peft("peft-rslora", LoraConfig(**shared, lora_alpha=2, use_rslora=True), f"divided by the root of the rank; {beside}")
peft(
    "peft-patterns",
    LoraConfig(**shared, lora_alpha=2, rank_pattern={"attn2.to_k": 2}, alpha_pattern={"attn2.to_k": 8, "ff.net.2": 1}),
    f"rank_pattern and alpha_pattern; {beside}",
)
peft("peft-loha", LoHaConfig(**shared, alpha=2), beside, 0.7)
peft("peft-lokr", LoKrConfig(**shared, alpha=2), beside, 0.6)

save_file(arrays, f"{OUT}/adapters-golden.safetensors")
with open(f"{OUT}/cases.json") as file:
    listed = json.load(file)
mine = {each["id"] for each in cases}
listed["cases"] = [each for each in listed["cases"] if each["id"] not in mine] + cases
with open(f"{OUT}/cases.json", "w") as file:
    json.dump(listed, file, indent=1, ensure_ascii=False)
