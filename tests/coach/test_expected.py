"""What the plan asks for, and what was done last, settle which of a text's readings is meant."""

from __future__ import annotations

import pytest

from core.coach.expected import Expected
from core.coach.settling import weigh
from core.model import SetEntry
from core.notation import Setting, parse
from core.notation.reading import Reading


def planned(load: float, reps: int, sets: int, rpe: float = 7.0) -> Expected:
    return Expected("kg", load, reps, sets, rpe, last_kg=load)


def last(load: float) -> Expected:
    return Expected("kg", last_kg=load)


def readings(text: str) -> tuple[Reading, ...]:
    (question,) = parse(text, Setting()).questions
    return question.readings


def said(sets: tuple[SetEntry, ...]) -> tuple[int, float | None, int | None, float | None]:
    return len(sets), sets[0].load, sets[0].reps, sets[0].rpe


@pytest.mark.parametrize(
    ("text", "known", "meant"),
    [
        ("curl 2x14 10", planned(10, 14, 2), (2, 10, 14, None)),
        ("curl 3x14 10", planned(10, 14, 2), None),
        ("incline db press 4x10 5 left", planned(4, 10, 3), (1, 4, 10, 5)),
        ("incline db press 4x10", planned(4, 10, 4), None),
        ("incline db press 3x14 6 5 left", planned(6, 14, 3), (3, 6, 14, 5)),
        ("lateral raise 2x16 @7", planned(4, 16, 2), (2, None, 16, 7)),
        ("lateral raise 2x8 @7", planned(4, 16, 2), None),
        ("triceps pushdown 16x33", planned(16, 12, 1), (1, 16, 33, None)),
        ("triceps pushdown 25x32 failed", planned(25, 25, 2), (1, 25, 32, 10)),
        ("triceps pushdown 25x32 failed", planned(32, 25, 2), (1, 32, 25, 10)),
        ("pull up 3x8 10", planned(10, 8, 3), (3, 10, 8, None)),
        ("curl 12@10", planned(10, 12, 2, rpe=6), (1, 10, 12, None)),
        ("squat 100x8 9", planned(100, 8, 3, rpe=9), None),
        ("curl 2x14 10", last(10), None),
        ("curl 2x14 10 3 left", last(10), (2, 10, 14, 7)),
        ("curl 3x14 8", last(4), None),
        ("curl 2x14 10", Expected("kg"), None),
    ],
)  # fmt: skip
def test_the_reading_that_is_meant(
    text: str, known: Expected, meant: tuple[int, float, int, float] | None
) -> None:
    found = weigh(readings(text), known)
    assert (None if found.meant is None else said(found.meant.sets)) == meant
    assert set(found.in_order) == set(readings(text))


def test_what_may_be_meant_stands_first_and_what_is_far_from_the_lift_last() -> None:
    found = weigh(readings("curl 3x14 8"), planned(8, 14, 3, rpe=8))
    assert [said(one.sets)[:2] for one in found.in_order] == [(3, 8), (3, None), (2, 3), (1, 3)]
    assert [said(one.sets)[1] for one in weigh(readings("curl 2x14 10"), last(20)).in_order][:2] == [10, None]


@pytest.mark.parametrize(
    ("load", "is_far"), [(100, False), (40, False), (33, True), (300, True), (290, False)]
)
def test_a_load_three_times_off_is_far(load: float, is_far: bool) -> None:
    assert last(100).is_far([SetEntry(load=load, reps=5)]) is is_far


def test_a_load_is_far_only_from_all_that_the_lift_is_known_for() -> None:
    known = Expected("kg", 20, 10, 3, last_kg=100)
    assert not known.is_far([SetEntry(load=25, reps=10)])
    assert known.is_far([SetEntry(load=2, reps=10)])


@pytest.mark.parametrize(("reps", "near"), [(14, True), (11, True), (17, True), (10, False), (18, False)])
def test_reps_near_the_plan(reps: int, near: bool) -> None:
    assert planned(10, 14, 2).has_its_reps([SetEntry(reps=reps)]) is near
