"""Corrections: what is said now of a set that is in the log already."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Final

from core.care import stands
from core.coach import asking, entering, log
from core.coach.follow_up import ask_pain
from core.coach.outlook import answer
from core.coach.resolve import out_of_bounds
from core.coach.turn import CARRY, Turn
from core.facts import Corrected, Fact, Refused, Told
from core.loads import Gear, rungs
from core.model import Exercise, LoggedSet, Pain, SetEntry
from core.notation.bounds import MANY_REPS
from core.red_flags import places, same_place, several_places
from core.store import sets

MOST_WORDS = 120
"""Characters of what is said of a pain that are kept."""
_BARE_PAIN = re.compile(r"(?:it|that|this|pain|hurts?|\d|/|out|of|\s)+", re.IGNORECASE)


async def correct(turn: Turn, said_now: SetEntry) -> list[Fact]:
    """`actually 95`: the last set, or the last of the lift named, is changed."""
    last = await turn.last()
    if said_now.exercise is not None and said_now == SetEntry(exercise=said_now.exercise):
        return await _other_lift(turn, last, said_now.exercise)
    if said_now.exercise is not None:
        last = await sets.last_of(turn.conn, turn.athlete.id, said_now.exercise)
    if last is None:
        return [Told("nothing_to_correct")]
    return await correct_set(turn, last, said_now)


async def _other_lift(turn: Turn, last: LoggedSet | None, lift: str) -> list[Fact]:
    """`actually bench`: the last sets were of that lift."""
    if last is None or last.message_id is None:
        return [Told("nothing_to_correct")]
    if last.exercise_id == lift:
        return [Told("nothing_changed")]
    exercise = await turn.exercise(lift)
    old = await sets.of_message(turn.conn, last.message_id)
    new = [await _of_lift(turn, one, exercise) if one.exercise_id == last.exercise_id else one for one in old]
    problems = [out_of_bounds(turn.message.text.strip(), one.done, exercise) for one in new]
    problem = next((one for one in problems if one is not None), None)
    if problem is not None:
        return [Refused(problem, turn.athlete.unit)]
    before = await log.change(turn, last.message_id, old, new, correction=True)
    changed = [one for one in new if one.exercise_id == lift]
    facts = await log.gone(turn, [one for one in old if one.exercise_id != lift], new, before, "edited")
    return [*await log.noted(turn, changed, before), *facts]


async def _of_lift(turn: Turn, one: LoggedSet, exercise: Exercise) -> LoggedSet:
    entry = replace(_on_its_own(one), exercise=exercise.id, typed=None, bodyweight=exercise.bodyweight)
    done = replace(one.done, exercise=exercise.id, bodyweight=exercise.bodyweight)
    return await entering.estimated(turn, replace(one, exercise_id=exercise.id, entry=entry, done=done), {})


HURT_LATER: Final = timedelta(days=3)
"""So long after its last set a lift that is named is said to have hurt (own choice)."""


async def hurt(turn: Turn, pain: Pain, lift: str | None = None) -> list[Fact]:
    """`knee hurts`: said of the last set, where there is one within four hours; `bench hurt`: of the lift's last within days.

    Without a number it is asked for.
    """
    last = await turn.carried()
    if lift is not None and (last is None or last.exercise_id != lift):
        last = await sets.last_of(turn.conn, turn.athlete.id, lift)
    within = CARRY if lift is None else HURT_LATER
    if last is None or turn.message.sent_at - last.performed_at > within:
        return [Told("talk_pain")]
    words, note = turn.message.text, last.done.note or ""
    same = same_place(note, words) and not several_places(note)
    was = last.done.pain
    changed = _hurting(last, stands(was, pain, same_place=same), _with_words(last.done.note, words))
    facts = await _put_pain_right(turn, last, changed)
    if pain.level is not None:
        return facts
    known = None if was is None or same else was.level
    return [*facts, await ask_pain(turn, changed.id, changed.exercise_id, known)]


async def answered_pain(turn: Turn, logged: LoggedSet, pain: Pain, known: int | None) -> list[Fact]:
    """How bad it is, as an answer; `known` is the pain that another place had already, and the worst stands."""
    level, note = pain.level, logged.done.note
    if known is not None and level is not None and level < known and note is not None:
        note = f"{note} {level}/10"
    worst = pain if known is None else stands(Pain(known), pain, same_place=False)
    return await _put_pain_right(turn, logged, _hurting(logged, worst, note))


async def _put_pain_right(turn: Turn, logged: LoggedSet, changed: LoggedSet) -> list[Fact]:
    """What hurt is answered with care, be it known already or not."""
    if changed.done != logged.done and logged.message_id is not None:
        return await put_right(turn, logged, changed)
    exercise = await turn.exercise(logged.exercise_id)
    target = await answer(turn, exercise, await turn.today())
    return [Corrected(logged.id, exercise, logged.done, logged.done, target, None)]


def _hurting(logged: LoggedSet, pain: Pain, note: str | None) -> LoggedSet:
    entry = replace(_on_its_own(logged), pain=pain, note=note)
    return replace(logged, entry=entry, done=replace(logged.done, pain=pain, note=note))


def _with_words(note: str | None, words: str) -> str | None:
    """The note with what was said of a pain, unless that is no more than that there is one."""
    said = " ".join(words.split()).rstrip(".!,; ")[:MOST_WORDS]
    if len(said.split()) < 2 or _BARE_PAIN.fullmatch(said) or (note is not None and said in note):
        return note
    return said if note is None else f"{note}; {said}"


async def correct_set(turn: Turn, logged: LoggedSet, said_now: SetEntry) -> list[Fact]:
    """One set of the log is changed to what was said of it now."""
    if logged.message_id is None:
        return [Told("nothing_to_correct")]
    said_now = _reps_meant(logged, said_now, await turn.exercise(logged.exercise_id))
    changed = await with_said(turn, logged, said_now)
    if changed.done == logged.done:
        known = said_now.pain is not None
        return await _put_pain_right(turn, logged, changed) if known else [Told("nothing_changed")]
    text = turn.message.text.strip()
    problem = out_of_bounds(text, changed.done, await turn.exercise(changed.exercise_id))
    if problem is not None:
        return [Refused(problem, turn.athlete.unit)]
    top = await entering.surprising(turn, [changed], logged.message_id)
    if top is not None and (changed.e1rm_kg or 0.0) > (logged.e1rm_kg or 0.0):
        return [await asking.ask_surprising(turn, text, (said_now,), changed, changed.id)]
    return await put_right(turn, logged, changed)


def _reps_meant(logged: LoggedSet, said_now: SetEntry, exercise: Exercise) -> SetEntry:
    """`actually 11` where 11 is no load: after `x10`, or where it cannot be put together and the set was of more than twice as much.

    Behind reps alone a number that is twice the reps or more, and not under half of the load, is still a load.
    """
    number, load, reps = said_now.load, logged.done.load, logged.done.reps
    if number is None or load is None or reps is None or said_now.unit is not None or said_now.bodyweight:
        return said_now
    if said_now.reps is not None or not 1 <= number <= MANY_REPS or number != int(number):
        return said_now
    light = number < load / 2
    no_load = number not in rungs(exercise, logged.done.unit or "kg", Gear())
    alone = logged.entry.load is None and logged.entry.ref is None
    if (alone and (light or number < 2 * reps)) or (light and no_load):
        return replace(said_now, load=None, unit=None, reps=int(number))
    return said_now


async def with_said(turn: Turn, logged: LoggedSet, said_now: SetEntry) -> LoggedSet:
    """A set as it is after a correction."""
    exercise = await turn.exercise(logged.exercise_id)
    if said_now.pain is not None:
        logged = _with_pain_of(logged, said_now.pain, turn.message.text)
        said_now = replace(said_now, pain=logged.done.pain)
    entry = merged(_on_its_own(logged), said_now)
    unit = said_now.unit or (turn.athlete.unit if said_now.load is not None else logged.done.unit)
    done = replace(merged(logged.done, said_now), unit=unit, bodyweight=exercise.bodyweight)
    return await entering.estimated(turn, replace(logged, entry=entry, done=done), {})


def _with_pain_of(logged: LoggedSet, pain: Pain, words: str) -> LoggedSet:
    """The set with a pain put right: "shoulder pain 3" takes nothing from a knee, and "pain 3" nothing from two places."""
    note = logged.done.note or ""
    named = bool(places(words))
    same = not several_places(note) and (not named or same_place(note, words))
    kept = _with_words(logged.done.note, words) if named else logged.done.note
    return _hurting(logged, stands(logged.done.pain, pain, same_place=same), kept)


async def put_right(turn: Turn, logged: LoggedSet, changed: LoggedSet) -> list[Fact]:
    """Store a corrected set, and say what it was and what comes next."""
    if logged.message_id is None:
        return [Told("nothing_to_correct")]
    exercise = await turn.exercise(logged.exercise_id)
    old = await sets.of_message(turn.conn, logged.message_id)
    new = [changed if one.id == changed.id else one for one in old]
    before = await log.change(turn, logged.message_id, old, new, correction=True)
    target = await answer(turn, exercise, await turn.today())
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
