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


LATE = "/plan Mon Wed Fri 19:30\nA: squat 2, bench 2"


@pytest.mark.parametrize("typed", ["/remind 30 min", "/time London", "/move friday", "hello"])
async def test_a_session_that_quiet_hours_keep_open_is_closed_whatever_is_typed_before(
    store: Store, typed: str
) -> None:
    """It was left at 20:00; four hours later it is quiet, until 7."""
    desk = Desk(store)
    await desk.types(utc("2026-11-02 07:00"), "/time UTC")
    await desk.types(utc("2026-11-02 07:01"), LATE)
    await desk.types(utc("2026-11-02 20:00"), "squat 60x12 @7, 60x12 @7")
    await desk.until(utc("2026-11-03 06:30"))
    await desk.types(utc("2026-11-03 06:30"), typed)
    said = await desk.until(utc("2026-11-03 12:00"))
    assert [one.split("\n")[0] for one in said] == ["A closed: 2 of 4 sets. Left out: Bench press."]


async def test_a_session_that_is_closed_is_not_closed_again(store: Store) -> None:
    desk = Desk(store)
    await desk.types(utc("2026-11-02 07:00"), "/time UTC")
    await desk.types(utc("2026-11-02 07:01"), LATE)
    await desk.types(utc("2026-11-02 20:00"), "squat 60x12 @7, 60x12 @7")
    await desk.until(utc("2026-11-03 07:01"))
    await desk.types(utc("2026-11-03 07:02"), "/remind 30 min")
    assert await desk.until(utc("2026-11-04 17:00")) == []


async def test_an_all_out_set_that_is_handed_on_has_its_eve(store: Store) -> None:
    """The block's last session did not come: the next one takes its all-out sets over, and says so the evening before."""
    desk = Desk(store)
    await desk.types(utc("2026-11-01 07:00"), "/time UTC")
    await desk.types(utc("2026-11-01 07:01"), PLAN)
    await desk.types(utc("2026-11-01 07:02"), "/plan start 4")
    for day in ("2026-11-02", "2026-11-04"):
        await desk.types(utc(f"{day} 18:00"), "squat 60x12 @7, 60x12 @7, 60x12 @7; bench 50x12 @7, 50x12 @7")
    await desk.until(utc("2026-11-09 12:00"))
    eves = [(at, words.split("\n")[0]) for at, kind, words in desk.said if kind == "eve"]
    assert eves == [
        (utc("2026-11-05 19:00"), "Tomorrow 18:00: A, with an all-out last set on Squat and Bench press."),
        (utc("2026-11-08 19:00"), "Tomorrow 18:00: A, with an all-out last set on Squat and Bench press."),
    ]


async def test_a_plan_is_there_for_what_is_read_days_after_it_was_typed(store: Store) -> None:
    """Nobody served for five days, and what was due was looked at before what had been typed was read."""
    desk = await planned(store)
    await desk.types(utc("2026-11-02 18:00"), "squat 60x12 @7, 60x12 @7, 60x12 @7; bench 50x12 @7, 50x12 @7")
    await desk.looks(utc("2026-11-08 18:30"))
    answer = await desk.types(utc("2026-11-08 18:31"), "/skip", sent=utc("2026-11-03 12:00"))
    assert answer.split("\n")[0] == "A left out ✓"
    assert "Next: A, Fri 6 Nov 2026" in answer


async def test_what_was_left_out_once_is_not_left_out_again(store: Store) -> None:
    """Wednesday's is skipped on Tuesday; on Thursday another /skip is of Friday's."""
    desk = await planned(store)
    await desk.types(utc("2026-11-02 18:00"), "squat 60x12 @7, 60x12 @7, 60x12 @7; bench 50x12 @7, 50x12 @7")
    assert "Next: A, Fri 6 Nov 2026" in await desk.types(utc("2026-11-03 12:00"), "/skip")
    assert "Next: A, Mon 9 Nov 2026" in await desk.types(utc("2026-11-05 12:00"), "/skip")
