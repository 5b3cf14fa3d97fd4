"""What kind of set it was and how it was done: warm-up, AMRAP, partials, side, rest, tempo."""

from __future__ import annotations

from dataclasses import replace

from core.model import Kind, Side
from core.notation.items import Item, item_at
from core.notation.marks.base import (
    Hit,
    mark_of,
    note_of,
    skip_punctuation,
    taking_last,
)


def warmup(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`warm-up`, or its letter alone or in brackets: `(w)`."""
    word = found[i]
    if word.kind != "word":
        return None
    bracketed = bool(out) and out[-1].text == "("
    if word.has("warmup_letter") and (bracketed or not word.glued) and not _is_with(found, i, out):
        return mark_of(found, i, 1, kind=Kind.WARMUP)
    return mark_of(found, i, 1, kind=Kind.WARMUP) if word.has("warmup") else None


def _is_with(found: list[Item], i: int, out: list[Item]) -> bool:
    """`w/ belt`, `w straps` behind the sets: "with", and no warm-up."""
    after = item_at(found, i + 1)
    if after is None or after.text == "/":
        return after is not None
    thing = after.kind == "word" and (not after.classes or after.has("noun", "body_part"))
    return thing and any(item.kind == "num" for item in out)


def amrap(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`amrap`, `100x8+`: as many reps as possible."""
    item = found[i]
    if item.kind == "word" and item.has("amrap"):
        return mark_of(found, i, 1, kind=Kind.AMRAP)
    after = item_at(found, i + 1)
    is_plus = item.text == "+" and item.glued and bool(out) and out[-1].kind == "num"
    if is_plus and (
        after is None
        or (not after.glued and after.kind != "num")
        or after.text in (",", ";", ")", "@", "!", ".", "?")
    ):
        return mark_of(found, i, 1, kind=Kind.AMRAP)
    in_list = len(out) > 1 and out[-2].text == "/" and after is not None and not after.glued
    return mark_of(found, i, 1, kind=Kind.AMRAP) if is_plus and in_list else None  # `5/3/1+ 95 105 115`


def partials(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`+3 partials`: reps over part of the range, after the full ones."""
    j = i + 1 if found[i].text == "+" else i
    number, word = item_at(found, j), item_at(found, j + 1)
    if (
        number is None
        or number.kind != "num"
        or word is None
        or word.kind != "word"
        or not word.has("partials")
    ):
        return None
    if len(word.text) == 1 and not word.glued:
        return None
    return mark_of(found, i, j - i + 2, partials=int(number.value))


LEFT = "left"
"""The label of a mark that says the left side with a word that can be said of reps, too."""


def side(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`left`, `right`, `per side`, `/leg`; `per hand` is a remark about the load."""
    item, after = found[i], item_at(found, i + 1)
    if item.text == "/" and after is not None and after.has("side_each"):
        return mark_of(found, i, 2, side=Side.EACH)
    if item.kind != "word" or item.text.lower() in ("side", "leg", "arm"):
        return None
    if item.has("side_left", "side_right") and _is_of_a_part(found, i, out):
        return note_of(found, i, 1)
    if item.has("hand_each"):
        return replace(note_of(found, i, 1)[0], label="hand"), 1
    if item.has("side_left"):
        mark, used = mark_of(found, i, 1, side=Side.LEFT)
        return (replace(mark, label=LEFT) if item.text.lower() == LEFT else mark), used
    if item.has("side_right") and not (item.text == "r" and item.glued):
        return mark_of(found, i, 1, side=Side.RIGHT)
    if item.has("side_each"):
        return mark_of(found, i, 1, side=Side.EACH)
    return None


def _is_of_a_part(found: list[Item], i: int, out: list[Item]) -> bool:
    """`left knee hurts`, `mal au genou gauche`: the side is that of a part of the body, not of the set."""
    before = out[-1] if out else None
    if before is not None and before.has("body_part"):
        return True
    behind = [item for item in found[i + 1 : i + 4] if item.kind == "word"]
    if behind and behind[0] is found[i + 1] and behind[0].has("body_part"):
        return True
    hurting = any(item.has("pain") for item in behind[1:]) and behind[0] is found[i + 1]
    return hurting or any("pain" in item.fields for item in _words_before(out))


def _words_before(out: list[Item]) -> list[Item]:
    """The item in front of the last word or two, where these are no marks themselves: `mal au` genou."""
    at = len(out)
    while at and len(out) - at < 2 and out[at - 1].kind == "word":
        at -= 1
    return out[at - 1 : at] if 0 < at < len(out) else []


def rest(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`rest 90s`, `rest 2:00`, `90 s rest`: the rest, in seconds."""
    word = found[i]
    if word.kind != "word" or not word.has("rest"):
        return None
    j = skip_punctuation(found, i + 1)
    seconds = _duration(found, j)
    if seconds is not None:
        value, used, timed = seconds
        if timed or word.text.lower() not in ("after", "nach", "после", "après", "tras"):
            return mark_of(found, i, j - i + used, rest_s=round(value))
    if out and out[-1].kind == "num" and out[-1].label in ("seconds", "s"):
        value = out[-1].value
        mark, used = mark_of(found, i, 1, rest_s=round(value))
        return taking_last(out, mark), used
    return None


def _duration(found: list[Item], i: int) -> tuple[float, int, bool] | None:
    """Seconds, items used, and whether a unit or a colon said that it is a time."""
    number = item_at(found, i)
    if number is None or number.kind != "num" or number.sign:
        return None
    if number.label in ("seconds", "s"):
        return number.value, 1, True
    colon, rest = item_at(found, i + 1), item_at(found, i + 2)
    if colon is not None and colon.text == ":" and colon.glued and rest is not None and rest.kind == "num":
        return number.value * 60 + rest.value, 3, True
    if number.label is None:
        return (number.value if number.value >= 10 else number.value * 60), 1, False
    return None


def tempo(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`tempo 30x1`: the four digits of the tempo."""
    if found[i].kind != "tempo":
        return None
    digits = [
        char
        for char in found[i].text.lower().removeprefix("tempo").removeprefix("t")
        if char in "0123456789x"
    ]
    return mark_of(found, i, 1, tempo="".join(digits))
