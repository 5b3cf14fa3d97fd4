"""A line of text → tokens: numbers, words and signs, each with its place in the line. Knows characters, not training."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from core.notation.words import folded, words

TokenKind = Literal["num", "word", "sign", "date", "tempo"]


@dataclass(slots=True)  # many a line, and a frozen one takes four times as long to make
class Token:
    """A piece of a line. `glued` says that no blank stands before it; `value` is a number's. Nobody changes one."""

    kind: TokenKind
    text: str
    start: int
    end: int
    glued: bool
    value: float = 0.0
    folded: tuple[str, ...] = ()


# One character each, so that places in the line stay what they were.
_SAME = str.maketrans(
    {
        "×": "x", "✕": "x", "✖": "x", "⨯": "x", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "→": ">", "➔": ">",
        "➜": ">", "⇒": ">", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'", "“": '"', "”": '"', "„": '"',
        "«": '"', "»": '"', "″": '"', "；": ";", "：": ":", "（": "(", "）": ")", "＠": "@",
        "＋": "+", "／": "/", "。": ".", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "・": ",", "!": "!", "！": "!",
        "？": "?", "＃": "#", "∗": "*",
    }
)  # fmt: skip
# Characters that only steer how text is shown: they carry no word and no number.
_INVISIBLE = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0x00AD, 0xFE0E, 0xFE0F],
    " ",
)
_PLAIN = _SAME | _INVISIBLE
CJK = "\u3400-\u4dbf\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7af"

