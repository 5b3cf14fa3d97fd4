"""Today's session of a plan: its lifts with their targets, what comes after a lift, and when it is over."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from core.coach.hit_noticing import after_set
from core.coach.in_plan import Today, today_of
from core.coach.learned import before_today
from core.coach.noticing import after_lift, after_session
from core.coach.outlook import outlook
from core.coach.safeties import ask_once, needs_them
from core.coach.turn import Turn
from core.expectation import with_today
from core.facts import BlockOver, Fact, LiftOver, PlannedSets, SessionOver, SessionToday, ThenLift
from core.learning import estimate
from core.model import Exercise, Kind, LoggedSet, Role, SetEntry, Target, from_kg
from core.program.amraps import SHORT_RPE
from core.program.blocks import BLOCK_WEEKS, ends_block
from core.program.calendar import Position, SessionDone, advanced, next_day, next_session
from core.program.day_exposures import past_of
from core.program.exposures import hours_repeated
from core.program.hit_rest import EXERCISE_HOURS, too_soon
from core.program.order import as_done, order_notes
from core.program.places import Place, places, session_now
from core.program.recovery import recovering
from core.program.review import is_lighter
from core.program.values import Style
from core.situation import Situation
from core.store import sets
from core.targets import is_amrap_due, next_planned


async def session_today(turn: Turn) -> list[Fact] | None:
    """Today's session with its loads; None without a plan."""
    now = await today_of(turn)
    session = None if now is None else session_now(now.course, now.plan, now.day)
    if now is None or session is None:
        return None
    ours = places(now.course, now.plan, session, now.day, now.programme.exercises)
    done = await sets.on_day(turn.conn, turn.athlete.id, now.day)
    lifts = tuple([await _planned(turn, now, place, done) for place in ours])
    position = now.course.position
    hit = now.plan.style is Style.HIT
    said = SessionToday(session.name, position.week, position.deload is not None, lifts, now.plan.style)
    if any(one.done for one in lifts):
        return [said]
    planned, before = [place.exercise for place in ours], await _of_last_days(turn)
    soon = turn.message.sent_at + NEARLY
    if hit:
        return [replace(said, too_soon=too_soon(planned, before, soon))]
    fails = any(place.amrap and place.week > BLOCK_WEEKS and needs_them(place.exercise) for place in ours)
    asked = await ask_once(turn) if fails else []
    tired = recovering(planned, before, soon, await _repeated(turn, planned, now))
    return [replace(said, recovering=tired), *asked]


async def _repeated(turn: Turn, planned: Sequence[Exercise], now: Today) -> dict[str, float]:
    """The hours after which lifts have repeated a hard session before."""
    known = await before_today(turn.conn, turn.athlete.id, turn.exercise, (), now.day)
    past = {} if known is None else known.exposures
    hours = {lift.id: hours_repeated(past_of(past, lift)) for lift in planned}
    return {lift: found for lift, found in hours.items() if found is not None}


async def _of_last_days(turn: Turn) -> list[tuple[Exercise, LoggedSet]]:
    """The sets of as many days as recovery looks back."""
    today = await turn.training_day()
    since = today - timedelta(days=math.ceil(EXERCISE_HOURS / 24) + 1)
    found, _ = await sets.of_days(turn.conn, turn.athlete.id, since, today + timedelta(days=1), MOST_SETS)
    return [(await turn.exercise(one.exercise_id), one) for _, each in found for one in each]


MOST_SETS = 500
NEARLY = timedelta(hours=6)
"""What is ready so soon is not held against a session (own choice): days begin at different hours."""


async def _planned(turn: Turn, now: Today, place: Place, done: Sequence[LoggedSet]) -> PlannedSets:
    found = await outlook(turn, await turn.exercise(place.exercise.id), now.day)
    work = _work_of(place, done)
    target = found.target if work < place.asked.sets else None
    of = place.asked
    reps = of.reps_low, of.reps_high
    ends = is_amrap_due(found.situation)
    return PlannedSets(
        found.situation.exercise, of.sets, reps, of.efforts[-1], work, target, found.plain, ends
    )


def _work_of(place: Place, done: Sequence[LoggedSet]) -> int:
    return sum(one.exercise_id == place.exercise.id and one.done.kind is not Kind.WARMUP for one in done)


