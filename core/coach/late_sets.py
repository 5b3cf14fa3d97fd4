"""Sets of a message that was asked about: stored as if it had been clear, once the answer says what was missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.coach import asking, completing, entering, journal, log, own_lifts, settling, then_lift
from core.coach.called_sets import kept
from core.coach.calling import unpacked
from core.coach.choosing import one_line
from core.coach.turn import CARRY, Turn
from core.exercises import fold
from core.facts import Fact, Refused, Told
from core.model import LoggedSet, SetEntry
from core.store import lifts, questions, sets
from core.store import messages as message_store
from core.store.questions import Question
from core.store.serial import read_entry

# --- by name ----------------------------------------------------------------------------------------------------------


async def named(
    turn: Turn, typed: str, label: str, entries: Sequence[SetEntry]
) -> tuple[str, list[SetEntry]]:
    """The lift that was chosen, with the sets under it, and the name kept for it."""
    if label == "add":
        label = (await own_lifts.add(turn, typed, None)).id
    await lifts.name(turn.conn, turn.athlete.id, fold(typed), label, turn.now)
    return label, [replace(entry, exercise=label) for entry in entries]


async def numbers_of(turn: Turn, question: Question, lift: str) -> list[Fact]:
    """What the numbers behind a name are, now that its lift is known: sets, or the next question."""
    held = question.payload
    clear = await settling.of_lift(turn, held["text"], held["typed"], lift)
    made = await log_for(turn, question, clear.sets) if clear.sets else []
    return [*made, *await asking.ask(turn, clear.questions)]


# --- in words -------------------------------------------------------------------------------------------------------


async def completed(turn: Turn, question: Question, text: str) -> list[Fact] | None:
    """`8` after "how many reps?": the answer and the text make one reading."""
    partial, code = read_entry(question.payload["partial"]), question.code
    done = await completing.completed(turn, code, partial, question.payload["text"], text)
    if done is None:
        return None
    if done.problems:
        return [Refused(done.problems[0], turn.athlete.unit)]
    await questions.answer(turn.conn, question.id, text[: completing.MOST_CHARACTERS], turn.now)
    whole = tuple(read_entry(one) for one in question.payload.get("sets", ()))
    made = completing.in_place(done, partial, whole) if code == "load" else list(done.sets)
    return await log_for(turn, question, made)


async def rephrased(turn: Turn, question: Question, text: str) -> list[Fact] | None:
    """The effort that was asked about, where "write it like this" was answered with no more than that."""
    effort = completing.EFFORT.match(one_line(text))
    entries = [read_entry(one) for one in question.payload.get("sets", ())]
    if effort is None or question.code != "low_effort" or not entries or turn.now - question.asked_at > CARRY:
        return None
    rpe = float(effort.group(1).replace(",", "."))
    if not 1 <= rpe <= 10:
        return None
    await questions.answer(turn.conn, question.id, text.strip(), turn.now)
    rated = [one if one.rpe is None else replace(one, rpe=rpe) for one in entries]
    return await log_for(turn, question, rated)


# --- into the log ---------------------------------------------------------------------------------------------------


async def log_for(
    turn: Turn, question: Question, entries: Sequence[SetEntry], *, sure: bool = False
) -> list[Fact]:
    """Store the sets of the message that was asked about, as if it had been clear."""
    message = None
    if question.message_id is not None:
        message = await message_store.get(turn.conn, question.message_id)
    if message is None or message.deleted_at is not None:
        return [Told("question_over")]
    then, text = turn.spoken_for(message), question.payload["text"]
    then.called = unpacked(question.payload.get("called"))
    old = await sets.of_message(turn.conn, message.id)
    replaces = bool(question.payload.get("edit"))
    written = await entering.write_down(then, entries, old if replaces else ())
    refused: list[Fact] = [Refused(problem, turn.athlete.unit) for problem in written.problems]
    if written.missing:
        return await asking.ask_missing(then, text, written.missing[0], entries, edit=replaces)
    top = None if sure else await entering.surprising(then, written.sets)
    if top is not None:
        return [await asking.ask_surprising(then, text, entries, top, edit=replaces)]
    if not written.sets:
        return refused
    if replaces:
        before = await log.change(then, message.id, old, written.sets)
        gone = await log.gone(then, old, written.sets, before, "edited")
        noted = await kept(then, written.sets, await log.noted(then, written.sets, before, (), old))
        return [*noted, *gone, *refused]
    made = [replace(one, position=one.position + len(old)) for one in written.sets]
    await _add_to(then, message.id, old, made)
    noted = await kept(then, made, await log.noted(then, made, {}))
    await then_lift.keep(then, noted)
    return [*noted, *refused]


async def _add_to(turn: Turn, message_id: str, old: Sequence[LoggedSet], made: Sequence[LoggedSet]) -> None:
    """Add sets to a message that may have some already."""
    await journal.record_sets(turn, message_id, old)
    await log.store_new(turn, made)
