"""Platforms deliver twice, late, at once and never; databases fail. The log does not notice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.errors import StoreError
from core.model import Inbound
from core.store import Connection, Store, messages, open_store
from tests.coach.gym_floor import BEGAN, GymFloor, bodies, logged


@pytest.fixture
def floor(store: Store) -> GymFloor:
    """Nobody has written yet."""
    return GymFloor(store)


# Twice


TOLD_TWICE = [
    "squat 100x8 @9",
    "squat 100x8, 105x6; bench 80x8",
    "same",
    "+2.5",
    "actually 95",
    "/undo",
    "/unit lb",
    "/bodyweight 83.5",
    "/max squat 140",
    "/exercise add Belt march like leg press",
    "/time Berlin",
    "/today",
    "/help",
    "row 70x10",
    "squat 100 8 9",
    "squat 1500x5",
    "nice work everyone",
    "chest pain",
    "/cleared",
]


@pytest.mark.parametrize("text", TOLD_TWICE)
async def test_a_message_that_comes_twice_changes_nothing_and_gets_its_reply_again(
    floor: GymFloor, text: str
) -> None:
    await floor.said("squat 90x8", "same")
    message = floor.message(text)
    first = await floor.hears(message)
    before = await floor.rows()
    assert await floor.hears(message) == first
    assert await floor.rows() == before


async def test_a_message_that_comes_again_much_later_still_changes_nothing(floor: GymFloor) -> None:
    message = floor.message("squat 100x8")
    first = await floor.hears(message)
    await floor.said("same", "+2.5", "bench 60x8")
    before = await floor.rows()
    assert await floor.hears(message) == first
    assert await floor.rows() == before


async def test_an_answer_that_comes_twice_logs_once(floor: GymFloor) -> None:
    await floor.said("row 70x10")
    answer = floor.message("1")
    first = await floor.hears(answer)
    assert await floor.hears(answer) == first
    assert await floor.log() == [("barbell-row", 70, 10)]


async def test_the_same_number_in_another_chat_is_another_message(floor: GymFloor) -> None:
    await floor.hears(floor.message("squat 100x8", 1, "ann"))
    await floor.hears(floor.message("squat 60x5", 1, "ben"))
    await floor.hears(floor.message("bench 50x5", 1, "ann", room="barbell"))
    assert sorted(await floor.log("ann")) == [("bench-press", 50, 5), ("squat", 100, 8)]
    assert await floor.log("ben") == [("squat", 60, 5)]


# Edits and deletions


async def test_an_edit_that_comes_twice_changes_nothing_and_gets_its_reply_again(floor: GymFloor) -> None:
    await floor.said("squat 100x8", "same")
    first = await floor.edited(1, "squat 95x8")
    before = await floor.rows()
    assert await floor.edited(1, "squat 95x8") == first
    assert await floor.rows() == before
    assert await floor.log() == [("squat", 95, 8), ("squat", 95, 8)]


async def test_a_message_that_comes_again_after_its_edit_leaves_the_edit(floor: GymFloor) -> None:
    message = floor.message("squat 100x8")
    first = await floor.hears(message)
    await floor.edited(1, "squat 95x8")
    before = await floor.rows()
    assert await floor.hears(message) == first
    assert await floor.rows() == before


async def test_an_edit_of_a_message_never_seen_is_taken_as_the_message(floor: GymFloor) -> None:
    said = await floor.edited(7, "squat 95x8")
    assert said[0].startswith("Squat 95 kg × 8 ✓")
    assert await floor.log() == [("squat", 95, 8)]
    before = await floor.rows()
    assert await floor.edited(7, "squat 95x8") == said
    assert await floor.rows() == before


async def test_a_deletion_of_a_message_never_seen_leaves_nothing(floor: GymFloor) -> None:
    empty = await floor.rows()
    assert await floor.deleted(7) == []
    assert await floor.rows() == empty


async def test_a_deletion_that_comes_twice_deletes_once(floor: GymFloor) -> None:
    await floor.said("squat 100x8", "bench 80x8")
    first = await floor.deleted(1)
    before = await floor.rows()
    assert await floor.deleted(1) == first
    assert await floor.rows() == before
    assert await floor.log() == [("bench-press", 80, 8)]


async def test_an_edit_that_comes_after_the_deletion_brings_nothing_back(floor: GymFloor) -> None:
    await floor.said("squat 100x8")
    await floor.deleted(1)
    await floor.edited(1, "squat 95x8")
    assert await floor.log() == []


async def test_nobody_edits_what_somebody_else_wrote(floor: GymFloor) -> None:
    await floor.said("squat 100x8", room="barbell")
    await floor.edited(1, "squat 95x8", "ben", room="barbell")
    assert await floor.log("ann") == [("squat", 100, 8)]
    assert await floor.log("ben") == []


async def test_messages_that_come_out_of_order_stand_in_the_order_in_which_they_were_sent(
    floor: GymFloor,
) -> None:
    late = floor.message("squat 95x8", 2, sent_at=BEGAN + timedelta(minutes=1))
    await floor.hears(floor.message("squat 100x8", 1, sent_at=BEGAN + timedelta(minutes=5)))
    await floor.hears(late)
    assert await floor.log() == [("squat", 95, 8), ("squat", 100, 8)]


# Many at once


def _session(load: int) -> list[str]:
    return [
        f"squat {load}x5 @8",
        "same",
        "+2.5",
        f"bench {load - 20}x8",
        "x6",
        "pull up 8",
        "actually x9",
        "8",
    ]


def _expected(load: int) -> list[tuple[str, float, int]]:
    squats = [("squat", float(load), 5), ("squat", float(load), 5), ("squat", load + 2.5, 5)]
    benches = [("bench-press", load - 20.0, 8), ("bench-press", load - 20.0, 6)]
    return [*squats, *benches, ("pull-up", 0.0, 9), ("pull-up", 0.0, 8)]


async def test_people_who_write_at_the_same_time_keep_their_own_logs(floor: GymFloor) -> None:
    people = {f"lifter{n}": 60 + 5 * n for n in range(12)}

    async def trains(who: str, load: int) -> None:
        for key, text in enumerate(_session(load), 1):
            await floor.hears(floor.message(text, key, who))

    await asyncio.gather(*(trains(who, load) for who, load in people.items()))
    for who, load in people.items():
        assert await floor.log(who) == _expected(load)
    for row in await logged(floor.store):
        assert row["person"] == row["author"] == row["writer"]
        assert row["text"] in _session(people[row["person"]])


async def test_a_first_message_that_comes_five_times_at_once_is_taken_once(floor: GymFloor) -> None:
    message = floor.message("squat 100x8")
    replies = await asyncio.gather(*(floor.hears(message) for _ in range(5)))
    assert await floor.log() == [("squat", 100, 8)]
    assert {tuple(bodies(reply)) for reply in replies} == {tuple(bodies(replies[0]))}
    rows = await floor.rows()
    assert (len(rows["athletes"]), len(rows["messages"]), len(rows["replies"])) == (1, 1, 1)


async def test_two_processes_over_one_database_take_each_message_once(url: str) -> None:
    stores = [await open_store(url, now=BEGAN) for _ in range(2)]
    try:
        floors = [GymFloor(one) for one in stores]
        people = ["ann", "ben", "cid"]

        async def trains(floor: GymFloor, who: str) -> None:
            for key, text in enumerate(_session(100), 1):
                await floor.hears(floor.message(text, key, who))

        await asyncio.gather(*(trains(floor, who) for floor in floors for who in people))
        for who in people:
            assert await floors[0].log(who) == _expected(100)
    finally:
        for one in stores:
            await one.close()


# Failing databases


class Fault:
    """Lets so many statements through, then fails."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left = 10**9
        for name in ("execute", "run", "run_each"):
            monkeypatch.setattr(Connection, name, self._counted(getattr(Connection, name)))

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        async def statement(connection: Connection, *arguments: Any) -> Any:
            self.left -= 1
            if self.left < 0:
                raise StoreError("The disk is full.")
            return await real(connection, *arguments)

        return statement


