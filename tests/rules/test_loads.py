"""What can be loaded, with which plates, and the warm-up on the way."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.loads import (
    KG_RACK,
    LB_RACK,
    Gear,
    Mode,
    NotLoadable,
    PlateCount,
    Rack,
    loadable,
    next_down,
    next_up,
    plates,
    rounding,
    rungs,
    warmup,
)
from core.model import Exercise, Role, Unit
from tests.rules.samples import BENCH, CURL, PRESS, PULL_UP, ROW, SQUAT

GEAR = Gear()
KETTLEBELL = replace(CURL, id="swing", equipment="kettlebell", step_kg=4, step_lb=10)
EZ_CURL = replace(CURL, id="ez-curl", equipment="ez-bar", step_kg=2.5, step_lb=5)


@pytest.mark.parametrize(
    ("exercise", "unit", "load", "down", "nearest", "up"),
    [
        (SQUAT, "kg", 98, 97.5, 97.5, 100),
        (SQUAT, "kg", 99, 97.5, 100, 100),
        (SQUAT, "kg", 98.75, 97.5, 97.5, 100),
        (SQUAT, "kg", 100, 100, 100, 100),
        (SQUAT, "kg", 5, 20, 20, 20),
        (SQUAT, "lb", 222, 220, 220, 225),
        (SQUAT, "lb", 10, 45, 45, 45),
        (EZ_CURL, "kg", 26, 25, 25, 27.5),
        (CURL, "kg", 11.5, 10, 12, 12),
        (CURL, "kg", 1, 2, 2, 2),
        (CURL, "kg", 99, 60, 60, 60),
        (CURL, "lb", 33, 30, 35, 35),
        (ROW, "kg", 52, 50, 50, 55),
        (ROW, "lb", 52, 50, 50, 60),
        (KETTLEBELL, "kg", 19, 16, 20, 20),
        (PULL_UP, "kg", -11, -15, -10, -10),
        (PULL_UP, "kg", -36.25, -40, -35, -35),
        (PULL_UP, "lb", -36, -40, -40, -30),
        (PULL_UP, "kg", 0.4, 0, 0, 1.25),
        (PULL_UP, "kg", -999, -200, -200, -200),
        (PULL_UP, "lb", 6, 5, 5, 7.5),
    ],
)
def test_what_lies_next_to_a_load(
    exercise: Exercise, unit: Unit, load: float, down: float, nearest: float, up: float
) -> None:
    modes: tuple[Mode, ...] = ("down", "nearest", "up")
    assert [loadable(load, unit, exercise, GEAR, mode) for mode in modes] == [down, nearest, up]


@pytest.mark.parametrize(
    ("exercise", "unit", "load", "below", "above"),
    [
        (SQUAT, "kg", 100, 97.5, 102.5),
        (SQUAT, "kg", 101, 100, 102.5),
        (SQUAT, "kg", 20, None, 22.5),
        (CURL, "kg", 60, 58, None),
        (ROW, "kg", 5, None, 10),
        (PULL_UP, "kg", 0, -5, 1.25),
        (SQUAT, "lb", 225, 220, 230),
    ],
)
def test_one_step(
    exercise: Exercise, unit: Unit, load: float, below: float | None, above: float | None
) -> None:
    assert next_down(load, unit, exercise, GEAR) == below
    assert next_up(load, unit, exercise, GEAR) == above


@pytest.mark.parametrize(
    ("rpe", "mode"), [(7.5, "nearest"), (8, "down"), (9, "down"), (None, "down"), (6, "nearest")]
)
def test_hard_targets_round_down(rpe: float | None, mode: str) -> None:
    assert rounding(rpe) == mode


def test_the_usual_gym() -> None:
    assert (KG_RACK.bar, [size for size, _ in KG_RACK.plates]) == (20, [25, 20, 15, 10, 5, 2.5, 1.25])
    assert (LB_RACK.bar, [size for size, _ in LB_RACK.plates]) == (45, [45, 35, 25, 10, 5, 2.5])
    assert (KG_RACK.dumbbell_step, KG_RACK.stack_step) == (2, 5)
    assert (LB_RACK.dumbbell_step, LB_RACK.stack_step) == (5, 10)
    assert (KG_RACK.ez_bar, KG_RACK.trap_bar, KG_RACK.dumbbell_min, KG_RACK.dumbbell_max) == (10, 25, 2, 60)
    assert (LB_RACK.ez_bar, LB_RACK.trap_bar, LB_RACK.dumbbell_min, LB_RACK.dumbbell_max) == (25, 55, 5, 130)


@pytest.mark.parametrize(
    ("load", "unit", "side"),
    [
        (20, "kg", ()),
        (60, "kg", ((20, 1),)),
        (102.5, "kg", ((20, 2), (1.25, 1))),
        (107.5, "kg", ((25, 1), (15, 1), (2.5, 1), (1.25, 1))),
        (225, "lb", ((45, 2),)),
        (230, "lb", ((45, 2), (2.5, 1))),
    ],
)
def test_plates_a_side(load: float, unit: Unit, side: tuple[tuple[float, int], ...]) -> None:
    made = plates(load, unit, GEAR)
    assert isinstance(made, PlateCount)
    assert sum(count for _, count in made.side) == sum(count for _, count in side)
    assert made.bar + 2 * sum(size * count for size, count in made.side) == load


@pytest.mark.parametrize(
    ("load", "below", "above"), [(101, 100, 102.5), (10, None, 20), (102.4, 100, 102.5), (5000, 1000, None)]
)
def test_what_plates_cannot_make(load: float, below: float | None, above: float | None) -> None:
    assert plates(load, "kg", GEAR) == NotLoadable(load, "kg", below, above)


def rack(*sizes: tuple[float, int | None]) -> Gear:
    return Gear(kg=replace(KG_RACK, plates=sizes))


@given(
    st.lists(
        st.tuples(st.sampled_from([0.5, 1.25, 2, 2.5, 5, 7, 10, 20]), st.integers(1, 3)),
        min_size=1,
        max_size=4,
        unique_by=lambda one: one[0],
    )
)
def test_own_plates_make_what_they_can_with_the_fewest(sizes: list[tuple[float, int]]) -> None:
    gear = rack(*sizes)
    fewest: dict[float, int] = {}
    for counts in product(*(range(pairs + 1) for _, pairs in sizes)):
        load = 20 + 2 * sum(size * count for (size, _), count in zip(sizes, counts, strict=True))
        fewest[load] = min(sum(counts), fewest.get(load, 99))
    assert list(rungs(SQUAT, "kg", gear)) == pytest.approx(sorted(fewest))
    for load, count in fewest.items():
        made = plates(load, "kg", gear)
        assert isinstance(made, PlateCount)
        assert sum(many for _, many in made.side) == count
        pairs = dict(sizes)
        assert all(many <= pairs[size] for size, many in made.side)


def test_plates_of_another_make() -> None:
    odd = Gear(kg=Rack(20.41, 10, 25, ((20.41, None), (4.53, None), (1.13, 1)), 2, 2, 60, 5))
    assert loadable(70, "kg", SQUAT, odd, "nearest") == pytest.approx(70.29, abs=0.02)


@given(
    st.floats(-300, 3000),
    st.sampled_from([SQUAT, CURL, ROW, PULL_UP, KETTLEBELL]),
    st.sampled_from(["kg", "lb"]),
)
def test_rounding_keeps_its_side_and_its_bounds(load: float, exercise: Exercise, unit: str) -> None:
    known = cast(Unit, unit)
    steps = rungs(exercise, known, GEAR)
    down = loadable(load, known, exercise, GEAR, "down")
    up = loadable(load, known, exercise, GEAR, "up")
    near = loadable(load, known, exercise, GEAR, "nearest")
    assert {down, up, near} <= set(steps)
    assert near in (down, up)
    assert down <= load + 0.01 or down == steps[0]
    assert up >= load - 0.01 or up == steps[-1]


@pytest.mark.parametrize(
    ("exercise", "load", "share", "role", "sets"),
    [
        (SQUAT, 140, 0.75, Role.ANCHOR, ((70, 8), (97.5, 4), (120, 2))),
        (SQUAT, 140, 0.74, Role.ANCHOR, ((70, 8), (97.5, 4))),
        (SQUAT, 140, None, Role.ANCHOR, ((70, 8), (97.5, 4))),
        (SQUAT, 40, 0.8, Role.ANCHOR, ((27.5, 4), (35, 2))),
        (SQUAT, 20, 0.8, Role.ANCHOR, ()),
        (PRESS, 50, 0.8, Role.SECONDARY, ((30, 5),)),
        (PRESS, 30, 0.8, Role.SECONDARY, ()),
        (ROW, 60, 0.8, Role.ACCESSORY, ()),
        (CURL, 12, 0.8, Role.ISOLATION, ()),
        (ROW, 10, 0.8, Role.ANCHOR, ((5, 8),)),
    ],
)
def test_warming_up(
    exercise: Exercise, load: float, share: float | None, role: Role, sets: tuple[tuple[float, int], ...]
) -> None:
    assert warmup(exercise, load, "kg", GEAR, share, role) == sets


def test_warming_up_with_the_body() -> None:
    assert warmup(PULL_UP, 20, "kg", GEAR, 0.8, Role.SECONDARY, 80) == ()
    assert warmup(PULL_UP, 60, "kg", GEAR, 0.8, Role.SECONDARY, 80) == ((3.75, 5),)
    assert warmup(PULL_UP, -20, "kg", GEAR, 0.8, Role.SECONDARY, 80) == ((-45, 5),)
    assert warmup(PULL_UP, 20, "kg", GEAR, 0.8, Role.SECONDARY, None) == ()


@given(st.floats(0, 1000), st.sampled_from(list(Role)), st.none() | st.floats(0, 1))
def test_no_warm_up_is_the_bar_the_work_or_twice_the_same(
    load: float, role: Role, share: float | None
) -> None:
    sets = warmup(BENCH, load, "kg", GEAR, share, role)
    loads = [one for one, _ in sets]
    assert loads == sorted(set(loads))
    assert all(20 < one < load for one in loads)
