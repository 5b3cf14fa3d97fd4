"""Ratings that are always the same rate nothing; what is left is found out by reps and by a little more each time."""

from __future__ import annotations

import pytest

from core.learning import Done, Forecast, Habits, Lift, flat_rating, forecast_effort, prescribe, update
from core.learning.reserve import reserve, said


def told(*ratings: float, load: float = 100.0) -> tuple[Habits, Lift]:
    """Sets of eight with these ratings, three a day."""
    habits, lift = Habits(), Lift()
    for place, rpe in enumerate(ratings):
        habits, lift = update(habits, lift, Done(load, 8, rpe), 100 + 3 * (place // 3))
    return habits, lift


@pytest.mark.parametrize(
    ("ratings", "flat"),
    [
        ([8.0] * 9, None),
        ([8.0] * 10, 8.0),
        ([8.0] * 20 + [9.0], 8.0),
        ([8.0] * 20 + [9.0, 9.0], None),
        ([8.0] * 20 + [9.0, 9.0] + [9.0] * 10, 9.0),
        ([8.0, 8.5] * 10, None),
        ([6.0] * 20, None),
    ],
)
def test_when_ratings_rate_nothing(ratings: list[float], flat: float | None) -> None:
    assert flat_rating(told(*ratings)[0]) == flat


def test_a_rating_unlike_the_others_says_something() -> None:
    same, harder = told(*[8.0] * 21), told(*[8.0] * 20, 10.0)
    assert _load(*harder) < _load(*same)


def test_who_rates_all_alike_is_tried_with_a_little_more_and_not_with_ever_more() -> None:
    loads = [_load(*told(*[8.0] * count)) for count in (9, 15, 30, 90, 300)]
    assert loads[0] < loads[1] < loads[2]
    assert loads[-1] == pytest.approx(loads[-2], rel=0.02)
    assert loads[-1] < 1.08 * loads[0]


def _load(habits: Habits, lift: Lift) -> float:
    found = prescribe(habits, lift, 8, 8, lift.belief.day + 1)
    assert found is not None
    return found.value


@pytest.mark.parametrize("bias", [0.0, 1.0, 2.0])
@pytest.mark.parametrize("rpe", [5.5, 6, 7, 8, 9, 9.5, 10])
def test_what_is_said_is_what_is_left_read_backwards(rpe: float, bias: float) -> None:
    habits = Habits(bias=bias)
    assert said(habits, reserve(habits, rpe)) == pytest.approx(rpe)


def test_reps_that_would_be_missed_are_counted_beyond_ten() -> None:
    assert said(Habits(), 0.0) == 10
    assert said(Habits(), -2.0) == 12


def test_more_load_more_reps_and_later_sets_are_harder() -> None:
    habits, lift = told(7.5, 8.0, 8.5, 7.5, 8.0, 8.5)

    def effort(load: float = 100.0, reps: int = 8, position: int = 1) -> Forecast:
        found = forecast_effort(habits, lift, load, reps, 110, position)
        assert found is not None
        assert found.low <= found.value <= found.high
        return found

    assert 6.5 < effort().value < 9
    assert effort(load=105).value > effort().value
    assert effort(reps=9).value > effort().value
    assert effort(position=3).value > effort(position=2).value > effort().value
    assert effort(load=300).value > 10


def test_nothing_is_expected_of_a_lift_nobody_knows() -> None:
    assert forecast_effort(Habits(), Lift(), 100, 8, 1) is None


def test_fatigue_is_learned_from_how_later_sets_stand_to_the_first() -> None:
    tires, does_not = told(*[7.0, 8.5, 10.0] * 12), told(*[8.0, 8.0, 8.5] * 12)
    assert tires[0].fatigue > does_not[0].fatigue
