"""The question in which a reply ends: how bad a pain is, how many reps were left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.coach import asking, zones
from core.coach.turn import Turn
from core.facts import Asked, BlockOver, Corrected, Fact, Noted, Rateable, SessionOver
from core.model import Kind, SetEntry
from core.store import questions


async def ask_pain(turn: Turn, set_id: str, exercise_id: str, known: int | None = None) -> Asked:
    """How bad it is, 0-10. `known` is how bad another place on the same set was."""
    waiting = [one for one in await turn.open_questions() if one.code == "pain_level"]
    for question in waiting:
        if question.payload["set"] == set_id:
            await questions.close(turn.conn, question.id, turn.now)
    others = any(one.payload["set"] != set_id for one in waiting)
    text = turn.message.text.strip()
    return await asking.put(
        turn, "pain_level", text, (), set=set_id, lift=exercise_id, known=known, several=others
    )


async def follow_up(turn: Turn, facts: Sequence[Fact]) -> list[Fact]:
    """The facts with the one question in which they end; a number answers it, and any other waits for its turn.

    How bad a pain is comes first, then what the message leaves open, then the effort of its sets.
    """
    facts = _newest_question(facts)
    if not turn.private or turn.athlete.hold_since is not None:
        return facts
    asked_now = {fact.facts.get("set") for fact in facts if isinstance(fact, Asked)}
    hurting = [found for fact in facts if (found := _hurting(fact)) is not None and found[1] not in asked_now]
    if hurting:
        for exercise_id, set_id in reversed(hurting):  # the newest question is the one that is answered
            first = await ask_pain(turn, set_id, exercise_id)
        named = await named_lift(turn, first, hurting[0][0]) if len(hurting) > 1 else first
        return [*(fact for fact in facts if not isinstance(fact, Asked)), named]
    if any(isinstance(fact, Asked) for fact in facts):
        return facts
    effort = await _effort_asked(turn, facts)
    over = {type(fact) for fact in facts} & {SessionOver, BlockOver}
    if effort or over != {SessionOver}:  # a block's review is long enough
        return [*facts, *effort]
    return [*facts, *await zones.ask_again(turn)]


def _newest_question(facts: Sequence[Fact]) -> list[Fact]:
    """The facts without the questions that an answer would not be taken for."""
    newest = max((fact.id for fact in facts if isinstance(fact, Asked)), default="")
    return [fact for fact in facts if not isinstance(fact, Asked) or fact.id in ("", newest)]


async def named_lift(turn: Turn, question: Asked, exercise_id: str) -> Asked:
    """A question about a pain, with the lift named because others hurt too."""
    return replace(question, facts={**question.facts, "exercise": await turn.exercise(exercise_id)})


def _hurting(fact: Fact) -> tuple[str, str] | None:
    """The lift and the set of a fact whose pain has no number yet."""
    if not isinstance(fact, Noted | Corrected):
        return None
    done = [fact.now] if isinstance(fact, Corrected) else [one.done for one in fact.sets]
    felt = [one.pain for one in done if one.pain is not None]
    open_today = fact.target is not None and any(
        reason.code in ("pain_lower", "pain_stop") and reason.facts.get("level") is None
        for reason in fact.target.reasons
    )
    if not open_today and not (felt and felt[-1].level is None):
        return None
    return fact.exercise.id, fact.set_id if isinstance(fact, Corrected) else fact.sets[-1].id


async def _effort_asked(turn: Turn, facts: Sequence[Fact]) -> list[Fact]:
    """That the last set came without its effort; a question, where the words about it ask for that."""
    for fact in reversed(facts):
        if not isinstance(fact, Noted | Corrected) or fact.target is None:
            continue
        done, set_id = _last_of(fact)
        if {reason.code for reason in fact.target.reasons} & {"effort_asked", "hold_unrated"}:
            await asking.put(turn, "effort", turn.message.text.strip(), (), set=set_id)
        return [Rateable(set_id)] if _is_unrated(done) else []
    return []


def _last_of(fact: Noted | Corrected) -> tuple[SetEntry, str]:
    return (fact.now, fact.set_id) if isinstance(fact, Corrected) else (fact.sets[-1].done, fact.sets[-1].id)


def _is_unrated(done: SetEntry) -> bool:
    return done.kind is Kind.WORK and done.reps is not None and done.rpe is None and done.failure is None
