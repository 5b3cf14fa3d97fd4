"""The log, in its one order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.errors import StoreConflict
from core.model import Kind, LoggedSet, Pain, Ref, SetEntry
from core.store import people, sets
from tests.store.gym import Gym

Day = Callable[[int], date]
On = Callable[..., datetime]


async def add(gym: Gym, *logged: LoggedSet) -> list[LoggedSet]:
    async with gym.store.write() as conn:
        await sets.add(conn, logged)
    return list(logged)


async def test_a_set_is_found_as_it_was_logged(gym: Gym, on: On) -> None:
    [message] = await gym.said("1")
    plain = gym.logged(message)
    full = gym.logged(
        message,
        position=1,
        performed_at=datetime(2026, 11, 20, 23, 30, 0, 123456, tzinfo=UTC),
        day=date(2026, 11, 21),
        zone="Asia/Kathmandu",
        entry=SetEntry(ref=Ref(load_delta=2.5), pain=Pain(3), note="с паузой"),
        done=SetEntry(exercise="squat", load=102.5, unit="kg", reps=8, kind=Kind.AMRAP, rpe=9.5),
        leans_on=plain.id,
        e1rm_kg=130.123456789,
    )
    imported = gym.logged(None, import_id=await gym.imported())
    await add(gym, plain, full, imported)
    async with gym.store.read() as conn:
        for logged in (plain, full, imported):
            assert await sets.get(conn, logged.id) == logged
        assert await sets.get(conn, "none") is None
        assert await sets.of_message(conn, message) == [plain, full]


@pytest.mark.parametrize("sources", [(False, False), (True, True)])
async def test_a_set_has_one_source(gym: Gym, sources: tuple[bool, bool]) -> None:
    [message] = await gym.said("1")
    imported = await gym.imported()
    with pytest.raises(StoreConflict):
        await add(
            gym, gym.logged(message if sources[0] else None, import_id=imported if sources[1] else None)
        )


async def test_the_order_is_by_time_then_source_then_position_then_id(gym: Gym, on: On, day: Day) -> None:
    one, two = await gym.said("1", "2")
    imported = await gym.imported()
    in_order = [
        gym.logged(two, at=on(20, 9), position=5),
        gym.logged(one, at=on(20), position=0),
        gym.logged(one, at=on(20), position=1),
        gym.logged(two, at=on(20), position=0),
        gym.logged(two, at=on(20), position=0),
        gym.logged(None, import_id=imported, at=on(20), position=0),
        gym.logged(one, at=on(20) + timedelta(microseconds=1), position=0),
    ]
    await add(gym, *in_order[::-1])
    async with gym.store.read() as conn:
        assert await sets.on_day(conn, gym.lifter.id, day(20)) == in_order
        assert await sets.recent(conn, gym.lifter.id, "squat", day(1), 99) == in_order
        assert [found for _, found in await sets.history(conn, gym.lifter.id, 9)] == [in_order]
        assert await walked(gym, "squat", conn_last=False) == in_order
        assert await walked(gym, "squat", conn_last=True) == in_order


async def walked(gym: Gym, exercise: str, *, conn_last: bool) -> list[LoggedSet]:
    """All sets, from the last to the one before it, and so on."""
    found: list[LoggedSet] = []
    async with gym.store.read() as conn:
        place: sets.Key | None = None
        while True:
            if conn_last:
                before = await sets.last(conn, gym.lifter.id, place)
            else:
                before = await sets.last_of(conn, gym.lifter.id, exercise, place)
            if before is None:
                return found[::-1]
            found.append(before)
            place = sets.key(before)


async def test_the_last_set_of_an_athlete_and_of_a_lift(gym: Gym, on: On) -> None:
    [message] = await gym.said("1")
    squat, bench = gym.logged(message, at=on(19)), gym.logged(message, "bench_press", at=on(20))
    await add(gym, squat, bench)
    async with gym.store.read() as conn:
        assert await sets.last(conn, gym.lifter.id) == bench
        assert await sets.last_of(conn, gym.lifter.id, "squat") == squat
        assert await sets.last_of(conn, gym.lifter.id, "curl") is None
        assert await sets.last(conn, "nobody") is None
        # A place for a set that has no id yet.
        assert await sets.last(conn, gym.lifter.id, (on(20), message, 0, "")) == squat
        assert await sets.last(conn, gym.lifter.id, (on(20), message, 1, "")) == bench
        assert await sets.last_used(conn, gym.lifter.id, ["curl", "squat", "bench_press"]) == "bench_press"
        assert await sets.last_used(conn, gym.lifter.id, ["curl", "squat"]) == "squat"
        assert await sets.last_used(conn, gym.lifter.id, ["curl"]) is None
        assert await sets.last_used(conn, gym.lifter.id, []) is None


async def test_recent_sets_are_the_latest_and_come_oldest_first(gym: Gym, on: On, day: Day) -> None:
    [message] = await gym.said("1")
    logged = await add(gym, *(gym.logged(message, at=on(number), position=number) for number in range(1, 11)))
    await add(gym, gym.logged(message, "curl", at=on(10)))
    async with gym.store.read() as conn:
        assert await sets.recent(conn, gym.lifter.id, "squat", day(4), 99) == logged[3:]
        assert await sets.recent(conn, gym.lifter.id, "squat", day(4), 3) == logged[7:]
        assert await sets.recent(conn, gym.lifter.id, "squat", day(11), 3) == []


async def test_the_best_estimate_may_leave_a_message_out(gym: Gym) -> None:
    one, two = await gym.said("1", "2")
    imported = await gym.imported()
    async with gym.store.read() as conn:
        assert await sets.best_e1rm(conn, gym.lifter.id, "squat") is None
    await add(
        gym,
        gym.logged(one, e1rm_kg=126.5),
        gym.logged(one, e1rm_kg=None),
        gym.logged(two, e1rm_kg=130.0),
        gym.logged(None, import_id=imported, e1rm_kg=128.0),
        gym.logged(two, "deadlift", e1rm_kg=180.0),
        gym.logged(two, "plank", e1rm_kg=None),
    )
    async with gym.store.read() as conn:
        best = {
            excluded: await sets.best_e1rm(conn, gym.lifter.id, "squat", excluded)
            for excluded in (None, one, two)
        }
        assert best == {None: 130.0, one: 130.0, two: 128.0}
        assert await sets.best_e1rm(conn, gym.lifter.id, "plank") is None


async def test_training_days_of_a_lift_come_newest_first(gym: Gym, on: On, day: Day) -> None:
    [message] = await gym.said("1")
    squats = [gym.logged(message, at=on(number, hour)) for number in (3, 5, 9) for hour in (10, 11)]
    await add(gym, *squats, gym.logged(message, "curl", at=on(10)))
    async with gym.store.read() as conn:
        for limit, expected in {1: [9], 2: [9, 5], 9: [9, 5, 3]}.items():
            found = await sets.session_days(conn, gym.lifter.id, "squat", limit)
            assert found == [day(number) for number in expected]
        assert await sets.session_days(conn, gym.lifter.id, "bench_press", 9) == []


async def test_history_is_days_with_their_sets(gym: Gym, on: On, day: Day) -> None:
    [message] = await gym.said("1")
    first = gym.logged(message, at=on(3))
    second, third = gym.logged(message, at=on(5)), gym.logged(message, "curl", at=on(5, 13))
    # After midnight, of the session that began before it.
    fourth = gym.logged(message, at=on(6, 0, 30), day=day(5))
    await add(gym, fourth, first, third, second)
    async with gym.store.read() as conn:
        fifth_day = (day(5), [second, third, fourth])
        assert await sets.history(conn, gym.lifter.id, 9) == [fifth_day, (day(3), [first])]
        assert await sets.history(conn, gym.lifter.id, 1) == [fifth_day]
        assert await sets.history(conn, gym.lifter.id, 9, before=day(5)) == [(day(3), [first])]
        assert await sets.history(conn, "nobody", 9) == []
        assert await sets.on_day(conn, gym.lifter.id, day(5)) == fifth_day[1]
        assert await sets.on_day(conn, gym.lifter.id, day(6)) == []


async def test_an_edit_replaces_the_sets_of_its_message_only(gym: Gym) -> None:
    one, two = await gym.said("1", "2")
    first, second, third = (gym.logged(one, position=number) for number in range(3))
    other = gym.logged(two, position=0, leans_on=first.id)
    await add(gym, first, second, third, other)
    changed = replace(first, position=1, exercise_id="bench_press", done=replace(first.done, load=105))
    new = gym.logged(one, position=0)
    async with gym.store.write() as conn:
        await sets.replace(conn, one, [changed, new])
        assert await sets.of_message(conn, one) == [new, changed]
        # The set that was kept kept its id, and so did what leans on it.
        assert await sets.leaning_on(conn, [first.id]) == [other]
        await sets.replace(conn, one, [])
        assert await sets.of_message(conn, one) == []
        assert await sets.of_message(conn, two) == [replace(other, leans_on=None)]


async def test_a_set_can_lean_on_one_of_the_same_message(gym: Gym) -> None:
    [message] = await gym.said("1")
    first = gym.logged(message, position=0)
    second = gym.logged(message, position=1, leans_on=first.id)
    async with gym.store.write() as conn:
        await sets.replace(conn, message, [second, first])
        assert await sets.of_message(conn, message) == [first, second]


@pytest.mark.parametrize("count", [0, 1, 3, 1200])
async def test_what_leans_on_sets_is_found(gym: Gym, on: On, count: int) -> None:
    [message] = await gym.said("1")
    logged = [gym.logged(message, at=on(1) + timedelta(minutes=number)) for number in range(count)]
    leaning = [
        gym.logged(message, at=base.performed_at + timedelta(seconds=1), leans_on=base.id)
        for base in logged[:1100]
    ]
    await add(gym, *logged, *leaning)
    async with gym.store.read() as conn:
        assert await sets.leaning_on(conn, [base.id for base in logged]) == leaning


async def test_a_set_resolved_again_is_kept(gym: Gym, on: On) -> None:
    [message] = await gym.said("1")
    [logged, other] = await add(gym, gym.logged(message), gym.logged(message, position=1))
    again = replace(logged, done=replace(logged.done, load=90), e1rm_kg=111.0, exercise_id="front_squat")
    async with gym.store.write() as conn:
        await sets.update(conn, again)
        assert await sets.of_message(conn, message) == [again, other]


async def test_logs_are_apart(gym: Gym, on: On, day: Day) -> None:
    [message] = await gym.said("1")
    other = gym.athlete("Other")
    async with gym.store.write() as conn:
        await people.add(conn, other, "console", "other", "Other")
    mine = gym.logged(message, at=on(1), e1rm_kg=100.0)
    # A coach wrote for somebody else.
    theirs = gym.logged(message, at=on(2), athlete_id=other.id, e1rm_kg=200.0)
    await add(gym, mine, theirs)
    async with gym.store.read() as conn:
        seen: Sequence[object] = [
            await sets.last(conn, gym.lifter.id),
            await sets.last_of(conn, gym.lifter.id, "squat"),
            *await sets.recent(conn, gym.lifter.id, "squat", day(1), 9),
            *(await sets.history(conn, gym.lifter.id, 9))[0][1],
        ]
        assert seen == [mine] * 4
        assert await sets.best_e1rm(conn, gym.lifter.id, "squat") == 100.0
        assert await sets.session_days(conn, gym.lifter.id, "squat", 9) == [day(1)]
        assert await sets.on_day(conn, gym.lifter.id, day(2)) == []
