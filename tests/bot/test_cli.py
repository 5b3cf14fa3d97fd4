"""The command line as its users meet it: as a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.bot.parrot import ROOT

SPOTTER = [sys.executable, "-m", "bot"]


class Shell:
    """A shell in an empty folder, with an empty data folder and no settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = {name: value for name, value in os.environ.items() if name not in _SETTINGS}
        self.environ |= {"XDG_DATA_HOME": str(folder / "data"), "PYTHONPATH": str(ROOT), "HOME": str(folder)}

    def run(
        self, *arguments: str, given: str | bytes = b"", **environ: str
    ) -> subprocess.CompletedProcess[bytes]:
        """Runs `spotter` with the arguments and what it is given on standard input."""
        return subprocess.run(
            [*SPOTTER, *arguments],
            cwd=self.folder,
            env=self.environ | environ,
            input=given if isinstance(given, bytes) else given.encode(),
            capture_output=True,
            timeout=60,
        )

    def parse(self, *arguments: str, given: str | bytes = b"", status: int = 0) -> list[dict[str, Any]]:
        """What `spotter parse` prints, an object a line; checks its exit status and that it says nothing else."""
        done = self.run("parse", *arguments, given=given)
        assert (done.returncode, done.stderr) == (status, b"")
        return [json.loads(line) for line in done.stdout.decode().splitlines()]


