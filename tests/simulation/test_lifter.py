"""The simulated lifter: what a person can do, how a set ends, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.simulation.lifter import felt_reserve, perform, reps_to_failure, reserve_for, share, tired
from core.simulation.loop import cast
from core.simulation.people import PARAMETERS, Person, SetLuck, TrueLift

BENCH = TrueLift(one_rm_kg=100, reps_at_80=8.8, claim_kg=95)
EVEN = SetLuck(strength=0, rating=0, logged=1)


@pytest.fixture
def person() -> Person:
    somebody, _ = cast(seed=1, number=0)
    return replace(somebody, rater="half", rating_error=0.0, fatigue=0.025)


@pytest.mark.parametrize(("part", "reps"), [(1.0, 1.0), (0.8, 8.8)])
def test_the_curve_goes_through_the_published_points(part: float, reps: float) -> None:
    assert reps_to_failure(BENCH, part) == pytest.approx(reps)
    assert share(BENCH, reps) == pytest.approx(part)


@pytest.mark.parametrize(
    ("load", "asked", "done", "failed"), [(80, 6, 6, False), (80, 12, 9, True), (120, 3, 0, True)]
)
def test_a_person_does_what_is_asked_or_what_they_can(
    person: Person, load: float, asked: int, done: int, failed: bool
) -> None:
    outcome = perform(person, BENCH, 100, load, asked, False, EVEN)
    assert (outcome.reps, outcome.failed) == (done, failed)
    assert (outcome.rpe == 10) == failed


def test_an_amrap_goes_to_failure_and_is_rated_10(person: Person) -> None:
    outcome = perform(person, BENCH, 100, 80, 6, True, EVEN)
    assert (outcome.reps, outcome.said) == (9, 10)


def test_people_have_more_left_than_they_believe_and_more_so_in_long_sets(person: Person) -> None:
    unseen = [left - felt_reserve(person, left, able) for left, able in ((0, 8), (1, 8), (4, 8), (4, 18))]
    assert unseen[0] == 0
    assert unseen == sorted(unseen)
    assert unseen[1] < unseen[2] < unseen[3] < 4


@pytest.mark.parametrize(("reps", "rpe"), [(15, 6.0), (8, 8.0), (6, 9.0)])
def test_the_reserve_for_an_effort_feels_like_that_effort(person: Person, reps: int, rpe: float) -> None:
    left = reserve_for(person, reps, rpe)
    assert 10 - felt_reserve(person, left, reps + left) == pytest.approx(rpe, abs=0.01)


def test_failure_tires_most(person: Person) -> None:
    easy, hard, failed = (
        tired(person, perform(person, BENCH, 100, load, reps, False, EVEN))
        for load, reps in ((60, 8), (80, 8), (80, 12))
    )
    assert easy < hard < failed
    assert failed == pytest.approx(0.025 * 25 / 10.5)


@pytest.mark.parametrize(("rater", "said"), [("half", {7.5, 8.0, 8.5}), ("whole", {8.0}), ("eight", {8.0})])
def test_people_rate_in_their_own_way(person: Person, rater: str, said: set[float]) -> None:
    somebody = replace(person, rater=rater)  # type: ignore[arg-type]
    load = 100 * share(BENCH, 8 + reserve_for(somebody, 8, 8.0))
    ratings = {
        perform(somebody, BENCH, 100, load, 8, False, EVEN._replace(rating=z)).said for z in (-0.6, 0, 0.6)
    }
    assert ratings == said


def test_every_parameter_says_where_it_comes_from() -> None:
    assert all(one.source for one in PARAMETERS.values())
