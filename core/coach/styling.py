"""The style of a plan: the twelve weeks, HIT, or equal volume to failure or short of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from core.coach.in_plan import Today, today_of
from core.coach.plan_life import standing
from core.coach.planning import said_once, take
from core.coach.safeties import ask_once, needs_them
from core.coach.turn import Turn
from core.effort import counted_reps, effective_rpe
from core.exercises import unassisted
from core.facts import Fact, StyleChanged, Told
from core.model import Kind, LoggedSet
from core.program.restyle import Ended, Restyled, restyled
from core.program.values import Plan, Style
from core.store import sets

LOOKBACK = timedelta(days=28)
"""So far back a lift's last session is matched in volume (own choice)."""
MOST_SETS = 1000


async def style(turn: Turn, words: str) -> list[Fact]:
    """/style [hit | failure | reserve | blocks] [lift]: the plan, or one of its lifts, in another style."""
    now = await today_of(turn)
    if now is None:
        return [Told("plan_none")]
    said, _, lift = words.strip().lower().partition(" ")
    if not said:
        return [Told("style_is", {"style": now.newest.style})]
    meant = dict.fromkeys(map(unassisted, (await turn.names()).resolve(lift).ids)) if lift else {}
    ids = [one for one in meant if one in now.lifts]
    if said not in list(Style) or (lift and len(ids) != 1):
        return [Told("style_unread", {"typed": words.strip()})]
    return await _changed(turn, now, Style(said), ids[0] if ids else None)


async def _changed(turn: Turn, now: Today, wanted: Style, lift: str | None) -> list[Fact]:
    plan = now.newest
    of = plan if lift is None else _as_of(plan, lift)
    found = restyled(of, wanted, await _last(turn, now), _earlier(now))
    if lift is not None:
        found = _of_one(plan, found, wanted, lift)
    if found.plan == plan:
        return [Told("style_same")]
    since = await take(turn, found.plan, now)
    about = None if lift is None else await turn.exercise(lift)
    twins = [(await turn.exercise(one), twin) for one, twin in found.twins.items()]
    said = [
        StyleChanged(wanted, since, about, tuple(twins), await _week(turn, now, found.plan)),
        *said_once(now, found.plan),
    ]
    fails = [now.programme.exercises[one] for one in now.lifts & set(now.programme.exercises)]
    if wanted is Style.FAILURE and any(map(needs_them, fails if about is None else [about])):
        said += await ask_once(turn)
    return said


async def _week(turn: Turn, before: Today, plan: Plan) -> int | None:
    """The week that a plan goes on with that follows the twelve again: they went on meanwhile, and nobody was told of them."""
    after = None if before.newest.style.has_weeks or not plan.style.has_weeks else await today_of(turn)
    return None if after is None else (await standing(turn, after)).course.position.week


def _as_of(plan: Plan, exercise_id: str) -> Plan:
    """The plan as if all of it were in the style of that lift."""
    lifts = [lift for each in plan.sessions for lift in each.lifts if lift.exercise == exercise_id]
    bare = [
        replace(each, lifts=tuple([replace(one, style=None) for one in each.lifts])) for each in plan.sessions
    ]
    return replace(plan, style=lifts[0].style or plan.style, sessions=tuple(bare))


def _of_one(plan: Plan, found: Restyled, wanted: Style, exercise_id: str) -> Restyled:
    """The plan with that one lift in the style, and all else as it was."""
    own = None if wanted is plan.style else wanted
    sessions = []
    for old, new in zip(plan.sessions, found.plan.sessions, strict=True):
        pairs = zip(old.lifts, new.lifts, strict=True)
        lifts = [replace(b, style=own) if b.exercise == exercise_id else a for a, b in pairs]
        sessions.append(replace(old, lifts=tuple(lifts)))
    twins = {one: twin for one, twin in found.twins.items() if one == exercise_id}
    return Restyled(replace(plan, sessions=tuple(sessions)), twins)


def _earlier(now: Today) -> Plan | None:
    """The last version that followed the weeks."""
    return next((one.plan for one in reversed(now.programme.versions) if one.plan.style.has_weeks), None)


async def _last(turn: Turn, now: Today) -> dict[str, Sequence[Ended]]:
    """The work sets of each lift's last session."""
    found, _ = await sets.of_days(
        turn.conn, turn.athlete.id, now.day - LOOKBACK, now.day + timedelta(days=1), MOST_SETS
    )
    last: dict[str, Sequence[Ended]] = {}
    for _, done in found:
        for exercise_id in {one.exercise_id for one in done}:
            ours = [one for one in done if one.exercise_id == exercise_id]
            work = [ended for one in ours if (ended := _ended(now, one)) is not None]
            if work:
                last[exercise_id] = work
    return last


def _ended(now: Today, one: LoggedSet) -> Ended | None:
    reps = counted_reps(one.done)
    if one.done.kind is Kind.WARMUP or not reps:
        return None
    place = now.of(one.exercise_id)
    asked = 2.0 if place is None else 10 - place.asked.efforts[-1]
    return Ended(reps, reps + effective_rpe(one.done, asked, None).rir)
