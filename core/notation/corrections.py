"""Lines that correct the last set: `actually 95`, `actually bench was 190`."""

from __future__ import annotations

import re
from dataclasses import replace

from core.model import SetEntry
from core.notation.attaching import set_fields
from core.notation.bounds import broken
from core.notation.grammar import unit_of
from core.notation.items import Item
from core.notation.reading import Parsed
from core.notation.setting import Setting
from core.notation.shape import Shape, shape


def correction(found: list[Item], setting: Setting, raw: str) -> Parsed | None:
    """`actually 95`, `actually bench was 190`, `i meant x7 @9`: corrects the last set."""
    words = [item for item in found if item.kind != "sign"]
    if not words or not _is_actually(words[0]):
        return None
    rest = [item for item in found if not _is_actually(item)]
    names = [item for item in rest if item.kind == "name"]
    made = shape([item for item in rest if item.kind != "name"], setting.carried)
    if made.unknown or len(names) > 1 or any(len(name.ids) != 1 for name in names):
        return None
    entry = _corrected(made)
    if entry is None:
        return None
    entry = replace(entry, exercise=names[0].ids[0] if names else None)
    problem = broken(raw.strip(), [entry], setting.unit, setting.today)
    return Parsed(problems=(problem,)) if problem is not None else Parsed(corrects=entry)


def _is_actually(item: Item) -> bool:
    return item.kind == "word" and item.has("actually")


def _corrected(made: Shape) -> SetEntry | None:
    """What a correction changes, None where it says nothing or something else."""
    fields: dict[str, object] = {}
    for _, mark in made.marks:
        fields |= set_fields(mark)
    text = re.sub(r"[,;|]", "", made.text)
    if text:
        numbers = _numbers(text, made.values(0, len(made.text)))
        if numbers is None:
            return None
        fields |= numbers
    return SetEntry(**fields) if fields else None  # type: ignore[arg-type]


def _numbers(text: str, numbers: list[Item]) -> dict[str, object] | None:
    """Load, reps and effort: `95`, `x7`, `@9`, `95x7 @9`."""
    if text == "t":
        return {"seconds": round(numbers[0].value)}
    if text in ("r", "xn", "xr", "tn", "fn"):
        return {"reps": int(numbers[0].value)}
    if text in ("@e", "an"):
        return {"rpe": numbers[0].value}
    if not re.fullmatch(r"[nwpq](?:[xf][nr](?:@e)?)?", text):
        return None
    load, *others = numbers
    fields: dict[str, object] = {
        "load": -load.value if load.sign == "-" else load.value,
        "unit": unit_of(load),
        "bodyweight": bool(load.sign),
    }
    if others:
        fields["reps"] = int(others[0].value)
    if len(others) > 1:
        fields["rpe"] = others[1].value
    return fields
