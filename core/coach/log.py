"""Sets into the log, out of it and changed in it; what leaned on them is resolved again, what comes next said anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from core.coach import journal
from core.coach.outlook import outlook, targets
from core.coach.resolve import Base, Missing, Resolved, base_of, resolve, resolved_again
from core.coach.turn import Turn
from core.exercises import Catalogue
from core.facts import Fact, Gone, Noted
from core.model import Exercise, LoggedSet, Reason, SetEntry
from core.store import people, sets
from core.strength import set_e1rm


@dataclass(frozen=True, slots=True)
class Written:
    """Entries of one message as they would stand in the log, and what could not be resolved."""

    sets: tuple[LoggedSet, ...]
    missing: tuple[Missing, ...]


async def write_down(turn: Turn, entries: Sequence[SetEntry], old: Sequence[LoggedSet] = ()) -> Written:
    """Resolve a message's entries into sets; ids of `old` sets are kept by place, so that what leans on them still does."""
    names = await turn.names()
    carried = base_of(await turn.carried())
    today = await turn.training_day()
    by_lift = await _last_of_day(turn, entries, today)
    resolved = resolve(entries, turn.athlete.unit, lambda one: _find(names, one), carried, by_lift.get)
    missing = tuple(one for one in resolved if isinstance(one, Missing))
    if missing:
        return Written((), missing)
    weights: dict[date, float | None] = {}
    made: list[LoggedSet] = []
    for place, one in enumerate(resolved):
        assert isinstance(one, Resolved)
        set_id = old[place].id if place < len(old) else turn.id()
        day, at = when(turn, one.entry, today)
        leans_on = made[one.leans_on_place].id if one.leans_on_place is not None else one.leans_on
        logged = LoggedSet(
            id=set_id,
            athlete_id=turn.athlete.id,
            author_id=turn.author_id,
            message_id=turn.message.id,
            import_id=None,
            position=place,
            exercise_id=one.exercise_id,
            performed_at=at,
            day=day,
            zone=turn.athlete.zone,
            entry=one.entry,
            done=one.done,
            leans_on=leans_on,
        )
        made.append(await estimated(turn, logged, weights))
    return Written(tuple(made), ())


def _find(names: Catalogue, exercise_id: str) -> Exercise:
    found = names.get(exercise_id)
    if found is None:
        raise LookupError(exercise_id)
    return found


async def _last_of_day(turn: Turn, entries: Sequence[SetEntry], today: date) -> dict[str, Base]:
    """The last set of each lift on the training day, where an entry could need one."""
    if not any(entry.load is None for entry in entries):
        return {}
    found: dict[str, Base] = {}
    for logged in await sets.on_day(turn.conn, turn.athlete.id, today):
        if logged.message_id != turn.message.id and logged.performed_at <= turn.message.sent_at:
            found[logged.exercise_id] = Base(logged.done, logged.exercise_id, logged.id)
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
    if exercise.share > 0 and logged.day not in weights:
        weights[logged.day] = await people.body_weight(turn.conn, turn.athlete.id, logged.day)
    e1rm = set_e1rm(exercise, logged.done, weights.get(logged.day))
    return logged if e1rm == logged.e1rm_kg else replace(logged, e1rm_kg=e1rm)


SURPRISING = 1.5
"""An e1RM this many times the best so far is stored only after a yes (notation.md, What is refused)."""
KNOWN_SESSIONS = 2
"""Earlier sessions of a lift from which on a best is taken to be known."""


async def surprising(
    turn: Turn, made: Sequence[LoggedSet], message_id: str | None = None
) -> LoggedSet | None:
    """The first set that says more than half again the best of a lift known for two sessions, or None."""
    for exercise_id in dict.fromkeys(one.exercise_id for one in made if one.e1rm_kg is not None):
        ours = [one for one in made if one.exercise_id == exercise_id and one.e1rm_kg is not None]
        top = max(ours, key=lambda one: one.e1rm_kg or 0.0)
        best = await sets.best_e1rm(turn.conn, turn.athlete.id, exercise_id, message_id or turn.message.id)
        if best is None or best <= 0 or (top.e1rm_kg or 0.0) <= SURPRISING * best:
            continue
        days = await sets.session_days(turn.conn, turn.athlete.id, exercise_id, KNOWN_SESSIONS + 1)
        if len([day for day in days if day != top.day]) >= KNOWN_SESSIONS:
            return top
    return None


