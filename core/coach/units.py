"""The athlete's unit, and mending what was read in the wrong one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.coach import asking, entering, journal, log
from core.coach.turn import Turn
from core.facts import Fact, Told
from core.model import LoggedSet, Unit
from core.store import people, sets


async def choose(turn: Turn, words: str) -> list[Fact]:
    """/unit kg|lb: what a plain number means. Offers to mend the sets logged before."""
    typed = words.strip().lower().rstrip("s")
    if not typed:
        return [Told("unit_is", {"unit": turn.athlete.unit})]
    chosen: Unit | None = {"kg": "kg", "kilo": "kg", "lb": "lb", "pound": "lb", "#": "lb"}.get(typed)  # type: ignore[assignment]
    if chosen is None:
        return [Told("unit_unknown", {"typed": words.strip()})]
    old = turn.athlete.unit
    if chosen == old:
        turn.athlete = replace(turn.athlete, unit_chosen=True)
        await people.save(turn.conn, turn.athlete)
        return [Told("unit_is", {"unit": chosen})]
    await journal.record(turn, "unit", {"unit": old, "chosen": turn.athlete.unit_chosen})
    turn.athlete = replace(turn.athlete, unit=chosen, unit_chosen=True)
    await people.save(turn.conn, turn.athlete)
    plain = await _plain_sets(turn, old)
    facts: list[Fact] = [Told("unit_set", {"unit": chosen})]
    if plain:
        facts.append(await asking.ask_mend_units(turn, old, len(plain)))
    return facts


MENDED_DAYS = 400
"""How many training days back a wrong unit can be mended."""


async def _plain_sets(turn: Turn, old: str) -> list[LoggedSet]:
    """Sets whose load was typed without a unit and read in the old one."""
    days = await sets.history(turn.conn, turn.athlete.id, MENDED_DAYS)
    return [
        one
        for _, logged in days
        for one in logged
        if one.entry.unit is None
        and one.done.unit == old
        and one.entry.load not in (None, 0.0)
        and one.message_id
    ]


async def mend_units(turn: Turn, old: str) -> list[Fact]:
    """Read the plain numbers of earlier sets in the unit chosen now, and what leaned on them with them."""
    plain = sorted(await _plain_sets(turn, old), key=sets.key)
    await journal.record(turn, "mended", [journal.packed(one) for one in plain])
    changed: dict[str, LoggedSet] = {}
    for one in plain:
        again = await entering.estimated(
            turn, replace(one, done=replace(one.done, unit=turn.athlete.unit)), {}
        )
        await sets.update(turn.conn, again)
        changed[again.id] = again
    leaning = [one for one in await sets.leaning_on(turn.conn, list(changed)) if one.id not in changed]
    await log.resolve_again(turn, leaning, changed)
    return [Told("units_mended", {"count": len(plain), "unit": turn.athlete.unit})]


async def unmend(turn: Turn, old: Sequence[LoggedSet]) -> None:
    """Put mended sets back as they were."""
    put_back: dict[str, LoggedSet] = {}
    for one in old:
        if await sets.get(turn.conn, one.id) is not None:
            await sets.update(turn.conn, one)
            put_back[one.id] = one
    leaning = [one for one in await sets.leaning_on(turn.conn, list(put_back)) if one.id not in put_back]
    await log.resolve_again(turn, leaning, put_back)
