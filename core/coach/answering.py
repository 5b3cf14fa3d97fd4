"""Answers: a number, a name or a few words to the question that is open in this chat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.coach import (
    asking,
    calibrating,
    completing,
    correcting,
    entering,
    late_sets,
    left_or_set,
    noticing,
    passed_over,
    planning,
    reminded,
    safeties,
    units,
    zones,
)
from core.coach.choosing import NUMBER, chosen, named_choice, one_line
from core.coach.hit_noticing import ENDING
from core.coach.plan_answers import is_of_days
from core.coach.turn import CARRY, Turn
from core.facts import Asked, Fact, PlanChanged, Told
from core.model import SetEntry
from core.program.hit import Ending, as_answered
from core.store import people, questions, sets
from core.store.questions import Question
from core.store.serial import read_entry

MOST_MEANT = 5
"""Of more open questions than these the older ones are not what an answer is meant for (own choice)."""


async def answered(turn: Turn, text: str) -> list[Fact] | None:
    """The facts where the message answers a question of this chat; None where it does not.

    The newest question is meant, unless only an older one can be answered like that.
    """
    if not turn.private and not turn.to_bot:
        return None
    bare = NUMBER.match(one_line(text))
    open_questions = [one for one in await turn.open_questions() if one.code not in asking.AWAITED]
    newest = open_questions[0] if open_questions else None
    if bare is not None and (newest is None or newest.code in asking.OF_THE_LAST_SET):
        late = await passed_over.late(turn, int(bare.group(1)), asks_now=newest is None)
        if late is not None:
            waits = newest is not None and newest.code == "pain_level"
            return [*late, await asking.asked(turn, newest)] if waits and newest is not None else late
    for question in open_questions[:MOST_MEANT]:
        facts = await _answer(turn, question, text)
        if facts is not None:
            return await _with_next(turn, question, open_questions, facts)
    if newest is not None and newest.code in planning.ASKED and (bare is not None or is_of_days(text)):
        return await planning.asked_again(turn) or None
    again = newest is not None and bare is not None and newest.code in asking.REPHRASE
    if newest is None or not again or turn.now - newest.asked_at > CARRY:
        return None
    return [await asking.asked(turn, newest)]  # a number after "write it like this" is no set of the old lift


async def pressed(turn: Turn, question: Question, answer: str) -> list[Fact]:
    """The facts where a button of a question was pressed."""
    open_questions = await turn.open_questions()
    is_open = any(one.id == question.id for one in open_questions)
    facts = await _answer(turn, question, answer) if is_open else None
    return (
        [Told("question_settled", {"of_a_session": question.code in reminded.QUESTIONS})]
        if facts is None
        else await _with_next(turn, question, open_questions, facts)
    )


async def rated(turn: Turn, set_id: str, left: str) -> list[Fact]:
    """The facts where a set was rated by a button, the first time or once more."""
    logged, said = await sets.get(turn.conn, set_id), completing.said_of_set("effort", left)
    if logged is None or said is None or logged.athlete_id != turn.athlete.id:
        return []
    for question in await turn.open_questions():
        if question.code == "effort" and question.payload["set"] == set_id:
            await questions.answer(turn.conn, question.id, left, turn.now)
    return await correcting.correct_set(turn, logged, said)


async def _with_next(
    turn: Turn, question: Question, open_questions: Sequence[Question], facts: list[Fact]
) -> list[Fact]:
    """The answer, and the question that comes after it."""
    if any(isinstance(fact, Asked | PlanChanged) for fact in facts) or await _is_still_open(turn, question):
        return facts
    for one in open_questions:
        recent = turn.now - one.asked_at <= CARRY and one.code != "effort" and one.code not in asking.AWAITED
        if one.id != question.id and recent and await _is_still_open(turn, one):
            return [*facts, await asking.asked(turn, one)]
    return facts


async def _is_still_open(turn: Turn, question: Question) -> bool:
    now = await questions.get(turn.conn, question.id)
    return now is not None and now.answered_at is None and now.closed_at is None


async def _answer(turn: Turn, question: Question, text: str) -> list[Fact] | None:
    if question.code in asking.OF_A_TEST and question.code != "call_safe":
        return None  # `in_test` has heard it
    if question.code in planning.ASKED:
        is_over = turn.now - question.asked_at > CARRY
        return None if is_over else await planning.answered(turn, question, text)
    if question.code == zones.CLOCK:
        return await zones.answered(turn, question, text)
    if question.code in asking.OF_THE_LAST_SET:
        is_over = turn.now - question.asked_at > CARRY
        return None if is_over else await _about_set(turn, question, text)
    if noticing.is_over(turn, question) or reminded.is_over(question, turn.now):
        return None
    ending = completing.how_it_ended(text) if question.code == ENDING else None
    text = text if ending is None else str(ending)
    place = chosen(text, question.choices) if question.choices else None
    choice = question.choices[place] if place is not None else await named_choice(turn, question, text)
    if choice is not None:
        answer = choice["label"] if place is not None else text.strip()[: completing.MOST_CHARACTERS]
        await questions.answer(turn.conn, question.id, answer, turn.now)
        return await _choose(turn, question, choice)
    if question.code in asking.COMPLETED and question.payload.get("partial") is not None:
        return await late_sets.completed(turn, question, text)
    return None if question.choices else await late_sets.rephrased(turn, question, text)


# --- about a set in the log -------------------------------------------------------------------------------------------


async def _about_set(turn: Turn, question: Question, text: str) -> list[Fact] | None:
    said = completing.said_of_set(question.code, text)
    logged = await sets.get(turn.conn, question.payload["set"]) if said is not None else None
    if said is None or logged is None:
        return None
    bare = NUMBER.match(one_line(text))
    if bare is not None and int(bare.group(1)) == logged.done.reps:
        return await _pain_or_set(turn, question, int(bare.group(1)))
    await questions.answer(turn.conn, question.id, text.strip()[: completing.MOST_CHARACTERS], turn.now)
    if said.pain is not None:
        return await correcting.answered_pain(turn, logged, said.pain, question.payload.get("known"))
    return await correcting.correct_set(turn, logged, said)


async def _pain_or_set(turn: Turn, question: Question, number: int) -> list[Fact] | None:
    """A number that is the reps of the set asked about: the next set, unless it may as well be how bad it hurt."""
    if question.code != "pain_level":
        return None
    choices = [
        asking.packed("answer", (), word="pain", number=number),
        asking.packed("set", (SetEntry(reps=number),), word="set", number=number),
    ]
    await questions.close(turn.conn, question.id, turn.now)
    text = turn.message.text.strip()
    held = {"set": question.payload["set"], "known": question.payload.get("known"), "number": number}
    return [await asking.put(turn, "answer_or_set", text, choices, **held)]


# --- a choice -------------------------------------------------------------------------------------------------------


async def _choose(turn: Turn, question: Question, choice: dict[str, Any]) -> list[Fact]:
    label, entries = choice["label"], [read_entry(one) for one in choice["sets"]]
    if question.code == "call_safe":
        return await calibrating.begun(turn, question.payload, safe=label == "yes")
    if question.code == left_or_set.QUESTION and label == "left":
        return await left_or_set.left(turn, question)
    if question.code == safeties.QUESTION:
        return await safeties.answered(turn, label)
    if question.code == "mend_units":
        return await _mend_units(turn, question, label)
    if question.code == "answer_or_set" and label == "answer":
        return await _answer_meant(turn, question)
    if question.code == noticing.OFFER:
        return await noticing.answered(turn, takes=label == "yes")
    if question.code == zones.WHICH:
        return await zones.chosen(turn, label)
    if question.code in reminded.QUESTIONS:
        return await reminded.answered(turn, question, label)
    if question.code == ENDING:
        return await _ended(turn, question.payload["set"], Ending(label))
    if label in ("no", "drop"):
        return [Told("left_out", {"text": question.payload["text"]})]
    if "corrects" in question.payload:
        return await _correct_after_all(turn, question.payload["corrects"], entries[0])
    if not asking.never_a_habit(question.code, label):
        await people.remember(turn.conn, turn.athlete.id, f"reads:{question.code}", label)
    if question.code in asking.NAMES and question.payload.get("typed"):
        label, entries = await late_sets.named(turn, question.payload["typed"], label, entries)
        if not entries:
            return await late_sets.numbers_of(turn, question, label)
    return await late_sets.log_for(turn, question, entries, sure=question.code == "surprising")


async def _answer_meant(turn: Turn, question: Question) -> list[Fact]:
    """A number that could have been a set was meant as the answer."""
    if "set" in question.payload:
        logged = await sets.get(turn.conn, question.payload["set"])
        said = completing.said_of_set("pain_level", str(question.payload["number"]))
        if logged is None or said is None or said.pain is None:
            return [Told("question_over")]
        return await correcting.answered_pain(turn, logged, said.pain, question.payload.get("known"))
    meant = await questions.get(turn.conn, question.payload["question"])
    if meant is None:
        return [Told("question_over")]
    return await _choose(turn, meant, meant.choices[question.payload["place"]])


async def _correct_after_all(turn: Turn, set_id: str, said: SetEntry) -> list[Fact]:
    logged = await sets.get(turn.conn, set_id)
    if logged is None:
        return [Told("question_over")]
    return await correcting.put_right(turn, logged, await correcting.with_said(turn, logged, said))


async def _ended(turn: Turn, set_id: str, ending: Ending) -> list[Fact]:
    """How a set ended that fell short: that rates it."""
    logged = await sets.get(turn.conn, set_id)
    if logged is None:
        return [Told("question_over")]
    entry, done = as_answered(logged.entry, ending), as_answered(logged.done, ending)
    changed = await entering.estimated(turn, replace(logged, entry=entry, done=done), {})
    return await correcting.put_right(turn, logged, changed)


async def _mend_units(turn: Turn, question: Question, label: str) -> list[Fact]:
    if label == "no":
        return [Told("units_kept", {"unit": turn.athlete.unit})]
    return await units.mend_units(turn, question.payload["old"])
