"""What stands behind a command: a lift, a load."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.coach.choosing import one_line
from core.coach.turn import Turn
from core.exercises import fold, unassisted
from core.facts import Told
from core.model import Exercise, Unit, from_kg, to_kg
from core.notation.bounds import MOST_LOAD_KG
from core.store import lifts, sets

_AMOUNT = re.compile(r"([+-]?\d{1,9}(?:[.,]\d{1,3})?) ?(kg|kgs|kilos?|lb|lbs|pounds?|#)?", re.IGNORECASE)


def amount(words: str, default: Unit) -> tuple[float, Unit] | None:
    """A number with or without a unit: `83.5`, `83,5 kg`, `185lb`."""
    match = _AMOUNT.fullmatch(one_line(words))
    if match is None:
        return None
    load = float(match.group(1).replace(",", "."))
    typed = (match.group(2) or "").lower()
    return load, ("kg" if typed.startswith("k") else "lb" if typed else default)


def load_refused(load: float, unit: Unit, *, least: float = 0.0) -> Told | None:
    """The bound that a load breaks, if it does."""
    if least <= to_kg(load, unit) <= MOST_LOAD_KG:
        return None
    return Told("load_bounds", {"number": load, "most": round(from_kg(MOST_LOAD_KG, unit)), "unit": unit})


async def lift_and_rest(turn: Turn, words: str) -> tuple[Exercise | None, str, Sequence[Exercise]]:
    """A command's lift and what stands behind it; the lifts it could be where the name is doubtful."""
    match = re.match(r"(.*?) ?((?:\d|\+|-\d).*)?$", one_line(words))
    name, rest = (match.group(1), match.group(2) or "") if match is not None else (words, "")
    if not name.strip():
        last = await turn.last()
        return (None if last is None else await turn.exercise(last.exercise_id)), rest, ()
    exercise, could_be = await named(turn, name)
    parts = name.split()
    while exercise is None and not could_be and len(parts) > 1:  # "squat abc": a lift and something else
        rest = f"{parts.pop()} {rest}".strip()
        known = (await turn.names()).exact(" ".join(parts))
        exercise = (await turn.names()).get(known[0]) if len(known) == 1 else None
    return exercise, rest, could_be


async def named(turn: Turn, name: str) -> tuple[Exercise | None, Sequence[Exercise]]:
    """The lift that this athlete means by a name, or those it could be."""
    names = await turn.names()
    meant = (await lifts.names(turn.conn, turn.athlete.id)).get(fold(name))
    if meant is not None and names.get(meant) is not None:
        return names.get(meant), ()
    resolved = names.resolve(name)
    if resolved.status in ("exact", "near"):
        return names.get(unassisted(resolved.ids[0])), ()
    used = await sets.last_used(turn.conn, turn.athlete.id, resolved.ids) if resolved.ids else None
    if used is not None:
        return names.get(used), ()
    return None, [found for one in resolved.ids if (found := names.get(one)) is not None]


def unknown_lift(words: str, could_be: Sequence[Exercise]) -> Told:
    """No lift by that name, or several. Numbers are no part of the name."""
    if could_be:
        return Told("lift_doubtful", {"typed": words.strip(), "lifts": tuple(could_be)})
    name = re.split(r"[+-]?\d", words, maxsplit=1)[0].strip()
    return Told("lift_unknown", {"typed": name or words.strip(), "can_add": bool(name)})
