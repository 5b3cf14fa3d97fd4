"""Times of day in a schedule → one for all days, or each day's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import NamedTuple

from core.program.grammar_days import Element
from core.program.grammar_problems import Problems


class Clock(NamedTuple):
    """A time as typed, its line, and the days it stands beside; none where it is said of all."""

    at: Element
    line: int
    days: tuple[int, ...]


def clocks(found: Sequence[Element], line: int, of_head: tuple[int, ...] = ()) -> list[Clock]:
    """The times of a line with the days in front of them (`Mon 18:00, Thu 7:30`); behind them where the line begins with a
    time. `of_head`: days that the whole line is about."""
    said = [one for one in found if one.kind in ("days", "at")]
    leads = bool(said) and said[0].kind == "at"
    out: list[Clock] = []
    days = of_head
    for one in reversed(said) if leads else said:
        if one.kind == "days":
            days = one.days
        else:
            out.append(Clock(one, line, days))
    return out[::-1] if leads else out


class Times(NamedTuple):
    """The time of day of a plan: one for all days, or one for each of them (None where a day has none)."""

    at: time | None = None
    of_days: tuple[time | None, ...] = ()


def times_of(found: Sequence[Clock], days: Sequence[int], problems: Problems) -> Times:
    """The times of the days of a plan. A time that stands beside no day is that of all others; a second one of the same
    days is a problem."""
    if len({one.at.at for one in found}) <= 1:
        return Times(found[0].at.at if found else None)
    usual: time | None = None
    own: dict[int, time | None] = {}
    for one in found:
        known = [own[day] for day in one.days if day in own] if one.days else [usual] if usual else []
        if any(at != one.at.at for at in known):
            problems.add("times_differ", one.at.text, one.line, one.at.start)
        own.update({day: one.at.at for day in one.days if day not in own})
        usual = usual if one.days else usual or one.at.at
    of_days = tuple(own.get(day, usual) for day in days)
    if usual is not None and own.keys() >= set(days):  # it would be nobody's
        alone = next(one for one in found if not one.days)
        problems.add("times_differ", alone.at.text, alone.line, alone.at.start)
    return Times(of_days[0] if of_days else usual) if len(set(of_days)) <= 1 else Times(None, of_days)
