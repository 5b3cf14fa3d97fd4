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
from core.store.backup import revision_of
from core.store.connection import WAIT_SECONDS, Bound, Connection, Row, Store, Transaction, settle

# A commit survives a loss of power.
_SYNCED = "PRAGMA synchronous = FULL"
_PRAGMAS = (_SYNCED, "PRAGMA foreign_keys = ON", "PRAGMA cache_size = -32768")
_PAUSE_SECONDS = 0.02
TOGETHER = 8
"""So many at the most are kept at once: the first of them waits for the others (own choice)."""
CHECKPOINT_ROWS = 250
"""So many changed rows fill about the four megabytes of log that SQLite would take over by itself (measured)."""
FEW = 50
"""Rows that are written at once; more of them would keep everybody else waiting."""
LOOKED_AT = 400
"""So many rows of an index are looked at to learn how to search it (what SQLite's documentation proposes, 100 to 1000):
nobody writes meanwhile."""
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
    writer = await _connect(path, "PRAGMA busy_timeout = 0", "PRAGMA wal_autocheckpoint = 0")
    try:
        reader = await _connect(path, "PRAGMA query_only = ON")
    except BaseException:
        await writer.thread.close()
        raise
    return _SqliteStore(writer, reader, path)


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


_Kept = asyncio.Future[StoreError | None]
"""Done when a transaction of the file has ended, with what went wrong."""


class _Shared:
    """The transaction of the file. Those of ours that wait for one another share one: to keep it costs as much as all the
    rest of a message, and hardly more for several of them."""

    def __init__(self, raw: _Raw) -> None:
        self.raw = raw
        self.kept: list[_Kept] = []
        self._changes = 0

    async def begin(self) -> None:
        """Another process may be writing: the writer's connection does not wait for that by itself."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + WAIT_SECONDS
        while True:
            try:
                self.raw.here.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.Error as error:
                told = _told(error)
                if not isinstance(told, StoreLocked) or loop.time() >= ends:
                    raise told from error
                await asyncio.sleep(_PAUSE_SECONDS)

    def joined(self) -> _Kept:
        """One more of ours ended well in it."""
        kept: _Kept = asyncio.get_running_loop().create_future()
        self.kept.append(kept)
        return kept

    async def left(self, *, more: bool) -> None:
        """One of ours is over. It is kept when no `more` wait for it, or it holds enough."""
        if not self.kept:
            return
        if not self.raw.here.in_transaction:  # some errors undo all of it
            self._tell(StoreUnreachable("The database undid what another message had begun."))
        elif not more or len(self.kept) >= TOGETHER:
            await settle(self._keep())

    async def _keep(self) -> None:
        try:
            await self.raw.thread.execute("COMMIT")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                await self.raw.thread.rollback()
            self._tell(_told(error))
        else:
            self._tell(None)
            await self._tidied()

    def _tell(self, failed: StoreError | None) -> None:
        for kept in self.kept:
            if not kept.done():
                kept.set_result(failed)
        self.kept.clear()

    async def _tidied(self) -> None:
        """Takes the log that is written ahead over into the file from time to time: here, since it waits for the disk."""
        if self.raw.here.total_changes - self._changes >= CHECKPOINT_ROWS:
            self._changes = self.raw.here.total_changes
            with suppress(sqlite3.Error):
                await self.raw.thread.execute_fetchall("PRAGMA wal_checkpoint(PASSIVE)")


class _SqliteTransaction(_SqliteConnection, Transaction):
    """One of ours; a part of the file's transaction where others began it."""

    # A cancelled statement still runs: aiosqlite's thread takes one after the other. So a rollback that is queued
    # behind it finds the connection as that statement left it.

    def __init__(self, store: Store, shared: _Shared, lasting: bool) -> None:
        super().__init__(store, shared.raw, asyncio.current_task())
        self._shared = shared
        self._is_part = bool(shared.kept)
        self._lasting = lasting
        self._kept: _Kept | None = None

    async def begin(self) -> None:
        if self._is_part:
            await self._run("SAVEPOINT ours", {})
            return
        if not self._lasting:
            self._raw.here.executescript("PRAGMA synchronous = NORMAL")
        await self._shared.begin()

    async def commit(self) -> None:
        if self._is_part:
            await self._run("RELEASE ours", {})
        elif not self._lasting:
            await self._run("COMMIT", {})  # waits for nothing: the operating system has it then
            self._raw.here.executescript(_SYNCED)
            return
        self._kept = self._shared.joined()

    async def rollback(self) -> None:
        with suppress(sqlite3.Error):
            if self._is_part:
                await self._raw.thread.execute("ROLLBACK TO ours")
                await self._raw.thread.execute("RELEASE ours")
                return
            await self._raw.thread.rollback()
            self._raw.here.executescript(_SYNCED)

    async def until_kept(self) -> None:
        """Waits for the file's transaction, if this one ended well; raises why it was not kept."""
        failed = None if self._kept is None else await self._kept
        if failed is not None:
            raise failed


class _SqliteStore(Store):
    def __init__(self, writer: _Raw, reader: _Raw, file: Path) -> None:
        super().__init__()
        self.file = file
        self._shared = _Shared(writer)
        self._raw_reader = reader
        self._reader = _SqliteConnection(self, reader)
        self._lock = asyncio.Lock()
        self._waiting = 0

    @asynccontextmanager
    async def _transaction(self, lasting: bool) -> AsyncIterator[Transaction]:
        async with self._turn():
            transaction = _SqliteTransaction(self, self._shared, lasting)
            try:
                self._check_open()
                yield transaction
            finally:
                await self._shared.left(more=self._waiting > 0)
        await transaction.until_kept()

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """One writes at a time, in the order in which they came."""
        self._waiting += 1
        try:
            await self._lock.acquire()
        except BaseException:
            self._waiting -= 1
            if not self._waiting and not self._lock.locked():  # who was here last counted on us
                async with self._lock:
                    await self._shared.left(more=False)
            raise
        self._waiting -= 1
        try:
            yield
        finally:
            self._lock.release()

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[Connection]:
        yield self._reader

    async def tidy(self) -> None:
        async with self.write(lasting=False):
            try:
                for pragma in (f"PRAGMA analysis_limit = {LOOKED_AT}", "PRAGMA optimize"):
                    await self._shared.raw.thread.execute_fetchall(pragma)
            except sqlite3.Error as error:
                raise _told(error) from error

    async def _close(self) -> None:
        async with self._lock:
            await self._raw_reader.thread.close()
            await self._shared.raw.thread.close()


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
        found = revision_of(path)
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