Act = Callable[[GymFloor], Inbound]

ACTS: dict[str, Act] = {
    "a first message": lambda floor: floor.message("squat 100x8", 50, "new"),
    "several sets": lambda floor: floor.message("squat 100x8, 105x6; bench 80x8\npull up 8", 50),
    "a leaning set": lambda floor: floor.message("same", 50),
    "a question": lambda floor: floor.message("row 70x10", 50),
    "an answer": lambda floor: floor.message("1", 50),
    "an edit": lambda floor: floor.message("front squat 80x8, 85x8", 1, edited=True),
    "a deletion": lambda floor: floor.message("", 1, deleted=True),
    "an undo": lambda floor: floor.message("/undo", 50),
    "a correction": lambda floor: floor.message("actually 95", 50),
    "a new unit": lambda floor: floor.message("/unit lb", 50),
    "an own lift": lambda floor: floor.message("/exercise add Belt march like leg press", 50),
    "a symptom": lambda floor: floor.message("chest pain", 50),
}


@pytest.mark.parametrize("what", ACTS)
async def test_a_database_that_fails_in_the_middle_leaves_nothing_half_stored(
    floor: GymFloor, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    await floor.said("squat 90x8", "same", "+2.5", "press 40x8" if what == "an answer" else "bench 60x8")
    before = await floor.rows()
    fault = Fault(monkeypatch)
    message = ACTS[what](floor)
    for statements in range(200):
        fault.left = statements
        try:
            replies = await floor.hears(message)
        except StoreError:
            fault.left = 10**9
            assert await floor.rows() == before, f"after {statements} statements"
        else:
            break
    else:
        pytest.fail("it never came through")
    fault.left = 10**9
    assert statements > 3
    assert replies
    assert len((await floor.rows())["replies"]) == len(before["replies"]) + len(replies)


async def test_an_older_edit_that_comes_late_changes_nothing(floor: GymFloor) -> None:
    await floor.said("squat 100x8 @8")
    times = [BEGAN + timedelta(hours=1, seconds=second) for second in (1, 2)]
    old, new = (
        floor.message(f"squat {load}x8 @8", 1, edited=True, edited_at=at)
        for load, at in zip((90, 95), times, strict=True)
    )
    for edit in (old, new):
        await floor.hears(edit)
    before = await floor.rows()
    for edit in (old, new, old):  # delivered once more
        await floor.hears(edit)
    assert await floor.rows() == before
    assert [row["done"].load for row in await logged(floor.store)] == [95]


async def test_the_reading_is_edited_and_not_what_was_told_beside_it(floor: GymFloor) -> None:
    [reading] = await floor.hears(floor.message("squat 100x8 @8", 1, room="gym"))
    async with floor.store.write() as conn:
        nudge = replace(reading.stored or pytest.fail("no row"), id="z" * 26, body="Write to me.", extra={})
        await messages.add_reply(conn, nudge)
    [edited] = await floor.hears(floor.message("squat 95x8 @8", 1, room="gym", edited=True))
    assert edited.replaces == reading.reply_id