_SETTINGS = ("DATABASE_URL", "SPOTTER_DEBUG", "PYTHONIOENCODING")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A fresh shell."""
    return Shell(tmp_path)


def loads(data: list[dict[str, Any]]) -> list[list[tuple[float, str, int]]]:
    """Load, unit and reps of each set of each message."""
    return [[(one["load"], one["unit"], one["reps"]) for one in message["sets"]] for message in data]


# parse


def test_a_message_is_printed_as_the_data_form_says(shell: Shell) -> None:
    assert shell.parse("--unit", "kg", "squat 100x8 rpe9") == [
        {
            "sets": [
                {"exercise": "squat", "load": 100.0, "unit": "kg", "reps": 8, "rpe": 9.0, "kind": "work"}
            ],
            "problems": [],
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "read"),
    [
        (["squat", "225x5"], [(225, "kg", 5)]),
        (["--unit=lb", "squat 225x5"], [(225, "lb", 5)]),
        (["squat 225x5", "--unit", "lb"], [(225, "lb", 5)]),
        (["--", "squat 225x5"], [(225, "kg", 5)]),
        (["-5"], [(None, "kg", None)]),
        (["nice work everyone"], []),
        (["squat 100x8\nbench 80x5"], [(100, "kg", 8), (80, "kg", 5)]),
    ],
)
def test_options_stand_anywhere_and_words_are_one_message(
    shell: Shell, arguments: list[str], read: list[object]
) -> None:
    assert loads(shell.parse(*arguments)) == [read]


def test_every_line_of_input_is_a_message(shell: Shell) -> None:
    given = b"squat 100x8\r\n\nbench 80x5\n\xff\xfe\nsquat 60x5"
    assert loads(shell.parse("-", given=given)) == [
        [(100, "kg", 8)], [], [(80, "kg", 5)], [], [(60, "kg", 5)],
    ]  # fmt: skip


def test_every_line_of_jsonl_is_a_message_of_any_lines(shell: Shell) -> None:
    given = '"squat 100x8\\nbench 80x5"\n"присед 100x5 \\ud800"\n'
    read = shell.parse("--jsonl", "-", given=given)
    assert loads(read) == [[(100, "kg", 8), (80, "kg", 5)], [(100, "kg", 5)]]
    assert read[1]["sets"][0]["exercise"] == "squat"


def test_jsonl_that_is_no_string_is_a_problem_of_that_line(shell: Shell) -> None:
    read = shell.parse("--jsonl", "-", given='3\n{"a": 1}\nsquat\n"squat 100x8"\n' + "[" * 99_999, status=2)
    assert [[problem["reason"] for problem in message["problems"]] for message in read] == [
        ["not_a_json_string"], ["not_a_json_string"], ["not_a_json_string"], [], ["not_a_json_string"],
    ]  # fmt: skip


def test_letters_of_all_scripts_are_printed_as_they_are(shell: Shell) -> None:
    done = shell.run("parse", 'squat 100x8 "長い一日"', LC_ALL="C")
    assert "長い一日" in done.stdout.decode()


def test_what_is_refused_gives_status_2(shell: Shell) -> None:
    (read,) = shell.parse("squat 5000x8", status=2)
    assert read["sets"] == [] and read["problems"][0]["text"] == "squat 5000x8"
    assert len(shell.parse("-", given="squat 5000x8\nsquat 100x8\n", status=2)) == 2


def test_the_present_decides_what_is_in_the_future(shell: Shell) -> None:
    for now, status in [
        ("2026-11-19", 2),
        ("2026-11-20", 0),
        ("2026-11-20T18:03", 0),
        ("2026-11-19T23:00Z", 2),
    ]:
        shell.parse("--now", now, "2026-11-20 squat 100x5", status=status)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["parse"],
        ["parse", "--unit", "stone", "squat 100x8"],
        ["parse", "--unit"],
        ["parse", "--now", "soon", "squat 100x8"],
        ["parse", "--colour", "squat 100x8"],
        ["parse", "--jsonl", "squat 100x8"],
        ["lift"],
        ["run", "fast"],
        ["chat", "lifter"],
        ["chat", "--as"],
        ["chat", "--as", "two words"],
        ["chat", "--as", "ann", "--as", "ben"],
    ],
)
def test_a_wrong_command_line_is_told_shortly(shell: Shell, arguments: list[str]) -> None:
    done = shell.run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr and 1 <= len(done.stderr.splitlines()) <= 10


def test_a_reader_that_has_seen_enough_is_no_error(shell: Shell) -> None:
    for command in (["parse", "-"], ["chat"]):
        with subprocess.Popen(
            [*SPOTTER, *command],
            cwd=shell.folder,
            env=shell.environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as running:
            assert running.stdin is not None and running.stdout is not None and running.stderr is not None
            running.stdin.write(b"squat 100x8\n")
            running.stdin.flush()
            assert running.stdout.readline()
            running.stdout.close()
            running.stdin.write(b"squat 100x8\n" * 50)
            running.stdin.close()
            assert running.stderr.read() == b""
            assert running.wait(20) == 141


def test_reading_imports_no_more_than_it_needs(shell: Shell) -> None:
    code = "import sys; from bot.__main__ import main; main(['parse', 'squat 100x8']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=shell.folder, env=shell.environ, capture_output=True, check=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.decode().splitlines()[-1].split()}
    assert not loaded & {
        "aiosqlite", "alembic", "argparse", "asyncio", "platformdirs", "prompt_toolkit", "psycopg", "pydantic", "sqlite3",
    }  # fmt: skip


def test_reading_starts_in_a_moment(shell: Shell) -> None:
    # A ratio, so that a slow or busy machine does not matter: measured 4 to 8.
    bare = min(_seconds([sys.executable, "-c", "import json"], shell) for _ in range(3))
    reading = min(_seconds([*SPOTTER, "parse", "squat 100x8 rpe9"], shell) for _ in range(3))
    assert reading < 25 * bare


def _seconds(command: list[str], shell: Shell) -> float:
    began = time.perf_counter()
    subprocess.run(command, cwd=shell.folder, env=shell.environ, capture_output=True, check=True)
    return time.perf_counter() - began


# help and version


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["help"], "spotter chat"), (["--help"], "spotter chat"), (["-h"], "spotter chat"),
        (["parse", "--help"], "--jsonl"), (["--version"], "spotter 0."),
    ],
)  # fmt: skip
def test_help_and_version_are_printed(shell: Shell, arguments: list[str], word: str) -> None:
    done = shell.run(*arguments)
    assert (done.returncode, done.stderr) == (0, b"")
    assert word in done.stdout.decode()


def test_the_installed_command_is_this_one(shell: Shell) -> None:
    spotter = Path(sys.executable).with_name("spotter")
    done = subprocess.run([spotter, "--version"], cwd=shell.folder, capture_output=True, check=True)
    assert done.stdout == shell.run("--version").stdout


# chat and run


@pytest.mark.parametrize("command", ["run", "chat"])
def test_the_first_line_is_answered_without_a_question_asked(shell: Shell, command: str) -> None:
    done = shell.run(command, given="squat 100x8 rpe9\n")
    assert done.returncode == 0
    assert done.stdout.decode().startswith("#1: Squat 100 kg × 8 @9 ✓ next: ")
    assert (shell.folder / "data" / "spotter" / "spotter.db").is_file()


def test_a_transcript_replayed_gives_the_same_answers(shell: Shell) -> None:
    session = (
        "[2026-11-20 18:03] lifter #17: squat 100x8 rpe9\n[2026-11-20 18:07] lifter #18: squat 95x8 @8\n"
    )
    first = shell.run("chat", "--as", "lifter", given=session)
    again = shell.run("chat", "--as=lifter", given=session)
    assert first.stdout == again.stdout
    assert [line[:5] for line in first.stdout.decode().splitlines() if line.startswith("#")] == [
        "#17: ",
        "#18: ",
    ]


def test_fresh_ids_are_not_used_again_after_a_restart(shell: Shell) -> None:
    for number in (1, 2):
        assert shell.run("chat", given="squat 100x8\n").stdout.decode().startswith(f"#{number}: Squat 100 kg")


def test_a_database_from_the_environment_is_used(shell: Shell) -> None:
    elsewhere = shell.folder / "elsewhere.db"
    (shell.folder / ".env").write_text(f'DATABASE_URL="sqlite:///{elsewhere}"\n')
    assert shell.run("chat", given="squat 100x8\n").returncode == 0
    assert elsewhere.is_file() and not (shell.folder / "data").exists()


def test_a_bad_setting_is_one_sentence_without_the_password(shell: Shell) -> None:
    done = shell.run("chat", given="squat 100x8\n", DATABASE_URL="mysql://me:hunter2@host/db")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"DATABASE_URL must begin with sqlite:/// or postgresql://.\n"


def test_a_database_that_cannot_be_opened_is_one_sentence(shell: Shell) -> None:
    (shell.folder / "letter.txt").write_text("Dear lifter, " * 100)
    done = shell.run("chat", given="squat 100x8\n", DATABASE_URL=f"sqlite:///{shell.folder}/letter.txt")
    assert (done.returncode, done.stdout) == (1, b"")
    assert len(done.stderr.splitlines()) == 1 and b"letter.txt" in done.stderr


def test_without_an_open_input_there_is_nothing_to_do(shell: Shell) -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *SPOTTER, "chat"],
        cwd=shell.folder,
        env=shell.environ,
        capture_output=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(("debug", "told"), [("0", False), ("1", True)])
def test_where_a_fault_of_ours_lies_is_told_to_those_who_ask(shell: Shell, debug: str, told: bool) -> None:
    faulty = (
        "import sys; from bot.dispatch import Dispatch; Dispatch.handle = lambda self, inbound, now: 1 / 0;"
        "from bot.__main__ import main; sys.exit(main(['chat']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", faulty],
        cwd=shell.folder,
        env=shell.environ | {"SPOTTER_DEBUG": debug},
        input=b"squat 100x8\nbench 80x5\n",
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert [line[:22] for line in done.stdout.decode().splitlines()] == [
        "#1: Something broke on",
        "#2: Something broke on",
    ]
    assert b"ZeroDivisionError in message #1" in done.stderr
    assert (b"Traceback" in done.stderr) is told
