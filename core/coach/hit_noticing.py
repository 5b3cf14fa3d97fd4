"""What is noticed of a lift in High Intensity Training: how a set ended that fell short, and that nothing gets better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from core.care import by_day, serious_sets
from core.coach import asking, said_once
from core.coach.in_plan import Today
from core.coach.learned import body_weight
from core.coach.turn import Turn
from core.facts import Fact, Noticed
from core.loads import Gear
from core.model import Kind, LoggedSet
from core.program.hit import (
    EXPOSURES,
    Ending,
    Progress,
    asks_how_it_ended,
    exposures,
    next_exposure,
    no_progress,
    progress,
)
from core.program.places import Place, rule_of
from core.situation import InPlan, Situation
from core.store import sets

WINDOW: Final = timedelta(days=365)
SETS_A_DAY: Final = 10
MOST_SETS: Final = 2 * EXPOSURES * SETS_A_DAY
"""So far back exposures are compared; and so many sets of a lift are read for it, warm-ups among them: as many exposures as are
compared, of up to so many sets each (own choice)."""

ENDING: Final = "how_ended"
"""The question after a set that fell short, and the key by which it is remembered that it was asked."""

NO_PROGRESS: Final = "no_progress"


async def after_set(turn: Turn, now: Today, place: Place) -> list[Fact]:
    """What a lift of a HIT plan shows after a set of it: that it was better than last time; a question, or that nothing gets better
    for long."""
    if not turn.private or turn.athlete.hold_since is not None:
        return []
    s = await _situation(turn, now, place)
    if not s.session or s.session[-1].done.pain is not None:
        return []
    found = _better(s) if _of_work(s) == 1 else None
    better: list[Fact] = [] if found is None else [Noticed(found)]
    return [*better, *(await _ending(turn, s) or await _no_progress(turn, s))]


def _of_work(s: Situation) -> int:
    """How many work sets of the lift the day has."""
    return sum(one.done.kind is not Kind.WARMUP for one in s.session)


def _better(s: Situation) -> Progress | None:
    """In what the day's set was better than the session before."""
    past = exposures(s)
    return progress(*past[-2:]) if len(past) > 1 and past[-1].day == s.today else None


async def _situation(turn: Turn, now: Today, place: Place) -> Situation:
    """The lift's log, as far as exposures are read from it."""
    exercise = await turn.exercise(place.exercise.id)
    found = await sets.recent(turn.conn, turn.athlete.id, exercise.id, now.day - WINDOW, MOST_SETS)
    return Situation(
        replace(exercise, role=place.role),
        turn.athlete.unit,
        await body_weight(turn.conn, turn.athlete.id, exercise, now.day),
        Gear(),
        now.day,
        _of(found, now.day, today=True),
        _of(found, now.day, today=False),
        in_plan=InPlan(rule_of(place)),
        easy=now.day in now.programme.easy,
        easy_days=now.programme.easy - {now.day},
    )


def _of(found: Sequence[LoggedSet], day: date, *, today: bool) -> tuple[LoggedSet, ...]:
    return tuple([one for one in found if (one.day == day if today else one.day < day)])


async def _ending(turn: Turn, s: Situation) -> list[Fact]:
    """Could not, or stopped? Once a session, after a set that fell short of what was asked and left it open."""
    last = s.session[-1]
    if not asks_how_it_ended(last.done) or not _fell_short(s, last):
        return []
    if said_once.said_on(said_once.kept(await turn.preferences()), ENDING) == s.today:
        return []
    await said_once.remember(turn, ENDING, s.today)
    choices = [asking.packed(str(one), (), word=str(one)) for one in Ending]
    return [await asking.put(turn, ENDING, "", choices, set=last.id)]


def _fell_short(s: Situation, last: LoggedSet) -> bool:
    """Whether a set had fewer reps than were asked for, at the load asked for or a lighter one."""
    asked = next_exposure(replace(s, session=()))
    reps = s.rule.reps_low if asked is None else asked.reps
    heavier = (
        asked is not None
        and asked.load is not None
        and last.done.load is not None
        and last.done.load > asked.load
    )
    return (last.done.reps or 0) < (s.rule.reps_low if heavier else reps)


def _hurt_on(s: Situation) -> set[date]:
    """The days on which the lift hurt so that its load was lowered: what comes after them is no measure of progress."""
    return {day[0].day for day in by_day((*s.history, *s.session)) if serious_sets(day)}


async def _no_progress(turn: Turn, s: Situation) -> list[Fact]:
    key = f"{NO_PROGRESS}:{s.exercise.id}"
    offered = said_once.said_on(said_once.kept(await turn.preferences()), key)
    past = exposures(s)
    found = no_progress(s.exercise, past, offered)
    if found is None or _hurt_on(s) & {one.day for one in past[-2 * EXPOSURES :]}:
        return []
    await said_once.remember(turn, key, s.today)
    return [Noticed(found)]
