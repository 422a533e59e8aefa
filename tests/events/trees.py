"""Hand-checked trees: short texts with the analysis that a perfect language model would give.

The files `trees/*.conllu` follow CoNLL-U with fewer columns: number, form, lemma, UPOS, XPOS, features, head, relation,
name (B-PER, I-PER, ...), with tabs between them. `# id` begins a text, `# language` and `# published` belong to it,
`# paragraph` begins a paragraph with its zone and `# text` a sentence. The texts are our own, about real facts.

Steps that are tested on them do not depend on a language model: what fails here is the step.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from events.actors import Cast, CastBuilder, Entity
from events.analysis import Analysis, Name, Sentence, Token
from events.clauses import Clause, ClauseTree
from events.lexicon import Lexicon, lexicon_of
from events.mentions import Trigger, TriggerFinder
from events.model import Document, DocumentId, Extraction, LocalEvent, Mention, Zone, ZoneKind
from events.pipeline import extract
from events.pronouns import PronounResolver

FOLDER = Path(__file__).parent / "trees"
MODEL = "hand"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a tree; `head` counts from 1 within the sentence, 0 for the root."""

    form: str
    lemma: str
    pos: str
    tag: str
    features: str
    head: int
    relation: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One sentence of a text."""

    text: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Tree:
    """One text of the files; it is the analyzer of its own document and of no other."""

    id: str
    language: str
    published: date | None
    paragraphs: tuple[tuple[ZoneKind, tuple[Line, ...]], ...]

    @property
    def name(self) -> str:
        """As every analyzer has one."""
        return MODEL

    @cached_property
    def text(self) -> str:
        """Sentences of a paragraph with a blank between them, paragraphs with an empty line."""
        return "\n\n".join(" ".join(line.text for line in lines) for _, lines in self.paragraphs)

    @cached_property
    def document(self) -> Document:
        """The text as a document with its zones."""
        zones, start = [], 0
        for kind, lines in self.paragraphs:
            end = start + len(" ".join(line.text for line in lines))
            zones.append(Zone(kind=kind, start=start, end=end))
            start = end + 2
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        return Document(id=DocumentId(digest), text=self.text, language=self.language, published=self.published,
                        zones=tuple(zones))  # fmt: skip

    def analyze(self, text: str, blocks: Sequence[tuple[int, int]]) -> Analysis:
        """The tree with offsets into the text."""
        assert text == self.text, f"{self.id}: the tree is of another text"
        assert len(blocks) == len(self.paragraphs), f"{self.id}: one block for each paragraph"
        return _Reader(self).analysis()

    @cached_property
    def analysis(self) -> Analysis:
        """What the document is analysed to."""
        return _Reader(self).analysis()

    @cached_property
    def extraction(self) -> Extraction:
        """All that the whole pipeline reads off the text."""
        return extract(self.document, self)


class _Reader:
    """Turns the rows of a tree into tokens with offsets."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.position = tree, 0
        self.tokens: list[Token] = []
        self.sentences: list[Sentence] = []
        self.names: list[Name] = []

    def analysis(self) -> Analysis:
        for block, (_, lines) in enumerate(self.tree.paragraphs):
            for line in lines:
                self._sentence(line, block)
        return Analysis(language=self.tree.language, model=MODEL, tokens=tuple(self.tokens),
                        sentences=tuple(self.sentences), names=tuple(self.names))  # fmt: skip

    def _sentence(self, line: Line, block: int) -> None:
        first = len(self.tokens)
        for row in line.rows:
            start = self.tree.text.index(row.form, self.position)
            assert not self.tree.text[self.position : start].strip(), f"{self.tree.id}: no row before {row.form!r}"
            self.position = start + len(row.form)
            head = len(self.tokens) if row.head == 0 else first + row.head - 1
            self._name(row.name)
            self.tokens.append(
                Token(index=len(self.tokens), start=start, end=self.position, text=row.form, lemma=row.lemma,
                      pos=row.pos, tag=row.tag, features=row.features, head=head, relation=row.relation,
                      sentence=len(self.sentences))
            )  # fmt: skip
        assert [row.head for row in line.rows].count(0) == 1, f"{self.tree.id}: one root in {line.text!r}"
        self.sentences.append(Sentence(index=len(self.sentences), first=first, last=len(self.tokens), block=block))

    def _name(self, mark: str) -> None:
        at = len(self.tokens)
        if mark.startswith("B-"):
            self.names.append(Name(first=at, last=at + 1, kind=mark[2:]))
        elif mark.startswith("I-"):
            assert self.names and self.names[-1].last == at, f"{self.tree.id}: {mark} continues no name"
            self.names[-1] = Name(first=self.names[-1].first, last=at + 1, kind=self.names[-1].kind)


