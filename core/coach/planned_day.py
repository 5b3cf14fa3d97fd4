"""Today's session of a plan: its lifts with their targets, what comes after a lift, and when it is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from core import open_sets
from core.coach.hit_noticing import after_set
from core.coach.in_plan import Today, today_of
from core.coach.learned import before_today
from core.coach.noticing import after_lift, after_session
from core.coach.outlook import outlook
from core.coach.plan_life import NEARLY, next_up, of_last_days, standing_after
from core.coach.safeties import ask_once, needs_them
from core.coach.turn import Turn
from core.coach.week_turns import week_turned
from core.effort import SHORT_RPE
from core.expectation import with_today
from core.facts import BlockOver, Fact, LiftOver, Noticed, PlannedSets, SessionOver, SessionToday, ThenLift
from core.learning import estimate
from core.model import Exercise, Kind, LoggedSet, Role, SetEntry, Target, from_kg
from core.program.after_day import over, session_of
from core.program.blocks import BLOCK_WEEKS, ends_block
from core.program.calendar import Position, block_number
from core.program.day_exposures import past_of
from core.program.demands import asks_rest_pause
from core.program.exposures import hours_repeated
from core.program.hit import Progress
from core.program.hit_rest import too_soon
from core.program.order import as_done, order_notes
from core.program.places import Place, places
from core.program.recovery import recovering
from core.program.review import is_lighter
from core.program.values import PlannedSession, Style
from core.situation import Situation
from core.store import sets
from core.targets import is_amrap_due, next_planned


async def session_today(turn: Turn, *, asks: bool = True, turns: bool = True) -> list[Fact] | None:
    """Today's session with its loads; None without a plan. `asks`: it may end in a question. `turns`: what the calendar did by
    itself is said with it, and not again."""
    now = await today_of(turn)
    done = [] if now is None else await sets.on_day(turn.conn, turn.athlete.id, now.day)
    session = None if now is None else _session(now, done)
    if now is None or session is None:
        return None
    ours = _wanted(now, places(now.course, now.plan, session, now.day, now.programme.exercises), done)
    lifts = tuple([await _planned(turn, now, place, done) for place in ours])
    position = now.course.position
    hit = now.plan.style is Style.HIT
    said = SessionToday(session.name, position.week, position.deload is not None, lifts, now.plan.style)
    if any(one.done for one in lifts):
        return [said]
    if turns:
        said = replace(said, turned=next(iter(await week_turned(turn, now)), None))
    planned, before = [place.exercise for place in ours], await of_last_days(turn)
    soon = turn.message.sent_at + NEARLY
    if hit:
        return [replace(said, too_soon=too_soon(planned, before, soon))]
    fails = any(place.amrap and place.week > BLOCK_WEEKS and needs_them(place.exercise) for place in ours)
    asked = await ask_once(turn) if fails and asks else []
    tired = recovering(planned, before, soon, await _repeated(turn, planned, now))
    return [replace(said, recovering=tired, asks=bool(asked)), *asked]


async def _repeated(turn: Turn, planned: Sequence[Exercise], now: Today) -> dict[str, float]:
    """The hours after which lifts have repeated a hard session before."""
    known = await before_today(turn.conn, turn.athlete.id, turn.exercise, (), now.day)
    past = {} if known is None else known.exposures
    hours = {lift.id: hours_repeated(past_of(past, lift)) for lift in planned}
    return {lift: found for lift, found in hours.items() if found is not None}


async def _planned(turn: Turn, now: Today, place: Place, done: Sequence[LoggedSet]) -> PlannedSets:
    found = await outlook(turn, await turn.exercise(place.exercise.id), now.day)
    work = _work_of(place, done)
    waits = work < place.asked.sets and not now.programme.is_rest_left(now.day)
    target = found.target if waits else None
    of = place.asked
    reps = of.reps_low, of.reps_high
    ends = is_amrap_due(found.situation)
    return PlannedSets(
        found.situation.exercise,
        work if now.programme.is_rest_left(now.day) else of.sets,
        reps,
        of.efforts[-1],
        work,
        target,
        found.plain,
        ends,
        of.rest_s,
        place.lift.superset,
        asks_rest_pause(place, easy=now.day in now.programme.easy),
        of.hold.seconds,
    )


async def planned_sets(turn: Turn, exercise_id: str) -> PlannedSets | None:
    """A lift as today's session has it, with what is done of it; None where it is not of it."""
    now = await today_of(turn)
    done = [] if now is None else await sets.on_day(turn.conn, turn.athlete.id, now.day)
    session = None if now is None else _session(now, done)
    if now is None or session is None:
        return None
    ours = places(now.course, now.plan, session, now.day, now.programme.exercises)
    found = next((place for place in ours if place.exercise.id == exercise_id), None)
    return None if found is None else await _planned(turn, now, found, done)


def _work_of(place: Place, done: Sequence[LoggedSet]) -> int:
    return sum(one.exercise_id == place.exercise.id and one.done.kind is not Kind.WARMUP for one in done)


