"""Questions: put once and kept as rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.care import pain_level
from core.coach.calling import packed as packed_test
from core.coach.expected import at_planned_load
from core.coach.resolve import Missing
from core.coach.turn import Turn
from core.exercises import Catalogue, unassisted
from core.facts import Asked, Choice, Fact
from core.model import LoggedSet, Pain, SetEntry
from core.notation.reading import Question
from core.store import questions
from core.store.questions import Question as Stored
from core.store.serial import read_entry, write_entry

HABITS = {"order", "sets_or_load", "effort_or_reps", "load_or_effort", "reps_or_load"}
"""Questions whose answer is a way of writing, and so is remembered."""

COMPLETED = {"reps", "load", "exercise_missing"}
"""Questions that are answered in words: the answer completes the text."""

NAMES = {"exercise", "unknown_exercise"}
"""Questions whose answer is a lift."""

REPHRASE = {"number", "range", "day", "seconds", "exercise_order", "low_effort"}
"""Questions that have no list of answers: the line is to be written again."""

OF_THE_LAST_SET = {"pain_level": (0, 10), "effort": (0, 5)}
"""Questions about a set that is in the log: how bad the pain was, how many reps were left; and the numbers they take."""

OF_A_CALL = frozenset({"call", "call_at", "call_left"})
"""Questions about the call in a set that is in the log: how many were left, at which rep."""

AWAITED = frozenset({"call_set", "call_reps"})
"""What waits for the set of a test of effort (`in_test`): other sets may come before it."""

OF_A_TEST = OF_A_CALL | AWAITED | {"call_safe"}

MOST_SETS_BY_HABIT = 6
"""More sets than these are never read out of a habit: `100x8 9` is no nine sets (own choice)."""


def never_a_habit(code: str, label: str) -> bool:
    """Whether an answer is about this one line: a number that was a count of sets once may be an effort next time, and a
    light bar of one lift is none of another."""
    return code not in HABITS or (code, label) in {("effort_or_reps", "sets"), ("order", "load_reps")}


async def ask(turn: Turn, found: Sequence[Question]) -> list[Fact]:
    """Store the questions of a message, and put the first: the others come one after the other.

    In a room only what has numbered answers is asked.
    """
    rows = [row for question in found if (row := await _row_of(turn, question)) is not None]
    newest = None
    for row in reversed(rows):  # the newest open question is the one that is answered
        newest = replace(row, id=turn.id())
        await questions.ask(turn.conn, newest)
    return [] if newest is None else [await asked(turn, newest)]


async def _row_of(turn: Turn, question: Question) -> Stored | None:
    choices = await _choices(turn, question)
    if not choices and not turn.private:
        return None
    entries = [entry for reading in question.readings for entry in reading.sets]
    first = [write_entry(entry) for entry in question.readings[0].sets] if question.readings else []
    partial = _unassisted(question.partial)
    ids = {entry.exercise for entry in ([partial] if partial is not None else entries)}
    return _row(
        turn,
        question.ask,
        question.text,
        choices,
        typed=question.typed,
        partial=None if partial is None else write_entry(partial),
        sets=first if question.ask in REPHRASE else [],
        lifts=sorted(one for one in ids if one is not None),
    )


def _unassisted(partial: SetEntry | None) -> SetEntry | None:
    """An assisted pull-up is a pull-up with a load taken off, here as in a set that is clear."""
    lift = None if partial is None or partial.exercise is None else unassisted(partial.exercise)
    if partial is None or lift == partial.exercise:
        return partial
    load = None if partial.load is None else -abs(partial.load)
    return replace(partial, exercise=lift, load=load, bodyweight=True)


async def _choices(turn: Turn, question: Question) -> list[dict[str, Any]]:
    if question.ask == "unknown_exercise":
        return await _near_lifts(turn, question)
    if question.ask in REPHRASE or question.ask in COMPLETED:
        return []
    if (
        question.ask == "exercise" and not question.readings
    ):  # its numbers are asked about when the lift is known
        return [packed(one, ()) for one in await ids_of(turn, question.typed or "")]
    return [packed(reading.label, reading.sets) for reading in question.readings]


async def ids_of(turn: Turn, typed: str) -> list[str]:
    """The lifts that a name can mean."""
    return list((await turn.names()).resolve(typed).ids)


async def _near_lifts(turn: Turn, question: Question) -> list[dict[str, Any]]:
    """A name that is nothing in the catalogue: near ones, or a lift of the athlete's own."""
    names, typed = await turn.names(), question.typed or ""
    entries = question.readings[0].sets if question.readings else ()
    whole = re.split(r"\d", question.text, maxsplit=1)[0].strip(" :,-")
    near = names.resolve(typed).ids[:3] or names.similar(whole) or names.similar(typed)
    choices = [packed(one, [replace(entry, exercise=one) for entry in entries]) for one in near]
    return [*choices, packed("add", entries, word="add"), packed("drop", (), word="drop")]


def packed(label: str, entries: Sequence[SetEntry], **more: object) -> dict[str, Any]:
    """A choice as JSON values: what it means and the sets it stands for."""
    return {"label": label, "sets": [write_entry(entry) for entry in entries], **more}


