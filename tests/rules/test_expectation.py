"""What a log has taught, in the targets: a bad day among good ones, ratings that rate nothing, a lift that is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.learning import Belief, Habits, Lift
from core.learning.state import CURVE_VAR
from core.model import Exercise, Failure, LoggedSet, Pain, SetEntry
from core.situation import Learned, Related, Situation
from core.targets import next_session, next_target
from tests.rules.samples import (
    PULL_UP,
    ROW,
    SQUAT,
    TODAY,
    a_set,
    after,
    codes,
    known,
    on,
    situation,
    told,
)

RISING = (a_set(100, 8, 7.5), a_set(100, 8, 8), a_set(100, 8, 8.5))
FAILED = (a_set(100, 6, 10, failure=Failure.ABSOLUTE),) * 3


def days(*sessions: tuple[SetEntry, ...], exercise: Exercise = SQUAT) -> tuple[LoggedSet, ...]:
    """Sessions three days apart, the last three days ago."""
    places = range(3 * len(sessions), 0, -3)
    return tuple(
        one for ago, sets in zip(places, sessions, strict=True) for one in on(ago, *sets, exercise=exercise)
    )


# Luck ------------------------------------------------------------------------------------------------------------


def test_one_bad_day_among_good_ones_takes_no_load_off() -> None:
    history = days(*[RISING] * 6)
    assert "back_off" in codes(after(situation(*FAILED, history=history)))
    target = after(known(*FAILED, history=history))
    assert told(target) == (100, 6)
    assert codes(target) == ["expected_easy"]


def test_one_day_says_nothing_against_a_second() -> None:
    history = days(RISING)
    assert told(after(known(*FAILED, history=history))) == told(after(situation(*FAILED, history=history)))


def test_a_bad_day_that_comes_again_is_none() -> None:
    target = after(known(*FAILED, history=days(*[RISING] * 6, FAILED, FAILED)))
    assert target.load is not None
    assert target.load < 100


def test_one_easy_day_among_hard_ones_raises_by_no_more_than_a_session_may() -> None:
    hard = (a_set(100, 8, 9), a_set(100, 8, 9.5), a_set(100, 8, 9))
    easy = (a_set(100, 8, 6),) * 3
    assert told(after(situation(*easy, history=days(*[hard] * 6)))) == (105, 8)
    target = after(known(*easy, history=days(*[hard] * 6)))
    assert target.load is not None
    assert 100 <= target.load <= 105


def test_what_was_told_for_the_next_session_stands_when_it_begins() -> None:
    before = known(*FAILED, history=days(*[RISING] * 6))
    told_then = next_session(before)
    assert told_then is not None
    later = known(history=(*before.history, *before.session), today=TODAY + timedelta(days=4))
    assert told(after(later)) == told(told_then)


def test_care_comes_first() -> None:
    hurt = (*RISING[:2], a_set(100, 8, 5, pain=Pain(5)))
    target = after(known(*hurt, history=days(*[(a_set(100, 8, 6),) * 3] * 6)))
    assert target.load is not None
    assert target.load < 100
    assert "expected_easy" not in codes(target)


# Ratings that rate nothing -----------------------------------------------------------------------------------------


ALWAYS = (a_set(60, 12, 8),) * 3


def test_who_always_says_eight_is_not_sent_down_and_down() -> None:
    """A row asks for RPE 7: taken at their word they would lift less each time, for ever."""
    history = days(*[ALWAYS] * 4, exercise=ROW)
    target = after(known(a_set(60, 12, 8), exercise=ROW, history=history))
    assert told(target) == (60, 12)
    assert codes(target) == ["flat_rating"]


def test_who_always_says_eight_goes_up_by_their_reps() -> None:
    history = days(*[ALWAYS] * 4, exercise=ROW)
    assert told(after(known(*ALWAYS, exercise=ROW, history=history))) == (60, 13)
    top = (a_set(60, 15, 8),) * 3
    first = after(known(*top, exercise=ROW, history=history))
    assert (told(first), codes(first)) == ((60, 15), ["hold_flat"])
    again = after(known(*top, exercise=ROW, history=days(*[ALWAYS] * 4, top, exercise=ROW)))
    assert again.load is not None
    assert again.load > 60


def test_another_rating_than_always_counts() -> None:
    history = days(*[ALWAYS] * 4, exercise=ROW)
    target = after(known(a_set(60, 12, 10), exercise=ROW, history=history))
    assert target.load is not None
    assert target.reps is not None
    assert target.load < 60 or target.reps < 12


def test_easy_ratings_are_believed_however_often_they_are_said() -> None:
    light = (a_set(60, 12, 6),) * 3
    target = after(known(*light, exercise=ROW, history=days(*[light] * 6, exercise=ROW)))
    assert target.load is not None
    assert target.load > 60


# A lift that is new -------------------------------------------------------------------------------------------------


def test_a_new_lift_begins_from_a_related_one_on_the_light_side() -> None:
    s = situation(related=Related(100.0, 0.2, "Squat"))
    target = after(s)
    assert codes(target) == ["from_related"]
    assert target.load is not None
    stated = after(situation(stated_max_kg=100.0))
    assert stated.load is not None
    assert 20 < target.load < stated.load


def test_the_surer_a_related_lift_is_the_less_is_taken_off() -> None:
    def load(sd: float) -> float:
        found = after(situation(related=Related(200.0, sd, "Squat"))).load
        assert found is not None
        return found

    assert load(0.05) > load(0.2) > load(0.3)


def test_a_stated_max_speaks_before_a_related_lift() -> None:
    target = after(situation(stated_max_kg=150.0, related=Related(100.0, 0.1, "Squat")))
    assert codes(target) == ["from_stated_max"]


def test_a_pull_up_from_a_related_lift_asks_for_no_assistance_of_those_who_never_used_it() -> None:
    target = after(situation(exercise=PULL_UP, related=Related(82.0, 0.1, "Chin-up")))
    assert told(target)[0] == 0


# The rep curve ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("doubt", "is_known"), [(0.2, True), (0.95, False)])
def test_what_a_step_costs_is_read_off_the_athletes_own_curve_once_it_is_known(
    doubt: float, is_known: bool
) -> None:
    def curved(k: float) -> Situation:
        belief = Belief(m=5.0, k=k, v_k=doubt * CURVE_VAR, day=1, sets=30, days=10)
        s = situation(a_set(20, 12, 8.5), a_set(20, 12, 8.5), a_set(20, 12, 8.5), exercise=ROW)
        return replace(s, learned=Learned(Habits(), Lift(belief=belief)))

    steep, shallow = curved(0.4), curved(-0.9)
    assert (steep.curve > 1 > shallow.curve) is is_known
    assert (steep.curve == shallow.curve == 1) is not is_known
    assert next_target(steep) is not None


def test_broken_form_last_time_is_planned_from_before_any_set_of_today() -> None:
    broken = tuple(a_set(100, 8, 8, form_from=6) for _ in range(3))
    target = after(known(history=days(*[RISING] * 5, broken)))
    assert target.load is not None
    assert target.load <= 100
