"""Sentences to learn from, out of treebanks (CoNLL-U) and name corpora (IOB columns, JSON with offsets).

Every corpus is brought to our tokenization: contractions ("im" = in + dem) and words that we keep whole become one
word, which takes the outer head of its parts. Layers that a corpus does not annotate are `None` and teach nothing.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from events.parsing.tokenizer import tokenize
from training.normalization import Word, normalize_tree

NAME_KINDS = {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "MISC": "MISC", "OTH": "MISC"}
_DFKI_KINDS = {"person": "PER", "organization": "ORG", "organization-company": "ORG", "location": "LOC",
               "location-city": "LOC", "location-street": "LOC", "location-stop": "LOC"}  # fmt: skip
_NO_BLANK_BEFORE = re.compile(r"[,.;:!?)\]%]|\.\.\.|n't|'s")
_COMMENT = re.compile(r"#\s|# ?\w+ =|-DOCSTART-")
_NO_BLANK_AFTER = {"(", "[", "„"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One sentence; a layer is as long as `words`."""

    language: str
    corpus: str
    words: tuple[str, ...]
    spaces: tuple[bool, ...]  # whether a blank follows
    tree: tuple[Word, ...] | None = None
    names: tuple[str, ...] | None = None  # IOB2, "B-PER"
    has_misc: bool = True  # False: what lies outside names may be a name of kind MISC
    opens_paragraph: bool = False  # where the corpus says so

    @property
    def text(self) -> str:
        """The sentence as it is written."""
        return "".join(w + (" " if s else "") for w, s in zip(self.words, self.spaces, strict=True)).rstrip()


def read_text(path: Path) -> str:
    """Text of a file, unpacked where its name ends in .gz."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            return stream.read()
    return path.read_text(encoding="utf-8")


def _blocks(path: Path) -> Iterator[tuple[list[str], bool]]:
    """Lines of each sentence of a column file without comments, and whether it opens a paragraph."""
    lines: list[str] = []
    opens = False
    for line in [*read_text(path).splitlines(), ""]:
        if not line.strip():
            if lines:
                yield lines, opens
                opens = False
            lines = []
        elif not _COMMENT.match(line):
            lines.append(line)
        elif line.startswith(("# newpar", "# newdoc")):
            opens = True


def read_treebank(path: Path, language: str, corpus: str) -> Iterator[Example]:
    """Sentences of a CoNLL-U file with their trees, relations harmonised."""
    for lines, opens in _blocks(path):
        rows = [line.split("\t") for line in lines]
        words = _surface_words(rows, join=language != "en")
        if corpus.startswith("hdt"):  # its text is printed tokenized: blanks are guessed
            words = _guess_blanks(words)
        words = _merge_to_tokenizer(normalize_tree(words, language, corpus), language)
        yield Example(language=language, corpus=corpus, words=tuple(w.text for w in words),
                      spaces=tuple(w.space for w in words), tree=tuple(words), opens_paragraph=opens)  # fmt: skip


def _surface_words(rows: list[list[str]], *, join: bool) -> list[Word]:
    """Words as written, multiword tokens joined or not ("do" + "n't"); heads are positions, None for the root."""
    nodes = {int(r[0]): r for r in rows if r[0].isdigit()}
    spans = {int(r[0].split("-")[0]): (int(r[0].split("-")[1]), r) for r in rows if "-" in r[0]}
    if not join:
        for first, (last, row) in spans.items():
            for node in range(first, last):
                nodes[node][9] = "SpaceAfter=No"
            nodes[last][9] = row[9]
        spans = {}
    units: list[tuple[list[int], str, bool]] = []
    number = 1
    while number <= len(nodes):
        last, row = spans.get(number, (number, nodes[number]))
        units.append((list(range(number, last + 1)), row[1], "SpaceAfter=No" not in row[9]))
        number = last + 1
    unit_of = {node: position for position, (members, _, _) in enumerate(units) for node in members}
    words = []
    for position, (members, form, space) in enumerate(units):
        outer = [n for n in members if nodes[n][6] == "0" or unit_of[int(nodes[n][6])] != position]
        row = nodes[outer[0] if outer else members[0]]
        features = _features(row[5])
        for node in members:
            for key, value in _features(nodes[node][5]).items():
                features.setdefault(key, value)
        tag = "APPRART" if len(members) > 1 and row[3] == "ADP" else row[4]
        words.append(Word(text=form, space=space, lemma=row[2], pos=row[3],
                          tag=tag, features=features, relation=row[7],
                          head=None if row[6] == "0" else unit_of[int(row[6])]))  # fmt: skip
    return words


def _features(column: str) -> dict[str, str]:
    """UD features of one word."""
    return dict(pair.split("=", 1) for pair in column.split("|") if "=" in pair)


def _guess_blanks(words: list[Word]) -> list[Word]:
    """Blanks as print would set them."""
    following = [*words[1:], None]
    return [
        replace(word, space=after is not None and not _NO_BLANK_BEFORE.fullmatch(after.text)
                and word.text not in _NO_BLANK_AFTER)
        for word, after in zip(words, following, strict=True)
    ]  # fmt: skip


def _offsets(words: Iterable[Word]) -> tuple[str, list[tuple[int, int]]]:
    """The text and where each word stands in it."""
    text, spans = "", []
    for word in words:
        spans.append((len(text), len(text) + len(word.text)))
        text += word.text + (" " if word.space else "")
    return text, spans


def _merge_to_tokenizer(words: list[Word], language: str) -> list[Word]:
    """Join words that our tokenizer keeps whole ("Gaza - Streifen"); where it cuts finer, the corpus's word stays."""
    text, spans = _offsets(words)
    ends = dict(tokenize(text, language))
    groups: list[list[int]] = []
    position = 0
    while position < len(words):
        last = position
        end = ends.get(spans[position][0], -1)
        while last + 1 < len(words) and spans[last][1] < end and spans[last + 1][0] == spans[last][1]:
            last += 1
        if spans[last][1] != end:
            last = position
        groups.append(list(range(position, last + 1)))
        position = last + 1
    if len(groups) == len(words):
        return words
    merged = _merge_groups(words, groups)
    return words if _has_cycle(merged) else merged


