"""Questions: asked once, kept as rows, answered by a number or a few words, and remembered as a habit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.coach import journal, log
from core.coach.resolve import Missing
from core.coach.turn import Turn
from core.exercises import fold
from core.facts import Asked, Choice, Corrected, Fact, Noted, Told
from core.model import Exercise, LoggedSet, Pain, Reason, Role, SetEntry, Target
from core.notation import Parsed, Setting, parse
from core.notation.reading import Question
from core.store import lifts, people, questions, sets
from core.store import messages as message_store
from core.store.questions import Question as StoredQuestion
from core.store.serial import read_entry, write_entry

HABITS = {"order", "sets_or_load", "effort_or_reps", "load_or_effort", "reps_or_load"}
"""Questions whose answer is a way of writing, and so is remembered."""

COMPLETED = {"reps", "load", "exercise_missing"}
"""Questions that are answered in words: the answer completes the text."""

REPHRASE = {"number", "range", "decimal", "day", "seconds", "exercise_order", "low_effort"}
"""Questions that have no list of answers: the line is to be written again."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A question that need not be asked: its sets, and the reason that says so."""

    sets: tuple[SetEntry, ...]
    why: Reason


async def settle(turn: Turn, question: Question) -> Settled | None:
    """Answer a question from what this athlete meant before."""
    if question.ask in HABITS:
        label = (await turn.preferences()).get(f"reads:{question.ask}")
        for reading in question.readings:
            if reading.label == label:
                return Settled(reading.sets, Reason("read_as_before", {}))
    if question.ask in ("exercise", "unknown_exercise") and question.typed is not None:
        return await _settle_name(turn, question)
    return None


async def _settle_name(turn: Turn, question: Question) -> Settled | None:
    key = fold(question.typed or "")
    meant = (await lifts.names(turn.conn, turn.athlete.id)).get(key)
    ids = [reading.label for reading in question.readings]
    if meant is None and question.ask == "exercise":
        meant = await sets.last_used(turn.conn, turn.athlete.id, ids)
    if meant is None or (await turn.names()).get(meant) is None:
        return None
    reading = next(
        (r for r in question.readings if r.label == meant),
        question.readings[0] if question.readings else None,
    )
    if reading is None:
        return None
    named = tuple(replace(entry, exercise=meant) for entry in reading.sets)
    return Settled(named, Reason("name_as_before", {"typed": question.typed, "exercise": meant}))


async def ask(turn: Turn, question: Question) -> Asked:
    """Store a question and say it."""
    if question.ask == "unknown_exercise":
        return await _ask_unknown(turn, question)
    choices = [Choice(sets=reading.sets) for reading in question.readings]
    if question.ask == "exercise":
        names = await turn.names()
        choices = [Choice(exercise=names.get(reading.label)) for reading in question.readings]
    code = question.ask
    answerable = (bool(choices) and code not in REPHRASE) or (
        code in COMPLETED and question.partial is not None
    )
    if answerable:
        await _store(turn, question, [_packed(reading.label, reading.sets) for reading in question.readings])
    facts: dict[str, object] = {"typed": question.typed, "partial": question.partial}
    return Asked(code, question.text, tuple(choices) if answerable else (), facts)


async def _ask_unknown(turn: Turn, question: Question) -> Asked:
    """A name that is nothing in the catalogue: near ones, or a lift of the athlete's own."""
    names = await turn.names()
    typed = question.typed or ""
    near = [names.get(one) for one in names.resolve(typed).ids[:3]]
    entries = question.readings[0].sets if question.readings else ()
    choices = [Choice(exercise=one) for one in near if one is not None]
    packed = [
        _packed(one.id, tuple(replace(e, exercise=one.id) for e in entries))
        for one in near
        if one is not None
    ]
    choices += [Choice(word="add"), Choice(word="drop")]
    packed += [_packed("add", entries), _packed("drop", ())]
    await _store(turn, question, packed)
    return Asked("unknown_exercise", question.text, tuple(choices), {"typed": typed})


def _packed(label: str, entries: Sequence[SetEntry]) -> dict[str, Any]:
    return {"label": label, "sets": [write_entry(entry) for entry in entries]}


