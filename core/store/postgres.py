"""PostgreSQL through psycopg 3: a few connections for writing, a few for reading, opened when needed."""

from __future__ import annotations

import asyncio
import re
import select
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from functools import lru_cache
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from core.errors import StoreAddressInvalid, StoreConflict, StoreError, StoreLocked, StoreUnreachable
from core.store import migrate
from core.store.connection import WAIT_SECONDS, Bound, Connection, Row, Store, Transaction

Raw = psycopg.AsyncConnection[Row]

CONNECTIONS = 4
"""How many transactions, and how many readers, may be at work at once in one process (own choice)."""

# A connection reads only, unless a transaction says otherwise: the reader cannot write by mistake.
_SESSION = (
    f"SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY; SET lock_timeout = '{WAIT_SECONDS}s'".encode()
)
_BEGIN = b"BEGIN READ WRITE"
_NOT_WAITED_FOR = b"; SET LOCAL synchronous_commit TO OFF"
_DEFAULTS = {"connect_timeout": "10", "application_name": "spotter"}
_TOKEN = re.compile(
    r"""(?P<kept>'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*.*?\*/|::)|:(?P<name>[A-Za-z_]\w*)|%""", re.DOTALL
)


async def open_postgres(url: str, *, revisions: migrate.Revisions) -> Store:
    """Connects, with the schema upgraded as needed."""
    conninfo = _conninfo(url)
    await asyncio.to_thread(_prepare, conninfo, revisions)
    return _PostgresStore(conninfo)


class _PostgresConnection(Connection):
    row_locks = True

    def __init__(self, store: Store, raw: Raw, owner: asyncio.Task[None] | None = None) -> None:
        super().__init__(store, owner)
        self._raw = raw

    async def _rows(self, sql: str, params: Bound) -> list[Row]:
        cursor = await self._cursor(sql, params)
        return await cursor.fetchall()

    async def _run(self, sql: str, params: Bound) -> int:
        return (await self._cursor(sql, params)).rowcount

    async def _run_each(self, sql: str, rows: Sequence[Bound]) -> None:
        try:
            await self._raw.cursor().executemany(translated(sql), rows)
        except psycopg.Error as error:
            raise self._told(error) from error

    async def _cursor(self, sql: str, params: Bound) -> psycopg.AsyncCursor[Row]:
        try:
            return await self._raw.execute(translated(sql), params)
        except psycopg.Error as error:
            raise self._told(error) from error

    def _told(self, error: psycopg.Error) -> StoreError:
        """The same in our own words."""
        if isinstance(error, psycopg.IntegrityError):
            return StoreConflict(f"The schema forbids it: {error.diag.message_primary}.")
        if isinstance(
            error,
            psycopg.errors.LockNotAvailable
            | psycopg.errors.DeadlockDetected
            | psycopg.errors.SerializationFailure,
        ):
            return StoreLocked("Another process keeps what is needed here.")
        if isinstance(error, psycopg.errors.DiskFull | psycopg.errors.OutOfMemory):
            return StoreUnreachable("PostgreSQL has no room left.")
        if self._raw.closed:
            return StoreUnreachable("The connection to PostgreSQL was lost.")
        return StoreError(f"PostgreSQL did not do it: {error.diag.message_primary or error}.")


class _PostgresTransaction(_PostgresConnection, Transaction):
    def __init__(self, store: Store, raw: Raw, lasting: bool) -> None:
        super().__init__(store, raw, asyncio.current_task())
        self._lasting = lasting

    async def begin(self) -> None:
        try:
            await self._raw.execute(_BEGIN if self._lasting else _BEGIN + _NOT_WAITED_FOR)
        except psycopg.Error as error:
            raise self._told(error) from error

    async def commit(self) -> None:
        await self._run("COMMIT", {})

    async def rollback(self) -> None:
        try:
            if self._raw.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
                await self._raw.execute(b"ROLLBACK")
        except psycopg.Error:
            await _drop(self._raw)


