"""Putting a copy of a SQLite file back in the place of the file itself."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from core.errors import StoreError, StoreForeign, StoreLocked, StoreUnreachable
from core.store.backup import copy_to, discard, look_through, revision_of, sync_folder
from core.store.leases import Lease
from core.store.migrate import Revisions, check_known
from core.store.serial import read_instant, read_instant_or_none, write_instant

_HEADER = b"SQLite format 3\0"
_OURS = {"athletes", "messages", "sets"}
_OF_PROCESSES = ("leases", "chores")
"""Tables of what processes were at when the copy was made."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What is in a database now: how many athletes and sets, and when the last message came. `kept` is where that lies
    which was there before, None where nothing was; `older` whether the next start brings it up to date."""

    athletes: int
    sets: int
    last: datetime | None
    kept: Path | None
    older: bool


def holders(database: Path, now: datetime) -> list[tuple[str, Lease]]:
    """Who serves what from a file that is not open here. Empty where that cannot be read."""
    if not _is_sqlite(database):
        return []
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True)) as raw:
            rows = raw.execute(
                "SELECT name, holder, until FROM leases WHERE until > ?", (write_instant(now),)
            )
            return [(name, Lease(holder, read_instant(until))) for name, holder, until in rows.fetchall()]
    except sqlite3.Error:
        return []


def restore(backup: Path, database: Path, now: datetime, revisions: Revisions) -> Restored:
    """Puts a copy in the place of a database, which is kept under another name.

    All or nothing: raises StoreUnreachable, StoreForeign, StoreTooNew, StoreLocked where anybody has the database
    open, StoreError for a damaged copy; the database is then as it was.
    """
    if database.exists() and backup.exists() and backup.samefile(database):
        raise StoreError(f"{backup} is the database itself. Name a backup of it.")
    partial = database.with_name(f"{database.name}.restoring")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        _taken_in(backup, partial)
        found = _examined(partial, backup, revisions)
        kept = _swapped(partial, database, now)
    except OSError as error:
        raise StoreUnreachable(f"{backup} cannot be restored: {error.strerror}.") from error
    finally:
        discard(partial)
    return replace(found, kept=kept)


def _taken_in(backup: Path, partial: Path) -> None:
    """A copy of the copy: what is looked through is what is put in place, and the copy stays as it is."""
    if not backup.is_file():
        raise StoreUnreachable(f"There is no file {backup}.")
    # Nothing is written beside it either, unless what was written last stands in a log there.
    apart = "" if backup.with_name(f"{backup.name}-wal").exists() else "&immutable=1"
    try:
        copy_to(partial, f"{backup.absolute().as_uri()}?mode=ro{apart}")
    except sqlite3.DatabaseError as error:
        raise _told(error, backup) from error


def _examined(partial: Path, backup: Path, revisions: Revisions) -> Restored:
    """What is in a copy, without what processes were at; StoreForeign, StoreTooNew or StoreError for what is none."""
    try:
        found = revision_of(partial)
        if found is None:
            raise StoreForeign(f"{backup} is empty: there is no log in it.")
        with closing(sqlite3.connect(partial, isolation_level=None)) as raw:
            tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables >= _OURS:
                raise StoreForeign(f"{backup} is a database of some other program.")
            check_known(found, revisions, f"The backup {backup}")
            look_through(partial, backup)
            for table in tables.intersection(_OF_PROCESSES):
                raw.execute(f"DELETE FROM {table}")  # noqa: S608 - one of ours
            return _told_of(raw, older=found != revisions.head)
    except StoreForeign as error:
        raise StoreForeign(str(error).replace(str(partial), str(backup))) from None
    except sqlite3.DatabaseError as error:
        raise _told(error, backup) from error


def _told_of(raw: sqlite3.Connection, *, older: bool) -> Restored:
    (athletes,) = raw.execute("SELECT COUNT(*) FROM athletes").fetchone()
    (sets,) = raw.execute("SELECT COUNT(*) FROM sets").fetchone()
    (last,) = raw.execute("SELECT MAX(received_at) FROM messages").fetchone()
    return Restored(int(athletes), int(sets), read_instant_or_none(last), None, older)


def _swapped(partial: Path, database: Path, now: datetime) -> Path | None:
    """Puts a copy in place, and says where that is kept which was there. Raises StoreLocked and OSError."""
    if not database.exists():
        partial.replace(database)
        sync_folder(database.parent)
        return None
    _let_go(database)
    kept = _free(database.with_name(f"{database.name}.{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.replaced"))
    moved: list[tuple[Path, Path]] = []
    try:
        # Of a file that is damaged the logs are still there, and would be taken for those of the copy.
        for beside in ("-wal", "-shm", "-journal"):
            log = database.with_name(f"{database.name}{beside}")
            if log.exists():
                moved.append((log.rename(kept.with_name(f"{kept.name}{beside}")), log))
        _also_named(database, kept, moved)
        partial.replace(database)
    except BaseException:
        for now_at, was_at in reversed(moved):
            now_at.replace(was_at)
        raise
    sync_folder(database.parent)
    return kept


def _also_named(database: Path, kept: Path, moved: list[tuple[Path, Path]]) -> None:
    """Gives it its other name before the copy takes the first: at no time is there none of the two."""
    try:
        os.link(database, kept)
    except OSError:  # a file system without second names
        moved.append((database.rename(kept), database))
    else:
        moved.append((kept, database))


def _let_go(database: Path) -> None:
    """Brings all of it into the one file, which only works while nobody else has it open: else StoreLocked."""
    if not _is_sqlite(database):
        return  # to open it would throw away what stands in a log beside it
    address = f"{database.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None, timeout=1)) as raw:
        try:
            raw.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise StoreLocked(f"Some process has {database} open. Stop it, then restore.") from error
            # Damaged: the reason why a backup is put in its place.


def _is_sqlite(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(_HEADER)) == _HEADER
    except OSError:
        return False


def _free(wanted: Path) -> Path:
    name, number = wanted, 1
    while name.exists():
        number += 1
        name = wanted.with_name(f"{wanted.name}.{number}")
    return name


def _told(error: sqlite3.DatabaseError, backup: Path) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return StoreForeign(f"{backup} is no SQLite file.")
    if code == sqlite3.SQLITE_CORRUPT:
        return StoreError(f"{backup} is damaged: {error}.")
    return StoreUnreachable(f"{backup} cannot be read: {error}.")
