"""Whatever people send: no exception, no row out of bounds or in somebody else's log, no reply that floods the chat."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.model import Inbound, SetEntry, to_kg
from core.notation import bounds
from core.store import open_store
from tests.coach.gym_floor import BEGAN, GymFloor, logged
from tests.coach.noise import Act, Noise

MOST_LINES = 8
MOST_CHARACTERS = 4096
LISTS = ("help", "history", "today")
"""Commands whose answer is a list, as long as what it lists."""

BATCHES = 1
MESSAGES = 1_000
SOAK_MESSAGES, SOAK_EACH = 1_000_000, 5_000


class Listener:
    """Hears a conversation, looks at every reply, and notes what is wrong with it."""

    def __init__(self, floor: GymFloor, seed: int, apart: timedelta = timedelta(minutes=1)) -> None:
        self.wrong: list[str] = []
        self._floor = floor
        self._apart = apart
        self._noise = Noise(seed)
        self._highest = 0
        self._places: dict[int, Act] = {}
        self._typed = ""
        self._heard = 0

    async def hears(self, messages: int) -> None:
        """So many things happen."""
        for number in range(self._heard, self._heard + messages):
            act = self._noise.act(self._highest)
            if act.key is None:
                self._highest += 1
                self._places[self._highest] = act
            try:
                replies = await self._floor.hears(self._told(act, number))
            except Exception as error:
                error.add_note(f"{number}: {act!r}")
                raise
            self._typed += "".join(
                f" {one}" for one in set(_INSIDE.findall(act.text)) - set(self._typed.split())
            )
            for reply in replies:
                self.wrong += [
                    f"{what}: {act.text[:300]!r} → {reply.body!r}"
                    for what in faults(reply.body, act.text, self._typed)
                ]
        self._heard += messages

    def _told(self, act: Act, number: int) -> Inbound:
        """An edit or deletion of a message that is there comes from its author, where it stands."""
        place = self._places.get(act.key or 0, act)
        return self._floor.message(
            act.text,
            act.key or self._highest,
            place.who,
            room=place.room,
            sent_at=BEGAN + number * self._apart,
            edited=act.key is not None and not act.deleted,
            deleted=act.deleted,
            reply_to_bot=act.reply,
        )


def faults(body: str, said: str, typed: str) -> Iterator[str]:
    """What is wrong with a reply to what was `said`; `typed` before are the odd words that a lift may be called."""
    lines = body.split("\n")
    listed = re.match(rf"\s*/({'|'.join(LISTS)})\b", said, re.IGNORECASE)
    if not listed and len(lines) > MOST_LINES:
        yield f"{len(lines)} lines"
    if len(body) > MOST_CHARACTERS:
        yield f"{len(body)} characters"
    if any(not line.strip() for line in lines):
        yield "an empty line"
    for line in lines:
        yield from (f"raw {one!r}" for one in _raw(line, said + typed))


_INSIDE = re.compile(r"\{\w*\}|%[sd(]|\bNone\b|\bnan\b|\binf\b|<\w+\.|\w+\(\w+=|Traceback|[a-z]+_[a-z]+")
_QUOTED = re.compile(r"“.*?”|\".*?\"|/time \S+|\(\w+/\w+\)")


def _raw(line: str, said: str) -> list[str]:
    """What should have been filled in, or is the inside of the program; people may have typed it themselves."""
    return [one for one in _INSIDE.findall(_QUOTED.sub("", line)) if one not in said]


def out_of_place(row: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a stored set: it breaks a bound, lacks something, or belongs to somebody else."""
    done: SetEntry = row["done"]
    if not row["person"] == row["author"] == row["writer"]:
        yield "somebody else's"
    if (
        done.ref is not None
        or done.day is not None
        or done.typed is not None
        or done.unit not in ("kg", "lb")
    ):
        yield "not resolved"
    for load in (done.load, *(part.load for part in done.segments)):
        if load is not None and not _may_be_lifted(load, done):
            yield f"a load of {load}"
    for number, most in (
        *(
            (reps, bounds.MOST_REPS)
            for reps in (done.reps, done.partials, *(part.reps for part in done.segments))
        ),
        *((seconds, bounds.MOST_SECONDS) for seconds in (done.seconds, done.rest_s)),
        (done.distance_m, bounds.MOST_METRES),
    ):
        if number is not None and not 1 <= number <= most:
            yield f"{number}, {most} at the most"
    if done.rpe is not None and not 1 <= done.rpe <= 10:
        yield f"an effort of {done.rpe}"
    if done.pain is not None and not 0 <= (done.pain.level or 0) <= 10:
        yield f"pain of {done.pain.level}"
    if done.reps is None and done.seconds is None and done.distance_m is None:
        yield "nothing done"


def _may_be_lifted(load: float, done: SetEntry) -> bool:
    least = -bounds.MOST_ASSISTANCE_KG if done.bodyweight else 0.0
    return least <= to_kg(load, done.unit or "kg") <= bounds.MOST_LOAD_KG + 1e-6


@pytest.mark.parametrize("seed", range(BATCHES))
async def test_a_thousand_hostile_messages(tmp_path: Path, sqlite_template: Path, seed: int) -> None:
    assert await _heard(tmp_path / "spotter.db", sqlite_template, seed, MESSAGES) > MESSAGES / 10


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(BATCHES, BATCHES + SOAK_MESSAGES // SOAK_EACH))
async def test_a_million_hostile_messages(tmp_path: Path, sqlite_template: Path, seed: int) -> None:
    await _heard(tmp_path / f"{seed}.db", sqlite_template, seed, SOAK_EACH)
    (tmp_path / f"{seed}.db").unlink()


async def _heard(path: Path, template: Path, seed: int, messages: int) -> int:
    """How many sets were logged, after a look at all of them and at every reply."""
    shutil.copy(template, path)
    store = await open_store(f"sqlite:///{path}", now=BEGAN)
    try:
        listener = Listener(GymFloor(store), seed)
        await listener.hears(messages)
        rows = await logged(store)
    finally:
        await store.close()
    assert listener.wrong == []
    assert [f"{what}: {row}" for row in rows for what in out_of_place(row)] == []
    return len(rows)
