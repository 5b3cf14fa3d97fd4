"""What stands in the cells of exports: numbers with a point or a comma, dates in several languages, spans of time."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Final

from core.imports.rows import Reason
from core.model import Unit

Cells = Mapping[str, str]
"""A line by the names of its columns, in lower case."""

_MONTHS: Final = (
    "jan ene janv gen янв sty",
    "feb fev fevr фев lut",
    "mar mär mrt mars marz мар",
    "apr abr avr апр kwi",
    "may mai mei mag maj май мая",
    "jun juin giu июн cze",
    "jul juil lug июл lip",
    "aug ago aout авг sie",
    "sep set sept сен wrz",
    "oct okt out ott окт paz",
    "nov ноя lis",
    "dec dez dic дек gru",
)
"""The months as English, German, Spanish, Portuguese, French, Italian, Dutch, Russian and Polish shorten them."""

_UNITS: Final[Mapping[str, Unit]] = {
    "kg": "kg", "kgs": "kg", "kilograms": "kg", "lb": "lb", "lbs": "lb", "pounds": "lb",
}  # fmt: skip

_LOADS: Final[Mapping[str, Unit | None]] = {
    "weight": None,
    "weight (kg)": "kg", "weight (kgs)": "kg", "weight_kg": "kg",
    "weight (lb)": "lb", "weight (lbs)": "lb", "weight_lb": "lb", "weight_lbs": "lb",
}  # fmt: skip


class CellUnreadable(ValueError):  # noqa: N818 - named for what happened
    """A cell does not hold what its column should."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def number(text: str) -> float | None:
    """A number with a point or a comma; None for an empty cell. Raises CellUnreadable."""
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = _with_comma(text)
    if not math.isfinite(value):
        raise CellUnreadable("number")
    return value


def whole(text: str) -> int | None:
    """A count, such as `8` or `8.0`; None where there is none or it is nought. Raises CellUnreadable."""
    value = number(text)
    return int(value) if value is not None and value >= 1 else None


def load(cells: Cells) -> tuple[float | None, Unit | None]:
    """The load and its unit, from whichever columns this app uses. Raises CellUnreadable."""
    stated = _UNITS.get(cells.get("weight unit", "").casefold())
    for name, unit in _LOADS.items():
        if cells.get(name):
            return number(cells[name]), unit or stated
    return None, stated


def rpe(text: str) -> float | None:
    """An RPE from 1 to 10; None where there is none, or no such number. Raises CellUnreadable."""
    value = number(text)
    return value if value is not None and 1 <= value <= 10 else None


def exercise(text: str) -> str:
    """A name. Raises CellUnreadable where it is missing."""
    if not text:
        raise CellUnreadable("exercise")
    return text


def seconds(text: str) -> float | None:
    """A span such as `90`, `1:30` or `0:01:30`; None where there is none. Raises CellUnreadable."""
    total = 0.0
    for part in text.split(":"):
        total = total * 60 + (number(part.strip()) or 0.0)
    return total or None


@lru_cache(maxsize=1024)
def moment(text: str) -> tuple[date, datetime | None]:
    """The day, and the time where one is told: `2021-02-10 16:46:13`, `13 Jan 2026, 18:43`, `10.02.2021`.

    Raises CellUnreadable.
    """
    try:
        if len(text) <= len("2021-02-10"):
            return (_in_words(text) or date.fromisoformat(text)), None
        at = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        day = _in_words(text)
        if day is None:
            raise CellUnreadable("date") from None
        at_time = _CLOCK.search(text)
        return day, None if at_time is None else _at(day, at_time)
    return at.date(), at


def _with_comma(text: str) -> float:
    plain = text.replace("\u00a0", "").replace(" ", "")
    thousands = "," if plain.rfind(",") < plain.rfind(".") else "."
    try:
        return float(plain.replace(thousands, "").replace(",", "."))
    except ValueError:
        raise CellUnreadable("number") from None


def _folded(text: str) -> str:
    """In lower case and without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


_MONTH_OF: Final = {_folded(name): month for month, names in enumerate(_MONTHS, 1) for name in names.split()}
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([ap])\.?m)?", re.IGNORECASE)
_DOTTED: Final = re.compile(r"\s*(\d{1,2})\.(\d{1,2})\.(\d{4})")
_NAMED: Final = re.compile(r"(\d{1,2})\b\D*?([^\W\d_]{3,})\D+?(\d{4})|([^\W\d_]{3,})\D+?(\d{1,2})\D+?(\d{4})")


def _in_words(text: str) -> date | None:
    dotted = _DOTTED.match(text)
    if dotted is not None:
        return _day(int(dotted[3]), int(dotted[2]), int(dotted[1]))
    named = _NAMED.search(text)
    if named is None:
        return None
    name, number_of_day, year = (named[2], named[1], named[3]) if named[1] else (named[4], named[5], named[6])
    folded = _folded(name)
    month = _MONTH_OF.get(folded[:4]) or _MONTH_OF.get(folded[:3])
    return None if month is None else _day(int(year), month, int(number_of_day))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _at(day: date, clock: re.Match[str]) -> datetime | None:
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if clock[4]:
        hour = hour % 12 + (12 if clock[4] in "pP" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return datetime.combine(day, time(hour, minute, second))
