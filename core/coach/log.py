"""Sets into the log, out of it and changed in it; what leaned on them is resolved again, what comes next said anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.coach import journal
from core.coach.called_sets import kept
from core.coach.entering import estimated
from core.coach.noticing import agreeing
from core.coach.outlook import answer, targets
from core.coach.parts_told import with_parts
from core.coach.planned_day import follows, is_stopped
from core.coach.resolve import out_of_bounds, resolved_again
from core.coach.rests import named_rest
from core.coach.turn import Turn
from core.coach.week_turns import at_first_set
from core.facts import Fact, Gone, Noted
from core.model import LoggedSet, Reason, Target
from core.store import sets, strengths


async def add(turn: Turn, made: Sequence[LoggedSet], why: Sequence[Reason] = ()) -> list[Fact]:
    """Store new sets and say what comes next on each lift."""
    await journal.record_sets(turn, turn.message.id, ())
    await store_new(turn, made)
    facts = await kept(turn, made, await noted(turn, made, {}, why))
    return await with_parts(turn, made, facts)


async def store_new(turn: Turn, made: Sequence[LoggedSet]) -> None:
    """Store new sets; what was learned from their days and later ones is learned anew."""
    await sets.add(turn.conn, made)
    first = min((one.day for one in made), default=None)
    if first is not None and first < await turn.today():
        await strengths.unlearn(turn.conn, turn.athlete.id, first)


async def noted(
    turn: Turn,
    made: Sequence[LoggedSet],
    before: Targets,
    why: Sequence[Reason] = (),
    old: Sequence[LoggedSet] = (),
) -> list[Fact]:
    """A fact for each lift among the sets, the target last on the newest; `old` is what an edit replaced.
    Sets of another day that are new have no target; where a change of the log moves it, it is today's."""
    today = await turn.today()
    changes = bool(before) or turn.is_of_earlier
    facts: list[Fact] = []
    lifts = list(dict.fromkeys(one.exercise_id for one in made))
    for exercise_id in lifts:
        ours = tuple(one for one in made if one.exercise_id == exercise_id)
        exercise = await turn.exercise(exercise_id)
        is_today = any(one.day == today for one in ours)
        target = await answer(turn, exercise, today) if is_today or changes else None
        facts.append(
            Noted(
                exercise,
                ours,
                target,
                _other(before.get(exercise_id), target),
                tuple(why) if exercise_id == lifts[0] else (),
                exercise_id == lifts[-1],
                ours[0].day if ours[0].day != today else None,
                tuple(one for one in old if one.exercise_id == exercise_id),
                await named_rest(turn, exercise_id, target) if is_today else None,
            )
        )
        over = target is not None and (target.when == "session" or is_stopped(target))
        if over and exercise_id == lifts[-1] and not old:
            facts += await follows(turn, exercise_id)
    if not old and any(one.day == today for one in made):
        facts += await at_first_set(turn)
    return agreeing(facts)


Targets = dict[str, Target | None]
"""What came next on lifts, by their ids."""


def _other(was: Target | None, now: Target | None) -> Target | None:
    return was if was != now else None


async def change(
    turn: Turn,
    message_id: str,
    old: Sequence[LoggedSet],
    new: Sequence[LoggedSet],
    *,
    correction: bool = False,
) -> Targets:
    """Replace a message's sets, resolve again what leaned on them, and give the targets from before."""
    touched = list(dict.fromkeys(one.exercise_id for one in (*old, *new)))
    before = await targets(turn, touched, await turn.today())
    turn.changes = True
    leaning = await sets.leaning_on(turn.conn, [one.id for one in old])
    kept = {one.id for one in new}
    orphans = [one for one in leaning if one.leans_on not in kept and one.message_id != message_id]
    await journal.record_sets(turn, message_id, old, orphans, correction=correction)
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
            if out_of_bounds("", done, exercise) is not None:
                continue  # "50 less" of a load that is now 40: it stays what it was
            again = await estimated(turn, replace(one, exercise_id=exercise.id, done=done), weights)
            if again != one:
                await sets.update(turn.conn, again)
                changed[again.id] = again
        bases = changed
        leaning = await sets.leaning_on(turn.conn, list(changed)) if changed else []


async def gone(
    turn: Turn, old: Sequence[LoggedSet], kept: Sequence[LoggedSet], before: Targets, how: str
) -> list[Fact]:
    """A fact for each lift whose sets left the log."""
    today = await turn.today()
    still = {one.exercise_id for one in kept}
    facts: list[Fact] = []
    for exercise_id in dict.fromkeys(one.exercise_id for one in old):
        if exercise_id in still:
            continue
        ours = tuple(one for one in old if one.exercise_id == exercise_id)
        exercise = await turn.exercise(exercise_id)
        target = await answer(turn, exercise, today)
        facts.append(Gone(exercise, ours, how, target, _other(before.get(exercise_id), target)))
    return facts