async def follows(turn: Turn, exercise_id: str) -> list[Fact]:
    """What today's session goes on with after a lift; that it is over, where that was the last."""
    now = await today_of(turn)
    done = [] if now is None else await sets.on_day(turn.conn, turn.athlete.id, now.day)
    session = None if now is None else _session(now, done)
    if now is None or session is None:
        return await after_lift(turn, exercise_id)
    ours = places(now.course, now.plan, session, now.day, now.programme.exercises)
    ours_now = next((place for place in ours if place.exercise.id == exercise_id), None)
    if ours_now is None:
        return []
    seen = await after_set(turn, now, ours_now) if ours_now.style is Style.HIT else []
    better = [one for one in seen if isinstance(one, Noticed) and isinstance(one.what, Progress)]
    seen = [one for one in seen if one not in better]
    at = ours.index(ours_now)
    left = () if now.programme.is_rest_left(now.day) else (*ours[at:], *ours[:at])
    for place in left:  # what was passed over comes at the end
        waiting = await _planned(turn, now, place, done) if _work_of(place, done) < place.asked.sets else None
        if waiting is not None and not is_stopped(waiting.target):
            return [*better, *([] if place is ours_now else [ThenLift(waiting)]), *seen]
    later = over(now.course, now.plan, now.day, session)
    found = await next_up(turn, standing_after(now, later))
    work = sum(_work_of(place, done) for place in ours)
    lifts = [(await turn.exercise(one.exercise_id), one.done) for one in done]
    notes = order_notes(as_done(lifts))
    name, day = (None, now.day) if found is None else (found.name, found.day)
    ends = SessionOver(session.name, work, name, day, notes, None if found is None else found.waits)
    review = await _block_over(turn, now, later.position, done)
    seen = seen or ([] if review else await after_session(turn, now, ours, done))
    told = review if not _was_over(ours, done, turn.message.id) else []  # a set more ends no block again
    return [*better, ends, *told, *seen]


def _session(now: Today, done: Sequence[LoggedSet]) -> PlannedSession | None:
    """Today's session: the one that is next, or the one that was begun in its place."""
    ids = {one.exercise_id for one in done if one.done.kind is not Kind.WARMUP}
    return session_of(now.course, now.plan, now.day, ids)


def _wanted(now: Today, ours: Sequence[Place], done: Sequence[LoggedSet]) -> tuple[Place, ...]:
    """The lifts of today's session; only those that were done where the rest was left out."""
    if not now.programme.is_rest_left(now.day):
        return tuple(ours)
    return tuple([place for place in ours if _work_of(place, done)])


def _was_over(ours: Sequence[Place], done: Sequence[LoggedSet], message_id: str) -> bool:
    """Whether a session that is over was so before the sets of this message. A lift that has fewer than it was asked for
    rests because it hurts: since this message, where that has sets of it."""
    before = [one for one in done if one.message_id != message_id]
    return all(
        _work_of(place, before) >= place.asked.sets
        or _work_of(place, before) == _work_of(place, done) < place.asked.sets
        for place in ours
    )


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
    lift = now.course.lifts.get(place.exercise.id)
    if lift is None or lift.measured != block_number(now.course.position):
        since = now.day  # none of this block's before today
    amraps = [one.done.reps for one in recent if one.done.kind is Kind.AMRAP and one.day >= since]
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


def _may_be_open(now: Today, place: Place) -> bool:
    """Whether a set of the lift may be left open today: where its last session told nothing of its effort."""
    known = now.course.lifts.get(place.exercise.id)
    return place.role is Role.ANCHOR and known is not None and known.unrated > 0


async def as_asked(turn: Turn, exercise_id: str, done: SetEntry, beside: Sequence[LoggedSet]) -> SetEntry:
    """A set as the plan has it: the last of a lift that ends its block is an AMRAP, though nobody types the word, and one that
    was left open stopped where it was asked to.

    `beside` are the sets of the same message before it.
    """
    if done.kind is not Kind.WORK or done.reps is None or done.failure is not None:
        return done
    now = await today_of(turn)
    place = None if now is None else now.of(exercise_id)
    if now is None or place is None or done.pain is not None or beside:
        return done
    if not place.amrap and not _may_be_open(now, place):
        return done
    found = await outlook(turn, await turn.exercise(exercise_id), now.day, apart_from=turn.message.id)
    reasons = () if found.target is None else found.target.reasons
    if found.target is not None and any(one.code == "open_set" for one in reasons):
        before = found.situation.session[-1].done
        is_it = open_sets.is_answer(done, found.target, before)
        return open_sets.taken(done, found.situation.flat_rpe) if is_it else done
    asked = next((one for one in reasons if one.code == "amrap_now"), None)
    rpe = None if done.rpe == found.situation.flat_rpe else done.rpe  # who says it of every set says nothing
    if asked is None or (rpe is not None and rpe < SHORT_RPE):
        return done
    short = SHORT_RPE if asked.facts["short"] else None
    return replace(done, kind=Kind.AMRAP, rpe=short if rpe is None else rpe)
