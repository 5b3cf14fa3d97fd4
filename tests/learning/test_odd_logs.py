"""Whatever a log holds, answers are finite and ordered, and states small and the same after storage."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.learning import (
    FAILED,
    PLAIN,
    RATED,
    Done,
    Forecast,
    Habits,
    Lift,
    StateUnreadable,
    as_json,
    close,
    estimate,
    forecast_amrap,
    forecast_load,
    forecast_reps,
    forecast_rpe,
    forecast_rpe_next,
    habits_from,
    lift_from,
    prescribe,
    update,
)
from tests.learning.logs import Log, fold

SETS = st.builds(
    Done,
    load=st.floats(0.01, 2000),
    reps=st.integers(-1, 60),
    rpe=st.none() | st.floats(0, 12),
    failed=st.booleans(),
    clean=st.none() | st.integers(0, 30),
    pain=st.booleans(),
    weight=st.floats(0.05, 1),
)
LOGS = st.lists(st.tuples(st.integers(0, 400), SETS), max_size=40).map(
    lambda log: sorted(log, key=lambda one: one[0])
)


def _answers(habits: Habits, lift: Lift, load: float, day: int) -> list[Forecast | None]:
    first = Done(load, 8, 8)
    return [
        *(forecast_reps(habits, lift, load, kind) for kind in (PLAIN, RATED, FAILED)),
        forecast_rpe(habits, lift, load, 8, day),
        forecast_rpe_next(habits, lift, first, load, 8),
        forecast_load(lift, 8, 8),
        *(prescribe(habits, lift, reps, rpe, day) for reps, rpe in ((1, 10), (8, 8), (20, 6))),
        forecast_amrap(habits, lift, load, day, 3),
        estimate(lift, day),
    ]


@given(log=LOGS, load=st.floats(0.01, 2000), later=st.integers(0, 3000))
def test_every_answer_is_finite_and_inside_its_interval(log: Log, load: float, later: int) -> None:
    habits, lift = fold(log)
    for told in _answers(habits, lift, load, 400 + later):
        if told is not None:
            assert all(map(math.isfinite, told[:3]))
            assert told.low <= told.value <= told.high
            assert told.low >= 0


@given(log=LOGS)
def test_a_state_is_small_and_the_same_after_storage(log: Log) -> None:
    habits, lift = Habits(), Lift()
    for day, done in log:
        habits, lift = update(habits_from(as_json(habits)), lift_from(as_json(lift)), done, day)
        assert lift_from(as_json(lift)) == lift
        assert len(as_json(lift)) <= 1024
    stored = close(habits, lift)
    straight = Habits(), Lift()
    for day, done in log:
        straight = update(*straight, done, day)
    assert stored == close(*straight)


def test_the_longest_log_keeps_a_state_of_a_kilobyte() -> None:
    log = [
        (738_000 + day, Done(27.215519999999998 + day % 7 * 1.1339, 11 + day % 3, 8.5))
        for day in range(99)
        for _ in range(9)
    ]
    habits, lift = Habits(), Lift()
    for day, done in log:
        habits, lift = update(habits, lift, done, day)
        assert len(as_json(lift)) <= 1024


@pytest.mark.parametrize(
    ("name", "log", "load", "reps"),
    [
        ("one set ever", [(0, Done(60, 8, 8))], 60, 8),
        ("one set, no effort", [(0, Done(60, 8))], 60, 8),
        ("the body alone", [(day * 4, Done(80, 8 + day % 3)) for day in range(12)], 80, 8),
        ("assisted", [(day * 4, Done(50 + day, 8, 8)) for day in range(12)], 61, 8),
        ("always 10", [(day * 4, Done(60, 8, 10)) for day in range(12)], 60, 8),
        ("never an RPE", [(day * 4, Done(60, 8)) for day in range(12)], 60, 8),
        ("RPE 6 at 20 reps", [(day * 4, Done(30, 20, 6)) for day in range(12)], 30, 20),
        ("a gym elsewhere", [(day * 4, Done(60 if day // 6 % 2 else 75, 8, 8)) for day in range(24)], 60, 8),
        ("two sets a year", [(day * 182, Done(60, 8, 8)) for day in range(8)], 60, 8),
        ("lower every year", [(day * 360, Done(100 - 10 * day, 8, 8)) for day in range(5)], 60, 8),
    ],
)
def test_odd_logs_get_sensible_targets(name: str, log: Log, load: float, reps: int) -> None:
    habits, lift = fold(log)
    rpe = log[-1][1].rpe or 8
    told = prescribe(habits, lift, reps, rpe, log[-1][0] + 4)
    assert told is not None
    assert told.value == pytest.approx(load, rel=0.12)
    assert told.high / told.low < 3


LOADS = st.floats(2, 300)
REPS = st.integers(1, 20)
EFFORTS: st.SearchStrategy[float | None] = st.none() | st.sampled_from([6.0, 7.0, 7.5, 8.0, 9.0, 10.0])


def _logs(
    loads: st.SearchStrategy[float] = LOADS,
    reps: st.SearchStrategy[int] = REPS,
    rpe: st.SearchStrategy[float | None] = EFFORTS,
    sessions: int = 20,
    sets: int = 3,
    every: int = 4,
    change: float = 0.0,
) -> st.SearchStrategy[tuple[Log, int]]:
    """Logs of who does about the same each time, and about how many reps; `change` is the most that the load changes
    from session to session."""

    @st.composite
    def logs(draw: st.DrawFn) -> tuple[Log, int]:
        load, usual, effort = draw(loads), draw(reps), draw(rpe)
        step = draw(st.floats(-change, change))
        done = draw(
            st.lists(st.lists(st.integers(-1, 1), min_size=1, max_size=sets), min_size=1, max_size=sessions)
        )
        return [
            (day * every, Done(load * (1 + step) ** day, max(1, usual + more), effort))
            for day, session in enumerate(done)
            for more in session
        ], usual

    return logs()


@st.composite
def _two_machines(draw: st.DrawFn) -> tuple[Log, int]:
    """Sets on one machine and on another that counts loads otherwise, three or more sessions each time."""
    usual, effort = draw(st.integers(3, 12)), draw(st.none() | st.sampled_from([7, 8, 9]))
    machines = draw(st.permutations([40.0, 40.0 * draw(st.floats(*OTHERWISE))]))
    stays = draw(st.lists(st.integers(3, 6), min_size=2, max_size=4))
    loads = [machines[stay % 2] for stay, sessions in enumerate(stays) for _ in range(sessions)]
    return [
        (day * 4, Done(load, usual + draw(st.integers(-1, 1)), effort))
        for day, load in enumerate(loads)
        for _ in range(2)
    ], usual


OTHERWISE = (1.5, 4.0)
"""How many times as heavy the same lift is on another machine."""

ODD = {
    "one set ever": _logs(sessions=1, sets=1),
    "the body alone": _logs(loads=st.floats(40, 150), reps=st.integers(1, 25), rpe=st.none()),
    "assisted": _logs(loads=st.floats(1, 40), change=0.02),
    "always 10": _logs(rpe=st.just(10.0)),
    "never an RPE": _logs(rpe=st.none()),
    "RPE 6 at 20 reps": _logs(reps=st.just(20), rpe=st.just(6.0)),
    "two machines": _two_machines(),
    "two sets a year": _logs(sets=1, sessions=10, every=182, change=0.03),
}


@pytest.mark.parametrize("logs", ODD.values(), ids=ODD)
@settings(max_examples=40)
@given(data=st.data())
def test_what_was_done_is_prescribed_again(
    logs: st.SearchStrategy[tuple[Log, int]], data: st.DataObject
) -> None:
    log, reps = data.draw(logs)
    day, last = log[-1]
    told = prescribe(*fold(log), reps, last.rpe or 8, day + 4)
    assert told is not None
    assert all(map(math.isfinite, told[:3]))
    assert told.low < told.value < told.high
    assert told.value == pytest.approx(last.load, rel=0.3)


@pytest.mark.parametrize(
    "unusable",
    [
        Done(0, 5, 8), Done(-20, 5, 8), Done(math.nan, 5, 8), Done(math.inf, 5, 8), Done(1e300, 5), Done(1e-300, 5),
        Done(100, 0, 8), Done(100, 31, 8),
    ],
)  # fmt: skip
def test_what_no_model_can_use_changes_nothing(unusable: Done) -> None:
    states = fold([(0, Done(100, 5, 8))])
    assert update(*states, unusable, 4) == states


def test_an_effort_that_is_no_number_is_none() -> None:
    assert fold([(0, Done(100, 5, math.nan))]) == fold([(0, Done(100, 5))])


@pytest.mark.parametrize("text", ["", "{}", "[]", "[0]", "[1]", "[1, 2]", "[99, []]", "null", '["a"]'])
def test_a_state_of_another_version_is_refused(text: str) -> None:
    for read in (lift_from, habits_from):
        with pytest.raises(StateUnreadable):
            read(text)
