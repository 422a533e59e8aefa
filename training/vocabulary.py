"""The pieces of E5's vocabulary that German and English need, and a tokenizer that knows only those.

Of 250,000 pieces a fifth remains: all that the training corpora or the frequent words of both languages
(`wordfreq`, capitalised too) are made of, and all single characters of European scripts for the names of others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
WORDS = {"de": 150_000, "en": 100_000}
_SCRIPTS = ((0x21, 0x24F), (0x370, 0x52F), (0x1E00, 0x1EFF), (0x2010, 0x205F), (0x20A0, 0x20BF), (0x2100, 0x214F))


def read_tokenizer(path: Path) -> Tokenizer:
    """A tokenizer file, without padding or cutting."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def frequent_words() -> list[str]:
    """The most frequent words of German and English, in small letters and with a capital."""
    from wordfreq import top_n_list

    words: list[str] = []
    for language, count in WORDS.items():
        listed = top_n_list(language, count)
        words += listed + [word[:1].upper() + word[1:] for word in listed]
        words += [word.upper() for word in listed[: count // 20]]
    return words


def choose_pieces(tokenizer: Tokenizer, words: Iterable[str]) -> list[int]:
    """Numbers of the pieces to keep, specials first, the rest in the old order."""
    kept: set[int] = set()
    for encoding in tokenizer.encode_batch(sorted(set(words)), add_special_tokens=False):
        kept.update(encoding.ids)
    for piece, number in tokenizer.get_vocab().items():
        bare = piece.removeprefix("\u2581")
        if len(bare) <= 1 and (not bare or any(low <= ord(bare) <= high for low, high in _SCRIPTS)):
            kept.add(number)
    special = [tokenizer.token_to_id(name) for name in SPECIAL]
    return special + sorted(kept - set(special))


def cut_tokenizer(path: Path, pieces: list[int]) -> str:
    """JSON of the tokenizer with only these pieces, numbered as listed."""
    data = json.loads(path.read_text(encoding="utf-8"))
    vocabulary = data["model"]["vocab"]
    data["model"]["vocab"] = [vocabulary[number] for number in pieces]
    data["model"]["unk_id"] = SPECIAL.index("<unk>")
    data["added_tokens"] = [
        {**token, "id": SPECIAL.index(token["content"])}
        for token in data["added_tokens"]
        if token["content"] in SPECIAL
    ]
    data["post_processor"] = None
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
