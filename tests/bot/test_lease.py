"""Two processes on one database: one of them serves a platform, the other takes over when that is gone."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

import pytest

from bot.lease import PlatformLease, Process, TakenOver
from core.store import Store
from core.store.serial import write_instant
from tests.coach.gym_floor import BEGAN
from tests.doors.watched import WatchedStore

LASTS = timedelta(milliseconds=60)
OURS = Process("here", os.getpid(), "a")


class Clock:
    """A clock that somebody sets."""

    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> datetime:
        return self.now


class Serving:
    """A process that serves, or waits to."""

    def __init__(self, store: Store, clock: Clock, me: Process) -> None:
        self.lease = PlatformLease(store, "Telegram", clock, me=me, lasts=LASTS)
        self.serves = asyncio.Event()
        self.told: list[str] = []
        self.waits = asyncio.Event()
        self.ends = asyncio.Event()

    async def work(self) -> None:
        self.serves.set()
        await self.ends.wait()

    def tell(self, sentence: str) -> None:
        self.told.append(sentence)
        self.waits.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.Task[None]]:
        task = asyncio.create_task(self.lease.during(self.work, self.tell))
        try:
            known = [asyncio.create_task(one.wait()) for one in (self.serves, self.waits)]
            await asyncio.wait([*known, task], return_when=asyncio.FIRST_COMPLETED)
            for one in known:
                one.cancel()
            yield task
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError, TakenOver):
                await task


def elsewhere(life: str) -> Process:
    """A process on a machine of its own: no other sees whether it still runs."""
    return Process(f"machine {life}", 1, life)


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def within(event: asyncio.Event) -> None:
    await asyncio.wait_for(event.wait(), 10)


async def test_the_second_waits_until_the_first_ends(store: Store, clock: Clock) -> None:
    first, second = Serving(store, clock, elsewhere("a")), Serving(store, clock, elsewhere("b"))
    async with first.running(), second.running():
        await within(first.serves)
        await within(second.waits)
        assert not second.serves.is_set()
        first.ends.set()
        await within(second.serves)
    assert second.told == ["Another Spotter serves Telegram from this database. Waiting until it stops."]
    assert first.told == []


async def test_a_lease_that_is_kept_outlasts_its_time(store: Store, clock: Clock) -> None:
    watched = WatchedStore(store)
    first, second = Serving(watched, clock, elsewhere("a")), Serving(store, clock, elsewhere("b"))
    async with first.running() as serving, second.running():
        await within(second.waits)
        for _ in range(20):
            clock.now += LASTS / 2
            ends = write_instant(clock.now + LASTS)
            await watched.until(lambda ends=ends: holds(watched, ends))  # type: ignore[misc]
        assert not second.serves.is_set()
        assert not serving.done()


async def holds(store: WatchedStore, until: str) -> bool:
    return await store.count("SELECT COUNT(*) FROM leases WHERE until = :until", until=until) == 1


async def test_what_was_left_without_a_word_is_free_when_its_time_is_over(store: Store, clock: Clock) -> None:
    await left_by(store, clock, elsewhere("a"))
    second = Serving(store, clock, elsewhere("b"))
    async with second.running():
        await within(second.waits)
        assert not second.serves.is_set()
        clock.now += LASTS
        await within(second.serves)


@pytest.mark.parametrize("gone", [Process("here", 2**22 + 1, "a"), Process("here", os.getpid(), "before")])
async def test_a_process_that_is_seen_to_be_gone_is_not_waited_for(
    store: Store, clock: Clock, gone: Process
) -> None:
    await left_by(store, clock, gone)
    second = Serving(store, clock, OURS)
    async with second.running():
        await within(second.serves)
    assert second.told == []


async def left_by(store: Store, clock: Clock, process: Process) -> None:
    """A process takes the lease and is killed: nothing is released."""
    lease = PlatformLease(store, "Telegram", clock, me=process, lasts=LASTS)
    assert await lease._taken() == str(process)


async def test_one_that_was_away_for_too_long_stops(store: Store, clock: Clock) -> None:
    first = Serving(store, clock, elsewhere("a"))
    async with first.running() as serving:
        await within(first.serves)
        clock.now += LASTS
        await left_by(store, clock, elsewhere("b"))
        with pytest.raises(TakenOver):
            await asyncio.wait_for(serving, 10)


async def test_what_breaks_the_work_is_passed_on_and_frees_the_platform(store: Store, clock: Clock) -> None:
    async def breaks() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await Serving(store, clock, OURS).lease.during(breaks, print)
    second = Serving(store, clock, elsewhere("b"))
    async with second.running():
        await within(second.serves)
