"""Effort and marks: what is said about sets besides load and reps, found anywhere in a line and folded into `mark` items.

Each matcher looks at one place and answers with the item that replaces what it read and how many items that was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from core.model import Failure, Kind, Pain, Side
from core.notation.items import Item
from core.notation.words import words

Hit = tuple[Item, int] | None
Matcher = Callable[[list[Item], int, list[Item]], Hit]


def labelled(found: list[Item]) -> list[Item]:
    """Numbers take up the unit or noun beside them: 100 kg, 8 reps, 3 sets, 60 s, 2 min, 70 %."""
    out: list[Item] = []
    i = 0
    while i < len(found):
        item, used = _label(found, i) if found[i].kind == "num" else _label_in_front(found, i)
        if item.kind == "num" and out and _is_glued_sign(out, item):
            out.pop()
            item = replace(item, sign=found[i - 1].text, start=found[i - 1].start)
        out.append(item)
        i += used
    return [_in_talk(out, i) for i in range(len(out))]


_AROUND_NUMBERS = ("by", "of", "at", "for", "and", "sets", "reps", "rpe", "rir", "left")


def _in_talk(found: list[Item], i: int) -> Item:
    """A number word with nothing to count beside it is a word: "last one ugly"."""
    item = found[i]
    if not item.spelled or item.label is not None:
        return item
    counted = any(
        beside is not None and (beside.kind == "num" or beside.has(*_AROUND_NUMBERS) or beside.text == ",")
        for beside in (_at(found, i - 1) if i else None, _at(found, i + 1))
    )
    return item if counted else replace(item, kind="word", classes=frozenset({"filler"}))


_LOAD_WORDS = {"weight", "load", "gewicht", "peso", "poids", "вес", "carga", "carico"}


def _label_in_front(found: list[Item], i: int) -> tuple[Item, int]:
    """`reps: 8`, `weight: 100kg`: the label stands before its number."""
    word, colon, number = found[i], _at(found, i + 1), _at(found, i + 2)
    if colon is None or number is None or colon.text != ":" or number.kind != "num" or word.kind != "word":
        return word, 1
    label = (
        "reps" if word.has("reps") else "sets" if word.has("sets") and word.text.lower() != "set" else None
    )
    if label is None and word.text.lower() not in _LOAD_WORDS:
        return word, 1
    if label is None:
        beyond = _at(found, i + 4)
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


_ORDINAL_SETS = {"подход", "сет", "satz"}
"""Singulars that name one set of several: behind a number above one they order, they do not count."""

_LABELS = (
    ("kg", "kg"), ("lb", "lb"), ("sets", "sets"), ("reps", "reps"), ("seconds", "seconds"),
    ("minutes", "minutes"), ("meters", "meters"), ("hours", "hours"),
)  # fmt: skip


def _label(found: list[Item], i: int) -> tuple[Item, int]:
    number = found[i]
    if number.label is not None:
        return number, 1
    after = found[i + 1] if i + 1 < len(found) else None
    if after is None:
        return number, 1
    if after.kind == "sign" and after.glued:
        return _label_sign(found, i)
    if after.kind != "word":
        return number, 1
    if number.text.lower() in ("a", "an"):
        return number, 1
    if after.text.lower() == "s":
        return _labelled(number, after, "s"), 2
    if after.glued and after.text.lower() == "rm":
        return _labelled(number, after, "rm"), 2
    if after.has("plates") or (after.glued and after.text.lower() in ("k", "g")):
        return _labelled(number, after, "other"), 2
    if after.glued and after.text == "r":
        return _labelled(number, after, "reps"), 2
    follower = found[i + 2] if i + 2 < len(found) else None
    before_number = follower is not None and follower.kind == "num"
    if after.has("by") and before_number:
        return number, 1
    if after.text.lower() in _ORDINAL_SETS and number.value > 1:
        return number, 1
    for cls, label in _LABELS:
        if after.has(cls) and not _is_loose_letter(after):
            joined = i > 0 and found[i - 1].has("by")
            single = number.value == 1 and not joined
            if label == "sets" and not single and before_number and after.text.lower() == "set":
                return number, 1  # `x5 set 3`: the noun belongs to what follows
            return _with_seconds(found, i, _labelled(number, after, label))
    return number, 1


def _is_loose_letter(after: Item) -> bool:
    """A single letter with a blank before it is no unit, save metres: `30 m`."""
    return len(after.text) == 1 and not after.glued and after.text.isascii() and after.text.lower() != "m"


def _labelled(number: Item, after: Item, label: str) -> Item:
    return replace(number, label=label, end=after.end)


def _label_sign(found: list[Item], i: int) -> tuple[Item, int]:
    number, sign = found[i], found[i + 1]
    after = found[i + 2] if i + 2 < len(found) else None
    if sign.text == "%":
        return _labelled(number, sign, "percent"), 2
    if sign.text == "#" and (
        after is None or not after.glued or after.text.lower() == "x" or after.text in ",;)"
    ):
        return _labelled(number, sign, "lb"), 2
    if sign.text == "'" and after is not None and after.glued and after.text.lower() == "s":
        return _labelled(number, after, "s"), 3
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


def marked(found: list[Item]) -> list[Item]:
    """The items with every effort and mark folded into one item each."""
    out: list[Item] = []
    i = 0
    while i < len(found):
        for matcher in _MATCHERS:
            hit = matcher(found, i, out)
            if hit is not None:
                out.append(hit[0])
                i += hit[1]
                break
        else:
            out.append(found[i])
            i += 1
    return out


def _at(found: list[Item], i: int) -> Item | None:
    return found[i] if 0 <= i < len(found) else None


def _mark(found: list[Item], i: int, used: int, **fields: object) -> tuple[Item, int]:
    last = found[i + used - 1]
    return Item("mark", "", found[i].start, last.end, fields=dict(fields)), used


def _note(found: list[Item], i: int, used: int) -> tuple[Item, int]:
    last = found[i + used - 1]
    return Item("note", "", found[i].start, last.end), used


def _taking_last(out: list[Item], mark: Item) -> Item:
    """The mark, grown over the number before it (and that number's `@`), which are taken out of the line."""
    start = out.pop().start
    if out and (out[-1].text == "@" or out[-1].has("at")):
        start = out.pop().start
    return replace(mark, start=start)


def _plain(item: Item | None) -> bool:
    return item is not None and item.kind == "num" and item.label is None and not item.sign


def _skip_punctuation(found: list[Item], i: int) -> int:
    for _ in range(3):
        item = _at(found, i)
        if item is None or item.text not in (":", "=", "~", "."):
            break
        i += 1
    return i


def _range(found: list[Item], i: int) -> tuple[float, int] | None:
    """A number, or the middle of `8-9`, `8/9`, `8 to 9`: value and items used."""
    first = _at(found, i)
    if first is None or first.kind != "num" or first.label not in (None, "reps") or first.sign:
        return None
    dash, second = _at(found, i + 1), _at(found, i + 2)
    if dash is not None and second is not None and _plain(second):
        is_range = dash.text in ("-", "to", "bis", "a", "à") or (dash.text == "/" and second.value < 10)
        if (
            is_range
            and first.value < second.value <= first.value + 2
            and not (second.glued and not dash.glued)
        ):
            return (first.value + second.value) / 2, 3
    return first.value, 1


def _rpe(found: list[Item], i: int, out: list[Item]) -> Hit:
    return _named_effort(found, i, out, "rpe", lambda value: {"rpe": value})


def _rir(found: list[Item], i: int, out: list[Item]) -> Hit:
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
    word = _at(found, j)
    if word is None or word.kind != "word" or not word.has(cls):
        return None
    k = _skip_punctuation(found, j + 1)
    if (sign := _at(found, k)) is not None and sign.text == "@":
        k += 1
    value = _range(found, k)
    if value is not None:
        used = value[1] + (2 if value[1] == 1 and _is_out_of_ten(found, k) else 0)
        return _mark(found, i, k - i + used, **read(value[0]))
    if j == i and out and _plain(out[-1]):
        number = _range_before(out)
        mark, used = _mark(found, i, 1, **read(number))
        return _taking_last(out, mark), used
    return None


def _range_before(out: list[Item]) -> float:
    """The number before, or the middle of `2-3 rir`; what is more than its last number is taken out."""
    last = out[-1].value
    if len(out) > 2 and out[-2].text == "-" and _plain(out[-3]) and out[-3].value < last <= out[-3].value + 2:
        first = out[-3].value
        del out[-3:-1]
        return (first + last) / 2
    return last


def _left(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`2 left`, `2 in reserve`: a number of its own, and a plain "left" only after 0 to 5."""
    number, word = found[i], _at(found, i + 1)
    if number.kind == "word" and number.text.lower() == "left" and word is not None and word.kind == "num":
        behind = _at(found, i + 2)
        if behind is not None and behind.has("left"):
            return _mark(found, i, 3, **_reserve(word.value))
    if number.kind == "word" and number.has("not") and word is not None and word.has("left"):
        return _mark(found, i, 2, **_reserve(0.0))
    if number.kind == "word" and number.has("left_before"):
        after = _range(found, i + 1)
        return None if after is None else _mark(found, i, 1 + after[1], **_reserve(after[0]))
    value = _range(found, i)
    if value is None or number.label is not None:
        return None
    word = _at(found, i + value[1])
    if word is None or word.kind != "word" or not word.has("left"):
        return None
    joined = bool(out) and (out[-1].has("by") or (out[-1].has("for") and word.text.lower() == "left"))
    if joined or (word.text.lower() == "left" and not 0 <= value[0] <= 5):
        return None
    if out and (out[-1].text == "@" or out[-1].has("at")):
        out.pop()
    return _mark(found, i, value[1] + 1, **_reserve(value[0]))


def _effort_range(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`@8-9`, `@7/8`: the middle, left as `@` and one number for the grammar to place."""
    if found[i].kind != "num" or not out or out[-1].text != "@":
        return None
    value = _range(found, i)
    if value is None or value[1] == 1 or value[0] > 10:
        return None
    return replace(found[i], value=value[0], end=found[i + 2].end), 3


def _negated(found: list[Item], i: int, out: list[Item]) -> bool:
    before = [item for item in out[-2:] if item.kind in ("word", "note")]
    return any(item.has("not") for item in before)


def _swallow_not(out: list[Item], start: int) -> int:
    """Take the negation back out of the line, so that it stays with what it negates. Where the note begins."""
    while (
        out and out[-1].kind == "word" and (out[-1].has("not", "body_part", "filler") or not out[-1].classes)
    ):
        taken = out.pop()
        start = taken.start
        if taken.has("not"):
            break
    return start


def _missed_rep(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`6. nicht geschafft`: the rep that was missed stands before the words."""
    number = found[i]
    j = _skip_punctuation(found, i + 1)
    word = _at(found, j)
    if not _plain(number) or word is None or word.kind != "word" or not word.has("miss_after"):
        return None
    if out and out[-1].has("by", "for"):
        return None
    return _mark(found, i, j - i + 1, failure=Failure.ABSOLUTE, rpe=10.0)


def _failure(found: list[Item], i: int, out: list[Item]) -> Hit:
    word = found[i]
    if word.kind != "word" or not word.has("fail", "absolute", "miss"):
        return None
    if _negated(found, i, out):
        start = _swallow_not(out, word.start)
        return replace(_note(found, i, 1)[0], start=start), 1
    if word.has("miss") or (word.has("absolute") and "rep" in word.text.lower()):
        j = i + 1
        while (item := _at(found, j)) is not None and (
            item.has("at", "filler") or item.text.lower() in ("rep", "at")
        ):
            j += 1
        number = _at(found, j)
        if number is not None and number.kind == "num":
            used = j - i + 1
            if (suffix := _at(found, j + 1)) is not None and suffix.text.lower() in ("st", "nd", "rd", "th"):
                used += 1
            return _mark(found, i, used, failure=Failure.ABSOLUTE, rpe=10.0)
    if word.has("absolute"):
        return _mark(found, i, 1, failure=Failure.ABSOLUTE, rpe=10.0)
    if word.has("fail"):
        return _mark(found, i, 1, failure=Failure.TECHNICAL, rpe=10.0)
    return None


def _rep_of(found: list[Item], i: int) -> tuple[int, int]:
    """The rep a mark names (`form6`, `slow at rep 6`), 0 where none; and how many items that took."""
    j = _skip_punctuation(found, i)
    while (
        (item := _at(found, j)) is not None
        and item.kind == "word"
        and item.has("at", "reps", "rest", "filler")
    ):
        j += 1
    number = _at(found, j)
    if number is None or number.kind != "num" or number.label not in (None, "reps") or number.sign:
        return 0, 0
    follower = _at(found, j + 1)
    if follower is not None and follower.has("by"):
        return 0, 0
    used = j - i + 1
    if follower is not None and follower.text.lower() in ("st", "nd", "rd", "th"):
        used += 1
    return int(number.value), used


def _ends_here(found: list[Item], i: int) -> bool:
    item = _at(found, i)
    return item is None or item.kind != "word" or item.has("and", "then", "reps", *_OTHER_MARKS)


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


def _form(found: list[Item], i: int, out: list[Item]) -> Hit:
    word = found[i]
    if word.kind != "word" or not word.has("form"):
        return None
    before, after = (out[-1] if out else None), _at(found, i + 1)
    fine = (before is not None and before.has("praise", "not")) or (after is not None and after.has("praise"))
    rep, used = _rep_of(found, i + 1)
    bare = len(words_of(word)) == 1
    if fine or _negated(found, i, out) or (bare and not used and not _ends_here(found, i + 1)):
        return _note(found, i, 1)
    return _mark(found, i, 1 + used, form_from=rep)


def words_of(item: Item) -> list[str]:
    """The single words of an item's text."""
    return item.text.split()


def _slow(found: list[Item], i: int, out: list[Item]) -> Hit:
    word = found[i]
    if word.kind != "word" or not word.has("slow") or _negated(found, i, out):
        return None
    rep, used = _rep_of(found, i + 1)
    if not used and not _ends_here(found, i + 1):
        return _note(found, i, 1)
    return _mark(found, i, 1 + used, slow_from=rep)


def _pain(found: list[Item], i: int, out: list[Item]) -> Hit:
    word = found[i]
    if word.kind != "word" or not word.has("pain") or word.has("by"):
        return None
    after = _at(found, i + 1)
    if _negated(found, i, out) or _is_over(after):
        start = _swallow_not(out, word.start)
        used = 2 if _is_over(after) else 1
        return replace(_note(found, i, used)[0], start=start), used
    level, used = _pain_level(found, i + 1)
    if used:
        return _mark(found, i, 1 + used, pain=Pain(level))
    level = _take_level_after(found, i + 1)
    if level is None:
        level = _level_before(out)
    return _mark(found, i, 1, pain=Pain(level))


def _is_over(after: Item | None) -> bool:
    """`pain free`, `pain gone`."""
    return after is not None and after.text.lower() in ("free", "gone", "weg", "frei", "прошла")


def _pain_level(found: list[Item], i: int) -> tuple[int | None, int]:
    j = _skip_punctuation(found, i)
    while (
        (item := _at(found, j)) is not None
        and item.kind == "word"
        and (item.has("at") or item.text in ("level", "de", "auf", "nivel", "около", "на"))
    ):
        j += 1
    number = _at(found, j)
    if number is None or number.kind != "num" or number.label is not None or number.sign:
        return None, 0
    if _is_out_of_ten(found, j):
        return int(number.value), j - i + 3
    follower = _at(found, j + 1)
    if follower is not None and follower.has("by", "left", "rir"):
        return None, 0
    return int(number.value), j - i + 1


def _take_level_after(found: list[Item], i: int) -> int | None:
    """`dolor de rodilla 4/10`: the level behind a few words, taken out of the line."""
    for j in range(i, min(i + 4, len(found))):
        if found[j].kind == "num" and _is_out_of_ten(found, j):
            level = int(found[j].value)
            del found[j : j + 3]
            return level
        if found[j].kind not in ("word", "name"):
            return None
    return None


def _is_out_of_ten(found: list[Item], i: int) -> bool:
    slash, ten = _at(found, i + 1), _at(found, i + 2)
    return (
        slash is not None and ten is not None and slash.text == "/" and ten.kind == "num" and ten.value == 10
    )


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


def _warmup(found: list[Item], i: int, out: list[Item]) -> Hit:
    word = found[i]
    if word.kind != "word":
        return None
    bracketed = bool(out) and out[-1].text == "("
    if word.has("warmup_letter") and (bracketed or not word.glued) and not _followed_by_slash(found, i):
        return _mark(found, i, 1, kind=Kind.WARMUP)
    return _mark(found, i, 1, kind=Kind.WARMUP) if word.has("warmup") else None


def _followed_by_slash(found: list[Item], i: int) -> bool:
    after = _at(found, i + 1)
    return after is not None and after.text == "/"


def _amrap(found: list[Item], i: int, out: list[Item]) -> Hit:
    item = found[i]
    if item.kind == "word" and item.has("amrap"):
        return _mark(found, i, 1, kind=Kind.AMRAP)
    after = _at(found, i + 1)
    is_plus = item.text == "+" and item.glued and bool(out) and out[-1].kind == "num"
    if is_plus and (
        after is None
        or (not after.glued and after.kind != "num")
        or after.text in (",", ";", ")", "@", "!", ".", "?")
    ):
        return _mark(found, i, 1, kind=Kind.AMRAP)
    if is_plus and after is not None and after.kind == "num" and not after.glued and not after.sign:
        follower = _at(found, i + 2)
        if follower is not None and (follower.text == "@" or follower.has("by")):
            return None
    return None


def _partials(found: list[Item], i: int, out: list[Item]) -> Hit:
    j = i + 1 if found[i].text == "+" else i
    number, word = _at(found, j), _at(found, j + 1)
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
    return _mark(found, i, j - i + 2, partials=int(number.value))


def _side(found: list[Item], i: int, out: list[Item]) -> Hit:
    item, after = found[i], _at(found, i + 1)
    if item.text == "/" and after is not None and after.has("side_each"):
        return _mark(found, i, 2, side=Side.EACH)
    if item.kind != "word" or item.text.lower() in ("side", "leg", "arm"):
        return None
    if item.has("hand_each"):
        return replace(_note(found, i, 1)[0], label="hand"), 1
    if item.has("side_left"):
        return _mark(found, i, 1, side=Side.LEFT)
    if item.has("side_right") and not (item.text == "r" and item.glued):
        return _mark(found, i, 1, side=Side.RIGHT)
    if item.has("side_each"):
        return _mark(found, i, 1, side=Side.EACH)
    return None


def _rest(found: list[Item], i: int, out: list[Item]) -> Hit:
    word = found[i]
    if word.kind != "word" or not word.has("rest"):
        return None
    j = _skip_punctuation(found, i + 1)
    seconds = _duration(found, j)
    if seconds is not None:
        value, used, timed = seconds
        if timed or word.text.lower() not in ("after", "nach", "после", "après", "tras"):
            return _mark(found, i, j - i + used, rest_s=round(value))
    if out and out[-1].kind == "num" and out[-1].label in ("seconds", "s"):
        value = out[-1].value
        mark, used = _mark(found, i, 1, rest_s=round(value))
        return _taking_last(out, mark), used
    return None


def _duration(found: list[Item], i: int) -> tuple[float, int, bool] | None:
    """Seconds, items used, and whether a unit or a colon said that it is a time."""
    number = _at(found, i)
    if number is None or number.kind != "num" or number.sign:
        return None
    if number.label in ("seconds", "s"):
        return number.value, 1, True
    colon, rest = _at(found, i + 1), _at(found, i + 2)
    if colon is not None and colon.text == ":" and colon.glued and rest is not None and rest.kind == "num":
        return number.value * 60 + rest.value, 3, True
    if number.label is None:
        return (number.value if number.value >= 10 else number.value * 60), 1, False
    return None


def _superset(found: list[Item], i: int, out: list[Item]) -> Hit:
    item, number = found[i], _at(found, i + 1)
    if item.kind != "word":
        return None
    if item.has("superset"):
        return _mark(found, i, 1, superset=1)
    letter = item.text.lower()
    starts = not out or out[-1].kind != "num"
    if (
        letter in "abcdef"
        and len(letter) == 1
        and number is not None
        and number.glued
        and _plain(number)
        and starts
    ):
        end = _skip_punctuation(found, i + 2)
        if (bracket := _at(found, end)) is not None and bracket.text == ")":
            end += 1
        name = _at(found, end)
        if number.value <= 4 and name is not None and name.kind in ("name", "word") and not name.glued:
            used = end - i
            return _mark(found, i, used, superset="abcdef".index(letter) + 1)
    return None


def _noun(found: list[Item], i: int, out: list[Item]) -> Hit:
    """A number beside a noun that counts something else: `seat 4`, `set 3`, `30 degrees`, `2nd`, `2 подход`."""
    item, after = found[i], _at(found, i + 1)
    if item.kind == "word" and item.has("noun", "sets") and not item.has("filler"):
        return _noun_number(found, i, out)
    if item.kind == "num" and item.label is None and after is not None and _is_numbering(found, i, out):
        return _note(found, i, 2)
    if item.kind != "num" or item.label is not None or after is None or after.kind != "word":
        return None
    if after.has("noun") and not after.has("sets") and _plain(_at(found, i + 2)) and len(after.text) > 2:
        return None  # `10 seat 4`: the noun takes the number behind it
    if after.text.lower() in _ORDINAL_SETS and item.value > 1:
        return _note(found, i, 2)
    counts_else = after.has("noun") and not after.has("sets") and not (out and out[-1].has("by"))
    return _note(found, i, 2) if counts_else else None


def _is_numbering(found: list[Item], i: int, out: list[Item]) -> bool:
    """`1) bench`, `2. squat` in the middle of a line."""
    item, sign, name = found[i], found[i + 1], _at(found, i + 2)
    if item.value > 20 or not sign.glued or name is None or name.kind not in ("name", "word") or name.glued:
        return False
    opened = any(one.text == "(" for one in out)
    return (sign.text == ")" and not opened) or (sign.text == "." and name.kind == "name")


def _noun_number(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`seat 4`, `set 3:`, `第二组`."""
    item = found[i]
    j = _skip_punctuation(found, i + 1)
    number = _at(found, j)
    counted = bool(out) and out[-1].kind == "num" and item.has("sets")
    if number is None or number.kind != "num" or number.label not in (None, "sets") or counted:
        return None
    if number.label == "sets":
        return _note(found, i, j - i + 1) if item.text == "第" else None
    follower = _at(found, j + 1)
    if follower is not None and (follower.has("by", "for", "of") or follower.text in ("@", "/")):
        return None
    if follower is not None and follower.text == "," and not item.has("noun"):
        return None
    return _note(found, i, j - i + 1)


def _day(found: list[Item], i: int, out: list[Item]) -> Hit:
    item, after = found[i], _at(found, i + 1)
    if item.kind == "date":
        try:
            return _mark(found, i, 1, day=date.fromisoformat(item.text))
        except ValueError:
            return _mark(found, i, 1, bad_day=item.text)
    if item.kind == "num" and after is not None and after.has("days_ago"):
        return _mark(found, i, 2, day=-int(item.value))
    dated = _calendar_day(found, i, out)
    if dated is not None:
        return dated
    if item.kind != "word":
        return None
    if item.has("yesterday"):
        return _mark(found, i, 1, day=-1)
    if item.has("before_yesterday"):
        return _mark(found, i, 1, day=-2)
    if item.has("weekday") and not any(other.kind == "num" for other in out):
        return _mark(found, i, 1, weekday=item.text)
    return None


def _calendar_day(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`nov 18`, `18 nov` before the sets: which day that is must be asked; behind them it is a remark."""
    item, after = found[i], _at(found, i + 1)
    named = item.kind == "word" and item.has("month") and _plain(after)
    counted = _plain(item) and after is not None and after.kind == "word" and after.has("month")
    if not (named or counted):
        return None
    if any(one.kind == "num" for one in out):
        return _note(found, i, 2)
    return _mark(found, i, 2, weekday=item.text)


def _tempo(found: list[Item], i: int, out: list[Item]) -> Hit:
    if found[i].kind != "tempo":
        return None
    digits = [
        char
        for char in found[i].text.lower().removeprefix("tempo").removeprefix("t")
        if char in "0123456789x"
    ]
    return _mark(found, i, 1, tempo="".join(digits))


_MATCHERS: tuple[Matcher, ...] = (
    _tempo, _day, _rpe, _rir, _left, _effort_range, _partials, _rest, _missed_rep, _failure, _form, _slow, _pain, _warmup, _amrap,
    _superset, _noun, _side,
)  # fmt: skip


def has_words(item: Item) -> bool:
    """Whether the word is one that the notation knows at all."""
    return bool(item.classes) or words().classes.get(tuple(item.text.lower().split())) is not None
