"""Slash commands and buttons on Discord: in time, answered once, and in view of those alone whom they are for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from bot.commands import COMMANDS
from tests.bot.discord_gym import Gym, a_gym
from tests.servers.discord import Interaction


@pytest.fixture
async def gym(tmp_path: Path) -> AsyncIterator[Gym]:
    async with a_gym(tmp_path) as gym:
        yield gym
        assert gym.server.refused == []
        assert gym.server.unanswered == []


async def test_the_menu_is_the_table_and_is_registered_only_when_it_changed(gym: Gym) -> None:
    async with gym.serving():
        pass
    async with gym.serving():
        pass
    assert gym.server.commands.synced == 1
    assert gym.server.commands.names() == [*(one.name for one in COMMANDS), "log", "here"]
    gym.server.commands.table(None)[0]["description"] = "another"
    async with gym.serving():
        assert gym.server.commands.synced == 2


CALLS = [
    ("/log", {"set": "squat 100x8 @8"}, "Squat 100 kg × 8 @8 ✓"),
    ("/unit", {"unit": "lb"}, "lb"),
    ("/max", {"max": "140", "lift": "Squat"}, "140"),
    ("/why", {}, "squat"),
    ("/help", {"command": "last"}, "/last"),
]


@pytest.mark.parametrize(("line", "options", "answer"), CALLS)
async def test_a_command_is_answered_in_its_own_place(
    gym: Gym, line: str, options: dict[str, str], answer: str
) -> None:
    async with gym.serving():
        call = await gym.ann.runs(gym.dm, line, options)
        await gym.server.until(lambda: call.messages)
        (text,) = await gym.answered(1)
    assert answer.lower() in text.lower()
    assert [one.content for one in call.messages] == [text]


async def test_what_is_typed_is_completed(gym: Gym) -> None:
    async with gym.serving():
        lifts = await gym.ann.types(gym.dm, "/last", {"lift": "romanian d"}, focus="lift")
        ways = await gym.ann.types(gym.dm, "/why", {"lift": "fail"}, focus="lift")
        none = await gym.ann.types(gym.dm, "/log", {"set": "squat 100x"}, focus="set")
        await gym.server.until(lambda: lifts.choices and ways.choices and none.acknowledged)
    assert ("Romanian deadlift", "Romanian deadlift") in (lifts.choices or [])
    assert ways.choices == [("failure", "failure")]
    assert none.choices == []


async def test_commands_work_in_channels_that_are_closed(gym: Gym) -> None:
    async with gym.serving():
        call = await gym.ann.runs(gym.channel, "/log", {"set": "squat 100x8 @8"})
        await gym.answered(1, gym.channel, gym.bob)
        await gym.server.until(lambda: call.messages)
    assert await gym.logged() == ["squat"]


async def test_what_is_private_is_seen_by_who_called_alone(gym: Gym) -> None:
    async with gym.serving():
        weight = await gym.ann.runs(gym.channel, "/bodyweight", {"bodyweight": "83.5"})
        await gym.server.until(lambda: weight.messages)
        hurt = await gym.ann.runs(gym.channel, "/log", {"set": "squat 100x8 @8 pain 5"})
        await gym.server.until(lambda: len(hurt.messages) == 2)
    assert [one.ephemeral for one in weight.messages] == [True]
    assert sorted((one.ephemeral, "ain" in one.content) for one in hurt.messages) == [
        (False, False),
        (True, True),
    ]
    assert gym.answers() == []
    assert len(gym.answers(gym.channel, gym.bob)) == 1


async def test_a_private_answer_that_comes_too_late_for_the_command_comes_by_direct_message(gym: Gym) -> None:
    async with gym.serving():
        gym.server.faults.next("PATCH /webhooks/*", "503", times=1)
        gym.server.faults.next("POST /channels/*", "503", times=None)
        call = await gym.ann.runs(gym.channel, "/bodyweight", {"bodyweight": "83.5"})
        await gym.server.until(lambda: call.acknowledged and gym.server.faults.met > 0)
        gym.server.clock.passes(15 * 60)
        gym.server.calm()
        (text,) = await gym.answered(1)
    assert "83.5" in text
    assert gym.answers(gym.channel, gym.bob) == []
    assert [one.code for one in gym.server.refused] == [50027]
    gym.server.refused.clear()


async def test_a_command_without_an_answer_keeps_nobody_waiting(gym: Gym) -> None:
    async with gym.serving():
        call = await gym.ann.runs(gym.channel, "/log", {"set": "nice weather"})
        await gym.server.until(lambda: call.original is not None and call.original.deleted)
    assert gym.channel.shown(gym.ann) == []


async def test_a_command_is_acknowledged_while_its_chat_is_busy(gym: Gym) -> None:
    busy = asyncio.Event()
    async with gym.serving(), gym.store.write():
        call = await gym.ann.runs(gym.dm, "/log", {"set": "squat 100x8 @8"})
        await gym.server.until(lambda: call.acknowledged)
        busy.set()
    assert busy.is_set()
    assert gym.dm.shown(gym.ann)[-1].thinking


async def test_a_question_has_a_button_for_each_answer_after_a_restart_too(gym: Gym) -> None:
    async with gym.serving():
        await gym.ann.says(gym.dm, "row 60x8 @8")
        await gym.answered(1)
    async with gym.serving():
        asked = gym.dm.messages[gym.answers()[0].id]
        await gym.ann.presses(asked, "1) Barbell row")
        await gym.server.until(lambda: "Barbell row 60 kg × 8 @8 ✓" in gym.answers()[-1].text)
    assert await gym.logged() == ["barbell-row"]


async def test_a_set_is_rated_by_one_tap(gym: Gym) -> None:
    async with gym.serving():
        await gym.ann.says(gym.dm, "squat 100x8")
        await gym.answered(1)
        tapped = await gym.ann.presses(gym.dm.messages[gym.answers()[0].id], "2 left")
        await gym.server.until(lambda: any("@8" in one.text for one in gym.answers()))
    assert tapped.acknowledged
    assert await gym.logged() == ["squat"]


async def test_a_question_in_a_channel_is_answered_by_whom_it_was_put_to(gym: Gym) -> None:
    await gym.opened()
    async with gym.serving():
        await gym.ann.says(gym.channel, "row 60x8 @8")
        await gym.answered(1, gym.channel)
        asked = gym.channel.messages[gym.answers(gym.channel)[0].id]
        other = await gym.bob.presses(asked, "2) Seated cable row")
        await gym.server.until(lambda: other.acknowledged)
        await gym.ann.presses(asked, "1) Barbell row")
        await gym.server.until(lambda: "Barbell row" in gym.answers(gym.channel)[-1].text)
        await gym.server.until(lambda: "60 kg × 8 @8 ✓" in gym.answers(gym.channel)[-1].text)
    assert await gym.logged() == ["barbell-row"]


async def test_a_call_that_comes_again_is_handled_once(gym: Gym) -> None:
    async with gym.serving():
        call = await gym.ann.runs(gym.dm, "/log", {"set": "squat 100x8 @8"})
        await gym.answered(1)
        gym.server.gateway.emit_raw("INTERACTION_CREATE", call.payload())
        await gym.ann.says(gym.dm, "bench 60x8 @8")
        await gym.answered(2)
    assert sorted(await gym.logged()) == ["bench-press", "squat"]


async def test_a_command_is_acknowledged_once_it_is_on_disk(gym: Gym) -> None:
    async with gym.serving():
        async with gym.store.write():  # the database is busy with something else
            call = await gym.ann.runs(gym.dm, "/log", {"set": "squat 100x8 @8"})
            later = await gym.ann.types(gym.dm, "/last", {"lift": "squ"}, focus="lift")
            await gym.server.until(lambda: later.acknowledged)
            assert not call.acknowledged
        await gym.server.until(lambda: call.messages)
    assert await gym.logged() == ["squat"]


async def test_a_command_that_takes_long_is_acknowledged_in_time_and_answered_after(gym: Gym) -> None:
    async with gym.serving():
        async with gym.store.write():
            call = await gym.ann.runs(gym.dm, "/log", {"set": "squat 100x8 @8"})
            await gym.server.until(lambda: call.acknowledged)
        await gym.answered(1)
    assert await gym.logged() == ["squat"]


async def test_a_refused_switch_is_told_to_who_called_alone(gym: Gym) -> None:
    async with gym.serving():
        call = await gym.ann.runs(gym.channel, "/here")
        await gym.server.until(lambda: call.messages)
    assert [(one.ephemeral, "manage" in one.content) for one in call.messages] == [(True, True)]


@pytest.mark.parametrize("trouble", ["busy", "away"])
async def test_a_channel_is_switched_on_once_the_database_can_do_it(gym: Gym, trouble: str) -> None:
    async with gym.serving():
        with gym.without_database() if trouble == "away" else nullcontext():
            async with gym.store.write() if trouble == "busy" else nullcontext():
                call = await gym.amy.runs(gym.channel, "/here")
                await gym.server.until(lambda: call.acknowledged, timeout=3)
                assert call.messages == []
        await gym.server.until(lambda: call.messages)
        await gym.ann.says(gym.channel, "squat 100x8 @8")
        await gym.answered(2, gym.channel)
    assert [one.ephemeral for one in call.messages] == [False]


async def test_a_call_from_nowhere_is_answered_to_who_called_alone(
    gym: Gym, monkeypatch: pytest.MonkeyPatch
) -> None:
    payload = Interaction.payload
    monkeypatch.setattr(
        Interaction, "payload", lambda self: {**payload(self), "channel": {"id": "7"}, "channel_id": "7"}
    )
    async with gym.serving():
        call = await gym.ann.runs(gym.channel, "/log", {"set": "squat 100x8 @8"})
        await gym.server.until(lambda: call.messages)
    assert [one.ephemeral for one in call.messages] == [True]
    assert await gym.logged() == []