async def follows(turn: Turn, exercise_id: str) -> list[Fact]:
    """What today's session goes on with after a lift; that it is over, where that was the last."""
    now = await today_of(turn)
    session = None if now is None else session_now(now.course, now.plan, now.day)
    if now is None or session is None:
        return await after_lift(turn, exercise_id)
    ours = places(now.course, now.plan, session, now.day, now.programme.exercises)
    ours_now = next((place for place in ours if place.exercise.id == exercise_id), None)
    if ours_now is None:
        return []
    seen = await after_set(turn, now, ours_now) if ours_now.style is Style.HIT else []
    done = await sets.on_day(turn.conn, turn.athlete.id, now.day)
    at = ours.index(ours_now)
    for place in (*ours[at:], *ours[:at]):  # what was passed over comes at the end
        waiting = await _planned(turn, now, place, done) if _work_of(place, done) < place.asked.sets else None
        if waiting is not None and not is_stopped(waiting.target):
            return seen if place is ours_now else [ThenLift(waiting), *seen]
    position = advanced(now.course.position, SessionDone(now.day))
    later = replace(now.course, position=position)
    work = sum(_work_of(place, done) for place in ours)
    name = next_session(later.position, now.plan.schedule)
    lifts = [(await turn.exercise(one.exercise_id), one.done) for one in done]
    notes = order_notes(as_done(lifts))
    over = SessionOver(session.name, work, name, next_day(position, now.plan.schedule, now.day), notes)
    review = await _block_over(turn, now, position, done)
    seen = seen or ([] if review else await after_session(turn, now, ours, done))
    return [over, *review, *seen]


def is_stopped(target: Target | None) -> bool:
    """Whether a lift rests today because it hurts."""
    return target is not None and any(reason.code == "pain_stop" for reason in target.reasons)


async def _block_over(turn: Turn, now: Today, after: Position, done: Sequence[LoggedSet]) -> list[BlockOver]:
    """The review of a block, where today's session was its last."""
    week = now.course.position.week
    if (
        not now.plan.style.has_weeks
        or now.course.position.deload is not None
        or not ends_block(week)
        or after.week == week
    ):
        return []
    anchors: list[LiftOver] = []
    for session in now.plan.sessions:
        for place in places(now.course, now.plan, session, now.day, now.programme.exercises):
            known = {one.exercise.id for one in anchors}
            if place.role is Role.ANCHOR and place.exercise.id not in known:
                anchors.append(await _lift_over(turn, now, place, done))
    return [BlockOver(week, is_lighter(week, after.week), after.deload is not None, tuple(anchors))]


async def _lift_over(turn: Turn, now: Today, place: Place, done: Sequence[LoggedSet]) -> LiftOver:
    found = await outlook(turn, await turn.exercise(place.exercise.id), now.day)
    recent = (*found.situation.history, *found.situation.session)
    since = now.day - timedelta(days=BLOCK_REACH)
    amraps = [one.done.reps for one in recent if one.done.kind is Kind.AMRAP and one.day >= since]
    lift = now.course.lifts.get(place.exercise.id)
    began = None if lift is None or lift.began_kg is None else from_kg(lift.began_kg, turn.athlete.unit)
    return LiftOver(
        found.situation.exercise,
        amraps[-1] if amraps else None,
        next_planned(found.situation),
        began,
        _max_now(found.situation),
        turn.athlete.unit,
    )


def _max_now(s: Situation) -> float | None:
    """The maximum as it is known with today's sets, in the athlete's unit."""
    learned = with_today(s).learned
    found = None if learned is None else estimate(learned.lift, s.today.toordinal())
    return None if found is None else from_kg(found.value, s.unit)


BLOCK_REACH = 14
"""An AMRAP of so many days is of the block that ends (own choice)."""


async def as_asked(turn: Turn, exercise_id: str, done: SetEntry, beside: Sequence[LoggedSet]) -> SetEntry:
    """A set as the plan has it: the last of a lift that ends its block is an AMRAP, though nobody types the word.

    `beside` are the sets of the same message before it.
    """
    if done.kind is not Kind.WORK or done.reps is None or done.failure is not None:
        return done
    now = await today_of(turn)
    place = None if now is None else now.of(exercise_id)
    if now is None or place is None or not place.amrap or done.pain is not None or beside:
        return done
    found = await outlook(turn, await turn.exercise(exercise_id), now.day, apart_from=turn.message.id)
    reasons = () if found.target is None else found.target.reasons
    asked = next((one for one in reasons if one.code == "amrap_now"), None)
    rpe = None if done.rpe == found.situation.flat_rpe else done.rpe  # who says it of every set says nothing
    if asked is None or (rpe is not None and rpe < SHORT_RPE):
        return done
    short = SHORT_RPE if asked.facts["short"] else None
    return replace(done, kind=Kind.AMRAP, rpe=short if rpe is None else rpe)
