"""What was learned of an athlete is kept beside the log, and forgotten where the log is not as it was."""

from __future__ import annotations

from datetime import date, timedelta

from core.store import Connection, strengths
from core.store.strengths import Learned
from tests.store.gym import Gym

FIRST = date(2026, 3, 2)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


async def learn(conn: Connection, gym: Gym, number: int, *done: str) -> None:
    """A day's learning: what is kept is the number of the day."""
    now = Learned(day(number), f"habits {number}")
    await strengths.save(conn, gym.lifter.id, now, {lift: f"{lift} {number}" for lift in done})


async def known(conn: Connection, gym: Gym) -> tuple[Learned | None, dict[str, str]]:
    return await strengths.learned(conn, gym.lifter.id), await strengths.all_lifts(conn, gym.lifter.id)


async def test_nothing_is_known_of_who_is_new(gym: Gym) -> None:
    async with gym.store.read() as conn:
        assert await known(conn, gym) == (None, {})
        assert await strengths.last_mark(conn, gym.lifter.id) is None


async def test_what_was_learned_is_there(gym: Gym) -> None:
    async with gym.store.write() as conn:
        await learn(conn, gym, 1, "squat", "row")
        await learn(conn, gym, 2, "squat")
        assert await known(conn, gym) == (
            Learned(day(2), "habits 2"),
            {"squat": "squat 2", "row": "row 1"},
        )
        assert await strengths.lifts(conn, gym.lifter.id, ["row", "dip"]) == {"row": "row 1"}


async def test_a_change_to_an_old_day_goes_back_to_the_mark_before_it(gym: Gym) -> None:
    async with gym.store.write() as conn:
        for number in range(1, 7):
            await learn(conn, gym, number, "squat", *(["row"] if number > 4 else []))
            if number in (2, 4):
                held = await strengths.learned(conn, gym.lifter.id)
                assert held is not None
                await strengths.mark(conn, gym.lifter.id, held)
        await strengths.unlearn(conn, gym.lifter.id, day(4))
        assert await known(conn, gym) == (Learned(day(2), "habits 2"), {"squat": "squat 2"})
        assert await strengths.last_mark(conn, gym.lifter.id) == day(2)
        await strengths.unlearn(conn, gym.lifter.id, day(1))
        assert await known(conn, gym) == (None, {})


async def test_a_day_not_yet_learned_from_changes_nothing(gym: Gym) -> None:
    async with gym.store.write() as conn:
        await learn(conn, gym, 1, "squat")
        await strengths.unlearn(conn, gym.lifter.id, day(2))
        assert await known(conn, gym) == (Learned(day(1), "habits 1"), {"squat": "squat 1"})
