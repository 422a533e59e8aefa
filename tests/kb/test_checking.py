"""Backups."""

from __future__ import annotations

from pathlib import Path

from kb.checking import backup, check_knowledge_base
from kb.export import export_json
from kb.store import KnowledgeBase, open_for_reading
from tests.kb.builders import Told, add, article

PAIR = ("Kim Jong Un", "Wladimir Putin")


def test_a_backup_while_others_write_is_whole(base: KnowledgeBase, tmp_path: Path) -> None:
    add(base, article(Told(text="Kim Jong Un traf Wladimir Putin.", who=PAIR, when="2019-04-25")))
    before = export_json(base, everything=True)
    base.connection.execute("BEGIN IMMEDIATE")
    base.connection.execute("UPDATE event SET label = 'half done'")
    with open_for_reading(base.path) as reader:
        backup(reader, tmp_path / "copy.db")
    base.connection.execute("ROLLBACK")
    with open_for_reading(tmp_path / "copy.db") as copy:
        assert check_knowledge_base(copy) == ()
        assert export_json(copy, everything=True) == before
    assert [path.name for path in sorted(tmp_path.glob("copy*"))] == ["copy.db"]


def test_a_backup_replaces_an_older_one(base: KnowledgeBase, tmp_path: Path) -> None:
    backup(base, tmp_path / "copy.db")
    add(base, article(Told(text="Kim Jong Un traf Wladimir Putin.", who=PAIR, when="2019-04-25")))
    backup(base, tmp_path / "copy.db")
    with open_for_reading(tmp_path / "copy.db") as copy:
        assert len(copy.events()) == 1
