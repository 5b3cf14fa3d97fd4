"""What a message says of the athlete's health: red flags end all targets, a pregnancy hands over to the clinician."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.care import red_flag
from core.coach.turn import Turn
from core.facts import Fact, Noted, Told
from core.store import people

_PREGNANT = re.compile(
    r"\b(?:pregnant|pregnancy|schwanger(?:schaft)?|embarazada|gr[áa]vida|enceinte|incinta|беременна?я?)\b|怀孕|懷孕",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:\b(?:not|no|never|isn'?t|wasn'?t|ain'?t|nicht|keine?|nie|no estoy|não|nao|pas|jamais|non|не|ни)\b|没有?|不是?|未)"
    r"[^.!?;\n]{0,16}$",
    re.IGNORECASE,
)
"""A denial that reaches the word behind it: at most a few words away, in the same clause."""


async def symptoms(turn: Turn) -> list[Fact]:
    """Red-flag symptoms end all prescribing until the athlete says that they were cleared."""
    found: list[Fact] = []
    if turn.private and speaks_of_pregnancy(turn.message.text):
        found.append(Told("pregnant"))
    if not red_flag(turn.message.text):
        return found
    if turn.athlete.hold_since is None:
        turn.athlete = replace(turn.athlete, hold_since=turn.now)
        await people.save(turn.conn, turn.athlete)
    return [*found, Told("red_flag")]


def speaks_of_pregnancy(text: str) -> bool:
    """Whether a pregnancy is mentioned, in the languages of the table above, and not denied."""
    return any(not _NOT.search(text[: found.start()]) for found in _PREGNANT.finditer(text))


def unguided(found: Sequence[Fact], facts: Sequence[Fact]) -> list[Fact]:
    """The answer to a message that spoke of a pregnancy: its sets are noted, but no target stands beside them."""
    if Told("pregnant") not in found:
        return list(facts)
    return [replace(fact, target=None, before=None) if isinstance(fact, Noted) else fact for fact in facts]
