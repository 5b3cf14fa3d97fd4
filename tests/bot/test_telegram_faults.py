"""What goes wrong between us and Telegram: broken answers, floods, silence, another poller, people who block us."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.door import Refused, Unreachable
from bot.telegram.polling import CONFLICTS
from tests.bot.telegram_gym import IMPATIENT, QUICK, Gym, opened


@pytest.fixture
async def gym(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Gym]:
    async with opened(tmp_path, sqlite_template) as gym:
        yield gym


@pytest.mark.parametrize("kind", ["500", "502", "close", "malformed JSON"])
async def test_what_the_server_does_not_take_is_sent_again_in_order(gym: Gym, kind: str) -> None:
    async with gym.serving():
        gym.server.fail_next("sendMessage", kind, times=3)
        await gym.ann.says(gym.chat, "squat 100x8 @8")
        await gym.ann.says(gym.chat, "100x7 @8")
        texts = await gym.answered(gym.chat, 2)
    assert ["× 8 @8 ✓" in texts[0], "× 7 @8 ✓" in texts[1], len(texts)] == [True, True, 2]


@pytest.mark.parametrize("kind", ["500", "502", "close", "malformed JSON", "hang", "429"])
async def test_when_nothing_works_for_a_while_all_is_answered_in_order_afterwards(
    gym: Gym, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with gym.serving(IMPATIENT):
        await gym.ann.says(gym.chat, "squat 100x10 @8")
        await gym.answered(gym.chat, 1)
        with gym.server.outage(kind):
            await gym.ann.says(gym.chat, "100x9 @8")
            await gym.ann.says(gym.chat, "100x8 @8")
            tries = 2 if kind == "429" else 4
            await gym.server.until(lambda: len(gym.server.called("sendMessage")) >= tries)
        texts = await gym.answered(gym.chat, 3)
    assert [f"× {reps} @8 ✓" in text for reps, text in zip((10, 9, 8), texts, strict=True)] == [True] * 3
    assert [one for one in caplog.records if one.exc_info] == []
    assert len([one for one in caplog.records if one.levelno >= logging.WARNING]) <= 2


async def test_an_answer_that_is_lost_may_repeat_a_reply_and_no_set(gym: Gym) -> None:
    async with gym.serving():
        gym.server.fail_next("sendMessage", "answer lost")
        await gym.ann.says(gym.chat, "squat 100x8 @8")
        texts = await gym.answered(gym.chat, 2)
    assert texts[0] == texts[1]
    assert await gym.logged() == ["squat"]


async def test_flood_control_is_waited_out(gym: Gym) -> None:
    async with gym.serving():
        gym.server.flood(1)
        await gym.ann.says(gym.chat, "squat 100x8 @8")
        texts = await gym.answered(gym.chat, 1)
    assert len(texts) == 1


async def test_a_blocked_bot_falls_silent_until_they_write_again(gym: Gym) -> None:
    bob = gym.server.user("Bob")
    bobs = gym.server.private(bob)
    async with gym.serving():
        gym.server.fail_next("sendMessage", "500", times=3)
        await gym.ann.says(gym.chat, "squat 100x8 @8")
        await gym.ann.blocks_bot()
        await gym.server.until(lambda: gym.server.called("sendMessage", 403))
        await bob.says(bobs, "bench 80x8 @8")
        await gym.answered(bobs, 1)
        assert len(gym.server.called("sendMessage", 403)) == 1
        assert gym.chat.answers() == []
        await gym.ann.says(gym.chat, "100x7 @8")
        texts = await gym.answered(gym.chat, 2)
    assert ["× 8 @8 ✓" in texts[0], "× 7 @8 ✓" in texts[1]] == [True, True]


async def test_a_dead_account_is_owed_nothing(gym: Gym) -> None:
    room = gym.server.group("Gym", [gym.ann], privacy=False)
    async with gym.serving():
        await gym.ann.deletes_account()
        await gym.ann.says(room, "squat 100x8 @8 pain 5")
        await gym.server.until(lambda: gym.server.called("sendMessage", 403))
        await gym.ann.says(room, "bench 60x8 @8")
        texts = await gym.answered(room, 2)
    assert [text.split(" ")[0] for text in texts] == ["Squat", "Bench"]


async def test_with_another_poller_it_says_so_once_and_gives_up_after_a_while(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Refused, match="Another program polls Telegram with this token"):
        async with gym.serving(replace(QUICK, pause=0.001)) as coach:
            await gym.ann.says(gym.chat, "squat 100x8 @8")
            await gym.answered(gym.chat, 1)
            for _ in range(CONFLICTS):
                await gym.server.until(lambda: gym.server.updates.polled)
                gym.server.updates.end_poll("terminated by other getUpdates request")
                lost = len(gym.server.called("getUpdates", 409))
                await gym.server.until(partial(_lost_more, gym, lost))
            await asyncio.wait({coach.task}, timeout=10)
    said = [one.message for one in caplog.records if "Another program" in one.message]
    assert len(said) == 1
    assert [one for one in caplog.records if one.exc_info] == []


def _lost_more(gym: Gym, before: int) -> bool:
    return len(gym.server.called("getUpdates", 409)) > before


async def test_a_token_that_telegram_does_not_know_is_refused(gym: Gym) -> None:
    token, gym.server.token = gym.server.token, "700000002:AAF-another_token"
    with pytest.raises(Refused, match="look at TELEGRAM_TOKEN") as refused:
        async with gym.serving():
            pass
    assert "AAF-another" not in "".join(traceback.format_exception(refused.value))
    gym.server.token = token
    gym.server.refused.clear()


async def test_a_server_that_is_not_there_is_unreachable_and_reached_later(gym: Gym) -> None:
    with gym.server.outage("close"), pytest.raises(Unreachable) as unreachable:
        async with gym.serving():
            pass
    assert gym.server.token not in "".join(traceback.format_exception(unreachable.value))
    async with gym.serving():
        await gym.ann.says(gym.chat, "squat 100x8 @8")
        await gym.answered(gym.chat, 1)


@pytest.mark.parametrize("kind", ["500", "502", "close", "malformed JSON", "hang", "429", "answer lost"])
async def test_no_line_of_the_log_has_the_token(
    gym: Gym, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    for ours in ("bot", "core"):
        caplog.set_level(logging.DEBUG, ours)
    methods = ("getUpdates", "sendMessage", "editMessageText", "answerCallbackQuery")
    async with gym.serving(IMPATIENT):
        for method in methods:
            gym.server.fail_next(method, kind)
        said = await gym.ann.says(gym.chat, "row 60x8 @8")
        asked = (await gym.answered(gym.chat, 1), gym.chat.answers()[-1])[1]
        await gym.ann.presses(asked.buttons[0][0])
        await gym.ann.edits(gym.chat, said, "barbell row 60x7 @8")
        await gym.server.until(lambda: any("× 7" in one.text for one in gym.chat.answers()))
        gym.server.raw_update({"message": {"chat": gym.server.token}})
        await gym.ann.says(gym.chat, "squat 100x8 @8")
        await gym.server.until(lambda: gym.chat.answers()[-1].text.startswith("Squat"))
    secret = gym.server.token.partition(":")[2]
    assert secret not in caplog.text
    assert caplog.records != []
