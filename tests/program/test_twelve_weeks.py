"""The twelve weeks played twice by simulated lifters: what AMRAPs measure, and what the working max does to loads."""

from __future__ import annotations

from functools import cache

import pytest

from core.simulation.loop import Course, cast, train
from core.simulation.people import Person
from core.simulation.scores import Scores, scores
from tests.program.held import held

LIFTERS = 24


@cache
def played(rated: bool) -> tuple[tuple[Person, Course], ...]:
    people = (cast(11, number) for number in range(LIFTERS))
    return tuple((person, train(person, luck, held(rated))) for person, luck in people)


@cache
def scored(rated: bool) -> Scores:
    return scores(played(rated))


def amraps(rated: bool, kind: str) -> list[int]:
    return [
        one.outcome.reps
        for person, course in played(rated)
        for one in course.sets
        if one.aim.amrap
        and kind in (person.unit, person.rater, "anyone", "careless" if person.skips + person.late else "")
    ]


@pytest.mark.parametrize("kind", ["anyone", "kg", "lb", "half", "whole", "careless"])
def test_nine_of_ten_amraps_of_those_who_rate_come_to_4_to_13_reps(kind: str) -> None:
    reps = amraps(True, kind)
    assert len(reps) > 30
    assert sum(4 <= one <= 13 for one in reps) >= 0.9 * len(reps)


def test_who_never_rates_is_still_led_to_heavier_loads() -> None:
    assert scored(False).load_progress > 3
    assert scored(False).missed < 0.06
    # Here nobody leaves a set open, by which the chat finds the loads of those who say nothing.
    reps = amraps(False, "anyone")
    assert sum(4 <= one <= 13 for one in reps) >= 0.75 * len(reps)


def test_few_sets_are_missed_and_none_is_far_too_heavy() -> None:
    assert scored(True).missed < 0.02
    assert scored(True).overshoot < 0.005
    assert scored(True).progress > 10
