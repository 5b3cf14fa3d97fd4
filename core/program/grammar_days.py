"""Words about days, times and turns → elements. A line is about the schedule where it holds nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Final

from core.exercises import fold
from core.program.grammar_names import STRICT_NAME, WEEKDAYS
from core.program.grammar_pieces import DECORATION


@dataclass(frozen=True, slots=True)
class Element:
    """A part of a schedule with its place. `kind`: days, a_week, at, name, turns, off, style, unknown, or a problem's code."""

    kind: str
    text: str
    start: int
    days: tuple[int, ...] = ()
    number: int = 0
    at: time | None = None

    @property
    def end(self) -> int:
        """The place behind it."""
        return self.start + len(self.text)


STRONG: Final = frozenset({"days", "a_week", "at", "turns"})
"""Kinds that stand in no line about lifts."""

PROBLEMS: Final = frozenset(
    {"days_range_unclear", "every_other_day", "a_week_not_one", "time_invalid", "time_range", "time_vague"}
)
"""Kinds that are problems as they stand: code and kind are one word."""

_END = r"(?![^\W_])"
_DAY_WORDS: Final = (
    r"mondays?|mon|mo|montags?|lunes|lundi", r"tuesdays?|tues|tue|tu|dienstags?|martes|mardi",
    r"wednesdays?|weds|wed|we|mittwochs?|mi[eé]rcoles|mercredi", r"thursdays?|thurs|thur|thu|th|donnerstags?|jueves|jeudi",
    r"fridays?|fri|fr|freitags?|viernes|vendredi", r"saturdays?|sat|sa|samstags?|s[aá]bado|samedi",
    r"sundays?|sun|su|sonntags?|domingo|dimanche",
)  # fmt: skip
_DAY = rf"(?:{'|'.join(_DAY_WORDS)}){_END}\.?"
_THROUGH = r"\s*(?:to|through|thru|until|till)\s+"
_DAYS = re.compile(rf"{_DAY}(?:(?:{_THROUGH}|\s*(?:[,/&+-]|and)\s*|\s+){_DAY})*", re.IGNORECASE)
_ONE_DAY = re.compile(_DAY, re.IGNORECASE)
_GERMAN = "(?:Mo|Di|Mi|Do|Fr|Sa|So)"
_GERMAN_DAYS = re.compile(rf"{_GERMAN}(?:\s*[,/&+]\s*{_GERMAN}){{1,6}}{_END}|{_GERMAN}(?=\s*(?::|$))")
"""Two letters that are words of English as well: only in a list, or in front of a colon."""
_LETTER = "(?:M|Tu|Th|T|W|F|Sa|Su|S)"
_LETTERS = re.compile(
    rf"{_LETTER}(?:\s*[/,&-]\s*{_LETTER}|\s+{_LETTER}|{_LETTER}){{1,6}}{_END}|(?:mwf|tth|tuth){_END}"
)
_OF_LETTERS: Final = {"m": 0, "tu": 1, "t": 1, "w": 2, "th": 3, "f": 4, "sa": 5, "su": 6, "s": 5}
_GROUPS: Final = tuple(
    (re.compile(rf"(?:{pattern}){_END}", re.IGNORECASE), days)
    for pattern, days in (
        (r"daily|every\s?day|all days", tuple(range(7))),
        (r"(?:on\s+)?(?:weekdays|workdays)", tuple(range(5))),
        (r"(?:on\s+)?weekends?", (5, 6)),
    )
)
_NUMBERS: Final = {"once": 1, "twice": 2, "thrice": 3} | {
    word: n for n, word in enumerate(("one", "two", "three", "four", "five", "six", "seven"), start=1)
}
_NUMBER = r"(?:\d{1,3}|one|two|three|four|five|six|seven|once|twice|thrice)"
_TIMES_WORD = r"(?:x|times|days?|sessions?|workouts?|trainings?)"
_WEEK = r"(?:weeks?|wk)"
_A_WEEK = re.compile(
    rf"(?!one\s+week)(?:x\s*)?(?P<n>{_NUMBER})(?:\s*(?:-|to|or)\s*(?P<to>{_NUMBER}))?"
    rf"(?:\s*(?:{_TIMES_WORD}\s*)*(?:a|per|/|each|every|in a)\s*{_WEEK}|\s*x?\s*(?:weekly|{_WEEK})"
    rf"|\s*(?:training\s*)?days?(?:\s*(?:split|weekly))?|\s*(?:times|sessions|workouts)(?:\s*weekly)?){_END}",
    re.IGNORECASE,
)
_CLOCK = r"(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2}))?\s*(?:(?P<half>[ap])\.?m\.?|h|o'?clock|uhr)?"
_AT = re.compile(
    rf"(?:@\s*|at\s+)?(?=\d{{1,2}}(?:[:.h]\d{{2}}|\s*(?:[ap]\.?m\b|h\b|o'?clock|uhr)))"
    rf"{_CLOCK}(?P<until>\s*(?:-|to|until)\s*\d{{1,2}}(?:[:.h]\d{{2}})?\s*(?:[ap]\.?m\.?|h)?)?{_END}"
    rf"|(?:@\s*|at\s+){_CLOCK.replace('?P<', '?P<b_')}{_END}",
    re.IGNORECASE,
)
_PATTERNS: Final = [
    (kind, re.compile(rf"(?:{pattern}){_END}", re.IGNORECASE))
    for kind, pattern in (
        ("every_other_day", r"(?:once\s+)?every\s+(?:other|second|2nd|third|3rd|fourth|4th|fifth|5th|[2-9])\s+days?|eod|every\s+\d+\s*(?:h|hours)|(?:one|1) day on(?:\s*,?\s*(?:one|1)(?: day)? off)?|\d on\s*,?\s*\d off"),
        ("time_vague", r"(?:in the\s+)?(?:early |late )?(?:mornings?|evenings?|afternoons?|nights?|noon|lunch\s?(?:time|break)?)|(?:after|before) work"),
        ("turns", r"alternat\w*|rotat\w*|in turns?|in rotation|in alternation|repeat(?:ing|ed)?|cycling through|taking turns"),
        ("off", r"(?:rest|off|free|nothing|recovery|pause|ruhe|frei|descanso|repos)(?:\s*(?:days?|tag))?"),
        ("style", r"(?:(?:plan\s*)?style\s*[:=]?\s*)?(?:hit|high intensity training|failure|to failure|reserve|blocks)"),
        ("style_unknown", r"(?:plan\s*)?style\s*[:=]?\s*\w[^,;]*"),
    )
]  # fmt: skip
_FILLERS = re.compile(
    r"[\s,;/&+|.:>=~!*)\[\]-]+|(?:on|at|i|train(?:ing|s)?|gym|lift(?:ing)?|days?|schedule|frequency|when|times?|sessions?|workouts?|plan"
    r"|program(?:me)?|routine|weekly|each|every|week|split|of|the|my|then|and|per|with|for|in|a|run|is|order|do|this|it|we|between)(?![^\W_])",
    re.IGNORECASE,
)
_LETTERED = re.compile(rf"[A-Z]{{2,8}}{_END}")
"""`ABA`: sessions in turn, one letter each."""

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")

