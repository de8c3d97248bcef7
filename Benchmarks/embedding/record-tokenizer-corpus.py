#!/usr/bin/env python3
"""Records what Hugging Face `tokenizers` makes of many texts, for the tests of our own tokenizer.

Writes Tests/PipelineTests/Embed/TokenizerCorpus.swift from the vocabulary alone. Needs the package `tokenizers`.
"""

import argparse
import json
import os
import random
from pathlib import Path

from tokenizers import BertWordPieceTokenizer

ROOT = Path(__file__).resolve().parents[2]
BLOCK = 256
# Every code point of the first three planes, and the tags of plane 14.
BLOCKS = [*range(0, 0x30000, BLOCK), *range(0xE0000, 0xE0200, BLOCK)]

WRITTEN = [
    "", " ", "\n\t\r", "Hello, World!", "Swift engineer with 8 years of experience",
    "C++, C# and F#; .NET 8, Node.js", "e-mail: someone@example.org", "https://example.org/a?b=c&d=%20#e",
    "10,000.50 € / £ / $ / ¥", "Résumé résume\u0301 RE\u0301SUME\u0301", "naïve façade über Straße STRASSE ẞ",
    "İstanbul I\u0307stanbul ılık", "ΟΔΟΣ οδός Σίσυφος", "Привет, мир! Ёлка йог", "你好世界 工程师abc十年", "こんにちは世界 カタカナ ｶﾞ",
    "한국어 개발자 한", "مرحبا بالعالم \u064e\u064f\u0650", "ש\u05c1\u05b8לו\u05b9ם", "ह\u093fन\u094dद\u0940 क\u094dष",
    "สว\u0e31สด\u0e35", "ắ ạ đ ơ\u0301 Nguyễn Văn", "ﬁne oﬃce ① ½ Ⅷ ™ Å Ω", "ＡＢＣ １２３ ！？",
    "👨\u200d👩\u200d👧 👍\U0001f3fd 🇩🇪", "zero\u200bwidth\u200djoin\ufeffbom soft\u00adhyphen",
    "nul\u0000bell\u0007vt\u000bff\u000cnel\u0085del\u007f � \ue000",
    "a\u00a0b\u2003c\u2028d\u2029e\u3000f\u180eg\u1680h", "[CLS] [SEP] [MASK] [PAD] [UNK]",
    "a[SEP]b [sep] [SEP [[SEP]] [SEP][CLS]", "[MASK]ed [mask]", "[unused0] [unused99] ##ing ## # ###",
    "Ångström[SEP]\u0301e", "x" * 100, "x" * 101, "é" * 100 + " " + "é" * 101, "un’t don't “quoted” – — …",
    "snake_case kebab-case camelCase PascalCase SCREAMING_CASE", "2019–2023 | Jan. 2020 - present",
    "• Led a team of 5\n• Built CI/CD\n· Wrote docs", "unaffable supercalifragilisticexpialidocious",
    "a\u0300\u0301\u0302\u0303 \u0344 क़ ⫝̸ 𝅗𝅥", "각 퓛 퓛", "o\u0334\u0337 \u0315\u0300\u05aeb",
]

ALPHABETS = [
    (8, "abcdefghijklmnopqrstuvwxyz"), (3, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), (3, "0123456789"), (6, "   \n\t"),
    (3, "".join(map(chr, range(33, 48))) + ":;<=>?@[\\]^_`{|}~"), (3, "".join(map(chr, range(0xC0, 0x250)))),
    (2, "".join(map(chr, range(0x300, 0x370)))), (2, "".join(map(chr, range(0x370, 0x530)))),
    (1, "".join(map(chr, range(0x530, 0x800)))), (1, "".join(map(chr, range(0x900, 0xE80)))),
    (1, "".join(map(chr, range(0x1E00, 0x2000)))), (2, "".join(map(chr, range(0x2000, 0x2300)))),
    (1, "".join(map(chr, range(0x3000, 0x3100)))), (1, "".join(map(chr, range(0x4E00, 0x4F00)))),
    (1, "".join(map(chr, range(0xAC00, 0xAD00)))), (1, "".join(map(chr, range(0xF900, 0xFB50)))),
    (1, "".join(map(chr, range(0xFE00, 0xFFFE)))), (1, "".join(map(chr, range(0x1F300, 0x1F700)))),
    (1, "\x00\x01\x0b\x0c\x1f\x7f\x80\x85\xa0\xad\u200b\u200c\u200d\u2060\ufeff\ufffd\ue123"),
]


def fuzz(generator: random.Random) -> str:
    """A text of a few words, each from one or two alphabets, now and then with a special token."""
    weights = [weight for weight, _ in ALPHABETS]
    text = ""
    for _ in range(generator.randint(1, 7)):
        for _ in range(generator.randint(1, 2)):
            alphabet = generator.choices(ALPHABETS, weights)[0][1]
            text += "".join(generator.choices(alphabet, k=generator.randint(1, 6)))
        if generator.random() < 0.05:
            text += generator.choice(["[CLS]", "[SEP]", "[MASK]", "[PAD]", "[UNK]"])
        text += generator.choice(["", " ", " ", "-"])
    return text


def block_text(first: int) -> str:
    """Each code point of a block between letters, after a letter, and alone."""
    scalars = [chr(c) for c in range(first, first + BLOCK) if not 0xD800 <= c < 0xE000]
    return " ".join(f"a{c}b e{c} {c}" for c in scalars)


def digest(ids: list[int]) -> int:
    """FNV-1a over the numbers, 64 bits."""
    value = 0xCBF29CE484222325
    for number in ids:
        value = (value ^ number) * 0x100000001B3 % 2**64
    return value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=Path(os.environ.get("MODEL_DIR") or ROOT / ".local/model"))
    parser.add_argument("--fuzz", type=int, default=900)
    arguments = parser.parse_args()
    tokenizer = BertWordPieceTokenizer(str(arguments.model / "vocab.txt"), lowercase=True)

    def ids(text: str) -> list[int]:
        return tokenizer.encode(text, add_special_tokens=False).ids

    generator = random.Random(20261123)
    texts = WRITTEN + [fuzz(generator) for _ in range(arguments.fuzz)]
    cases = "\n".join(" ".join(map(str, ids(text))) + "\t" + json.dumps(text) for text in texts)
    blocks = "\n".join(f"{first:x} {digest(ids(block_text(first))):x}" for first in BLOCKS)
    output = ROOT / "Tests/PipelineTests/Embed/TokenizerCorpus.swift"
    output.write_text(f'''\
// swift-format-ignore-file
// Written by Benchmarks/embedding/record-tokenizer-corpus.py: what Hugging Face `tokenizers` makes of these texts.

enum TokenizerCorpus {{
    /// A case a line: the numbers of the pieces, a tab, and the text as a JSON string.
    static let cases = ##"""
{cases}
"""##

    /// A block of {BLOCK} code points a line: the first, and FNV-1a over the numbers of the pieces, both hexadecimal.
    static let blocks = """
{blocks}
"""
}}
''')
    print(f"{len(texts)} texts, {len(BLOCKS)} blocks, {output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
