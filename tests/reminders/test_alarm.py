"""The alarm beside the real scheduler: whatever the clock does and the database says, it goes on."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pytest

from bot import alarm as alarm_module
from bot.alarm import Alarm
from core.errors import StoreLocked
from core.model import Athlete
from core.store import Store, open_store, people, reminders
from core.store.messages import StoredReply
from core.store.reminders import Due

SECOND = timedelta(seconds=1)
WITHIN_S = 25.0
"""It would look again by itself after `LONGEST`, which is more."""


@pytest.fixture
async def store(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """An open store without rows; what is due is tried on both databases where it is stored and claimed."""
    shutil.copy(sqlite_template, tmp_path / "spotter.db")
    opened = await open_store(f"sqlite:///{tmp_path / 'spotter.db'}", now=datetime.now(UTC))
    yield opened
    await opened.close()


@dataclass
class Clock:
    """The computer's clock, which somebody sets."""

    off: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.off


@dataclass
class Says:
    """Says everything that is due; `breaks` so many times before."""

    store: Store
    said: list[tuple[datetime, str]] = field(default_factory=list)
    breaks: list[BaseException] = field(default_factory=list)
    more: asyncio.Event = field(default_factory=asyncio.Event)
    slow: float = 0.0
    at_work: asyncio.Event = field(default_factory=asyncio.Event)
    free: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.free.set()

    async def remind(self, due: Due, *, now: datetime) -> StoredReply | None:
        self.at_work.set()
        await self.free.wait()
        await asyncio.sleep(self.slow)
        if self.breaks:
            raise self.breaks.pop()
        async with self.store.write() as conn:
            if await reminders.claim(conn, due):
                self.said.append((now, due.kind))
                self.more.set()
        return None

    async def has(self, count: int) -> None:
        async with asyncio.timeout(WITHIN_S):
            while len(self.said) < count:
                self.more.clear()
                await self.more.wait()


@dataclass
class Watched(Alarm):
    """An alarm whose looks are counted."""

    looked: asyncio.Event = field(default_factory=asyncio.Event)

    async def look(self) -> datetime:
        again = await super().look()
        self.looked.set()
        return again

    async def has_looked(self) -> None:
        """Waits until a look is over that began now or later: one may be at it."""
        for _ in range(2):
            self.looked.clear()
            self.sooner(self.clock())
            async with asyncio.timeout(WITHIN_S):
                await self.looked.wait()


