"""What is noticed of a lift in High Intensity Training: how a set ended that fell short, and that nothing gets better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from core.coach import asking, said_once
from core.coach.in_plan import Today
from core.coach.learned import body_weight
from core.coach.turn import Turn
from core.facts import Fact, Noticed
from core.loads import Gear
from core.model import LoggedSet
from core.program.hit import Ending, asks_how_it_ended, exposures, next_exposure, no_progress
from core.program.places import Place, rule_of
from core.situation import InPlan, Situation
from core.store import sets

WINDOW: Final = timedelta(days=365)
MOST_SETS: Final = 30
"""So far back exposures are compared, and so many sets of a lift are read for it (own choice)."""

ENDING: Final = "how_ended"
"""The question after a set that fell short, and the key by which it is remembered that it was asked."""

NO_PROGRESS: Final = "no_progress"


async def after_set(turn: Turn, now: Today, place: Place) -> list[Fact]:
    """What a lift of a HIT plan shows after a set of it: a question, or that nothing gets better."""
    if not turn.private or turn.athlete.hold_since is not None:
        return []
    s = await _situation(turn, now, place)
    if not s.session or s.session[-1].done.pain is not None:
        return []
    return await _ending(turn, s) or await _no_progress(turn, s)


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


async def _no_progress(turn: Turn, s: Situation) -> list[Fact]:
    key = f"{NO_PROGRESS}:{s.exercise.id}"
    offered = said_once.said_on(said_once.kept(await turn.preferences()), key)
    found = no_progress(s.exercise, exposures(s), offered)
    if found is None:
        return []
    await said_once.remember(turn, key, s.today)
    return [Noticed(found)]
