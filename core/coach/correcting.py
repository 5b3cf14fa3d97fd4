"""Corrections: what is said now of a set that is in the log already."""

from __future__ import annotations

from dataclasses import replace

from core.coach import asking, log
from core.coach.outlook import outlook
from core.coach.resolve import out_of_bounds
from core.coach.turn import Turn
from core.facts import Corrected, Fact, Refused, Told
from core.model import LoggedSet, SetEntry
from core.store import sets


async def correct(turn: Turn, said_now: SetEntry) -> list[Fact]:
    """`actually 95`: the last set, or the last of the lift named, is changed."""
    last = await turn.last()
    if said_now.exercise is not None:
        last = await sets.last_of(turn.conn, turn.athlete.id, said_now.exercise)
    if last is None:
        return [Told("nothing_to_correct")]
    return await correct_set(turn, last, said_now)


async def hurt(turn: Turn, said_now: SetEntry) -> list[Fact]:
    """`knee hurts`: said of the last set, where there is one within four hours."""
    last = await turn.carried()
    if last is None:
        return [Told("talk_pain")]
    if said_now.pain == last.done.pain:
        return [Told("nothing_changed")]
    return await correct_set(turn, last, said_now)


async def correct_set(turn: Turn, logged: LoggedSet, said_now: SetEntry) -> list[Fact]:
    """One set of the log is changed to what was said of it now."""
    if logged.message_id is None:
        return [Told("nothing_to_correct")]
    changed = await with_said(turn, logged, said_now)
    if changed.done == logged.done:
        return [Told("nothing_changed")]
    text = turn.message.text.strip()
    problem = out_of_bounds(text, changed.done, await turn.exercise(changed.exercise_id))
    if problem is not None:
        return [Refused(problem, turn.athlete.unit)]
    top = await log.surprising(turn, [changed], logged.message_id)
    if top is not None and (changed.e1rm_kg or 0.0) > (logged.e1rm_kg or 0.0):
        return [await asking.ask_surprising(turn, text, (said_now,), changed, changed.id)]
    return await put_right(turn, logged, changed)


async def with_said(turn: Turn, logged: LoggedSet, said_now: SetEntry) -> LoggedSet:
    """A set as it is after a correction."""
    exercise = await turn.exercise(logged.exercise_id)
    entry = merged(_on_its_own(logged), said_now)
    unit = said_now.unit or (turn.athlete.unit if said_now.load is not None else logged.done.unit)
    done = replace(merged(logged.done, said_now), unit=unit, bodyweight=exercise.bodyweight)
    return await log.estimated(turn, replace(logged, entry=entry, done=done), {})


async def put_right(turn: Turn, logged: LoggedSet, changed: LoggedSet) -> list[Fact]:
    """Store a corrected set, and say what it was and what comes next."""
    if logged.message_id is None:
        return [Told("nothing_to_correct")]
    exercise = await turn.exercise(logged.exercise_id)
    old = await sets.of_message(turn.conn, logged.message_id)
    new = [changed if one.id == changed.id else one for one in old]
    before = await log.change(turn, logged.message_id, old, new, correction=True)
    target = (await outlook(turn, exercise, await turn.training_day())).target
    was = before.get(exercise.id)
    return [Corrected(logged.id, exercise, logged.done, changed.done, target, was if was != target else None)]


def _on_its_own(logged: LoggedSet) -> SetEntry:
    """The entry of a set with what it took from another written out: a correction stands by itself."""
    entry, done = logged.entry, logged.done
    if entry.ref is None and entry.load is not None:
        return entry
    kept = ("load", "unit", "reps", "seconds", "distance_m", "side")
    return replace(
        entry, ref=None, bodyweight=done.bodyweight, **{name: getattr(done, name) for name in kept}
    )


def merged(entry: SetEntry, now: SetEntry) -> SetEntry:
    """The entry with what was said anew."""
    fields: dict[str, object] = {}
    if now.load is not None:
        fields |= {"load": now.load, "unit": now.unit}
    if now.reps is not None:
        fields["reps"] = now.reps
    if now.seconds is not None and entry.seconds is not None:  # a time is corrected where there was one
        fields["seconds"] = now.seconds
    if now.rpe is not None:
        fields |= {"rpe": now.rpe, "rir_at_least": now.rir_at_least, "failure": now.failure}
    if now.pain is not None:
        fields["pain"] = now.pain
    return replace(entry, **fields)  # type: ignore[arg-type]