_TOKEN = re.compile(
    r"(?P<date>(?<!\d)\d{4}-\d{2}-\d{2}(?!\d))"
    r"|(?P<tempo>\b(?:tempo\s*:?\s*|t)[0-9](?:\s?-?\s?[0-9x]){2,3}(?![\dx]|\.\d))"
    r"|(?P<num>\d+(?:\.\d+)?|(?<![\d\w])\.\d+)"
    r"|(?P<word>(?:bw|kgs?|lbs?|reps?|sets?|r|s|kilos?|pdc|кг)(?=[xх]\s?\d)|x(?=(?:bw|f|fail|failed|failure|amrap|max)\b)"
    rf"|[{CJK}]|[^\W\d_{CJK}]+(?:'[^\W\d_{CJK}]+)*)"
    r"|(?P<sign>->|=>|//|\S)",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """The line with look-alike characters made one (× is x, a long dash is a dash), same length."""
    text = text.translate(_PLAIN)
    if text.isascii():
        return text
    return "".join(_plain_char(char) for char in text)


def _plain_char(char: str) -> str:
    if char.isascii():
        return char
    form = unicodedata.normalize("NFKC", char)
    if char.isdigit() and not form.isascii():
        return str(unicodedata.digit(char, "?"))
    return form if len(form) == 1 else char


def tokens(line: str) -> list[Token]:
    """The tokens of a line made `plain`. Never fails: what is nothing known is a sign."""
    found = []
    end = 0
    for match in _TOKEN.finditer(line):
        found.append(_token(match, glued=match.start() == end and end > 0))
        end = match.end()
    return _decimal_commas(found) if "," in line else found


def _token(match: re.Match[str], *, glued: bool) -> Token:
    kind, text = match.lastgroup, match.group()
    start, end = match.span()
    if kind == "num":
        return Token("num", text, start, end, glued, _value(text))
    if kind == "word":
        if text in "хХ":  # the Cyrillic letter, typed for "by"
            return Token("word", "x", start, end, glued, folded=("x",))
        parts = folded(text)  # none, where it is all accents: then it is a sign
        return Token("word" if parts else "sign", text, start, end, glued, folded=parts)
    if kind == "date":
        return Token("date", text, start, end, glued)
    if kind == "tempo":
        return Token("tempo", text, start, end, glued)
    if text in "、，":  # parts things, and is never decimal: no blank follows it
        return Token("sign", ",", start, end, glued=False)
    if text == "*":
        return Token("word", "x", start, end, glued, folded=("x",))
    return Token("sign", ">" if text in ("->", "=>") else text, start, end, glued)


def _value(text: str) -> float:
    """The value of a number. A dot before exactly three zeros parts thousands."""
    if text.endswith(".000") and re.fullmatch(r"\d{1,2}\.000", text):
        return float(text.replace(".", ""))
    return float(text[:15])  # more digits than any load has: the bound will refuse it


_FRACTIONS = {"5", "25", "75", "50", "125", "375", "625", "875", "0"}


def _decimal_commas(found: list[Token]) -> list[Token]:
    """Join `102,5` to one number where that completes a reading; elsewhere a comma separates.

    A comma is decimal when it is glued on both sides and the number is an effort (`@8,5`), has a unit, is a load
    before `x`, or is the load left over beside sets and reps.
    """
    joined: list[Token] = []
    i = 0
    while i < len(found):
        if _is_decimal(found, i, joined):
            whole, fraction = found[i], found[i + 2]
            thousands = fraction.text == "000" and len(whole.text) <= 2
            text = f"{whole.text}{fraction.text}" if thousands else f"{whole.text}.{fraction.text}"
            joined.append(Token("num", text, whole.start, fraction.end, whole.glued, float(text[:15])))
            i += 3
        else:
            joined.append(found[i])
            i += 1
    return joined


def _is_decimal(found: list[Token], i: int, before: list[Token]) -> bool:
    if i + 2 >= len(found):
        return False
    whole, comma, fraction = found[i : i + 3]
    glued = (
        whole.kind == "num"
        and fraction.kind == "num"
        and comma.text == ","
        and comma.glued
        and fraction.glued
    )
    if not glued or not whole.text.isdigit() or not fraction.text.isdigit() or len(fraction.text) > 3:
        return False
    after = found[i + 3] if i + 3 < len(found) else None
    if after is not None and after.text == "," and after.glued and _number_at(found, i + 4):
        return False  # 8,8,7 is a list
    previous = before[-1] if before else None
    if previous is not None and previous.text == "," and whole.glued:
        return False
    in_list = previous is not None and previous.folded == ("x",)
    if in_list and float(whole.text) <= 30 and fraction.text not in _FRACTIONS:
        return False  # `60kg x 10,70kg x 8`
    if _is_effort(previous) and float(whole.text) <= 10:
        return True
    if after is not None and (
        (after.folded and after.folded[0] in _UNITS) or (after.text == "#" and after.glued)
    ):
        return True
    if after is not None and after.folded in (("x",), ("for",), ("por",), ("на",), ("mal",), ("per",)):
        return not in_list or (fraction.text in _FRACTIONS and float(whole.text) > 20)
    if previous is not None and (previous.text == "@" or "at" in words().classes.get(previous.folded, ())):
        return fraction.text in _FRACTIONS or previous.text == "@"  # 8@42,5
    if fraction.text not in _FRACTIONS:
        return False
    return _completes(whole, after, before, in_list=in_list)


def _completes(whole: Token, after: Token | None, before: list[Token], *, in_list: bool) -> bool:
    """Whether a number with a usual fraction is what the line still lacks: a change of load, a load before a list."""
    previous = before[-1] if before else None
    load = float(whole.text)
    if previous is not None and previous.text in "+-" and whole.glued and load <= 20:
        return after is None or after.kind != "num"  # +2,5
    if in_list:
        return load > 20 and _scheme(before[:-1])  # 4x8x42,5
    if after is not None and after.text == ":" and load > 20:
        return True
    if (
        after is not None
        and after.text == ","
        and load > 20
        and (previous is None or previous.kind == "word")
    ):
        return len(before) > 0 and before[-1].folded != ("x",)
    return (after is not None and after.kind == "num") or _scheme(before) or _corrects(before)


def _number_at(found: list[Token], i: int) -> bool:
    return i < len(found) and found[i].kind == "num" and found[i].glued


def _is_effort(token: Token | None) -> bool:
    return token is not None and (
        token.text == "@" or token.folded in (("rpe",), ("pse",), ("рпе",), ("rir",))
    )


_CORRECTING = {"actually", "really", "nope", "was", "protest"}


def _corrects(before: list[Token]) -> bool:
    """Whether a line begins with words that correct: then a number that follows is a load."""
    opening: tuple[str, ...] = ()
    for token in before[:4]:
        if token.kind != "word":
            return False
        opening += token.folded
        if not _CORRECTING.isdisjoint(words().classes.get(opening, ())):
            return True
    return False


def _scheme(before: list[Token]) -> bool:
    """Whether `3x8` (and perhaps an "at") stands just before: then a number that follows is its load."""
    tail = before[-4:]
    while tail and tail[-1].kind != "num":
        tail = tail[:-1]
    return len(tail) >= 3 and tail[-2].folded == ("x",) and tail[-3].kind == "num" and tail[-3].value <= 20


_UNITS = {
    "kg", "kgs", "kilo", "kilos", "kilogramm", "lb", "lbs", "кг", "кило", "公", "quilos", "chili", "chilo", "sec", "s",
    "seg", "sek", "сек", "min", "мин",
}  # fmt: skip