class Steps:
    """A tree with the steps that come before events, each made when asked for."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.analysis = tree, tree.analysis
        self.tokens = self.analysis.tokens
        self.lexicon: Lexicon = lexicon_of(tree.language)
        self.clauses = ClauseTree(self.analysis, self.lexicon)

    @cached_property
    def cast(self) -> Cast:
        """Actors with their pronouns."""
        named = CastBuilder(self.analysis, self.lexicon).build()
        return PronounResolver(self.analysis, named, self.clauses, self.lexicon).resolve()

    @cached_property
    def finder(self) -> TriggerFinder:
        """What finds the triggers."""
        return TriggerFinder(self.clauses, self.lexicon)

    @cached_property
    def triggers(self) -> tuple[Trigger, ...]:
        """All triggers, as if nothing were dated."""
        return self.finder.find(frozenset())

    def trigger(self, word: str) -> Trigger:
        """The trigger of that form."""
        return next(t for t in self.triggers if self.tokens[t.token].text == word)

    def clause(self, word: str) -> Clause:
        """The clause that the word of that form is the predicate of."""
        return next(c for c in self.clauses if c.predicate.text == word)

    def at(self, word: str, occurrence: int = 1) -> tuple[Entity, ...]:
        """Whom the word of that form stands for, as part of a name or alone."""
        index = [t.index for t in self.tokens if t.text == word][occurrence - 1]
        return self.cast.at.get(self.cast.inside.get(index, index), ())


def tree(name: str) -> Tree:
    """The text of that id."""
    return _trees()[name]


def rehung(name: str, changes: Mapping[str, tuple[str, str]]) -> Tree:
    """The text of one sentence as a model might misread it: words with another governing word and relation."""
    source = tree(name)
    [(zone, (line,))] = source.paragraphs
    at = {row.form: number for number, row in enumerate(line.rows, 1)}
    rows = tuple(
        replace(row, head=at[changes[row.form][0]], relation=changes[row.form][1]) if row.form in changes else row
        for row in line.rows
    )
    return Tree(id=source.id, language=source.language, published=source.published,
                paragraphs=((zone, (replace(line, rows=rows),)),))  # fmt: skip


def steps(name: str) -> Steps:
    """The steps over the text of that id."""
    return Steps(tree(name))


def read(name: str) -> Extraction:
    """What the whole pipeline reads off the text of that id."""
    return tree(name).extraction


def ids(language: str = "") -> list[str]:
    """All texts, or those of one language."""
    return [each.id for each in _trees().values() if language in ("", each.language)]


def mention(name: str, word: str) -> Mention:
    """The mention of that trigger."""
    found = [m for m in read(name).mentions if m.trigger == word]
    assert found, f"{name}: no mention {word!r} among {[m.trigger for m in read(name).mentions]}"
    return found[0]


def named(extraction: Extraction, key: str | None) -> str:
    """The name of the actor of that key, "" for none."""
    return next((actor.name for actor in extraction.actors if actor.key == key), "")


def roles(name: str, word: str) -> set[tuple[str, str]]:
    """Who takes part in the mention of that trigger, and how."""
    return {(named(read(name), role.actor), role.role) for role in mention(name, word).roles}


def event(name: str, word: str) -> LocalEvent:
    """The event that the mention of that trigger belongs to."""
    key = mention(name, word).key
    return next(e for e in read(name).events if key in e.mentions)


@cache
def _trees() -> dict[str, Tree]:
    return {each.id: each for path in sorted(FOLDER.glob("*.conllu")) for each in _parsed(path)}


def _parsed(path: Path) -> Iterator[Tree]:
    for block in path.read_text(encoding="utf-8").split("# id = ")[1:]:
        name, _, rest = block.partition("\n")
        values: dict[str, str] = {}
        paragraphs: list[tuple[ZoneKind, list[Line]]] = []
        for part in rest.strip().split("\n\n"):
            lines = part.splitlines()
            comments = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# "))
            values |= comments
            if "paragraph" in comments:
                paragraphs.append((comments["paragraph"], []))  # type: ignore[arg-type]
            rows = tuple(_row(line) for line in lines if not line.startswith("#"))
            paragraphs[-1][1].append(Line(text=comments["text"], rows=rows))
        published = date.fromisoformat(values["published"]) if "published" in values else None
        yield Tree(id=name.strip(), language=values["language"], published=published,
                   paragraphs=tuple((kind, tuple(lines)) for kind, lines in paragraphs))  # fmt: skip


def _row(line: str) -> Row:
    _, form, lemma, pos, tag, features, head, relation, name = line.split("\t")
    return Row(form=form, lemma=lemma, pos=pos, tag=tag.replace("_", ""), features="" if features == "_" else features,
               head=int(head), relation=relation, name=name)  # fmt: skip
