"""What a knowledge base keeps and gives back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from events import Document, Extraction, When, to_day
from kb import database
from kb.errors import Ambiguous, NoKnowledgeBase, NotFound, UnusableKnowledgeBase
from kb.model import Selection
from kb.store import KnowledgeBase, open_for_reading, open_for_writing
from kb.writing import describe_document
from tests.kb.builders import NOW, Article, Told, add, article

MEETING = Told(
    text="Kim Jong Un traf Wladimir Putin in Wladiwostok.", who=("Kim Jong Un", "Wladimir Putin"), when="2019-04-25",
    place="Wladiwostok",
)  # fmt: skip
JOURNEY = Told(text="Kim Jong Un reiste ab.", who=("Kim Jong Un",), when="2019-04-26", kind="travel")
MEMORY = Told(text="Kim Jong Il traf Dmitri Medwedew.", who=("Kim Jong Il", "Dmitri Medwedew"), when="2011")
UNDATED = Told(text="Wladimir Putin lobte ihn.", who=("Wladimir Putin",), is_saying=True, kind="statement")
MINOR = Told(text="Wladimir Putin trank Tee.", who=("Wladimir Putin",), salience=0.1, kind="other")


def test_reading_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(NoKnowledgeBase, match="no knowledge base here"), open_for_reading(tmp_path / "none.db"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_reading_leaves_no_file_behind(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "test.db") as base:
        add(base, article(MEETING))
    with open_for_reading(tmp_path / "test.db") as base:
        assert base.events()
    assert [path.name for path in tmp_path.iterdir()] == ["test.db"]


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "test.db"):
        pass
    with (
        pytest.raises(UnusableKnowledgeBase, match="may not be written"),
        open_for_reading(tmp_path / "test.db") as base,
    ):
        add(base, article(MEETING))


def test_a_file_of_another_kind_is_named(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Sehr geehrte Damen und Herren, " * 50, encoding="utf-8")
    for opening in (open_for_reading, open_for_writing):
        with pytest.raises(UnusableKnowledgeBase, match=r"letter\.db: not a knowledge base"), opening(path):
            pass


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE something (a)")
    connection.close()
    for opening in (open_for_reading, open_for_writing):
        with pytest.raises(UnusableKnowledgeBase, match="another program"), opening(path):
            pass


def test_a_file_from_a_newer_version_is_named(tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    with open_for_writing(path) as base:
        base.connection.execute("PRAGMA user_version = 9999")
    for opening in (open_for_reading, open_for_writing):
        with pytest.raises(UnusableKnowledgeBase, match="newer version"), opening(path):
            pass


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableKnowledgeBase, match="there is no folder"), open_for_writing(tmp_path / "no" / "a.db"):
        pass


def test_a_locked_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.database._BUSY_SECONDS", 0.05)
    with open_for_writing(tmp_path / "test.db") as first, open_for_writing(tmp_path / "test.db") as _:
        pass
    with (
        open_for_writing(tmp_path / "test.db") as first,
        pytest.raises(UnusableKnowledgeBase, match="another program is writing"),
        open_for_writing(tmp_path / "test.db") as second,
    ):
        first.connection.execute("BEGIN IMMEDIATE")
        add(second, article(MEETING))


def test_readers_read_while_a_writer_writes(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "test.db") as writer:
        add(writer, article(MEETING))
        writer.connection.execute("BEGIN IMMEDIATE")
        with open_for_reading(tmp_path / "test.db") as reader:
            assert len(reader.events()) == 1
        writer.connection.execute("ROLLBACK")


def test_a_reader_sees_one_state_to_its_end(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "test.db") as writer:
        add(writer, article(MEETING))
        with open_for_reading(tmp_path / "test.db") as reader:
            assert len(reader.events()) == 1
            add(writer, article(MEMORY))
            assert len(reader.events()) == 1
        with open_for_reading(tmp_path / "test.db") as reader:
            assert len(reader.events()) == 2


def test_a_file_in_a_folder_that_cannot_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rights do not stop root, so SQLite's refusal is played."""
    with open_for_writing(tmp_path / "test.db") as base:
        add(base, article(MEETING))
    connect = database._connect

    def refuse(path: Path, mode: str) -> sqlite3.Connection:
        if mode == "rw":
            raise sqlite3.OperationalError("unable to open database file")
        return connect(path, mode)

    monkeypatch.setattr(database, "_connect", refuse)
    with open_for_reading(tmp_path / "test.db") as base:
        assert len(base.events()) == 1


def test_an_event_comes_back_as_it_was_told(base: KnowledgeBase) -> None:
    add(base, article(MEETING))
    (event,) = base.events()
    assert event.label == "Kim Jong Un traf Wladimir Putin in Wladiwostok"
    assert event.when == When.parse("2019-04-25")
    assert [(role.actor.name, role.role) for role in event.actors] == [
        ("Kim Jong Un", "agent"),
        ("Wladimir Putin", "partner"),
    ]
    assert event.place is not None
    assert event.place.name == "Wladiwostok"
    (mention,) = base.mentions([event])[event.key]
    assert mention.quote == MEETING.text == base.text(mention.document)[mention.start : mention.end]
    assert mention.trigger == "traf" == mention.quote[mention.trigger_start :][:4]


