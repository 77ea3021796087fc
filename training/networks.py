"""The networks of the latent diffusion model: a CLIP text encoder and a three-level UNet with cross-attention.

Shapes: latents [batch, 12, height / 16, width / 16], token ids [batch, length], text states [batch, length, 192].
A text state of zeros is padding for the UNet: that is how the length of a prompt reaches it.
"""

import math

import torch
from torch import nn
from torch.nn import functional as F

LATENT_CHANNELS = 12
LATENT_SIZE = 16  # of a 256 × 256 picture
TEXT_WIDTH = 192
VOCABULARY = 2021
BOS, EOS = VOCABULARY - 2, VOCABULARY - 1
TRAIN_STEPS = 1000
BETAS = (0.00085, 0.02)
TEXT_LAYERS, TEXT_HEADS, TEXT_INNER, TEXT_POSITIONS = 4, 6, 576, 77
UNET = dict(w0=128, w1=160, w2=192, head=32, emb=192, draft=48)


def alpha_bars():
    """The products of 1 - beta of the "scaled_linear" schedule: [1000], from nearly 1 down to nearly 0."""
    roots = torch.linspace(BETAS[0] ** 0.5, BETAS[1] ** 0.5, TRAIN_STEPS, dtype=torch.float64)
    return torch.cumprod(1 - roots**2, 0).float()


class TextAttention(nn.Module):
    """Causal self-attention, with the weights' names of transformers."""

    def __init__(self):
        super().__init__()
        self.q_proj, self.k_proj, self.v_proj, self.out_proj = (nn.Linear(TEXT_WIDTH, TEXT_WIDTH) for _ in range(4))

    def forward(self, x, mask):
        batch, count, channels = x.shape
        split = lambda y: y.reshape(batch, count, TEXT_HEADS, -1).transpose(1, 2)
        q, k, v = split(self.q_proj(x)), split(self.k_proj(x)), split(self.v_proj(x))
        weights = ((q * (q.shape[-1] ** -0.5)) @ k.transpose(-1, -2) + mask).softmax(-1)
        return self.out_proj((weights.to(v.dtype) @ v).transpose(1, 2).reshape(batch, count, channels))


class TextLayer(nn.Module):
    def __init__(self):
        super().__init__()
        self.self_attn = TextAttention()
        self.layer_norm1, self.layer_norm2 = nn.LayerNorm(TEXT_WIDTH), nn.LayerNorm(TEXT_WIDTH)
        self.mlp = nn.ModuleDict(dict(fc1=nn.Linear(TEXT_WIDTH, TEXT_INNER), fc2=nn.Linear(TEXT_INNER, TEXT_WIDTH)))

    def forward(self, x, mask):
        x = x + self.self_attn(self.layer_norm1(x), mask)
        h = self.mlp.fc1(self.layer_norm2(x))
        return x + self.mlp.fc2(h * torch.sigmoid(1.702 * h))  # "quick_gelu"


class ClipText(nn.Module):
    """What transformers' CLIPTextModel computes, with its names: plain operations, which trace to a clean graph."""

    def __init__(self):
        super().__init__()
        self.embeddings = nn.ModuleDict(
            dict(
                token_embedding=nn.Embedding(VOCABULARY, TEXT_WIDTH),
                position_embedding=nn.Embedding(TEXT_POSITIONS, TEXT_WIDTH),
            )
        )
        self.encoder = nn.ModuleDict(dict(layers=nn.ModuleList(TextLayer() for _ in range(TEXT_LAYERS))))
        self.final_layer_norm = nn.LayerNorm(TEXT_WIDTH)
        for embedding in self.embeddings.values():
            nn.init.normal_(embedding.weight, std=0.04)

    def forward(self, ids):
        count = ids.shape[1]
        x = self.embeddings.token_embedding(ids) + self.embeddings.position_embedding.weight[:count]
        full = torch.full((TEXT_POSITIONS, TEXT_POSITIONS), -1e4, device=x.device, dtype=x.dtype)
        mask = torch.triu(full, 1)[:count, :count]
        for layer in self.encoder.layers:
            x = layer(x, mask)
        return self.final_layer_norm(x)


class TextEncoder(nn.Module):
    """A CLIP text encoder (causal); the states after the first <|endoftext|> are set to zero."""

    def __init__(self):
        super().__init__()
        self.m = ClipText()

    def forward(self, ids):
        ids = ids.long()
        ends = (ids == EOS).to(torch.float32)
        states = self.m(ids)
        return states * ((ends.cumsum(1) - ends) < 0.5)[..., None].to(states.dtype)


