"""Lines that correct the last set: `actually 95`, `actually bench was 190`, `that was rpe 9`."""

from __future__ import annotations

import re

from core.model import Exercise, SetEntry
from core.notation.attaching import set_fields
from core.notation.bounds import broken
from core.notation.grammar import cannot_load, expressions, unit_of
from core.notation.items import Item
from core.notation.reading import Parsed, Question
from core.notation.setting import Setting
from core.notation.shape import NUMBERS, Shape, shape

HIGHEST_EFFORT = 10
"""A plain number behind "at" up to this corrects the effort, above it the load."""


def correction(found: list[Item], there: set[str], setting: Setting, raw: str) -> Parsed | None:
    """`actually 95`, `no, 8 reps at 100`, `that was 8 reps`, `actually bench`: corrects the last set.

    None where the line does something else. What plainly corrects but is not the correction of one set is asked.
    `there` are the traits of the line.
    """
    opening = None if there.isdisjoint(_OPENINGS) else _opening(found)
    if opening is None:
        return None
    rest = [item for item in _without_the_old(found) if not item.has(*_OPENINGS)]
    if any(item.has("not") for item in rest):
        return None  # "oops, the 1 was not a set": it says what is wrong, and not what is right
    names = [item for item in rest if item.kind == "name"]
    lift = setting.catalogue.get(names[0].ids[0]) if names and names[0].ids else setting.carried
    made = shape([item for item in rest if item.kind != "name"], lift)
    if made.unknown or len(names) > 1 or any(len(name.ids) != 1 for name in names) or _is_talk(rest):
        return None
    fields = _marked(made)
    numbers = _numbered(made, lift)
    if opening in ("was", "nope") and numbers and not _is_told(made, lift):
        return None
    if numbers is None:
        return Parsed(questions=(Question(raw.strip(), "number"),)) if opening == "really" else None
    if opening == "was" and not _is_one_thing(made, names, fields, numbers):
        return None
    entry = SetEntry(exercise=names[0].ids[0] if names else None, **(fields | numbers))  # type: ignore[arg-type]
    if entry == SetEntry() or (opening == "nope" and not numbers):
        return None
    problem = broken(raw.strip(), [entry], setting.unit, setting.today)
    return Parsed(problems=(problem,)) if problem is not None else Parsed(corrects=entry)


_OPENINGS = ("actually", "really", "nope", "was", "protest")


def _is_talk(rest: list[Item]) -> bool:
    """`no, um 8 Uhr`: words of talk, of running or of the scales."""
    return any(
        item.has("talk", "cardio", "measure", "weekday") and not item.has("filler", "at") for item in rest
    )


def _is_told(made: Shape, exercise: Exercise | None) -> bool:
    """Whether a correction in passing is of a set for sure: no time of a lift without one, no number that is no load."""
    numbers = made.values(0, len(made.text))
    if "t" in made.text:
        return exercise is not None and exercise.timed
    return made.text not in ("n", "an", "fn") or not _is_no_load(numbers[0], exercise)


def _without_the_old(found: list[Item]) -> list[Item]:
    """`12 reps not 10`: what it was not is left out."""
    denied = {i for i, item in enumerate(found[:-1]) if item.has("not") and found[i + 1].kind == "num"}
    return [item for i, item in enumerate(found) if i not in denied and i - 1 not in denied]


def _opening(found: list[Item]) -> str | None:
    """How a line says that it corrects: with a word for it at one of its ends, a "no," or a "that was"."""
    spoken = [item for item in found if item.kind != "sign"]
    if not spoken:
        return None
    first, last = spoken[0], spoken[-1]
    if first.has("really") or last.has("really"):
        return "really"
    if first.has("actually"):
        return "actually"
    if first is not last and (first.has("protest") or (first.has("nope") and _comma_behind(found, first))):
        return "nope"
    return "was" if first.has("was") else None


def _comma_behind(found: list[Item], item: Item) -> bool:
    at = found.index(item) + 1
    return at < len(found) and found[at].text in (",", ";", ".", ":", "-")


def _is_one_thing(
    made: Shape, names: list[Item], fields: dict[str, object], numbers: dict[str, object]
) -> bool:
    """Whether "that was" says one thing of a set; a whole set behind it is logged as one."""
    if numbers and made.text in ("n", "an", "fn"):
        return False  # `that was 8`: of what?
    told = {*fields, *numbers} - {"unit", "bodyweight", "rir_at_least", "failure"}
    return (not names and len(told) == 1) or (bool(names) and not told and not made.notes)


def _marked(made: Shape) -> dict[str, object]:
    fields: dict[str, object] = {}
    for _, mark in made.marks:
        fields |= set_fields(mark)
    return fields


def _numbered(made: Shape, exercise: Exercise | None) -> dict[str, object] | None:
    """What the numbers of a correction change: nothing where there are none, None where they are not one set."""
    text = re.sub(r"[,;|]", "", made.text)
    if not text:
        return {}
    single = _single(text, made.values(0, len(made.text)), exercise)
    if single is not None:
        return single
    if not any(char in NUMBERS for char in text):
        return None
    found, left = expressions(made, exercise)
    sets = found[0].ways[0].sets if len(found) == 1 and len(found[0].ways) == 1 else ()
    if left or len(sets) != 1 or found[0].ask is not None or sets[0].ref is not None:
        return None
    entry = sets[0]
    told: dict[str, object] = {
        "load": entry.load,
        "unit": entry.unit,
        "reps": entry.reps,
        "seconds": entry.seconds,
        "rpe": entry.rpe,
    }
    said = {key: value for key, value in told.items() if value is not None}
    return said | {"bodyweight": entry.bodyweight and entry.load is not None}


def _single(text: str, numbers: list[Item], exercise: Exercise | None) -> dict[str, object] | None:
    """What one number alone changes: `95`, `x7`, `@9`."""
    first = numbers[0] if numbers else None
    if first is None:
        return None
    if text == "t" or (text == "%" and first.label == "s"):
        return {"seconds": round(first.value)}
    if text in ("r", "xn", "xr", "fn", "fr"):
        return {"reps": int(first.value)}
    if text == "@e" or (text == "an" and first.value <= HIGHEST_EFFORT):
        return {"rpe": first.value}
    if text == "n" and first.value == int(first.value) and _is_no_load(first, exercise):
        timed = exercise is not None and exercise.timed
        return {"seconds" if timed else "reps": int(first.value)}
    if not re.fullmatch(r"a?[nwpq]", text):
        return None
    load = -first.value if first.sign == "-" else first.value
    return {"load": load, "unit": unit_of(first), "bodyweight": bool(first.sign)}


def _is_no_load(number: Item, exercise: Exercise | None) -> bool:
    """Whether a plain number on this lift counts reps or seconds: nothing so light, or no load at all, is lifted."""
    if exercise is None:
        return False
    return exercise.timed or exercise.bodyweight or cannot_load(exercise, number.value)
