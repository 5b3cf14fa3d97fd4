"""On SQLite, writers that wait for one another are kept together: all of them, or those that did nothing wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from core.store import Store, people
from core.store.sqlite import TOGETHER, _SqliteStore
from tests.store.gym import Gym
from tests.store.test_connection import kept

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def write(gym: Gym, key: str, *more: str) -> None:
    """One writer: what it remembers, then other statements."""
    async with gym.store.write() as conn:
        await people.remember(conn, gym.lifter.id, key, "1")
        for sql in more:
            await conn.run(sql)


@asynccontextmanager
async def busy(store: Store) -> AsyncIterator[asyncio.Task[None]]:
    """Somebody writes all the while; whoever comes has to wait until the end."""
    begun, over = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with store.write():
            begun.set()
            await over.wait()

    writing = asyncio.create_task(first())
    await begun.wait()
    yield writing
    over.set()


async def results(gym: Gym, *writers: Sequence[str]) -> list[str]:
    """How it ends for somebody who writes, and then for those who had to wait for them."""
    async with busy(gym.store) as first:
        tasks = [asyncio.create_task(write(gym, *one)) for one in writers]
        await asyncio.sleep(0)
    ended = await asyncio.gather(first, *tasks, return_exceptions=True)
    return ["kept" if one is None else type(one).__name__ for one in ended]


async def test_those_that_wait_are_kept_together(gym: Gym) -> None:
    assert isinstance(gym.store, _SqliteStore)
    said: list[str] = []
    gym.store._shared.raw.here.set_trace_callback(said.append)
    number = 3 * TOGETHER - 1  # and the one they wait for
    assert await results(gym, *((f"{one}",) for one in range(number))) == ["kept"] * (number + 1)
    assert len(await kept(gym.store)) == number
    assert said.count("COMMIT") == 3


async def test_one_that_fails_takes_nothing_of_the_others_with_it(gym: Gym) -> None:
    ended = await results(gym, ("a",), ("b", "INSERT INTO nowhere VALUES (1)"), ("c",))
    assert ended == ["kept", "kept", "StoreError", "kept"]
    assert await kept(gym.store) == {"a", "c"}


async def test_the_last_that_fails_leaves_those_before_it_kept(gym: Gym) -> None:
    ended = await results(gym, ("a",), ("b", "INSERT INTO nowhere VALUES (1)"))
    assert ended == ["kept", "kept", "StoreError"]
    assert await kept(gym.store) == {"a"}


_NOBODYS = "INSERT INTO preferences (athlete_id, key, value) VALUES ('nobody', 'b', '1')"


async def test_all_are_told_when_they_could_not_be_kept(gym: Gym) -> None:
    ended = await results(gym, ("a",), ("b", "PRAGMA defer_foreign_keys = ON", _NOBODYS), ("c",))
    assert ended == ["StoreConflict"] * 4
    assert await kept(gym.store) == set()
    await write(gym, "after")
    assert await kept(gym.store) == {"after"}


async def test_all_are_told_when_an_error_undid_what_they_had_done(gym: Gym) -> None:
    undone = "INSERT OR ROLLBACK INTO preferences (athlete_id, key, value) VALUES (NULL, 'b', '1')"
    ended = await results(gym, ("a",), ("b", undone), ("c",))
    assert ended == ["StoreUnreachable", "StoreUnreachable", "StoreConflict", "kept"]
    assert await kept(gym.store) == {"c"}


async def test_whoever_is_cancelled_while_waiting_leaves_nobody_behind(gym: Gym) -> None:
    for number in range(30):
        async with busy(gym.store) as holder:
            first = asyncio.create_task(write(gym, f"{number}"))
            second = asyncio.create_task(write(gym, "second"))
            await asyncio.sleep(0)
        for _ in range(number):
            await asyncio.sleep(0)
        second.cancel()
        await asyncio.wait_for(asyncio.gather(holder, first), 5)
        await asyncio.gather(second, return_exceptions=True)
    assert await kept(gym.store) >= {f"{number}" for number in range(30)}


async def test_the_log_that_is_written_ahead_does_not_grow_for_ever(url: str, gym: Gym) -> None:
    for number in range(1500):
        await write(gym, f"{number}")
    assert _written_ahead(url) < 5_000_000


def _written_ahead(url: str) -> int:
    return Path(url.removeprefix("sqlite:///") + "-wal").stat().st_size
