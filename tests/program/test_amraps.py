"""The AMRAP at a block's end: at which load, when it stops, and in which session it comes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.effort import Block
from core.exercises import catalogue
from core.program.amraps import (
    Told,
    amrap_load,
    candidates,
    early_most,
    placed,
    stops_short,
)
from core.program.calendar import Position, SessionDone, advanced, as_of, started
from core.program.coming import next_day, of_due
from core.program.values import Schedule

EXERCISES = {one.id: one for one in catalogue()}
LIFTS = ["squat", "front-squat", "bench-press", "overhead-press", "barbell-row", "deadlift", "plank"]

# The anchors of the last sessions of a block, in order; the lifts that are taken to an AMRAP in each.
PLACED = """
squat bench-press | deadlift overhead-press        => bench-press squat | deadlift overhead-press
squat bench-press | squat bench-press              => - | bench-press squat
squat bench-press barbell-row                      => bench-press squat
squat bench-press barbell-row | barbell-row        => bench-press squat | barbell-row
squat deadlift                                     => squat
squat deadlift | squat deadlift                    => deadlift | squat
squat deadlift | squat bench-press                 => deadlift | bench-press squat
squat bench-press | squat deadlift                 => bench-press squat | deadlift
plank bench-press                                  => bench-press
""".strip().splitlines()


@pytest.mark.parametrize("row", PLACED)
def test_each_anchor_has_one_two_a_session_at_most_and_never_squat_with_deadlift(row: str) -> None:
    sessions, wanted = ([part.split() for part in side.split("|")] for side in row.split("=>"))
    found = placed([[EXERCISES[one] for one in each] for each in sessions])
    assert [sorted(each) or ["-"] for each in found] == wanted


@given(st.lists(st.lists(st.sampled_from(LIFTS), max_size=5, unique=True), max_size=8))
def test_no_session_is_overloaded_and_nothing_is_tested_twice(sessions: list[list[str]]) -> None:
    found = placed([[EXERCISES[one] for one in each] for each in sessions])
    tested = [one for each in found for one in each]
    assert len(tested) == len(set(tested))
    for each, ours in zip(found, sessions, strict=True):
        assert each <= set(ours)
        assert len(each) <= 2
        assert not {"squat", "hinge"} <= {EXERCISES[one].pattern for one in each}
        assert "plank" not in each


@pytest.mark.parametrize(
    ("block", "told", "aimed", "load"),
    [
        (Block.FOUNDATION, Told.TELLING, 112, 112),
        (Block.CHALLENGE, Told.TELLING, 96, 100),
        (Block.BUILD, Told.EASY, 110, 112.2),
        (Block.FOUNDATION, Told.NOTHING, 105, 119.7),
        (Block.BUILD, Told.NOTHING, 110, 110),
        (Block.FOUNDATION, Told.NOTHING, 130, 145),
        (Block.BUILD, Told.TELLING, 160, 145),
    ],
)
def test_the_load_is_what_the_model_gives_nine_reps_never_under_the_days_own(
    block: Block, told: Told, aimed: float, load: float
) -> None:
    assert amrap_load(100, aimed, told, block) == pytest.approx(load)


@pytest.mark.parametrize(("days", "load"), [(1, 115), (3, 115), (4, 130), (30, 130)])
def test_a_lift_of_few_days_goes_little_beyond_what_was_ever_lifted(days: int, load: float) -> None:
    assert early_most(130, 100, days) == pytest.approx(load)
    assert early_most(105, 100, days) == 105


@pytest.mark.parametrize(
    ("block", "safe", "short"),
    [
        (Block.FOUNDATION, True, True),
        (Block.FOUNDATION, False, True),
        (Block.BUILD, True, False),
        (Block.BUILD, False, True),
        (Block.CHALLENGE, True, False),
        (Block.CHALLENGE, False, True),
    ],
)
def test_it_stops_a_clean_rep_short_in_foundation_and_without_safeties(
    block: Block, safe: bool, short: bool
) -> None:
    assert stops_short(block, safe) is short


# Which sessions they are placed among ----------------------------------------------------------------------------

AB = Schedule(order=("A", "B"), rotates=True, a_week=3)
UPPER_LOWER = Schedule(days=(0, 3), order=("upper", "lower"), rotates=False, a_week=2)


@pytest.mark.parametrize(
    ("schedule", "week", "done", "names", "at"),
    [
        (AB, 3, 0, "A B A B A B", 0),
        (AB, 3, 2, "A B A B A B", 2),
        (AB, 4, 0, "A B A B A B", 3),
        (AB, 4, 2, "A B A B A B", 5),
        (AB, 8, 1, "A B A B A B", 4),
        (UPPER_LOWER, 11, 1, "upper lower upper lower", 1),
        (UPPER_LOWER, 12, 1, "upper lower upper lower", 3),
    ],
)
def test_the_last_two_weeks_of_a_block_are_looked_at(
    schedule: Schedule, week: int, done: int, names: str, at: int
) -> None:
    position = started(schedule.a_week)
    day = date(2026, 1, 5)
    while (position.week, position.done) != (week, done):
        position = advanced(position, SessionDone(day, of_due(position, schedule, day)))
        day = next_day(position, schedule, day)
    assert candidates(position, schedule, day) == (tuple(names.split()), at)


@pytest.mark.parametrize("week", [1, 2, 5, 6, 9, 10])
def test_the_first_two_weeks_of_a_block_have_none(week: int) -> None:
    assert candidates(started(3, week=week), AB, date(2026, 1, 5)) is None


def test_a_deload_and_a_plan_without_sessions_have_none() -> None:
    resting = Position(week=12, deload=date(2026, 1, 5))
    assert candidates(resting, AB, date(2026, 1, 5)) is None
    assert candidates(started(3, week=12), Schedule(), date(2026, 1, 5)) == ((), 3)
    assert as_of(resting, date(2026, 1, 12)).deload is None
