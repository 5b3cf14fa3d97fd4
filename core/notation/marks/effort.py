"""Effort: RPE, reps in reserve, reps left, failure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.model import Failure
from core.notation.items import Item, item_at
from core.notation.marks.base import (
    Hit,
    is_out_of_ten,
    is_plain,
    mark_of,
    negated,
    note_of,
    range_at,
    skip_punctuation,
    swallow_not,
    taking_last,
)


def rpe(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`rpe 8`, `@ rpe 8-9`, `8 rpe`."""
    return _named_effort(found, i, out, "rpe", lambda value: {"rpe": value})


def rir(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`rir 2`, `2 rir`: ten less the reps in reserve is the RPE."""
    return _named_effort(found, i, out, "rir", _reserve)


def _reserve(value: float) -> dict[str, object]:
    fields: dict[str, object] = {"rpe": 10 - value, "rir": value}
    if value > 4:
        fields["rir_at_least"] = True
    return fields


def _named_effort(
    found: list[Item], i: int, out: list[Item], cls: str, read: Callable[[float], dict[str, object]]
) -> Hit:
    j = i
    if found[j].text == "@" or (
        found[j].kind == "word" and found[j].has("at") and found[j].text.lower() != "w"
    ):
        j += 1
    word = item_at(found, j)
    if word is None or word.kind != "word" or not word.has(cls):
        return None
    k = skip_punctuation(found, j + 1)
    if (sign := item_at(found, k)) is not None and sign.text == "@":
        k += 1
    value = range_at(found, k)
    if value is not None:
        used = value[1] + (2 if value[1] == 1 and is_out_of_ten(found, k) else 0)
        return mark_of(found, i, k - i + used, **read(value[0]))
    if j == i and out and is_plain(out[-1]):
        number = _range_before(out)
        mark, used = mark_of(found, i, 1, **read(number))
        return taking_last(out, mark), used
    return None


def _range_before(out: list[Item]) -> float:
    """The number before, or the middle of `2-3 rir`; what is more than its last number is taken out."""
    last = out[-1].value
    if (
        len(out) > 2
        and out[-2].text == "-"
        and is_plain(out[-3])
        and out[-3].value < last <= out[-3].value + 2
    ):
        first = out[-3].value
        del out[-3:-1]
        return (first + last) / 2
    return last


def left(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`2 left`, `2 in reserve`: a number of its own, and a plain "left" only after 0 to 5."""
    number, word = found[i], item_at(found, i + 1)
    if number.kind == "word" and number.text.lower() == "left" and word is not None and word.kind == "num":
        behind = item_at(found, i + 2)
        if behind is not None and behind.has("left"):
            return mark_of(found, i, 3, **_reserve(word.value))
    if number.kind == "word" and number.has("not") and word is not None and word.has("left"):
        return mark_of(found, i, 2, **_reserve(0.0))
    if number.kind == "word" and number.has("left_before"):
        after = range_at(found, i + 1)
        return None if after is None else mark_of(found, i, 1 + after[1], **_reserve(after[0]))
    value = range_at(found, i)
    if value is None or number.label is not None:
        return None
    word = item_at(found, i + value[1])
    if word is None or word.kind != "word" or not word.has("left"):
        return None
    joined = bool(out) and (out[-1].has("by") or (out[-1].has("for") and word.text.lower() == "left"))
    if joined or (word.text.lower() == "left" and not 0 <= value[0] <= 5):
        return None
    if out and (out[-1].text == "@" or out[-1].has("at")):
        out.pop()
    return mark_of(found, i, value[1] + 1, **_reserve(value[0]))


def effort_range(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`@8-9`, `@7/8`: the middle, left as `@` and one number for the grammar to place."""
    if found[i].kind != "num" or not out or out[-1].text != "@":
        return None
    value = range_at(found, i)
    if value is None or value[1] == 1 or value[0] > 10:
        return None
    return replace(found[i], value=value[0], end=found[i + 2].end), 3


def missed_rep(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`6. nicht geschafft`: the rep that was missed stands before the words."""
    number = found[i]
    j = skip_punctuation(found, i + 1)
    word = item_at(found, j)
    if not is_plain(number) or word is None or word.kind != "word" or not word.has("miss_after"):
        return None
    if out and out[-1].has("by", "for"):
        return None
    return mark_of(found, i, j - i + 1, failure=Failure.ABSOLUTE, rpe=10.0)


def failure(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`to failure`, `failed at 6`, `missed rep 5`: technical or absolute failure; denied it is a remark."""
    word = found[i]
    if word.kind != "word" or not word.has("fail", "absolute", "miss"):
        return None
    if negated(out):
        start = swallow_not(out, word.start)
        return replace(note_of(found, i, 1)[0], start=start), 1
    if word.has("miss") or (word.has("absolute") and "rep" in word.text.lower()):
        j = i + 1
        while (item := item_at(found, j)) is not None and (
            item.has("at", "filler") or item.text.lower() in ("rep", "at")
        ):
            j += 1
        number = item_at(found, j)
        if number is not None and number.kind == "num":
            used = j - i + 1
            if (suffix := item_at(found, j + 1)) is not None and suffix.text.lower() in (
                "st",
                "nd",
                "rd",
                "th",
            ):
                used += 1
            return mark_of(found, i, used, failure=Failure.ABSOLUTE, rpe=10.0)
    if word.has("absolute"):
        return mark_of(found, i, 1, failure=Failure.ABSOLUTE, rpe=10.0)
    if word.has("fail"):
        return mark_of(found, i, 1, failure=Failure.TECHNICAL, rpe=10.0)
    return None
