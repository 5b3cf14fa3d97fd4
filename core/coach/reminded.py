"""What is said when something is due: decided from the log as it stands then, or nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from core.coach import asking, digests, plan_life
from core.coach.in_plan import Today, today_of
from core.coach.outlook import outlook
from core.coach.planned_day import planned_sets, session_today
from core.coach.recovery_told import is_ill
from core.coach.reminding import HOME, OF_PLAN, begun_on, chosen, keep, lacking, planned, said_of, when_of
from core.coach.turn import Turn
from core.facts import Asked, Digest, Fact, RestOver, SessionAhead, SessionClosed, SessionMissed, SessionToday
from core.model import Kind as SetKind
from core.program.after_day import is_trained, over, session_of
from core.program.coming import coming
from core.program.places import places, session_now
from core.reminders import rules
from core.reminders.moments import after_quiet, instant
from core.reminders.rules import A_DAY, CLOSES, MOST_MISSED, REST_GOOD, Kind, is_late
from core.reminders.settings import Reminding
from core.store import questions, reminders, sets
from core.store.questions import Question as Stored
from core.store.reminders import Due, held_until
from core.targets import prescribes

SESSION: Final = "remind_session"
MISSED_ASKED: Final = "remind_missed"
QUESTIONS: Final = (SESSION, MISSED_ASKED)
ANSWERED_FOR: Final = timedelta(hours=20)
"""So long a reminder's buttons do what they say (own choice)."""


async def said(turn: Turn, due: Due) -> list[Fact]:
    """What is said of something that is due, and claimed; what is due next of its kind is arranged."""
    settings = await chosen(turn)
    if await _waits(turn, due, settings):
        return []
    facts = await _SAID[Kind(due.kind)](turn, due, settings)
    await _again(turn, due, settings, facts)
    return facts


async def _waits(turn: Turn, due: Due, settings: Reminding) -> bool:
    """Whether something comes so late that it is quiet by now: then it waits until that is over, and may be stale by then."""
    later = after_quiet(turn.now, settings.quiet, turn.zone)
    if Kind(due.kind) is Kind.REST or not is_late(due.at, turn.now) or later <= turn.now:
        return False
    await reminders.arm(turn.conn, held_until(due, later))
    return True


def good_until(turn: Turn, due: Due, facts: Sequence[Fact]) -> datetime:
    """Until when what was said just now is worth sending. What says `tomorrow` is so until the day ends."""
    match Kind(due.kind):
        case Kind.SESSION | Kind.EVE as kind:
            ahead = next(fact for fact in facts if isinstance(fact, SessionAhead))
            until = rules.eve_until if kind is Kind.EVE else rules.session_until
            ends = instant(ahead.today + A_DAY, time(0), turn.zone)
            return min(ends, until(ahead.day, ahead.at, turn.zone))
        case Kind.MISSED:
            return rules.missed_good_until(_day(due), turn.zone)
        case Kind.REST:
            return due.at + REST_GOOD
    return due.at + A_DAY


def belated(facts: Sequence[Fact]) -> list[Fact]:
    """The same where it goes out late."""
    kinds = SessionAhead | SessionClosed | SessionMissed | Digest
    return [replace(fact, late=True) if isinstance(fact, kinds) else fact for fact in facts]


async def _again(turn: Turn, due: Due, settings: Reminding, facts: Sequence[Fact]) -> None:
    """The next one of the kind, and what was said by now."""
    kind, known = Kind(due.kind), said_of(await turn.preferences())
    if kind is Kind.DIGEST:
        if facts or turn.now - due.at < A_DAY:  # of a week without sets it was looked too
            await keep(turn, replace(known, reviewed=_day(due), reviewed_at=turn.now))
        await _next_digest(turn, due, settings, said_it=bool(facts))
    if kind not in OF_PLAN:
        return
    if facts and kind is Kind.SESSION:
        known = replace(known, told=_day(due))
    if facts and kind is Kind.MISSED:
        known = replace(known, missed=known.missed + 1, asked=_day(due))
    await keep(turn, known)
    if known.missed >= MOST_MISSED:
        await reminders.disarm(turn.conn, turn.athlete.id, [*Kind])
        await turn.remember(HOME, None)  # their next message arranges all anew
        return
    of = await today_of(turn)
    if of is None or not settings.on:
        return
    found = await planned(turn, of, settings, due.at)
    # A session that did not come can hand its all-out sets on to the next.
    hands_on = kind is Kind.MISSED and not await begun_on(turn, _day(due))
    for one in (kind, Kind.EVE) if hands_on else (kind,):
        moment = found[one]
        if moment is not None:
            await reminders.arm(turn.conn, replace(due, kind=one, at=moment[0], about=moment[1]))


