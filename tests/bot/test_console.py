"""The terminal as a chat: transcripts through pipes, and a conversation at a pseudo-terminal, with a parrot as coach."""

from __future__ import annotations

import os
import pty
import re
import select
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.console import Console
from bot.console.pipe import replay
from core.errors import StoreLocked
from core.model import Inbound
from tests.bot.parrot import ROOT, Parrot

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PARROT = [sys.executable, "-m", "tests.bot.parrot"]


class Gym:
    """A parrot behind a console whose clock stands at noon."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.parrot = Parrot()
        self.console = Console(self.parrot, "lifter", clock=lambda: NOON)
        self._capsys = capsys
        self.status = -1

    async def hears(self, text: str | bytes) -> list[str]:
        """The printed lines, when the text comes through a pipe that then ends."""
        reading, writing = os.pipe()
        speaker = threading.Thread(target=_speak, args=(writing, text))
        speaker.start()
        with os.fdopen(reading, "rb") as pipe:
            self.status = await replay(self.console, pipe.fileno())
        speaker.join()
        return self._capsys.readouterr().out.splitlines()


def _speak(descriptor: int, text: str | bytes) -> None:
    with os.fdopen(descriptor, "wb") as pipe, suppress(BrokenPipeError):
        pipe.write(text if isinstance(text, bytes) else text.encode())


@pytest.fixture
def gym(capsys: pytest.CaptureFixture[str]) -> Gym:
    """A gym with nobody in it yet."""
    return Gym(capsys)


async def test_each_reply_stands_behind_the_id_of_its_message(gym: Gym) -> None:
    assert await gym.hears(
        "[2026-11-20 18:03] lifter #17: squat 100x8\nquiet please\nsquat 95x8\n\n; the end\n"
    ) == [
        "#17: heard lifter ✓ next: <squat 100x8>",
        "#19: heard lifter ✓ next: <squat 95x8>",
    ]
    assert gym.status == 0


async def test_further_lines_of_a_reply_are_indented(gym: Gym) -> None:
    assert await gym.hears("#4: row 70x10\n") == [
        "#4: heard lifter ✓ next: <row 70x10>",
        "  Which row?",
        "  1) barbell row",
        "  2) cable row",
    ]


async def test_a_line_with_a_time_happens_then_and_a_plain_one_now(gym: Gym) -> None:
    await gym.hears("[2026-11-20 18:03:09] ann #1: squat 100x8\nsquat 95x8")
    evening = datetime(2026, 11, 20, 18, 3, 9, tzinfo=UTC)
    assert [message.sent_at for message in gym.parrot.told] == gym.parrot.times == [evening, NOON]
    assert gym.parrot.shown == [("r1", evening), ("r1", NOON)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "squat 100x8",
            Inbound("terminal", "lifter", "1", "lifter", "lifter", "squat 100x8", NOON),
        ),
        (
            "[2026-11-20 12:00] ann @barbell #5: hello",
            Inbound("terminal", "@barbell", "5", "ann", "ann", "hello", NOON, room="barbell"),
        ),
        (
            "[2026-11-20 12:00] ann @barbell #6 (reply): 2",
            Inbound("terminal", "@barbell", "6", "ann", "ann", "2", NOON, room="barbell", reply_to_bot=True),
        ),
        (
            "#17 (edit): squat 95x8",
            Inbound("terminal", "lifter", "17", "lifter", "lifter", "squat 95x8", NOON, edited=True),
        ),
        (
            "[2026-11-20 12:00] ann #17 (delete)",
            Inbound("terminal", "ann", "17", "ann", "ann", "", NOON, deleted=True),
        ),
        (
            "#9: bench 80x8\n  row 70x10",
            Inbound("terminal", "lifter", "9", "lifter", "lifter", "bench 80x8\nrow 70x10", NOON),
        ),
    ],
)
async def test_what_the_coach_is_told(gym: Gym, line: str, message: Inbound) -> None:
    await gym.hears(line)
    assert gym.parrot.told == [message]


async def test_fresh_ids_go_on_from_the_highest_of_their_chat(gym: Gym) -> None:
    gym.parrot.known = {"lifter": 41, "@barbell": 7}
    await gym.hears("a\n[2026-11-20 18:03] ann @barbell: b\n#60: c\nd\n[2026-11-20 18:03] ann: e\n")
    assert [(message.chat, message.message_id) for message in gym.parrot.told] == [
        ("lifter", "42"), ("@barbell", "8"), ("lifter", "60"), ("lifter", "61"), ("ann", "1"),
    ]  # fmt: skip


async def test_an_id_that_went_to_a_plain_line_is_not_taken_for_another_message(gym: Gym) -> None:
    answers = await gym.hears("squat 100x8\n#1: bench 80x8\n#1 (edit): squat 95x8\n")
    assert [message.text for message in gym.parrot.told] == ["squat 100x8", "squat 95x8"]
    assert re.match(r"#1: .*[Nn]othing was stored", answers[1])


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/edit 1 squat 95x8", "#1: corrected lifter ✓ next: <squat 95x8>"),
        ("/edit@spotter #1 squat 95x8", "#1: corrected lifter ✓ next: <squat 95x8>"),
        ("/DELETE 01", "#1: forgot lifter ✓ next: <>"),
        ("#8: /edit 1 squat 95x8", "#8: corrected lifter ✓ next: <squat 95x8>"),
        ("/edit 99 squat 95x8", "#99: There is no message #99 here: the last one is #1."),
        ("/edit squat 95x8", "#2: Say which message and what: /edit 17 squat 95x8, or /delete 17."),
        ("/edit 1", "#2: Say which message and what: /edit 17 squat 95x8, or /delete 17."),
        ("/delete 1 please", "#2: Say which message and what: /edit 17 squat 95x8, or /delete 17."),
        ("/edited", "#2: heard lifter ✓ next: </edited>"),
    ],
)
async def test_edit_and_delete_are_commands_here(gym: Gym, typed: str, answer: str) -> None:
    assert (await gym.hears(f"squat 100x8\n{typed}\n"))[1] == answer


async def test_the_help_names_them(gym: Gym) -> None:
    first, second = await gym.hears("/help\n")
    assert first == "#1: heard lifter ✓ next: </help>"
    assert "/edit 17 squat 95x8" in second and "/delete 17" in second


async def test_nothing_can_be_edited_before_anything_was_said(gym: Gym) -> None:
    assert await gym.hears("/delete 1\n") == ["#1: There is no message #1 here: there are none yet."]


async def test_a_private_reply_in_a_group_is_told_apart(gym: Gym) -> None:
    assert await gym.hears("[2026-11-20 18:03] ann @barbell #5: knee pain\nknee pain\n") == [
        "#5: (private) heard ann ✓ next: <knee pain>",
        "#1: heard lifter ✓ next: <knee pain>",
    ]


async def test_a_fault_of_ours_is_said_and_the_rest_is_answered(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = await gym.hears("#1: boom\n#2: squat 100x8\n")
    assert re.match(r"#1: Something broke on my side, and nothing of this message was stored", first)
    assert second == "#2: heard lifter ✓ next: <squat 100x8>"
    assert gym.status == 1
    assert gym.parrot.shown == [("r2", NOON)]
    told = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert told == ["RuntimeError in message #1; SPOTTER_DEBUG=1 shows where."]


async def test_a_database_that_fails_ends_a_transcript(gym: Gym) -> None:
    with pytest.raises(StoreLocked):
        await gym.hears("#1: locked\n#2: squat 100x8\n")
    assert gym.parrot.told == []


async def test_what_is_not_text_is_read_as_far_as_it_is_and_shown_harmlessly(gym: Gym) -> None:
    answers = await gym.hears(b"\xef\xbb\xbf\xff\x1b[2J \x00 a\rb\xe2\x80\xae\r\nsquat")
    assert answers == [
        "#1: heard lifter ✓ next: <\ufffd\ufffd[2J \ufffd a\ufffdb\ufffd>",
        "#2: heard lifter ✓ next: <squat>",
    ]


async def test_long_and_many_lines_arrive_whole(gym: Gym) -> None:
    long = "7" * 300_000
    answers = await gym.hears(f"{long}\n" + "squat 100x8\n" * 2000)
    assert gym.parrot.told[0].text == long
    assert len(answers) == 2001


async def test_a_message_of_many_lines_stays_one(gym: Gym, tmp_path: Path) -> None:
    file = tmp_path / "session.txt"
    file.write_text("#1: squat 100x8\n" + "".join(f"  bench {number}x8\n" for number in range(20_000)))
    with file.open("rb") as session:
        assert await replay(gym.console, session.fileno()) == 0
    assert [message.text.count("\n") for message in gym.parrot.told] == [20_000]


def test_each_line_is_answered_before_the_next_is_there() -> None:
    with subprocess.Popen(PARROT, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as chat:
        assert chat.stdin is not None and chat.stdout is not None
        for said, answer in [
            ("squat 100x8\n", "#1: heard lifter ✓ next: <squat 100x8>\n"),
            ("#7: squat 95x8\n", "#7: heard lifter ✓ next: <squat 95x8>\n"),
            ("/delete 7\n", "#7: forgot lifter ✓ next: <>\n"),
        ]:
            chat.stdin.write(said)
            chat.stdin.flush()
            assert chat.stdout.readline() == answer
        chat.stdin.close()
        assert chat.wait(20) == 0


def test_neither_colour_nor_prompt_is_in_a_pipe() -> None:
    done = subprocess.run(PARROT, cwd=ROOT, input=b"row 70x10\n", capture_output=True, check=True, timeout=20)
    assert b"\x1b" not in done.stdout and b">" not in done.stdout.splitlines()[0].partition(b"<")[0]
    assert done.stderr == b""


# At a pseudo-terminal


class Keyboard:
    """A parrot's chat at a terminal: types, and waits for what the screen shows."""

    def __init__(self, history: Path, **environ: str) -> None:
        self._master, slave = pty.openpty()
        settings = {"HISTORY": str(history), "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "NO_COLOR": ""}
        self._chat = subprocess.Popen(
            PARROT, cwd=ROOT, stdin=slave, stdout=slave, stderr=slave, env=os.environ | settings | environ
        )
        os.close(slave)
        self.seen = ""

    def sees(self, text: str) -> str:
        """Waits until the text is on the screen; what came up to its end, colours and all."""
        until = time.monotonic() + 10
        while text not in self.seen:
            ready, _, _ = select.select([self._master], [], [], max(0.0, until - time.monotonic()))
            assert ready, f"{text!r} never came, only {self.seen!r}"
            self.seen += os.read(self._master, 65536).decode(errors="replace")
        before, _, self.seen = self.seen.partition(text)
        return before + text

    def types(self, keys: str) -> None:
        """Presses keys."""
        os.write(self._master, keys.encode())

    def leaves(self) -> int:
        """Waits until the program ends; its exit status."""
        with suppress(OSError):  # the terminal is gone when the program is
            while os.read(self._master, 65536):
                pass
        return self._chat.wait(20)

    def close(self) -> None:
        """Takes the terminal away, and ends the program if it still runs."""
        os.close(self._master)
        self._chat.kill()
        self._chat.wait(20)


Sit = Callable[..., Keyboard]


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Sit]:
    """Opens chats, all with the same history."""
    opened: list[Keyboard] = []

    def sit_down(**environ: str) -> Keyboard:
        opened.append(Keyboard(tmp_path / "data" / "history", **environ))
        return opened[-1]

    yield sit_down
    for keyboard in opened:
        keyboard.close()


