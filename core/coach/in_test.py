"""What is said while a test of effort is on: its set, its call, or what of them was asked for."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Final

from core.coach import asking, called_sets, correcting, journal
from core.coach.calling import Called, Said, said, unpacked
from core.coach.choosing import one_line
from core.coach.turn import CARRY, Turn
from core.effort import to_failure
from core.facts import Corrected, Fact, Told
from core.model import Call, Failure, Kind, LoggedSet, SetEntry
from core.notation import Parsed, Setting, parse
from core.store import calls, questions, sets
from core.store.questions import Question

LEAST_REPS: Final = 8
"""A set of fewer reps is not taken for that of a test unless a call stands beside it (own choice)."""

_NUMBER = re.compile(
    r"(?:(?:at|after|on|rep|@|#|i|called|about) ?)*(\d{1,2})(?: (?:left|more|reps?))?[.!]?", re.IGNORECASE
)


async def heard(turn: Turn, setting: Callable[[Turn], Awaitable[Setting]]) -> list[Fact] | None:
    """The facts where a message says no more than a call. None where it says nothing of one, or where there is a set
    to log besides: then `turn.called` holds the test, and the message is what the notation can read."""
    question = await _waiting(turn)
    if question is not None and question.code in asking.OF_A_CALL:
        return await _completed(turn, question) or await _with_set(turn, None, setting)
    return await _with_set(turn, question, setting)


async def _waiting(turn: Turn) -> Question | None:
    """The question of a test that is open here; a message that has other questions before it answers those."""
    if not turn.private and not turn.to_bot:
        return None
    for question in await turn.open_questions():
        if turn.now - question.asked_at <= CARRY and question.code in asking.OF_A_TEST:
            return question if question.code != "call_safe" else None
        found = said(turn.message.text, in_test=True)
        if question.code not in asking.OF_THE_LAST_SET or found is None or found.left is None:
            return None
    return None


# --- a set, and a call beside it --------------------------------------------------------------------------------------


async def _with_set(
    turn: Turn, question: Question | None, setting: Callable[[Turn], Awaitable[Setting]]
) -> list[Fact] | None:
    known = Called() if question is None else unpacked(question.payload["called"]) or Called()
    found = said(turn.message.text, in_test=question is not None, at=known.at)
    if found is None and question is None:
        return None
    called = known if found is None else _more_known(known, found)
    text = turn.message.text if found is None else found.rest
    if found is not None and not text:
        return await _call_alone(turn, question, called)
    parsed = parse(text, await setting(turn))
    if not _is_its_set(parsed, called, has_call=found is not None and found.left is not None):
        return await _reps_asked(turn, question, called, found)
    if found is None or found.left is None:
        if question is not None and await _is_of_another(turn, question, parsed, called):
            return None
    elif found.head:
        before = parse(found.head, await setting(turn))
        called = replace(called, place=len(before.sets) - 1 if not before.questions else -1)
    turn.called, turn.message = called, replace(turn.message, text=text)
    return None


def _more_known(known: Called, found: Said) -> Called:
    return replace(
        known,
        at=known.at if found.at is None else found.at,
        left=known.left if found.left is None else found.left,
    )


def _is_its_set(parsed: Parsed, called: Called, *, has_call: bool) -> bool:
    """Whether what was read can be the set of a test: with a call any set, without one a long one at its end."""
    if has_call or called.left is not None:
        return bool(parsed.sets or parsed.questions or parsed.problems)
    if len(parsed.sets) != 1 or parsed.questions or parsed.problems:
        return False
    entry = parsed.sets[0]
    is_long = entry.reps is not None and entry.reps >= LEAST_REPS and entry.ref is None
    return is_long and entry.kind in (Kind.WORK, Kind.AMRAP) and (entry.rpe is None or to_failure(entry))


async def _is_of_another(turn: Turn, question: Question, parsed: Parsed, called: Called) -> bool:
    """Whether a set without a call belongs to another lift, named or begun since the test was asked for."""
    lift = parsed.sets[-1].exercise if parsed.sets else None
    if lift is not None:
        return lift != called.lift
    last = await turn.carried()
    return last is not None and last.performed_at > question.asked_at and last.exercise_id != called.lift


async def _call_alone(turn: Turn, question: Question | None, called: Called) -> list[Fact] | None:
    """`called 3 at 9`: of the set to come while a test is on, else of the last one."""
    if question is not None:
        return await _ask_reps(turn, called)
    if not turn.private and not turn.to_bot:
        return None
    last = await turn.carried()
    if called.call is None:
        return None
    return [Told("call_without_set")] if last is None else await _kept(turn, last, called.call)


async def _reps_asked(
    turn: Turn, question: Question | None, called: Called, found: Said | None
) -> list[Fact] | None:
    """A whole call beside words that are no set: its reps are asked for."""
    if question is None or found is None or called.call is None:
        return None
    return await _ask_reps(turn, called)


async def _ask_reps(turn: Turn, called: Called) -> list[Fact]:
    await called_sets.over(turn)
    turn.called = called
    text = turn.message.text.strip()
    return [await asking.put(turn, "call_reps", text, (), lift=called.lift, left=called.left)]


# --- a call, for a set that is in the log -----------------------------------------------------------------------------


async def _completed(turn: Turn, question: Question) -> list[Fact] | None:
    """`3 at 9`, `9`, `3`: what was asked of the call in a set that is logged."""
    held = question.payload
    logged = await sets.get(turn.conn, held["set"])
    if logged is None:
        return None
    found, bare = said(turn.message.text, in_test=True), _NUMBER.fullmatch(one_line(turn.message.text))
    at, left = held["at"], held["left"]
    if found is not None and found.left is not None and not found.rest:
        at, left = (at if found.at is None else found.at), found.left
    elif bare is not None and int(bare.group(1)) < (logged.done.reps or 0):
        number = int(bare.group(1))
        at, left = (number, left) if question.code == "call_at" else (at, float(number))
    else:
        return None
    if at is None or left is None:
        return [await called_sets.ask_missing(turn, logged, Called(at=at, left=left))]
    await questions.answer(turn.conn, question.id, one_line(turn.message.text), turn.now)
    return await _kept(turn, logged, Call(at, left))


async def _kept(turn: Turn, logged: LoggedSet, call: Call) -> list[Fact]:
    """The call beside its set, which went to failure: that is what the test is."""
    over = (logged.done.reps or 0) <= call.at_rep
    if over or (logged.done.rpe is not None and not to_failure(logged.done)):
        return [Told("call_tells_nothing", {"done": logged.done, "at": call.at_rep})]
    facts: list[Fact] = []
    if not to_failure(logged.done):
        facts = await correcting.correct_set(turn, logged, SetEntry(rpe=10.0, failure=Failure.TECHNICAL))
        logged = await sets.get(turn.conn, logged.id) or logged
        if not any(isinstance(fact, Corrected) for fact in facts):
            return facts
    elif logged.message_id is not None:
        same = await sets.of_message(turn.conn, logged.message_id)
        await journal.record_sets(turn, logged.message_id, same, correction=True)
    return await called_sets.with_call(turn, logged, call, facts)


# --- an edit ----------------------------------------------------------------------------------------------------------


async def told_anew(turn: Turn, old: list[LoggedSet], setting: Callable[[Turn], Awaitable[Setting]]) -> None:
    """A message was edited: what it says of a test now, or said before. Its text is what the notation can read."""
    before = await calls.of_sets(turn.conn, [one.id for one in old])
    place = next((at for at, one in enumerate(old) if one.id in before), None)
    found = said(turn.message.text, in_test=place is not None)
    if found is not None:
        turn.message = replace(turn.message, text=found.rest)
    if place is None:
        turn.called = None if found is None else Called(found.at, found.left)
        return
    was, call = old[place], before[old[place].id]
    if found is None and _is_of_other_lift(parse(turn.message.text, await setting(turn)), was):
        return
    known = Called(call.at_rep, call.left, was.exercise_id, was.done.load, was.done.unit, place)
    turn.called = known if found is None else _more_known(known, found)


def _is_of_other_lift(parsed: Parsed, was: LoggedSet) -> bool:
    return any(entry.exercise not in (None, was.exercise_id) for entry in parsed.sets)


async def forget_others(turn: Turn, old: list[LoggedSet], new: Sequence[LoggedSet]) -> None:
    """What was called in a set that an edit made one of another lift is forgotten, unless it was said anew."""
    lifts = {one.id: one.exercise_id for one in old}
    other = [one for one in new if lifts.get(one.id, one.exercise_id) != one.exercise_id]
    if turn.called is None and other:
        await calls.put_back(turn.conn, other, {})
