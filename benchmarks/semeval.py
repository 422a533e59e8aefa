"""Timelines of entities against SemEval-2015 Task 4, Track A: raw English text in, one timeline for each entity out.

    python -m benchmarks.semeval [--shared FOLDER] [--record] [--keep FOLDER] [--timelines]

Each article of a collection is read into one new knowledge base with its day of publication. The timeline of an entity
holds the events in which it takes part, by the roles that the knowledge base has joined across articles; of what is no
actor (an aircraft, a telephone) those whose clause names it. The task wants a position for what a reader can place, so
undated sayings stand at the day of the news, else that of publication; "dated F1" is without this. All else that the
text leaves undated stands in no order. The scorer is FOLDER's `eval/timeline_score.py` (default of FOLDER: `../shared`
beside the checkout). `--keep` writes the timelines to a folder, `--timelines` prints the figures of each.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks.recording import Figures, compare, read_recorded, record
from events import Status, When, iso_day
from kb.folding import fold
from kb.ingest import ingest_files
from kb.model import Selection, StoredActor, StoredDocument, StoredEvent, StoredMention
from kb.store import KnowledgeBase, open_for_reading, open_for_writing

ROOT = Path(__file__).resolve().parents[1]
NAME = "semeval"
CORPUS = Path("corpora", "semeval2015-task4-dev")
COLLECTIONS: dict[str, tuple[str, ...]] = {"corpus_1": (), "trial": ("--tidy-anchors",)}  # with the scorer's options
UNKNOWN = "XXXX-XX-XX"
OPENING = 2  # sentence that opens the body, below headline and date line
LATEST_NEWS = 7  # days before publication
# The task leaves out what did not or may not happen; what is sure to come belongs to it.
STATUSES: tuple[Status, ...] = ("occurred", "planned")
# fmt: off
LEGAL_FORMS = frozenset((
    "ag", "co", "company", "corp", "corporation", "gmbh", "group", "inc", "limited", "llc", "ltd", "nv", "plc", "sa",
    "sas", "se",
))
PARTICLES = frozenset((
    "about", "across", "ahead", "apart", "around", "aside", "away", "back", "by", "down", "forth", "forward", "in",
    "off", "on", "out", "over", "through", "together", "under", "up",
))
# fmt: on


@dataclass(frozen=True, kw_only=True)
class Token:
    """One token as the task cuts the text."""

    sentence: int
    start: int
    end: int
    form: str


# Names ----------------------------------------------------------------------------------------------------------------


def names_entity(name: str, entity: str) -> bool:
    """Whether a name as the text has it can stand for an entity: in full, short, by initials, with its legal form.

    A short form is the end of the full one ("Jobs") or holds its number ("A380"); the beginning is another's ("Boeing"
    is no "Boeing 777").
    """
    wanted, words = _name_words(entity), _name_words(name)
    if not words or not wanted:
        return False
    return any(_is_form_of(tuple(form), wanted) for form in (words, _spelled_out(words, wanted)))


def _name_words(name: str) -> list[str]:
    words = [_singular(word) for word in fold(name.replace("'s", "").replace(".", "")).split()]
    words = words[1:] if words[:1] == ["the"] else words
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return words


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _spelled_out(words: Sequence[str], entity: Sequence[str]) -> list[str]:
    """The words, with what is the initials of two or more words of the entity written out: "US", "USAF"."""
    found: list[str] = []
    for word in words:
        runs = (entity[i : i + len(word)] for i in range(len(entity)) if len(word) > 1)
        found += next((run for run in runs if "".join(part[0] for part in run) == word), [word])
    return found


def _is_form_of(words: Sequence[str], entity: Sequence[str]) -> bool:
    size = len(words)
    places = [i for i in range(len(entity) - size + 1) if tuple(entity[i : i + size]) == tuple(words)]
    is_number = any(character.isdigit() for word in words for character in word)
    return any(place + size == len(entity) or is_number for place in places)


def entity_actors(actors: Iterable[StoredActor], entity: str) -> frozenset[int]:
    """The rows of the actors that an entity of the task is, by their main name; by any of them where it is in full."""
    wanted = _name_words(entity)
    return frozenset(
        actor.row
        for actor in actors
        if names_entity(actor.name, entity) or any(_name_words(alias) == wanted for alias in actor.aliases)
    )


def names_within(text: str, entity: str) -> bool:
    """Whether a text holds the name of an entity, in full or by the word of it that has a number ("A380")."""
    words, wanted = _name_words(text), _name_words(entity)
    numbers = [[word] for word in wanted if len(word) > 2 and any(character.isdigit() for character in word)]
    return any(words[i : i + len(form)] == form for form in (wanted, *numbers) for i in range(len(words)))


# Lines of a timeline --------------------------------------------------------------------------------------------------


def anchor_of(when: When | None) -> str:
    """The date as the task writes it: the day, month or year in which all of it lies, X for what is unknown."""
    if when is None or when.earliest is None or when.latest is None:
        return UNKNOWN
    first, last = iso_day(when.earliest) or "", iso_day(when.latest) or ""
    for length, rest in ((10, ""), (7, "-XX"), (4, "-XX-XX")):
        if first[:length] == last[:length]:
            return first[:length] + rest
    return UNKNOWN


def ranks(whens: Sequence[When | None]) -> list[int]:
    """The position of each event by its date; those of one anchor share it, those without stand at 0."""
    anchors = [anchor_of(when) for when in whens]
    firsts: dict[str, tuple[object, ...]] = {}
    for anchor, when in zip(anchors, whens, strict=True):
        if when is not None and anchor != UNKNOWN:
            firsts[anchor] = min(firsts.get(anchor, when.sort_key), when.sort_key)
    order = {anchor: number for number, anchor in enumerate(sorted(firsts, key=lambda a: firsts[a]), 1)}
    return [order.get(anchor, 0) for anchor in anchors]


def extent_at(tokens: Sequence[Token], offset: int, rule: str) -> tuple[int, str] | None:
    """Sentence and words of the trigger at an offset: one token, with the particle of a verb that `rule` names.

    None where no token holds the offset. `tokens` are in order.
    """
    index = bisect_right([token.start for token in tokens], offset) - 1
    if index < 0 or offset >= tokens[index].end:
        return None
    words = [tokens[index].form]
    phrase = rule.partition("#")[2].split()[1:]
    following = tokens[index + 1 : index + 2]
    if phrase and phrase[0] in PARTICLES and following and following[0].form.casefold() == phrase[0]:
        words.append(following[0].form)
    return tokens[index].sentence, "_".join(words)


def write_timeline(entity: str, rows: Iterable[tuple[When | None, Sequence[str]]]) -> str:
    """The file of an entity's timeline: order, anchor and the mentions of each event."""
    told = [(when, mentions) for when, mentions in rows if mentions]
    lines = [
        (rank, "\t".join([str(rank), anchor_of(when), *mentions]))
        for rank, (when, mentions) in zip(ranks([when for when, _ in told]), told, strict=True)
    ]
    return "\n".join([entity, *(line for _, line in sorted(lines))]) + "\n"