def test_a_conversation(sit: Sit) -> None:
    chat = sit()
    greeting = chat.sees("#1>")
    assert "squat 100x8" in greeting and "/quit" in greeting
    chat.types("squat 100x8\r")
    chat.sees("heard lifter")
    chat.sees("<squat 100x8>")
    chat.sees("#2>")
    chat.types("/edit 1 squat 95x8\r")
    chat.sees("corrected lifter")
    chat.sees("<squat 95x8>")
    chat.sees("#2>")
    chat.types("/delete 9\r")
    chat.sees("There is no message #9 here: the last one is #1.")
    chat.sees("#2>")
    chat.types("\x04")
    assert chat.leaves() == 0


@pytest.mark.parametrize("word", ["/quit", "/QUIT ", "/exit"])
def test_a_word_leaves_as_well(sit: Sit, word: str) -> None:
    chat = sit()
    chat.sees("#1>")
    chat.types(f"{word}\r")
    assert chat.leaves() == 0


def test_ctrl_c_takes_back_the_line_only(sit: Sit) -> None:
    chat = sit()
    chat.sees("#1>")
    chat.types("squat 900x8\x03")
    chat.sees("#1>")
    chat.types("squat 100x8\r")
    assert "heard lifter" in chat.sees("<squat 100x8>")


