"""Questions that other sets passed over: closed with a word, and not forgotten at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from core.coach import asking, plan_days
from core.coach.turn import CARRY, Turn
from core.exercises import fold
from core.facts import Fact, Told
from core.model import LoggedSet, SetEntry
from core.notation import Parsed
from core.store import messages as message_store
from core.store import questions
from core.store.questions import Question
from core.store.serial import read_entry

LATE = timedelta(minutes=10)
"""So long after a question was passed over a number may still be meant for it (own choice)."""
DOUBLE_TAP = timedelta(minutes=1)
"""So long the same number again is the same answer, sent twice (own choice)."""

OF_A_SET_TO_COME = (
    asking.NAMES | asking.COMPLETED | asking.REPHRASE | asking.HABITS | {"surprising", "decimal", "missed"}
)
"""Questions after which a set is logged that could not be before."""


async def close_open(turn: Turn, made: Sequence[LoggedSet]) -> list[Fact]:
    """Other sets were logged: what was asked before stays unstored, and that is said."""
    waiting: list[Fact] = []
    for question in await turn.open_questions():
        if question.code in asking.AWAITED and turn.now - question.asked_at <= CARRY:
            continue  # the test comes when it comes
        if question.code == plan_days.ON_DAYS and turn.now - question.asked_at <= CARRY:
            continue  # it is of no set, and keeps a text that was long to type
        await questions.close(turn.conn, question.id, turn.now)
        held = question.payload
        if question.code == "mend_units" and not held.get("again"):
            waiting.append(await asking.ask_mend_units(turn, held["old"], held["count"], again=True))
        if not _is_taken_up(question, turn.message.text, made):
            waiting.append(Told("still_open", {"text": question.payload["text"]}))
    return waiting


def _is_taken_up(question: Question, text: str, made: Sequence[LoggedSet]) -> bool:
    """Whether nothing is lost with a question: the new sets are what it was about, written better."""
    held = question.payload
    if question.code in asking.OF_THE_LAST_SET or question.code in asking.OF_A_TEST:
        return True
    if question.code in ("mend_units", "answer_or_set"):
        return True
    if fold(held["text"]) in fold(text):
        return True
    read = [read_entry(each) for choice in question.choices for each in choice["sets"]]
    if any(_is_it(one, each) for one in made for each in read):
        return True
    same_lift = [one for one in made if not held.get("lifts") or one.exercise_id in held["lifts"]]
    if question.code == "reps" and held.get("partial") is not None:
        load = read_entry(held["partial"]).load
        return any(one.done.load == load for one in same_lift)
    rephrased = question.code in asking.REPHRASE or question.code == "load"
    return bool(same_lift) and (rephrased or not question.choices)


def _is_it(one: LoggedSet, reading: SetEntry) -> bool:
    """Whether a set that was logged is what a text was read as."""
    same = reading.exercise in (None, one.exercise_id) and reading.load in (None, one.done.load)
    return same and reading.reps is not None and reading.reps == one.done.reps


async def leans_on_open(turn: Turn, parsed: Parsed) -> list[Fact]:
    """`same` or `+2.5` behind a set that waits for an answer: it means that one, so the question comes again."""
    leans = bool(parsed.sets) and all(one.ref is not None and one.exercise is None for one in parsed.sets)
    if not leans or parsed.questions:
        return []
    for question in await turn.open_questions():
        if question.code in OF_A_SET_TO_COME and turn.now - question.asked_at <= LATE:
            again = Told("first_this", {"text": turn.message.text.strip()})
            return [again, await asking.asked(turn, question)]
    return []


async def late(turn: Turn, number: int, *, asks_now: bool) -> list[Fact] | None:
    """A number that comes again, or that was an answer to a question passed over a moment ago."""
    recent = await questions.settled_since(turn.conn, turn.athlete.id, turn.message.chat, turn.now - LATE)
    if any(_is_double_tap(turn, one, number) for one in recent):
        return [Told("already_noted")]
    asked_late = {one.payload.get("question") for one in recent}
    of_texts = [one for one in recent if one.payload["text"]]  # a plan's questions are of none
    for one in of_texts if asks_now else ():
        if one.closed_at is not None and number <= len(one.choices) and one.id not in asked_late:
            return await _ask_late(turn, one, number)
    return None


def _is_double_tap(turn: Turn, question: Question, number: int) -> bool:
    if question.answered_at is None or turn.now - question.answered_at > DOUBLE_TAP:
        return False
    labels = [choice["label"] for choice in question.choices]
    return 1 <= number <= len(labels) and labels[number - 1] == question.answer


async def _ask_late(turn: Turn, question: Question, number: int) -> list[Fact] | None:
    message = None if question.message_id is None else await message_store.get(turn.conn, question.message_id)
    if number < 1 or message is None or message.edited_at is not None or message.deleted_at is not None:
        return None
    choice = question.choices[number - 1]
    choices = [
        {**asking.packed("answer", ()), "of": question.code, "choice": choice},
        asking.packed("set", (SetEntry(reps=number),), word="set", number=number),
    ]
    held = {"question": question.id, "place": number - 1, "number": number}
    return [await asking.put(turn, "answer_or_set", question.payload["text"], choices, **held)]