# The task's files -----------------------------------------------------------------------------------------------------


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_tokens(path: Path) -> dict[str, list[Token]]:
    """The tokens of each document, in order."""
    found: dict[str, list[Token]] = defaultdict(list)
    for row in _table(path):
        token = Token(
            sentence=int(row["sentence"]), start=int(row["start"]), end=int(row["end"]), form=row["form"].strip()
        )
        found[row["doc_id"]].append(token)
    return {document: sorted(tokens, key=lambda token: token.start) for document, tokens in found.items()}


def read_collection(collection: Path, base_path: Path) -> float:
    """Reads the articles into a new knowledge base, each with its day; the CPU seconds that it took."""
    spent = time.process_time()
    with open_for_writing(base_path) as base:
        for row in _table(collection / "documents.tsv"):
            file = collection / "text" / f"{row['doc_id']}.txt"
            day = date.fromisoformat(row["date"])
            for done in ingest_files(base, [file], published=day, language="en", clock=lambda: datetime.now(UTC)):
                if done.failure:
                    raise SystemExit(done.failure)
    return time.process_time() - spent


def write_timelines(collection: Path, base_path: Path, folder: Path, *, places_sayings: bool = True) -> None:
    """One file for each target entity of a collection."""
    folder.mkdir(parents=True, exist_ok=True)
    tokens = read_tokens(collection / "tokens.tsv")
    with open_for_reading(base_path) as base:
        teller = Teller(base, tokens, places_sayings=places_sayings)
        for row in _table(collection / "entities.tsv"):
            (folder / row["timeline"]).write_text(teller.timeline(row["entity"]), encoding="utf-8")