async def _store(
    turn: Turn, question: Question, choices: Sequence[dict[str, Any]], more: dict[str, Any] | None = None
) -> None:
    partial = None if question.partial is None else write_entry(question.partial)
    payload = {"text": question.text, "typed": question.typed, "partial": partial, **(more or {})}
    await questions.ask(
        turn.conn,
        StoredQuestion(
            turn.id(),
            turn.athlete.id,
            turn.message.id,
            turn.message.chat,
            question.ask,
            turn.now,
            payload,
            tuple(choices),
        ),
    )


async def ask_missing(turn: Turn, text: str, missing: Missing) -> Asked:
    """An entry lacks its lift, its load, or a set to repeat."""
    if missing.what == "repeat":
        return Asked("nothing_to_repeat", text)
    code = "exercise_missing" if missing.what == "exercise" else "load"
    await _store(turn, Question(text, code, (), None, missing.entry), [])
    return Asked(code, text, (), {"partial": missing.entry, "exercise": missing.entry.exercise})


async def ask_surprising(turn: Turn, text: str, entries: Sequence[SetEntry], top: LoggedSet) -> Asked:
    """A set far above the best so far: stored only after a yes."""
    choices = [_packed("yes", entries), _packed("no", ())]
    await _store(turn, Question(text, "surprising"), choices)
    exercise = await turn.exercise(top.exercise_id)
    facts: dict[str, object] = {"exercise": exercise, "done": top.done}
    return Asked("surprising", text, (Choice(word="yes"), Choice(word="no")), facts)


async def ask_surprising_correction(turn: Turn, text: str, changed: LoggedSet, said: SetEntry) -> Asked:
    """A correction far above the best so far: made only after a yes."""
    choices = [_packed("yes", (said,)), _packed("no", ())]
    question = Question(text, "surprising")
    await _store(turn, question, choices, {"corrects": changed.id})
    facts: dict[str, object] = {"exercise": await turn.exercise(changed.exercise_id), "done": changed.done}
    return Asked("surprising", text, (Choice(word="yes"), Choice(word="no")), facts)


async def ask_mend_units(turn: Turn, old: str, count: int) -> Asked:
    """The unit was changed: were the earlier plain numbers in the new unit all along?"""
    choices = [_packed("yes", ()), _packed("no", ())]
    await _store(turn, Question(old, "mend_units"), choices)
    facts: dict[str, object] = {"count": count, "old": old, "new": turn.athlete.unit}
    return Asked("mend_units", old, (Choice(word="mend"), Choice(word="keep")), facts)


OF_THE_LAST_SET = {"pain_level": (0, 10), "effort": (0, 5)}
"""Questions about a set that is in the log: how bad the pain was, how many reps were left; and the numbers they take."""


async def follow_up(turn: Turn, facts: Sequence[Fact]) -> None:
    """Where a reply ends in a question about the set just logged, a bare number answers it."""
    for fact in facts:
        if not isinstance(fact, Noted | Corrected) or fact.target is None:
            continue
        code = _asks(fact.target)
        set_id = fact.set_id if isinstance(fact, Corrected) else fact.sets[-1].id
        if code is not None:
            await questions.ask(
                turn.conn,
                StoredQuestion(
                    turn.id(),
                    turn.athlete.id,
                    turn.message.id,
                    turn.message.chat,
                    code,
                    turn.now,
                    {"set": set_id},
                ),
            )


def _asks(target: Target) -> str | None:
    codes = {reason.code: reason.facts for reason in target.reasons}
    if "pain_lower" in codes and codes["pain_lower"].get("level") is None:
        return "pain_level"
    return "effort" if codes.keys() & {"effort_asked", "hold_unrated"} else None


def said_of_set(question: StoredQuestion, text: str) -> SetEntry | None:
    """What a bare number says of the set that was asked about."""
    match = re.fullmatch(r"\s*(\d{1,2})(?:\s*/\s*10)?\s*", text)
    least, most = OF_THE_LAST_SET[question.code]
    if match is None or not least <= int(match.group(1)) <= most:
        return None
    number = int(match.group(1))
    if question.code == "pain_level":
        return SetEntry(pain=Pain(number))
    return SetEntry(rpe=10.0 - number, rir_at_least=number > 4)


_NUMBER = re.compile(r"\s*(?:#|nr\.?\s*)?(\d{1,2})\s*[.)]?\s*$")
_YES = {
    "yes",
    "y",
    "yep",
    "yeah",
    "ja",
    "si",
    "sí",
    "oui",
    "sim",
    "da",
    "да",
    "是",
    "yes really",
    "yes, really",
}
_NO = {"no", "n", "nope", "nein", "non", "nao", "não", "нет", "不", "不是"}


