"""A year of training through the chat alone, three times: what it said agrees with itself, and the lifters got stronger.

The novice's year is kept as a file that people can read, `tests/corpus/years/novice.txt`. `SPOTTER_CHATS=write` has her
live it anew, writes it down, and judges it; read what has changed.
"""

from __future__ import annotations

import difflib
import os
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.doctor import WELL, examined
from core.store import Store, open_store
from tests.coach.chats import Exchange, played, read_chat, written
from tests.conftest import NOW
from tests.years.checks import Watch, watched
from tests.years.people import HIT, NOVICE, TRAVELLER, Life, lived
from tests.years.reading import BY_NAME

YEAR_OF_NOVICE = Path(__file__).parents[1] / "corpus" / "years" / "novice.txt"
SHORT = 49
"""Days: an injury and a journey, a block's end."""

TOGETHER = {"squat", "hinge"}
"""Kinds of lift that no session takes to an AMRAP both."""


@pytest.fixture
async def store(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """An open store without rows, on SQLite alone: what differs between databases is tested with shorter chats."""
    path = tmp_path / "year.db"
    shutil.copy(sqlite_template, path)
    opened = await open_store(f"sqlite:///{path}", now=NOW)
    yield opened
    await opened.close()


def judged(watch: Watch, life: Life) -> None:
    """A chat is free of what may not be, and has no more of the rest than is known."""
    never = [one for one in watch.findings if one.kind not in life.known]
    assert not never, f"{len(never)} findings, the first:\n{never[0].text}"
    for kind, count in Counter(one.kind for one in watch.findings).items():
        found = watch.of_kind(kind)
        assert count <= life.known[kind], f"{count} of {kind}, the last:\n{found[-1].text}"
    blocks = sum(1 for _ in watch.blocks_done())
    assert blocks - watch.reviews <= life.unreviewed, f"{watch.reviews} reviews of {blocks} blocks"
    missed = [each for each in watch.amraps if not 4 <= each[2] <= 13]
    assert len(missed) <= max(1, (1 - life.measured) * len(watch.amraps)), missed
    days = watch.amraps_by_day()
    assert all(len(lifts) <= 2 for lifts in days.values()), days
    together = [day for day, lifts in days.items() if {BY_NAME[one].pattern for one in lifts} >= TOGETHER]
    assert len(together) <= life.together, together


async def test_the_year_of_a_novice_goes_as_written(store: Store) -> None:
    if os.environ.get("SPOTTER_CHATS") == "write":
        lifter = await lived(NOVICE, store)
        YEAR_OF_NOVICE.write_text(written(lifter.exchanges), encoding="utf-8")
        came = lifter.exchanges
    else:
        expected = read_chat(YEAR_OF_NOVICE.read_text(encoding="utf-8"))
        came = await played(store, expected)
        assert written(came) == written(expected), _difference(expected, came)
    watch = watched(came, NOVICE.weight_kg)
    judged(watch, NOVICE)
    assert len({block for block, measured in watch.blocks_done() if measured}) == 3
    assert sum(measured for _, measured in watch.blocks_done()) >= 4
    assert watch.rose("Squat") > 1.2
    assert (await examined(store)).startswith(WELL)


def _difference(expected: list[Exchange], came: list[Exchange]) -> str:
    lines = difflib.unified_diff(
        written(expected).splitlines(), written(came).splitlines(), "written", "came", n=4
    )
    return "\n" + "\n".join(lines)


@pytest.mark.parametrize("life", [TRAVELLER, HIT], ids=["traveller", "hit"])
async def test_seven_weeks_with_an_injury_and_a_journey_or_of_hit(store: Store, life: Life) -> None:
    await _lives(store, life, SHORT)


@pytest.mark.soak
@pytest.mark.parametrize("life", [NOVICE, TRAVELLER, HIT], ids=["novice", "traveller", "hit"])
async def test_a_year(store: Store, life: Life) -> None:
    watch = await _lives(store, life, None)
    if life is not HIT:
        assert sum(measured for _, measured in watch.blocks_done()) >= 4


async def _lives(store: Store, life: Life, days: int | None) -> Watch:
    lifter = await (lived(life, store) if days is None else lived(life, store, days))
    watch = watched(lifter.exchanges, life.weight_kg)
    judged(watch, life)
    assert lifter.misread <= life.misread
    trained = [one for one in life.maxima if lifter.body.strengths[one].trained_on is not None]
    assert all(lifter.body.strengths[one].one_rm_kg > life.maxima[one] for one in trained)
    assert (await examined(store)).startswith(WELL)
    return watch
