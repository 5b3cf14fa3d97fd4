"""SQLite through aiosqlite: one connection that writes, behind one lock, and one that reads."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing, suppress
from datetime import datetime
from pathlib import Path
from time import sleep

import aiosqlite

from core.errors import StoreConflict, StoreError, StoreForeign, StoreLocked, StoreUnreachable
from core.store import migrate
from core.store.connection import WAIT_SECONDS, Bound, Connection, Row, Store, Transaction

# FULL makes a commit survive a loss of power.
_PRAGMAS = ("PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON", "PRAGMA cache_size = -32768")
_PAUSE_SECONDS = 0.02
FEW = 50
"""Rows that are written at once; more of them would keep everybody else waiting."""
# With a full disk as with one that is away: what waits until it can be written is not lost.
_UNREADABLE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_FULL,
}


async def open_sqlite(path: Path, *, now: datetime, revisions: migrate.Revisions) -> Store:
    """Opens the file, made (readable by its owner only) and upgraded as needed."""
    await asyncio.to_thread(_prepare, path, now, revisions)
    writer = await _connect(path, "PRAGMA busy_timeout = 0")
    try:
        reader = await _connect(path, "PRAGMA query_only = ON")
    except BaseException:
        await writer.thread.close()
        raise
    return _SqliteStore(writer, reader)


class _Raw:
    """A connection to the file. What may wait for the disk or for another process is done in aiosqlite's thread; what
    only touches memory is done at once, since the way there and back costs several times what a statement does."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.thread = aiosqlite.Connection(self._opened, iter_chunk_size=64)
        self.here: sqlite3.Connection

    def _opened(self) -> sqlite3.Connection:
        self.here = sqlite3.connect(
            self._path, isolation_level=None, timeout=WAIT_SECONDS, check_same_thread=False
        )
        return self.here


class _SqliteConnection(Connection):
    row_locks = False

    def __init__(self, store: Store, raw: _Raw, owner: asyncio.Task[None] | None = None) -> None:
        super().__init__(store, owner)
        self._raw = raw

    async def _rows(self, sql: str, params: Bound) -> list[Row]:
        try:
            return self._raw.here.execute(sql, params).fetchall()
        except sqlite3.Error as error:
            raise _told(error) from error

    async def _run(self, sql: str, params: Bound) -> int:
        try:
            return self._raw.here.execute(sql, params).rowcount
        except sqlite3.Error as error:
            raise _told(error) from error

    async def _run_each(self, sql: str, rows: Sequence[Bound]) -> None:
        try:
            if len(rows) <= FEW:
                self._raw.here.executemany(sql, rows)
            else:
                await self._raw.thread.executemany(sql, rows)
        except sqlite3.Error as error:
            raise _told(error) from error


class _SqliteTransaction(_SqliteConnection, Transaction):
    # A cancelled statement still runs: aiosqlite's thread takes one after the other. So a rollback that is queued
    # behind it finds the connection as that statement left it, and after a commit it does nothing.

    async def begin(self) -> None:
        """Another process may be writing: the writer's connection does not wait for that by itself."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + WAIT_SECONDS
        while True:
            try:
                self._raw.here.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.Error as error:
                told = _told(error)
                if not isinstance(told, StoreLocked) or loop.time() >= ends:
                    raise told from error
                await asyncio.sleep(_PAUSE_SECONDS)

    async def commit(self) -> None:
        try:
            await self._raw.thread.execute("COMMIT")
        except sqlite3.Error as error:
            raise _told(error) from error

    async def rollback(self) -> None:
        with suppress(sqlite3.Error):
            await self._raw.thread.rollback()


class _SqliteStore(Store):
    def __init__(self, writer: _Raw, reader: _Raw) -> None:
        super().__init__()
        self._writer = writer
        self._raw_reader = reader
        self._reader = _SqliteConnection(self, reader)
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Transaction]:
        async with self._lock:
            self._check_open()
            yield _SqliteTransaction(self, self._writer, asyncio.current_task())

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[Connection]:
        yield self._reader

    async def _close(self) -> None:
        async with self._lock:
            await self._raw_reader.thread.close()
            await self._writer.thread.close()


async def _connect(path: Path, *pragmas: str) -> _Raw:
    raw = _Raw(path)
    try:
        await raw.thread
        try:
            for pragma in (*_PRAGMAS, *pragmas):
                await raw.thread.execute_fetchall(pragma)
        except BaseException:
            await raw.thread.close()
            raise
    except sqlite3.Error as error:
        raise _told(error) from error
    return raw


def _prepare(path: Path, now: datetime, revisions: migrate.Revisions) -> None:
    """The file exists and has the schema of this program."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Made here, since SQLite would make it readable by everybody; its log files take over the permissions.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        found = _revision(path)
        if found != revisions.head:
            migrate.upgrade_sqlite(path, found, revisions, now)
        _log_ahead(path)
    except OSError as error:
        raise StoreUnreachable(f"Cannot open the database file {path}: {error.strerror}.") from error
    except sqlite3.Error as error:
        raise _told(error, path) from error


def _log_ahead(path: Path) -> None:
    """Sets the file to write-ahead logging, in which readers do not wait for the writer. It stays set."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=WAIT_SECONDS)) as raw:
        for _ in range(round(WAIT_SECONDS / _PAUSE_SECONDS)):
            # SQLite does not wait by itself for others to let the file go here, as it does everywhere else.
            with suppress(sqlite3.OperationalError):
                raw.execute("PRAGMA journal_mode = WAL")
                return
            sleep(_PAUSE_SECONDS)
        raw.execute("PRAGMA journal_mode = WAL")


def _revision(path: Path) -> str | None:
    """The revision of the schema, None for an empty file; StoreForeign if somebody else's tables are in it."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=WAIT_SECONDS)) as raw:
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "alembic_version" not in tables:
            if tables:
                raise StoreForeign(f"{path} is a database of some other program. Spotter leaves it alone.")
            return None
        row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])


def _told(error: sqlite3.Error, path: Path | None = None) -> StoreError:
    """The same in our own words."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    named = "The database" if path is None else f"The database {path}"
    if isinstance(error, sqlite3.IntegrityError):
        return StoreConflict(f"The schema forbids it: {error}.")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreLocked(f"{named} is being written by another process.")
    if code == sqlite3.SQLITE_NOTADB:
        return StoreForeign(f"{named} is no SQLite file.")
    if code in _UNREADABLE:
        return StoreUnreachable(f"{named} cannot be read or written: {error}.")
    return StoreError(f"{named} did not do it: {error}.")
