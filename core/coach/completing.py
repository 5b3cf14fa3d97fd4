"""Answers in words: what they complete, and what they say of a set. Every bound is the notation's."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from core.coach.choosing import one_line
from core.coach.resolve import lacks_load
from core.coach.turn import Turn
from core.model import Pain, SetEntry, Unit
from core.notation import Parsed, Problem, Setting, parse
from core.notation.printer import number
from core.program.hit import Ending

EFFORT = re.compile(r"(?:@|rpe)? ?(\d{1,2}(?:[.,]5)?)$", re.IGNORECASE)

_WORDS = {
    "none": 0, "zero": 0, "nothing": 0, "no more": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_NUMBER = rf"(?P<n>\d{{1,2}}|{'|'.join(_WORDS)})"
_ABOUT = r"(?:it'?s|it is|was|about|around|maybe|like|only|~|an?| )*"
MOST_CHARACTERS = 200
"""A longer message is no answer to a question (own choice)."""
_LEAST_MOST = {"pain_level": (0, 10), "effort": (0, 5)}
_ANSWERS = {
    "pain_level": re.compile(
        rf"{_ABOUT}(?:pain|level|[: ])*{_NUMBER}(?: ?(?:/|out of|of|von|de|sur|su|из) ?10)? ?[.!]?$",
        re.IGNORECASE,
    ),
    "effort": re.compile(
        rf"{_ABOUT}{_NUMBER}(?: ?(?:left|more|rir|reps?|in the tank|in reserve))* ?[.!]?$",
        re.IGNORECASE,
    ),
}
"""What people answer to "how bad is it?" and to "how many more?", their blanks one each."""


def said_of_set(code: str, text: str) -> SetEntry | None:
    """What an answer says of the set that was asked about; None where it is no answer to that."""
    match = _ANSWERS[code].match(one_line(text))
    if match is None:
        corrects = parse(text).corrects
        return corrects if corrects is not None and _is_about(code, corrects) else None
    typed = match.group("n").lower()
    value = _WORDS[typed] if typed in _WORDS else int(typed)
    least, most = _LEAST_MOST[code]
    if not least <= value <= most:
        return None
    if code == "pain_level":
        return SetEntry(pain=Pain(value))
    return SetEntry(rpe=10.0 - value, rir_at_least=value > 4)


_ENDINGS = {
    Ending.COULD_NOT: re.compile(
        r"(?:i |no,? i )?(?:could(?:n'?t| ?not)|can'?t|failed|fail|failure|no more|nothing left|not one more)\b.*", re.IGNORECASE
    ),
    Ending.STOPPED: re.compile(r"(?:i )?(?:just |only )?(?:stopp?ed|stop|quit|gave up|had more|could have)\b.*", re.IGNORECASE),
}  # fmt: skip
"""What people answer to "could not do one more, or stopped?"."""


def how_it_ended(text: str) -> Ending | None:
    """How a set ended, in words; None where they say nothing of it."""
    said = one_line(text)
    if len(said) > MOST_CHARACTERS or any(char.isdigit() for char in said):
        return None  # a set stands in it
    return next((ending for ending, words in _ENDINGS.items() if words.fullmatch(said)), None)


def _is_about(code: str, said: SetEntry) -> bool:
    if said.load is not None or said.reps is not None or said.exercise is not None:
        return False
    if code == "pain_level":
        return said.pain is not None and said.pain.level is not None
    return said.rpe is not None


@dataclass(frozen=True, slots=True)
class Completed:
    """The sets that an answer makes, or the bound that it breaks. `lacked` says that it gave the load alone."""

    sets: tuple[SetEntry, ...] = ()
    lacked: bool = False
    problems: tuple[Problem, ...] = ()


async def completed(turn: Turn, code: str, partial: SetEntry, asked: str, text: str) -> Completed | None:
    """The sets that an answer makes of what was known; None where it is no answer."""
    if len(text) > MOST_CHARACTERS:
        return None
    names = await turn.names()
    setting = Setting(unit=turn.athlete.unit, today=turn.local_day(turn.message.sent_at), names=names)
    if code == "exercise_missing":
        return _with_lift(text, asked, setting)
    lift = None if partial.exercise is None else names.get(partial.exercise)
    alone = parse(text, replace(setting, carried=lift))
    if any(entry.exercise is not None for entry in alone.sets) or alone.corrects is not None:
        return None
    if any(entry.load for entry in alone.sets):  # a 0 is what a bodyweight lift has anyway
        return _whole(partial, alone)
    done = _with_load(text, partial, setting) if code == "load" else _with_reps(text, partial, setting)
    return done or _numbers(partial, alone)


def _numbers(partial: SetEntry, alone: Parsed) -> Completed | None:
    """`4x10 5 left`, where a load was asked for: numbers alone are of the lift that was asked about; of several readings the
    one with a load, as far as there is only one."""
    if alone.problems or len(alone.questions) + bool(alone.sets) != 1:
        return None
    ways = [alone.sets] if alone.sets else [way.sets for way in alone.questions[0].readings]
    loaded = [way for way in ways if all(entry.load for entry in way)]
    way = loaded[0] if len(loaded) == 1 else ways[0] if len(ways) == 1 else None
    if way is None or any(entry.ref is not None for entry in way):
        return None
    known = {"load": partial.load, "unit": partial.unit}
    made = [entry if entry.load is not None else replace(entry, **known) for entry in way]  # type: ignore[arg-type]
    return Completed(tuple(_of(partial, entry) for entry in made))


def _whole(partial: SetEntry, alone: Parsed) -> Completed | None:
    """`105x8`, where only one of both was asked: the line again, but for its lift."""
    if alone.questions or alone.problems or any(not entry.load for entry in alone.sets):
        return None
    return Completed(tuple(_of(partial, entry) for entry in alone.sets))


_MARKS = (
    "rpe", "rir_at_least", "failure", "kind", "slow_from", "form_from", "pain", "tempo", "side", "rest_s", "superset", "note",
)  # fmt: skip


def _of(partial: SetEntry, entry: SetEntry) -> SetEntry:
    """A set with the lift, the day and the marks of the line that was asked about; what the answer says comes first."""
    plain = SetEntry()
    marks = {name: getattr(partial, name) for name in _MARKS if getattr(entry, name) == getattr(plain, name)}
    return replace(
        entry,
        **marks,
        exercise=partial.exercise,
        typed=partial.typed,
        day=partial.day,
        bodyweight=entry.bodyweight or partial.bodyweight,
    )


def _with_reps(text: str, partial: SetEntry, setting: Setting) -> Completed | None:
    load = _load_text(partial, setting.unit)
    answer = text.strip()
    problems: tuple[Problem, ...] = ()
    for line in (f"{load} x {answer}", f"{answer} {load}"):
        read = parse(line, setting)
        if read.sets and not read.questions and not read.problems and _keeps_load(read, partial):
            kept = {"load": partial.load, "unit": partial.unit, "bodyweight": partial.bodyweight, "ref": None}
            return Completed(tuple(replace(_of(partial, one), **kept) for one in read.sets))  # type: ignore[arg-type]
        problems = problems or read.problems
    return Completed(problems=problems) if problems and re.fullmatch(r"[\d\s,x×]+", answer) else None


def _load_text(partial: SetEntry, unit: Unit) -> str:
    load = partial.load or 0.0
    typed = f"{number(abs(load))} {partial.unit or unit}"
    if not partial.bodyweight:
        return typed
    return "bw" if load == 0 else f"bw{'-' if load < 0 else '+'}{typed}"


def _keeps_load(read: Parsed, partial: SetEntry) -> bool:
    """Whether what was read is the load that was known with reps beside it, and nothing left over."""
    return all(
        one.reps is not None and one.load == partial.load and one.exercise is None and one.note is None
        for one in read.sets
    )


def _with_lift(text: str, asked: str, setting: Setting) -> Completed | None:
    if re.search(r"\d", text):
        return None
    resolved = setting.catalogue.resolve(text)
    if resolved.status not in ("exact", "near"):
        return None
    exercise = resolved.ids[0]
    read = parse(asked, replace(setting, carried=setting.catalogue.get(exercise)))
    if read.sets:
        return Completed(tuple(replace(entry, exercise=entry.exercise or exercise) for entry in read.sets))
    return None


_LOAD = re.compile(r"(?:at |@ ?)?(-?\d{1,6}(?:[.,]\d{1,3})?) ?(kg|kgs|kilo|lb|lbs|#)?$", re.IGNORECASE)


def _with_load(text: str, partial: SetEntry, setting: Setting) -> Completed | None:
    match = _LOAD.match(one_line(text))
    if match is None:
        return None
    load = float(match.group(1).replace(",", "."))
    named = (match.group(2) or "").lower()
    unit: Unit | None = "kg" if named.startswith("k") else "lb" if named else None
    read = parse(f"{abs(load):g} {unit or setting.unit} x 1", setting)  # the bounds on loads
    if read.problems:
        return Completed(problems=read.problems)
    return Completed((replace(partial, load=load, unit=unit),), lacked=True)


def in_place(done: Completed, partial: SetEntry, entries: tuple[SetEntry, ...]) -> list[SetEntry]:
    """All sets of a message of which one or several lacked the load that is known now."""
    if not done.lacked:
        return [*done.sets, *(entry for entry in entries if not lacks_load(entry, partial))]
    now = done.sets[0]
    known = {"exercise": partial.exercise, "load": now.load, "unit": now.unit}
    whole = entries or (partial,)
    return [replace(one, **known) if lacks_load(one, partial) else one for one in whole]  # type: ignore[arg-type]
