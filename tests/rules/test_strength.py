"""Estimates of strength: from which sets, how sure."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import KG_PER_LB, Exercise, Kind, Segment, SetEntry, Side
from core.strength import (
    Estimate,
    epley,
    estimate,
    evidence_weight,
    load_for,
    reps_at,
    set_e1rm,
    weaker_sides,
    working_max_kg,
)
from tests.rules.samples import BENCH, PLANK, PULL_UP, PUSH_UP, SQUAT, TODAY, a_set, on


@pytest.mark.parametrize(
    ("n", "percent"), [(1, 100), (5, 85.7), (8, 78.9), (12, 71.4), (15, 66.7), (20, 60), (30, 50)]
)
def test_epley_gives_these_percentages(n: float, percent: float) -> None:
    assert load_for(100, n) == pytest.approx(percent, abs=0.05)
    assert epley(load_for(100, n), n) == pytest.approx(100)


def test_one_rep_is_the_load_itself() -> None:
    assert epley(140, 1) == 140
    assert epley(140, 0) == 140


def test_reps_at_a_load_undo_epley() -> None:
    assert reps_at(130, 100) == pytest.approx(9)
    assert reps_at(100, 130) == 0
    assert reps_at(100, 0) == math.inf


@pytest.mark.parametrize(
    ("n", "rir", "weight"),
    [(5, 0, 1), (3, 0, 1), (10, 0, 1 / 2), (5, 2, 1 / 2), (10, 2, 1 / 3), (15, 4, 1 / 9)],
)
def test_a_set_tells_less_the_more_reps_and_the_more_in_reserve(n: float, rir: float, weight: float) -> None:
    assert evidence_weight(n, rir) == pytest.approx(weight)


@pytest.mark.parametrize(
    ("exercise", "done", "e1rm"),
    [
        (SQUAT, a_set(100, 8, 9), 130),
        (SQUAT, a_set(225, 8, 9, unit="lb"), 225 * KG_PER_LB * 1.3),
        (SQUAT, a_set(100, 8), 100 * (1 + 10 / 30)),
        (SQUAT, a_set(100, 8, 9, form_from=6), 120),
        (SQUAT, a_set(100, 8, 9, form_from=0), 130),
        (SQUAT, a_set(100, 12, kind=Kind.AMRAP), 140),
        (SQUAT, a_set(100, 19, kind=Kind.AMRAP), 100 * (1 + 19 / 30)),
        (SQUAT, a_set(100, 20, kind=Kind.AMRAP), None),
        (SQUAT, a_set(100, 10, 10, kind=Kind.DROP, segments=(Segment(80, 8),)), 100 * (1 + 10 / 30)),
        (SQUAT, a_set(100, 8, 10, kind=Kind.REST_PAUSE, segments=(Segment(None, 3),)), 100 * (1 + 8 / 30)),
        (SQUAT, a_set(60, 8, 5, kind=Kind.WARMUP), None),
        (SQUAT, a_set(100, 30, 10), 200),
        (SQUAT, a_set(100, 31, 10), None),
        (SQUAT, a_set(None, 8, 9), None),
        (SQUAT, a_set(0, 8, 9), None),
        (SQUAT, a_set(100, None), None),
        (PULL_UP, a_set(20, 5, 10), 100 * (1 + 5 / 30)),
        (PULL_UP, a_set(None, 5, 10), 80 * (1 + 5 / 30)),
        (PULL_UP, a_set(-20, 5, 10), 60 * (1 + 5 / 30)),
        (PULL_UP, a_set(-80, 5, 10), None),
        (PUSH_UP, a_set(0, 9, 10), 0.64 * 80 * 1.3),
        (PLANK, a_set(None, None, seconds=60), None),
    ],
)
def test_the_e1rm_of_a_set(exercise: Exercise, done: SetEntry, e1rm: float | None) -> None:
    found = set_e1rm(exercise, done, 80)
    assert found == (None if e1rm is None else pytest.approx(e1rm))


def test_where_the_body_counts_its_weight_must_be_known() -> None:
    assert set_e1rm(PULL_UP, a_set(20, 5, 10), None) is None
    assert set_e1rm(SQUAT, a_set(100, 8, 9), None) == pytest.approx(130)


def found(
    *sessions: tuple[int, SetEntry], exercise: Exercise = SQUAT, stated: float | None = None
) -> Estimate:
    sets = [one for days, done in sessions for one in on(days, done, exercise=exercise)]
    result = estimate(exercise, sets, 80, TODAY, stated)
    assert result is not None
    return result


def half_width(one: Estimate) -> float:
    return (one.high_kg - one.e1rm_kg) / one.e1rm_kg


@pytest.mark.parametrize(("reps", "width"), [(3, 0.05), (5, 0.05), (6, 0.09), (10, 0.09), (11, 0.15)])
def test_a_single_set_gives_a_band(reps: int, width: float) -> None:
    one = found((0, a_set(100, reps, 10)))
    assert half_width(one) == pytest.approx(width)
    assert one.e1rm_kg - one.low_kg == pytest.approx(one.high_kg - one.e1rm_kg)


def test_bands_narrow_with_days_and_not_with_sets_of_one_day() -> None:
    one = found((0, a_set(100, 8, 10)))
    same_day = found((0, a_set(100, 8, 10)), (0, a_set(100, 8, 10)))
    two_days = found((7, a_set(100, 8, 10)), (0, a_set(100, 8, 10)))
    assert half_width(same_day) == pytest.approx(half_width(one))
    assert half_width(two_days) < half_width(one)


def test_no_band_is_narrower_than_a_maximum_repeats() -> None:
    many = found(*[(days, a_set(100, 3, 10)) for days in range(60)])
    assert half_width(many) == pytest.approx(0.042)


def test_a_stale_estimate_stands_and_its_band_grows() -> None:
    fresh, stale = found((14, a_set(100, 8, 10))), found((59, a_set(100, 8, 10)))
    assert stale.e1rm_kg == fresh.e1rm_kg
    assert half_width(stale) == pytest.approx(1.5 * half_width(fresh))


def test_the_latest_session_tells_most() -> None:
    rising = found((14, a_set(90, 5, 10)), (7, a_set(95, 5, 10)), (0, a_set(100, 5, 10)))
    middle, top = epley(95, 5), epley(100, 5)
    assert middle < rising.e1rm_kg < top
    two = found((7, a_set(90, 5, 10)), (0, a_set(99, 5, 10)))
    assert two.e1rm_kg == pytest.approx(epley(96, 5))


def test_a_set_far_from_failure_counts_only_where_it_raises() -> None:
    hard = found((0, a_set(100, 5, 10)))
    low = found((0, a_set(60, 5, 5)), (0, a_set(100, 5, 10)))
    high = found((0, a_set(120, 5, 5)), (7, a_set(100, 5, 10)))
    assert low.sets == 1
    assert low.e1rm_kg > hard.e1rm_kg  # the second set of a day, with what the first one cost
    assert high.sets == 2
    assert high.e1rm_kg > hard.e1rm_kg


def test_only_easy_sets_are_a_lower_bound() -> None:
    assert found((0, a_set(60, 5, 5)), (0, a_set(50, 5, 5))).source == "at_least"
    assert found((0, a_set(60, 5, 5.5, rir_at_least=True))).source == "at_least"
    assert found((0, a_set(60, 5, 6))).source == "own"
    assert found((0, a_set(60, 5, 5)), stated=140).e1rm_kg == 140


def test_a_set_without_effort_weighs_a_quarter_and_a_superset_half() -> None:
    rated, other = a_set(100, 8, 8), a_set(120, 8, 8)
    quarter = found((0, rated), (7, a_set(120, 8)))
    half = found((0, rated), (7, a_set(120, 8, 8, superset=1)))
    whole = found((0, rated), (7, other))
    base, top = epley(100, 10), epley(120, 10)
    # The session before weighs half: shares of 1/2, 1/4 and 1/8 against 1.
    assert whole.e1rm_kg == pytest.approx((base + top / 2) / 1.5)
    assert half.e1rm_kg == pytest.approx((base + top / 4) / 1.25)
    assert quarter.e1rm_kg == pytest.approx((base + top / 8) / 1.125)


def test_later_sets_of_a_day_count_half_a_rep_more_each() -> None:
    sets = on(0, a_set(60, 8, kind=Kind.WARMUP), a_set(100, 4, 10), a_set(100, 4, 10))
    result = estimate(SQUAT, sets, 80, TODAY)
    assert result is not None
    assert result.e1rm_kg == pytest.approx((epley(100, 4) + epley(100, 4.5)) / 2)


def test_an_amrap_weighs_one() -> None:
    amrap = found((0, a_set(100, 12, kind=Kind.AMRAP)), (0, a_set(100, 1, 6, kind=Kind.AMRAP)))
    assert amrap.sets == 2
    mean = (epley(100, 12) + epley(100, 1 + 4 + 0.5)) / 2
    assert amrap.e1rm_kg == pytest.approx(mean)


def test_the_weaker_side_counts() -> None:
    left, right = a_set(20, 10, 8, side=Side.LEFT), a_set(20, 8, 8, side=Side.RIGHT)
    assert [one.reps for one in weaker_sides([left, right, left, right])] == [8, 8]
    assert [one.reps for one in weaker_sides([left, left])] == [10, 10]
    assert len(weaker_sides([left, a_set(18, 8, 8, side=Side.RIGHT)])) == 2


def test_first_working_maxima() -> None:
    own = found((0, a_set(100, 5, 10)))
    assert working_max_kg(own) == pytest.approx(0.95 * own.e1rm_kg)
    stated = estimate(SQUAT, (), 80, TODAY, 140)
    assert stated is not None
    assert (stated.source, stated.sets) == ("stated", 0)
    assert working_max_kg(stated) == pytest.approx(126)
    assert half_width(stated) == pytest.approx(0.1)


def test_a_stated_max_of_a_bodyweight_lift_is_added_load() -> None:
    stated = estimate(PULL_UP, (), 80, TODAY, 40)
    assert stated is not None
    assert stated.e1rm_kg == 120
    assert estimate(PULL_UP, (), None, TODAY, 40) is None


def test_own_sets_beat_a_stated_max() -> None:
    assert found((0, a_set(100, 5, 10)), stated=300).source == "own"


def test_nothing_known_is_no_estimate() -> None:
    assert estimate(SQUAT, (), 80, TODAY) is None
    assert estimate(BENCH, on(0, a_set(60, 40, 10), exercise=BENCH), 80, TODAY) is None


@given(
    st.lists(
        st.tuples(
            st.integers(0, 90),
            st.floats(-200, 1000),
            st.integers(0, 200),
            st.none() | st.floats(1, 10),
            st.sampled_from(Kind),
        )
    ),
    st.sampled_from([SQUAT, PULL_UP, PUSH_UP, PLANK]),
    st.none() | st.floats(0, 400),
)
def test_every_estimate_is_finite_and_in_its_band(
    log: list[tuple[int, float, int, float | None, Kind]], exercise: Exercise, body: float | None
) -> None:
    sets = [one for days, load, reps, rpe, kind in log for one in on(days, a_set(load, reps, rpe, kind=kind))]
    result = estimate(exercise, sets, body, TODAY)
    if result is not None:
        assert 0 <= result.low_kg <= result.e1rm_kg <= result.high_kg < math.inf
