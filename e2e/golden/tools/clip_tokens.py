"""Token ids with the published CLIP vocabulary, by transformers: of every token's own text, and of many prompts. Usage: clip_tokens.py MERGES OUTDIR"""

import json
import os
import random
import sys
import tempfile

import numpy as np
from safetensors.numpy import save_file
from transformers import CLIPTokenizer

MERGES, OUT = sys.argv[1], sys.argv[2]


def byte_letters():
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [b for b in range(256) if b not in printable]
    return {chr(b): b for b in printable} | {chr(0x100 + i): b for i, b in enumerate(others)}


letters = byte_letters()
lines = [line.strip() for line in open(MERGES, encoding="utf-8")]
pairs = [line for line in lines if line and not line.startswith("#version")]
tokens = [*letters, *(f"{x}</w>" for x in letters), *(p.replace(" ", "") for p in pairs)]
tokens += ["<|startoftext|>", "<|endoftext|>"]
with tempfile.TemporaryDirectory() as folder:
    json.dump({token: i for i, token in enumerate(tokens)}, open(f"{folder}/vocab.json", "w"))
    open(f"{folder}/merges.txt", "w", encoding="utf-8").write("\n".join(["#version: 0.2", *pairs, ""]))
    tokenizer = CLIPTokenizer.from_pretrained(folder)


def encode(text):
    return tokenizer(text, add_special_tokens=False).input_ids


def text_of(token):
    """What a token stands for; None where its bytes are only a part of a character."""
    try:
        return bytes(letters[x] for x in token.removesuffix("</w>")).decode("utf-8")
    except UnicodeDecodeError:
        return None


# --- every token's own text, the two marks left out
counts, ids = [], []
for token in tokens[:-2]:
    text = text_of(token)
    found = [] if text is None else encode(text)
    counts.append(len(found))
    ids += found
save_file(
    {"counts": np.array(counts, dtype=np.uint8), "ids": np.array(ids, dtype=np.uint16)},
    f"{OUT}/clip-vocabulary.safetensors",
)
print(len(counts), "tokens", len(ids), "ids")

# --- prompts: words of the vocabulary, of many scripts, signs, spaces, and broken off anywhere
rng = random.Random(0)
words = [t for t in map(text_of, tokens) if t]
others = """señorita ñandú résumé façade ångström Straße İstanbul ΑΘΗΝΑ Привет мир שלום عالم नमस्ते ภาษาไทย 日本語 中文字 한국어 ﬁ ǆ ſ ½ ²
🍄 🤖 👩‍🚀 🇩🇪 e\u0301 \u200b \u00ad \ufeff x\u0000y ' '' 's don't IT'S we'Ll 'D 3.14 1,000 9:45pm 100% (word:1.3) [x|y] {a} <b> \\( \\) -- — … !!! ?! @me #tag a_b
<|endoftext|> <|startoftext|>""".split()
spaces = [" "] * 12 + ["  ", "\t", "\n", "\r\n", "\u00a0", "\u3000", ", ", ",", ". ", ""]
prompts = []
for n in range(1500):
    text = "".join(
        (rng.choice(others) if rng.random() < 0.3 else rng.choice(words)) + rng.choice(spaces)
        for _ in range(rng.randint(1, 24))
    )
    style = rng.randrange(6)
    text = [text, text.upper(), text.title(), text.strip(), text[: rng.randint(0, len(text))], text[::-1]][style]
    prompts.append({"text": text, "ids": encode(text)})
with open(f"{OUT}/clip-prompts.json", "w", encoding="utf-8") as file:
    file.write("[\n" + ",\n".join(json.dumps(p, ensure_ascii=True) for p in prompts) + "\n]\n")
print(len(prompts), "prompts")

# --- the texts of tokens.json, cut and filled to 77 as well
texts = [case["text"] for case in json.load(open(os.path.join(os.path.dirname(__file__), "../tokens.json")))]
table = [
    dict(
        text=x,
        ids=tokenizer(x, padding="max_length", max_length=77, truncation=True).input_ids,
        untruncated=tokenizer(x).input_ids,
    )
    for x in texts
]
json.dump(table, open(f"{OUT}/clip-tokens.json", "w"), ensure_ascii=False, indent=0)
print(len(table), "texts")
