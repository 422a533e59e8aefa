"""The SQLite file behind a knowledge base: connecting, bringing the schema up to date, errors in the user's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from kb.errors import NoKnowledgeBase, UnusableKnowledgeBase

APPLICATION_ID = 0x5A737472  # "Zstr", as file(1) and others may tell the format
_BUSY_SECONDS = 20
_CACHE_KIB = 65_536


def connect_for_reading(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, to a file that must exist and be of this version."""
    if not path.exists():
        raise NoKnowledgeBase(
            f"{path}: no knowledge base here; make one with `zeitstrahl add ARTICLE...` or name another with --kb"
        )
    with errors_in_words(path):
        connection = _open_existing(path)
        try:
            _check_format(connection, path)
            if _version(connection) == 0:
                raise NoKnowledgeBase(f"{path}: an empty file; add documents with `zeitstrahl add ARTICLE...`")
            if _version(connection) < latest_version():
                raise UnusableKnowledgeBase(
                    f"{path}: made by an earlier version; `zeitstrahl add` or `zeitstrahl doctor --repair` updates it"
                )
        except BaseException:
            connection.close()
            raise
        return connection


def connect_for_writing(path: Path) -> sqlite3.Connection:
    """A connection that may write, to a file that is made where there is none and brought up to date."""
    if not path.parent.exists():
        raise UnusableKnowledgeBase(f"{path}: there is no folder {path.parent}; make it, or name another with --kb")
    with errors_in_words(path):
        connection = _connect(path, "rwc")
        try:
            _check_format(connection, path)
            if _version(connection) < latest_version():
                # The mode is kept in the file, and switching needs it to itself: only when the schema changes, too.
                connection.execute("PRAGMA journal_mode = WAL")
                _migrate(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def errors_in_words(path: Path) -> Iterator[None]:
    """Turns what SQLite reports about the file into UnusableKnowledgeBase."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        reason = _reason(error)
        if reason is None:
            raise
        raise UnusableKnowledgeBase(f"{path}: {reason}") from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing of what is written inside; waits for another writer to end. Within another one, part of that."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def latest_version() -> int:
    """The number of the last migration that this version ships."""
    return max(_migrations())


def _open_existing(path: Path) -> sqlite3.Connection:
    try:
        # Not mode=ro: a read-only connection leaves the -wal and -shm files behind that it had to make.
        connection = _connect(path, "rw")
        connection.execute("PRAGMA query_only = ON")
        _version(connection)
    except sqlite3.OperationalError:
        if Path(f"{path}-wal").exists():
            raise
        # A folder or a medium that cannot be written: nobody else changes the file, either.
        connection = _connect(path, "ro&immutable=1")
        _version(connection)
    return connection


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return connection


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check_format(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    has_tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] > 0
    if has_tables and application != APPLICATION_ID:
        raise UnusableKnowledgeBase(f"{path}: an SQLite file of another program; name a knowledge base with --kb")
    if _version(connection) > latest_version():
        raise UnusableKnowledgeBase(
            f"{path}: made by a newer version of Zeitstrahl (schema {_version(connection)}, known here up to "
            f"{latest_version()}); update with `pipx upgrade zeitstrahl`"
        )


def _migrations() -> dict[int, str]:
    scripts = (entry for entry in files("kb").joinpath("schema").iterdir() if entry.name.endswith(".sql"))
    return {int(script.name.removesuffix(".sql")): script.read_text(encoding="utf-8") for script in scripts}


def _migrate(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        # Read again behind the lock: another process may have done it meanwhile.
        done = _version(connection)
        for number, script in sorted(_migrations().items()):
            if number > done:
                for statement in _statements(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _statements(script: str) -> Iterator[str]:
    """The statements one by one: `executescript` would end our transaction."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def _reason(error: sqlite3.DatabaseError) -> str | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    return {
        sqlite3.SQLITE_NOTADB: "not a knowledge base (no SQLite file); name another with --kb",
        sqlite3.SQLITE_CORRUPT: "damaged; restore a backup, or run `zeitstrahl doctor`",
        sqlite3.SQLITE_BUSY: "another program is writing; try again when it has ended",
        sqlite3.SQLITE_LOCKED: "another program is writing; try again when it has ended",
        sqlite3.SQLITE_READONLY: "may not be written; check the rights of the file and of its folder",
        sqlite3.SQLITE_PERM: "may not be opened; check the rights of the file",
        sqlite3.SQLITE_CANTOPEN: "cannot be opened; check the path, and the rights of the file and of its folder",
        sqlite3.SQLITE_FULL: "the disk is full; nothing was changed",
        sqlite3.SQLITE_IOERR: "the disk reports an error; nothing was changed",
    }.get(code & 0xFF)
