"""What an athlete tells of themselves: body weight, maxima, lifts of their own, that they were cleared."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from core.coach import holds, journal, own_lifts, units
from core.coach.arguments import amount, lift_and_rest, unknown_lift
from core.coach.outlook import CLEARED_ON, outlook
from core.coach.turn import Turn
from core.facts import About, Fact, Told, Welcome
from core.model import Athlete, Exercise, from_kg, to_kg
from core.notation import Setting, parse
from core.store import lifts, people, sets
from core.store.changes import Change

LEAST_BODY_KG, MOST_BODY_KG = 25.0, 400.0
MOST_MAX_KG = 1000.0


async def start(turn: Turn) -> list[Fact]:
    """/start"""
    return [Welcome(turn.athlete)]


# --- body weight, maxima ----------------------------------------------------------------------------------------------


async def bodyweight(turn: Turn, words: str) -> list[Fact]:
    """/bodyweight 83.5"""
    today = await turn.training_day()
    if not words.strip():
        known = await people.body_weights(turn.conn, turn.athlete.id, 5)
        return [Told("body_weights", {"known": tuple(known)})]
    read = amount(words, turn.athlete.unit)
    if read is None:
        return [Told("body_weight_unread", {"typed": words.strip()})]
    load, typed = read
    if not LEAST_BODY_KG <= to_kg(load, typed) <= MOST_BODY_KG:
        least, most = (round(from_kg(bound, typed)) for bound in (LEAST_BODY_KG, MOST_BODY_KG))
        return [Told("body_weight_bounds", {"number": load, "least": least, "most": most, "unit": typed})]
    weighing = turn.id()
    await people.weigh(
        turn.conn,
        weighing,
        turn.athlete.id,
        today,
        load,
        typed,
        to_kg(load, typed),
        turn.message.id,
        turn.now,
    )
    await journal.record(turn, "body_weight", {"id": weighing})
    return [Told("body_weight_set", {"load": load, "unit": typed})]


async def stated_max(turn: Turn, words: str) -> list[Fact]:
    """/max squat 140"""
    exercise, rest, could_be = await lift_and_rest(turn, words)
    if not words.strip() or (
        exercise is None and not words.strip().rstrip("kglbs#").strip(" +-.,0123456789")
    ):
        return [Told("max_usage")]
    if exercise is None:
        return [unknown_lift(words, could_be)]
    if exercise.timed:
        return [Told("max_timed", {"exercise": exercise})]
    if not rest:
        known = await lifts.stated_max(turn.conn, turn.athlete.id, exercise.id)
        found = await outlook(turn, exercise, await turn.training_day())
        return [Told("max_is", {"exercise": exercise, "known": known, "estimate": found.estimate})]
    read = amount(rest, turn.athlete.unit)
    if read is None:
        return [Told("max_unread", {"typed": rest, "exercise": exercise})]
    load, typed = read
    if not 0 < to_kg(load, typed) <= MOST_MAX_KG:
        return [
            Told("max_bounds", {"number": load, "most": round(from_kg(MOST_MAX_KG, typed)), "unit": typed})
        ]
    stated = turn.id()
    await lifts.state_max(
        turn.conn,
        stated,
        turn.athlete.id,
        exercise.id,
        load,
        typed,
        to_kg(load, typed),
        turn.message.id,
        turn.now,
    )
    await journal.record(turn, "max", {"id": stated})
    found = await outlook(turn, exercise, await turn.training_day())
    said = {"exercise": exercise, "load": load, "unit": typed, "target": found.target, "plain": found.plain}
    held = turn.athlete.hold_since is not None
    return [Told("max_set", {**said, "held": held}), *([Told("no_targets")] if held else [])]


# --- lifts ------------------------------------------------------------------------------------------------------------


async def exercise(turn: Turn, words: str) -> list[Fact]:
    """/exercise squat: what is known of it. /exercise add NAME [like KNOWN]: a lift of one's own."""
    typed = " ".join(words.split())
    if typed.lower() in ("", "add"):
        own = await lifts.own_exercises(turn.conn, turn.athlete.id)
        return [
            Told(
                "exercise_usage", {"own": tuple(one.name for one, _ in own), "count": len(await turn.names())}
            )
        ]
    adding = re.fullmatch(r"add\s+(.+?)(?:\s+like\s+(.+))?", typed, re.IGNORECASE)
    if adding is not None:
        return await _add_exercise(turn, adding.group(1), adding.group(2))
    names = await turn.names()
    resolved = names.resolve(typed)
    found = [one for exercise_id in resolved.ids if (one := names.get(exercise_id)) is not None]
    if resolved.status in ("exact", "near") and found:
        return [About(found[0])]
    return [unknown_lift(typed, found)]


