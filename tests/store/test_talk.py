"""Questions, the journal of changes, plans and imports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from core.errors import StoreConflict
from core.store import changes, imports, people, plans, questions
from core.store.changes import Change
from core.store.plans import Plan, PlanVersion
from core.store.questions import Question
from tests.store.gym import Gym

Day = Callable[[int], date]
On = Callable[..., datetime]


def question(gym: Gym, message_id: str | None, chat: str = "1") -> Question:
    return Question(
        id=gym.id(),
        athlete_id=gym.lifter.id,
        message_id=message_id,
        chat=chat,
        code="which_exercise",
        asked_at=gym.now,
        payload={"typed": "жим", "position": 0, "entry": None},
        choices=("bench_press", ["overhead_press", 0.5]),
    )


async def test_the_newest_open_question_of_a_chat_is_the_one_answered(gym: Gym, on: On) -> None:
    one, two = await gym.said("1", "2")
    first, second, own = question(gym, one), question(gym, one), question(gym, None)
    elsewhere = question(gym, two, chat="2")
    async with gym.store.write() as conn:
        for asked in (first, second, own, elsewhere):
            await questions.ask(conn, asked)
        assert (await questions.all_open(conn, gym.lifter.id, "1"))[0] == own
        assert await questions.answer(conn, own.id, "2", on(21))
        assert (await questions.all_open(conn, gym.lifter.id, "1"))[0] == second
        await questions.close(conn, second.id, on(22))
        assert (await questions.all_open(conn, gym.lifter.id, "1"))[0] == first
        await questions.close(conn, first.id, on(22))
        assert await questions.all_open(conn, gym.lifter.id, "1") == []
        assert (await questions.all_open(conn, gym.lifter.id, "2"))[0] == elsewhere
        assert await questions.all_open(conn, "nobody", "2") == []
        assert await questions.get(conn, own.id) == replace(own, answer="2", answered_at=on(21))
        assert await questions.of_message(conn, one) == [
            replace(first, closed_at=on(22)),
            replace(second, closed_at=on(22)),
        ]
        assert await questions.get(conn, "none") is None


async def test_a_question_is_answered_once(gym: Gym, on: On) -> None:
    asked = question(gym, None)
    async with gym.store.write() as conn:
        await questions.ask(conn, asked)
        assert await questions.answer(conn, asked.id, "1", on(21))
        assert not await questions.answer(conn, asked.id, "2", on(22))
        await questions.close(conn, asked.id, on(23))
        assert await questions.get(conn, asked.id) == replace(asked, answer="1", answered_at=on(21))


async def test_questions_settled_a_moment_ago_are_found_newest_first(gym: Gym) -> None:
    closed, answered, old, still_open, elsewhere = (
        question(gym, None, chat) for chat in ("1", "1", "1", "1", "2")
    )
    later = gym.now + timedelta(minutes=5)
    async with gym.store.write() as conn:
        for asked in (closed, answered, old, still_open, elsewhere):
            await questions.ask(conn, asked)
        await questions.close(conn, old.id, later - timedelta(seconds=1))
        await questions.close(conn, closed.id, later)
        assert await questions.answer(conn, answered.id, "1", later)
        await questions.close(conn, elsewhere.id, later)
        found = await questions.settled_since(conn, gym.lifter.id, "1", later)
        assert [one.id for one in found] == [answered.id, closed.id]
        assert await questions.settled_since(conn, gym.lifter.id, "1", later + timedelta(days=2)) == []


async def test_the_newest_change_is_undone_first(gym: Gym, on: On) -> None:
    [message] = await gym.said("1")
    first = Change(gym.id(), gym.lifter.id, gym.lifter.id, message, on(1), "log", {"sets": ["a", "b"]})
    second = Change(gym.id(), gym.lifter.id, gym.lifter.id, None, on(2), "unit", ["kg", None, 1.5])
    async with gym.store.write() as conn:
        assert await changes.last_undoable(conn, gym.lifter.id) is None
        await changes.record(conn, first)
        await changes.record(conn, second)
        assert await changes.last_undoable(conn, gym.lifter.id) == second
        await changes.mark_undone(conn, second.id, on(3))
        assert await changes.last_undoable(conn, gym.lifter.id) == first
        await changes.mark_undone(conn, first.id, on(3))
        assert await changes.last_undoable(conn, gym.lifter.id) is None
        assert await changes.last_undoable(conn, "nobody") is None


async def test_the_versions_of_a_plan_come_in_the_order_in_which_they_count_until_they_are_taken_back(
    gym: Gym, on: On, day: Day
) -> None:
    coach = gym.athlete("Coach")
    plan = Plan(gym.id(), coach.id, "Base", on(1))
    first, second = (
        PlanVersion(
            gym.id(), plan.id, gym.lifter.id, coach.id, number, f"squat 3x{number}", day(5 * number), on(1)
        )
        for number in (1, 2)
    )
    async with gym.store.write() as conn:
        await people.add(conn, coach, "console", "coach", "Coach")
        await plans.add(conn, plan)
        await plans.add_version(conn, second)
        await plans.add_version(conn, first)
        assert await plans.versions(conn, gym.lifter.id) == [first, second]
        assert await plans.versions(conn, coach.id) == []
        await plans.unassign(conn, second.id)
        assert await plans.versions(conn, gym.lifter.id) == [first]


async def test_a_version_belongs_to_a_plan_and_people_that_are_there(gym: Gym, on: On, day: Day) -> None:
    orphan = PlanVersion(gym.id(), "none", gym.lifter.id, gym.lifter.id, 1, "squat", day(1), on(1))
    with pytest.raises(StoreConflict):
        async with gym.store.write() as conn:
            await plans.add_version(conn, orphan)


async def test_a_file_is_imported_once(gym: Gym) -> None:
    first = imports.Import(gym.id(), gym.lifter.id, gym.lifter.id, "strong", "log.csv", "d1", gym.now)
    async with gym.store.write() as conn:
        assert await imports.add(conn, first)
        assert not await imports.add(conn, replace(first, id=gym.id(), filename="copy.csv"))
        assert await imports.find(conn, gym.lifter.id, "d1") == first
        assert await imports.find(conn, gym.lifter.id, "d2") is None
