"""Reps called left on the way to failure: the rating bias, seen directly, and what follows from it."""

from __future__ import annotations

import pytest

from core.exercises import catalogue
from core.learning import (
    Done,
    Habits,
    Lift,
    as_json,
    close,
    estimate,
    forecast_amrap,
    habits_from,
    lift_from,
    prescribe,
    stated,
    update,
)
from core.learning.reading import evidence
from core.model import Call, Exercise, Failure, Kind, Pain, SetEntry, Side
from tests.learning.logs import fold, steady

CURL = Done(20, 14, failed=True)


def after_call(called: float, came: int, habits: Habits | None = None) -> Habits:
    """The habits after a test on a lift that was never done before."""
    start = Habits() if habits is None else habits
    return update(start, Lift(), CURL._replace(called=called, came=came), 30)[0]


@pytest.mark.parametrize(
    ("called", "came", "more"),
    [(3, 5, True), (2, 5, True), (1, 4, True), (0, 3, True), (3, 3, False), (5, 3, False), (3, 1, False)],
)
def test_a_call_moves_the_bias_to_where_it_was_wrong(called: float, came: int, more: bool) -> None:
    assert (after_call(called, came).bias > Habits().bias) is more


def test_who_has_as_many_more_as_people_have_teaches_only_that_it_is_so() -> None:
    habits = after_call(3, 4, Habits(bias=4 / 3))
    assert habits.bias == pytest.approx(4 / 3)
    assert habits.bias_sets > Habits().bias_sets


def test_many_calls_find_the_bias_whatever_was_believed() -> None:
    """Somebody who has two more at three called, where three quarters of a bias show, and is right at none."""
    habits = Habits()
    for _ in range(40):
        habits = after_call(3, 4, habits)
    assert habits.bias == pytest.approx(4 / 3, abs=0.1)
    for _ in range(100):
        habits = after_call(3, 3, habits)
    assert habits.bias == pytest.approx(0, abs=0.2)


@pytest.mark.parametrize(("called", "came"), [(1, 199), (9, 1), (0, 30), (50, 1), (2.5, 100)])
def test_one_slip_of_the_thumb_teaches_little(called: float, came: int) -> None:
    habits = after_call(called, came)
    assert 0 <= habits.bias <= 2
    assert abs(habits.bias - Habits().bias) <= 1


def test_a_call_near_failure_says_less_than_one_with_some_left() -> None:
    near, far = after_call(1, 2 + 1), after_call(4, 6 + 1)
    assert Habits().bias < near.bias < far.bias
    assert near.bias_sets < far.bias_sets


def test_a_call_counts_however_light_its_set_was_for_the_day() -> None:
    habits, lift = update(Habits(), Lift(), Done(30, 8, 9), 30)
    after, _ = update(habits, lift, CURL._replace(called=3, came=6), 30)
    plain, _ = update(habits, lift, CURL, 30)
    assert after.bias > plain.bias == habits.bias


def test_a_set_that_was_called_teaches_the_bias_once() -> None:
    """What its reps say beside the forecast is strength then: the bias was seen."""
    habits, lift = fold(steady(20, 10, 8, sessions=8))
    called, _ = update(habits, lift, Done(20, 14, failed=True, called=3, came=4), 40)
    other, _ = update(habits, Lift(), Done(50, 14, failed=True, called=3, came=4), 40)
    assert called.bias == other.bias
    assert called.bias != update(habits, lift, Done(20, 14, failed=True), 40)[0].bias


# never by itself a load


@pytest.mark.parametrize(("called", "came"), [(3, 6), (3, 1)])
@pytest.mark.parametrize("rpe", [7, 8, 9])
@pytest.mark.parametrize("reps", [5, 8, 12])
def test_a_call_moves_no_load_of_another_lift(called: float, came: int, rpe: float, reps: int) -> None:
    habits, squat = fold(steady(100, 8, 8))
    told = after_call(called, came, habits)
    was, now = prescribe(habits, squat, reps, rpe, 30), prescribe(told, squat, reps, rpe, 30)
    assert was is not None and now is not None and told.bias != habits.bias
    assert now.value == pytest.approx(was.value, rel=0.0035)