def _merge_groups(words: list[Word], groups: list[list[int]]) -> list[Word]:
    """One word for each group: tree of the part that hangs outside, morphology of the last part with letters."""
    group_of = {member: number for number, group in enumerate(groups) for member in group}
    merged = []
    for number, group in enumerate(groups):
        if len(group) == 1:
            word = words[group[0]]
        else:
            outer = [m for m in group if words[m].head is None or group_of[words[m].head or 0] != number]
            main = words[outer[0] if outer else group[0]]
            lexical = [words[m] for m in group if words[m].pos != "PUNCT"] or [main]
            shape = main if words[group[-1]].text == "." else lexical[-1]
            text = "".join(words[m].text for m in group)
            stem = "".join(words[m].text for m in group[:-1])
            lemma = text if words[group[-1]].text == "." else stem + words[group[-1]].lemma
            word = replace(main, text=text, lemma=lemma, space=words[group[-1]].space, pos=shape.pos, tag=shape.tag,
                           features=shape.features)  # fmt: skip
        merged.append(replace(word, head=None if word.head is None else group_of[word.head]))
    return merged


def _has_cycle(words: list[Word]) -> bool:
    """Whether joining closed a cycle."""
    for start in range(len(words)):
        seen: set[int] = set()
        node: int | None = start
        while node is not None:
            if node in seen:
                return True
            seen.add(node)
            node = words[node].head
    return False


def read_names(
    path: Path, language: str, corpus: str, *, word_column: int = 1, name_column: int = 2,
    kind_of: Callable[[str], str | None] = NAME_KINDS.get, has_misc: bool = True,
) -> Iterator[Example]:  # fmt: skip
    """Sentences of an IOB column file; names of kinds that we do not know are outside."""
    for lines, opens in _blocks(path):
        words, tags = [], []
        for line in lines:
            columns = line.split("\t" if "\t" in line else " ")
            prefix, _, kind = columns[name_column].partition("-")
            known = kind_of(kind)
            words.append(columns[word_column].replace(" ", "").replace("\xa0", "") or "_")
            tags.append(f"{prefix}-{known}" if known else "O")
        spaces = [not _NO_BLANK_BEFORE.fullmatch(w) for w in words[1:]] + [True]
        yield Example(language=language, corpus=corpus, words=tuple(words), spaces=tuple(spaces),
                      names=tuple(_valid_iob(tags)), has_misc=has_misc, opens_paragraph=opens)  # fmt: skip


def _valid_iob(tags: list[str]) -> Iterator[str]:
    """IOB2: a name begins with B, also where the corpus let it begin with I."""
    previous = "O"
    for tag in tags:
        if tag.startswith("I-") and previous[2:] != tag[2:]:
            tag = "B" + tag[1:]
        yield tag
        previous = tag


def read_mobie(path: Path) -> Iterator[Example]:
    """MobIE (DFKI): traffic reports and tweets."""
    return read_names(path, "de", "mobie", word_column=0, name_column=3, kind_of=_DFKI_KINDS.get, has_misc=False)


def read_smartdata(path: Path, *, shortest: int = 500) -> Iterator[Example]:
    """SmartData (DFKI): concatenated JSON objects; only texts of news length, cut into sentences at full stops."""
    text = read_text(path)
    decoder = json.JSONDecoder()
    position = 0
    while (position := _skip_blanks(text, position)) < len(text):
        record, position = decoder.raw_decode(text, position)
        body = record["text"]["string"] if isinstance(record["text"], dict) else record["text"]
        if len(body) >= shortest:
            mentions = record.get("conceptMentions") or []
            mentions = mentions.get("array", []) if isinstance(mentions, dict) else mentions
            yield from _smartdata_sentences(body, mentions)


def _skip_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _smartdata_sentences(text: str, mentions: list[dict[str, object]]) -> Iterator[Example]:
    """The paragraphs of one document, cut at full stops."""
    kinds: dict[int, tuple[int, str]] = {}
    for mention in mentions:
        kind = _DFKI_KINDS.get(str(mention["type"]).lower().replace("_", "-"))
        span = mention["span"]
        if kind and isinstance(span, dict):
            kinds[int(span["start"])] = (int(span["end"]), kind)
    for paragraph in re.finditer(r"[^\n]+", text):
        spans = tokenize(text, "de", *paragraph.span())
        first = 0
        for last, (a, b) in enumerate(spans):
            if last == len(spans) - 1 or (text[a:b] in {".", "!", "?"} and last - first >= 5):
                yield _smartdata_example(text, spans[first : last + 1], kinds)
                first = last + 1


def _smartdata_example(text: str, spans: list[tuple[int, int]], kinds: dict[int, tuple[int, str]]) -> Example:
    tags = ["O"] * len(spans)
    for start, (end, kind) in kinds.items():
        inside = [i for i, (a, b) in enumerate(spans) if a < end and b > start]
        for rank, i in enumerate(inside):
            tags[i] = ("B-" if rank == 0 else "I-") + kind
    blanks = [a[1] < b[0] for a, b in pairwise(spans)] + [True]
    return Example(language="de", corpus="smartdata", words=tuple(text[a:b] for a, b in spans),
                   spaces=tuple(blanks), names=tuple(_valid_iob(tags)), has_misc=False)  # fmt: skip