LONGEST_NAME = 60
"""Characters of a lift's name (own choice)."""


async def _add_exercise(turn: Turn, name: str, like: str | None) -> list[Fact]:
    if len(name) > LONGEST_NAME or len(like or "") > LONGEST_NAME:
        return [Told("exercise_name_long", {"most": LONGEST_NAME})]
    names = await turn.names()
    if not re.search(r"[^\W\d_]", name):
        return [Told("exercise_name_needs_letters", {"typed": name})]
    if _reads_as_sets(name):
        return [Told("exercise_name_bad", {"typed": name})]
    known = names.exact(name)
    if len(known) == 1 and (one := names.get(known[0])) is not None:
        return [Told("exercise_known", {"typed": name, "exercise": one})]
    model: Exercise | None = None
    if like is not None:
        resolved = names.resolve(like)
        if resolved.status not in ("exact", "near"):
            return [unknown_lift(like, [one for i in resolved.ids if (one := names.get(i)) is not None])]
        model = names.get(resolved.ids[0])
    made = await own_lifts.add(turn, name, model)
    return [Told("exercise_added", {"exercise": made, "like": model})]


def _reads_as_sets(name: str) -> bool:
    return bool(parse(name, Setting()).sets)


# --- care -------------------------------------------------------------------------------------------------------------


async def cleared(turn: Turn) -> list[Fact]:
    """/cleared: a professional has cleared what held the targets back; they are given again."""
    since, known = turn.athlete.hold_since, await turn.preferences()
    lifted = await holds.lift_gravest(turn)
    if lifted is None or since is None:
        return [Told("nothing_to_clear")]
    before = {
        "since": since.isoformat(),
        "cleared_on": known.get(CLEARED_ON),
        "holds": known.get(holds.HOLDS),
    }
    await journal.record(turn, "hold", before)
    if lifted != "age":
        await turn.remember(CLEARED_ON, (await turn.training_day()).isoformat())
    remain = await holds.kinds(turn)
    return [Told("still_held", {"hold": remain[0]}) if remain else Told("cleared", {"hold": lifted})]


# --- undo -------------------------------------------------------------------------------------------------------------


async def undo_profile(turn: Turn, change: Change) -> list[Fact]:
    """Take back a change that was not of sets."""
    before = change.before
    if change.what == "body_weight":
        await people.unweigh(turn.conn, before["id"])
    elif change.what == "max":
        await lifts.unstate_max(turn.conn, before["id"])
    elif change.what == "own_exercise":
        if await sets.last_of(turn.conn, turn.athlete.id, before["id"]) is not None:
            return [Told("undone_kept_lift")]
        await lifts.remove_own(turn.conn, turn.athlete.id, before["id"])
    elif change.what == "mended":
        await units.unmend(turn, [journal.unpacked(held, turn.athlete.id) for held in before])
    else:
        await _undo_of_athlete(turn, change.what, before)
    return [Told(f"undone_{change.what}", {"unit": turn.athlete.unit, "zone": turn.athlete.zone})]


async def _undo_of_athlete(turn: Turn, what: str, before: dict[str, Any]) -> None:
    if what == "hold":
        await holds.restore(turn, datetime.fromisoformat(before["since"]), before.get("holds"))
        await turn.remember(CLEARED_ON, before.get("cleared_on"))
        return
    turn.athlete, turn.rearms = _as_before(turn.athlete, what, before), True
    await people.save(turn.conn, turn.athlete)


def _as_before(athlete: Athlete, what: str, before: dict[str, Any]) -> Athlete:
    if what == "unit":
        return replace(athlete, unit=before["unit"], unit_chosen=before["chosen"])
    return replace(athlete, zone=before["zone"])