def pooled(states):
    """The mean of the states that are not padding: [batch, 192]."""
    keep = (states.abs().sum(-1) > 0).to(states.dtype)
    return (states * keep[..., None]).sum(1) / keep.sum(1, keepdim=True)


def padding_mask(states):
    """What to add to attention scores: 0 for words, a large negative number for padding. [b, 1, 1, length]"""
    return ((states.abs().sum(-1) == 0).to(states.dtype) * -1e4)[:, None, None, :]


class Residual(nn.Module):
    """Two convolutions with group norms; the time and text embedding scales and shifts the second norm."""

    def __init__(self, channels_in, channels_out, embedding):
        super().__init__()
        self.n1 = nn.GroupNorm(16, channels_in)
        self.c1 = nn.Conv2d(channels_in, channels_out, 3, padding=1)
        self.n2 = nn.GroupNorm(16, channels_out)
        self.c2 = nn.Conv2d(channels_out, channels_out, 3, padding=1)
        self.e = nn.Linear(embedding, 2 * channels_out)
        self.s = nn.Conv2d(channels_in, channels_out, 1) if channels_in != channels_out else nn.Identity()
        for parameter in (self.c2.weight, self.c2.bias, self.e.weight, self.e.bias):
            nn.init.zeros_(parameter)

    def forward(self, x, embedding):
        scale, shift = self.e(embedding)[..., None, None].chunk(2, 1)
        h = self.c1(F.silu(self.n1(x)))
        return self.s(x) + self.c2(F.silu(self.n2(h) * (1 + scale) + shift))


class Attention(nn.Module):
    """Plain attention: at these sizes it is twice as fast on a CPU as the fused kernel."""

    def __init__(self, channels, context, heads):
        super().__init__()
        self.h = heads
        self.q = nn.Linear(channels, channels, bias=False)
        self.kv = nn.Linear(context, 2 * channels, bias=False)
        self.o = nn.Linear(channels, channels)
        nn.init.zeros_(self.o.weight)
        nn.init.zeros_(self.o.bias)

    def forward(self, x, context, mask=None):
        batch, count, channels = x.shape
        q = self.q(x).reshape(batch, count, self.h, -1).transpose(1, 2)
        kv = self.kv(context).reshape(batch, context.shape[1], 2, self.h, -1)
        k, v = kv.permute(2, 0, 3, 1, 4).unbind(0)
        weights = (q * (q.shape[-1] ** -0.5)) @ k.transpose(-1, -2)
        if mask is not None:
            weights = weights + mask
        return self.o((weights.softmax(-1) @ v).transpose(1, 2).reshape(batch, count, channels))


class Transformer(nn.Module):
    """Cross-attention to the text; where `full`, also self-attention before it and a GEGLU layer after it."""

    def __init__(self, channels, heads, full=True):
        super().__init__()
        self.full = full
        self.n2 = nn.LayerNorm(channels)
        self.x = Attention(channels, TEXT_WIDTH, heads)
        if full:
            self.n1 = nn.LayerNorm(channels)
            self.a = Attention(channels, channels, heads)
            self.n3 = nn.LayerNorm(channels)
            self.f = nn.Linear(channels, 4 * channels)
            self.g = nn.Linear(2 * channels, channels)
            nn.init.zeros_(self.g.weight)

    def forward(self, x, text, mask):
        batch, channels, height, width = x.shape
        h = x.flatten(2).transpose(1, 2)
        if self.full:
            normed = self.n1(h)
            h = h + self.a(normed, normed)
        h = h + self.x(self.n2(h), text, mask)
        if self.full:
            u, v = self.f(self.n3(h)).chunk(2, -1)
            h = h + self.g(u * F.gelu(v, approximate="tanh"))
        return h.transpose(1, 2).reshape(batch, channels, height, width)


