"""Questions that need not be put: what was meant is known from the plan, from the last set, or from an answer before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from core.coach import asking
from core.coach.courses import HAS_PLAN, programme
from core.coach.expected import Expected, expected
from core.coach.mirrored import as_planned as as_planned_scheme
from core.coach.turn import Turn
from core.exercises import fold
from core.model import Reason, SetEntry
from core.notation import Parsed, Setting, parse
from core.notation.reading import Question, Reading
from core.store import lifts, sets


@dataclass(slots=True)
class Clear:
    """The sets of a message that are clear or settled, in order, why they were read so, and the questions that remain."""

    sets: list[SetEntry]
    why: list[Reason]
    questions: list[Question]


async def settled(turn: Turn, parsed: Parsed, text: str, setting: Setting) -> Clear:
    """The sets of a message as far as they are known: of a `text` that was read against a `setting`."""
    parsed, turned = await as_planned_scheme(turn, parsed, text, setting)
    said = None if turned is None else (await _settled(turn, (), turned)).why
    clear = Clear(list(parsed.sets), [] if said is None else [said], [])
    for question in parsed.questions:
        for known in await _settled_or_asked(turn, question):
            if isinstance(known, Question):
                clear.questions.append(known)
                continue
            clear.sets += known.sets
            clear.why += [] if known.why is None or known.why in clear.why else [known.why]
    return clear


async def _settled_or_asked(turn: Turn, question: Question) -> list[Settled | Question]:
    doubted_twice = question.ask in asking.NAMES and question.typed is not None and not question.readings
    meant = await lift_meant(turn, question) if doubted_twice else None
    if meant is None:
        return [await settle(turn, question)]
    clear = await of_lift(turn, question.text, question.typed or "", meant)
    return [
        *clear.questions,
        *([Settled(tuple(clear.sets), next(iter(clear.why), None))] if clear.sets else []),
    ]


async def of_lift(turn: Turn, text: str, typed: str, lift: str) -> Clear:
    """What is known of a text with the lift that a name in it stands for."""
    name = (await turn.exercise(lift)).name
    named = text.replace(typed, name, 1) if typed in text else f"{name} {text}"
    today = turn.local_day(turn.message.sent_at)
    setting = Setting(unit=turn.athlete.unit, today=today, names=await turn.names())
    read = parse(named, setting)
    as_asked = tuple(replace(one, text=text) for one in read.questions)
    of_name = tuple(replace(one, typed=typed) for one in read.sets)
    return await settled(turn, replace(read, sets=of_name, questions=as_asked), named, setting)


@dataclass(frozen=True, slots=True)
class Settled:
    """A question that need not be asked: its sets, and the reason that says so, where it is not known by now."""

    sets: tuple[SetEntry, ...]
    why: Reason | None


async def settle(turn: Turn, question: Question) -> Settled | Question:
    """Answer a question from what the plan has today, from what the lift was done with, or from what this athlete meant
    before; else the question, the likelier readings first."""
    if question.ask in asking.HABITS:
        return await _settle_reading(turn, question)
    if question.ask in asking.NAMES and question.typed is not None:
        return await _settle_name(turn, question) or question
    return question


async def _settle_reading(turn: Turn, question: Question) -> Settled | Question:
    lift = await _lift_of(turn, question)
    known = Expected(turn.athlete.unit) if lift is None else await expected(turn, lift)
    weighed = weigh(question.readings, known)
    if weighed.meant is not None and weighed.why is not None:
        return await _settled(turn, weighed.meant.sets, weighed.why)
    label = (await turn.preferences()).get(f"reads:{question.ask}", "")
    for reading in question.readings:
        usual = reading.label == label and _is_settled(question.ask, label, reading.sets)
        if usual and not known.is_far(reading.sets):
            return await _settled(turn, reading.sets, Reason("read_as_before", {}))
    return replace(question, readings=weighed.in_order)


class Weighed(NamedTuple):
    """Readings of a text beside what is expected of its lift: the one that is meant, where that is clear, and why; all of
    them, the likelier ones first."""

    meant: Reading | None
    why: Reason | None
    in_order: tuple[Reading, ...]


def weigh(readings: Sequence[Reading], known: Expected) -> Weighed:
    """The plan settles a text where one reading is what it asks for; the last set, where all others are far from its load
    or many sets."""
    likely = [one for one in readings if known.is_planned(one.sets)]
    if known.planned_kg is None:  # its load is still to be found
        likely = [one for one in readings if len(one.sets) > 1 and known.asks(one.sets)]
    for agrees in (known.has_its_reps, known.has_its_effort):
        likely = [one for one in likely if agrees(one.sets)] or likely
    as_last = [one for one in readings if known.is_as_last(one.sets)]
    first = likely or as_last
    rest = [one for one in readings if one not in first]
    in_order = (
        *first,
        *sorted(rest, key=lambda one: (known.is_far(one.sets), known.sets > 0 and _are_many(one))),
    )
    if len(likely) == 1:
        return Weighed(likely[0], Reason("read_as_planned", {}), in_order)
    apart = all(known.is_far(one.sets) or _are_many(one) for one in rest)
    if not likely and len(as_last) == 1 and apart:
        return Weighed(as_last[0], Reason("read_as_last", {}), in_order)
    return Weighed(None, None, in_order)


def _are_many(reading: Reading) -> bool:
    return len(reading.sets) > asking.MOST_SETS_BY_HABIT


async def _lift_of(turn: Turn, question: Question) -> str | None:
    """The one lift that all readings of a question are of; None where there are several, or none is known."""
    named = {entry.exercise for reading in question.readings for entry in reading.sets}
    if named == {None}:
        carried = await turn.carried()
        return None if carried is None else carried.exercise_id
    return named.pop() if len(named) == 1 else None


TOLD_HOW: Final = 3
"""So many times it is said how a text was read, each way and each name for itself (own choice)."""


async def _settled(turn: Turn, entries: Sequence[SetEntry], why: Reason) -> Settled:
    """Sets with the reason why they were read so, which is said the first times only."""
    key = ":".join(["told", why.code, *(fold(str(name)) for name in why.facts.values())])[:LONGEST_KEY]
    times = int((await turn.preferences()).get(key, "0"))
    if times >= TOLD_HOW:
        return Settled(tuple(entries), None)
    await turn.remember(key, str(times + 1))
    return Settled(tuple(entries), why)


LONGEST_KEY = 100
"""Characters of a preference's name."""