def test_quotations_hold_beyond_the_basic_plane(base: KnowledgeBase) -> None:
    told = Told(text="🚂 Kim Jong Un fährt über die Grenze 🛤️ bei Chassan.", who=("Kim Jong Un",), when="2019-04-24")
    add(base, article(MEETING, told))
    event = base.events()[0]
    (mention,) = base.mentions([event])[event.key]
    assert mention.quote == told.text


def test_adding_again_changes_nothing(base: KnowledgeBase) -> None:
    one = article(MEETING, JOURNEY)
    assert add(base, one) == ["added"]
    before = list(base.connection.iterdump())
    assert add(base, one) == ["known"]
    assert list(base.connection.iterdump()) == before


def test_a_failed_extraction_leaves_all_as_it_was(base: KnowledgeBase) -> None:
    add(base, article(MEETING))
    before = list(base.connection.iterdump())

    def fail(document: Document) -> Extraction:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add(base, article(MEMORY), extract=fail)
    with pytest.raises(ZeroDivisionError):
        describe_document(base, "d1", {"published": "2019-04-26"}, extract=fail, author="me", now=NOW)
    assert list(base.connection.iterdump()) == before


@pytest.mark.parametrize(
    ("selection", "told"),
    [
        (Selection(), [MEMORY, MEETING, JOURNEY]),
        (Selection(since=to_day(2019, 4, 26)), [JOURNEY]),
        (Selection(until=to_day(2011, 3, 1)), [MEMORY]),
        (Selection(since=to_day(2011, 12, 31), until=to_day(2019, 4, 25)), [MEMORY, MEETING]),
        (Selection(kinds=("travel",)), [JOURNEY]),
        (Selection(statuses=("planned",)), []),
        (Selection(rows=()), []),
        (Selection(everything=True), [MEMORY, MEETING, JOURNEY, UNDATED, MINOR]),
    ],
)
def test_events_are_selected_and_sorted_by_time(base: KnowledgeBase, selection: Selection, told: list[Told]) -> None:
    add(base, article(MEETING, JOURNEY, MEMORY, UNDATED, MINOR))
    assert [event.label for event in base.events(selection)] == [each.text.rstrip(".") for each in told]
    assert base.count_events(selection) == len(told)


def test_events_are_selected_by_actor_and_place(base: KnowledgeBase) -> None:
    add(base, article(MEETING, JOURNEY, MEMORY))
    putin, town = base.actor("wladimir putin"), base.actor("Vladivostok")
    assert [event.kind for event in base.events(Selection(actors=(putin.row,)))] == ["meeting"]
    assert [event.when for event in base.events(Selection(places=(town.row,)))] == [When.parse("2019-04-25")]


def test_a_limit_reaches_into_the_undated(base: KnowledgeBase) -> None:
    add(base, article(MEETING, Told(text="Wladimir Putin reiste.", who=("Wladimir Putin",), kind="travel")))
    assert [event.when is None for event in base.events(limit=2)] == [False, True]
    assert len(base.events(limit=1)) == 1


def test_the_first_events_of_a_busy_actor_are_the_first_of_all(base: KnowledgeBase) -> None:
    told = [
        Told(text=f"Kim Jong Un reiste {n}.", who=("Kim Jong Un",), when=f"2019-{n % 9 + 1:02}", place="Wladiwostok",
             kind="travel", concept=f"c{n}")
        for n in range(25)
    ]  # fmt: skip
    add(base, article(*told), article(MEMORY))
    kim = Selection(actors=(base.actor("Kim Jong Un").row,))
    whole = base.events(kim)
    assert len(whole) == 25
    for limit in (1, 3, 7, 12, 25, 30):
        assert base.events(kim, limit=limit) == whole[:limit]


def test_short_ids_stay_when_documents_are_added(base: KnowledgeBase) -> None:
    first, second = article(JOURNEY, MEETING), article(MEETING, MEMORY, published="2019-04-26")
    add(base, first)
    ids = {event.label: event.short_id for event in base.events()}
    add(base, second)
    after = {event.label: event.short_id for event in base.events()}
    assert {label: after[label] for label in ids} == ids
    assert len(set(after.values())) == 3


def test_every_name_that_an_event_ever_had_finds_it(base: KnowledgeBase) -> None:
    told = [MEETING, MEETING, MEETING]
    articles = [article(each, published=f"2019-04-{26 + n}") for n, each in enumerate(told)]
    names = set()
    for each in articles:
        add(base, each)
        (event,) = base.events()
        names |= {event.short_id, event.key, event.public_id}
    assert {base.event(name).key for name in names} == {event.key}


