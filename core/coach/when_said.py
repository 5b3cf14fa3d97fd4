"""A day, and a time, in the words behind a command: `tomorrow`, `Thu 18:00`, `12.11.`, `Nov 12`, `next week`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Final, NamedTuple

from core.coach.choosing import one_line
from core.program.grammar_days import elements
from core.spelling import mended

_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?"
_END = r"(?![\w])"


class When(NamedTuple):
    """What was said: the day, None where none was; the time of day; and the words that are neither."""

    day: date | None = None
    at: time | None = None
    unread: str = ""


def when(words: str, today: date) -> When:
    """The day that words name, seen from `today`. A weekday is the next one, a date without a year the next of its kind.

    Words that are no day are read once more with their slips mended: "tomorow".
    """
    said = _when(words, today)
    if not said.unread:
        return said
    near = _when(mended(words, _SPELT), today)
    return said if near.unread or near.day is None else near


_SPELT: Final = frozenset(
    {
        "today",
        "tonight",
        "tomorrow",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    }
    | {"january", "february", "march", "april", "august", "september", "october", "november", "december"}
)


def _when(words: str, today: date) -> When:
    text = re.sub(_FILLERS, " ", one_line(words).lower().rstrip("!?"))
    day, left = None, []
    for pattern, read in _WRITTEN:
        match = re.search(pattern, text)
        if match is not None:
            day, text = read(match, today), f"{text[: match.start()]} {text[match.end() :]}"
            left = [match[0]] if day is None else []
            break
    parts = elements(one_line(text), {})
    weekdays = [one for one in parts if one.kind == "days"]
    if day is None and not left and len(weekdays) == 1 and len(weekdays[0].days) == 1:
        day, weekdays = _next(weekdays[0].days[0], today), []
        parts = [one for one in parts if one.text != "next"]
    left += [
        one.text
        for one in (*weekdays, *parts)
        if one.kind != "at" and (one in weekdays or one.kind != "days")
    ]
    at = next((one.at for one in parts if one.kind == "at"), None)
    typed = one_line(words) if day is None and at is None else one_line(" ".join(left))
    return When(day, at, typed)


_FILLERS: Final = re.compile(
    r"\b(?:to|on|it|the|this|please|session|workout|training|from|starting|coming)\b"
)


def _next(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7 or 7)


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _of_year(match: re.Match[str], today: date, month: int) -> date | None:
    """A date with its year, or the next one of that day and month."""
    typed, day = match.groupdict().get("year"), int(match["day"])
    if typed:
        return _on(int(typed) + (2000 if len(typed) == 2 else 0), month, day)
    found = _on(today.year, month, day)
    return _on(today.year + 1, month, day) if found is not None and found < today else found


def _spelled(match: re.Match[str], today: date) -> date | None:
    return _of_year(match, today, _MONTHS.index(match["month"]) + 1)


def _ahead(match: re.Match[str], today: date) -> date | None:
    return today + timedelta(days=int(match["n"]) * (7 if match["unit"].startswith("w") else 1))


_WRITTEN: Final[tuple[tuple[str, Callable[[re.Match[str], date], date | None]], ...]] = (
    (
        r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b",
        lambda m, today: _of_year(m, today, int(m["month"])),
    ),
    (
        rf"\b(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})(?:\.\s?(?P<year>\d{{4}}|\d\d)?|{_END})(?!\d)",
        lambda m, today: _of_year(m, today, int(m["month"])),
    ),
    (rf"\b{_MONTH}\s*{_NTH}{_END}(?:,?\s*(?P<year>\d{{4}}))?", _spelled),
    (rf"\b{_NTH}\s*(?:of\s+)?{_MONTH}{_END}(?:,?\s*(?P<year>\d{{4}}))?", _spelled),
    (r"\bday after tomorrow\b", lambda _, today: today + timedelta(days=2)),
    (r"\btomorrow\b", lambda _, today: today + timedelta(days=1)),
    (r"\b(?:today|tonight|now)\b", lambda _, today: today),
    (r"\bin (?P<n>\d{1,2}) ?(?P<unit>days?|weeks?)\b", _ahead),
    (r"\bin a week\b", lambda _, today: today + timedelta(days=7)),
    (r"\bnext week\b", lambda _, today: _next(0, today)),
)
"""How a day is written, and which one that is; None where it is none."""
