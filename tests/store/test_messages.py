"""Messages are taken in once; replies wait until the platform has them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from core.store import Connection, Store, messages, open_store
from core.store.messages import StoredReply
from tests.store.gym import Gym


async def test_a_message_is_found_as_it_came(gym: Gym) -> None:
    private = gym.text("17", "squat 100x8 rpe9\nс паузой 💪", sent_at=gym.now)
    in_a_room = gym.text("17", chat="2", room="2/topic", edited_at=gym.now, deleted_at=gym.now)
    async with gym.store.write() as conn:
        assert await messages.add(conn, private)
        assert await messages.add(conn, in_a_room)
        assert await messages.find(conn, "console", "1", "17") == private
        assert await messages.find(conn, "console", "2", "17") == in_a_room
        assert await messages.find(conn, "telegram", "1", "17") is None
        assert await messages.get(conn, private.id) == private
        assert await messages.get(conn, "none") is None


async def test_a_message_that_comes_again_is_not_stored_again(gym: Gym) -> None:
    first = gym.text("17", "squat 100x8")
    async with gym.store.write() as conn:
        assert await messages.add(conn, first)
        assert not await messages.add(conn, gym.text("17", "squat 200x8"))
    async with gym.store.write() as conn:
        assert not await messages.add(conn, gym.text("17"))
        assert await messages.find(conn, "console", "1", "17") == first


async def test_of_two_processes_one_takes_a_message_in(gym: Gym, url: str) -> None:
    other = await open_store(url, now=gym.now)

    async def take(store: Store) -> bool:
        async with store.write() as conn:
            taken = await messages.add(conn, gym.text("17"))
            await asyncio.sleep(0)
            return taken

    assert sorted(await asyncio.gather(take(gym.store), take(other))) == [False, True]
    await other.close()


async def test_an_edit_changes_the_text_and_a_deletion_keeps_the_row(
    gym: Gym, on: Callable[..., datetime]
) -> None:
    message = gym.text("17", "squat 100x8")
    async with gym.store.write() as conn:
        await messages.add(conn, message)
        await messages.amend(conn, message.id, "squat 105x8", on(21))
        await messages.mark_deleted(conn, message.id, on(22))
        found = await messages.find(conn, "console", "1", "17")
        assert found == replace(message, text="squat 105x8", edited_at=on(21), deleted_at=on(22))
        assert not await messages.add(conn, gym.text("17"))
        await messages.unmark_deleted(conn, message.id)
        found = await messages.find(conn, "console", "1", "17")
        assert found == replace(message, text="squat 105x8", edited_at=on(21))


def reply(gym: Gym, message_id: str | None, body: str, **known: object) -> StoredReply:
    bare = StoredReply(
        id=gym.id(),
        message_id=message_id,
        platform="console",
        chat="1",
        athlete_id=gym.lifter.id,
        audience="chat",
        body=body,
        created_at=gym.now,
    )
    return replace(bare, **known)  # type: ignore[arg-type]


async def test_replies_to_a_message_come_oldest_first(gym: Gym) -> None:
    one, two = await gym.said("1", "2")
    first = reply(gym, one, "Squat 100 kg × 8 ✓")
    second = reply(
        gym,
        one,
        "Squat 105 kg × 8 ✓",
        audience="private",
        extra={"choices": [["7", "8"], ["9"]], "picture": None},
        sent_at=gym.now,
        platform_message_id="99",
        replaces=first.id,
    )
    elsewhere = reply(gym, two, "Bench", athlete_id=None)
    async with gym.store.write() as conn:
        for stored in (first, second, elsewhere):
            await messages.add_reply(conn, stored)
        assert await messages.replies_to(conn, one) == [first, second]
        assert await messages.replies_to(conn, two) == [elsewhere]
        assert await messages.replies_to(conn, "none") == []


async def waiting(conn: Connection, platform: str, limit: int) -> list[StoredReply]:
    return [one.reply for one in await messages.unsent(conn, platform, limit)]


async def test_what_is_unsent_goes_out_oldest_first_and_once(gym: Gym, on: Callable[..., datetime]) -> None:
    written = [reply(gym, None, f"{number}") for number in range(4)]
    other = reply(gym, None, "other", platform="telegram")
    async with gym.store.write() as conn:
        for stored in (*written, other):
            await messages.add_reply(conn, stored)
        assert await waiting(conn, "console", 3) == written[:3]
        await messages.mark_sent(conn, written[0].id, on(21), "m1")
        await messages.mark_sent(conn, written[1].id, on(21), None)
        assert await waiting(conn, "console", 10) == written[2:]
        assert await waiting(conn, "telegram", 10) == [other]
    async with gym.store.read() as conn:
        assert await waiting(conn, "console", 10) == written[2:]
