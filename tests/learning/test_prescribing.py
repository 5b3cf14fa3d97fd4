"""Strength as physics: loads prescribed, maxima estimated, and what counts as evidence."""

from __future__ import annotations

from math import log

import pytest

from core.learning import (
    Done,
    Forecast,
    Habits,
    Lift,
    borrowed,
    estimate,
    forecast_amrap,
    prescribe,
    stated,
    update,
)
from tests.learning.logs import fold, steady


def _prescribed(
    states: tuple[Habits, Lift], reps: int = 5, rpe: float = 8, day: int = 24, position: int = 1
) -> Forecast:
    found = prescribe(*states, reps, rpe, day, position)
    assert found is not None
    return found


def _strength(lift: Lift, day: int = 24) -> Forecast:
    found = estimate(lift, day)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("load", "reps", "rpe"),
    [(100, 5, 8), (140, 3, 9), (60, 8, 7.5), (22.5, 12, 9), (0.5, 8, 8), (600, 1, 10)],
)
def test_who_lifts_the_same_each_time_is_given_it_again(load: float, reps: int, rpe: float) -> None:
    told = _prescribed(fold(steady(load, reps, rpe)), reps, rpe)
    assert told.value == pytest.approx(load, rel=0.02)
    assert told.low < load < told.high


def test_nothing_is_prescribed_from_nothing() -> None:
    assert prescribe(Habits(), Lift(), 5, 8, 0) is None
    assert estimate(Lift(), 0) is None
    assert forecast_amrap(Habits(), Lift(), 100, 0) is None


@pytest.mark.parametrize(
    ("heavier", "lighter"),
    [
        ({"reps": 3}, {"reps": 8}),
        ({"rpe": 9}, {"rpe": 7}),
        ({"rpe": 8.5}, {"rpe": 8}),
        ({"position": 1}, {"position": 3}),
    ],
    ids=["fewer reps", "more effort", "half a point more", "the day's first set"],
)
def test_loads_follow_what_is_asked(heavier: dict[str, int], lighter: dict[str, int]) -> None:
    states = fold(steady())
    assert _prescribed(states, **heavier).value > _prescribed(states, **lighter).value


def test_a_maximum_lies_above_the_loads_lifted_with_some_left() -> None:
    _, lift = fold(steady(100, 5, 8))
    assert 110 < _strength(lift).value < 135


@pytest.mark.parametrize(
    "weak",
    [
        Done(110, 5),
        Done(110, 5, 8, weight=0.25),
        Done(88.5, 17, 8),
        Done(105.7, 5, 6),
    ],
    ids=["no effort told", "a superset", "many reps", "much in reserve"],
)
def test_weak_evidence_moves_less_than_a_hard_set_that_says_the_same(weak: Done) -> None:
    habits, lift = fold(steady(sessions=3))
    before = _strength(lift).value

    def moved(done: Done) -> float:
        return _strength(update(habits, lift, done, 24)[1]).value - before

    assert 0 <= moved(weak) < 0.9 * moved(Done(110, 5, 8))


@pytest.mark.parametrize(
    "better", [Done(110, 8, 8, pain=True), Done(110, 8, 8, clean=7)], ids=["pain", "broken form"]
)
def test_pain_and_broken_form_never_raise(better: Done) -> None:
    habits, lift = fold(steady())
    assert _strength(update(habits, lift, better, 24)[1]).value == _strength(lift).value


def test_broken_form_and_pain_may_lower_and_pain_lowers_less() -> None:
    habits, lift = fold(steady())
    sound, sore, broken = (
        _strength(update(habits, lift, done, 24)[1]).value
        for done in (Done(100, 2, 8), Done(100, 2, 8, pain=True), Done(100, 5, 8, clean=2))
    )
    assert sound < sore < _strength(lift).value
    assert broken < _strength(lift).value


def test_an_easy_set_never_lowers() -> None:
    habits, lift = fold(steady())
    for easy in (Done(90, 3, 4), Done(100, 1, 5)):
        assert _strength(update(habits, lift, easy, 24)[1]).value == _strength(lift).value


def test_reps_left_at_failure_show_that_effort_is_rated_too_high() -> None:
    habits, lift = fold(steady(100, 5, 8, sessions=8))
    called = forecast_amrap(habits, lift, 100, 32)
    assert called is not None
    habits, lift = update(habits, lift, Done(100, 12, failed=True), 32)
    again = forecast_amrap(habits, lift, 100, 33)
    assert again is not None
    assert habits.bias > Habits().bias
    assert called.value < again.value < 12.5


def test_a_personal_curve_is_learned_from_sets_to_failure() -> None:
    """Two people with one maximum: who keeps many reps at lighter loads is given more for twelve."""
    flat = fold(
        [
            (day * 4, Done(load, reps, failed=True))
            for day in range(20)
            for load, reps in ((100, 4), (80, 14))
        ][::1]
    )
    steep = fold(
        [(day * 4, Done(load, reps, failed=True)) for day in range(20) for load, reps in ((100, 4), (86, 8))]
    )
    assert _prescribed(flat, 12, 9, 80).value > _prescribed(steep, 12, 9, 80).value


def test_a_layoff_widens_and_does_not_lower() -> None:
    states = fold(steady())
    soon, late = _strength(states[1], 24), _strength(states[1], 200)
    assert late.value == soon.value
    assert late.high - late.low > 1.5 * (soon.high - soon.low)
    assert _prescribed(states, day=200).value == _prescribed(states, day=24).value


def test_after_a_layoff_the_first_sets_count_more() -> None:
    habits, lift = fold(steady())
    soon, late = (update(habits, lift, Done(88, 5, 8), day)[1] for day in (24, 200))
    assert _strength(late, 200).value < _strength(soon, 24).value


def test_a_new_lift_may_start_from_a_related_one_and_says_so() -> None:
    _, squat = fold(steady(100, 5, 8))
    front = borrowed(squat, 0.8, 24)
    told = _prescribed((Habits(), front))
    assert told.borrowed and told.value == pytest.approx(80, rel=0.02)
    assert log(told.high / told.low) > 2 * log(
        _prescribed((Habits(), squat)).high / _prescribed((Habits(), squat)).low
    )
    states = update(Habits(), front, Done(70, 5, 8), 24)
    own = _prescribed(states)
    assert not own.borrowed and own.value == pytest.approx(70, rel=0.05)
    assert borrowed(Lift(), 0.8, 24) == Lift()


def test_a_stated_maximum_gives_first_loads() -> None:
    lift = stated(140, 0)
    assert _strength(lift, 0).value == pytest.approx(140)
    assert _strength(lift, 0).borrowed
    assert 100 < _prescribed((Habits(), lift), 5, 8, 0).value < 125