class Draft(nn.Module):
    """The mean of what a caption's pictures look like, [b, 12, 16, 16]: trained by plain regression, in minutes.

    At high noise that is what a diffusion model must find out; handed to the UNet, it need not learn it view by view.
    """

    def __init__(self, width, head):
        super().__init__()
        self.p = nn.Parameter(torch.randn(1, width, 8, 8) * 0.5)
        self.pm = nn.Sequential(nn.LayerNorm(TEXT_WIDTH), nn.Linear(TEXT_WIDTH, TEXT_WIDTH))
        self.x1 = Transformer(width, width // head, False)
        self.r1 = Residual(width, width, TEXT_WIDTH)
        self.x2 = Transformer(width, width // head, False)
        self.r2 = Residual(width, width, TEXT_WIDTH)
        self.o = nn.Conv2d(width, 4 * LATENT_CHANNELS, 3, padding=1)

    def forward(self, text, pool, mask):
        e = F.silu(self.pm(pool))
        h = self.x1(self.p.expand(text.shape[0], -1, -1, -1), text, mask)
        h = self.r2(self.x2(self.r1(h, e), text, mask), e)
        return F.pixel_shuffle(self.o(F.silu(h)), 2)


class UNet(nn.Module):
    """Latents, timestep and text states to v. Three levels: w0 at full, w1 at half, w2 at a quarter of the size."""

    def __init__(self, w0, w1, w2, head, emb, draft):
        super().__init__()
        self.draft = Draft(draft, head)
        self.j = nn.Conv2d(LATENT_CHANNELS, w0, 3, padding=1)
        heads = lambda width: width // head
        self.tm = nn.Sequential(nn.Linear(128, emb), nn.SiLU(), nn.Linear(emb, emb))
        self.pm = nn.Sequential(nn.LayerNorm(TEXT_WIDTH), nn.Linear(TEXT_WIDTH, emb), nn.SiLU(), nn.Linear(emb, emb))
        self.i = nn.Conv2d(LATENT_CHANNELS, w0, 3, padding=1)
        self.r0 = Residual(w0, w0, emb)
        self.d0 = nn.Conv2d(4 * w0, w1, 1)
        self.r1 = Residual(w1, w1, emb)
        self.x1 = Transformer(w1, heads(w1))
        self.d1 = nn.Conv2d(w1, w1, 3, stride=2, padding=1)
        self.r2 = Residual(w1, w2, emb)
        self.x2 = Transformer(w2, heads(w2), False)
        self.x3 = Transformer(w2, heads(w2))
        self.r4 = Residual(w2, w2, emb)
        self.u1 = nn.Conv2d(w2, w1 * 4, 1)
        self.r5 = Residual(2 * w1, w1, emb)
        self.x5 = Transformer(w1, heads(w1))
        self.r6 = Residual(w1, w1, emb)
        self.u0 = nn.Conv2d(w1, 4 * w0, 1)
        self.r7 = Residual(2 * w0, w0, emb)
        self.r8 = Residual(w0, w0, emb)
        self.no = nn.GroupNorm(16, w0)
        self.o = nn.Conv2d(w0, LATENT_CHANNELS, 3, padding=1)
        for parameter in (self.o.weight, self.j.weight, self.j.bias):
            nn.init.zeros_(parameter)

    def time_embedding(self, timesteps):
        frequencies = torch.exp(torch.arange(64) * (-math.log(10000.0) / 64)).to(timesteps.device)
        angles = timesteps.float().reshape(-1, 1) * frequencies
        return torch.cat([angles.cos(), angles.sin()], 1)

    def drafted(self, text):
        """The draft for text states: [b, 12, 16, 16]."""
        return self.draft(text, pooled(text), padding_mask(text))

    def forward(self, x, timesteps, text, draft=None):
        """`draft` is `drafted(text)`, where it is at hand; nothing that is learned here reaches it."""
        dtype = self.i.weight.dtype
        e = F.silu(self.tm(self.time_embedding(timesteps).to(dtype)) + self.pm(pooled(text)))
        mask = padding_mask(text)
        draft = (self.drafted(text) if draft is None else draft).detach()
        if torch.jit.is_tracing() or draft.shape != x.shape:
            draft = F.interpolate(draft, size=x.shape[-2:], mode="bilinear")
        h0 = self.r0(self.i(x) + self.j(draft), e)
        h1 = self.x1(self.r1(self.d0(F.pixel_unshuffle(h0, 2)), e), text, mask)
        h2 = self.x2(self.r2(self.d1(h1), e), text, mask)
        h = self.x3(h2, text, mask)
        h = self.r4(h + h2, e)
        h = F.pixel_shuffle(self.u1(h), 2)
        h = self.r6(self.x5(self.r5(torch.cat([h, h1], 1), e), text, mask), e)
        h = F.pixel_shuffle(self.u0(h), 2)
        h = self.r8(self.r7(torch.cat([h, h0], 1), e), e)
        return self.o(F.silu(self.no(h)))


class Model(nn.Module):
    """The text encoder `t` and the UNet `u`, trained together."""

    def __init__(self):
        super().__init__()
        self.t = TextEncoder()
        self.u = UNet(**UNET)

    def forward(self, x, timesteps, ids):
        return self.u(x, timesteps, self.t(ids))


def load_model(path):
    """Reads the averaged weights of a checkpoint. Returns the model in eval mode and the checkpoint's other facts."""
    checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    model = Model()
    model.load_state_dict({name: value.float() for name, value in checkpoint["ema"].items()})
    return model.eval(), {name: value for name, value in checkpoint.items() if name != "ema"}
