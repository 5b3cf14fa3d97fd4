"""A store that says when something was written, so that a test can wait for what a door does out of sight."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from core.store import Connection, Store
from core.store.connection import Transaction


class WatchedStore(Store):
    """Another store, watched."""

    def __init__(self, inner: Store) -> None:
        super().__init__()
        self._inner = inner
        self._written = asyncio.Event()

    @asynccontextmanager
    async def write(self, *, lasting: bool = True) -> AsyncIterator[Connection]:
        """A transaction of the other store."""
        async with super().write(lasting=lasting) as conn:
            yield conn
        self._written.set()

    async def until(self, holds: Callable[[], Awaitable[bool]], within: float = 10.0) -> None:
        """Waits until something holds; looked at again after every write. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while True:
                self._written.clear()
                if await holds():
                    return
                await self._written.wait()

    async def count(self, sql: str, **params: str) -> int:
        """The number that a query gives."""
        async with self.read() as conn:
            return int((await conn.execute(sql, params))[0][0])

    def _transaction(self, lasting: bool) -> AbstractAsyncContextManager[Transaction]:
        return self._inner._transaction(lasting)

    def _reading(self) -> AbstractAsyncContextManager[Connection]:
        return self._inner._reading()

    async def _close(self) -> None:
        await self._inner.close()