def _chosen(text: str, choices: Sequence[Any]) -> int | None:
    """The place of the answer among the choices, None where the text is none."""
    match = _NUMBER.match(text)
    if match is not None:
        place = int(match.group(1))
        return place - 1 if 1 <= place <= len(choices) else None
    labels = [choice["label"] for choice in choices]
    word = text.strip().lower().rstrip(".!")
    if word in _YES and "yes" in labels:
        return labels.index("yes")
    if word in _NO and "no" in labels:
        return labels.index("no")
    return labels.index(word) if word in labels else None


async def answered(turn: Turn, text: str) -> list[Fact] | None:
    """The facts where the message answers the open question of this chat; None where it does not."""
    if not turn.private and not turn.to_bot:
        return None
    question = await questions.open_for(turn.conn, turn.athlete.id, turn.message.chat)
    if question is None:
        return None
    if question.code in OF_THE_LAST_SET:
        return await _about_set(turn, question, text)
    place = _chosen(text, question.choices) if question.choices else None
    if place is not None:
        await questions.answer(turn.conn, question.id, question.choices[place]["label"], turn.now)
        return await _choose(turn, question, question.choices[place])
    if question.code in COMPLETED:
        return await _complete(turn, question, text)
    return None


async def _about_set(turn: Turn, question: StoredQuestion, text: str) -> list[Fact] | None:
    from core.coach.listen import correct_set

    said = said_of_set(question, text)
    logged = await sets.get(turn.conn, question.payload["set"]) if said is not None else None
    if said is None or logged is None:
        return None
    await questions.answer(turn.conn, question.id, text.strip(), turn.now)
    return await correct_set(turn, logged, said)


async def _choose(turn: Turn, question: StoredQuestion, choice: dict[str, Any]) -> list[Fact]:
    label, entries = choice["label"], [read_entry(one) for one in choice["sets"]]
    if question.code == "mend_units":
        return await _mend_units(turn, question, label)
    if label in ("no", "drop"):
        return [Told("left_out", {"text": question.payload["text"]})]
    if "corrects" in question.payload:
        return await _correct_after_all(turn, question.payload["corrects"], entries[0])
    if question.code in HABITS:
        await people.remember(turn.conn, turn.athlete.id, f"reads:{question.code}", label)
    typed = question.payload.get("typed")
    if question.code in ("exercise", "unknown_exercise") and typed:
        if label == "add":
            exercise = await add_own(turn, typed, None)
            label = exercise.id
        entries = [replace(entry, exercise=label) for entry in entries]
        await lifts.name(turn.conn, turn.athlete.id, fold(typed), label, turn.now)
    return await _log_for(turn, question, entries, sure=question.code == "surprising")


async def _correct_after_all(turn: Turn, set_id: str, said: SetEntry) -> list[Fact]:
    from core.coach import listen

    logged = await sets.get(turn.conn, set_id)
    if logged is None:
        return [Told("question_over")]
    return await listen.put_right(turn, logged, await listen.with_said(turn, logged, said))


async def _log_for(
    turn: Turn, question: StoredQuestion, entries: Sequence[SetEntry], *, sure: bool = False
) -> list[Fact]:
    """Store the sets of the message that was asked about, as if it had been clear."""
    message = None
    if question.message_id is not None:
        message = await message_store.get(turn.conn, question.message_id)
    if message is None or message.deleted_at is not None:
        return [Told("question_over")]
    asked = replace_message(turn, message)
    old = await sets.of_message(turn.conn, message.id)
    written = await log.write_down(asked, entries)
    if written.missing:
        return [await ask_missing(asked, question.payload["text"], written.missing[0])]
    top = None if sure else await log.surprising(asked, written.sets)
    if top is not None:
        return [await ask_surprising(asked, question.payload["text"], entries, top)]
    made = [replace(one, position=one.position + len(old)) for one in written.sets]
    await journal_and_add(asked, message.id, old, made)
    return await log.noted(asked, made, {})


async def journal_and_add(
    turn: Turn, message_id: str, old: Sequence[LoggedSet], made: Sequence[LoggedSet]
) -> None:
    """Add sets to a message that may have some already."""
    await journal.record_sets(turn, message_id, old)
    await sets.add(turn.conn, made)


