"""What is due among a million rows, against a bare indexed query; and what an hour costs in which nothing is due."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Final

from bot.alarm import LONGEST, Alarm
from core.store import Store, open_store, reminders
from core.store.messages import StoredReply
from core.store.reminders import Due
from tests.bench.lines import Line, Measure

ROWS: Final = 1_000_000
TAKEN: Final = 20
ROUNDS: Final = 200
GOAL: Final = 3.0
"""The most that finding what is due may take, as a multiple of the bare query (own choice)."""
NOW: Final = datetime(2026, 11, 20, 18, tzinfo=UTC)
PLATFORM: Final = "telegram"
_BARE: Final = (
    "SELECT athlete_id, kind, due_at, platform, chat, about FROM reminders"
    " WHERE platform = ? AND due_at <= ? ORDER BY due_at LIMIT ?"
)


class _Idle:
    def room(self) -> int:
        return TAKEN

    def tell(self, reply: StoredReply) -> None:
        raise AssertionError("nothing is due")


class _Silent:
    async def remind(self, due: Due, *, now: datetime) -> StoredReply | None:
        raise AssertionError("nothing is due")


async def due(folder: Path) -> list[Line | Measure]:
    """Finding and claiming what is due, and an idle hour."""
    path = folder / "due.db"
    store = await open_store(f"sqlite:///{path}", now=NOW)
    try:
        _fill(path)
        found, bare = await _finding(store, path)
        claimed = await _claiming(store)
        idle = await _idle_hour(store)
    finally:
        await store.close()
    return [
        Line(f"finding {TAKEN} due of {ROWS:,} reminders / a bare indexed query", found / bare, GOAL),
        Line("claiming one in a transaction of its own / the bare query", claimed / bare),
        Measure("an hour in which nothing is due, processor time", 1000 * idle, "ms"),
    ]


def _fill(path: Path) -> None:
    """A million athletes with a reminder each, a minute apart; the first hundred thousand are due."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA synchronous = OFF")
        raw.executemany(
            "INSERT INTO athletes (id, name, unit, unit_chosen, zone, language, created_at, greeted)"
            " VALUES (?, 'a', 'kg', 1, 'UTC', 'en', '', 1)",
            ((f"{number:07}",) for number in range(ROWS)),
        )
        first = NOW - timedelta(minutes=ROWS // 10)
        raw.executemany(
            "INSERT INTO reminders (athlete_id, kind, due_at, platform, chat, about) VALUES (?, 'rest', ?, ?, ?, '{}')",
            (
                (f"{number:07}", _text(first + timedelta(minutes=number)), PLATFORM, f"{number}")
                for number in range(ROWS)
            ),
        )
        raw.commit()


def _text(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")[:26] + "Z"


async def _finding(store: Store, path: Path) -> tuple[float, float]:
    """Seconds for what is due, ours and bare, turn about."""
    ours: list[float] = []
    bare: list[float] = []
    with closing(sqlite3.connect(path)) as raw:
        for _ in range(ROUNDS):
            ours.append(await _seconds(lambda: _found(store)))
            began = perf_counter()
            assert len(raw.execute(_BARE, (PLATFORM, _text(NOW), TAKEN)).fetchall()) == TAKEN
            bare.append(perf_counter() - began)
    return median(ours), median(bare)


async def _seconds(call: Callable[[], Awaitable[object]]) -> float:
    began = perf_counter()
    await call()
    return perf_counter() - began


async def _found(store: Store) -> None:
    async with store.read() as conn:
        assert len(await reminders.waiting(conn, PLATFORM, NOW, TAKEN)) == TAKEN


async def _claiming(store: Store) -> float:
    async with store.read() as conn:
        waiting = await reminders.waiting(conn, PLATFORM, NOW, ROUNDS)

    async def claimed(one: Due) -> None:
        async with store.write() as conn:
            assert await reminders.claim(conn, one)

    return median([await _seconds(lambda one=one: claimed(one)) for one in waiting])  # type: ignore[misc]


async def _idle_hour(store: Store) -> float:
    """Seconds of the processor for as many looks as an hour has, none of which finds anything."""
    alarm = Alarm(store, "nowhere", _Silent(), _Idle(), lambda: NOW)
    looks = int(timedelta(hours=1) / LONGEST)
    began = process_time()
    for _ in range(looks):
        await alarm.look()
    return process_time() - began


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as name:
        print(*asyncio.run(due(Path(name))), sep="\n")
