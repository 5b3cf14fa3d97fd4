"""One who says very much at once: nobody else waits for that, and none of it is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.discord import lanes
from bot.discord.lanes import Lanes
from tests.bot.discord_gym import Gym, a_gym

SAID = 80


@pytest.fixture
async def gym(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Gym]:
    monkeypatch.setattr(lanes, "MOST", 20)
    monkeypatch.setattr(lanes, "MOST_IN_LANE", 8)
    async with a_gym(tmp_path) as gym:
        yield gym


async def _weights(gym: Gym) -> list[str]:
    """What Ann is told of, in order."""
    return [one.text.split(" kg")[0].removeprefix("Squat ") for one in gym.answers()]


async def test_one_who_floods_holds_up_nobody_and_loses_nothing(gym: Gym) -> None:
    async with gym.serving():
        flood = [await gym.ann.says(gym.dm, f"squat {20 + number}x5 @7") for number in range(SAID)]
        dm = gym.server.dm(gym.bob)
        await gym.bob.says(dm, "bench 60x8 @8")
        await gym.ann.deletes(flood[-2])
        await gym.ann.edits(flood[-3], "squat 200x5 @7")
        await gym.answered(1, dm, gym.bob)
        assert len(gym.answers()) < SAID / 2
        await gym.server.until(lambda: len(gym.answers()) >= SAID - 1, timeout=30)
        await gym.ann.says(gym.dm, "squat 120x5 @7")
        await gym.server.until(lambda: "Squat 120 kg" in gym.answers()[-1].text)
    weights = [str(20 + number) for number in range(SAID)]
    weights[-3:] = ["200", weights[-1], "120"]
    assert await _weights(gym) == weights


async def test_a_flood_goes_on_while_it_is_read(gym: Gym) -> None:
    async with gym.serving():
        for number in range(SAID):
            await gym.ann.says(gym.dm, f"squat {20 + number}x5 @7")
            if number % 20 == 19:
                await gym.server.until(lambda past=number: len(gym.answers()) > past - 5)  # type: ignore[misc]
        await gym.server.until(lambda: len(gym.answers()) >= SAID, timeout=30)
    assert await _weights(gym) == [str(20 + number) for number in range(SAID)]


async def test_where_history_is_hidden_a_flood_is_remembered(gym: Gym) -> None:
    await gym.opened()
    gym.channel.forbids("history")
    async with gym.serving():
        for number in range(30):
            await gym.ann.says(gym.channel, f"squat {20 + number}x5 @7")
        await gym.answered(30, gym.channel)


async def test_in_a_closed_channel_only_what_names_us_is_read_after_a_flood(gym: Gym) -> None:
    async with gym.serving():
        for _ in range(15):
            await gym.bob.says(gym.channel, "squat 50x5 @7")
            await gym.ann.says(gym.channel, f"{gym.server.bot.mention} bench 60x5 @7")
        await gym.answered(15, gym.channel)
    assert await gym.logged() == ["bench-press"] * 15


async def test_no_chat_alone_stops_the_reading() -> None:
    jobs = Lanes(most=6, most_in_lane=3)
    jobs.hold()
    for _ in range(50):
        jobs.put("a", lambda: asyncio.sleep(0))
    assert (jobs.is_full("a"), jobs.is_full("b")) == (True, False)
    await asyncio.wait_for(jobs.room(), 5)
    for _ in range(3):
        jobs.put("b", lambda: asyncio.sleep(0))
    waiting = asyncio.create_task(jobs.room())
    await asyncio.sleep(0)
    assert not waiting.done()
    jobs.release()
    await asyncio.wait_for(waiting, 5)
    await jobs.close()