def _row(turn: Turn, code: str, text: str, choices: Sequence[dict[str, Any]], **payload: object) -> Stored:
    return Stored(
        turn.id(),
        turn.athlete.id,
        turn.answers,
        turn.message.chat,
        code,
        turn.now,
        {"text": text, **_test_in(turn), **payload, **_pain_in(choices, payload)},
        tuple(choices),
    )


def _test_in(turn: Turn) -> dict[str, Any]:
    """The test of effort whose set waits for an answer."""
    return {} if turn.called is None else {"called": packed_test(turn.called)}


def _pain_in(choices: Sequence[dict[str, Any]], payload: dict[str, Any]) -> dict[str, Any]:
    """The worst pain among the sets that wait for an answer: its care does not wait."""
    held = [one for choice in choices for one in choice["sets"]]
    held += [*payload.get("sets", ()), payload.get("partial")]
    felt = [pain for one in held if one is not None and (pain := read_entry(one).pain) is not None]
    return {"pain": {"level": max(felt, key=pain_level).level}} if felt else {}


async def put(
    turn: Turn, code: str, text: str, choices: Sequence[dict[str, Any]], **payload: object
) -> Asked:
    """Store a question of the coach's own and say it."""
    row = _row(turn, code, text, choices, **payload)
    await questions.ask(turn.conn, row)
    return await asked(turn, row)


async def asked(turn: Turn, row: Stored) -> Asked:
    """A stored question, as it is said."""
    names, held = await turn.names(), row.payload
    facts: dict[str, object] = {
        key: held.get(key)
        for key in ("typed", "count", "old", "new", "number", "left", "at", "signs", "again")
        if key in held
    }
    if held.get("partial") is not None:
        facts["partial"] = read_entry(held["partial"])
    if "pain" in held:
        facts["pain"] = Pain(held["pain"]["level"])
    if row.code == "pain_level":
        facts["set"] = held["set"]
        if held.get("several") or row.message_id != turn.message.id:
            facts["exercise"] = await turn.exercise(held["lift"])
    if row.code in OF_A_TEST and held.get("lift") is not None:
        facts["exercise"] = await turn.exercise(held["lift"])
    if "seen" in held:
        facts["lifts"] = tuple([await turn.exercise(one) for one in held["seen"]])
    if "top" in held:
        facts |= {"exercise": await turn.exercise(held["top"]), "done": read_entry(held["done"])}
    choices = tuple(_choice(names, row.code, choice) for choice in row.choices)
    return Asked(row.code, held["text"], choices, facts, row.id)


def _choice(names: Catalogue, code: str, held: dict[str, Any]) -> Choice:
    if "of" in held:
        return _choice(names, held["of"], held["choice"])
    if "word" in held:
        return Choice(word=held["word"], number=held.get("number"))
    if code in NAMES:
        return Choice(exercise=names.get(held["label"]))
    return Choice(sets=tuple(read_entry(one) for one in held["sets"]))


_YES, _NO = "yes", "no"


def _yes_or_no(entries: Sequence[SetEntry], yes: str = _YES, no: str = _NO) -> list[dict[str, Any]]:
    return [packed(_YES, entries, word=yes), packed(_NO, (), word=no)]


async def ask_missing(
    turn: Turn, text: str, missing: Missing, entries: Sequence[SetEntry], *, edit: bool = False
) -> list[Fact]:
    """An entry of a message lacks its lift, its load, or a set to repeat. In a room nothing is said of it.

    `edit`: the answer replaces what the message had logged before; until then that stays.
    """
    if not turn.private:
        return []
    if missing.what == "repeat":
        return [Asked("nothing_to_repeat", text)]
    partial = missing.entry
    planned = await at_planned_load(turn, missing, entries)
    return [
        await put(
            turn,
            "exercise_missing" if missing.what == "exercise" else "load",
            text,
            [] if planned is None else [packed("planned", planned[0])],
            partial=write_entry(partial),
            sets=[write_entry(entry) for entry in entries],
            lifts=[partial.exercise] if partial.exercise is not None else [],
            edit=edit,
        )
    ]


async def ask_surprising(
    turn: Turn,
    text: str,
    entries: Sequence[SetEntry],
    top: LoggedSet,
    corrects: str | None = None,
    *,
    edit: bool = False,
) -> Asked:
    """A set, or a correction of one, far above the best so far: stored only after a yes. `edit` as in `ask_missing`."""
    more = {} if corrects is None else {"corrects": corrects}
    held = {"top": top.exercise_id, "done": write_entry(top.done), "edit": edit}
    return await put(turn, "surprising", text, _yes_or_no(entries), **held, **more)


async def ask_mend_units(turn: Turn, old: str, count: int, *, again: bool = False) -> Asked:
    """The unit was changed: were the earlier plain numbers in the new unit all along? Asked `again` if sets pass it over,
    once: the next targets stand on it."""
    choices = _yes_or_no((), "mend", "keep")
    new = turn.athlete.unit
    return await put(turn, "mend_units", old, choices, count=count, old=old, new=new, again=again)
