"""A Discord that refuses, stalls, cuts, or tells nonsense: the coach gets over it, or says in a sentence why it cannot."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.discord.adapter import Discord
from bot.door import Refused, Unreachable
from bot.serving import Backoff, serve_all
from tests.bot.discord_gym import QUICK, Gym, a_gym
from tests.servers.discord import payloads


@pytest.fixture
async def gym(tmp_path: Path) -> AsyncIterator[Gym]:
    async with a_gym(tmp_path) as gym:
        yield gym


@pytest.mark.parametrize("trouble", ["503", "close", "lost", "429"])
async def test_what_is_not_taken_is_sent_again_in_order_and_never_twice(gym: Gym, trouble: str) -> None:
    async with gym.serving():
        gym.server.faults.next("POST /channels/*/messages", trouble, times=3, retry_after=0.01)  # type: ignore[arg-type]
        await gym.ann.says(gym.dm, "squat 100x8 @8")
        await gym.ann.says(gym.dm, "100x7 @8")
        texts = await gym.answered(2)
    assert ["× 8" in texts[0], "× 7" in texts[1]] == [True, True]
    assert gym.server.refused == []


async def test_an_edit_that_is_not_taken_is_made_again(gym: Gym) -> None:
    async with gym.serving():
        said = await gym.ann.says(gym.dm, "squat 100x8 @8")
        await gym.answered(1)
        gym.server.faults.next("PATCH /channels/*", "503", times=2)
        await gym.ann.edits(said, "squat 90x8 @8")
        await gym.server.until(lambda: "90 kg" in gym.answers()[0].text)


async def test_a_channel_that_is_gone_holds_up_nobody(gym: Gym, caplog: pytest.LogCaptureFixture) -> None:
    await gym.opened()
    async with gym.serving():
        await gym.ann.says(gym.channel, "squat 100x8 @8")
        gym.channel.vanishes()
        await gym.ann.says(gym.dm, "100x7 @8")
        await gym.answered(1)
    assert [one.exc_info for one in caplog.records if one.levelno >= logging.WARNING and one.exc_info] == []


async def test_a_bad_token_is_refused_in_a_sentence(gym: Gym) -> None:
    with pytest.raises(Refused, match="DISCORD_TOKEN"):
        async with gym.serving(token="wrong"):
            pass


async def test_a_token_that_is_revoked_ends_it_in_a_sentence(gym: Gym) -> None:
    with pytest.raises(Refused, match="DISCORD_TOKEN"):
        async with gym.serving() as coach:
            gym.server.gateway.close(4004)
            await asyncio.wait({coach.task}, timeout=5)
            coach.task.result()


@pytest.mark.parametrize("what", ["all", "gateway"])
async def test_what_cannot_be_reached_is_said_and_can_be_tried_again(gym: Gym, what: str) -> None:
    await (gym.server.down() if what == "all" else gym.server.gateway.down())
    door = Discord(gym.store, gym.server.token, gym.server.clock.now, api=gym.server.api, timing=QUICK)
    for _ in range(2):
        with pytest.raises(Unreachable):
            await door.serve()
    await gym.server.up()
    ready = asyncio.Event()
    task = asyncio.create_task(door.serve(lambda sentence: ready.set()))
    await asyncio.wait_for(ready.wait(), 5)
    await gym.ann.says(gym.dm, "squat 100x8 @8")
    await gym.answered(1)
    task.cancel()
    await asyncio.wait({task})


POISON = [
    ("MESSAGE_CREATE", {"id": "none", "channel_id": 5}),
    ("MESSAGE_UPDATE", None),
    ("INTERACTION_CREATE", {"type": 3}),
    ("GUILD_CREATE", {"id": "x"}),
    ("NEW_THING", {"what": 1}),
]


async def test_events_that_cannot_be_read_are_set_aside(gym: Gym, caplog: pytest.LogCaptureFixture) -> None:
    async with gym.serving():
        for name, data in POISON:
            gym.server.gateway.emit_raw(name, data)
        await gym.ann.says(gym.dm, "squat 100x8 @8")
        await gym.answered(1)
    assert sum("set aside" in one.getMessage() for one in caplog.records) == 4
    assert all(one.exc_info is None for one in caplog.records if one.levelno >= logging.WARNING)
    assert len(gym.server.gateway.identified) == 1


async def test_a_message_that_breaks_us_holds_up_no_other(gym: Gym, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.dispatch import Dispatch

    handle = Dispatch.handle

    async def breaking(self, inbound, *, now):  # type: ignore[no-untyped-def]
        if inbound.text == "boom":
            raise RuntimeError("a fault of ours")
        return await handle(self, inbound, now=now)

    monkeypatch.setattr(Dispatch, "handle", breaking)
    async with gym.serving():
        await gym.ann.says(gym.dm, "boom")
        await gym.ann.says(gym.dm, "squat 100x8 @8")
        texts = await gym.answered(2)
    assert "Something broke" in texts[0]
    assert texts[1].startswith("Squat 100 kg")


async def test_what_is_changed_while_the_database_is_away_is_changed_when_it_is_back(gym: Gym) -> None:
    await gym.opened()
    async with gym.serving() as coach:
        said = await gym.ann.says(gym.channel, "squat 100x8 @8")
        wrong = await gym.ann.says(gym.dm, "bench 60x8 @8")
        await gym.answered(1, gym.channel)
        await gym.answered(1)
        with gym.without_database() as tries:
            await gym.ann.edits(said, "squat 90x8 @8")
            await gym.ann.deletes(wrong)
            await gym.server.until(lambda: tries() >= 2)
        await gym.server.until(lambda: "90 kg" in gym.answers(gym.channel)[0].text)
        await gym.server.until(lambda: "deleted" in gym.answers()[-1].text)
        assert not coach.task.done()
    assert await gym.logged() == ["squat"]


async def test_an_edit_that_comes_late_does_not_undo_a_newer_one(gym: Gym) -> None:
    async with gym.serving():
        said = await gym.ann.says(gym.dm, "squat 100x8 @8")
        await gym.ann.edits(said, "squat 95x8 @8")
        late = payloads.message(said)
        gym.server.clock.passes(1)
        await gym.ann.edits(said, "squat 90x8 @8")
        gym.server.gateway.emit_raw("MESSAGE_UPDATE", late)
        await gym.ann.says(gym.dm, "bench 60x8 @8")
        await gym.answered(2)
        await gym.server.until(lambda: "90 kg" in gym.answers()[0].text)
    assert await gym.rows("SELECT text FROM messages ORDER BY id") == [("squat 90x8 @8",), ("bench 60x8 @8",)]


async def test_away_for_a_while_and_back_without_a_traceback(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with gym.serving():
        await gym.ann.says(gym.dm, "squat 100x8 @8")
        await gym.answered(1)
        await gym.server.down()
        await gym.ann.says(gym.dm, "100x7 @8")
        await gym.server.until(lambda: sum("cannot be reached" in one.message for one in caplog.records) >= 2)
        await gym.server.up()
        await gym.answered(2)
    loud = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert [one.exc_info for one in loud if one.exc_info] == []
    assert all(gym.server.token not in one.getMessage() for one in loud)


@pytest.mark.parametrize("flags", [True, False])
async def test_without_the_content_intent_it_says_so_and_serves(
    tmp_path: Path, flags: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_gym(tmp_path, content=False) as gym:
        if not flags:  # the application says that it may, the gateway that it may not
            monkeypatch.setattr(type(gym.server.world), "app_flags", 1 << 18)
        await gym.opened()
        async with gym.serving() as coach:
            await gym.ann.says(gym.channel, "squat 60x8 @8")
            await gym.ann.says(gym.channel, f"{gym.server.bot.mention} squat 100x8 @8")
            await gym.answered(1, gym.channel)
            await gym.ann.says(gym.dm, "100x7 @8")
            await gym.answered(1)
            call = await gym.ann.runs(gym.channel, "/log", {"set": "100x6 @8"})
            await gym.server.until(lambda: call.messages)
        assert "no message content intent" in coach.sentence
        assert await gym.logged() == ["squat"] * 3


async def test_as_many_shards_as_discord_asks_for(tmp_path: Path) -> None:
    async with a_gym(tmp_path, shards=2) as gym:
        guilds = [gym.guild, gym.server.guild("Second", members=[gym.ann])]
        async with gym.serving():
            await gym.server.until(lambda: len(gym.server.gateway.listening) == 2)
            for guild in guilds:
                await gym.ann.says(guild.channel("training"), f"{gym.server.bot.mention} squat 100x8 @8")
                await gym.answered(1, guild.channel("training"))
            await gym.ann.says(gym.dm, "100x7 @8")
            await gym.answered(1)
        assert sorted(one["shard"] for one in gym.server.gateway.identified) == [[0, 2], [1, 2]]


async def test_a_platform_that_breaks_is_begun_again_beside_others(gym: Gym) -> None:
    door = Discord(gym.store, gym.server.token, gym.server.clock.now, api=gym.server.api, timing=QUICK)
    await gym.server.down()
    task = asyncio.create_task(serve_all([door], Backoff(0.01, 0.02)))
    await asyncio.sleep(0)
    await gym.server.up()
    await gym.server.until(lambda: gym.server.gateway.listening)
    gym.server.gateway.close(4010)
    await gym.server.until(lambda: len(gym.server.gateway.identified) == 2)
    await gym.ann.says(gym.dm, "squat 100x8 @8")
    await gym.answered(1)
    task.cancel()
    await asyncio.wait({task})


async def test_a_request_that_is_never_answered_is_made_again(gym: Gym) -> None:
    impatient = replace(QUICK, answer_s=0.3)
    async with gym.serving(impatient):
        gym.server.faults.next("POST /channels/*/messages", "hang", times=2)
        await gym.ann.says(gym.dm, "squat 100x8 @8")
        await gym.ann.says(gym.dm, "100x7 @8")
        texts = await gym.answered(2)
        gym.server.calm()
    assert ["× 8" in texts[0], "× 7" in texts[1]] == [True, True]


async def test_without_a_channels_history_answers_point_at_nothing(gym: Gym) -> None:
    await gym.opened()
    gym.channel.forbids("history")
    async with gym.serving():
        await gym.ann.says(gym.channel, "squat 100x8 @8")
        await gym.answered(1, gym.channel)
    assert gym.answers(gym.channel)[0].reply_to is None


async def test_a_channel_where_we_may_not_write_is_not_opened(gym: Gym) -> None:
    gym.channel.forbids("send")
    async with gym.serving():
        await gym.amy.runs(gym.channel, "/here")
        (text,) = await gym.answered(1, gym.channel, gym.amy)
        gym.channel.allows()
        await gym.ann.says(gym.channel, "squat 100x8 @8")
        await gym.ann.says(gym.dm, "bench 80x8 @8")
        await gym.answered(1)
    assert "may not read or write" in text
    assert await gym.logged() == ["bench-press"]


async def test_the_library_tells_its_troubles_in_a_line(gym: Gym, caplog: pytest.LogCaptureFixture) -> None:
    async with gym.serving():
        trouble = ConnectionResetError("cut")
        logging.getLogger("discord.shard").error("Attempting a reconnect", exc_info=trouble)
    (told,) = [one for one in caplog.records if one.name == "discord.shard"]
    assert (told.getMessage(), told.exc_info) == ("Attempting a reconnect", None)
