"""Copies of a SQLite file: made while it is in use, whole or not at all, named by when they were made."""

from __future__ import annotations

import glob
import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from core.errors import StoreError, StoreForeign, StoreUnreachable
from core.store.connection import WAIT_SECONDS

STEP_PAGES: Final = 512
"""So many pages are copied between two looks at whether to stop (own choice): two megabytes."""
SYNCED_STEPS: Final = 8
"""After so many steps what was copied is brought to the disk (own choice): all of it at the end would keep every commit
of the file in use waiting for it."""
LEFT_OVER: Final = timedelta(days=1)
"""A copy that was broken off so long ago is no longer being made."""

_ENDING: Final = "backup"
_STAMP: Final = "%Y%m%dT%H%M%SZ"


class BackupStopped(Exception):  # noqa: N818 - named for what happened
    """It was broken off as was asked; nothing is left of it."""


def named(database: Path, at: datetime, mark: str = "") -> str:
    """What a copy of a database is called that was made then; `mark` tells apart what it is of."""
    return ".".join(part for part in (database.name, mark, f"{at.astimezone(UTC):{_STAMP}}", _ENDING) if part)


def made(folder: Path, database: Path) -> list[tuple[datetime, Path]]:
    """The copies of a database in a folder, without those from before an upgrade, oldest first."""
    form = re.compile(rf"{re.escape(database.name)}\.(\d{{8}}T\d{{6}}Z)\.{_ENDING}")
    found = []
    for file in folder.iterdir():
        match = form.fullmatch(file.name)
        with suppress(ValueError):  # digits that are no time
            if match is not None:
                found.append((datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC), file))
    return sorted(found)


def drop_old(folder: Path, database: Path, now: datetime, days: int) -> None:
    """Keeps the copies of a database of the last so many days of which there are any, and removes those of older ones, and
    what is left of copies that were broken off. Raises StoreUnreachable."""
    try:
        copies = made(folder, database)
        # Not by the present day: after a month of standing still, or on a clock set wrong, all would be too old.
        kept = sorted({at.date() for at, _ in copies})[-days:]
        for at, file in copies:
            if at.date() not in kept:
                file.unlink(missing_ok=True)
        for file in folder.glob(f"{glob.escape(database.name)}.*.{_ENDING}.partial"):
            if datetime.fromtimestamp(file.stat().st_mtime, UTC) < now - LEFT_OVER:
                file.unlink(missing_ok=True)
    except OSError as error:
        raise StoreUnreachable(f"Old backups in {folder} cannot be removed: {error.strerror}.") from error


def back_up(
    source: Path, target: Path, stopping: Callable[[], bool] = lambda: False, *, checked: bool = False
) -> None:
    """Copies a SQLite file that may be in use, whole or not at all; who writes in it meanwhile does not wait.

    An existing `target` is replaced. `checked` looks through the copy before that. Raises StoreUnreachable if it cannot
    be written, StoreError if the copy is damaged, BackupStopped.
    """
    partial = target.with_name(f"{target.name}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        copy_to(partial, f"{source.absolute().as_uri()}?mode=rw", stopping)
        if checked:
            look_through(partial, source, stopping)
        partial.replace(target)
        sync_folder(target.parent)
    except (OSError, sqlite3.Error) as error:
        discard(partial)
        if stopping():
            raise BackupStopped from error
        raise StoreUnreachable(f"Cannot write the backup {target}: {error}.") from error
    except BaseException:
        discard(partial)
        raise


def copy_to(partial: Path, source: str, stopping: Callable[[], bool] = lambda: False) -> None:
    """Makes a file, readable by its owner only, that is a copy of the database at an address, and on the disk. It needs
    no log beside it. Raises OSError, sqlite3.Error and BackupStopped."""
    # Made here, since SQLite would make it readable by everybody.
    file = os.open(partial, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600)
    steps = 0

    def stepped(status: int, remaining: int, total: int) -> None:
        nonlocal steps
        if stopping():
            raise BackupStopped
        steps += 1
        if steps % SYNCED_STEPS == 0:
            os.fsync(file)

    try:
        with closing(sqlite3.connect(source, uri=True, isolation_level=None, timeout=WAIT_SECONDS)) as live:
            # One view of it from the first page to the last: a copy begins anew whenever it sees a change.
            live.execute("BEGIN")
            live.execute("SELECT COUNT(*) FROM sqlite_master").fetchall()
            with closing(sqlite3.connect(partial, isolation_level=None)) as copy:
                # What has a name of its own only when it is whole need not survive by itself until then.
                copy.execute("PRAGMA journal_mode = OFF")
                copy.execute("PRAGMA synchronous = OFF")
                live.backup(copy, pages=STEP_PAGES, progress=stepped, sleep=0.01)
        with closing(sqlite3.connect(partial, isolation_level=None)) as copy:
            copy.execute("PRAGMA synchronous = OFF")
            copy.execute(
                "PRAGMA journal_mode = DELETE"
            )  # one file, which can be read where nothing can be written
        os.fsync(file)
    finally:
        os.close(file)


def look_through(file: Path, of: Path, stopping: Callable[[], bool] = lambda: False) -> None:
    """StoreError where a file is damaged, which is a copy `of` another; sqlite3.Error where it cannot be read at all."""
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.set_progress_handler(stopping, 10_000)
        try:
            found = [str(row[0]) for row in raw.execute("PRAGMA integrity_check(3)")]
            orphans = raw.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as error:
            if stopping():
                raise BackupStopped from error
            raise StoreError(f"{of} is damaged: {error}.") from error
    if found != ["ok"]:
        raise StoreError(f"{of} is damaged: {found[0].splitlines()[-1]}.")
    if orphans is not None:
        raise StoreError(f"{of} is damaged: rows of {orphans[0]} refer to what is not there.")


def revision_of(path: Path) -> str | None:
    """The revision of the schema of a file, None for an empty one; StoreForeign if somebody else's tables are in it."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=WAIT_SECONDS)) as raw:
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "alembic_version" not in tables:
            if tables:
                raise StoreForeign(f"{path} is a database of some other program. Spotter leaves it alone.")
            return None
        row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])


def discard(partial: Path) -> None:
    """Nothing is left of a copy that was not made."""
    for beside in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            partial.with_name(f"{partial.name}{beside}").unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """A name in it survives a loss of power, where the system can promise that."""
    with suppress(OSError):  # Windows opens no folders
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
