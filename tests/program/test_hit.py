"""High Intensity Training: what comes next, when, and how a set ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exercises import catalogue
from core.model import Exercise, Failure, Kind, LoggedSet, SetEntry
from core.program.hit import (
    REST_S,
    SETS,
    Ending,
    Exposure,
    HitStep,
    Move,
    Progress,
    as_answered,
    asks_how_it_ended,
    exposures,
    next_exposure,
    no_progress,
    progress,
)
from core.program.hit_rest import too_soon
from tests.rules.samples import BENCH, CURL, PLANK, PULL_UP, PUSH_UP, ROW, SQUAT, a_set, logged, on, situation


def after(*sets: SetEntry, exercise: Exercise = SQUAT, **known: object) -> HitStep:
    """What follows exposures of a set each, three days apart, the newest last."""
    history = [
        one for at, done in enumerate(reversed(sets), 1) for one in on(3 * at, done, exercise=exercise)
    ]
    step = next_exposure(situation(exercise=exercise, history=reversed(history), **known))
    assert step is not None
    return step


def test_a_lift_is_one_set_with_two_minutes_of_rest() -> None:
    assert (SETS, REST_S) == (1, 120)


@pytest.mark.parametrize(
    ("exercise", "done", "move", "load", "reps"),
    [
        (SQUAT, a_set(100, 12, 10), Move.LOAD_UP, 105, 10),  # 5%
        (SQUAT, a_set(100, 14, 10), Move.LOAD_UP, 105, 11),
        (SQUAT, a_set(40, 12, 10), Move.LOAD_UP, 42.5, 9),  # 5% is less than a step
        (SQUAT, a_set(100, 11, 10), Move.TO_THE_TOP, 100, 12),
        (SQUAT, a_set(100, 8, 10), Move.TO_THE_TOP, 100, 9),
        (SQUAT, a_set(100, 7, 10), Move.FROM_BELOW, 100, 8),
        (SQUAT, a_set(100, 6, 8), Move.TO_THE_TOP, 100, 8),  # stopped with two left: eight were in it
        (SQUAT, a_set(100, 14, 10, form_from=12), Move.FORM_FIRST, 100, 12),
        (SQUAT, a_set(100, 9, 10, form_from=5), Move.FORM_FIRST, 100, 8),
        (CURL, a_set(10, 12, 10), Move.REPS_UP, 10, 13),  # 12 kg would leave 5
        (CURL, a_set(10, 16, 10), Move.LOAD_UP, 12, 8),
        (CURL, a_set(10, 15, 10), Move.REPS_UP, 10, 16),  # 12 kg would leave 7.5
        (CURL, a_set(30, 12, 10), Move.LOAD_UP, 32, 9),
        (ROW, a_set(50, 12, 10), Move.LOAD_UP, 55, 8),
        (PULL_UP, a_set(0, 12, 10), Move.LOAD_UP, 3.75, 10),
        (PULL_UP, a_set(-20, 12, 10), Move.LOAD_UP, -15, 8),
        (PUSH_UP, a_set(0, 20, 10), Move.NO_LOAD, 0, 21),
    ],
)
def test_the_load_goes_up_from_twelve_where_eight_are_left_of_it(
    exercise: Exercise, done: SetEntry, move: Move, load: float, reps: int
) -> None:
    step = after(done, exercise=exercise)
    assert (step.move, step.load, step.reps) == (move, load, reps)


@pytest.mark.parametrize(
    ("exercise", "sets", "move", "load", "reps"),
    [
        (SQUAT, (a_set(100, 7, 10), a_set(100, 7, 10)), Move.LOAD_DOWN, 95, 8),
        (SQUAT, (a_set(40, 6, 10), a_set(40, 6, 10)), Move.LOAD_DOWN, 37.5, 8),
        (SQUAT, (a_set(100, 7, 10), a_set(100, 9, 10)), Move.TO_THE_TOP, 100, 10),
        (SQUAT, (a_set(100, 9, 10), a_set(100, 7, 10)), Move.FROM_BELOW, 100, 8),
        (SQUAT, (a_set(105, 7, 10), a_set(100, 7, 10)), Move.FROM_BELOW, 100, 8),
        (SQUAT, (a_set(20, 7, 10), a_set(20, 7, 10)), Move.LIGHTEST, 20, 8),
        (CURL, (a_set(12, 7, 10), a_set(12, 7, 10)), Move.LOAD_DOWN, 10, 12),
        (PULL_UP, (a_set(0, 5, 10), a_set(0, 5, 10)), Move.LIGHTEST, 0, 6),
        (PULL_UP, (a_set(-20, 5, 10), a_set(-20, 5, 10)), Move.LOAD_DOWN, -25, 8),
        (PULL_UP, (a_set(10, 7, 10), a_set(10, 7, 10)), Move.LOAD_DOWN, 5, 9),
    ],
)
def test_below_eight_twice_it_goes_down(
    exercise: Exercise, sets: tuple[SetEntry, ...], move: Move, load: float, reps: int
) -> None:
    step = after(*sets, exercise=exercise)
    assert (step.move, step.load, step.reps) == (move, load, reps)


def test_without_body_weight_reps_alone_guide() -> None:
    step = after(a_set(0, 12, 10), exercise=PULL_UP, body_weight_kg=None)
    assert (step.move, step.reps) == (Move.NO_LOAD, 13)


def test_warm_ups_are_no_exposure_and_the_best_set_of_a_day_is() -> None:
    day = on(3, a_set(60, 8, kind=Kind.WARMUP), a_set(100, 10, 10), a_set(100, 7, 10))
    (only,) = exposures(situation(history=day))
    assert (only.load, only.reps) == (100, 10)
    assert only.shown == pytest.approx(100 * (1 + 10 / 30))


def test_today_counts_as_an_exposure() -> None:
    s = situation(a_set(100, 12, 10), history=on(3, a_set(100, 10, 10)))
    step = next_exposure(s)
    assert step is not None and (step.move, step.made) == (Move.LOAD_UP, 12)


@pytest.mark.parametrize("s", [situation(), situation(exercise=PLANK, history=on(3, a_set(None, None, seconds=40), exercise=PLANK))])  # fmt: skip
def test_nothing_follows_from_nothing_or_from_a_hold(s: object) -> None:
    assert next_exposure(s) is None  # type: ignore[arg-type]


LIFTS = st.sampled_from([SQUAT, BENCH, CURL, ROW])


@given(
    LIFTS, st.integers(10, 60), st.lists(st.tuples(st.integers(1, 25), st.booleans()), min_size=1, max_size=4)
)
def test_the_load_moves_a_step_or_five_percent_and_never_up_from_broken_form(
    exercise: Exercise, plates: int, made: list[tuple[int, bool]]
) -> None:
    load = 2.0 * plates if exercise is CURL else 10.0 * plates
    sets = [a_set(load, reps, 10, form_from=0 if broken else None) for reps, broken in made]
    step = after(*sets, exercise=exercise)
    assert step.load is not None and 1 <= step.reps <= 30
    if made[-1][1]:
        assert step.load <= load
    smallest = exercise.step_kg
    assert abs(step.load - load) <= 0.05 * load + smallest + 1e-9
    if step.load > load:
        assert made[-1][0] >= 12 and 8 <= step.reps <= 12
    if step.load < load:
        assert made[-1][0] < 8 and made[-2][0] < 8


# Progress


def exposed(day: int, reps: int, *, clean: bool = True, load: float = 100) -> Exposure:
    return Exposure(
        date(2026, 1, 1) + timedelta(days=3 * day), load, reps, reps, clean, load * (1 + reps / 30)
    )


@pytest.mark.parametrize(
    ("before", "now", "better"),
    [
        (exposed(0, 9), exposed(1, 10), Progress.RESISTANCE),
        (exposed(0, 12), exposed(1, 10, load=105), None),
        (exposed(0, 12), exposed(1, 11, load=105), Progress.RESISTANCE),
        (exposed(0, 9), exposed(1, 9), None),
        (exposed(0, 9, clean=False), exposed(1, 9), Progress.TECHNIQUE),
        (exposed(0, 9, clean=False), exposed(1, 8), None),
        (exposed(0, 9), exposed(1, 12, clean=False), None),
    ],
)
def test_progress_is_resistance_or_technique(
    before: Exposure, now: Exposure, better: Progress | None
) -> None:
    assert progress(before, now) is better


def course(*reps: int) -> list[Exposure]:
    return [exposed(at, one) for at, one in enumerate(reps)]


@pytest.mark.parametrize(
    ("past", "offered"),
    [
        (course(*[10] * 12), True),
        (course(*[10] * 11), False),
        (course(*[10] * 6, *[9] * 6), True),
        (course(*[10] * 6, *[10] * 5, 11), False),
        (course(*[3] * 5, *[10] * 6, *[9, 11] * 3), True),
        ([exposed(at, 10, clean=at != 3) for at in range(12)], False),
    ],
)
def test_six_exposures_no_better_than_the_six_before_bring_an_offer(
    past: list[Exposure], offered: bool
) -> None:
    assert (no_progress(SQUAT, past) is not None) is offered


def test_the_offer_is_made_again_only_after_six_more() -> None:
    past = course(*[10] * 18)
    assert no_progress(SQUAT, past, offered_on=past[11].day) is not None
    assert no_progress(SQUAT, past, offered_on=past[12].day) is None


def test_the_offer_says_how_much_was_lost() -> None:
    offer = no_progress(SQUAT, course(*[10] * 6, *[6] * 6))
    assert offer is not None and offer.percent == pytest.approx(10) and offer.exposures == 6


# When

MONDAY = datetime(2026, 11, 16, 18, tzinfo=UTC)


def lift(key: str) -> Exercise:
    found = catalogue().get(key)
    assert found is not None
    return found


PRESS, EXTENSION, CURLS = map(lift, ["leg-press", "leg-extension", "dumbbell-curl"])


def did(exercise: Exercise, hours: float = 0, **marks: object) -> tuple[Exercise, LoggedSet]:
    at = MONDAY + timedelta(hours=hours)
    return exercise, replace(logged(a_set(100, 10, 10, **marks), exercise), performed_at=at)


@pytest.mark.parametrize(
    ("planned", "done", "hours", "waits"),
    [
        ([PRESS], [did(PRESS)], 71.9, [("leg-press", None, 72)]),
        ([PRESS], [did(PRESS)], 72, []),
        ([EXTENSION], [did(PRESS)], 47.9, [("leg-extension", "quads", 48)]),
        ([EXTENSION], [did(PRESS)], 48, []),
        ([CURLS], [did(PRESS)], 1, []),
        ([PRESS, EXTENSION], [did(PRESS)], 24, [("leg-press", None, 72), ("leg-extension", "quads", 48)]),
        ([PRESS], [did(PRESS), did(EXTENSION, 60)], 70, [("leg-press", "quads", 108)]),
        ([PRESS], [did(PRESS), did(PRESS, 5)], 70, [("leg-press", None, 77)]),
        ([PRESS], [did(PRESS, kind=Kind.WARMUP)], 1, []),
        ([PRESS], [did(PRESS, 20)], 10, []),
        ([PRESS], [], 0, []),
    ],
)
def test_a_lift_waits_three_days_and_a_muscle_two(
    planned: list[Exercise], done: list[tuple[Exercise, LoggedSet]], hours: float, waits: list[tuple[str, str | None, float]]
) -> None:  # fmt: skip
    found = too_soon(planned, done, MONDAY + timedelta(hours=hours))
    said = [] if found is None else [(one.lift.id, one.muscle, (one.until - MONDAY) / timedelta(hours=1)) for one in found.waits]  # fmt: skip
    assert said == waits


@given(
    st.floats(0, 200),
    st.lists(st.tuples(st.sampled_from([PRESS, EXTENSION, CURLS]), st.floats(0, 200)), max_size=6),
)
def test_at_the_time_that_is_named_the_session_is_no_longer_too_early(
    hours: float, done: list[tuple[Exercise, float]]
) -> None:
    log = [did(exercise, at) for exercise, at in done if at <= hours]
    now = MONDAY + timedelta(hours=hours)
    found = too_soon([PRESS, EXTENSION, CURLS], log, now)
    if found is not None:
        assert now < found.until <= now + timedelta(hours=72)
        assert too_soon([PRESS, EXTENSION, CURLS], log, found.until) is None


# How a set ended


@pytest.mark.parametrize(
    ("done", "asks"),
    [
        (a_set(100, 10), True),
        (a_set(100, 10, 9), False),
        (a_set(100, 10, failure=Failure.TECHNICAL), False),
        (a_set(100, 10, form_from=9), False),
        (a_set(100, 10, kind=Kind.WARMUP), False),
        (a_set(None, None, seconds=40), False),
    ],
)
def test_how_a_set_ended_is_asked_only_where_nothing_said_it(done: SetEntry, asks: bool) -> None:
    assert asks_how_it_ended(done) is asks


def test_the_answers_claim_no_more_than_was_said() -> None:
    done = a_set(100, 10)
    assert as_answered(done, Ending.COULD_NOT).failure is Failure.TECHNICAL
    stopped = as_answered(done, Ending.STOPPED)
    assert (stopped.failure, stopped.rir, stopped.rir_at_least) == (None, 1, True)
