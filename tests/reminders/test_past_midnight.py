"""Sessions that begin before midnight and end after it belong to the day they began: none is asked about nor told again."""

from __future__ import annotations

from core.store import Store
from tests.reminders.desk import Desk, utc

PLAN = "/plan Mon Wed Fri 23:00\nA: squat 2, bench 2"


async def begun(store: Store) -> Desk:
    desk = Desk(store)
    await desk.types(utc("2026-11-02 07:00"), "/time UTC")
    await desk.types(utc("2026-11-02 07:01"), PLAN)
    await desk.until(utc("2026-11-02 23:00"))
    await desk.types(utc("2026-11-02 23:40"), "squat 60x15 @6, 60x15 @7")
    return desk


async def test_a_session_that_ends_past_midnight_is_of_the_day_it_began(store: Store) -> None:
    desk = await begun(store)
    said = await desk.types(utc("2026-11-03 00:20"), "bench 40x15 @6, 40x15 @7")
    assert "A done: 4 sets. Next: A, Wed 4 Nov 2026." in said
    assert await desk.until(utc("2026-11-04 20:00")) == []
    (first, *_) = await desk.until(utc("2026-11-04 22:00"))
    assert first.startswith("Today 23:00: A")


async def test_one_that_was_left_open_past_midnight_is_closed_four_hours_after_its_last_set(
    store: Store,
) -> None:
    desk = await begun(store)
    await desk.types(utc("2026-11-02 23:41"), "/remind quiet off")
    await desk.types(utc("2026-11-03 00:20"), "bench 40x15 @6")
    assert await desk.until(utc("2026-11-03 04:19")) == []
    (closed,) = await desk.until(utc("2026-11-03 04:20"))
    assert closed.startswith("A closed: 3 of 4 sets.")
    assert await desk.until(utc("2026-11-04 20:00")) == []
