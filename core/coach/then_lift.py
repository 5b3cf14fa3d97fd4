"""Numbers alone behind "Then X: ...": the lift before is done, so they are most likely of the one that comes next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Final

from core.coach.choosing import NUMBER, one_line
from core.coach.expected import Expected, expected
from core.coach.left_or_set import MOST_LEFT
from core.coach.turn import Turn
from core.facts import Fact, Noted, ThenLift
from core.model import LoggedSet, SetEntry, to_kg
from core.notation import Parsed, Setting, parse
from core.notation.reading import Question, Reading
from core.store import sets

THEN: Final = "then"
"""The preference that holds the set after which the next lift was named, and that lift: so no bare set costs a look at the
plan but the one behind it."""


async def keep(turn: Turn, facts: Sequence[Fact]) -> None:
    """Remember which lift a reply says comes next."""
    last = next((fact.sets[-1].id for fact in reversed(facts) if isinstance(fact, Noted)), None)
    after = next((fact.lift for fact in facts if isinstance(fact, ThenLift)), None)
    if last is not None and after is not None and not after.done:
        await turn.remember(THEN, f"{last} {after.exercise.id}")


async def meant(turn: Turn, parsed: Parsed, setting: Callable[[Turn], Awaitable[Setting]]) -> Parsed:
    """The message with its sets of the lift that comes next, where their numbers are about its target; else the question
    which of both lifts they are of."""
    if not turn.private or turn.called is not None or not _is_bare(turn, parsed):
        return parsed
    lift, certain = await _read_before(turn), True
    if lift is None:
        lift, certain = await _named_last(turn), False
    exercise = None if lift is None else (await turn.names()).get(lift)
    if lift is None or exercise is None:
        return parsed
    read = _of(lift, parse(turn.message.text, replace(await setting(turn), carried=exercise)))
    if certain or read.questions:
        return read
    carried = await turn.carried()
    if carried is None or not read.sets:
        return parsed
    ahead, behind = await expected(turn, lift), _of_set(turn, carried)
    only_ahead = behind.is_far(read.sets) and not ahead.is_far(read.sets)
    if _is_meant(ahead, read.sets) or only_ahead or not parsed.sets:
        return read
    if ahead.is_far(read.sets) and not behind.is_far(read.sets):
        return parsed
    ways = (Reading(lift, read.sets), Reading(carried.exercise_id, _of(carried.exercise_id, parsed).sets))
    asked = Question(turn.message.text.strip(), "exercise", ways)
    return replace(parsed, sets=(), questions=(asked,))


def _is_meant(known: Expected, entries: Sequence[SetEntry]) -> bool:
    return known.is_planned(entries) and known.has_its_reps(entries)


def _of_set(turn: Turn, logged: LoggedSet) -> Expected:
    """What a set tells of the next one of its lift."""
    done = logged.done
    kg = None if done.load is None else to_kg(done.load, done.unit or turn.athlete.unit)
    return Expected(turn.athlete.unit, last_kg=kg)


def _is_bare(turn: Turn, parsed: Parsed) -> bool:
    """Whether a message is of sets that name no lift and lean on none, and no small number that may be an effort."""
    read = [
        *parsed.sets,
        *(one for question in parsed.questions for way in question.readings for one in way.sets),
    ]
    number = NUMBER.match(one_line(turn.message.text))
    if number is not None and int(number.group(1)) <= MOST_LEFT:
        return False
    named = any(question.typed is not None for question in parsed.questions)
    return bool(read) and not named and all(one.exercise is None and one.ref is None for one in read)


def _of(lift: str, parsed: Parsed) -> Parsed:
    """A message of numbers, of a lift."""

    def named(entries: Sequence[SetEntry]) -> tuple[SetEntry, ...]:
        return tuple(replace(one, exercise=lift) for one in entries)

    ways = [
        replace(question, readings=tuple(replace(way, sets=named(way.sets)) for way in question.readings))
        for question in parsed.questions
    ]
    return replace(parsed, sets=named(parsed.sets), questions=tuple(ways))


async def _named_last(turn: Turn) -> str | None:
    """The lift that was said to come next after the set before this message."""
    held = (await turn.preferences()).get(THEN)
    carried = await turn.carried() if held is not None else None
    if held is None or carried is None:
        return None
    set_id, lift = held.split(" ", 1)
    return lift if set_id == carried.id and lift != carried.exercise_id else None


async def _read_before(turn: Turn) -> str | None:
    """The lift that the sets of a message, which is edited now, were read as."""
    if turn.message.edited_at is None:
        return None
    old = await sets.of_message(turn.conn, turn.message.id)
    named = {one.entry.exercise for one in old if one.entry.typed is None}
    return named.pop() if len(named) == 1 else None
