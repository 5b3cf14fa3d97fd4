"""Older days are learned from while nobody waits: after many sets came at once, or one of long ago changed."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import date, timedelta

import pytest

from bot import learner
from bot.doctor import WELL, examined
from core.coach.learned import BY_THE_WAY, catch_up
from core.errors import StoreLocked
from core.model import Inbound
from core.store import Connection, Store, strengths
from tests.coach.gym_floor import BEGAN, GymFloor


class Patient(GymFloor):
    """A gym floor where nothing is done after an answer."""

    async def hears(self, inbound: Inbound) -> list[object]:  # type: ignore[override]
        return list(await self.dispatch.handle(inbound, now=inbound.sent_at))


async def with_a_past(store: Store, days: int = 30) -> Patient:
    """Somebody with more sets behind them than are learned from by the way."""
    floor = Patient(store)
    for ago in range(days, 0, -1):
        await floor.said(f"squat 3x{5 + ago % 3} {100 - ago}kg @8 on {(BEGAN - timedelta(days=ago)).date()}")
    assert 3 * days > BY_THE_WAY
    return floor


async def learned_upto(store: Store) -> str | None:
    async with store.read() as conn:
        athlete = (await conn.execute("SELECT id FROM athletes"))[0][0]
        held = await strengths.learned(conn, athlete)
    return None if held is None else held.upto.isoformat()


async def test_nobody_waits_while_a_long_log_is_learned_from(store: Store) -> None:
    floor = await with_a_past(store)
    before = await learned_upto(store)
    said = await floor.said("squat 100x5 @8")
    assert said
    assert await learned_upto(store) == before
    await floor.dispatch.settle()
    assert await learned_upto(store) == (BEGAN - timedelta(days=1)).date().isoformat()
    assert (await examined(store)).startswith(WELL)


async def test_who_serves_learns_by_and_by_and_what_fails_is_found_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learner, "PAUSE_S", 0)
    floor = await with_a_past(store)
    await floor.said("squat 100x5 @8")
    failed, done = asyncio.Event(), asyncio.Event()
    really = catch_up

    async def locked_once(conn: Connection, athlete_id: str, today: date) -> bool:
        if not failed.is_set():
            failed.set()
            raise StoreLocked("The database is being written by another process.")
        if not await really(conn, athlete_id, today):
            done.set()
            return False
        return True

    monkeypatch.setattr(learner, "catch_up", locked_once)
    running = asyncio.create_task(floor.dispatch.learner.run())
    async with asyncio.timeout(20):
        await failed.wait()
        await floor.said("squat 100x5 @8")
        await done.wait()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await floor.dispatch.settle()
    assert await learned_upto(store) == (BEGAN - timedelta(days=1)).date().isoformat()
    assert (await examined(store)).startswith(WELL)