def replace_message(turn: Turn, message: message_store.Message) -> Turn:
    """The same turn, spoken for an earlier message."""
    return Turn(
        turn.conn,
        turn.athlete,
        turn.author_id,
        message,
        turn.now,
        turn.ids,
        turn.private,
        turn.to_bot,
        turn._names,
    )


async def _complete(turn: Turn, question: StoredQuestion, text: str) -> list[Fact] | None:
    """`8` after "how many reps?": the answer and the text make one reading."""
    partial = question.payload.get("partial")
    if partial is None:
        return None
    entry = read_entry(partial)
    done = await _completed(turn, question.code, entry, question.payload["text"], text)
    if done is None:
        return None
    await questions.answer(turn.conn, question.id, text[:200], turn.now)
    return await _log_for(turn, question, done)


async def _completed(
    turn: Turn, code: str, partial: SetEntry, asked: str, text: str
) -> tuple[SetEntry, ...] | None:
    names = await turn.names()
    setting = Setting(unit=turn.athlete.unit, today=turn.local_day(turn.message.sent_at), names=names)
    if code == "exercise_missing":
        return _with_lift(text, asked, setting)
    if code == "load":
        return _with_load(text, partial, setting)
    answer = parse(text if re.search(r"\d", text) else "", replace(setting, carried=None))
    if len(answer.sets) != 1 and not answer.sets:
        return None
    if any(e.exercise is not None or e.load is not None or e.reps is None for e in answer.sets):
        return None
    return tuple(
        replace(e, exercise=partial.exercise, typed=partial.typed, load=partial.load, unit=partial.unit,
                bodyweight=partial.bodyweight, day=partial.day, ref=None)
        for e in answer.sets
    )  # fmt: skip


def _with_lift(text: str, asked: str, setting: Setting) -> tuple[SetEntry, ...] | None:
    if re.search(r"\d", text):
        return None
    resolved = setting.catalogue.resolve(text)
    if resolved.status not in ("exact", "near"):
        return None
    read: Parsed = parse(f"{resolved.ids[0].replace('-', ' ')} {asked}", setting)
    if read.sets:
        return tuple(replace(entry, exercise=resolved.ids[0]) for entry in read.sets)
    return None


_LOAD = re.compile(r"\s*(\d{1,4}(?:[.,]\d{1,3})?)\s*(kg|kgs|kilo|lb|lbs|#)?\s*$", re.IGNORECASE)


def _with_load(text: str, partial: SetEntry, setting: Setting) -> tuple[SetEntry, ...] | None:
    match = _LOAD.match(text)
    if match is None:
        return None
    load = float(match.group(1).replace(",", "."))
    unit = match.group(2)
    typed = None if unit is None else "lb" if unit.lower() in ("lb", "lbs", "#") else "kg"
    read = parse(f"squat {load:g} {typed or setting.unit} x 1", setting)  # the bounds on loads
    if not read.sets:
        return None
    return (replace(partial, load=load, unit=typed),)  # type: ignore[arg-type]


async def add_own(turn: Turn, name: str, like: Exercise | None) -> Exercise:
    """A lift of the athlete's own, with the traits of a known one or of a plain accessory."""
    names = await turn.names()
    clean = " ".join(name.split())[:60]
    base = re.sub(r"[^a-z0-9]+", "-", fold(clean)).strip("-") or "lift"
    exercise_id = f"own-{base}"
    taken = names.get(exercise_id)
    if taken is not None and taken.name == clean:
        return taken
    if taken is not None:
        exercise_id = f"{exercise_id}-{len(names)}"
    plain = Exercise(exercise_id, clean, Role.ACCESSORY, True, "other", "other", 2.5, 5.0, (), own=True)
    exercise = plain if like is None else replace(like, id=exercise_id, name=clean, own=True)
    await lifts.add_own(turn.conn, turn.athlete.id, exercise, (clean,), turn.now)
    await journal.record(turn, "own_exercise", {"id": exercise_id})
    turn._names = names.extended([(exercise, (clean,))])
    return exercise


async def _mend_units(turn: Turn, question: StoredQuestion, label: str) -> list[Fact]:
    from core.coach.profile import mend_units

    if label == "no":
        return [Told("units_kept", {"unit": turn.athlete.unit})]
    return await mend_units(turn, question.payload["text"])