def test_nor_does_a_load_move_when_the_lift_is_done_again() -> None:
    habits, squat = fold(steady(100, 8, 8))
    plain, told = (habits, squat), (after_call(3, 6, habits), squat)
    for day, rpe in zip(range(24, 64, 4), (8, 8.5, 7.5, 9, 8) * 2, strict=True):
        plain, told = (update(*one, Done(100, 8, rpe), day) for one in (plain, told))
        was, now = (prescribe(*one, 8, 8, day + 4) for one in (plain, told))
        assert was is not None and now is not None
        assert now.value == pytest.approx(was.value, rel=0.003)


def test_a_call_moves_what_is_forecast_to_failure_and_in_the_end_the_maximum() -> None:
    habits, squat = fold(steady(100, 8, 8))
    told = after_call(3, 6, habits)
    was, now = forecast_amrap(habits, squat, 100, 30), forecast_amrap(told, squat, 100, 30)
    assert was is not None and now is not None and now.value > was.value + 0.2
    one, other = (estimate(update(one, squat, Done(100, 8, 8), 30)[1], 30) for one in (habits, told))
    assert one is not None and other is not None and other.value > one.value


def test_a_maximum_that_was_stated_was_rated_by_nobody() -> None:
    lift = stated(140, 0)
    told = after_call(3, 6)
    was, now = forecast_amrap(Habits(), lift, 100, 0), forecast_amrap(told, lift, 100, 0)
    assert was is not None and now is not None and was.value == now.value


def test_states_are_read_back_with_what_calls_taught() -> None:
    habits, lift = fold(steady(20, 12, 8))
    habits, lift = close(*update(habits, lift, Done(20, 14, failed=True, called=3, came=5), 40))
    assert habits_from(as_json(habits)) == habits
    assert lift_from(as_json(lift)) == lift


# what a set of the log tells of its call


def lift_of(name: str) -> Exercise:
    found = catalogue().get(name)
    assert found is not None
    return found


FAILED = SetEntry(exercise="biceps-curl", load=20, unit="kg", reps=14, rpe=10.0, failure=Failure.TECHNICAL)


@pytest.mark.parametrize(
    ("done", "came"),
    [
        (FAILED, 5),
        (SetEntry(load=20, unit="kg", reps=14, rpe=10.0), 5),
        (SetEntry(load=20, unit="kg", reps=14, rpe=10.0, failure=Failure.TECHNICAL, form_from=12), 3),
        (SetEntry(load=20, unit="kg", reps=9, rpe=10.0, failure=Failure.TECHNICAL), None),
        (SetEntry(load=20, unit="kg", reps=14, rpe=8.0), None),
        (SetEntry(load=20, unit="kg", reps=14), None),
        (SetEntry(load=20, unit="kg", reps=14, failure=Failure.TECHNICAL, pain=Pain(3)), None),
    ],
    ids=["failure", "rated 10", "form broke", "over by then", "some left", "no effort told", "it hurt"],
)
def test_a_call_counts_where_failure_came_after_it(done: SetEntry, came: int | None) -> None:
    (told,) = evidence(lift_of("biceps-curl"), [done], None, [Call(9, 3)])
    assert (told.called, told.came) == ((3, came) if came is not None else (None, 0))


def test_of_several_sets_each_has_its_own_call() -> None:
    warmup = SetEntry(load=10, unit="kg", reps=10, kind=Kind.WARMUP)
    plain = SetEntry(load=20, unit="kg", reps=10, rpe=8.0)
    told = list(evidence(lift_of("biceps-curl"), [warmup, plain, FAILED], None, [None, None, Call(9, 3)]))
    assert [(one.called, one.came) for one in told] == [(None, 0), (3, 5)]


@pytest.mark.parametrize("calls", [[Call(9, 3), None], [None, Call(9, 3)]])
def test_a_call_in_one_of_two_sides_counts(calls: list[Call | None]) -> None:
    sides = [
        SetEntry(load=20, unit="kg", reps=14, rpe=10.0, failure=Failure.TECHNICAL, side=side)
        for side in (Side.LEFT, Side.RIGHT)
    ]
    (told,) = evidence(lift_of("dumbbell-curl"), sides, None, calls)
    assert (told.called, told.came) == (3, 5)
