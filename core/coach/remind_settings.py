"""/remind and /rest: what the coach says by itself, and when it is quiet."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from typing import Any, Final

from core.coach import journal, zones
from core.coach.reminding import chosen
from core.coach.turn import Turn
from core.facts import Fact, Told
from core.program.grammar_names import WEEKDAYS
from core.reminders.settings import MOST_LEAD_MIN, QUIET, REMIND, Reminding, as_json

_LEAD: Final = re.compile(r"(\d{1,3})\s*(m|min|mins|minutes?|h|hours?)?(?:\s+before)?", re.IGNORECASE)
_CLOCK: Final = r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?"
_QUIET: Final = re.compile(rf"quiet\s+{_CLOCK}\s*(?:-|to|until|till|–)\s*{_CLOCK}", re.IGNORECASE)
_NO: Final = ("off", "no", "none", "never", "stop")
_YES: Final = ("on", "yes")


async def remind(turn: Turn, words: str) -> list[Fact]:
    """/remind [on | off | 90 min | quiet 22-7 | quiet off | digest sunday | digest off]"""
    said, now = " ".join(words.split()).lower().rstrip("."), await chosen(turn)
    if not said:
        return [await _shown(turn, now)]
    new = _changed(now, said)
    if new is None:
        return [Told("remind_usage", {"typed": words.strip()})]
    return await _keep(turn, now, new)


async def rest(turn: Turn, words: str) -> list[Fact]:
    """/rest [on | off]: whether the end of a rest is told."""
    said, now = words.strip().lower(), await chosen(turn)
    if said and said not in (*_NO, *_YES):
        return [Told("rest_usage", {"typed": words.strip()})]
    wanted = not now.rest if not said else said in _YES
    await _keep(turn, now, replace(now, rest=wanted))
    return [Told("rest_on" if wanted else "rest_off")]


async def _keep(turn: Turn, was: Reminding, new: Reminding) -> list[Fact]:
    if new != was:
        await turn.remember(REMIND, as_json(new))
        await journal.record(turn, "remind", {"was": as_json(was)})
        turn.rearms = True
    return [await _shown(turn, new)]


async def undo(turn: Turn, before: dict[str, Any]) -> list[Fact]:
    """/undo of a choice."""
    await turn.remember(REMIND, before["was"])
    turn.rearms = True
    return [await _shown(turn, await chosen(turn))]


async def _shown(turn: Turn, now: Reminding) -> Told:
    return Told("remind_is", {"chosen": now, "knows": await zones.is_known(turn)})


def _changed(now: Reminding, said: str) -> Reminding | None:
    """What was chosen, with what was said now; None where that is not understood."""
    if said in _NO or said in _YES:
        return replace(now, on=said in _YES)
    if said.startswith("quiet"):
        return _with_quiet(now, said)
    if said.startswith(("digest", "week")):
        return _with_digest(now, said.partition(" ")[2].strip())
    lead = _LEAD.fullmatch(said)
    if lead is None:
        return None
    hours = (lead.group(2) or "m").startswith("h")
    minutes = int(lead.group(1)) * (60 if hours else 1)
    return replace(now, on=True, lead_min=minutes) if minutes <= MOST_LEAD_MIN else None


def _with_quiet(now: Reminding, said: str) -> Reminding | None:
    behind = said.removeprefix("quiet").strip()
    if behind in _NO:
        return replace(now, quiet=None)
    if behind in _YES:
        return replace(now, quiet=QUIET)
    found = _QUIET.fullmatch(said)
    if found is None:
        return None
    begins, ends = _clock(*found.groups()[:3]), _clock(*found.groups()[3:])
    return None if begins is None or ends is None or begins == ends else replace(now, quiet=(begins, ends))


def _clock(hour: str, minute: str | None, half: str | None) -> time | None:
    at = int(hour)
    if half is not None and not 1 <= at <= 12:
        return None
    if half is not None:
        at = at % 12 + (12 if half == "pm" else 0)
    at = 0 if at == 24 else at
    return time(at, int(minute or 0)) if at < 24 and int(minute or 0) < 60 else None


def _with_digest(now: Reminding, behind: str) -> Reminding | None:
    if behind in _NO:
        return replace(now, digest=None)
    days = [at for at, day in enumerate(WEEKDAYS) if len(behind) >= 2 and day.lower().startswith(behind)]
    return replace(now, digest=days[0]) if len(days) == 1 else None