class Roomy:
    """Always takes more."""

    def room(self) -> int:
        return 10

    def tell(self, reply: StoredReply) -> None:
        raise AssertionError("nothing is said here")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that the scheduler reads too, looked at often."""
    found = Clock()

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return datetime.now(tz) + found.off

    for name in ("apscheduler.schedulers.base", "apscheduler.triggers.interval", "bot.alarm"):
        monkeypatch.setattr(sys.modules[name], "datetime", Shifted)
    monkeypatch.setattr(alarm_module, "WATCHED_S", 0.1)
    monkeypatch.setattr(alarm_module, "SOON", 0.3 * SECOND)
    return found


@asynccontextmanager
async def running(store: Store, clock: Clock) -> AsyncIterator[tuple[Watched, Says]]:
    says = Says(store)
    alarm = Watched(store, "test", says, Roomy(), clock)
    task = asyncio.create_task(alarm.run())
    async with asyncio.timeout(WITHIN_S):
        await alarm.looked.wait()
    try:
        yield alarm, says
        assert not task.done()
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def arms(store: Store, kind: str, at: datetime) -> None:
    async with store.write() as conn:
        if await people.get(conn, "ann") is None:
            await people.add(conn, Athlete("ann", "Ann", "kg", False, "UTC", "en", at), "test", "7", "Ann")
        await reminders.arm(conn, Due("ann", kind, at, "test", "7"))


async def test_it_wakes_when_something_is_due_and_once(store: Store, clock: Clock) -> None:
    due = clock() + SECOND
    await arms(store, "rest", due)
    async with running(store, clock) as (alarm, says):
        await says.has(1)
        await alarm.has_looked()
    assert [kind for _, kind in says.said] == ["rest"]
    assert says.said[0][0] >= due


async def test_what_was_stored_earlier_is_not_waited_for(store: Store, clock: Clock) -> None:
    async with running(store, clock) as (alarm, says):
        due = clock() + 0.4 * SECOND
        await arms(store, "rest", due)
        alarm.sooner(due + 3600 * SECOND)
        alarm.sooner(due)
        alarm.sooner(due + 60 * SECOND)
        await says.has(1)
        assert says.said[0][0] >= due


async def test_sooner_of_what_is_past_is_at_once(store: Store, clock: Clock) -> None:
    async with running(store, clock) as (alarm, says):
        due = clock() - 60 * SECOND
        await arms(store, "missed", due)
        alarm.sooner(due)
        await says.has(1)


async def test_the_clock_is_set_back_an_hour(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarm_module, "LONGEST", SECOND)
    async with running(store, clock) as (alarm, says):
        clock.off -= timedelta(hours=1)
        due = clock() + SECOND
        await arms(store, "rest", due)  # as another process would: nobody says that it is sooner
        await says.has(1)
        assert says.said[0][0] >= due
        clock.off += timedelta(hours=1)
        await alarm.has_looked()
        assert len(says.said) == 1


async def test_the_clock_is_set_ahead_a_day(store: Store, clock: Clock) -> None:
    await arms(store, "session", clock() + timedelta(hours=2))
    await arms(store, "digest", clock() + timedelta(days=2))
    async with running(store, clock) as (alarm, says):
        clock.off += timedelta(days=1)
        await says.has(1)
        await alarm.has_looked()
        assert [kind for _, kind in says.said] == ["session"]
        clock.off -= timedelta(days=1)
        await alarm.has_looked()
        clock.off += timedelta(days=3)
        await says.has(2)
    assert [kind for _, kind in says.said] == ["session", "digest"]


async def test_what_is_stored_while_it_looks_is_not_waited_for(store: Store, clock: Clock) -> None:
    async with running(store, clock) as (alarm, says):
        says.free.clear()
        await arms(store, "rest", clock())
        alarm.sooner(clock())
        async with asyncio.timeout(WITHIN_S):
            await says.at_work.wait()
        due = clock() - SECOND
        await arms(store, "missed", due)
        alarm.sooner(due)
        says.free.set()
        await says.has(2)
        assert [kind for _, kind in says.said] == ["rest", "missed"]


async def test_a_look_that_takes_long_is_followed_by_the_next(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarm_module, "AT_ONCE", 1)
    now = clock() + 0.5 * SECOND
    for kind in ("rest", "missed", "digest"):
        await arms(store, kind, now)
    async with running(store, clock) as (_, says):
        says.slow = 0.5
        await says.has(3)


@pytest.mark.parametrize("error", [StoreLocked("busy"), RuntimeError("ours")], ids=["store", "ours"])
async def test_an_error_does_not_end_it(
    store: Store, clock: Clock, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarm_module, "LONGEST", SECOND)
    monkeypatch.setattr(alarm_module, "PUT_OFF", SECOND)
    await arms(store, "rest", clock() + 0.5 * SECOND)
    async with running(store, clock) as (_, says):
        says.breaks += [error]
        await says.has(1)
        await arms(store, "missed", clock() + 0.5 * SECOND)
        await says.has(2)
    assert not says.breaks


async def test_what_always_breaks_holds_up_nobody_else(store: Store, clock: Clock) -> None:
    """An athlete whose reminder breaks us is passed over: the others' come."""
    await arms(store, "rest", clock() - 2 * SECOND)
    await arms(store, "missed", clock() - SECOND)
    says = Says(store)
    usual = says.remind

    async def breaks(due: Due, *, now: datetime) -> StoredReply | None:
        if due.kind == "rest":
            raise RuntimeError("ours")
        return await usual(due, now=now)

    says.remind = breaks  # type: ignore[method-assign]
    alarm = Alarm(store, "test", says, Roomy(), clock)
    for _ in range(2):
        with suppress(RuntimeError):
            await alarm.look()
    assert [kind for _, kind in says.said] == ["missed"]
