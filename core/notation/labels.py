"""Numbers and what stands beside them: units, and the nouns that say what they count."""

from __future__ import annotations

import re
from dataclasses import replace

from core.notation.items import Item, item_at
from core.notation.lexer import CJK


def labelled(found: list[Item]) -> list[Item]:
    """Numbers take up the unit or noun beside them: 100 kg, 8 reps, 3 sets, 60 s, 2 min, 70 %."""
    out: list[Item] = []
    i = 0
    while i < len(found):
        item, used = found[i], 1
        if item.kind == "num":
            item, used = _label(found, i)
        elif item.kind == "word":
            item, used = _label_in_front(found, i)
        if item.kind == "num" and out and _is_glued_sign(out, item):
            out.pop()
            item = replace(item, sign=found[i - 1].text, start=found[i - 1].start)
        out.append(item)
        i += used
    return [_in_talk(out, i) if item.spelled else item for i, item in enumerate(out)]


_AROUND_NUMBERS = ("by", "of", "at", "for", "and", "sets", "reps", "rpe", "rir", "left")
"""Words that stand beside a number word which counts; beside a numeral "dos" is a back and "once" is no eleven."""


def _in_talk(found: list[Item], i: int) -> Item:
    """A number word with nothing to count beside it is a word: "last one ugly"."""
    item = found[i]
    if item.label is not None:
        return item
    counted = any(
        beside is not None and (beside.spelled or beside.has(*_AROUND_NUMBERS) or beside.text == ",")
        for beside in (item_at(found, i - 1) if i else None, item_at(found, i + 1))
    )
    return item if counted else replace(item, kind="word", classes=frozenset({"filler"}))


_LOAD_WORDS = {"weight", "load", "gewicht", "peso", "poids", "вес", "carga", "carico"}


def _label_in_front(found: list[Item], i: int) -> tuple[Item, int]:
    """`reps: 8`, `weight: 100kg`: the label stands before its number."""
    word, colon, number = found[i], item_at(found, i + 1), item_at(found, i + 2)
    if colon is None or number is None or colon.text != ":" or number.kind != "num":
        return word, 1
    label = (
        "reps" if word.has("reps") else "sets" if word.has("sets") and word.text.lower() != "set" else None
    )
    if label is None and word.text.lower() not in _LOAD_WORDS:
        return word, 1
    if label is None:
        beyond = item_at(found, i + 4)
        if beyond is not None and beyond.text == ":":
            return number, 3  # the word behind the number is the next label
        made, used = _label(found, i + 2)
        return made, used + 2
    return replace(number, label=label, start=word.start), 3


def _is_glued_sign(out: list[Item], item: Item) -> bool:
    """`+20`, `-15`: the sign glued to its number and not to anything before (save "bw")."""
    sign = out[-1]
    if sign.kind != "sign" or sign.text not in "+-" or not item.glued:
        return False
    before = out[-2] if len(out) > 1 else None
    if before is not None and before.text.lower() == "bw":
        return True
    return not sign.glued or before is None


ORDINAL_SETS = {"подход", "сет", "satz"}
"""Singulars that name one set of several: behind a number above one they order, they do not count."""

_PAIRS = {"er", "ern", "ers"}
"""German for a pair of dumbbells of so much: 30er."""

_LABELS = ("kg", "lb", "sets", "reps", "seconds", "minutes", "meters", "yards", "hours")

_LABELLING = frozenset({*_LABELS, "plates", "other_unit"})
_SHORT_LABELS = frozenset({"s", "rm", "k", "g", "r", *_PAIRS})
"""Classes and texts of which a word has one that labels the number before it."""

METRES_A_YARD = 0.9144
"""One yard in metres, exactly (the international yard, 1959); a foot is the third part of it."""


def _label(found: list[Item], i: int) -> tuple[Item, int]:
    """A number with what stands behind it, and how many items that took."""
    number, after = found[i], item_at(found, i + 1)
    if number.label is not None or after is None:
        return number, 1
    if after.kind == "sign" and after.glued:
        return _label_sign(found, i)
    if after.kind != "word" or number.text.lower() in ("a", "an"):
        return number, 1
    if after.classes.isdisjoint(_LABELLING) and after.text.lower() not in _SHORT_LABELS:
        return number, 1
    short = _short_label(after)
    if short is not None:
        return _with_label(number, after, short), 2
    return _label_noun(found, i)


def _is_loose_letter(after: Item) -> bool:
    """A single letter with a blank before it is no unit, save metres: `30 m`. A Chinese character is a word."""
    letter = len(after.text) == 1 and re.match(rf"[{CJK}]", after.text) is None
    return letter and not after.glued and after.text.lower() not in ("m", "м")


