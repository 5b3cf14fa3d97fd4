"""/accuracy: the coach says how far off it would have been, beside the usual formula and "as last time"."""

from __future__ import annotations

import re
from datetime import timedelta

from core.store import Store
from tests.coach.gym_floor import BEGAN, GymFloor


async def trained(floor: GymFloor, sets: list[str]) -> None:
    """One of these every third day."""
    for number, text in enumerate(sets):
        await floor.said(text, sent_at=BEGAN + timedelta(days=3 * number))


async def asked(floor: GymFloor) -> str:
    [reply] = await floor.said("/accuracy", sent_at=BEGAN + timedelta(days=400))
    return reply


def numbers(line: str) -> list[float]:
    return [float(one) for one in re.findall(r"\d+\.\d", line)]


async def test_too_few_days_say_nothing(store: Store) -> None:
    floor = GymFloor(store)
    await trained(floor, ["squat 100x8 @8"] * 3)
    assert await asked(floor) == "Too early to tell: I score myself once a lift has been done on four days."


async def test_who_always_does_the_same_is_called_exactly(store: Store) -> None:
    floor = GymFloor(store)
    await trained(floor, ["squat 100x8 @8"] * 12)
    head, others = (await asked(floor)).split("\n")
    assert head == "How hard, over your last 9 sets I could call: 0.0 RPE off on average."
    assert others == "The usual formula (Epley): 0.0. “As last time”: 0.0."


async def test_loads_that_change_are_scored_in_reps(store: Store) -> None:
    floor = GymFloor(store)
    await trained(floor, [f"squat {load}x{reps}" for load, reps in [(100, 8), (110, 7)] * 12])
    head, others = (await asked(floor)).split("\n")
    assert head.startswith("How many reps at a new load, 21 sets: ")
    [ours], (epley, last) = numbers(head), numbers(others)
    assert ours < 0.5 < last < epley


async def test_a_room_does_not_hear_it(store: Store) -> None:
    floor = GymFloor(store)
    await trained(floor, ["squat 100x8 @8"] * 9)
    told = await floor.hears(floor.message("/accuracy", room="barbell", sent_at=BEGAN + timedelta(days=30)))
    assert [one.private for one in told if "RPE off" in one.body] == [True]
