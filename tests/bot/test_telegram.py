"""The coach on Telegram: the unmodified library over sockets, against the loopback server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.outbox import Pace
from bot.telegram.adapter import Telegram, Timing
from core.store import Store, open_store
from tests.servers.telegram import Person, Place, TelegramServer

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
QUICK = Timing(wait_s=2, pause=0.01, send_pause=0.02, pace=Pace(0, 0, 0))


@asynccontextmanager
async def serving(store: Store, server: TelegramServer) -> AsyncIterator[None]:
    """The adapter at work, until the block ends."""
    ready = asyncio.Event()
    coach = Telegram(store, server.token, lambda: server.world.clock(), api=server.address, timing=QUICK)
    task = asyncio.create_task(coach.serve(lambda name: ready.set()))
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        task.result()
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server
        assert server.refused == []


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite:///{tmp_path / 'spotter.db'}", now=NOW)
    yield store
    await store.close()


@pytest.fixture
def ann(server: TelegramServer) -> Person:
    return server.user("Ann")


@pytest.fixture
def chat(server: TelegramServer, ann: Person) -> Place:
    return server.private(ann)


async def logged(store: Store) -> list[tuple[str, int]]:
    async with store.read() as conn:
        rows = await conn.execute(
            "SELECT exercise_id, position FROM sets ORDER BY performed_at, position", {}
        )
    return [(row[0], row[1]) for row in rows]


async def test_a_set_is_answered(server: TelegramServer, store: Store, ann: Person, chat: Place) -> None:
    async with serving(store, server):
        await ann.says(chat, "squat 100x8 rpe9")
        reply = await server.until(lambda: chat.answers()[-1])
    assert reply.text.startswith("Squat 100 kg × 8 @9 ✓ next: 97.5 × 8 @8")
    assert await logged(store) == [("squat", 0)]


async def test_an_edit_changes_the_set_and_the_answer(
    server: TelegramServer, store: Store, ann: Person, chat: Place
) -> None:
    async with serving(store, server):
        said = await ann.says(chat, "squat 100x8 rpe9")
        first = await server.until(lambda: chat.answers()[-1])
        await ann.edits(chat, said, "squat 95x8 rpe8")
        await server.until(lambda: "95 kg" in chat.answers()[-1].text)
    answers = chat.answers()
    assert [one.message_id for one in answers] == [first.message_id]
    assert answers[0].text.startswith("Squat 95 kg × 8 @8 ✓")
    assert await logged(store) == [("squat", 0)]


async def test_a_question_has_a_button_for_each_answer(
    server: TelegramServer, store: Store, ann: Person, chat: Place
) -> None:
    async with serving(store, server):
        await ann.says(chat, "row 60x8 @8")
        asked = await server.until(lambda: chat.answers()[-1])
        await ann.presses(asked.button("1) Barbell row"))
        await server.until(lambda: "Barbell row 60 kg × 8 @8 ✓" in chat.answers()[-1].text)
    assert await logged(store) == [("barbell-row", 0)]


async def test_what_was_said_while_the_coach_was_away_is_answered_once(
    server: TelegramServer, store: Store, ann: Person, chat: Place
) -> None:
    for text in ("squat 100x8 @8", "100x8 @8.5", "100x8 @9"):
        await ann.says(chat, text)
    async with serving(store, server):
        await server.until(lambda: len(chat.answers()) == 3)
    async with serving(store, server):
        await ann.says(chat, "bench 60x8 @8")
        await server.until(lambda: "Bench" in chat.answers()[-1].text)
    assert len(chat.answers()) == 4
    assert len(await logged(store)) == 4


@pytest.mark.parametrize("kind", ["500", "502", "close", "malformed JSON"])
async def test_what_the_server_does_not_take_is_sent_again_in_order(
    server: TelegramServer, store: Store, ann: Person, chat: Place, kind: str
) -> None:
    async with serving(store, server):
        server.fail_next("sendMessage", kind, times=3)
        await ann.says(chat, "squat 100x8 @8")
        await ann.says(chat, "100x7 @8")
        await server.until(lambda: len(chat.answers()) == 2)
    assert ["× 8" in chat.answers()[0].text, "× 7" in chat.answers()[1].text] == [True, True]


async def test_in_a_group_talk_stays_unanswered_and_sets_are_each_ones_own(
    server: TelegramServer, store: Store, ann: Person
) -> None:
    bob = server.user("Bob")
    gym = server.group("Gym", [ann, bob], privacy=False)
    async with serving(store, server):
        await ann.says(gym, "nice work everyone")
        sets = [
            await ann.says(gym, "squat 100x8 @8"),
            await bob.says(gym, "bench 80x8 @8"),
            await ann.says(gym, "100x8 @9"),
        ]
        await server.until(lambda: len(gym.answers()) == 3)
    assert [one.text.split(" ")[0] for one in gym.answers()] == ["Squat", "Bench", "Squat"]
    assert [one.reply_to for one in gym.answers()] == sets


async def test_what_is_private_goes_to_the_athlete_alone(
    server: TelegramServer, store: Store, ann: Person, chat: Place
) -> None:
    gym = server.group("Gym", [ann, server.user("Bob")], privacy=False)
    async with serving(store, server):
        await ann.says(gym, "squat 100x8 @8 pain 5")
        await server.until(lambda: "Pain" in chat.answers()[-1].text)
    assert "ain" not in gym.answers()[-1].text


async def test_a_blocked_bot_falls_silent_and_others_are_served(
    server: TelegramServer, store: Store, ann: Person, chat: Place
) -> None:
    bob = server.user("Bob")
    bobs = server.private(bob)
    async with serving(store, server):
        await ann.says(chat, "squat 100x8 @8")
        await server.until(lambda: chat.answers()[-1])
        await ann.says(chat, "100x8 @9")
        await ann.blocks_bot()
        await bob.says(bobs, "bench 80x8 @8")
        await server.until(lambda: bobs.answers()[-1])


async def test_flood_control_is_waited_out(
    server: TelegramServer, store: Store, ann: Person, chat: Place
) -> None:
    async with serving(store, server):
        server.flood(1, method="sendMessage")
        await ann.says(chat, "squat 100x8 @8")
        await server.until(lambda: chat.answers()[-1])
    assert len(chat.answers()) == 1


async def test_an_update_that_cannot_be_read_blocks_nothing(
    server: TelegramServer, store: Store, ann: Person, chat: Place
) -> None:
    async with serving(store, server):
        server.raw_update({"message": {"message_id": "none", "date": "never", "chat": 5}})
        await ann.says(chat, "squat 100x8 @8")
        await server.until(lambda: chat.answers()[-1])
    assert len(await logged(store)) == 1


async def test_the_menu_has_every_command(server: TelegramServer, store: Store) -> None:
    async with serving(store, server):
        names = list(server.commands())
    assert {"last", "today", "undo", "help"} <= set(names)