def _with_label(number: Item, after: Item, label: str) -> Item:
    value, sign, fields = number.value, number.sign, number.fields
    return Item(
        "num", number.text, number.start, after.end, number.glued, value, label=label, sign=sign, fields=fields,
        spelled=number.spelled,
    )  # fmt: skip


def _label_sign(found: list[Item], i: int) -> tuple[Item, int]:
    number, sign = found[i], found[i + 1]
    after = found[i + 2] if i + 2 < len(found) else None
    if sign.text == "%":
        return _with_label(number, sign, "percent"), 2
    if sign.text == "#" and (
        after is None or not after.glued or after.text.lower() == "x" or after.text in ",;)"
    ):
        return _with_label(number, sign, "lb"), 2
    if sign.text == "'" and after is not None and after.glued and after.text.lower() == "s":
        return _with_label(number, after, "s"), 3
    if sign.text == "'" and after is not None and after.kind == "num":
        used = 3
        while i + used < len(found) and found[i + used].text in ("'", '"'):
            used += 1
        return replace(number, label="seconds", value=number.value * 60 + after.value, end=after.end), used
    if sign.text == "'":
        return replace(number, label="seconds", value=number.value * 60, end=sign.end), 2
    return number, 1


def _with_seconds(found: list[Item], i: int, number: Item) -> tuple[Item, int]:
    """Minutes become seconds, with those that follow: 1 min 30, 1 min 30 s."""
    if number.label == "hours":
        return replace(number, label="seconds", value=number.value * 3600), 2
    if number.label != "minutes":
        return number, 2
    number = replace(number, label="seconds", value=number.value * 60)
    after = found[i + 2] if i + 2 < len(found) else None
    if after is None or after.kind != "num" or after.value >= 60 or after.label is not None:
        return number, 2
    unit = found[i + 3] if i + 3 < len(found) else None
    if unit is not None and (unit.has("seconds") or unit.text.lower() == "s"):
        return replace(number, value=number.value + after.value, end=unit.end), 4
    if unit is None and after.value >= 5:
        return replace(number, value=number.value + after.value, end=after.end), 3
    return number, 2


def _metres(number: Item, unit: Item, length: float) -> Item:
    return replace(number, label="meters", value=round(number.value * length, 3), end=unit.end)


def in_feet(found: list[Item]) -> list[Item]:
    """A line about a carry with its feet as metres; elsewhere feet are where one stands."""
    out: list[Item] = []
    for item in found:
        if item.has("feet") and out and out[-1].kind == "num":
            item = _metres(out.pop(), item, METRES_A_YARD / 3)
        out.append(item)
    return out


def changed(found: list[Item]) -> list[Item]:
    """`same but 5 kg less`: on a line that repeats the last set, a change of load in words is one with a sign."""
    out: list[Item] = []
    for i, item in enumerate(found):
        before, after = out[-1] if out else None, item_at(found, i + 1)
        sign = "-" if item.has("less") else "+" if item.has("more") else ""
        counts = after is not None and (after.has("reps", "kg", "lb") or after.kind == "num")
        if sign and before is not None and before.kind == "num" and not before.sign:
            # `2 more reps` is no number of reps: it is asked
            out[-1] = replace(before, label="other") if counts else replace(before, sign=sign, end=item.end)
        else:
            out.append(item)
    return out


def _short_label(after: Item) -> str | None:
    """A letter or two behind a number that are a label as they stand: `30s`, `5rm`, `8r`, `2 plates`."""
    text = after.text.lower()
    if text == "s" or (after.glued and text in _PAIRS):
        return "s"
    if after.glued and text == "rm":
        return "rm"
    if after.has("plates", "other_unit") or (after.glued and text in ("k", "g")):
        return "other"
    return "reps" if after.glued and after.text == "r" else None


def _label_noun(found: list[Item], i: int) -> tuple[Item, int]:
    number, after, follower = found[i], found[i + 1], item_at(found, i + 2)
    text = after.text.lower()
    before_number = follower is not None and follower.kind == "num"
    orders = text in ORDINAL_SETS and number.value > 1
    if orders or (before_number and after.has("by")) or _is_loose_letter(after):
        return number, 1
    label = next((label for label in _LABELS if label in after.classes), None)
    if label is None:
        return number, 1
    if label == "sets" and text == "set" and before_number:
        joined = i > 0 and found[i - 1].has("by")
        if number.value != 1 or joined:
            return number, 1  # `x5 set 3`: the noun belongs to what follows
    if label == "yards":
        return _metres(number, after, METRES_A_YARD), 2
    return _with_seconds(found, i, _with_label(number, after, label))
