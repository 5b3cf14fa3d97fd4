"""Forecasts by habit: what people do again, how they rate it, and how sure one can be."""

from __future__ import annotations

import random

import pytest

from core.learning import (
    PLAIN,
    RATED,
    Done,
    Habits,
    Lift,
    close,
    forecast_load,
    forecast_reps,
    forecast_rpe,
    forecast_rpe_next,
    update,
)
from tests.learning.logs import fold, steady


def test_nothing_is_forecast_from_nothing() -> None:
    unrated = fold(steady(rpe=None))
    assert forecast_reps(Habits(), Lift(), 100, PLAIN) is None
    assert forecast_rpe(*unrated, 100, 5, 30) is None
    assert forecast_load(unrated[1], 5, 8) is None
    assert forecast_rpe_next(*unrated, Done(100, 5), 100, 5) is None


def test_heavy_fives_and_light_twelves_are_told_apart() -> None:
    days = [Done(120, 5, 9), Done(90, 12, 8)] * 8
    states = fold([(day * 3, done) for day, done in enumerate(days)])
    for load, reps, rpe in ((120, 5, 9), (90, 12, 8)):
        told, effort = forecast_reps(*states, load, RATED), forecast_rpe(*states, load, reps, 60)
        chosen = forecast_load(states[1], reps, rpe)
        assert told is not None and effort is not None and chosen is not None
        assert (told.value, effort.value) == (reps, rpe)
        assert chosen.value == pytest.approx(load, rel=0.001)


def test_one_session_is_repeated() -> None:
    states = fold([(0, Done(100, 7, 8.5))])
    told, effort = forecast_reps(*states, 110, RATED), forecast_rpe(*states, 110, 7, 4)
    assert told is not None and effort is not None
    assert (told.value, effort.value) == (7, 8.5)


@pytest.mark.parametrize("always", [6, 8, 10])
def test_who_always_says_the_same_is_forecast_to_say_it_again(always: float) -> None:
    loads = random.Random(1)
    states = fold((day * 3, Done(100 + 2.5 * loads.randrange(8), 8, always)) for day in range(30))
    told = forecast_rpe(*states, 110, 8, 92)
    assert told is not None and told.value == always


def test_second_sets_are_forecast_as_theirs_went() -> None:
    """One rates the second set a point higher, the other the same."""
    for more in (0, 1):
        sets = [(day * 3, Done(100, 8, 7.0 + more * second)) for day in range(12) for second in (0, 1)]
        told = forecast_rpe_next(*fold(sets), Done(100, 8, 7.0), 100, 8)
        assert told is not None and told.value == 7 + more


def test_sets_to_failure_say_little_of_sets_that_stop_short() -> None:
    mixed = [Done(100, 12, failed=True), Done(100, 8)] * 6
    states = fold([(day * 3, done) for day, done in enumerate(mixed)])
    told = forecast_reps(*states, 100, PLAIN)
    assert told is not None and told.value == 8


@pytest.mark.parametrize("noise", [0.5, 1.5, 3.0])
def test_intervals_hold_four_in_five_however_people_scatter(noise: float) -> None:
    chance = random.Random(3)
    habits, lift, held = Habits(), Lift(), []
    for day in range(400):
        reps = max(1, min(30, round(chance.gauss(10, noise))))
        told = forecast_reps(habits, lift, 100, PLAIN)
        if told is not None and day >= 50:
            held.append(told.low <= reps <= told.high)
        habits, lift = close(*update(habits, lift, Done(100, reps), day * 3))
    assert 0.74 <= sum(held) / len(held) <= 0.9


def test_the_first_work_set_stands_for_a_day_not_its_warm_up_or_back_off() -> None:
    days = [(day, done) for day in range(0, 20, 4) for done in (Done(60, 10), Done(100, 5), Done(70, 15))]
    told = forecast_reps(*fold(days), 100, PLAIN)
    assert told is not None and told.value == 5


def test_closing_twice_is_closing_once() -> None:
    states = fold(steady(sets=2))
    assert close(*states) == states
