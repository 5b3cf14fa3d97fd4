"""What a database is to the rest of the house: a store that opens transactions, and a connection that runs SQL.

SQL is written in the subset that SQLite and PostgreSQL share, with named parameters (`:name`). A parameter that is
a tuple stands for a list: `id IN (:ids)`; an empty one matches nothing (under NOT, too: ask otherwise).
"""

from __future__ import annotations

import asyncio
import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.errors import StoreError

Value = str | int | float | bytes | None
Params = Mapping[str, Value | tuple[Value, ...]]
Bound = dict[str, Value]
Row = tuple[Any, ...]

WAIT_SECONDS = 5
"""How long a writer waits for another process, on either database, before StoreLocked (own choice)."""

# Neither database holds both of these in text: NUL (PostgreSQL), halves of a surrogate pair (either).
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Connection(ABC):
    """Runs statements, inside one transaction (`Store.write`) or for reading only (`Store.read`)."""

    row_locks: bool
    """Whether others may write at the same time, so that rows have to be locked."""

    def __init__(self, store: Store, owner: asyncio.Task[Any] | None = None) -> None:
        self._store = store
        self._owner = owner
        self._over = False

    async def execute(self, sql: str, params: Params | None = None) -> list[Row]:
        """The rows of a query."""
        self._check()
        self._store.statements += 1
        return await self._rows(*bind(sql, params or {}))

    async def run(self, sql: str, params: Params | None = None) -> int:
        """Runs a statement that changes rows; how many."""
        self._check()
        self._store.statements += 1
        return await self._run(*bind(sql, params or {}))

    async def run_each(self, sql: str, rows: Sequence[Params]) -> None:
        """Runs one statement once for each of the parameters, which may hold no lists."""
        self._check()
        if rows:
            self._store.statements += len(rows)
            await self._run_each(sql, [bind(sql, row)[1] for row in rows])

    def _check(self) -> None:
        if self._over:
            raise StoreError("This transaction is over.")
        if self._owner is not None and asyncio.current_task() is not self._owner:
            # Another task would commit, or lose, what is half done here.
            raise StoreError("A transaction belongs to the task that began it.")

    @abstractmethod
    async def _rows(self, sql: str, params: Bound) -> list[Row]: ...

    @abstractmethod
    async def _run(self, sql: str, params: Bound) -> int: ...

    @abstractmethod
    async def _run_each(self, sql: str, rows: Sequence[Bound]) -> None: ...


class Transaction(Connection):
    """A connection while it belongs to one task. The drivers say how it begins and ends."""

    @abstractmethod
    async def begin(self) -> None: ...

    @abstractmethod
    async def commit(self) -> None:
        """From here on it is the store's to keep: it is kept once the store's `_transaction` has ended."""

    @abstractmethod
    async def rollback(self) -> None:
        """Leaves the connection clean, or closed. Raises nothing."""

    def end(self) -> None:
        """From now on, whoever still holds this is told that it is over."""
        self._over = True


class Store(ABC):
    """An open database. Close it: its threads and sockets do not end by themselves."""

    statements: int = 0
    """How many statements have been run, without those that begin and end transactions."""
    file: Path | None = None
    """The file that it is, None on a server."""

    def __init__(self) -> None:
        self._writing: set[asyncio.Task[Any]] = set()
        self._closed = False

    @asynccontextmanager
    async def write(self, *, lasting: bool = True) -> AsyncIterator[Connection]:
        """One transaction: kept if the block ends normally; rolled back on any exception and on cancellation.

        One at a time on SQLite. Await nothing in it but the connection. Raises StoreLocked where another process
        writes for too long. When the task is cancelled while the transaction commits, it may have been kept.
        Where it need not be `lasting`, it costs less, outlives this process, and may be lost with the machine's power.
        """
        with self._entered():
            async with self._transaction(lasting) as transaction:
                try:
                    await transaction.begin()
                    yield transaction
                    await transaction.commit()
                except BaseException:
                    await settle(transaction.rollback())
                    raise
                finally:
                    transaction.end()

    def read(self) -> AbstractAsyncContextManager[Connection]:
        """For reading only. Each statement sees what has been committed before it; writing raises StoreError."""
        if asyncio.current_task() in self._writing:
            # It would not see what the transaction has written, and on PostgreSQL could wait for itself.
            raise StoreError("Inside a transaction, read through its own connection.")
        self._check_open()
        return self._reading()

    async def tidy(self) -> None:
        """Learns anew how its rows are best searched, where it does not do that by itself. Raises StoreError."""
        return

    async def close(self) -> None:
        """Ends what is open. A second call does nothing."""
        if not self._closed:
            self._closed = True
            await settle(self._close())

    @contextmanager
    def _entered(self) -> Iterator[None]:
        """Marks the present task as writing, once: inside its own transaction it would wait for itself for ever."""
        self._check_open()
        task = asyncio.current_task()
        if task is None or task in self._writing:
            raise StoreError("A transaction cannot be opened inside another.")
        self._writing.add(task)
        try:
            yield
        finally:
            self._writing.discard(task)

    def _check_open(self) -> None:
        if self._closed:
            raise StoreError("The store has been closed.")

    @abstractmethod
    def _transaction(self, lasting: bool) -> AbstractAsyncContextManager[Transaction]: ...

    @abstractmethod
    def _reading(self) -> AbstractAsyncContextManager[Connection]: ...

    @abstractmethod
    async def _close(self) -> None: ...


async def settle(work: Coroutine[Any, Any, None]) -> None:
    """Awaits `work` to its end, even if cancelled meanwhile; the cancellation is raised after it."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled
    task.result()


def bind(sql: str, params: Params) -> tuple[str, Bound]:
    """Statement and parameters with lists spread out, and text made storable (what is not becomes U+FFFD)."""
    bound: Bound = {}
    for name, value in params.items():
        if isinstance(value, str):
            plain = value.isascii() and "\x00" not in value
            bound[name] = value if plain else _UNSTORABLE.sub("\ufffd", value)
        elif isinstance(value, tuple):
            spread = {f"{name}_{number}": item for number, item in enumerate(value)}
            sql = _spread(sql, name, len(value))
            bound.update(spread)
        else:
            bound[name] = value
    return sql, bound


@lru_cache(maxsize=256)
def _spread(sql: str, name: str, count: int) -> str:
    listed = ", ".join(f":{name}_{number}" for number in range(count)) if count else "NULL"
    return re.sub(rf":{name}\b", listed, sql)
