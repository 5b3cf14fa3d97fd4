"""How long a muscle needs after sets, as a note."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import Exercise, Failure, Kind, LoggedSet, Role, Segment, SetEntry
from core.program.recovery import HOURS, Hardness, hardness, recovering
from tests.rules.samples import BENCH, CURL, SQUAT, a_set, logged

MONDAY = datetime(2026, 11, 16, 18, tzinfo=UTC)
DROP, DROPS = (Segment(60, 5),), (Segment(60, 5), Segment(40, 5))


def at(done: SetEntry, exercise: Exercise = SQUAT, hours: float = 0) -> tuple[Exercise, LoggedSet]:
    return exercise, replace(logged(done, exercise), performed_at=MONDAY + timedelta(hours=hours))


def notes(
    done: list[tuple[Exercise, LoggedSet]], hours: float, *planned: Exercise, **known: float
) -> list[tuple[str, float]]:
    """The muscles, and hours from Monday until which they recover; `known` by lift, hours that it has repeated after."""
    found = recovering(planned or (SQUAT,), done, MONDAY + timedelta(hours=hours), known)
    return [(one.muscle, (one.until - MONDAY).total_seconds() / 3600) for one in found]


@pytest.mark.parametrize(
    ("done", "how", "hours"),
    [
        (a_set(100, 8, 5), Hardness.RESERVE, 24),
        (a_set(100, 8, 7), Hardness.RESERVE, 24),
        (a_set(100, 8, 7.5), Hardness.NEAR, 36),
        (a_set(100, 8, 8), Hardness.NEAR, 36),
        (a_set(100, 8, 9), Hardness.NEAR, 36),
        (a_set(100, 8, 9.5), Hardness.NEAR, 36),
        (a_set(100, 8, 10), Hardness.FAILURE, 48),
        (a_set(100, 8, failure=Failure.TECHNICAL), Hardness.FAILURE, 48),
        (a_set(100, 8, kind=Kind.AMRAP), Hardness.FAILURE, 48),
        (a_set(100, 8), Hardness.RESERVE, 24),
        (a_set(100, 8, 10, kind=Kind.DROP, segments=DROP), Hardness.DROP, 60),
        (a_set(100, 8, 10, kind=Kind.DROP, segments=DROPS), Hardness.DROPS, 72),
    ],
)
def test_the_harder_the_set_the_longer_it_takes(done: SetEntry, how: Hardness, hours: int) -> None:
    assert hardness(Role.ANCHOR, done) is how
    assert HOURS[how] == hours
    assert notes([at(done)], hours - 0.1) == [("quads", hours)]
    assert notes([at(done)], hours) == []


def test_only_what_the_planned_lifts_train_is_noted() -> None:
    done = [at(a_set(100, 8, 10)), at(a_set(20, 12, 8), CURL)]
    assert notes(done, 1, BENCH) == []
    assert notes(done, 1, CURL) == [("biceps", 36)]
    assert notes(done, 1, SQUAT, CURL) == [("quads", 48), ("biceps", 36)]


def test_the_set_that_takes_longest_counts_and_warm_ups_and_later_sets_do_not() -> None:
    warm = a_set(60, 8, 10, kind=Kind.WARMUP)
    done = [at(a_set(100, 8, 10)), at(a_set(100, 8, 7), hours=5), at(warm, hours=20), at(a_set(100, 8, 10), hours=40)]  # fmt: skip
    assert notes(done, 30) == [("quads", 48)]


@pytest.mark.parametrize(("repeated", "noted"), [(24.0, False), (30.0, False), (31.0, True)])
def test_a_performance_that_was_repeated_overrides_the_hours(repeated: float, noted: bool) -> None:
    assert bool(notes([at(a_set(100, 8, 10))], 30, squat=repeated)) is noted


def test_another_lifts_repeated_performance_overrides_nothing() -> None:
    assert notes([at(a_set(100, 8, 10))], 30, **{"bench-press": 24.0}) == [("quads", 48)]


@given(st.floats(0, 200), st.lists(st.tuples(st.floats(0, 200), st.none() | st.floats(1, 10)), max_size=6))
def test_nothing_is_noted_past_its_hours_and_nothing_for_longer_than_three_days(
    now: float, sets: list[tuple[float, float | None]]
) -> None:
    done = [at(a_set(100, 8, rpe), hours=hours) for hours, rpe in sets]
    for one in recovering([SQUAT], done, MONDAY + timedelta(hours=now)):
        assert one.since <= MONDAY + timedelta(hours=now) < one.until
        assert timedelta(hours=24) <= one.until - one.since <= timedelta(hours=72)
