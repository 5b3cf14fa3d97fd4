"""What ends all targets for an athlete: red-flag symptoms, a pregnancy, an age under 18; and what brings them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from core.coach.turn import Turn
from core.facts import Corrected, Fact, Gone, LastOf, Noted, Told, Why
from core.model import Reason, Target
from core.store import people

Kind = Literal["red_flag", "pregnancy", "age"]
KINDS: tuple[Kind, ...] = ("red_flag", "pregnancy", "age")
"""The gravest first: it is the one that is spoken of, and the first that is lifted."""

HOLDS = "holds"
"""The preference that names the holds while there are any; a hold without it is of red flags."""


async def kinds(turn: Turn) -> tuple[Kind, ...]:
    """The holds that are on, the gravest first."""
    if turn.athlete.hold_since is None:
        return ()
    held = (await turn.preferences()).get(HOLDS, "red_flag").split(",")
    return tuple(kind for kind in KINDS if kind in held)


async def put_on(turn: Turn, kind: Kind) -> None:
    """No targets from here on."""
    held = {*await kinds(turn), kind}
    await _store(turn, [one for one in KINDS if one in held])


async def lift_gravest(turn: Turn) -> Kind | None:
    """Take the gravest hold off, and name it; None where there is none."""
    held = await kinds(turn)
    if not held:
        return None
    await _store(turn, held[1:])
    return held[0]


async def restore(turn: Turn, since: datetime, held: str | None) -> None:
    """Holds that had been lifted are on again."""
    turn.athlete = replace(turn.athlete, hold_since=since)
    await people.save(turn.conn, turn.athlete)
    await turn.remember(HOLDS, held)


async def _store(turn: Turn, held: Sequence[Kind]) -> None:
    since = (turn.athlete.hold_since or turn.now) if held else None
    turn.athlete = replace(turn.athlete, hold_since=since)
    await people.save(turn.conn, turn.athlete)
    await turn.remember(HOLDS, ",".join(held) if held else None)


async def named(turn: Turn, facts: Sequence[Fact]) -> list[Fact]:
    """The facts with the hold named that keeps their targets back; the rules know only that there is one."""
    held = await kinds(turn)
    if not held or held[0] == "red_flag":
        return list(facts)
    return [_named(fact, held[0]) for fact in facts]


def _named(fact: Fact, kind: Kind) -> Fact:
    match fact:
        case Noted() | Corrected() | Gone() | LastOf() | Why():
            return fact if fact.target is None else replace(fact, target=_for(fact.target, kind))
        case Told("no_targets"):
            return Told("no_targets", {**fact.facts, "hold": kind})
    return fact


def _for(target: Target, kind: Kind) -> Target:
    reasons = (
        Reason("red_flag", {"hold": kind}) if one.code == "red_flag" else one for one in target.reasons
    )
    return replace(target, reasons=tuple(reasons))
