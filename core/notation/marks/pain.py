"""Pain and its level."""

from __future__ import annotations

from dataclasses import replace

from core.model import Pain
from core.notation.items import Item, item_at
from core.notation.marks.base import (
    Hit,
    is_out_of_ten,
    mark_of,
    negated,
    note_of,
    skip_punctuation,
    swallow_not,
)


def pain(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`pain 4/10`, `knee pain 3`, `4/10 knee pain`; `no pain` and `pain gone` are remarks."""
    word = found[i]
    if word.kind != "word" or not word.has("pain") or word.has("by"):
        return None
    after = item_at(found, i + 1)
    if negated(out) or _is_over(after):
        start = swallow_not(out, word.start)
        used = 2 if _is_over(after) else 1
        return replace(note_of(found, i, used)[0], start=start), used
    level, used = _pain_level(found, i + 1)
    if used:
        return mark_of(found, i, 1 + used, pain=Pain(level))
    level = _take_level_after(found, i + 1)
    if level is None:
        level = _level_before(out)
    return mark_of(found, i, 1, pain=Pain(level))


def _is_over(after: Item | None) -> bool:
    """`pain free`, `pain gone`."""
    return after is not None and after.text.lower() in ("free", "gone", "weg", "frei", "прошла")


def _pain_level(found: list[Item], i: int) -> tuple[int | None, int]:
    j = skip_punctuation(found, i)
    while (
        (item := item_at(found, j)) is not None
        and item.kind == "word"
        and (item.has("at") or item.text in ("level", "de", "auf", "nivel", "около", "на"))
    ):
        j += 1
    number = item_at(found, j)
    if number is None or number.kind != "num" or number.label is not None or number.sign:
        return None, 0
    if is_out_of_ten(found, j):
        return int(number.value), j - i + 3
    follower = item_at(found, j + 1)
    if follower is not None and follower.has("by", "left", "rir"):
        return None, 0
    return int(number.value), j - i + 1


def _take_level_after(found: list[Item], i: int) -> int | None:
    """`dolor de rodilla 4/10`: the level behind a few words, taken out of the line."""
    for j in range(i, min(i + 4, len(found))):
        if found[j].kind == "num" and is_out_of_ten(found, j):
            level = int(found[j].value)
            del found[j : j + 3]
            return level
        if found[j].kind not in ("word", "name"):
            return None
    return None


def _level_before(out: list[Item]) -> int | None:
    """`4/10 pain`, `4/10 knee pain`: takes the level out of the line."""
    at = len(out)
    while at and out[at - 1].kind == "word" and not out[at - 1].classes:
        at -= 1
    if at < 3 or out[at - 1].kind != "num" or out[at - 1].value != 10 or out[at - 2].text != "/":
        return None
    if out[at - 3].kind != "num":
        return None
    level = int(out[at - 3].value)
    del out[at - 3 : at]
    return level
