"""The planned interval of a lift is what the schedule gives."""

from __future__ import annotations

import pytest

from core.program.places import planned_interval
from core.program.values import Plan, PlannedLift, PlannedSession, Schedule


def plan(days: str, order: str, a_week: int, rotates: bool) -> Plan:
    """A has squat and bench, B squat; each other session a lift of its own name."""
    lifts = {"A": ("squat", "bench-press"), "B": ("squat",)}
    sessions = tuple(
        PlannedSession(name, tuple([PlannedLift(one) for one in lifts.get(name, (name,))]))
        for name in dict.fromkeys(order)
    )
    return Plan(Schedule(tuple(map(int, days)), None, tuple(order), rotates, a_week), sessions)


@pytest.mark.parametrize(
    ("days", "order", "a_week", "rotates", "lift", "interval"),
    [
        ("03", "ACDEF", 2, True, "squat", 18),
        ("", "ACDE", 1, True, "squat", 28),
        ("", "A", 3, True, "squat", 3),
        ("0134", "ACCC", 4, True, "squat", 7),
        ("0134", "ACCC", 4, True, "C", 4),
        ("024", "ABC", 3, False, "squat", 5),
        ("024", "ABC", 3, False, "bench-press", 7),
        ("03", "AB", 2, False, "squat", 4),
        ("0", "A", 1, True, "deadlift", 7),
    ],
)
def test_the_planned_interval_is_what_the_schedule_gives(
    days: str, order: str, a_week: int, rotates: bool, lift: str, interval: int
) -> None:
    assert planned_interval(plan(days, order, a_week, rotates), lift) == interval
