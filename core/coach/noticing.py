"""What is noticed when a session is over: a signal, or that a deload could help. Said in private, and once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from core.coach import asking, plan_life, said_once
from core.coach.choosing import one_line
from core.coach.courses import easy_days
from core.coach.hit_noticing import ENDING
from core.coach.in_plan import Today, today_of
from core.coach.learned import Before, before_today, body_weight
from core.coach.outlook import outlook
from core.coach.recovery_told import poor_days
from core.coach.turn import CARRY, Turn
from core.coach.week_turns import BEGINS
from core.effort import FAILURE_RPE, WITHOUT_PLAN
from core.facts import Fact, Noted, Notice, Noticed
from core.learning import Lift
from core.limits import RAISES
from core.model import Kind, LoggedSet, Role
from core.program.blocks import block_of
from core.program.day_exposures import exposed, last_hurt, past_of, places_on, tried
from core.program.deload import RECENT_DAYS, DeloadOffer, deload_offer
from core.program.exposures import Exposure, ratings
from core.program.lift_signals import LiftDone, beaten, fitting, signals, to_say
from core.program.lowered import hurt_on, lowered, was_away
from core.program.places import Place
from core.program.signals import Signal, Verdict
from core.program.values import Style
from core.store import questions, sets
from core.store.questions import Question

OFFER: Final = "deload_offer"
"""The question in which a deload is offered, and the key by which that is remembered."""

OFFERED: Final = timedelta(days=2)
"""So long an offer can be taken (own choice)."""

TO_FAILURE: Final = (Style.HIT, Style.FAILURE)
"""Styles that ask for failure: nobody is told to leave more in reserve in them, nor to go closer."""


async def after_session(
    turn: Turn, now: Today, ours: Sequence[Place], done: Sequence[LoggedSet]
) -> list[Fact]:
    """What a session of a plan shows that is over: the offer of a deload, or else a signal."""
    if not _may_notice(turn, done) or now.course.position.deload is not None or now.day in now.programme.easy:
        return []
    judged = {place.exercise.id: place for place in ours if place.style not in TO_FAILURE}
    for name in lowered(now.course, now.plan, now.day, judged):
        del judged[name]
    before = await _before(turn, tuple(judged), now.day)
    if before is None:
        return []
    found = await _lifts(turn, before, judged, done)
    offered = await _offered(turn, now, before, found) if now.plan.style.has_weeks else []
    return offered or await _signal(turn, found, said_once.block_now(now), now.day)


async def after_lift(turn: Turn, exercise_id: str) -> list[Fact]:
    """What a lift shows that is done for today, without a plan."""
    day = await turn.training_day()
    if not turn.private or day in easy_days(await turn.preferences()):
        return []
    done = await sets.on_day(turn.conn, turn.athlete.id, day)
    before = await _before(turn, [exercise_id], day) if _may_notice(turn, done) else None
    if before is None:
        return []
    return await _signal(turn, await _lifts(turn, before, {exercise_id: None}, done), "", day)


def _may_notice(turn: Turn, done: Sequence[LoggedSet]) -> bool:
    """Whether anything is noticed: not before others, not where pain or symptoms have the word."""
    hurts = any(one.done.pain is not None and one.done.pain.level != 0 for one in done)
    return turn.private and turn.athlete.hold_since is None and not hurts


async def _before(turn: Turn, exercise_ids: Sequence[str], day: date) -> Before | None:
    return await before_today(turn.conn, turn.athlete.id, turn.exercise, exercise_ids, day)


async def _lifts(
    turn: Turn, before: Before, lifts: Mapping[str, Place | None], done: Sequence[LoggedSet]
) -> list[LiftDone]:
    """Today's lifts, in the order in which `before` was asked for them, beside what was expected of them."""
    found = []
    for known, (exercise_id, place) in zip(before.lifts, lifts.items(), strict=True):
        exercise = await turn.exercise(exercise_id)
        ours = [one for one in done if one.exercise_id == exercise_id]
        if not ours or _is_light(before, exercise_id, known, place, ours):
            continue
        weight = await body_weight(turn.conn, turn.athlete.id, exercise, ours[0].day)
        now = exposed(exercise, place, ours, (before.habits, known), weight)
        if now is None:
            continue
        work = tried(exercise, place, ours, weight)
        block = block_of(place.week) if place is not None and place.style.has_weeks else None
        told = any(one.done.kind is Kind.AMRAP for one in ours)
        best = beaten(exercise, before.habits, known, work, ours[0].day, told=told)
        role = exercise.role if place is None else place.role
        capped = WITHOUT_PLAN[role].last_cap < FAILURE_RPE
        past, rated = past_of(before.exposures, exercise), ratings(before.habits, work)
        found.append(LiftDone(past, now, rated, best, block, capped))
    return found


def _is_light(
    before: Before, exercise_id: str, known: Lift, place: Place | None, ours: Sequence[LoggedSet]
) -> bool:
    """Whether a lift's load was lowered for pain of late or, where no plan asks for it, after days away."""
    day = ours[0].day
    if hurt_on(last_hurt(before.exposures, exercise_id), ours, day) is not None:
        return True
    return (place is None or not place.style.has_weeks) and was_away(known, day)


