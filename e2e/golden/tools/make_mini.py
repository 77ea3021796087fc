"""A miniature of segmind/tiny-sd: the same topology (3 cross-attention levels, no mid block, f8 VAE, CLIP text encoder), few channels, random weights, own 1 k-token CLIP-style vocabulary."""

import json
import os
import shutil  # diffusers must be importable (PYTHONPATH)

import torch
from diffusers import AutoencoderKL, DPMSolverMultistepScheduler, StableDiffusionPipeline, UNet2DConditionModel
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

torch.set_grad_enabled(False)
torch.set_num_threads(1)
torch.manual_seed(0)
shutil.rmtree("pipe", ignore_errors=True)
shutil.rmtree("tokenizer", ignore_errors=True)
os.makedirs("tokenizer")
t = Tokenizer(models.BPE(end_of_word_suffix="</w>", continuing_subword_prefix="", unk_token=None))
t.normalizer = normalizers.Sequence(
    [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
)
t.pre_tokenizer = pre_tokenizers.Sequence(
    [
        pre_tokenizers.Split(
            Regex(r"""<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"""),
            behavior="removed",
            invert=True,
        ),
        pre_tokenizers.ByteLevel(add_prefix_space=False),
    ]
)
words = [
    "a",
    "an",
    "the",
    "of",
    "in",
    "on",
    "at",
    "with",
    "and",
    "photo",
    "portrait",
    "cat",
    "dog",
    "suit",
    "wearing",
    "beautiful",
    "sunset",
    "sunrise",
    "over",
    "ocean",
    "mountains",
    "dolphins",
    "jumping",
    "cute",
    "robot",
    "playing",
    "guitar",
    "magical",
    "forest",
    "glowing",
    "mushrooms",
    "peaceful",
    "mist",
    "busy",
    "city",
    "street",
    "noon",
    "people",
    "walking",
    "calm",
    "beach",
    "waves",
    "astronaut",
    "jungle",
    "cold",
    "color",
    "palette",
    "muted",
    "colors",
    "detailed",
    "apple",
    "red",
    "blue",
    "green",
    "yellow",
    "blurry",
    "low",
    "quality",
    "ugly",
    "watermark",
    "masterpiece",
    "best",
    "night",
    "day",
    "snow",
    "rain",
    "house",
    "tree",
    "car",
    "boat",
    "bird",
    "fish",
    "flower",
    "moon",
    "star",
    "sun",
    "sky",
    "cloud",
    "river",
    "lake",
    "castle",
]
al = sorted(set(pre_tokenizers.ByteLevel.alphabet()))
t.train_from_iterator(
    [" ".join(words)] * 20,
    trainers.BpeTrainer(
        vocab_size=1022, min_frequency=1, initial_alphabet=al, end_of_word_suffix="</w>", show_progress=False
    ),
)
m = json.loads(t.to_str())["model"]
merges = [x if isinstance(x, str) else " ".join(x) for x in m["merges"]]


# CLIP's order: bytes, bytes</w>, merges, specials
def b2u():
    bs = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    cs = bs[:]
    n = 0
    for b in range(256):
        if b not in bs:
            bs.append(b)
            cs.append(256 + n)
            n += 1
    return [chr(c) for c in cs]


v = b2u()
v = v + [x + "</w>" for x in v]
for x in merges:
    y = "".join(x.split(" "))
    if y not in v:
        v.append(y)
v += ["<|startoftext|>", "<|endoftext|>"]
V = len(v)
json.dump({k: i for i, k in enumerate(v)}, open("tokenizer/vocab.json", "w"), ensure_ascii=False)
open("tokenizer/merges.txt", "w").write("#version: 0.2\n" + "\n".join(merges) + "\n")
json.dump(
    {
        "bos_token": "<|startoftext|>",
        "eos_token": "<|endoftext|>",
        "pad_token": "<|endoftext|>",
        "unk_token": "<|endoftext|>",
        "model_max_length": 77,
        "tokenizer_class": "CLIPTokenizer",
    },
    open("tokenizer/tokenizer_config.json", "w"),
)
tok = CLIPTokenizer.from_pretrained("tokenizer")
print("vocab", V, tok("a cute robot 🍄").input_ids)
unet = UNet2DConditionModel(
    sample_size=16,
    in_channels=4,
    out_channels=4,
    block_out_channels=(16, 32, 48),
    layers_per_block=1,
    down_block_types=("CrossAttnDownBlock2D",) * 3,
    up_block_types=("CrossAttnUpBlock2D",) * 3,
    mid_block_type=None,
    cross_attention_dim=32,
    attention_head_dim=8,
    norm_num_groups=8,
)
vae = AutoencoderKL(
    in_channels=3,
    out_channels=3,
    down_block_types=("DownEncoderBlock2D",) * 4,
    up_block_types=("UpDecoderBlock2D",) * 4,
    block_out_channels=(8, 8, 16, 16),
    layers_per_block=1,
    latent_channels=4,
    norm_num_groups=4,
    sample_size=128,
    scaling_factor=0.18215,
)
te = CLIPTextModel(
    CLIPTextConfig(
        vocab_size=V,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        max_position_embeddings=77,
        hidden_act="quick_gelu",
        bos_token_id=V - 2,
        eos_token_id=V - 1,
        pad_token_id=V - 1,
    )
)
for mm in (unet, vae, te):
    mm.eval()
for _n, p in list(unet.named_parameters()) + list(vae.named_parameters()) + list(te.named_parameters()):
    if p.ndim == 1:
        p.add_(torch.randn_like(p) * 0.05)  # biases and norms must matter
g = torch.Generator().manual_seed(1)
h = te(tok(["a cat"], padding="max_length", max_length=77, return_tensors="pt").input_ids).last_hidden_state
o = unet(torch.randn(1, 4, 16, 16, generator=g), torch.tensor(500), h).sample
unet.conv_out.weight /= o.std()
unet.conv_out.bias /= o.std()
d = vae.decode(torch.randn(1, 4, 16, 16, generator=g) * 8).sample
vae.decoder.conv_out.weight *= 0.35 / d.std()
vae.decoder.conv_out.bias *= 0.35 / d.std()
for mm in (unet, vae, te):
    mm.half().float()  # weights exactly representable in fp16
sch = DPMSolverMultistepScheduler(
    beta_start=0.00085,
    beta_end=0.012,
    beta_schedule="scaled_linear",
    num_train_timesteps=1000,
    steps_offset=1,
    solver_order=2,
    solver_type="midpoint",
    algorithm_type="dpmsolver++",
    lower_order_final=True,
    timestep_spacing="linspace",
)
p = StableDiffusionPipeline(
    vae=vae,
    text_encoder=te,
    tokenizer=tok,
    unet=unet,
    scheduler=sch,
    safety_checker=None,
    feature_extractor=None,
    requires_safety_checker=False,
)
p.save_pretrained("pipe")
shutil.copy("tokenizer/vocab.json", "pipe/tokenizer/")
shutil.copy("tokenizer/merges.txt", "pipe/tokenizer/")
# fp16 storage, as published checkpoints are; and the pickled .bin form with strided tensors, as segmind/tiny-sd's main branch has
for c, f, b in (
    ("unet", "diffusion_pytorch_model.safetensors", "diffusion_pytorch_model.bin"),
    ("vae", "diffusion_pytorch_model.safetensors", "diffusion_pytorch_model.bin"),
    ("text_encoder", "model.safetensors", "pytorch_model.bin"),
):
    from safetensors.torch import load_file, save_file

    sd = load_file(f"pipe/{c}/{f}")
    save_file({k: x.half().contiguous() for k, x in sd.items()}, f"pipe/{c}/{f}", metadata={"format": "pt"})
    os.makedirs(f"bin/{c}", exist_ok=True)
    torch.save(
        {
            k: (
                x.half().to(memory_format=torch.channels_last)
                if x.ndim == 4
                else x.half().t().contiguous().t()
                if x.ndim == 2
                else x.half()
            )
            for k, x in sd.items()
        },
        f"bin/{c}/{b}",
    )
print(os.popen("find pipe bin -type f | xargs ls -la | cut -c20-").read())
print({n: sum(q.numel() for q in mm.parameters()) for n, mm in dict(unet=unet, vae=vae, te=te).items()})
