"""What is due already, and not said yet, stands whatever is chosen or planned anew meanwhile."""

from __future__ import annotations

import pytest

from core.store import Store
from tests.reminders.desk import Desk, utc

PLAN = "/plan Mon Wed Fri 18:00\nA: squat 3, bench 2"


async def planned(store: Store) -> Desk:
    desk = Desk(store)
    await desk.types(utc("2026-11-02 07:00"), "/time UTC")
    await desk.types(utc("2026-11-02 07:01"), PLAN)
    return desk


@pytest.mark.parametrize("typed", ["/remind 30 min", "/remind quiet 23-6", "/time London", "/rest on"])
async def test_what_is_due_is_said_after_a_change(store: Store, typed: str) -> None:
    desk = await planned(store)
    await desk.types(utc("2026-11-02 17:00:05"), typed)
    said = await desk.looks(utc("2026-11-02 17:00:10"))
    assert [one.split("\n")[0] for one in said] == ["Today 18:00: A · Week 1 of 12, Foundation"]
    assert await desk.until(utc("2026-11-02 23:59")) == []


async def test_what_is_turned_off_stays_unsaid(store: Store) -> None:
    desk = await planned(store)
    await desk.types(utc("2026-11-02 17:00:05"), "/remind off")
    assert await desk.until(utc("2026-11-07 12:00")) == []