class Teller:
    """The timelines that one knowledge base holds; its documents are named as in the task, its text cut as there."""

    def __init__(self, base: KnowledgeBase, tokens: Mapping[str, Sequence[Token]], *, places_sayings: bool) -> None:
        self.tokens = tokens
        self.places_sayings = places_sayings
        documents = base.documents()
        self.names = {document.key: Path(document.name).stem for document in documents}
        self.actors = base.actors(everything=True)
        self.events = base.events(Selection(everything=True, statuses=STATUSES))
        self.mentions = base.mentions(self.events)
        told = [mention for mentions in self.mentions.values() for mention in mentions]
        self.news = {document.key: self._news_day(document, told) for document in documents}

    def timeline(self, entity: str) -> str:
        """The file of one entity."""
        rows = entity_actors(self.actors, entity)
        # Extraction knows no things: one that acts by its name is taken for a place.
        if any(actor.row in rows and actor.kind != "place" for actor in self.actors):
            chosen = [event for event in self.events if self._has_role(event, rows)]
        else:
            chosen = [event for event in self.events if self._is_named(event, entity)]
        return write_timeline(entity, [(self._when(event), self._extents(event)) for event in chosen])

    def _has_role(self, event: StoredEvent, rows: frozenset[int]) -> bool:
        return any(role.actor.row in rows for mention in self.mentions[event.key] for role in mention.roles)

    def _is_named(self, event: StoredEvent, entity: str) -> bool:
        return any(names_within(mention.quote, entity) for mention in self.mentions[event.key])

    def _news_day(self, document: StoredDocument, told: Iterable[StoredMention]) -> When | None:
        """The recent day that the opening sentence gives what it tells, else the day of publication."""
        if document.published is None:
            return None
        published = document.published.toordinal()
        opening = [
            (mention.trigger_start, mention.when)
            for mention in told
            if mention.document == document.key and mention.status == "occurred" and self._opens(mention)
        ]
        days = (when for _, when in sorted(opening, key=lambda row: row[0]) if when and when.earliest == when.latest)
        recent = (when for when in days if published - LATEST_NEWS <= (when.earliest or 0) <= published)
        return next(recent, When.on(published))

    def _opens(self, mention: StoredMention) -> bool:
        found = self._found(mention)
        return found is not None and found[0] == OPENING

    def _when(self, event: StoredEvent) -> When | None:
        if event.when is None and event.is_saying and event.status == "occurred" and self.places_sayings:
            return self.news[self.mentions[event.key][0].document]
        return event.when

    def _extents(self, event: StoredEvent) -> list[str]:
        pairs = ((self.names[mention.document], self._found(mention)) for mention in self.mentions[event.key])
        return [f"{name}-{found[0]}-{found[1]}" for name, found in pairs if found]

    def _found(self, mention: StoredMention) -> tuple[int, str] | None:
        return extent_at(self.tokens[self.names[mention.document]], mention.trigger_start, mention.rule)


# Figures --------------------------------------------------------------------------------------------------------------


def measure(collection: Path, scorer: Path, options: Sequence[str], kept: Path | None, *, show: bool) -> Figures:
    """The official figures of one collection, in points, and what they are made of."""
    with tempfile.TemporaryDirectory() as folder:
        base_path, system, plain = Path(folder, "bench.db"), kept or Path(folder, "timelines"), Path(folder, "plain")
        seconds = read_collection(collection, base_path)
        write_timelines(collection, base_path, system)
        write_timelines(collection, base_path, plain, places_sayings=False)
        command = [sys.executable, str(scorer), str(collection / "timelines")]
        if show:
            subprocess.run([*command, str(system), *options], check=True)
        total = _total([*command, str(system), *options])
        dated = _total([*command, str(plain), *options])
    figures: Figures = {}
    for name, key in (("micro", "official"), ("events", "events"), ("in order", "events_ordered")):
        figures.update({f"{name} {part.upper()}": round(100 * total[key][part], 2) for part in ("f1", "p", "r")})
    figures["dated F1"] = round(100 * dated["official"]["f1"], 2)
    for name in ("anchor_accuracy", "order_accuracy", "order_accuracy_strict"):
        figures[name.replace("_", " ").replace("accuracy", "acc.")] = round(100 * (total[name] or 0.0), 2)
    return {**figures, "CPU s": round(seconds, 1)}


def _total(command: Sequence[str]) -> Any:
    """What the scorer says of all timelines together."""
    result = subprocess.run([*command, "--json"], check=True, capture_output=True, encoding="utf-8")
    return json.loads(result.stdout)["total"]


def main() -> None:
    """Score what is there and print it against the last recorded figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--record", action="store_true", help="keep the figures as those to compare with")
    parser.add_argument("--keep", type=Path, help="write the timelines to this folder")
    parser.add_argument("--timelines", action="store_true", help="print the figures of each timeline")
    options = parser.parse_args()
    scorer = options.shared / "eval" / "timeline_score.py"
    measured: dict[str, Figures] = {}
    for name, flags in COLLECTIONS.items():
        collection = options.shared / CORPUS / name
        if collection.is_dir() and scorer.is_file():
            kept = options.keep / name if options.keep else None
            measured[name] = measure(collection, scorer, flags, kept, show=options.timelines)
    if not measured:
        print(f"{options.shared}: no collection or no scorer; nothing was measured (--shared names the folder)")
        return
    print(compare(measured, read_recorded(NAME)))
    if options.record:
        record(NAME, measured)


if __name__ == "__main__":
    main()