def test_lines_can_be_edited_and_come_back_in_the_next_session(sit: Sit, tmp_path: Path) -> None:
    first = sit()
    first.sees("#1>")
    first.types("quat 100x8\x01s\r")
    first.sees("<squat 100x8>")
    first.sees("#2>")
    first.types("\x04")
    assert first.leaves() == 0
    assert stat.S_IMODE((tmp_path / "data" / "history").stat().st_mode) == 0o600
    second = sit()
    second.sees("#1>")
    second.types("\x1b[A\r")
    second.sees("<squat 100x8>")


def test_a_busy_database_is_said_and_the_line_can_be_sent_again(sit: Sit) -> None:
    chat = sit()
    chat.sees("#1>")
    chat.types("locked\r")
    chat.sees("The database is being written by another process.")
    chat.sees("#1>")
    chat.types("squat 100x8\r")
    chat.sees("<squat 100x8>")


def test_history_that_cannot_be_kept_does_not_keep_one_from_training(sit: Sit, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    chat = sit()
    chat.sees("#1>")
    chat.types("squat 100x8\r")
    chat.sees("<squat 100x8>")


@pytest.mark.parametrize(
    ("environ", "painted"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_replies_are_coloured_where_that_is_wanted(sit: Sit, environ: dict[str, str], painted: bool) -> None:
    chat = sit(**environ)
    chat.sees("#1>")
    chat.types("row 70x10\r")
    chat.sees("heard lifter ")
    reply = chat.sees("cable row")
    assert ("\x1b[32m✓" in reply) is painted
    assert ("\x1b[2mWhich row?" in reply) is painted
    assert "1) barbell row\r\n" in reply
