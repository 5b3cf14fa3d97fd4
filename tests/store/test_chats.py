"""What is known of a chat: who wants us there, who does not, where it went."""

from __future__ import annotations

from dataclasses import replace

from core.store import chats, messages, people, questions
from core.store.messages import StoredFile, StoredReply, Waiting
from core.store.questions import Question
from tests.store.gym import Gym


def reply(gym: Gym, message_id: str | None, **known: object) -> StoredReply:
    plain = StoredReply(gym.id(), message_id, "console", "1", gym.lifter.id, "chat", "Squat ✓", gym.now)
    return replace(plain, **known)  # type: ignore[arg-type]


async def test_a_room_asks_for_us_and_asks_no_more(gym: Gym) -> None:
    async with gym.store.write() as conn:
        assert await chats.open_rooms(conn, "discord") == []
        for room in ("8", "7"):
            await chats.set_open(conn, "discord", room, gym.now)
        await chats.set_open(conn, "telegram", "9", gym.now)
        assert await chats.open_rooms(conn, "discord") == ["7", "8"]
        await chats.set_open(conn, "discord", "7", None)
        assert await chats.open_rooms(conn, "discord") == ["8"]


async def test_what_is_told_once_is_told_once_in_each_chat(gym: Gym) -> None:
    async with gym.store.write() as conn:
        assert await chats.tell_once(conn, "telegram", "7", "privacy")
        assert not await chats.tell_once(conn, "telegram", "7", "privacy")
        assert await chats.tell_once(conn, "telegram", "7", "else")
        assert await chats.tell_once(conn, "telegram", "8", "privacy")


async def test_what_is_for_a_chat_that_takes_nothing_waits(gym: Gym) -> None:
    here, there = reply(gym, None), reply(gym, None, chat="2")
    async with gym.store.write() as conn:
        for one in (here, there):
            await messages.add_reply(conn, one)
        assert await chats.block(conn, "console", "1", gym.now)
        assert not await chats.block(conn, "console", "1", gym.now)
        assert await messages.unsent(conn, "console", 9) == [Waiting(there, "2")]
        assert await messages.unsent(conn, "console", 9, there.id) == []
        await chats.unblock(conn, "telegram", ("1",))
        assert await messages.unsent(conn, "console", 9) == [Waiting(there, "2")]
        await chats.unblock(conn, "console", ("1", "lifter"))
        assert await messages.unsent(conn, "console", 9) == [Waiting(here, "1"), Waiting(there, "2")]


async def test_what_others_must_not_read_goes_to_the_account(gym: Gym) -> None:
    said = gym.text("17", chat="9", room="9", thread="3")
    stranger = gym.athlete("Stranger")
    private = reply(gym, said.id, chat="9", audience="private")
    public = reply(gym, said.id, chat="9")
    nobodys = reply(gym, said.id, chat="9", audience="private", athlete_id=stranger.id)
    async with gym.store.write() as conn:
        await people.add(conn, stranger, "telegram", "elsewhere", "Stranger")
        await messages.add(conn, said)
        for one in (private, public, nobodys):
            await messages.add_reply(conn, one)
        assert await messages.unsent(conn, "console", 9) == [
            Waiting(private, "lifter", True, "17", "9", "3"),
            Waiting(public, "9", False, "17", "9", "3"),
        ]
        await chats.block(conn, "console", "lifter", gym.now)
        assert [one.reply for one in await messages.unsent(conn, "console", 9)] == [public]


async def test_files_wait_with_their_reply(gym: Gym) -> None:
    waits = reply(gym, None, extra={"files": 2})
    sent = [
        StoredFile("week.png", "image/png", b"\x89PNG\x00\xff"),
        StoredFile("log.csv", "text/csv", b"a;b"),
    ]
    async with gym.store.write() as conn:
        await messages.add_reply(conn, waits)
        await messages.add_files(conn, waits.id, sent)
        assert await messages.files_of(conn, waits.id) == sent
        await messages.drop_files(conn, waits.id)
        assert await messages.files_of(conn, waits.id) == []


async def test_a_room_that_moves_takes_its_log_its_questions_and_its_replies_along(gym: Gym) -> None:
    old = gym.text("17", chat="-5", room="-5")
    other = gym.text("17", chat="-6", room="-6")
    waits, went = reply(gym, old.id, chat="-5"), reply(gym, old.id, chat="-5", sent_at=gym.now)
    asked = Question(gym.id(), gym.lifter.id, old.id, "-5", "order", gym.now)
    async with gym.store.write() as conn:
        for message in (old, other):
            await messages.add(conn, message)
        for one in (waits, went):
            await messages.add_reply(conn, one)
        await questions.ask(conn, asked)
        assert await chats.tell_once(conn, "console", "-5", "privacy")
        for _ in range(2):  # both chats say that they moved
            await chats.move(conn, "console", "-5", "-1005")
        assert await messages.find(conn, "console", "-5", "17") is None
        assert await messages.find(conn, "console", "-1005", "17") is None, (
            "a number that a new message will have"
        )
        moved = await messages.get(conn, old.id)
        assert moved is not None and (moved.chat, moved.room) == ("-1005", "-1005")
        assert await messages.get(conn, other.id) == other
        assert [one.to for one in await messages.unsent(conn, "console", 9)] == ["-1005"]
        assert [one.id for one in await questions.all_open(conn, gym.lifter.id, "-1005")] == [asked.id]
        assert not await chats.tell_once(conn, "console", "-1005", "privacy")
        assert await messages.add(conn, gym.text("17", chat="-1005", room="-1005"))


async def test_another_bot_on_the_same_log_is_given_numbers_of_its_own(gym: Gym) -> None:
    first = gym.text("17")
    async with gym.store.write() as conn:
        await messages.add(conn, first)
        assert not await chats.serve_as(conn, "console", "bot-1")
        assert not await chats.serve_as(conn, "console", "bot-1")
        assert await messages.find(conn, "console", "1", "17") == first
        assert await chats.serve_as(conn, "console", "bot-2")
        assert await messages.find(conn, "console", "1", "17") is None
        kept = await messages.get(conn, first.id)
        assert kept is not None and kept.text == first.text
        assert await messages.add(conn, gym.text("17", "bench 60x8"))
        assert await chats.serve_as(conn, "console", "bot-1")
