"""The export format, as docs/export-format.md promises it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from kb.export import export_json
from kb.model import Selection
from kb.store import KnowledgeBase
from tests.kb.builders import Told, add, article

DOCS = Path(__file__).parents[2] / "docs"
PAIR = ("Kim Jong Un", "Wladimir Putin")
MEETING = Told(text="Kim Jong Un traf Wladimir Putin in Wladiwostok.", who=PAIR, when="2019-04-25", place="Wladiwostok",
               name="meeting")  # fmt: skip
PLAN = Told(text="Wladimir Putin soll bald nach Peking reisen.", who=("Wladimir Putin",), when="2019-04-26/..",
            status="planned", kind="travel", name="plan")  # fmt: skip
SAYING = Told(text="Wladimir Putin lobte das Treffen.", who=("Wladimir Putin",), is_saying=True, kind="statement")
RUMOUR = Told(text="Kim Jong Un soll 🚂 gefahren sein.", who=("Kim Jong Un",), when="2019-04-24", kind="travel",
              reported_by="Wladimir Putin")  # fmt: skip


@pytest.fixture
def filled(base: KnowledgeBase) -> KnowledgeBase:
    """Two documents with all that the format can hold."""
    both = Told(text=MEETING.text, who=PAIR, when="2019-04-25", more=(Told(text="Das war am 24.", when="2019-04-24"),),
                name="meeting")  # fmt: skip
    links = [("meeting", "plan", "before")]
    add(base, article(both, PLAN, SAYING, links=links), article(MEETING, RUMOUR, published=None, path="2.txt"))  # type: ignore[list-item]
    return base


def exported(base: KnowledgeBase, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(export_json(base, **options))
    return found


@pytest.mark.parametrize("everything", [False, True])
def test_the_export_follows_its_schema(filled: KnowledgeBase, everything: bool) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    schema = json.loads((DOCS / "export-format.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(exported(filled, everything=everything))


def test_each_quotation_is_the_text_at_its_place(filled: KnowledgeBase) -> None:
    record = exported(filled, everything=True)
    texts = {document["id"]: document["text"] for document in record["documents"]}
    mentions = [mention for event in record["events"] for mention in event["mentions"]]
    assert len(mentions) == 6
    for mention in mentions:
        text = texts[mention["document"]]
        assert text[mention["start"] : mention["end"]] == mention["quote"]
        assert text[mention["trigger_start"] :].startswith(mention["trigger"])


def test_every_id_that_is_named_is_there(filled: KnowledgeBase) -> None:
    for everything in (False, True):
        record = exported(filled, everything=everything)
        actors = {actor["id"] for actor in record["actors"]}
        events = {event["id"] for event in record["events"]}
        for event in record["events"]:
            named = [role["actor"] for role in event["actors"]]
            named += [role["actor"] for mention in event["mentions"] for role in mention["roles"]]
            named += [event["place"]] if event["place"] else []
            assert set(named) <= actors
        assert all({link["source"], link["target"]} <= events for link in record["links"])
        assert len(record["links"]) == 1


def test_the_default_holds_what_the_timeline_shows(filled: KnowledgeBase) -> None:
    shown, everything = exported(filled), exported(filled, everything=True)
    assert {event["label"] for event in shown["events"]} == {event.label for event in filled.events()}
    assert len(everything["events"]) == len(shown["events"]) + 1
    assert shown["documents"] == everything["documents"]


def test_a_selection_narrows_the_export(filled: KnowledgeBase) -> None:
    found = exported(filled, selection=Selection(kinds=("travel",)))
    assert {event["kind"] for event in found["events"]} == {"travel"}
    assert {actor["name"] for actor in found["actors"]} == set(PAIR)


def test_the_hedge_stays(filled: KnowledgeBase) -> None:
    record = exported(filled)
    names = {actor["id"]: actor["name"] for actor in record["actors"]}
    reported = [event["reported"] for event in record["events"] if event["reported"]]
    assert [names[each["by"]] for each in reported] == ["Wladimir Putin"]


def test_dates_have_their_outer_bounds(filled: KnowledgeBase) -> None:
    whens = {event["label"]: event["when"] for event in exported(filled)["events"]}
    assert (whens["Wladimir Putin soll bald nach Peking reisen"]["earliest"],
            whens["Wladimir Putin soll bald nach Peking reisen"]["latest"]) == ("2019-04-26", None)  # fmt: skip


def test_other_dates_tell_their_mentions(filled: KnowledgeBase) -> None:
    (other,) = [other for event in exported(filled)["events"] for other in event["other_whens"]]
    assert other["edtf"] == "2019-04-24"
    assert len(other["mentions"]) == 1


def test_a_document_tells_its_file_and_the_hash_of_its_text(filled: KnowledgeBase) -> None:
    for document in exported(filled)["documents"]:
        assert document["path"].endswith(".txt") and "/" not in document["path"]
        assert hashlib.sha256(document["text"].encode("utf-8")).hexdigest() == document["sha256"]