class _PostgresStore(Store):
    def __init__(self, conninfo: str) -> None:
        super().__init__()
        self._conninfo = conninfo
        self._idle: list[Raw] = []
        # Apart, so that a reader that goes on to write can never wait for itself.
        self._writers = asyncio.Semaphore(CONNECTIONS)
        self._readers = asyncio.Semaphore(CONNECTIONS)

    @asynccontextmanager
    async def _transaction(self, lasting: bool) -> AsyncIterator[Transaction]:
        async with self._writers, self._lent() as raw:
            yield _PostgresTransaction(self, raw, lasting)

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[Connection]:
        async with self._readers, self._lent() as raw:
            yield _PostgresConnection(self, raw)

    @asynccontextmanager
    async def _lent(self) -> AsyncIterator[Raw]:
        raw = await self._fetched()
        try:
            yield raw
        finally:
            if self._closed or raw.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
                await _drop(raw)
            else:
                self._idle.append(raw)

    async def _fetched(self) -> Raw:
        while self._idle:
            raw = self._idle.pop()
            if not _stale(raw):
                return raw
            await _drop(raw)
        self._check_open()
        return await _connect(self._conninfo)

    async def _close(self) -> None:
        while self._idle:
            await self._idle.pop().close()


async def _drop(raw: Raw) -> None:
    """Closes a connection that may be broken already."""
    with suppress(psycopg.Error):
        await raw.close()


def _stale(raw: Raw) -> bool:
    """Whether an idle connection has ended: the server has hung up where there is something to read."""
    if raw.closed:
        return True
    if not hasattr(select, "poll"):  # Windows: found out by the statement that fails
        return False
    poll = select.poll()
    poll.register(raw.fileno(), select.POLLIN)
    return bool(poll.poll(0))


async def _connect(conninfo: str) -> Raw:
    try:
        raw = await psycopg.AsyncConnection.connect(conninfo, autocommit=True)
        try:
            await raw.execute(_SESSION)
        except BaseException:
            await _drop(raw)
            raise
    except psycopg.Error as error:
        raise _unreachable(conninfo, error) from None
    return raw


def _prepare(conninfo: str, revisions: migrate.Revisions) -> None:
    """The database answers and has the schema of this program."""
    try:
        with psycopg.connect(conninfo, autocommit=True) as raw:
            found = _revision(raw)
        if found != revisions.head:
            migrate.upgrade_postgres(conninfo, found, revisions)
    except psycopg.OperationalError as error:
        raise _unreachable(conninfo, error) from None


def _revision(raw: psycopg.Connection[Any]) -> str | None:
    row = raw.execute("SELECT to_regclass('alembic_version')").fetchone()
    if row is None or row[0] is None:
        return None
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def _conninfo(url: str) -> str:
    """The address as libpq takes it, completed. Its complaints repeat the address, so they are not passed on."""
    try:
        return make_conninfo(**(_DEFAULTS | conninfo_to_dict(url)))  # type: ignore[arg-type]
    except psycopg.ProgrammingError:
        raise StoreAddressInvalid(
            "DATABASE_URL is no PostgreSQL address. One looks like postgresql://user:password@host:5432/name."
        ) from None


def _unreachable(conninfo: str, error: psycopg.Error) -> StoreUnreachable:
    parts = conninfo_to_dict(conninfo)
    where = f"{parts.get('host', 'localhost')}, database {parts.get('dbname', 'of the user')}"
    told = f"Cannot reach PostgreSQL ({where}): {' '.join(str(error).split())}"
    password = str(parts.get("password") or "")
    return StoreUnreachable(told.replace(password, "***") if password else told)


@lru_cache(maxsize=512)
def translated(sql: str) -> bytes:
    """`:name` as psycopg writes it. Literals, quoted names, comments and casts stay as they are; % is doubled."""
    return _TOKEN.sub(_token, sql).encode()


def _token(found: re.Match[str]) -> str:
    if found["name"] is not None:
        return f"%({found['name']})s"
    return found[0].replace("%", "%%")
