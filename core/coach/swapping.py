"""/swap: one lift of the plan for another, with its sets and its place; and which word is in the way where that cannot be."""

from __future__ import annotations

import re
from dataclasses import replace

from core.coach.arguments import named, unknown_lift
from core.coach.choosing import one_line
from core.coach.in_plan import Today, today_of
from core.coach.planning import assign
from core.coach.turn import Turn
from core.exercises import unassisted
from core.facts import Fact, Told
from core.model import Exercise
from core.program.values import ASSISTED, PlannedLift, PlannedSession

_FOR = re.compile(r"(?:\s|^)(?:→|->|=>|(?:for|with|to|by|into)(?!\S))\s*", re.IGNORECASE)


async def swap(turn: Turn, words: str) -> list[Fact]:
    """/swap squat front squat, /swap squat for front squat."""
    now = await today_of(turn)
    if now is None:
        return [Told("plan_none")]
    said = one_line(words).rstrip(".!")
    for first, rest in _cuts(said):
        old = await _in_plan(turn, now, first)
        new = (await named(turn, rest))[0] if old is not None else None
        if old is not None and new is not None and new.id != old.id:
            return await _swapped(turn, now, old, new, helped=await _is_helped(turn, rest))
    return [await _unread(turn, now, said)]


def _cuts(said: str) -> list[tuple[str, str]]:
    """The words cut in two: at `for` and the like, else between any two of them."""
    sign = _FOR.search(said, 1)
    if sign is not None:
        return [(said[: sign.start()].strip(), said[sign.end() :].strip())]
    words = said.split()
    return [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]


async def _in_plan(turn: Turn, now: Today, typed: str) -> Exercise | None:
    """The lift of the plan that a name means."""
    ids = dict.fromkeys(map(unassisted, (await turn.names()).resolve(typed).ids))
    here = [one for one in ids if one in now.lifts]
    return (await turn.names()).get(here[0]) if len(here) == 1 else None


async def _is_helped(turn: Turn, typed: str) -> bool:
    ids = (await turn.names()).resolve(typed).ids
    return bool(ids) and unassisted(ids[0]) != ids[0]


async def _swapped(turn: Turn, now: Today, old: Exercise, new: Exercise, *, helped: bool) -> list[Fact]:
    """The plan with the new lift in place of the old one, in all sessions that do not have it already."""
    sessions = tuple([_with(each, old.id, new.id, helped=helped) for each in now.newest.sessions])
    if sessions == now.newest.sessions:
        both = next(one for one in sessions if any(lift.exercise == old.id for lift in one.lifts))
        return [Told("plan_swap_there", {"old": old.name, "new": new.name, "session": both.name})]
    return await assign(turn, replace(now.newest, sessions=sessions))


def _with(session: PlannedSession, old: str, new: str, *, helped: bool) -> PlannedSession:
    if new in {lift.exercise for lift in session.lifts}:
        return session

    def swapped(lift: PlannedLift) -> PlannedLift:
        note = ASSISTED if helped else None if lift.note == ASSISTED else lift.note
        return replace(lift, exercise=new, note=note)

    lifts = tuple([swapped(one) if one.exercise == old else one for one in session.lifts])
    return replace(session, lifts=lifts)


async def _unread(turn: Turn, now: Today, said: str) -> Told:
    """The word that is in the way: a lift that is not in the plan, one that nobody knows, or none to come."""
    whole = await _in_plan(turn, now, said)
    if not said or whole is not None:
        return Told("plan_swap_usage", {"lift": None if whole is None else whole.name})
    for first, rest in _cuts(said):
        if await _in_plan(turn, now, first) is not None:
            return unknown_lift(rest, (await named(turn, rest))[1])
    first = await _first_named(turn, said)
    lifts = [one.name for each in sorted(now.lifts) if (one := (await turn.names()).get(each)) is not None]
    return Told("plan_swap_not_planned", {"typed": first, "lifts": lifts})


async def _first_named(turn: Turn, said: str) -> str:
    """What stands in front of the lift that is to come, as one lift if it is one."""
    names, cuts = await turn.names(), _cuts(said)
    behind = [first for first, rest in cuts if names.resolve(rest).ids]
    known = [first for first in behind if names.resolve(first).ids]
    return next(iter((*known, *behind)), said)
