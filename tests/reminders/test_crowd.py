"""Two processes on one database, and very many athletes due in the same minute."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.alarm import Alarm
from bot.dispatch import Dispatch
from bot.outbox import MOST_UNASKED, UNASKED_SHARE, Letter, Outbox
from bot.pacing import Pace
from core.errors import SpotterError
from core.model import Inbound
from core.store import Store, open_store
from core.store.messages import StoredReply
from tests.reminders.crowd import NOW, PLATFORM, gathers, number_of

LATER = NOW + timedelta(minutes=1)


@dataclass
class Pile:
    """Takes so much of what is said."""

    most: int
    said: list[StoredReply] = field(default_factory=list)

    def room(self) -> int:
        return min(7, self.most - len(self.said))

    def tell(self, reply: StoredReply) -> None:
        self.said.append(reply)


_DUE = "SELECT COUNT(*) FROM reminders WHERE due_at <= '2026-11-23T17:01'"
"""Until `LATER`."""


async def _rows(store: Store, sql: str) -> int:
    async with store.read() as conn:
        return int((await conn.execute(sql))[0][0])


async def test_two_processes_say_each_reminder_once(url: str) -> None:
    async with AsyncExitStack() as open_ones:
        stores = [await open_store(url, now=NOW) for _ in range(2)]
        for store in stores:
            open_ones.push_async_callback(store.close)
        await _both_speak(stores)


async def _both_speak(stores: list[Store]) -> None:
    await gathers(stores[0], 60)
    piles = [Pile(35), Pile(35)]  # neither can say all
    alarms = [
        Alarm(store, PLATFORM, Dispatch(store), pile, lambda: LATER)
        for store, pile in zip(stores, piles, strict=True)
    ]

    async def looks(alarm: Alarm) -> None:
        async with asyncio.timeout(60):
            while await _rows(stores[0], _DUE):
                with suppress(SpotterError):  # it is looked again, as the alarm does
                    await alarm.look()
                await asyncio.sleep(0)

    await asyncio.gather(*map(looks, alarms))
    told = Counter(reply.chat for pile in piles for reply in pile.said)
    assert set(told.values()) == {1}
    assert len(told) == 60
    assert await _rows(stores[0], "SELECT COUNT(*) FROM replies") == 60
    assert all(pile.said for pile in piles)


# A flood ---------------------------------------------------------------------------------------------------------

PACE = Pace(private=1.0, room=1.0, a_second=30)


@dataclass
class Post:
    """A platform that takes its time, and keeps when it was sent what."""

    sent: list[tuple[float, Letter]] = field(default_factory=list)
    platform: str = PLATFORM

    async def send(self, letter: Letter) -> str:
        self.sent.append((time.perf_counter(), letter))
        await asyncio.sleep(0.002)
        return str(len(self.sent))


@asynccontextmanager
async def served(
    store: Store, clock: Callable[[], datetime], post: Post
) -> AsyncIterator[tuple[Dispatch, Outbox]]:
    dispatch = Dispatch(store)
    outbox = Outbox(store, post, clock, PACE, grace=0.5)
    alarm = Alarm(store, PLATFORM, dispatch, outbox, clock)

    async def watches() -> None:
        while True:
            again = await alarm.look()
            # The clock stands still: what is due later is nobody's affair here.
            await asyncio.sleep(min(1.0, max(0.0, (again - clock()).total_seconds())))

    tasks = [asyncio.create_task(outbox.run()), asyncio.create_task(watches())]
    try:
        yield dispatch, outbox
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def answered(
    dispatch: Dispatch, outbox: Outbox, post: Post, seconds: float, now: datetime
) -> list[float]:
    """Twenty lifters text a set each in turn, five sets a second; the seconds from each set until its answer is sent."""
    asked: dict[str, float] = {}
    ends, number = time.perf_counter() + seconds, 0
    while time.perf_counter() < ends:
        number += 1
        chat = f"lifter{number % 20}"
        inbound = Inbound(
            PLATFORM, chat, str(number), chat, "Bo", f"squat 100x{5 + number % 3} @8", now, None
        )
        began = time.perf_counter()
        replies = await dispatch.handle(inbound, now=now)
        asked.update((one.reply_id, began) for one in replies)
        outbox.post(inbound, replies)
        await asyncio.sleep(0.2)
    await asyncio.sleep(0.3)
    when = {letter.reply.id: at for at, letter in post.sent}
    assert set(asked) <= set(when)
    return sorted(when[one] - at for one, at in asked.items())


@pytest.mark.parametrize(
    ("athletes", "seconds"), [(200, 3.0), pytest.param(100_000, 30.0, marks=pytest.mark.soak)]
)
async def test_a_flood_goes_out_oldest_first_at_its_pace_and_delays_no_answer(
    athletes: int, seconds: float, sqlite_template: Path, tmp_path: Path
) -> None:
    waits = {}
    for many in (0, athletes):
        path = tmp_path / f"{many}.db"
        shutil.copy(sqlite_template, path)
        store = await open_store(f"sqlite:///{path}", now=NOW)
        if many:
            await gathers(store, many)
        post = Post()
        async with served(store, lambda: LATER, post) as (dispatch, outbox):
            waits[many] = await answered(dispatch, outbox, post, seconds, LATER)
        await store.close()
    told = [(at, number_of(letter.to)) for at, letter in post.sent if letter.unasked]
    numbers = [number for _, number in told]
    share = round(UNASKED_SHARE * PACE.a_second)
    assert numbers == sorted(numbers)
    assert numbers == list(range(len(numbers)))
    assert len(numbers) >= 0.8 * share * seconds, "it goes on as fast as it may"
    times = [at for at, _ in told]
    most = max(sum(at <= other < at + 1 for other in times) for at in times)
    assert most <= share + 2
    alone, beside = waits[0], waits[athletes]
    print(f"answers after {_told(alone)} alone, {_told(beside)} beside {len(told)} reminders")
    assert beside[len(beside) // 2] < alone[len(alone) // 2] + 0.1
    assert beside[int(0.95 * len(beside))] < 0.5
    assert len(numbers) + MOST_UNASKED <= athletes, "there was more to say all the time"


def _told(waits: list[float]) -> str:
    return f"{1000 * waits[len(waits) // 2]:.0f} ms (most {1000 * waits[-1]:.0f})"
