"""Effort: RPE, reps in reserve, reps left, failure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.model import Failure
from core.notation.bounds import MANY_REPS
from core.notation.items import MISSED, Item, item_at
from core.notation.marks.base import (
    Hit,
    is_out_of_ten,
    is_plain,
    leading,
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
    return _named_effort(found, i, out, "rir", reserve)


def reserve(value: float) -> dict[str, object]:
    """The effort that so many reps in reserve are; above 4 it is a lower bound."""
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
        number = range_before(out)
        mark, used = mark_of(found, i, 1, **read(number))
        return taking_last(out, mark), used
    return None


def range_before(out: list[Item]) -> float:
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


MOST_LEFT = 5
"""A plain "left" behind a number up to this is said of reps, whatever the lift (notation.md); behind more see `sides`."""


def left(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`2 left`, `2 in reserve`: a number of its own, and a plain "left" only after 0 to 5."""
    number, word = found[i], item_at(found, i + 1)
    if number.kind == "word" and number.text.lower() == "left" and word is not None and word.kind == "num":
        behind = item_at(found, i + 2)
        if behind is not None and behind.has("left"):
            return mark_of(found, i, 3, **reserve(word.value))
    if number.kind == "word" and number.has("not") and word is not None and word.has("left"):
        return mark_of(found, i, 2, **reserve(0.0))
    if number.kind == "word" and number.has("left_before"):
        after = range_at(found, i + 1)
        return None if after is None else mark_of(found, i, 1 + after[1], **reserve(after[0]))
    value = range_at(found, i)
    if value is None or number.label is not None:
        return None
    word = item_at(found, i + value[1])
    if word is None or word.kind != "word" or not word.has("left"):
        return None
    joined = bool(out) and (out[-1].has("by") or (out[-1].has("for") and word.text.lower() == "left"))
    if joined or (word.text.lower() == "left" and not 0 <= value[0] <= MOST_LEFT):
        return None
    if out and (out[-1].text == "@" or out[-1].has("at")):
        out.pop()
    return mark_of(found, i, value[1] + 1, **reserve(value[0]))


def effort_range(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`@8-9`, `@7/8`: the middle, left as `@` and one number for the grammar to place."""
    if found[i].kind != "num" or not out or out[-1].text != "@":
        return None
    value = range_at(found, i)
    if value is None or value[1] == 1 or value[0] > 10:
        return None
    return replace(found[i], value=value[0], end=found[i + 2].end), 3


def _behind_ordinal(found: list[Item], i: int) -> int:
    """The place behind the end of an ordinal: `6-й`, `6th`, and the "rep" that may follow."""
    dash, suffix = item_at(found, i), item_at(found, i + 1)
    if dash is not None and dash.text == "-" and suffix is not None and suffix.text.lower() in _ORDINAL:
        i += 2
    elif dash is not None and dash.text.lower() in _ORDINAL:
        i += 1
    word = item_at(found, i)
    return i + 1 if word is not None and word.kind == "word" and word.has("reps") else i


def missed_rep(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`6. nicht geschafft`: the rep that was missed stands before the words."""
    ordinal = found[i].text == "第"
    if ordinal and item_at(found, i + 1) is not None:
        hit = missed_rep([*found[: i + 1], replace(found[i + 1], label=None), *found[i + 2 :]], i + 1, out)
        return None if hit is None else (replace(hit[0], start=found[i].start), hit[1] + 1)
    number = found[i]
    j = _behind_ordinal(found, skip_punctuation(found, i + 1))
    word = item_at(found, j)
    if not is_plain(number) or word is None or word.kind != "word" or not word.has("miss_after"):
        return None
    if out and out[-1].has("by", "for"):
        return None
    return mark_of(found, i, j - i + 1, failure=Failure.ABSOLUTE, rpe=10.0)


_NOT_COUNTED = ("at", "filler", "reps")
"""Words between "missed" and the rep: missed on rep 6."""


def _missed(found: list[Item], i: int) -> Hit:
    """`missed 6`, `failed on rep 6`: the rep that was missed; `failed 235x3`: a set of its own, which comes next."""
    j = i + 1
    while (item := item_at(found, j)) is not None and (item.kind == "name" or item.has(*_NOT_COUNTED)):
        j += 1
    number = item_at(found, j)
    if number is None or number.kind != "num":
        return None
    if _is_of_a_set(found, j):
        return leading(mark_of(found, i, 1, failure=Failure.ABSOLUTE, rpe=10.0))
    if any(item.kind == "name" for item in found[i:j]):
        return None
    used = j - i + 1
    suffix = item_at(found, j + 1)
    if suffix is not None and suffix.text.lower() in _ORDINAL:
        used += 1
    behind = item_at(found, i + used)
    if behind is not None and behind.kind == "word" and behind.has("reps"):
        used += 1
    return mark_of(found, i, used, failure=Failure.ABSOLUTE, rpe=10.0)


def _is_of_a_set(found: list[Item], i: int) -> bool:
    """Whether a number is a load, which it is in front of "x" or with a unit, and not a rep."""
    number, after = found[i], item_at(found, i + 1)
    if number.label in ("kg", "lb") or number.value > MANY_REPS:
        return True
    return after is not None and (after.has("by") or (after.kind == "num" and not number.label))


_ORDINAL = {"st", "nd", "rd", "th", "te", "ste", "a", "o", "e", "ª", "º", "й", "я", "е", "ий", "го"}
"""What makes a number an ordinal: the 9th, 6-й, la 6a."""


def failure(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`to failure`, `failed at 6`, `missed rep 5`: technical or absolute failure; denied it is a remark."""
    word = found[i]
    if word.kind != "word" or not word.has("fail", "absolute", "miss", "miss_after"):
        return None
    if negated(out):
        start = swallow_not(out, word.start)
        return replace(note_of(found, i, 1)[0], start=start), 1
    if word.has("miss") or (word.has("absolute") and "rep" in word.text.lower()):
        hit = _missed(found, i)
        if hit is not None:
            return hit
    if word.has("absolute"):
        return mark_of(found, i, 1, failure=Failure.ABSOLUTE, rpe=10.0)
    if word.has("miss", "miss_after") and any(item.kind == "num" for item in out):
        kind = Failure.TECHNICAL if word.has("fail") else Failure.ABSOLUTE
        mark, used = mark_of(found, i, 1, failure=kind, rpe=10.0)
        return replace(mark, label=MISSED), used
    if word.has("fail"):
        return mark_of(found, i, 1, failure=Failure.TECHNICAL, rpe=10.0)
    return None
