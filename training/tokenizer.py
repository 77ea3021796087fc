"""A CLIP-style lower-case byte-level BPE, trained on the captions; loads in CLIPTokenizerFast and transformers.js.

    python tokenizer.py DATA OUT_FOLDER        DATA: *.jsonl from dataset.py and words.txt from render.mjs

The trained model's vocabulary is in public/models/built-in/tokenizer: make a new one only for a training from nothing.
"""

import argparse
import glob
import json
import os
import random

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

VOCABULARY = 2048
CAPTION_COUNT = 30000
WORD_REPEATS = 3
BOS, EOS = "<|startoftext|>", "<|endoftext|>"
PATTERN = r"""'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"""
END_OF_WORD = "</w>"


def around(model):
    """A tokenizer with CLIP's normaliser and splitter round a BPE model."""
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    split = pre_tokenizers.Split(Regex(PATTERN), behavior="removed", invert=True)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([split, pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def read_text(folder):
    """A sample of the captions, and the words that they lack."""
    captions = []
    for path in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
        with open(path) as lines:
            for line in lines:
                captions += json.loads(line)["captions"]
    with open(os.path.join(folder, "words.txt")) as file:
        words = file.read().split()
    return random.Random(0).sample(captions, min(len(captions), CAPTION_COUNT)) + words * WORD_REPEATS


def learn_merges(text):
    """The byte alphabet and the merges in their order."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY - len(alphabet),
        min_frequency=2,
        initial_alphabet=alphabet,
        end_of_word_suffix=END_OF_WORD,
        show_progress=False,
    )
    tokenizer = around(models.BPE(end_of_word_suffix=END_OF_WORD))
    tokenizer.train_from_iterator(text, trainer)
    merges = json.loads(tokenizer.to_str())["model"]["merges"]
    return alphabet, [tuple(pair) if isinstance(pair, list) else tuple(pair.split(" ")) for pair in merges]


def assemble(alphabet, merges):
    """CLIP's order: bytes, bytes that end a word, merges, the two special tokens."""
    base = alphabet + [letter + END_OF_WORD for letter in alphabet]
    merges = merges[: VOCABULARY - 2 - len(base)]
    tokens = list(dict.fromkeys(base + [a + b for a, b in merges]))
    vocabulary = {token: index for index, token in enumerate([*tokens, BOS, EOS])}
    model = models.BPE(
        vocab=vocabulary,
        merges=merges,
        unk_token=EOS,
        continuing_subword_prefix="",
        end_of_word_suffix=END_OF_WORD,
        fuse_unk=False,
    )
    tokenizer = around(model)
    tokenizer.add_special_tokens([BOS, EOS])
    ends = (EOS, vocabulary[EOS]), (BOS, vocabulary[BOS])
    tokenizer.post_processor = processors.RobertaProcessing(*ends, trim_offsets=False, add_prefix_space=False)
    return tokenizer, vocabulary, merges


def write(folder, tokenizer, vocabulary, merges):
    os.makedirs(folder, exist_ok=True)
    special = {"bos_token": BOS, "eos_token": EOS, "pad_token": EOS, "unk_token": EOS}
    flags = {"lstrip": False, "normalized": False, "rstrip": False, "single_word": False, "special": True}
    settings = {
        "tokenizer_class": "CLIPTokenizer",
        "model_max_length": 77,
        **special,
        "do_lower_case": True,
        "add_prefix_space": False,
        "errors": "replace",
        "clean_up_tokenization_spaces": True,
        "added_tokens_decoder": {str(vocabulary[token]): {"content": token, **flags} for token in (BOS, EOS)},
    }
    tokenizer.save(os.path.join(folder, "tokenizer.json"))
    texts = {
        "vocab.json": json.dumps(vocabulary, ensure_ascii=False),
        "merges.txt": "#version: 0.2\n" + "\n".join(" ".join(pair) for pair in merges) + "\n",
        "special_tokens_map.json": json.dumps(special),
        "tokenizer_config.json": json.dumps(settings, indent=1),
    }
    for name, text in texts.items():
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("folder")
    options = parser.parse_args()
    tokenizer, vocabulary, merges = assemble(*learn_merges(read_text(options.data)))
    write(options.folder, tokenizer, vocabulary, merges)
    print(len(vocabulary), tokenizer.encode("a cute robot in a magical forest at night, xylophone").tokens)


if __name__ == "__main__":
    main()
