"""What athletes called stands beside its set and goes with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from core.model import Call
from core.store import calls, sets, strengths
from core.store.strengths import Learned
from tests.store.gym import Gym

Day = Callable[[int], date]
On = Callable[..., datetime]


async def test_a_call_is_found_by_its_set_and_put_anew(gym: Gym) -> None:
    [message] = await gym.said("1")
    one, other = gym.logged(message), gym.logged(message, position=1)
    async with gym.store.write() as conn:
        await sets.add(conn, [one, other])
        assert await calls.of_sets(conn, [one.id, other.id]) == {}
        assert await calls.of_sets(conn, []) == {}
        await calls.put(conn, one, Call(9, 3))
        await calls.put(conn, one, Call(8, 2.5))
        assert await calls.of_sets(conn, [one.id, other.id]) == {one.id: Call(8, 2.5)}


async def test_a_call_stays_with_a_set_that_is_changed_and_goes_with_one_that_goes(gym: Gym) -> None:
    [message] = await gym.said("1")
    one, other = gym.logged(message), gym.logged(message, position=1)
    async with gym.store.write() as conn:
        await sets.add(conn, [one, other])
        await calls.put(conn, one, Call(9, 3))
        await calls.put(conn, other, Call(5, 1))
        await sets.replace(conn, message, [replace(one, done=replace(one.done, reps=12))])
        assert await calls.of_sets(conn, [one.id, other.id]) == {one.id: Call(9, 3)}
        await sets.replace(conn, message, [])
        assert await calls.newest(conn, gym.lifter.id, 9) == []
        await sets.add(conn, [one])
        assert await calls.of_sets(conn, [one.id]) == {}


async def test_calls_are_as_before_after_an_undo(gym: Gym) -> None:
    [message] = await gym.said("1")
    one, other = gym.logged(message), gym.logged(message, position=1)
    async with gym.store.write() as conn:
        await sets.add(conn, [one, other])
        await calls.put(conn, other, Call(5, 1))
        await calls.put_back(conn, [one, other], {one.id: Call(9, 3)})
        assert await calls.of_sets(conn, [one.id, other.id]) == {one.id: Call(9, 3)}
        await calls.put_back(conn, [], {})


async def test_calls_of_days_are_those_between_them_and_of_that_athlete(gym: Gym, on: On, day: Day) -> None:
    [message] = await gym.said("1")
    logged = [gym.logged(message, at=on(number), position=number) for number in range(10, 15)]
    async with gym.store.write() as conn:
        await sets.add(conn, logged)
        for number, one in enumerate(logged):
            await calls.put(conn, one, Call(9, number))
        between = await calls.of_days(conn, gym.lifter.id, day(10), day(13))
        assert between == {logged[1].id: Call(9, 1), logged[2].id: Call(9, 2)}
        assert len(await calls.of_days(conn, gym.lifter.id, None, day(30))) == 5
        assert await calls.of_days(conn, "nobody", None, day(30)) == {}
        newest = await calls.newest(conn, gym.lifter.id, 2)
        assert newest == [(logged[4].id, Call(9, 4)), (logged[3].id, Call(9, 3))]
        assert await sets.first_day(conn, gym.lifter.id) == day(10)
        assert await sets.first_day(conn, "nobody") is None


async def test_a_call_for_an_old_set_has_its_day_learned_anew(gym: Gym, on: On, day: Day) -> None:
    [message] = await gym.said("1")
    logged = gym.logged(message, at=on(10))
    async with gym.store.write() as conn:
        await sets.add(conn, [logged])
        await strengths.save(conn, gym.lifter.id, Learned(day(12), "habits"), {"squat": "state"})
        await calls.put(conn, logged, Call(5, 2))
        assert await strengths.learned(conn, gym.lifter.id) is None
