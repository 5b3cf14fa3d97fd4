"""Replies on their way out: in order in each chat, none lost, one stuck chat in nobody's way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from bot.dispatch import Dispatch
from bot.outbox import GRACE_S, Blocked, Letter, Moved, Outbox, TryLater, Undeliverable
from bot.pacing import SECOND, Pace, Turnstile
from core.errors import StoreLocked
from core.model import Inbound
from core.store import Store, chats, messages
from core.store.messages import StoredFile, StoredReply

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@dataclass
class Post:
    """A platform that keeps what it is sent, and does with a chat what it is told to."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    does: dict[str, Callable[[Letter], None]] = field(default_factory=dict)
    stuck: dict[str, asyncio.Event] = field(default_factory=dict)
    _more: asyncio.Event = field(default_factory=asyncio.Event)
    platform: str = "test"

    async def send(self, letter: Letter) -> str:
        if letter.to in self.stuck:
            await self.stuck[letter.to].wait()
        if letter.to in self.does:
            self.does[letter.to](letter)
        self.sent.append((letter.to, letter.reply.body))
        self.letters.append(letter)
        self._more.set()
        return f"m{len(self.sent)}"

    async def has(self, count: int) -> None:
        """Waits for so many letters."""
        async with asyncio.timeout(10):
            while len(self.sent) < count:
                self._more.clear()
                await self._more.wait()


@asynccontextmanager
async def at_work(store: Store, post: Post) -> AsyncIterator[Outbox]:
    outbox = Outbox(store, post, lambda: NOW, Pace(0, 0, 0), grace=0.2)
    task = asyncio.create_task(outbox.run())
    try:
        yield outbox
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def waits(store: Store, chat: str, *bodies: str, **extra: object) -> None:
    async with store.write() as conn:
        for number, body in enumerate(bodies):
            known = f"{number:04} {chat} {body}"
            await messages.add_reply(
                conn, StoredReply(known, None, "test", chat, None, "chat", body, NOW, dict(extra))
            )


async def unsent(store: Store) -> list[str]:
    async with store.read() as conn:
        rows = await conn.execute("SELECT body FROM replies WHERE sent_at IS NULL ORDER BY id")
    return [str(row[0]) for row in rows]


async def stays_unsent(store: Store, *bodies: str) -> None:
    """What was sent a moment ago is about to be marked."""
    async with asyncio.timeout(10):
        while await unsent(store) != list(bodies):  # noqa: ASYNC110 - a row is what is waited for
            await asyncio.sleep(0)


async def test_each_chat_gets_its_own_in_order(store: Store) -> None:
    post = Post()
    await waits(store, "1", "a", "b", "c")
    async with at_work(store, post) as outbox:
        await post.has(3)
        await waits(store, "2", "d")
        await waits(store, "1", "e")
        outbox.wake()
        await post.has(5)
    assert [body for chat, body in post.sent if chat == "1"] == ["a", "b", "c", "e"]
    assert [body for chat, body in post.sent if chat == "2"] == ["d"]
    await stays_unsent(store)


async def test_a_stuck_chat_with_hundreds_waiting_holds_nobody_up(store: Store) -> None:
    post = Post(stuck={"1": asyncio.Event()})
    await waits(store, "1", *(f"{number}" for number in range(700)))
    async with at_work(store, post) as outbox:
        await waits(store, "2", "through")
        outbox.wake()
        await post.has(1)
        assert post.sent == [("2", "through")]
        post.stuck["1"].set()
        await post.has(701)
    assert [body for chat, body in post.sent if chat == "1"] == [str(number) for number in range(700)]


async def test_what_is_not_taken_now_is_sent_later_and_first(store: Store) -> None:
    refused = 0

    def busy(letter: Letter) -> None:
        nonlocal refused
        refused += 1
        if refused < 4:
            raise TryLater(0.001)

    post = Post(does={"1": busy})
    await waits(store, "1", "a", "b")
    async with at_work(store, post):
        await post.has(2)
    assert post.sent == [("1", "a"), ("1", "b")]


