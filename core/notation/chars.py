"""Items of one exercise → the characters of a shape (what they mean stands in core/notation/shape.py)."""

from __future__ import annotations

from functools import cache

from core.model import Exercise
from core.notation.bounds import MANY_REPS
from core.notation.items import Item

_WORDS = (
    ("drop", "D"), ("rest_pause", "z"), ("carry", "C"), ("same", "S"), ("body", "b"), ("by", "x"), ("for", "f"),
    ("of", "o"), ("at", "a"), ("then", ";"), ("and", "+"),
)  # fmt: skip
_LABELS = {
    "reps": "r",
    "sets": "s",
    "seconds": "t",
    "meters": "d",
    "percent": "%",
    "other": "%",
    "rm": "%",
    "minutes": "t",
}
SIGNS = {
    ",": ",",
    ";": ";",
    "/": "/",
    ":": ":",
    "=": "?",
    ">": ">",
    "(": "(",
    ")": ")",
    "@": "@",
    "&": "+",
    ".": ";",
    "|": ";",
    "[": "(",
    "]": ")",
}
"""Signs that tie or part numbers."""


def char_of(group: list[Item], i: int, exercise: Exercise | None) -> str:
    """The character of an item among the others of its lift; none where it is no part of a set."""
    item = group[i]
    if item.kind == "num":
        return _number(group, item, exercise)
    if item.kind == "sign":
        return _sign(group, i)
    if item.kind == "word":
        text = item.text.lower()
        if text == "or":
            return "?"
        if item.has("bar") and i + 1 < len(group) and group[i + 1].has("by"):
            return "%"  # no bar that we know the weight of
        char = _char_of_classes(item.classes)
        return char and _word_char(group, i, char)
    return ""


@cache  # there are no more of them than the tables of words have
def _char_of_classes(classes: frozenset[str]) -> str:
    return next((char for cls, char in _WORDS if cls in classes), "")


def _word_char(group: list[Item], i: int, char: str) -> str:
    """A word that ties numbers, where there is one behind it; "with straps" is a remark."""
    after = group[i + 1] if i + 1 < len(group) else None
    if char in "fo" and group[i].has("at") and _climbs(group, i):
        char = "a"
    if char in "foa":
        ties = after is not None and (
            after.kind in ("num", "sign", "mark") or after.has("body", "by", "carry", "at", "filler")
        )
        return char if ties else ""
    return "" if group[i].has("filler") and char not in "x@" else char


def _climbs(group: list[Item], i: int) -> bool:
    """`5 à 100`: a word that can be "for" as well as "at", between reps and a larger number, which is the load."""
    before, after = group[i - 1] if i else None, group[i + 1] if i + 1 < len(group) else None
    if before is None or after is None or before.kind != "num" or after.kind != "num":
        return False
    return before.label in (None, "reps") and before.value <= MANY_REPS < after.value


_SIGNED = {"+": "p", "-": "q"}


def _number(group: list[Item], item: Item, exercise: Exercise | None) -> str:
    if item.label == "s":
        return _letter_s(group, item, exercise)
    if item.label in ("kg", "lb") or item.label is None:
        plain = "n" if item.label is None else "w"
        return _SIGNED.get(item.sign, plain)
    return _LABELS[item.label]


def _letter_s(group: list[Item], item: Item, exercise: Exercise | None) -> str:
    """`30s`: seconds of a timed lift, a pair of 30s of dumbbells, sets between a load and reps."""
    if exercise is not None and exercise.timed:
        return "w" if _is_pair_carried(group, item, exercise) else "t"
    others = {other.label for other in group if other.kind == "num"}
    if "reps" in others and others & {"kg", "lb"} and item.value <= 20:
        return "s"
    if exercise is None and not others - {"s"}:
        return "%"
    return "w" if exercise is None or exercise.per_hand else "%"


def _is_pair_carried(group: list[Item], item: Item, exercise: Exercise) -> bool:
    """`80s x 40 m`, `80s 30 sec`: beside a distance, or in front of a time, it is what is in each hand."""
    if exercise.pattern != "carry" or any(other.label in ("kg", "lb") for other in group):
        return False
    if any(other.label == "meters" for other in group):
        return True
    held = [other for other in group if other.label in ("s", "seconds", "minutes")]
    return len(held) > 1 and held[0] is item


def _sign(group: list[Item], i: int) -> str:
    item = group[i]
    after = group[i + 1] if i + 1 < len(group) else None
    tight = item.glued and after is not None and after.glued
    if item.text == "+":
        return "g" if tight else "+"
    if item.text == "-":
        return "h" if tight else "|"
    if item.text == "/" and after is not None and after.kind == "word":
        return ""
    return SIGNS.get(item.text, "")
