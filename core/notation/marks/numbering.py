"""Numbers that count no sets: supersets, `set 3`, `seat 4`, `1)`."""

from __future__ import annotations

from core.notation.items import Item, item_at
from core.notation.labels import ORDINAL_SETS
from core.notation.marks.base import (
    Hit,
    is_plain,
    mark_of,
    note_of,
    skip_punctuation,
)

LETTERS = ("a", "b", "c", "d", "e", "f")
"""The letters of supersets, in order."""


def superset(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`superset`, `a1 bench`, `b2) row`: which group of lifts done in turn a line is of."""
    item = found[i]
    if item.kind != "word":
        return None
    if item.has("superset"):
        return mark_of(found, i, 1, superset=1)
    letter, number = item.text.lower(), item_at(found, i + 1)
    if letter not in LETTERS or number is None or not number.glued or not is_plain(number):
        return None
    end = skip_punctuation(found, i + 2)
    if (bracket := item_at(found, end)) is not None and bracket.text == ")":
        end += 1
    name = item_at(found, end)
    if number.value > 4 or name is None or name.kind not in ("name", "word") or name.glued:
        return None
    # "a1 bench 60x8 a2 row 55x12", and not "60x8 a2 best"
    if out and out[-1].kind == "num" and name.kind != "name":
        return None
    return mark_of(found, i, end - i, superset=LETTERS.index(letter) + 1)


def noun(found: list[Item], i: int, out: list[Item]) -> Hit:
    """A number beside a noun that counts something else: `seat 4`, `set 3`, `30 degrees`, `2nd`, `2 подход`."""
    item, after = found[i], item_at(found, i + 1)
    if item.kind == "word" and item.has("noun", "sets") and not item.has("filler"):
        return _noun_number(found, i, out)
    if item.kind == "num" and item.label is None and after is not None and _is_numbering(found, i, out):
        return note_of(found, i, 2)
    if item.kind != "num" or item.label is not None or after is None or after.kind != "word":
        return None
    if (
        after.has("noun")
        and not after.has("sets")
        and is_plain(item_at(found, i + 2))
        and len(after.text) > 2
    ):
        return None  # `10 seat 4`: the noun takes the number behind it
    if after.text.lower() in ORDINAL_SETS and item.value > 1:
        return note_of(found, i, 2)
    counts_else = after.has("noun") and not after.has("sets") and not (out and out[-1].has("by"))
    return note_of(found, i, 2) if counts_else else None


def _is_numbering(found: list[Item], i: int, out: list[Item]) -> bool:
    """`1) bench`, `2. squat` in the middle of a line."""
    item, sign, name = found[i], found[i + 1], item_at(found, i + 2)
    if item.value > 20 or not sign.glued or name is None or name.kind not in ("name", "word") or name.glued:
        return False
    opened = any(one.text == "(" for one in out)
    return (sign.text == ")" and not opened) or (sign.text == "." and name.kind == "name")


def _noun_number(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`seat 4`, `set 3:`, `第二组`."""
    item = found[i]
    j = skip_punctuation(found, i + 1)
    number = item_at(found, j)
    counted = bool(out) and out[-1].kind == "num" and item.has("sets")
    labels = (None, "sets", "reps") if item.text == "第" else (None, "sets")
    if number is None or number.kind != "num" or number.label not in labels or counted:
        return None
    if number.label is not None:
        return note_of(found, i, j - i + 1) if item.text == "第" else None
    follower = item_at(found, j + 1)
    if follower is not None and (follower.has("by", "for", "of") or follower.text in ("@", "/")):
        return None
    if follower is not None and follower.text == "," and not item.has("noun"):
        return None
    return note_of(found, i, j - i + 1)