async def _next_digest(turn: Turn, due: Due, settings: Reminding, *, said_it: bool) -> None:
    # Where nobody served for longer than a week, the last one is worth saying yet.
    after = max(due.at, turn.now - A_DAY)
    following = rules.digest_at(settings, turn.zone, after, said_of(await turn.preferences()).reviewed)
    if following is None:
        return
    if said_it or await digests.trained_lately(turn):
        about: dict[str, object] = {"day": following[0].isoformat()}
        await reminders.arm(turn.conn, replace(due, at=following[1], about=about))
    else:
        await turn.remember(HOME, None)


def on_day(turn: Turn, day: date) -> Turn:
    """The turn as if it were that day at noon."""
    at = max(turn.now, instant(day, time(12), turn.zone))
    return replace(turn, message=replace(turn.message, sent_at=at), programme=(), _last=[])


# Sessions --------------------------------------------------------------------------------------------------------


async def _session(turn: Turn, due: Due, settings: Reminding) -> list[Fact]:
    day = _day(due)
    found = await _ahead(turn, day, settings)
    if found is None or turn.now >= rules.session_good_until(found[0], day):
        return []
    when, session, _ = found
    today = turn.local_day(turn.now)
    ahead = SessionAhead(session, day, when.time_on(day), today, late=is_late(due.at, turn.now))
    choices = ("start", "tomorrow", "skip") if day == today else ("skip",)
    return [ahead, await _ask(turn, SESSION, choices, day)]


async def _eve(turn: Turn, due: Due, settings: Reminding) -> list[Fact]:
    day = _day(due)
    found = await _ahead(turn, day, settings, asks=True)
    if found is None or turn.now >= rules.eve_good_until(found[0], day):
        return []
    when, session, asked = found
    if not any(one.all_out for one in session.lifts):
        return []
    late, today = is_late(due.at, turn.now), turn.local_day(turn.now)
    return [SessionAhead(session, day, when.time_on(day), today, eve=True, late=late), *asked]


async def _ahead(
    turn: Turn, day: date, settings: Reminding, *, asks: bool = False
) -> tuple[rules.When, SessionToday, list[Asked]] | None:
    """The session of a day, where it is still to come then and nothing of it was done, and what is asked about it."""
    then = on_day(turn, day) if day != turn.local_day(turn.now) else turn
    of = await today_of(then)
    if of is None or turn.athlete.hold_since is not None or await begun_on(turn, day):
        return None
    when = await when_of(then, of, settings)
    if next(when.training_days(turn.local_day(turn.now)), None) != day:
        return None
    facts = await session_today(then, asks=asks, turns=not asks) or []
    session = next((fact for fact in facts if isinstance(fact, SessionToday)), None)
    asked = [fact for fact in facts if isinstance(fact, Asked)]
    return None if session is None else (when, session, asked)


async def _missed(turn: Turn, due: Due, settings: Reminding) -> list[Fact]:
    day = _day(due)
    if turn.now >= rules.missed_good_until(day, turn.zone) or turn.athlete.hold_since is not None:
        return []
    of = await today_of(turn)
    if of is None or await begun_on(turn, day) or await begun_on(turn, turn.local_day(turn.now)):
        return []
    newest = await sets.last(turn.conn, turn.athlete.id)
    if is_ill(await turn.preferences(), day, None if newest is None else newest.day):
        return []
    when, session = await when_of(turn, of, settings), session_now(of.course, of.plan, of.day)
    if session is None or next(when.training_days(day), None) != day:
        return []
    silent = said_of(await turn.preferences()).missed + 1 >= MOST_MISSED
    said_so = SessionMissed(session.name, day, silent, is_late(due.at, turn.now))
    if silent:
        return [said_so]
    rests = ("rest_week",) if of.plan.style.has_weeks else ()
    return [said_so, await _ask(turn, MISSED_ASKED, ("today", "tomorrow", "skip", *rests), day)]


async def _open(turn: Turn, due: Due, settings: Reminding) -> list[Fact]:
    """A session that was left open is closed, unless it goes on."""
    day = _day(due)
    done = await sets.on_day(turn.conn, turn.athlete.id, day)
    last = max((one.performed_at for one in done), default=None)
    if last is None:
        return []
    if turn.now - last < CLOSES:
        again = rules.open_at(last, settings, turn.zone)
        await reminders.arm(turn.conn, replace(due, at=again))
        return []
    then = replace(turn, message=replace(turn.message, sent_at=last), programme=(), _last=[])
    of = await today_of(then)
    if of is None or of.day != day or turn.now - due.at >= A_DAY:
        return []
    ids = [one.exercise_id for one in done if one.done.kind is not SetKind.WARMUP]
    left, session = lacking(of, ids), session_of(of.course, of.plan, day, set(ids))
    if session is None or not left or not set(ids) & {one.exercise for one in session.lifts}:
        return []
    return [await _closed(turn, of, ids, left, is_late(due.at, turn.now))]


