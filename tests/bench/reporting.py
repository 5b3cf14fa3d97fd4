"""Inside a bot that is measured: it says what it has taken whenever it is asked, and how much of that is storage."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextlib import suppress
from functools import wraps
from time import process_time, thread_time
from typing import Any, ParamSpec, TypeVar

import psutil  # type: ignore[import-untyped]

from core.store import Store

P = ParamSpec("P")
T = TypeVar("T")

Ready = Callable[[], None]

_PROBES = 400

_stored = 0.0
"""Seconds that the event loop's own thread has spent inside statements."""
_statements = 0
_hop = 0.0
"""Seconds that the event loop takes to hear that a statement is done, besides those."""


class _Timed(Awaitable[T]):
    """A coroutine whose own steps are timed, without what other tasks do while it waits."""

    def __init__(self, work: Coroutine[Any, Any, T]) -> None:
        self._work = work

    def __await__(self) -> Generator[Any, Any, T]:
        global _stored
        inner = self._work.__await__()
        value = None
        while True:
            began = thread_time()
            try:
                waits_for = inner.send(value)
            except StopIteration as end:
                result: T = end.value
                return result
            finally:
                _stored += thread_time() - began
            value = yield waits_for


def _timed(method: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    @wraps(method)
    async def call(*args: P.args, **kwargs: P.kwargs) -> T:
        global _statements
        _statements += 1
        return await _Timed(method(*args, **kwargs))

    return call


def watch_storage() -> None:
    """From now on statements are timed; those that begin and end transactions, too."""
    from core.store.sqlite import _SqliteConnection

    for name in ("_rows", "_run", "_run_each"):
        setattr(_SqliteConnection, name, _timed(getattr(_SqliteConnection, name)))


async def hop(store: Store) -> None:
    """Measures what waiting for a statement takes, which is storage, too: by one that does nothing."""
    global _hop
    await _probed(store)
    before, processor = _spent()["storage"], process_time()
    await _probed(store)
    _hop = (process_time() - processor - (_spent()["storage"] - before)) / _PROBES


async def _probed(store: Store) -> None:
    async with store.read() as conn:
        for _ in range(_PROBES):
            await conn.execute("SELECT 1")


async def report(serve: Callable[[Ready], Coroutine[Any, Any, None]]) -> None:
    """Serves with what is given, to be called when it is ready, and answers every line on standard input until that
    ends."""
    _leave_the_server_alone()
    ready = asyncio.Event()
    task = asyncio.create_task(serve(ready.set))
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if not task.done():
        _say("ready\n")
        await _asked()
    waiting.cancel()
    task.cancel()
    await asyncio.gather(task, waiting, return_exceptions=True)


async def _asked() -> None:
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while await lines.readline():
        _say(json.dumps(_spent()) + "\n")


def _spent() -> dict[str, float]:
    """The database has threads of its own, and nothing else here has."""
    processor = process_time()
    return {
        "processor": processor,
        "storage": processor - thread_time() + _stored + _statements * _hop,
        "memory": psutil.Process().memory_info().rss,
    }


def _say(line: str) -> None:
    sys.stdout.write(line)
    sys.stdout.flush()


def _leave_the_server_alone() -> None:
    """The bench stays on one processor; its bots stay on another, where there is one."""
    if sys.platform == "linux":
        others = set(range(os.cpu_count() or 1)) - os.sched_getaffinity(0)
        with suppress(OSError, IndexError):
            os.sched_setaffinity(0, {sorted(others)[0]})
