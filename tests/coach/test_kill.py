"""`spotter chat` is killed at any moment and given its pipe again, until it is through.

No answered set is lost, none is there twice, and in the end all is as if nothing had happened.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.store import open_store
from tests.bot.parrot import ROOT
from tests.coach.gym_floor import logged

BEGAN = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
LIFTS = ("squat", "bench", "deadlift", "ohp", "barbell row", "front squat", "curl", "leg press")
SETTINGS = ("DATABASE_URL", "SPOTTER_DEBUG", "PYTHONIOENCODING")

Replies = dict[str, list[str]]
"""What was shown behind each message's id: whole replies, in order."""


def transcript(rng: random.Random, sets: int) -> str:
    """A log of so many sets, all given by number: named and carried, leaning, edited and deleted."""
    lines: list[str] = []
    number = made = 0
    touched: set[int] = set()
    at = BEGAN
    while made < sets:
        at += timedelta(minutes=3)
        earlier = number - rng.randrange(5)
        if earlier > 0 and earlier not in touched and rng.random() < 0.1:
            touched.add(earlier)
            edit = f" (edit): squat {rng.randrange(20, 40) * 2.5:g}x5"
            lines.append(f"{_head(at, earlier)}{edit if rng.random() < 0.7 else ' (delete)'}")
            continue
        number += 1
        text, count = _message(rng, named=number < 4)
        lines.append(f"{_head(at, number)}: {text}")
        made += count
    return "".join(f"{line}\n" for line in lines)


def _head(at: datetime, number: int) -> str:
    return f"[{at:%Y-%m-%d %H:%M}] lifter #{number}"


def _message(rng: random.Random, *, named: bool) -> tuple[str, int]:
    """A message, and how many sets it logs."""
    kind = 0.0 if named else rng.random()
    if kind < 0.75:
        count = rng.choice((1, 1, 1, 3))
        load = rng.randrange(20, 40) * 2.5
        return f"{rng.choice(LIFTS)} {load:g}x{rng.randint(3, 10)}" + f"x{count}" * (count > 1) + " @8", count
    return (rng.choice(("same", "x5", "again")), 1) if kind < 0.95 else ("/today", 0)


class Pipe:
    """`spotter chat --as lifter`, fed with a transcript; what it has answered so far."""

    def __init__(self, database: Path, text: str) -> None:
        environ = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        environ |= {
            "DATABASE_URL": f"sqlite:///{database}",
            "PYTHONPATH": str(ROOT),
            "XDG_DATA_HOME": str(database.parent),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "chat", "--as", "lifter"],
            cwd=database.parent,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._feeder = threading.Thread(target=self._feed, args=(text.encode(),), daemon=True)
        self._feeder.start()
        self.shown: list[str] = []

    def _feed(self, text: bytes) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError), self._process.stdin as stdin:
            stdin.write(text)

    def lines(self) -> Iterator[str]:
        """What it shows, line by line, until it ends."""
        assert self._process.stdout is not None
        for raw in self._process.stdout:
            line = raw.decode()
            if line.endswith("\n"):
                self.shown.append(line.rstrip("\n"))
                yield line

    def kill(self) -> None:
        """Kills it, and hears what it had still said."""
        self._process.kill()
        for _ in self.lines():
            pass
        self._end()

    def finish(self) -> Replies:
        """Lets it come to its end; all its replies."""
        for _ in self.lines():
            pass
        assert self._process.stderr is not None
        said = self._process.stderr.read().decode()
        assert (self._end(), said) == (0, "")
        return self.replies()

    def replies(self) -> Replies:
        """What it has shown for each message."""
        found: Replies = {}
        at = ""
        for line in self.shown:
            if line.startswith("#"):
                at, _, line = line.partition(": ")
                found.setdefault(at, []).append(line)
            else:
                found[at][-1] += f"\n{line}"
        return found

    def _end(self) -> int:
        status = self._process.wait(30)
        self._feeder.join(30)
        assert self._process.stdout is not None and self._process.stderr is not None
        self._process.stdout.close()
        self._process.stderr.close()
        return status


def _answered(shown: list[str]) -> set[str]:
    """The numbers of messages whose answer was seen."""
    return {line.partition(":")[0].removeprefix("#") for line in shown if line.startswith("#")}


def _stored(database: Path) -> tuple[set[str], int]:
    """The numbers of messages with a stored reply, and how many messages have the number of another."""
    with closing(sqlite3.connect(database)) as conn:
        found = conn.execute("SELECT m.message_key FROM messages m JOIN replies r ON r.message_id = m.id")
        stored = {row[0] for row in found}
        (double,) = conn.execute("SELECT COUNT(*) - COUNT(DISTINCT message_key) FROM messages").fetchone()
        (state,) = conn.execute("PRAGMA integrity_check").fetchone()
    assert state == "ok"
    return stored, double


async def _end_state(database: Path) -> list[dict[str, Any]]:
    store = await open_store(f"sqlite:///{database}", now=BEGAN)
    try:
        return await logged(store)
    finally:
        await store.close()


def _killed_and_replayed(folder: Path, rng: random.Random, *, sets: int, kills: int) -> None:
    text = transcript(rng, sets)
    calm = Pipe(folder / "calm.db", text)
    undisturbed = calm.finish()
    expected = asyncio.run(_end_state(folder / "calm.db"))
    assert len(expected) > sets * 0.9

    seen: set[str] = set()
    for kill in range(kills):
        pipe = Pipe(folder / "killed.db", text)
        # Ever further into the transcript, and once in a while before the first answer.
        most = max(1, len(calm.shown) * (kill % 20 + 1) // min(kills, 20))
        answers = rng.randrange(most)
        for place, _ in enumerate(pipe.lines()):
            if place >= answers:
                break
        time.sleep(rng.random() * 0.02)  # anywhere within the messages that follow
        pipe.kill()
        seen |= _answered(pipe.shown)
        if (folder / "killed.db").exists() and seen:
            stored, double = _stored(folder / "killed.db")
            assert seen <= stored
            assert double == 0

    assert Pipe(folder / "killed.db", text).finish() == undisturbed
    assert asyncio.run(_end_state(folder / "killed.db")) == expected


def test_no_set_is_lost_or_doubled_when_the_process_is_killed(tmp_path: Path) -> None:
    _killed_and_replayed(tmp_path, random.Random(7), sets=300, kills=5)


@pytest.mark.soak
def test_no_set_is_lost_or_doubled_in_two_hundred_kills(tmp_path: Path) -> None:
    for round_ in range(10):
        folder = tmp_path / str(round_)
        folder.mkdir()
        _killed_and_replayed(folder, random.Random(round_), sets=1000, kills=20)