def test_an_unknown_name_is_not_found(base: KnowledgeBase) -> None:
    add(base, article(MEETING))
    for name in ("k99", "k" + "9" * 40, "Gipfel", "e-0000", "", "k", "a1:2:3"):
        with pytest.raises(NotFound):
            base.event(name)
    with pytest.raises(NotFound, match="did you mean Wladimir Putin"):
        base.actor("Putin Junior Putin")
    with pytest.raises(NotFound):
        base.document("d7")


def test_a_name_of_two_actors_is_ambiguous(base: KnowledgeBase) -> None:
    add(base, article(MEETING, aliases={"Kim Jong Un": ["Kim"]}), article(MEMORY, aliases={"Kim Jong Il": ["Kim"]}))
    with pytest.raises(Ambiguous, match=r"Kim Jong (Un|Il)"):
        base.actor("Kim")


def test_a_document_is_found_by_all_its_names(base: KnowledgeBase) -> None:
    one = article(MEETING, path="2019-04-25_treffen.txt")
    add(base, one, article(MEMORY))
    for name in ("d1", one.document.id, one.document.id[:8], "2019-04-25_treffen.txt", "/news/2019-04-25_treffen.txt"):
        assert base.document(name).key == one.document.id


def test_a_document_found_in_two_places_is_one(base: KnowledgeBase) -> None:
    one = article(MEETING, path="b.txt")
    add(base, one, Article(document=one.document, extraction=one.extraction, path="a.txt"))
    (document,) = base.documents()
    assert document.locations == ("/news/a.txt", "/news/b.txt")
    assert document.name == "a.txt"


def test_a_corrected_day_resolves_the_dates_anew(base: KnowledgeBase) -> None:
    """An extraction that counts from the publication day, as real ones do."""
    add(base, article(MEETING), extract=_on_publication_day)
    assert base.events()[0].when == When.parse("2019-04-25")
    assert describe_document(base, "d1", {"published": "2019-05-01"}, extract=_on_publication_day, author="me", now=NOW)
    (event,) = base.events()
    assert (event.when, event.short_id) == (When.parse("2019-05-01"), "k1")
    assert base.document("d1").published_basis == "person"
    unchanged = {"published": "2019-05-01"}
    assert not describe_document(base, "d1", unchanged, extract=_on_publication_day, author="me", now=NOW)


def test_conflicting_dates_are_all_kept(base: KnowledgeBase) -> None:
    other = Told(text=MEETING.text, who=MEETING.who, when="2019-04-24", place=MEETING.place)
    both = Told(text=MEETING.text, who=MEETING.who, when="2019-04-25", place=MEETING.place, more=(other,))
    add(base, article(both))
    (event,) = base.events()
    assert event.when == When.parse("2019-04-25")
    assert event.other_whens == (When.parse("2019-04-24"),)


def test_hearsay_gives_nobody_a_part_in_what_others_assert(base: KnowledgeBase) -> None:
    hearsay = Told(text="Kim Jong Un soll ihn getötet haben.", who=("Kim Jong Un",), reported_by="", kind="attack")
    flat = Told(text="Der Sprecher wurde getötet.", when="2019-04-25", kind="attack", more=(hearsay,))
    add(base, article(flat))
    (event,) = base.events()
    assert event.actors == ()
    assert not event.is_reported


def test_an_event_that_only_hearsay_tells_keeps_the_hedge(base: KnowledgeBase) -> None:
    told = Told(
        text="Kim Jong Un soll abgereist sein.", who=("Kim Jong Un",), reported_by="Wladimir Putin", kind="travel"
    )
    add(base, article(told))
    (event,) = base.events()
    assert event.is_reported
    assert event.reported_by is not None
    assert event.reported_by.name == "Wladimir Putin"


def test_each_value_is_explained(base: KnowledgeBase) -> None:
    add(base, article(MEETING))
    reasons = base.explain(base.event("k1"))
    assert {reason.value for reason in reasons} == {"label", "when", "status", "actor", "place", "shown", "mention"}
    assert all(reason.rule for reason in reasons)


def test_the_views_read_well_in_a_shell(base: KnowledgeBase) -> None:
    add(base, article(MEETING))
    row = base.connection.execute("SELECT event, earliest, latest, label, actors, place FROM timeline").fetchone()
    assert row == ("k1", "2019-04-25", "2019-04-25", "Kim Jong Un traf Wladimir Putin in Wladiwostok",
                   "Kim Jong Un; Wladimir Putin", "Wladiwostok")  # fmt: skip
    assert base.connection.execute("SELECT quotation FROM quotation").fetchone() == (MEETING.text,)
    assert base.connection.execute("SELECT count(*) FROM actor_timeline").fetchone() == (3,)


def _on_publication_day(document: Document) -> Extraction:
    day = document.published.isoformat() if document.published else None
    told = Told(text=MEETING.text, who=MEETING.who, when=day, place=MEETING.place)
    return article(told).extraction
