"""Plans of all kinds, for hypothesis: whatever the text of a plan can say."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from hypothesis import strategies as st

from core.exercises import catalogue, unassisted
from core.program.grammar_text import note_text
from core.program.values import Plan, PlannedLift, PlannedSession, Schedule, Style

IDS = sorted(one.id for one in catalogue())
PLANNED = [one for one in IDS if unassisted(one) == one]
"""What plans hold: an assisted lift is the lift, with a note."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NAMES = (
    "A", "B", "C", "D", "Upper A", "Lower A", "Upper B", "Push", "Pull", "Legs", "Day 1", "Day 2", "Chest/Back", "Legs & Arms",
    "Full body", "Heavy", "Pump", "Big session", "Leg day", "Push day 2", "Oberkörper", "Squat focus", "Press, then pull",
)  # fmt: skip

notes = st.one_of(
    st.text(max_size=40), st.sampled_from(("3x8", "each side", "Monday", "barbell", "low bar", "hit", "2 rir", "Day 1"))
).map(note_text).filter(bool)  # fmt: skip


@st.composite
def _spans(draw: st.DrawFn, least: int, most: int) -> tuple[int, int]:
    low = draw(st.integers(least, most))
    return low, draw(st.one_of(st.just(low), st.integers(low, most)))


@st.composite
def lifts(draw: st.DrawFn, exercise: str, plan_style: Style) -> PlannedLift:
    """A lift that fits a plan of that style."""
    one = catalogue().get(exercise)
    assert one is not None
    style = draw(st.one_of(st.none(), st.sampled_from(Style)))
    whole = style or plan_style
    sets = draw(st.one_of(st.none(), st.integers(1, 10)))
    effort = draw(st.one_of(st.none(), st.sampled_from([half / 2 for half in range(10, 21)])))
    return PlannedLift(
        exercise,
        sets=sets if sets is None or whole is not Style.HIT else 1,
        reps=None if one.timed else draw(st.one_of(st.none(), _spans(1, 100).filter(_no_sets))),
        rpe=effort if effort is None or whole not in (Style.HIT, Style.FAILURE) else 10.0,
        rest_s=draw(st.one_of(st.none(), st.integers(15, 900))),
        anchor=draw(st.booleans()),
        style=style,
        note=draw(st.one_of(st.none(), notes)),
        seconds=draw(st.one_of(st.none(), _spans(5, 600))) if one.timed else None,
    )


def _no_sets(_: tuple[int, int]) -> bool:
    return True


@st.composite
def sessions(draw: st.DrawFn, name: str, style: Style) -> PlannedSession:
    """A session with its supersets numbered in order."""
    ids = draw(st.lists(st.sampled_from(PLANNED), min_size=1, max_size=5, unique=True))
    made = [draw(lifts(id_, style)) for id_ in ids]
    joined = [False, *(draw(st.sampled_from((False, False, True))) for _ in made[1:])]
    number, out = 0, list(made)
    for k, joins in enumerate(joined):
        if joins:
            number += 0 if joined[k - 1] else 1
            out[k - 1] = replace(out[k - 1], superset=number)
            out[k] = replace(out[k], superset=number)
    return PlannedSession(name, tuple(out), draw(st.one_of(st.none(), notes)))


def _period(order: list[str]) -> tuple[str, ...]:
    n = len(order)
    return tuple(next(order[:k] for k in range(1, n + 1) if n % k == 0 and order[:k] * (n // k) == order))


@st.composite
def _times(draw: st.DrawFn, days: int) -> tuple[time | None, ...]:
    """A time for each of some days, at least two of them different; none where all days have the same."""
    clock = st.sampled_from((time(18), time(7, 30), time(0, 5), None))
    found = draw(st.lists(clock, min_size=days, max_size=days))
    return tuple(found) if len(set(found) - {None}) > 1 and draw(st.booleans()) else ()


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan: sessions in turn, each day its own, or called after their days."""
    style = draw(st.sampled_from(Style))
    days = tuple(sorted(draw(st.sets(st.integers(0, 6), max_size=5))))
    at = draw(st.one_of(st.none(), st.times().map(lambda t: time(t.hour, t.minute))))
    kind = draw(st.sampled_from(("turns", "own", "weekdays"))) if len(days) > 1 else "turns"
    if kind == "weekdays":
        names = [WEEKDAYS[day] for day in days]
    else:
        names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    made = tuple(draw(sessions(name, style)) for name in names)
    if kind == "own":
        names = names[: len(days)]
        made = made[: len(days)]
        more = [draw(st.sampled_from(names)) for _ in range(len(days) - len(names))]
        order = draw(st.permutations([*names, *more]))
    else:
        order = list(names)
    alone = len(set(order)) == 1
    times = draw(_times(len(days)))
    when = Schedule(
        days,
        None if times else at,
        (order[0],) if alone else _period(order) if kind == "turns" else tuple(order),
        kind == "turns" or alone,
        len(days) or draw(st.integers(1, 7)),
        times,
    )
    return Plan(when, made, style, draw(st.one_of(st.none(), notes)))