Names = Mapping[tuple[str, ...], str]
"""Sessions by the folded words of their names."""


def elements(text: str, names: Names, start: int = 0) -> list[Element]:
    """The elements of a line from a place on. Never fails: what is nothing known is `unknown`."""
    found: list[Element] = []
    while start < len(text):
        turns = _LETTERED.match(text, start)
        if turns is not None and all((letter.lower(),) in names for letter in turns[0]):
            found += [Element("name", letter, start + k) for k, letter in enumerate(turns[0])]
            start = turns.end()
            continue
        made = _element(text, start, names)
        if made is None:
            filler = _FILLERS.match(text, start)
            start = filler.end() if filler is not None else _pass_over(text, start, found)
        else:
            found.append(made)
            start = made.end
    return found


def _pass_over(text: str, at: int, found: list[Element]) -> int:
    """Note what is unknown at a place, joined to what was unknown before it; the place behind it."""
    token = _TOKEN.match(text, at)
    end = token.end() if token is not None else at + 1
    if token is None and (not text[at].isprintable() or unicodedata.category(text[at]) in DECORATION):
        return end
    if found and found[-1].kind == "unknown" and not text[found[-1].end : at].strip():
        last = found.pop()
        at = last.start
    found.append(Element("unknown", text[at:end], at))
    return end


def _element(text: str, at: int, names: Names) -> Element | None:
    return (
        _named(text, at, names)
        or _days(text, at)
        or _counted(text, at)
        or _at(text, at)
        or _patterned(text, at)
        or _strictly_named(text, at)
    )


