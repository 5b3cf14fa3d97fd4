"""A message's entries as the sets that they would be in the log: resolved, with their day and their e1RM; and which of them
would be too good to be true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from core import open_sets
from core.coach.planned_day import as_asked
from core.coach.resolve import (
    Base,
    Before,
    Missing,
    Resolved,
    base_of,
    out_of_bounds,
    resolve,
)
from core.coach.turn import Turn
from core.effort import SHORT_RPE
from core.exercises import Catalogue
from core.model import Exercise, Kind, LoggedSet, SetEntry
from core.notation import Problem
from core.store import people, sets
from core.strength import set_e1rm


@dataclass(frozen=True, slots=True)
class Written:
    """Entries of one message as they would stand in the log; what could not be resolved, and what broke a bound."""

    sets: tuple[LoggedSet, ...]
    missing: tuple[Missing, ...] = ()
    problems: tuple[Problem, ...] = ()


async def write_down(turn: Turn, entries: Sequence[SetEntry], old: Sequence[LoggedSet] = ()) -> Written:
    """Resolve a message's entries into sets; ids of `old` sets are kept by place, so that what leans on them still does.

    Where an entry lacks something no set is made; one that breaks a bound is left out, with what leans on it.
    """
    names = await turn.names()
    today = await turn.training_day()

    def day_of(entry: SetEntry) -> date:
        return when(turn, entry, today)[0]

    earlier = await _last_of_days(turn, entries, today)
    before = Before(
        turn.athlete.unit,
        lambda one: _find(names, one),
        day_of,
        base_of(await turn.carried()),
        lambda lift, day: earlier.get((lift, day)),
    )
    resolved = resolve(entries, before)
    missing = tuple(one for one in resolved if isinstance(one, Missing))
    if missing:
        return Written((), missing)
    return await _made(turn, [one for one in resolved if isinstance(one, Resolved)], old, today)


async def _made(turn: Turn, resolved: Sequence[Resolved], old: Sequence[LoggedSet], today: date) -> Written:
    weights: dict[date, float | None] = {}
    made: list[LoggedSet] = []
    problems: list[Problem] = []
    at_place: dict[int, LoggedSet] = {}
    for place, one in enumerate(resolved):
        exercise = await turn.exercise(one.exercise_id)
        problem = out_of_bounds(turn.message.text.strip(), one.done, exercise)
        if problem is not None:
            problems.append(problem)
        if problem is not None or (one.leans_on_place is not None and one.leans_on_place not in at_place):
            continue
        day, at = when(turn, one.entry, today)
        if day != today:
            done = one.done
        elif day == await turn.today():
            done = await as_asked(turn, one.exercise_id, one.done, made)
        else:  # an edit of an earlier day
            done = _still_all_out(one.done, old[len(made)] if len(made) < len(old) else None)
        logged = LoggedSet(
            id=old[len(made)].id if len(made) < len(old) else turn.id(),
            athlete_id=turn.athlete.id,
            author_id=turn.author_id,
            message_id=turn.message.id,
            import_id=None,
            position=len(made),
            exercise_id=one.exercise_id,
            performed_at=at,
            day=day,
            zone=turn.athlete.zone,
            entry=one.entry,
            done=done,
            leans_on=at_place[one.leans_on_place].id if one.leans_on_place is not None else one.leans_on,
            e1rm_kg=await _e1rm(turn, exercise, done, day, weights),
        )
        at_place[place] = logged
        made.append(logged)
    return Written(tuple(made), problems=tuple(problems[:1]))


def _still_all_out(done: SetEntry, was: LoggedSet | None) -> SetEntry:
    """A set that is told anew is the AMRAP, or the open set, that it was taken for, as long as nothing says otherwise."""
    if was is not None and was.done.open_ended:
        return open_sets.taken(done, was.entry.rpe)
    taken = was is not None and was.done.kind is Kind.AMRAP and was.entry.kind is Kind.WORK
    if was is None or not taken or done.kind is not Kind.WORK or done.failure is not None:
        return done
    rpe = was.done.rpe if done.rpe is None and was.entry.rpe is None else done.rpe
    return done if rpe is not None and rpe < SHORT_RPE else replace(done, kind=Kind.AMRAP, rpe=rpe)


def _find(names: Catalogue, exercise_id: str) -> Exercise:
    found = names.get(exercise_id)
    if found is None:
        raise LookupError(exercise_id)
    return found


async def _last_of_days(turn: Turn, entries: Sequence[SetEntry], today: date) -> dict[tuple[str, date], Base]:
    """The last set of each lift on the days of the entries that could need one."""
    found: dict[tuple[str, date], Base] = {}
    for day in dict.fromkeys(when(turn, one, today)[0] for one in entries if one.load is None):
        for logged in await sets.on_day(turn.conn, turn.athlete.id, day):
            later = day == today and logged.performed_at > turn.message.sent_at
            if logged.message_id != turn.message.id and not later:
                found[logged.exercise_id, day] = Base(logged.done, logged.exercise_id, day, logged.id)
    return found


def when(turn: Turn, entry: SetEntry, today: date) -> tuple[date, datetime]:
    """The training day of a set and its instant; a set of another day stands at this hour of that day."""
    at = turn.message.sent_at
    if entry.day is None:
        return today, at
    day = entry.day if isinstance(entry.day, date) else turn.local_day(at) + timedelta(days=entry.day)
    local = at.astimezone(turn.zone).time()
    return day, datetime.combine(day, time(local.hour, local.minute, local.second), turn.zone).astimezone(UTC)


async def estimated(turn: Turn, logged: LoggedSet, weights: dict[date, float | None]) -> LoggedSet:
    """The set with its e1RM (kg, the body's share included), None where it says nothing about strength."""
    exercise = await turn.exercise(logged.exercise_id)
    e1rm = await _e1rm(turn, exercise, logged.done, logged.day, weights)
    return logged if e1rm == logged.e1rm_kg else replace(logged, e1rm_kg=e1rm)


async def _e1rm(
    turn: Turn, exercise: Exercise, done: SetEntry, day: date, weights: dict[date, float | None]
) -> float | None:
    """The e1RM of a set of that day (kg); `weights` are the body weights of days that were looked up already."""
    if exercise.share > 0 and day not in weights:
        weights[day] = await people.body_weight(turn.conn, turn.athlete.id, day)
    return set_e1rm(exercise, done, weights.get(day))


SURPRISING = 1.5
"""An e1RM this many times the best so far is stored only after a yes (notation.md, What is refused)."""
KNOWN_SESSIONS = 2
"""Earlier sessions of a lift from which on a best is taken to be known."""
A_DIGIT_MORE = 5.0
"""So many times the best so far is asked about from the second set of a lift on: 625 for 62.5, a comma that was lost (own
choice; warm-ups with the empty bar lie further below what follows them only where nothing comes in between)."""


async def surprising(
    turn: Turn, made: Sequence[LoggedSet], message_id: str | None = None
) -> LoggedSet | None:
    """The first set that says more than half again the best of a lift known for two sessions, or many times that of any; or
    None."""
    for exercise_id in dict.fromkeys(one.exercise_id for one in made if one.e1rm_kg is not None):
        ours = [one for one in made if one.exercise_id == exercise_id and one.e1rm_kg is not None]
        top = max(ours, key=lambda one: one.e1rm_kg or 0.0)
        best = await sets.best_e1rm(turn.conn, turn.athlete.id, exercise_id, message_id or turn.message.id)
        if best is None or best <= 0 or (top.e1rm_kg or 0.0) <= SURPRISING * best:
            continue
        if (top.e1rm_kg or 0.0) > A_DIGIT_MORE * best:
            return top
        days = await sets.session_days(turn.conn, turn.athlete.id, exercise_id, KNOWN_SESSIONS + 1)
        if len([day for day in days if day != top.day]) >= KNOWN_SESSIONS:
            return top
    return None
