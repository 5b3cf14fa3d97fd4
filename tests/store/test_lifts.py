"""What an athlete told us of lifts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from core.model import Exercise, Role
from core.store import lifts, people
from tests.store.gym import Gym

SANDBAG = Exercise(
    id="own_sandbag",
    name="Sandbag carry",
    role=Role.ACCESSORY,
    compound=True,
    equipment="sandbag",
    pattern="carry",
    step_kg=2.5,
    step_lb=5,
    direct=("traps",),
    indirect=("abs", "forearms"),
    share=0.25,
    timed=True,
    own=True,
)


async def test_own_exercises_are_added_changed_and_removed(gym: Gym, on: Callable[..., datetime]) -> None:
    stone = replace(SANDBAG, id="own_stone", name="Stone")
    renamed = replace(SANDBAG, name="Sandbag walk", direct=("quads",), indirect=())
    other = gym.athlete("Other")
    async with gym.store.write() as conn:
        await people.add(conn, other, "console", "other", "Other")
        await lifts.add_own(conn, gym.lifter.id, SANDBAG, ("bag", "sack"), on(1))
        await lifts.add_own(conn, gym.lifter.id, stone, (), on(2))
        await lifts.add_own(conn, other.id, stone, (), on(2))
        assert await lifts.own_exercises(conn, gym.lifter.id) == [(SANDBAG, ("bag", "sack")), (stone, ())]
        await lifts.add_own(conn, gym.lifter.id, renamed, ("bag",), on(3))
        assert await lifts.own_exercises(conn, gym.lifter.id) == [(renamed, ("bag",)), (stone, ())]
        await lifts.remove_own(conn, gym.lifter.id, stone.id)
        assert await lifts.own_exercises(conn, gym.lifter.id) == [(renamed, ("bag",))]
        assert await lifts.own_exercises(conn, other.id) == [(stone, ())]


async def test_a_role_is_read_back_as_a_role(gym: Gym) -> None:
    async with gym.store.write() as conn:
        await lifts.add_own(conn, gym.lifter.id, SANDBAG, (), gym.now)
        [(found, _)] = await lifts.own_exercises(conn, gym.lifter.id)
    assert isinstance(found.role, Role)


async def test_the_last_meaning_of_a_name_counts(gym: Gym, on: Callable[..., datetime]) -> None:
    async with gym.store.write() as conn:
        await lifts.name(conn, gym.lifter.id, "press", "bench_press", on(1))
        await lifts.name(conn, gym.lifter.id, "жим", "bench_press", on(1))
        await lifts.name(conn, gym.lifter.id, "press", "overhead_press", on(2))
        assert await lifts.names(conn, gym.lifter.id) == {"press": "overhead_press", "жим": "bench_press"}
        assert await lifts.names(conn, "nobody") == {}


async def test_the_maximum_stated_last_counts_until_it_is_taken_back(
    gym: Gym, on: Callable[..., datetime]
) -> None:
    first, second, other = gym.id(), gym.id(), gym.id()
    async with gym.store.write() as conn:
        await lifts.state_max(conn, first, gym.lifter.id, "squat", 140, "kg", 140, None, on(1))
        await lifts.state_max(conn, second, gym.lifter.id, "squat", 300, "lb", 136.077711, None, on(2))
        await lifts.state_max(conn, other, gym.lifter.id, "deadlift", 180, "kg", 180, None, on(3))
        found = await lifts.stated_max(conn, gym.lifter.id, "squat")
        assert found == lifts.StatedMax(second, "squat", 300, "lb", 136.077711, on(2))
        await lifts.unstate_max(conn, second)
        found = await lifts.stated_max(conn, gym.lifter.id, "squat")
        assert found is not None
        assert found.id == first
        assert await lifts.stated_max(conn, gym.lifter.id, "curl") is None