async def add(turn: Turn, made: Sequence[LoggedSet], why: Sequence[Reason] = ()) -> list[Fact]:
    """Store new sets and say what comes next on each lift."""
    await journal.record_sets(turn, turn.message.id, ())
    await sets.add(turn.conn, made)
    return await noted(turn, made, {}, why)


async def noted(
    turn: Turn, made: Sequence[LoggedSet], before: dict[str, object], why: Sequence[Reason] = ()
) -> list[Fact]:
    """A fact for each lift among the sets, the target last on the newest."""
    today = await turn.training_day()
    facts: list[Fact] = []
    lifts = list(dict.fromkeys(one.exercise_id for one in made))
    for exercise_id in lifts:
        ours = tuple(one for one in made if one.exercise_id == exercise_id)
        exercise = await turn.exercise(exercise_id)
        target = (
            (await outlook(turn, exercise, today)).target if any(one.day == today for one in ours) else None
        )
        was = before.get(exercise_id)
        facts.append(
            Noted(
                exercise,
                ours,
                target,
                was if was is not None and was != target else None,  # type: ignore[arg-type]
                tuple(why) if exercise_id == lifts[0] else (),
                exercise_id == lifts[-1],
                ours[0].day if ours[0].day != today else None,
            )
        )
    return facts


async def change(
    turn: Turn, message_id: str, old: Sequence[LoggedSet], new: Sequence[LoggedSet]
) -> dict[str, object]:
    """Replace a message's sets, resolve again what leaned on them, and give the targets from before."""
    touched = list(dict.fromkeys(one.exercise_id for one in (*old, *new)))
    today = await turn.training_day()
    before: dict[str, object] = dict(await targets(turn, touched, today))
    leaning = await sets.leaning_on(turn.conn, [one.id for one in old])
    await journal.record_sets(turn, message_id, old)
    await sets.replace(turn.conn, message_id, new)
    await resolve_again(turn, leaning, {one.id: one for one in new})
    return before


async def resolve_again(turn: Turn, leaning: Sequence[LoggedSet], bases: dict[str, LoggedSet]) -> None:
    """Sets that leaned on changed ones, and those that leaned on them, and so on."""
    weights: dict[date, float | None] = {}
    seen: set[str] = set(bases)
    while leaning:
        changed: dict[str, LoggedSet] = {}
        for one in leaning:
            base = bases.get(one.leans_on or "")
            if base is None or one.id in seen:
                continue
            seen.add(one.id)
            exercise = await turn.exercise(
                base.exercise_id if one.entry.exercise is None else one.exercise_id
            )
            done = resolved_again(one.entry, base.done, exercise)
            again = await estimated(turn, replace(one, exercise_id=exercise.id, done=done), weights)
            if again != one:
                await sets.update(turn.conn, again)
                changed[again.id] = again
        bases = changed
        leaning = await sets.leaning_on(turn.conn, list(changed)) if changed else []


async def gone(
    turn: Turn, old: Sequence[LoggedSet], kept: Sequence[LoggedSet], before: dict[str, object], how: str
) -> list[Fact]:
    """A fact for each lift whose sets left the log."""
    today = await turn.training_day()
    still = {one.exercise_id for one in kept}
    facts: list[Fact] = []
    for exercise_id in dict.fromkeys(one.exercise_id for one in old):
        if exercise_id in still:
            continue
        ours = tuple(one for one in old if one.exercise_id == exercise_id)
        exercise = await turn.exercise(exercise_id)
        target = (await outlook(turn, exercise, today)).target
        was = before.get(exercise_id)
        facts.append(Gone(exercise, ours, how, target, was if was != target else None))  # type: ignore[arg-type]
    return facts
