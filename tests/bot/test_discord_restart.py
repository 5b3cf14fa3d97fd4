"""What was said, edited and deleted while the coach was away from Discord is handled once, in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest

from bot.discord.catch_up import CatchUp
from bot.discord.history import History
from bot.discord.inbound import Place
from bot.discord.lanes import Lanes
from tests.bot.discord_gym import Gym, a_gym
from tests.servers.discord import channel_routes


@pytest.fixture
async def gym(tmp_path: Path) -> AsyncIterator[Gym]:
    async with a_gym(tmp_path) as gym:
        yield gym
        assert gym.server.refused == []


async def test_what_was_said_meanwhile_is_answered_once(gym: Gym) -> None:
    async with gym.serving():
        await gym.ann.says(gym.dm, "squat 100x8 @8")
        await gym.answered(1)
    for text in ("100x7 @8.5", "100x6 @9", "bench 60x8 @8"):
        await gym.ann.says(gym.dm, text)
    async with gym.serving():
        await gym.ann.says(gym.dm, "60x7 @9")
        texts = await gym.answered(5)
    async with gym.serving():
        await gym.ann.says(gym.dm, "60x6 @9")
        await gym.answered(6)
    assert [text.split(" @")[0] for text in texts[1:]] == [
        "Squat 100 kg × 7",
        "Squat 100 kg × 6",
        "Bench press 60 kg × 8",
        "Bench press 60 kg × 7",
    ]


async def test_more_than_a_page_is_read_in_order(gym: Gym) -> None:
    async with gym.serving():
        await gym.ann.says(gym.dm, "squat 20x8 @8")
        await gym.answered(1)
    for number in range(104):
        await gym.ann.says(gym.dm, f"{21 + number}x5 @7")
    async with gym.serving():
        texts = await gym.answered(105, within=30)
    assert [text.split(" kg")[0] for text in texts] == [f"Squat {20 + number}" for number in range(105)]


async def test_channels_and_their_threads_are_read_where_they_are_open(gym: Gym) -> None:
    other = gym.guild.channel("talk")
    await gym.opened()
    async with gym.serving():
        await gym.ann.says(gym.channel, "squat 100x8 @8")
        await gym.answered(1, gym.channel)
    await gym.ann.says(gym.channel, "100x7 @8")
    thread = gym.channel.thread("legs", gym.bob)
    await gym.bob.says(thread, "lunge 40x10 @8")
    await gym.ann.says(other, "bench 60x8 @8")
    async with gym.serving():
        await gym.answered(2, gym.channel)
        await gym.answered(1, thread)
    assert sorted(await gym.logged()) == ["lunge", "squat", "squat"]


async def test_an_edit_in_the_meantime_is_seen(gym: Gym) -> None:
    async with gym.serving():
        said = await gym.ann.says(gym.dm, "squat 100x8 @8")
        await gym.ann.says(gym.dm, "100x7 @8")
        await gym.answered(2)
    await gym.ann.edits(said, "squat 90x8 @8")
    async with gym.serving():
        await gym.server.until(lambda: gym.answers()[0].text.startswith("Squat 90 kg × 8 @8"))
    assert len(gym.answers()) == 2


async def test_a_deletion_in_the_meantime_takes_the_set_away(gym: Gym) -> None:
    async with gym.serving():
        await gym.ann.says(gym.dm, "squat 100x8 @8")
        wrong = await gym.ann.says(gym.dm, "squat 300x7 @8")
        await gym.answered(2)
    await gym.ann.deletes(wrong)
    async with gym.serving():
        await gym.server.until(lambda: " deleted ✓" in gym.answers()[1].text)
        await gym.ann.says(gym.dm, "bench 60x8")
        await gym.answered(3)
    assert await gym.logged() == ["squat", "bench-press"]


async def test_where_history_is_hidden_nothing_counts_as_deleted(gym: Gym) -> None:
    await gym.opened()
    async with gym.serving():
        await gym.ann.says(gym.channel, "squat 100x8 @8")
        await gym.answered(1, gym.channel)
    gym.channel.forbids("history")
    async with gym.serving():
        await gym.ann.says(gym.channel, "100x7 @9")
        await gym.answered(2, gym.channel)
    assert await gym.logged() == ["squat", "squat"]
    [hidden] = gym.server.refused  # what an answer would point at; it goes out without
    assert hidden.code == 160002
    gym.server.refused.clear()


async def test_a_resumed_session_misses_nothing_and_reads_nothing_again(gym: Gym) -> None:
    async with gym.serving():
        said = await gym.ann.says(gym.dm, "squat 100x8 @8")
        await gym.answered(1)
        await gym.server.gateway.down()
        await gym.ann.says(gym.dm, "100x7 @8")
        await gym.ann.edits(said, "squat 90x8 @8")
        read = len(gym.server.calls("GET", "/messages"))
        await gym.server.gateway.up()
        await gym.answered(2)
        await gym.server.until(lambda: "90 kg" in gym.answers()[0].text)
    assert gym.server.gateway.resumed == 1
    assert len(gym.server.calls("GET", "/messages")) == read


async def test_a_session_that_is_lost_is_begun_anew_and_the_gap_is_read(gym: Gym) -> None:
    async with gym.serving():
        await gym.ann.says(gym.dm, "squat 100x8 @8")
        await gym.answered(1)
        await gym.server.gateway.down()
        gym.server.gateway.forget()
        await gym.ann.says(gym.dm, "100x7 @8")
        await gym.server.gateway.up()
        await gym.answered(2)
        await gym.ann.says(gym.dm, "100x6 @8")
        await gym.answered(3)
    assert len(gym.server.gateway.identified) == 2


async def test_history_that_cannot_be_read_at_first_is_read_later_and_before_what_is_newer(gym: Gym) -> None:
    async with gym.serving():
        await gym.ann.says(gym.dm, "squat 100x8 @8")
        await gym.answered(1)
    await gym.ann.says(gym.dm, "100x7 @8")
    gym.server.faults.next("GET /channels/*/messages", "503", times=3)
    async with gym.serving():
        await gym.ann.says(gym.dm, "100x6 @8")
        texts = await gym.answered(3)
    assert ["× 7" in texts[1], "× 6" in texts[2]] == [True, True]


async def test_the_first_words_in_a_channel_are_not_lost_either(gym: Gym) -> None:
    await gym.ann.says(gym.channel, "squat 50x8 @8")
    async with gym.serving():
        await gym.amy.runs(gym.channel, "/here")
        await gym.answered(1, gym.channel)
    await gym.ann.says(gym.channel, "squat 100x8 @8")
    async with gym.serving():
        texts = await gym.answered(2, gym.channel)
    assert texts[1].startswith("Squat 100 kg")
    assert await gym.logged() == ["squat"]


async def test_what_was_said_in_a_thread_before_its_channel_was_opened_is_nobodys_set(gym: Gym) -> None:
    thread = gym.channel.thread("legs", gym.ann)
    await gym.ann.says(thread, "squat 50x8 @8")
    async with gym.serving():
        await gym.amy.runs(gym.channel, "/here")
        await gym.answered(1, gym.channel)
    await gym.ann.says(thread, "squat 100x8 @8")
    async with gym.serving():
        (text,) = await gym.answered(1, thread)
    assert text.startswith("Squat 100 kg")
    assert await gym.logged() == ["squat"]


@pytest.mark.parametrize("spoiled", ["author", "id"])
async def test_a_message_in_history_that_cannot_be_read_keeps_no_other_from_it(
    gym: Gym, spoiled: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with gym.serving():
        await gym.ann.says(gym.dm, "squat 100x8 @8")
        await gym.answered(1)
    for text in ("101x8 @8", "102x8 @8", "103x8 @8"):
        await gym.ann.says(gym.dm, text)
    whole = channel_routes.as_json

    def some(world: Any, message: Any) -> dict[str, Any]:
        data = whole(world, message)
        return {name: data[name] for name in data if name != spoiled or data["content"] != "102x8 @8"}

    monkeypatch.setattr(channel_routes, "as_json", some)
    async with gym.serving():
        await gym.ann.says(gym.dm, "bench 70x8 @8")
        texts = await gym.answered(4)
    assert [text.split(" kg")[0] for text in texts[1:]] == ["Squat 101", "Squat 103", "Bench press 70"]
    assert sum("set aside" in one.getMessage() for one in caplog.records) == 1


async def test_history_that_breaks_us_is_not_passed_over_by_what_is_newer(
    gym: Gym, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with gym.serving():
        await gym.ann.says(gym.dm, "squat 100x8 @8")
        await gym.answered(1)
    await gym.ann.says(gym.dm, "101x8 @8")
    recent, tries = History.recent, list[str]()

    async def breaking(self: History, chat: str) -> Any:
        tries.append(chat)
        if len(tries) < 3:
            raise LookupError("a fault of ours")
        return await recent(self, chat)

    monkeypatch.setattr(History, "recent", breaking)
    async with gym.serving():
        await gym.ann.says(gym.dm, "102x8 @8")
        texts = await gym.answered(3)
    assert [text.split(" kg")[0] for text in texts[1:]] == ["Squat 101", "Squat 102"]


async def test_a_channel_that_was_closed_to_us_is_read_once_it_is_open_again(gym: Gym) -> None:
    await gym.opened()
    async with gym.serving():
        await gym.ann.says(gym.channel, "squat 100x8 @8")
        await gym.answered(1, gym.channel)
    await gym.ann.says(gym.channel, "101x8 @8")
    gym.channel.forbids("view")
    async with gym.serving():
        await gym.server.until(lambda: gym.server.refused)
        gym.channel.allows()
        await gym.ann.says(gym.channel, "102x8 @8")
        texts = await gym.answered(3, gym.channel)
    assert [text.split(" kg")[0] for text in texts[1:]] == ["Squat 101", "Squat 102"]
    gym.server.refused.clear()


async def test_nothing_new_is_handled_before_it_is_known_what_was_missed(gym: Gym) -> None:
    """Else it would be the newest that we had, and what stands before it would never be read."""
    async with gym.serving():
        known = await gym.ann.says(gym.dm, "squat 100x8 @8")
        await gym.answered(1)
    seen, end = list[str](), asyncio.Event()

    async def read(message: Any, place: Place, had: bool) -> None:
        seen.append("had" if had else "missed")

    async def lost(place: Place, key: int) -> None:
        seen.append("lost")

    async def newer() -> None:
        seen.append("new")
        end.set()

    lanes = Lanes()

    async def rows(chat: str, limit: int, after: int | None) -> list[dict[str, Any]]:
        return [{"id": str(known.id + 1)}, {"id": str(known.id)}]

    history = History(rows, lambda chat, row: cast(Any, row))
    catching_up = CatchUp(gym.store, lanes, history, read, lost, gym.server.clock.now, 0.01)
    catching_up.ask(None)
    catching_up.put(str(gym.dm.id), newer)
    for _ in range(10):
        await asyncio.sleep(0)  # time in which it would begin
    task = asyncio.create_task(catching_up.run())
    await asyncio.wait_for(end.wait(), 5)
    task.cancel()
    await asyncio.wait({task})
    await lanes.close()
    assert seen == ["had", "missed", "new"]