async def test_what_is_never_taken_is_not_tried_again(store: Store) -> None:
    def never(letter: Letter) -> None:
        if letter.reply.body == "a":
            raise Undeliverable("no")

    post = Post(does={"1": never})
    await waits(store, "1", "a", "b")
    async with at_work(store, post):
        await post.has(1)
    assert post.sent == [("1", "b")]
    await stays_unsent(store)


async def test_one_who_blocked_us_gets_all_of_it_after_writing_again(store: Store) -> None:
    def blocked(letter: Letter) -> None:
        raise Blocked("blocked by the user")

    post, dispatch = Post(does={"1": blocked}), Dispatch(store)
    await waits(store, "1", "a", "b")
    async with at_work(store, post) as outbox:
        await waits(store, "2", "c")
        outbox.wake()
        await post.has(1)
        await stays_unsent(store, "a", "b")
        del post.does["1"]
        await dispatch.handle(Inbound("test", "1", "17", "ann", "Ann", "squat 100x8", NOW), now=NOW)
        outbox.wake()
        await post.has(4)
    assert [body.split("\n")[0] for _, body in post.sent] == [
        "c", "a", "b", "Squat 100 kg × 8 ✓ next: 100 × 8, leave 2 in the tank",
    ]  # fmt: skip


async def test_one_who_never_wrote_in_private_is_told_so_once_in_the_room(store: Store) -> None:
    def closed(letter: Letter) -> None:
        raise Blocked("can't begin a conversation")

    post, dispatch = Post(does={"ann": closed}), Dispatch(store)
    async with at_work(store, post) as outbox:
        for key in ("1", "2"):
            said = Inbound("test", "room", key, "ann", "Ann", f"squat 100x{key} chest pain", NOW, room="room")
            await dispatch.handle(said, now=NOW)
            outbox.wake()
        await post.has(3)
        nudges = [body for _, body in post.sent if body.startswith("Ann: ")]
        assert nudges == ["Ann: I have something for you alone. Write to me in private and you get it."]
        assert {chat for chat, _ in post.sent} == {"room"}
        del post.does["ann"]
        await dispatch.handle(Inbound("test", "dm", "1", "ann", "Ann", "/start", NOW), now=NOW)
        outbox.wake()
        await post.has(6)
    private = [letter for letter in post.letters if letter.to == "ann"]
    assert len(private) == 2
    assert all(letter.person and letter.room == "room" for letter in private)


async def test_a_chat_that_moved_gets_its_replies_where_it_is_now(store: Store) -> None:
    def moved(letter: Letter) -> None:
        raise Moved("new")

    post = Post(does={"old": moved})
    await waits(store, "old", "a", "b", room="old")
    async with at_work(store, post):
        await post.has(2)
    assert post.sent == [("new", "a"), ("new", "b")]


async def test_files_go_out_with_their_reply_and_are_kept_no_longer(store: Store) -> None:
    post, chart = Post(), StoredFile("week.png", "image/png", b"\x89PNG")
    async with store.write() as conn:
        reply = StoredReply("r", None, "test", "1", None, "chat", "Your week", NOW, {"files": 1})
        await messages.add_reply(conn, reply)
        await messages.add_files(conn, "r", [chart])
    async with at_work(store, post):
        await post.has(1)
    assert post.letters[0].files == (chart,)
    async with store.read() as conn:
        assert await messages.files_of(conn, "r") == []


async def test_a_notice_is_given_once_in_a_room(store: Store) -> None:
    post, dispatch = Post(), Dispatch(store)
    assert await dispatch.notice("test", "room", "privacy", "I hear commands only.", now=NOW)
    assert not await dispatch.notice("test", "room", "privacy", "I hear commands only.", now=NOW)
    async with at_work(store, post):
        await post.has(1)
    assert [(letter.to, letter.room) for letter in post.letters] == [("room", "room")]
    async with store.write() as conn:
        assert not await chats.tell_once(conn, "test", "room", "privacy")