async def _signal(turn: Turn, found: Sequence[LiftDone], block: str, day: date) -> list[Fact]:
    """The one signal that is said of a session; none where something was said today, but that a block begins."""
    known = await turn.preferences()
    said = said_once.kept(known)
    if any(one.day == day and one.key != BEGINS for one in said):
        return []
    poor = poor_days(known)
    seen = [one for lift in found for one in signals(lift, poor)]
    hard = {one.lift.id for one in seen if one.lift is not None and one.verdict is Verdict.TOO_HARD}
    raised = [
        one.now.lift.id for one in found if one.now.lift.id in hard and await _goes_up(turn, one.now, day)
    ]
    first = to_say(fitting(seen, raised), said_once.still_counts(said, block, day))
    if first is None:
        return []
    await said_once.remember(turn, first.key, day, block)
    return [Noticed(first)]


async def _goes_up(turn: Turn, now: Exposure, day: date) -> bool:
    """Whether the lift's next session was just said to be more than today's."""
    target = (await outlook(turn, now.lift, day)).target
    if target is None or not any(one.code in RAISES for one in target.reasons):
        return False
    return target.load is None or now.load is None or target.load >= now.load


def agreeing(facts: Sequence[Fact]) -> list[Fact]:
    """The facts of a reply, where a lift that was pushed too hard is not said to have more in it: its next load is less than
    today's, if not by as much as this day alone would have it."""
    hard = {
        fact.what.lift.id
        for fact in facts
        if isinstance(fact, Noticed) and isinstance(fact.what, Signal)
        if fact.what.verdict is Verdict.TOO_HARD and fact.what.lift is not None
    }
    return [
        _without_raise(one) if isinstance(one, Noted) and one.exercise.id in hard else one for one in facts
    ]


def _without_raise(fact: Noted) -> Noted:
    if fact.target is None:
        return fact
    kept = tuple(one for one in fact.target.reasons if one.code not in RAISES)
    return replace(fact, target=replace(fact.target, reasons=kept))


# Deload ----------------------------------------------------------------------------------------------------------


async def _offered(turn: Turn, now: Today, before: Before, found: Sequence[LiftDone]) -> list[Fact]:
    """The offer of a deload, where two signs stand together and none was offered lately."""
    known = await turn.preferences()
    asked_on = said_once.said_on(said_once.kept(known), OFFER)
    if asked_on is not None and now.day - asked_on <= timedelta(days=RECENT_DAYS):
        return []
    at = turn.message.sent_at.astimezone(turn.zone)
    anchors = _anchors(now, before, found)
    offer = deload_offer(anchors, at, poor_recovery=poor_days(known), since=_since(now))
    if offer is None:
        return []
    await said_once.remember(turn, OFFER, now.day)
    return [await _put(turn, offer)]


def _anchors(now: Today, before: Before, found: Sequence[LiftDone]) -> list[tuple[Exposure, ...]]:
    """The exposures of all anchors of the plan, those that were not of today's session too."""
    today = {one.now.lift.id: (one.now,) for one in found}
    asked = places_on(now.course, now.plan, now.day, now.programme.exercises)
    anchors = [one.exercise for one in asked.values() if one.role is Role.ANCHOR]
    return [(*past_of(before.exposures, lift), *today.get(lift.id, ())) for lift in anchors]


def _since(now: Today) -> date | None:
    """The day of the last deload or of its refusal; after week 12 the day before the cycle began."""
    events = now.programme.events
    given = [one.day for one in events if one.what in ("deload", "no_deload") and one.day <= now.day]
    position = now.course.position
    if position.cycle > 1 and position.week == 1:
        given.append((position.begun or now.day) - timedelta(days=1))
    return max(given, default=None)


async def _put(turn: Turn, offer: DeloadOffer) -> Fact:
    choices = (asking.packed("yes", (), word="deload_yes"), asking.packed("no", (), word="deload_no"))
    signs, lifts = [str(one) for one in offer.signs], [one.id for one in offer.lifts]
    return await asking.put(turn, OFFER, "", choices, signs=signs, seen=lifts)


def is_over(turn: Turn, question: Question) -> bool:
    """Whether a question about what was noticed is too old to be answered."""
    longest = {OFFER: OFFERED, ENDING: CARRY}.get(question.code)
    return longest is not None and turn.now - question.asked_at > longest


async def answered(turn: Turn, *, takes: bool) -> list[Fact]:
    """The answer to the offer. Today's session stays what it was: the easy week begins after it."""
    now = await today_of(turn)
    if now is None or not now.plan.style.has_weeks:
        return await plan_life.deload(turn, "" if takes else "no")
    trained = bool(await sets.on_day(turn.conn, turn.athlete.id, now.day))
    await plan_life.event(
        turn, "deload" if takes else "no_deload", {}, now.day + timedelta(days=takes and trained)
    )
    return [Noticed(Notice.DELOAD_TAKEN if takes else Notice.DELOAD_DECLINED)]


async def deload(turn: Turn, words: str) -> list[Fact]:
    """/deload: an offer that is open is answered by it."""
    for question in await turn.open_questions():
        if question.code == OFFER and not is_over(turn, question):
            takes = one_line(words).lower().rstrip(".!") not in plan_life.DECLINED
            if takes and words.strip():
                break  # another day was named, or something that is not understood
            await questions.answer(turn.conn, question.id, "yes" if takes else "no", turn.now)
            return await answered(turn, takes=takes)
    return await plan_life.deload(turn, words)
