"""What goes wrong between us and Telegram: broken answers, floods, silence, another poller, people who block us."""

from __future__ import annotations

import asyncio
import gc
import logging
import traceback
import warnings
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.door import Refused, Unreachable
from bot.telegram.adapter import Telegram
from bot.telegram.polling import CONFLICTS
from tests.bot.telegram_gym import IMPATIENT, NOW, QUICK, Gym, opened


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


async def test_with_another_poller_it_says_so_and_tries_again_when_asked_to(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    patient = replace(QUICK, pause=0.001)
    with pytest.raises(
        Unreachable, match=r"^another program polls Telegram with this token, .* bot of its own"
    ):
        async with gym.serving(patient) as coach:
            await gym.ann.says(gym.chat, "squat 100x8 @8")
            await gym.answered(gym.chat, 1)
            for _ in range(CONFLICTS):
                await _loses_a_poll(gym)
            await asyncio.wait({coach.task}, timeout=10)
            await coach.task
    other = asyncio.create_task(_loses_a_poll(gym))  # still there: that is seen at once, and not called up
    with pytest.raises(Unreachable, match=r"^another program polls"):
        async with gym.serving(door=coach.door):
            pass
    await other
    await gym.ann.says(gym.chat, "bench 60x8 @8")
    async with gym.serving(door=coach.door):
        await gym.answered(gym.chat, 2)
    said = [one.message for one in caplog.records if "Another program" in one.message]
    assert len(said) == 1
    assert [one for one in caplog.records if one.exc_info] == []


async def _loses_a_poll(gym: Gym) -> None:
    """Another program polls while ours does."""
    await gym.server.until(lambda: gym.server.updates.polled)
    lost = len(gym.server.called("getUpdates", 409))
    gym.server.updates.end_poll("terminated by other getUpdates request")
    await gym.server.until(partial(_lost_more, gym, lost))


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


async def test_a_token_that_was_good_may_be_good_again(gym: Gym) -> None:
    gateway, token = gym.server.gateway, gym.server.token
    with pytest.raises(Unreachable, match=r"look at TELEGRAM_TOKEN in \.env$") as unreachable:
        async with gym.serving() as coach:
            await gym.server.until(lambda: gym.server.updates.polled)
            gateway.token = "700000001:AAF-not_this_one"
            gym.server.updates.stop()  # so that the next poll begins
            await asyncio.wait({coach.task}, timeout=10)
    assert token not in "".join(traceback.format_exception(unreachable.value))
    with pytest.raises(Unreachable, match=r"look at TELEGRAM_TOKEN in \.env$"):
        async with gym.serving(door=coach.door):
            pass
    gateway.token = token
    gym.server.refused.clear()
    async with gym.serving(door=coach.door):
        await gym.ann.says(gym.chat, "squat 100x8 @8")
        await gym.answered(gym.chat, 1)


async def test_whoever_is_stopped_before_it_is_up_leaves_no_connection_open(gym: Gym) -> None:
    gym.server.fail_next("getMe", "hang")
    door = Telegram(gym.store, gym.server.token, lambda: NOW, api=gym.server.address, timing=QUICK)
    task = asyncio.create_task(door.serve())
    await gym.server.until(lambda: gym.server.called("getMe"))
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    del door, task
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        gc.collect()
    assert [str(one.message) for one in found] == []


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
