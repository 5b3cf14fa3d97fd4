"""What a lift tells of a related one."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from core.exercises import catalogue
from core.model import Exercise
from core.related import HIGHEST, LOWEST, MEASURED, PUBLISHED, WIDEST, Relative, relatives

EVERY = [(lift.id, told) for lift in catalogue() for told in relatives(lift.id)]
IN_THE_TABLES = {id_ for row in (*MEASURED, *PUBLISHED) for id_ in row[:2]}


def lift(exercise_id: str) -> Exercise:
    found = catalogue().get(exercise_id)
    assert found is not None, exercise_id
    return found


def of(exercise_id: str, by: str) -> Relative | None:
    return next((told for told in relatives(exercise_id) if told.exercise_id == by), None)


@pytest.mark.parametrize(
    ("exercise", "relative", "low", "high"),
    [
        ("front-squat", "squat", 0.65, 0.88),
        ("squat", "front-squat", 1.15, 1.5),
        ("deadlift", "squat", 1.0, 1.3),
        ("trap-bar-deadlift", "deadlift", 1.0, 1.15),
        ("romanian-deadlift", "deadlift", 0.6, 0.85),
        ("incline-bench-press", "bench-press", 0.7, 0.9),
        ("overhead-press", "bench-press", 0.5, 0.7),
        ("dumbbell-bench-press", "bench-press", 0.35, 0.45),
        ("incline-dumbbell-press", "dumbbell-bench-press", 0.8, 1.0),
        ("chin-up", "pull-up", 0.95, 1.1),
        ("lat-pulldown", "pull-up", 0.7, 0.9),
        ("dumbbell-curl", "biceps-curl", 0.35, 0.55),
    ],
)
def test_a_lift_tells_of_a_related_one_what_lifters_know(
    exercise: str, relative: str, low: float, high: float
) -> None:
    told = of(exercise, relative)
    assert told is not None and low <= told.ratio <= high


def test_a_front_squat_starts_from_the_squat_before_anything_else() -> None:
    assert relatives("front-squat")[0].exercise_id == "squat"


@pytest.mark.parametrize(
    "exercise", ["plank", "farmers-walk", "running", "no-such-lift", "", "hanging-leg-raise"]
)
def test_a_lift_without_relatives_has_none(exercise: str) -> None:
    assert relatives(exercise) == ()


def test_every_lift_of_the_tables_is_in_the_catalogue_and_its_load_is_known() -> None:
    for id_ in IN_THE_TABLES:
        assert not lift(id_).timed, id_
        assert lift(id_).share > 0 or not lift(id_).bodyweight, f"{id_}: the body's share is not known"


def test_body_weight_lifts_are_related_by_what_is_really_lifted_or_to_a_cable() -> None:
    """A bar's load against one's own weight would say more of the body than of the lift."""
    mixed = [(a, told) for a, told in EVERY if lift(a).share != lift(told.exercise_id).share]
    assert {frozenset((a, told.exercise_id)) for a, told in mixed} == {frozenset(("lat-pulldown", "pull-up"))}


def test_no_pair_stands_twice_in_the_tables_and_none_is_of_one_lift() -> None:
    pairs = [frozenset(row[:2]) for row in (*MEASURED, *PUBLISHED)]
    assert all(len(pair) == 2 for pair in pairs)
    assert len(set(pairs)) == len(pairs)


def test_each_pair_of_the_tables_is_told_at_least_from_its_main_lift() -> None:
    for row in (*MEASURED, *PUBLISHED):
        told = of(row[0], row[1])
        assert told is not None and (told.ratio, told.sd) == (row[2], row[3]), row[:2]


def test_ratios_and_spreads_are_sensible_and_say_where_they_are_from() -> None:
    for exercise, told in EVERY:
        assert math.isfinite(told.ratio) and LOWEST <= told.ratio <= HIGHEST, (exercise, told)
        assert 0.05 <= told.sd <= WIDEST, (exercise, told)
        assert told.source, (exercise, told)
        assert told.exercise_id != exercise


def test_what_was_measured_was_measured_in_at_least_five_lifters() -> None:
    assert all(lifters >= 5 for *_, lifters in MEASURED)
    assert "17 lifters" in next(told.source for told in relatives("deadlift") if told.exercise_id == "squat")


def test_the_most_telling_relative_comes_first() -> None:
    for exercise in IN_THE_TABLES:
        spreads = [told.sd for told in relatives(exercise)]
        assert spreads == sorted(spreads), exercise


def test_there_and_back_is_the_same_weight() -> None:
    both_ways = 0
    for exercise, told in EVERY:
        back = of(told.exercise_id, exercise)
        if back is not None:
            both_ways += 1
            assert told.ratio * back.ratio == pytest.approx(1)
            assert told.sd == back.sd
    assert both_ways > 40


def test_a_way_round_over_a_third_lift_agrees_to_within_the_spread() -> None:
    ratio = {(row[0], row[1]): (math.log(row[2]), row[3]) for row in (*MEASURED, *PUBLISHED)}
    ratio |= {(b, a): (-step, sd) for (a, b), (step, sd) in ratio.items()}
    rounds = [
        (a, b, c)
        for a, b, c in combinations(sorted(IN_THE_TABLES), 3)
        if {(a, b), (b, c), (c, a)} <= ratio.keys()
    ]
    assert len(rounds) >= 5
    for a, b, c in rounds:
        legs = [ratio[a, b], ratio[b, c], ratio[c, a]]
        assert abs(sum(step for step, _ in legs)) <= math.hypot(*(sd for _, sd in legs)), (a, b, c)


@pytest.mark.parametrize(
    ("exercise", "relative"),
    [
        ("squat", "smith-squat"),
        ("squat", "hack-squat"),
        ("bench-press", "chest-press"),
        ("bench-press", "smith-bench-press"),
        ("overhead-press", "machine-shoulder-press"),
    ],
)
def test_a_machine_does_not_speak_for_a_free_squat_or_press(exercise: str, relative: str) -> None:
    assert of(relative, exercise) is not None
    assert of(exercise, relative) is None


@pytest.mark.parametrize(
    ("exercise", "relative"),
    [
        ("bench-press", "skull-crusher"),
        ("bench-press", "biceps-curl"),
        ("squat", "leg-extension"),
        ("dumbbell-shoulder-press", "lateral-raise"),
    ],
)
def test_an_isolation_does_not_speak_for_a_compound(exercise: str, relative: str) -> None:
    assert of(relative, exercise) is not None
    assert of(exercise, relative) is None


def test_a_pulldown_speaks_for_the_first_pull_up() -> None:
    assert of("pull-up", "lat-pulldown") is not None