def _named(text: str, at: int, names: Names) -> Element | None:
    """The session whose name begins at a place, the longest; a slash between blanks ends a name."""
    words: list[str] = []
    best: Element | None = None
    end = at
    while (token := _TOKEN.match(text, end)) is not None and len(words) < _LONGEST:
        end = token.end()
        words += fold(token[0]).split()
        known = names.get(tuple(words))
        if known is not None and not (known in WEEKDAYS and _ONE_DAY.match(text, at)):
            best = Element("name", text[at:end], at)
        between = _BETWEEN.match(text, end)
        end = between.end() if between is not None else len(text)
    return best


_LONGEST = 12
_BETWEEN = re.compile(r"\s*(?:(?<! )[/](?! )|[\s,&+.'-])?\s*")


def _strictly_named(text: str, at: int) -> Element | None:
    match = STRICT_NAME.match(text, at)
    if match is None or match[0] == "a":
        return None
    return Element("name", match[0], at)


def _days(text: str, at: int) -> Element | None:
    match = _LETTERS.match(text, at)
    if match is not None and len(match[0]) > 1:
        found = _lettered(match[0])
        if found and len(set(found)) == len(found):
            return Element("days", match[0], at, days=found)
    if (match := _GERMAN_DAYS.match(text, at)) is not None:
        order = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
        days = tuple(order.index(word) for word in re.findall(_GERMAN, match[0]))
        return Element("days", match[0], at, days=days)
    match = _DAYS.match(text, at)
    if match is not None:
        return _spelled_days(match, at)
    for pattern, days in _GROUPS:
        if (match := pattern.match(text, at)) is not None:
            return Element("days", match[0], at, days=days)
    return None


def _lettered(text: str) -> tuple[int, ...]:
    """`MWF`, `M/W/F`, `T/Th`: the days of letters. A second T is Thursday, a second S Sunday."""
    days: list[int] = []
    for letter in re.findall("tu|th|sa|su|[mtwfs]", text.lower()):
        day = _OF_LETTERS[letter]
        days.append({1: 3, 5: 6}.get(day, day) if day in days else day)
    return tuple(days)


def _spelled_days(match: re.Match[str], at: int) -> Element:
    words = list(_ONE_DAY.finditer(match[0]))
    days = [_day(word[0]) for word in words]
    if len(days) == 2:
        between = match[0][words[0].end() : words[1].start()].strip().lower()
        through = between in ("to", "through", "thru", "until", "till")
        if (through or (between == "-" and days[0] == 0 and days[1] >= 4)) and days[0] < days[1]:
            return Element("days", match[0], at, days=tuple(range(days[0], days[1] + 1)))
        if through or between == "-":
            return Element("days_range_unclear", match[0], at, days=tuple(days))
    elif re.search(_THROUGH, match[0]):
        return Element("days_range_unclear", match[0], at, days=tuple(days))
    return Element("days", match[0], at, days=tuple(days))


def _day(word: str) -> int:
    return next(n for n, words in enumerate(_DAY_WORDS) if re.fullmatch(words, word.lower().rstrip(".")))


def _counted(text: str, at: int) -> Element | None:
    match = _A_WEEK.match(text, at)
    if match is None:
        return None
    first, to = (_NUMBERS.get(word.lower()) or int(word) if word else 0 for word in match.group("n", "to"))
    kind = "a_week_not_one" if to else "a_week"
    return Element(kind, match[0], at, number=first, days=(first, to))


def _at(text: str, at: int) -> Element | None:
    match = _AT.match(text, at)
    if match is None:
        return None
    groups = match.groupdict()
    prefix = "" if groups["h"] is not None else "b_"
    hour, minute = int(groups[f"{prefix}h"]), int(groups[f"{prefix}m"] or 0)
    half = (groups[f"{prefix}half"] or "").lower()
    if groups["until"] is not None:
        return Element("time_range", match[0], at)
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        return Element("time_invalid", match[0], at)
    return Element("at", match[0], at, at=time(hour % 12 + 12 * (half == "p") if half else hour, minute))


def _patterned(text: str, at: int) -> Element | None:
    for kind, pattern in _PATTERNS:
        if (match := pattern.match(text, at)) is not None:
            return Element(kind, match[0], at)
    return None
