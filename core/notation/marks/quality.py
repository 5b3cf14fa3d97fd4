"""How the reps went: from which one the form broke down or the bar slowed."""

from __future__ import annotations

from core.notation.items import Item, item_at
from core.notation.marks.base import (
    Hit,
    mark_of,
    negated,
    note_of,
    skip_punctuation,
)


def _rep_of(found: list[Item], i: int) -> tuple[int, int]:
    """The rep a mark names (`form6`, `slow at rep 6`), 0 where none; and how many items that took."""
    j = skip_punctuation(found, i)
    while (
        (item := item_at(found, j)) is not None
        and item.kind == "word"
        and item.has("at", "reps", "rest", "filler")
    ):
        j += 1
    number = item_at(found, j)
    if number is None or number.kind != "num" or number.label not in (None, "reps") or number.sign:
        return 0, 0
    follower = item_at(found, j + 1)
    if follower is not None and follower.has("by"):
        return 0, 0
    used = j - i + 1
    if follower is not None and follower.text.lower() in ("st", "nd", "rd", "th"):
        used += 1
    return int(number.value), used


_OTHER_MARKS = (
    "rest",
    "form",
    "pain",
    "warmup",
    "fail",
    "absolute",
    "side_left",
    "side_right",
    "side_each",
    "rpe",
    "rir",
)


def _ends_here(found: list[Item], i: int) -> bool:
    item = item_at(found, i)
    return item is None or item.kind != "word" or item.has("and", "then", "reps", *_OTHER_MARKS)


def form(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`form6`, `form broke at rep 6`: from which rep the form broke down, 0 where that is not said."""
    word = found[i]
    if word.kind != "word" or not word.has("form"):
        return None
    before, after = (out[-1] if out else None), item_at(found, i + 1)
    fine = (before is not None and before.has("praise", "not")) or (after is not None and after.has("praise"))
    rep, used = _rep_of(found, i + 1)
    bare = len(word.text.split()) == 1
    if fine or negated(out) or (bare and not used and not _ends_here(found, i + 1)):
        return note_of(found, i, 1)
    return mark_of(found, i, 1 + used, form_from=rep)


def slow(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`slow6`, `slow at rep 6`: from which rep the bar slowed, 0 where that is not said."""
    word = found[i]
    if word.kind != "word" or not word.has("slow") or negated(out):
        return None
    rep, used = _rep_of(found, i + 1)
    if not used and not _ends_here(found, i + 1):
        return note_of(found, i, 1)
    return mark_of(found, i, 1 + used, slow_from=rep)