async def _closed(turn: Turn, of: Today, ids: list[str], left: list[str], late: bool) -> SessionClosed:
    session = session_of(of.course, of.plan, of.day, set(ids))
    assert session is not None
    asked = places(of.course, of.plan, session, of.day, of.programme.exercises)
    work = sum(min(ids.count(one.exercise.id), one.asked.sets) for one in asked)
    counts = is_trained(session, ids)
    after = over(of.course, of.plan, of.day, session) if counts else of.course
    following = coming(after.position, of.plan.schedule, of.day + A_DAY)
    missing = tuple([await turn.exercise(one) for one in left if one not in ids])
    return SessionClosed(
        session.name,
        work,
        sum(one.asked.sets for one in asked),
        missing,
        counts,
        None if following is None else following.name,
        of.day if following is None else following.day,
        late,
        None if following is None else following.waits,
    )


def _day(due: Due) -> date:
    return date.fromisoformat(str(due.about["day"]))


# Week and rest ---------------------------------------------------------------------------------------------------


async def _digest(turn: Turn, due: Due, settings: Reminding) -> list[Fact]:
    if turn.now - due.at >= A_DAY:
        return []
    then = turn
    if turn.local_day(due.at) != turn.local_day(turn.now):  # told late, it is of the same seven days
        then = replace(turn, message=replace(turn.message, sent_at=due.at), programme=(), _last=[])
    known = said_of(await turn.preferences())
    found = await digests.of_week(then, (known.reviewed, known.reviewed_at), late=is_late(due.at, turn.now))
    return [] if found is None else [found]


async def _rest(turn: Turn, due: Due, settings: Reminding) -> list[Fact]:
    if turn.now - due.at >= REST_GOOD or not settings.rest or turn.athlete.hold_since is not None:
        return []
    exercise = await turn.exercise(str(due.about["lift"]))
    found = await outlook(turn, exercise, await turn.training_day())
    target = found.target
    if target is None or target.when != "set" or not prescribes(target):
        return []
    lift = await planned_sets(turn, exercise.id)
    return [RestOver(found.situation.exercise, target, found.plain, lift)]


Says = Callable[[Turn, Due, Reminding], Awaitable[list[Fact]]]
_SAID: Final[dict[Kind, Says]] = {
    Kind.SESSION: _session,
    Kind.EVE: _eve,
    Kind.OPEN: _open,
    Kind.MISSED: _missed,
    Kind.DIGEST: _digest,
    Kind.REST: _rest,
}


# Answers ---------------------------------------------------------------------------------------------------------


def _choices() -> list[dict[str, Any]]:
    """What a reminder can be answered with, in the order in which it is shown."""
    return [
        asking.packed("start", (), word="remind_start"),
        asking.packed("today", (), word="remind_today"),
        asking.packed("tomorrow", (), word="remind_tomorrow"),
        asking.packed("skip", (), word="remind_skip"),
        asking.packed("rest_week", (), word="remind_rest_week"),
    ]


async def _ask(turn: Turn, code: str, words: Sequence[str], day: date) -> Fact:
    """A question with buttons, of the coach's own: what was asked before of this kind is open no more."""
    for old in await questions.all_open(turn.conn, turn.athlete.id, turn.message.chat):
        if old.code in QUESTIONS:
            await questions.close(turn.conn, old.id, turn.now)
    choices = tuple(one for one in _choices() if one["label"] in words)
    about: dict[str, Any] = {"text": "", "day": day.isoformat()}
    row = Stored(turn.id(), turn.athlete.id, None, turn.message.chat, code, turn.now, about, choices)
    await questions.ask(turn.conn, row)
    return await asking.asked(turn, row)


async def answered(turn: Turn, question: Stored, label: str) -> list[Fact]:
    """What a button of a reminder does: as if the command had been typed."""
    match label:
        case "start":
            return await session_today(turn) or []
        case "today" | "tomorrow":
            return await plan_life.move(turn, label)
        case "rest_week":
            return await plan_life.deload(turn, "")
    return await plan_life.skip(turn, "")


def is_over(question: Stored, now: datetime) -> bool:
    """Whether a reminder is too old to be answered."""
    return question.code in QUESTIONS and now - question.asked_at > ANSWERED_FOR
