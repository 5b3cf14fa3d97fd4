"""The working max: where it begins, how far a session, a block and a layoff move it, and the loads that come from it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.program.working_max import (
    SessionWent,
    SetWent,
    Verdict,
    WorkingMax,
    after_block,
    after_session,
    asked_n,
    first,
    layoff,
    load_at,
    load_for_session,
    most_after,
    verdict,
)

OK = SetWent(True, 0.0)


def went(
    *over: float | None, made: bool = True, form: bool = False, hurt: bool = False, easy: bool = False
) -> SessionWent:
    return SessionWent(tuple(SetWent(made, one) for one in over), form, hurt, easy)


# Loads -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "share"), [("own", 0.95), ("at_least", 0.95), ("stated", 0.90), ("related", 0.90)]
)
def test_the_first_working_max_is_a_part_of_the_estimate(source: str, share: float) -> None:
    assert first(200.0, source) == pytest.approx(200 * share)


# M, reps, RPE, sets, bias: the load by M / (1 + (reps + RIR + b + 0.5 (sets - 1)) / 30)
LOADS = """
100 15 6   3 1   58.82
100 12 7   3 1   63.83
100 10 7.5 3 1   67.42
100 8  8   3 1   71.43
100 6  9   3 1   76.92
100 6  9   1 1   78.95
100 6  9   3 0   78.95
100 6  10  1 1   83.33
200 5  9   5 1.5 151.90
""".strip().splitlines()


@pytest.mark.parametrize("row", LOADS)
def test_loads_come_from_reps_reserve_bias_and_the_sets_before(row: str) -> None:
    m, reps, rpe, sets, bias, load = map(float, row.split())
    assert load_for_session(m, int(reps), rpe, int(sets), bias) == pytest.approx(load, abs=0.01)


def test_a_flatter_curve_lets_more_be_lifted_for_many_reps() -> None:
    assert load_for_session(100, 12, 7, 3, curve=0.7) == pytest.approx(100 / (1 + 0.7 * 17 / 30))
    assert load_at(100, 10, 0.7) > load_at(100, 10)


def test_failure_has_no_hidden_reps() -> None:
    assert asked_n(8, 10, 1) == 8
    assert asked_n(8, 9.5, 1) == 9.5


# After a session -------------------------------------------------------------------------------------------------

# The session, E beside an M of 100, and M after it: lower body, upper body.
SESSIONS = [
    ("as asked, E far above", went(0, 0, 0), 120, 105, 102.5),
    ("as asked, E a little above", went(0, 0, 0), 102, 102, 102),
    ("as asked, E below", went(0, 0, 0), 95, 100, 100),
    ("half a point over is as asked", went(0, 0.5, 0.5), 120, 105, 102.5),
    ("a point over is not", went(0, 0, 1), 120, 100, 100),
    ("every set a point under", went(-1, -1, -2), 120, 110, 105),
    ("every set a point under, E a little above", went(-1, -1, -1), 103, 103, 103),
    ("one set less than a point under", went(-1, -0.5, -1), 120, 105, 102.5),
    ("form broke, E above", went(0, 0, form=True), 120, 100, 100),
    ("form broke, E below", went(0, 0, form=True), 97, 97, 97),
    ("it hurt, E above", went(-1, -1, hurt=True), 120, 100, 100),
    ("it hurt, E far below", went(0, 0, hurt=True), 80, 94, 94),
    ("short of its reps", went(0, 0, made=False), 120, 100, 100),
    ("short of its reps, E below", went(0, 0, made=False), 96, 96, 96),
    ("too hard, E far below", went(0, 1), 80, 94, 94),
    ("a bad day", went(0, 2, easy=True), 80, 100, 100),
    ("nothing done", went(), 80, 100, 100),
]


@pytest.mark.parametrize(
    ("case", "session", "e_kg", "lower", "upper"), SESSIONS, ids=[one[0] for one in SESSIONS]
)
def test_a_session_moves_it_one_small_step(
    case: str, session: SessionWent, e_kg: float, lower: float, upper: float
) -> None:
    m = WorkingMax(100.0)
    assert after_session(m, e_kg, session, lower_body=True).m_kg == pytest.approx(lower), case
    assert after_session(m, e_kg, session, lower_body=False).m_kg == pytest.approx(upper), case


def test_one_loadable_step_is_allowed_where_it_is_more() -> None:
    m = WorkingMax(20.0)
    assert after_session(m, 30, went(0, 0), lower_body=False, step_kg=2.8).m_kg == pytest.approx(22.8)
    assert after_session(m, 30, went(0, 0), lower_body=False, step_kg=0.1).m_kg == pytest.approx(20.5)


def test_without_rpe_it_rises_by_half_and_only_after_two_such_sessions() -> None:
    m, seen = WorkingMax(100.0), []
    for _ in range(4):
        m = after_session(m, 100, went(None, None), lower_body=True)
        seen.append(round(m.m_kg, 3))
    assert seen == [100, 102.5, 102.5, 105.062]
    upper = after_session(WorkingMax(100.0, 1), 100, went(None), lower_body=False)
    assert upper.m_kg == pytest.approx(101.25)


def test_a_session_that_missed_or_was_rated_begins_the_count_anew() -> None:
    once = after_session(WorkingMax(100.0), 100, went(None), lower_body=True)
    assert once.unrated == 1
    assert after_session(once, 100, went(None, made=False), lower_body=True).unrated == 0
    assert after_session(once, 100, went(0), lower_body=True).unrated == 0


def test_one_rating_among_sets_without_is_enough_to_judge_but_not_to_call_it_easy() -> None:
    assert verdict(went(None, 0)) is Verdict.AS_ASKED
    assert verdict(went(None, -2)) is Verdict.AS_ASKED
    assert verdict(went(None, 1)) is Verdict.HARD


sessions = st.builds(
    SessionWent,
    st.lists(
        st.builds(SetWent, st.booleans(), st.none() | st.integers(-8, 8).map(lambda half: half / 2)),
        max_size=5,
    ).map(tuple),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@given(
    st.floats(1, 1000),
    st.floats(-10, 1e6) | st.just(math.nan) | st.just(math.inf),
    sessions,
    st.booleans(),
    st.floats(0, 10),
)
def test_no_session_moves_it_further_than_it_may(
    m_kg: float, e_kg: float, session: SessionWent, lower: bool, step: float
) -> None:
    now = after_session(WorkingMax(m_kg), e_kg, session, lower, step).m_kg
    found = verdict(session)
    assert math.isfinite(now)
    assert m_kg * 0.94 - 1e-9 <= now <= most_after(m_kg, lower, step, Verdict.EASY) + 1e-9
    if found in (Verdict.HELD, Verdict.HARD):
        assert now <= m_kg
    else:
        assert now >= m_kg
    if found is Verdict.AS_ASKED:
        assert now <= most_after(m_kg, lower, step) + 1e-9


@given(st.floats(1, 1000), st.integers(1, 30), st.floats(1, 10), st.integers(1, 10), st.floats(0.2, 2))
def test_loads_are_finite_and_below_the_maximum(
    m_kg: float, reps: int, rpe: float, sets: int, curve: float
) -> None:
    load = load_for_session(m_kg, reps, rpe, sets, curve=curve)
    assert 0 < load < m_kg
    assert load_for_session(m_kg, reps + 1, rpe, sets, curve=curve) < load


# After a block, after a layoff -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("e_kg", "amrap_e_kg", "after"),
    [
        (104, None, 104),
        (120, None, 107.5),
        (120, 130, 107.5),
        (97, None, 97),
        (80, None, 90),
        (97, 99, 97),
        (97, 100, 100),
        (97, 110, 100),
    ],
)
def test_a_block_ends_within_bounds_and_not_below_what_its_amrap_showed(
    e_kg: float, amrap_e_kg: float | None, after: float
) -> None:
    assert after_block(100, e_kg, amrap_e_kg) == pytest.approx(after)


# Days beyond the planned interval: percent off, reps fewer
LAYOFFS = """
7   -
8   0  1
14  0  1
15  5  0
28  5  0
29  10 0
56  10 0
57  15 0
300 15 0
""".strip().splitlines()


@pytest.mark.parametrize("row", LAYOFFS)
def test_a_layoff_lowers_it_by_how_long_it_was(row: str) -> None:
    beyond, *wanted = row.split()
    found = layoff(int(beyond) + 4, 4)
    if found is None:
        assert wanted == ["-"]
        return
    percent, fewer = wanted
    assert (found.percent, found.fewer_reps) == (int(percent), int(fewer))
    assert found.of(200) == pytest.approx(200 * (1 - int(percent) / 100))