def _is_settled(code: str, label: str, entries: Sequence[SetEntry]) -> bool:
    return len(entries) <= asking.MOST_SETS_BY_HABIT and not asking.never_a_habit(code, label)


async def lift_meant(turn: Turn, question: Question) -> str | None:
    """The lift that a name which could be several, or is none in the catalogue, stands for with this athlete."""
    key = fold(question.typed or "")
    meant = (await lifts.names(turn.conn, turn.athlete.id)).get(key)
    if meant is None and question.ask == "exercise":
        ids = [one.label for one in question.readings] or await asking.ids_of(turn, question.typed or "")
        meant = await _planned_one(turn, ids) or await sets.last_used(turn.conn, turn.athlete.id, ids)
    return None if meant is None or (await turn.names()).get(meant) is None else meant


async def _settle_name(turn: Turn, question: Question) -> Settled | None:
    meant = await lift_meant(turn, question)
    reading = next(
        (r for r in question.readings if r.label == meant),
        question.readings[0] if question.readings else None,
    )
    if meant is None or reading is None:
        return None
    named = [replace(entry, exercise=meant) for entry in reading.sets]
    return await _settled(turn, named, Reason("name_as_before", {"typed": question.typed, "exercise": meant}))


async def _planned_one(turn: Turn, ids: Sequence[str]) -> str | None:
    """The one of some lifts that is in the athlete's plan."""
    if HAS_PLAN not in await turn.preferences():
        return None
    found = await programme(turn.conn, turn.athlete.id)
    planned = [one for one in ids if found is not None and one in found.exercises]
    return planned[0] if len(planned) == 1 else None


async def as_planned(turn: Turn, why: Sequence[Reason]) -> list[Reason]:
    """That a load which was not typed is the plan's, unless that was said of this message or often enough."""
    said = Reason("read_as_planned", {})
    known = None if said in why else (await _settled(turn, (), said)).why
    return [] if known is None else [known]
