"""The coach on Telegram in private chats: sets, edits, buttons, commands, files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.commands import COMMANDS
from bot.dispatch import Dispatch, Outbound
from core.model import Inbound
from tests.bot.telegram_gym import Gym, opened


@pytest.fixture
async def gym(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Gym]:
    async with opened(tmp_path, sqlite_template) as gym:
        yield gym


async def test_a_set_is_answered(gym: Gym) -> None:
    async with gym.serving() as coach:
        await gym.ann.says(gym.chat, "squat 100x8 rpe9")
        texts = await gym.answered(gym.chat, 1)
    assert coach.sentence == "write to @spotter_bot."
    assert texts[0].startswith("Squat 100 kg × 8 @9 ✓ next: 97.5 × 8 @8")
    assert await gym.logged() == ["squat"]


async def test_an_edit_changes_the_set_and_the_answer(gym: Gym) -> None:
    async with gym.serving():
        said = await gym.ann.says(gym.chat, "squat 100x8 rpe9")
        first = await gym.server.until(lambda: gym.chat.answers()[-1])
        await gym.ann.edits(gym.chat, said, "squat 95x8 rpe8")
        await gym.server.until(lambda: "95 kg" in gym.chat.answers()[-1].text)
    answers = gym.chat.answers()
    assert [one.message_id for one in answers] == [first.message_id]
    assert answers[0].text.startswith("Squat 95 kg × 8 @8 ✓")
    assert await gym.logged() == ["squat"]


async def test_an_edit_that_changes_no_word_changes_nothing(gym: Gym) -> None:
    async with gym.serving():
        said = await gym.ann.says(gym.chat, "squat 100x8 @9")
        await gym.answered(gym.chat, 1)
        await gym.ann.edits(gym.chat, said, "squat 100x8 @9")
        await gym.ann.says(gym.chat, "bench 60x8 @8")
        texts = await gym.answered(gym.chat, 2)
    assert [text.split(" ")[0] for text in texts] == ["Squat", "Bench"]
    assert gym.server.called("editMessageText") == []


async def test_where_the_answer_was_deleted_an_edit_is_answered_anew(gym: Gym) -> None:
    async with gym.serving():
        said = await gym.ann.says(gym.chat, "squat 100x8 @9")
        first = await gym.server.until(lambda: gym.chat.answers()[-1])
        await gym.chat.deletes(first.message_id)
        await gym.ann.edits(gym.chat, said, "squat 95x8 @8")
        texts = await gym.answered(gym.chat, 1)
    assert texts[0].startswith("Squat 95 kg")


async def test_edits_that_come_again_or_too_late_change_nothing(gym: Gym) -> None:
    at = gym.server.world.clock()
    edits = [("squat 90x8 @8", at + timedelta(seconds=5)), ("squat 95x8 @8", at + timedelta(seconds=6))]
    async with gym.serving():
        said = await gym.ann.says(gym.chat, "squat 100x8 @8")
        await gym.answered(gym.chat, 1)
        for text, when in edits:
            await gym.ann.edits(gym.chat, said, text, at=when)
        await gym.server.until(lambda: gym.chat.answers()[0].text.startswith("Squat 95"))
        await gym.server.until(lambda: not gym.server.pending)
    before = await _said_and_changed(gym)
    message = gym.chat.chat.messages[said].json()
    async with gym.serving():
        for text, when in [*edits, ("squat 80x8 @8", at + timedelta(seconds=1))]:
            again = message | {"text": text, "edit_date": int(when.timestamp())}
            gym.server.raw_update({"edited_message": again})
        await gym.ann.says(gym.chat, "/help")
        await gym.server.until(lambda: gym.chat.answers()[-1].text.startswith("A set"))
    after = await _said_and_changed(gym)
    assert after[0] == before[0] == [("squat 95x8 @8",)]
    assert [after[1] - before[1], after[2] - before[2]] == [1, 0], "help, and nothing else"


async def _said_and_changed(gym: Gym) -> tuple[list[tuple[Any, ...]], int, int]:
    """The text of the first message; how many replies and changes of the log there are."""
    counts = [len(await gym.rows(f"SELECT id FROM {table}")) for table in ("replies", "changes")]  # noqa: S608
    texts = await gym.rows("SELECT text FROM messages ORDER BY received_at, id LIMIT 1")
    return texts, counts[0], counts[1]


# --- buttons --------------------------------------------------------------------------------------------------------


async def test_a_question_has_a_button_for_each_answer(gym: Gym) -> None:
    async with gym.serving():
        await gym.ann.says(gym.chat, "row 60x8 @8")
        asked = await gym.server.until(lambda: gym.chat.answers()[-1])
        labels = [one.text for row in asked.buttons for one in row]
        assert labels == asked.text.splitlines()[1:]
        assert all(len((one.data or "").encode()) <= 64 for row in asked.buttons for one in row)
        press = await gym.ann.presses(asked.button("1) Barbell row"))
        await gym.server.until(lambda: "Barbell row 60 kg × 8 @8 ✓" in gym.chat.answers()[-1].text)
        await gym.server.until(lambda: gym.server.presses[press].answer == {"text": "", "show_alert": False})
    assert await gym.logged() == ["barbell-row"]


async def test_a_button_pressed_again_answers_no_other_question(gym: Gym) -> None:
    async with gym.serving():
        await gym.ann.says(gym.chat, "row 60x8 @8")
        first = await gym.server.until(lambda: gym.chat.answers()[-1])
        await gym.ann.presses(first.button("1) Barbell row"))
        await gym.answered(gym.chat, 2)
        await gym.ann.says(gym.chat, "fly 20x12 @8")
        second = await gym.server.until(lambda: gym.chat.answers()[2])
        await gym.ann.presses(first.button("2) Seated cable row"))
        await gym.answered(gym.chat, 4)
        assert await gym.logged() == ["barbell-row"]
        await gym.ann.presses(second.buttons[0][0])
        await gym.answered(gym.chat, 5)
    assert len(await gym.logged()) == 2


async def test_what_others_press_in_a_group_does_nothing(gym: Gym) -> None:
    bob = gym.server.user("Bob")
    room = gym.server.group("Gym", [gym.ann, bob], privacy=False)
    async with gym.serving():
        await gym.ann.says(room, "row 60x8 @8")
        asked = await gym.server.until(lambda: room.answers()[-1])
        press = await bob.presses(asked.buttons[1][0])
        await gym.server.until(lambda: gym.server.presses[press].answer is not None)
        told = {"text": "That one is for somebody else.", "show_alert": False}
        assert gym.server.presses[press].answer == told
        assert await gym.logged() == []
        await gym.ann.presses(asked.buttons[0][0])
        texts = await gym.answered(room, 2)
    assert await gym.logged() == ["barbell-row"]
    assert texts[1].startswith("Barbell row 60 kg")


async def test_how_hard_a_set_was_is_one_tap_and_another_tap_puts_it_right(gym: Gym) -> None:
    async with gym.serving():
        for count, text in enumerate(("squat 100x8", "100x8", "100x8"), 1):
            await gym.ann.says(gym.chat, text)
            await gym.answered(gym.chat, count)
        asked = gym.chat.answers()[-1]
        assert "How many more could you have done?" in asked.text
        assert [one.text for one in asked.buttons[0]] == ["3 left", "2 left", "1 left", "0 left"]
        for label, effort in (("1 left", "@9"), ("3 left", "@7")):
            said = len(gym.chat.answers())
            await gym.ann.presses(asked.button(label))
            texts = await gym.answered(gym.chat, said + 1)
            assert f"Squat 100 kg × 8 {effort}" in texts[-1]
    assert await gym.logged() == ["squat"] * 3


async def test_a_press_that_waited_too_long_is_done_all_the_same(gym: Gym) -> None:
    async with gym.serving():
        await gym.ann.says(gym.chat, "row 60x8 @8")
        asked = await gym.server.until(lambda: gym.chat.answers()[-1])
    await gym.ann.presses(asked.buttons[0][0])
    gym.server.forget_presses()
    async with gym.serving():
        await gym.answered(gym.chat, 2)
    assert await gym.logged() == ["barbell-row"]


# --- the once and the order -----------------------------------------------------------------------------------------


async def test_what_was_said_while_the_coach_was_away_is_answered_once(gym: Gym) -> None:
    for text in ("squat 100x8 @8", "100x8 @8.5", "100x8 @9"):
        await gym.ann.says(gym.chat, text)
    async with gym.serving():
        await gym.answered(gym.chat, 3)
    async with gym.serving():
        await gym.ann.says(gym.chat, "bench 60x8 @8")
        await gym.server.until(lambda: "Bench" in gym.chat.answers()[-1].text)
    assert len(gym.chat.answers()) == 4
    assert len(await gym.logged()) == 4


async def test_served_again_after_a_break_it_goes_on(gym: Gym) -> None:
    async with gym.serving() as coach:
        await gym.ann.says(gym.chat, "squat 100x8 @8")
        await gym.answered(gym.chat, 1)
    async with gym.serving(door=coach.door):
        await gym.ann.says(gym.chat, "100x7 @8")
        await gym.answered(gym.chat, 2)
    assert len(await gym.logged()) == 2


async def test_an_update_that_cannot_be_read_blocks_nothing(gym: Gym) -> None:
    async with gym.serving():
        gym.server.raw_update({"message": {"message_id": "none", "date": "never", "chat": 5}})
        await gym.ann.says(gym.chat, "squat 100x8 @8")
        await gym.answered(gym.chat, 1)
    assert await gym.logged() == ["squat"]


async def test_a_message_that_breaks_the_coach_is_owned_up_to_and_holds_up_nothing(
    gym: Gym, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    handle = Dispatch.handle

    async def breaks(self: Dispatch, inbound: Inbound, *, now: datetime) -> list[Outbound]:
        if inbound.text == "boom":
            raise RuntimeError("a fault of ours")
        return await handle(self, inbound, now=now)

    monkeypatch.setattr(Dispatch, "handle", breaks)
    async with gym.serving():
        await gym.ann.says(gym.chat, "boom")
        await gym.ann.says(gym.chat, "squat 100x8 @8")
        texts = await gym.answered(gym.chat, 2)
    assert sorted(text.split(" ")[0] for text in texts) == ["Something", "Squat"]
    assert [one.message.split(" ", 2)[2] for one in caplog.records] == ["broke: RuntimeError"]


# --- commands and names ---------------------------------------------------------------------------------------------


async def test_the_menu_has_every_command_and_is_set_only_where_it_is_another(gym: Gym) -> None:
    async with gym.serving():
        menu = gym.server.commands()
    assert list(menu.items()) == [(one.name, one.help) for one in COMMANDS]
    async with gym.serving():
        pass
    assert len(gym.server.called("setMyCommands")) == 1


@pytest.mark.parametrize("name", ["<b>*x*</b> _y_", "[a](http://b.org) `c`", "@ann_b & co"])
async def test_names_come_back_as_they_were_typed(gym: Gym, name: str) -> None:
    """No markup is read in what we send. A name in a name is passed on too: it reaches nobody that its author, who is
    in the same chat, could not have called."""
    async with gym.serving():
        await gym.ann.says(gym.chat, f"/exercise add {name}")
        await gym.answered(gym.chat, 1)
        await gym.ann.says(gym.chat, f"{name} 40x8 @8")
        await gym.answered(gym.chat, 2)
    marks = [mark["type"] for one in gym.chat.answers() for mark in one.entities]
    assert name in gym.chat.answers()[0].text
    assert set(marks) <= {"mention", "bot_command"}
    assert all("parse_mode" not in call.arguments for call in gym.server.calls)
