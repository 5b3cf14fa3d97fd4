"""What is said once: signals in a block, offers in a while. Kept as a preference, with the day and the block it was said in."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from core.coach.in_plan import Today
from core.coach.turn import Turn
from core.program.blocks import block_of

NOTICED: Final = "noticed"
"""The preference that holds it."""

REMEMBERED: Final = timedelta(days=28)
"""So long nothing is said again where there are no blocks (own choice): as long as a block."""

LONGEST: Final = timedelta(days=84)
"""Nothing is kept for longer (own choice)."""

MOST: Final = 60
"""So many things said are kept (own choice)."""


def block_now(now: Today | None) -> str:
    """The block that somebody is in; empty without a plan, and in styles that have no weeks."""
    if now is None or not now.plan.style.has_weeks:
        return ""
    return f"{now.course.position.cycle}.{block_of(now.course.position.week)}"


class Said(NamedTuple):
    """What was said, by its key, on which day, in which block (none: empty)."""

    key: str
    day: date
    block: str


def kept(preferences: Mapping[str, str]) -> tuple[Said, ...]:
    """What was said, the oldest first."""
    rows = json.loads(preferences.get(NOTICED, "[]"))
    return tuple([Said(key, date.fromisoformat(day), block) for key, day, block in rows])


def still_counts(said: Collection[Said], block: str, today: date) -> frozenset[str]:
    """The keys that are not said again: those of this block, and without blocks those of the last four weeks."""
    return frozenset(one.key for one in said if _counts(one, block, today))


def _counts(one: Said, block: str, today: date) -> bool:
    return one.block == block if block else today - one.day <= REMEMBERED


def said_on(said: Collection[Said], key: str) -> date | None:
    """The last day on which something was said."""
    return max((one.day for one in said if one.key == key), default=None)


async def remember(turn: Turn, key: str, today: date, block: str = "") -> None:
    """Something was said."""
    before = [one for one in kept(await turn.preferences()) if today - one.day <= LONGEST]
    rows = [[one.key, one.day.isoformat(), one.block] for one in (*before, Said(key, today, block))]
    await turn.remember(NOTICED, json.dumps(rows[-MOST:], separators=(",", ":")))
