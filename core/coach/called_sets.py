"""The set of a test of effort is in the log: its call is kept beside it, or what is still missing of it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from core.coach import asking
from core.coach.calling import Called
from core.coach.turn import Turn
from core.facts import Asked, Corrected, Fact, Noted, Told
from core.learning.reading import reps_after
from core.limits import HELD
from core.model import Call, LoggedSet
from core.store import calls, questions

FAR_OFF: Final = 2
AGAIN_WEEKS: Final = 4
AGAIN_SOON_WEEKS: Final = 1
"""A call so many reps off is worth another test soon (weeks; own choice)."""


_CARE: Final = HELD | {"pain_stop", "red_flag"}


async def kept(turn: Turn, made: Sequence[LoggedSet], facts: Sequence[Fact]) -> list[Fact]:
    """The facts of new sets, with what a test in their message says, or with the question for what it lacks."""
    called = turn.called
    if called is None or not made:
        return list(facts)
    logged = made[called.place if -1 <= called.place < len(made) else -1]
    if called.call is None:
        said = facts if called.left is None else [_as_asked(fact) for fact in facts]
        return [*said, await ask_missing(turn, logged, called)]
    return await with_call(turn, logged, called.call, facts)


async def with_call(turn: Turn, logged: LoggedSet, call: Call, facts: Sequence[Fact]) -> list[Fact]:
    """Keeps a call beside its set, and says what it means around what is said of the set."""
    await over(turn)
    came = reps_after(logged.done, call)
    if came is None:
        return [*facts, Told("call_tells_nothing", {"done": logged.done, "at": call.at_rep})]
    await calls.put(turn.conn, logged, call)
    off = abs(came - call.left) >= FAR_OFF
    said: dict[str, object] = {
        "called": call.left,
        "came": came,
        "weeks": AGAIN_SOON_WEEKS if off else AGAIN_WEEKS,
    }
    return [Told("call_came", said), *map(_as_asked, facts), Told("call_means", said)]


def _as_asked(fact: Fact) -> Fact:
    """What is said of the set, without how hard it was: the test asked for that. Care stays."""
    if not isinstance(fact, Noted | Corrected) or fact.target is None:
        return fact
    reasons = tuple(one for one in fact.target.reasons if one.code in _CARE)
    return replace(fact, target=replace(fact.target, reasons=reasons))


async def ask_missing(turn: Turn, logged: LoggedSet, called: Called) -> Asked:
    """How many were called, and at which rep: what is not known of both. In place of the same question of before."""
    await over(turn, asking.OF_A_CALL)
    text, held = turn.message.text.strip(), {"set": logged.id, "at": called.at, "left": called.left}
    if called.at is None and called.left is None:
        return await asking.put(turn, "call", text, (), **held)
    if called.at is None:
        return await asking.put(turn, "call_at", text, (), **held)
    return await asking.put(turn, "call_left", text, (), **held)


async def over(turn: Turn, codes: frozenset[str] = asking.OF_A_TEST) -> None:
    """Nothing is waited for any more."""
    for question in await turn.open_questions():
        if question.code in codes:
            await questions.close(turn.conn, question.id, turn.now)
