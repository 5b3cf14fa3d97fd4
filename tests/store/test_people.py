"""Athletes, their accounts, preferences and body weight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from core.store import people
from tests.store.gym import Gym


async def test_an_athlete_is_found_by_account_and_by_id(gym: Gym) -> None:
    async with gym.store.read() as conn:
        assert await people.writer(conn, "console", "lifter", "1") == (gym.lifter, False)
        assert await people.get(conn, gym.lifter.id) == gym.lifter
        assert await people.writer(conn, "telegram", "lifter", "1") is None
        assert await people.writer(conn, "console", "Lifter", "1") is None
        assert await people.get(conn, "nobody") is None


async def test_what_changes_of_an_athlete_is_kept(gym: Gym) -> None:
    changed = replace(
        gym.lifter,
        name="Лифтер 💪",
        unit="lb",
        unit_chosen=True,
        zone="Asia/Kathmandu",
        language="ne",
        greeted=True,
        hold_since=gym.now + timedelta(microseconds=7),
    )
    other = gym.athlete("Other")
    async with gym.store.write() as conn:
        await people.add(conn, other, "console", "other", "Other")
        await people.save(conn, changed)
        assert await people.get(conn, gym.lifter.id) == changed
        assert await people.get(conn, other.id) == other
        await people.save(conn, replace(changed, hold_since=None))
        assert await people.get(conn, gym.lifter.id) == replace(changed, hold_since=None)


async def test_preferences_are_set_changed_and_forgotten(gym: Gym) -> None:
    async with gym.store.write() as conn:
        for key, value in [
            ("rest", "on"),
            ("quiet", "22-7"),
            ("rest", "off"),
            ("quiet", None),
            ("none", None),
        ]:
            await people.remember(conn, gym.lifter.id, key, value)
    async with gym.store.read() as conn:
        assert await people.preferences(conn, gym.lifter.id) == {"rest": "off"}
        assert await people.preferences(conn, "nobody") == {}


async def test_body_weight_on_a_day_is_the_last_one_up_to_it(
    gym: Gym, day: Callable[[int], date], on: Callable[..., datetime]
) -> None:
    [message] = await gym.said("1")
    second = gym.id()
    async with gym.store.write() as conn:
        assert await people.body_weight(conn, gym.lifter.id, day(10)) is None
        for made, weighed, load, at in [
            (gym.id(), 10, 84.0, on(10)),
            (gym.id(), 20, 83.5, on(20)),
            (second, 20, 83.0, on(20, 18)),
        ]:
            await people.weigh(conn, made, gym.lifter.id, day(weighed), load, "kg", load, message, at)
        asked = {1: 84.0, 10: 84.0, 19: 84.0, 20: 83.0, 30: 83.0}
        for number, expected in asked.items():
            assert await people.body_weight(conn, gym.lifter.id, day(number)) == expected
        await people.unweigh(conn, second)
        assert await people.body_weight(conn, gym.lifter.id, day(30)) == 83.5


async def test_weighings_come_newest_first_as_they_were_typed(
    gym: Gym, day: Callable[[int], date], on: Callable[..., datetime]
) -> None:
    async with gym.store.write() as conn:
        for number in (10, 12, 11):
            await people.weigh(
                conn, gym.id(), gym.lifter.id, day(number), 180 + number, "lb", 83.5, None, on(number)
            )
        found = await people.body_weights(conn, gym.lifter.id, 2)
    assert [(weight.day, weight.load, weight.unit, weight.weight_kg, weight.at) for weight in found] == [
        (day(12), 192, "lb", 83.5, on(12)),
        (day(11), 191, "lb", 83.5, on(11)),
    ]