class Watch:
    """A clock that jumps ahead instead of making anybody wait."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        loop = asyncio.get_running_loop()
        monkeypatch.setattr(loop, "time", lambda: self.now)
        monkeypatch.setattr(asyncio, "sleep", self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


async def test_a_room_answers_bursts_at_once_and_keeps_to_twenty_a_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate, seen = Turnstile(1.0, 20), []
    watch = Watch(monkeypatch)
    for _ in range(45):
        await gate.passed()
        seen.append(watch.now)
    monkeypatch.undo()
    assert seen[:20] == [float(second) for second in range(20)]
    assert all(later - earlier >= 1.0 for earlier, later in pairwise(seen))
    assert all(later - earlier >= 60.0 for earlier, later in zip(seen, seen[20:], strict=False))
    assert not gate.is_done(seen[-1] + 59) and gate.is_done(seen[-1] + 60)


async def test_thirty_go_out_in_any_second_and_a_quiet_one_leaves_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate, seen = Turnstile(0.0, 30, SECOND), []
    watch = Watch(monkeypatch)
    for number in range(100):
        await gate.passed()
        seen.append(watch.now)
        if number == 49:
            await watch.sleep(5.0)
    monkeypatch.undo()
    assert seen[:31] == [0.0] * 30 + [1.0]
    assert seen[50:80] == [seen[49] + 5.0] * 30
    assert all(later - earlier >= 1.0 for earlier, later in zip(seen, seen[30:], strict=False))


async def test_the_answer_to_a_press_in_a_room_stands_under_the_set(store: Store) -> None:
    post, dispatch = Post(), Dispatch(store)
    said = Inbound("test", "room", "17", "ann", "Ann", "row 70x10", NOW, room="room")
    [asked] = await dispatch.handle(said, now=NOW)
    data = asked.buttons[0][0].data
    pressed = Inbound("test", "room", "press 1", "ann", "Ann", "", NOW, room="room", pressed=data)
    await dispatch.handle(pressed, now=NOW)
    async with at_work(store, post):
        await post.has(2)
    assert [letter.answers for letter in post.letters] == ["17", "17"]


async def test_what_was_sent_is_not_sent_again_because_it_could_not_be_marked(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark, failed = messages.mark_sent, list[int]()

    async def busy(*arguments: Any) -> None:
        if len(failed) < 2:
            failed.append(1)
            raise StoreLocked("in use")
        await mark(*arguments)

    monkeypatch.setattr(messages, "mark_sent", busy)
    monkeypatch.setattr("bot.outbox.MARK_PAUSE", 0.001)
    post = Post()
    await waits(store, "1", "a")
    async with at_work(store, post) as outbox:
        await post.has(1)
        outbox.wake()
        await stays_unsent(store)
    assert post.sent == [("1", "a")]


async def test_what_breaks_us_does_not_hold_up_what_stands_behind_it(store: Store) -> None:
    def poison(letter: Letter) -> None:
        if letter.reply.body == "a":
            raise KeyError("a")

    post = Post(does={"1": poison})
    await waits(store, "1", "a", "b")
    async with at_work(store, post):
        await post.has(1)
        await stays_unsent(store)
    assert post.sent == [("1", "b")]


async def test_a_stop_does_not_wait_for_a_platform_that_asks_us_to(store: Store) -> None:
    def flood(letter: Letter) -> None:
        asked.set()
        raise TryLater(3600)

    asked = asyncio.Event()
    post = Post(does={"1": flood})
    await waits(store, "1", "a")
    outbox = Outbox(store, post, lambda: NOW, Pace(0, 0, 0))
    task = asyncio.create_task(outbox.run())
    await asked.wait()
    task.cancel()
    began = asyncio.get_running_loop().time()
    with suppress(asyncio.CancelledError):
        await task
    assert asyncio.get_running_loop().time() - began < GRACE_S / 2
    assert await unsent(store) == ["a"]
