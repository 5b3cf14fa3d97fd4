"""Care before progress: what pain that was logged asks for.

No diagnosis and no treatment: these rules only lower, stop, and suggest a professional. All are our own choice.
Symptoms that end all prescribing are in `core.red_flags`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from core.model import LoggedSet, Pain
from core.red_flags import red_flag

__all__ = [
    "LOWER_PERCENT",
    "RETURN_PERCENT",
    "SERIOUS",
    "STOP_FROM",
    "UNNAMED_LEVEL",
    "WATCHED_SESSIONS",
    "PainAction",
    "PainRule",
    "asks_for",
    "by_day",
    "cautious_sessions_left",
    "pain_level",
    "pain_rule",
    "red_flag",
    "serious_sets",
    "stands",
    "watched_sessions_left",
]

SERIOUS: Final = 4
"""From this level on pain changes the load; two sessions of it running stop the exercise."""

STOP_FROM: Final = 6
UNNAMED_LEVEL: Final = 5
"""What pain without a number is taken for, until the athlete names one."""

LOWER_PERCENT: Final = {4: 10, 5: 20}
RETURN_PERCENT: Final = 20
WATCHED_SESSIONS: Final = 2
"""Sessions without a raise and without an AMRAP, the return among them, after pain that changed the load, and
after symptoms that ended all prescribing."""


class PainAction(StrEnum):
    """What pain does to the exercise."""

    LOG = "log"
    LOWER = "lower"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class PainRule:
    """What a session's pain asks for. `level` is None where no number was given; `at` is the set it was worst in."""

    action: PainAction
    level: int | None
    percent: int
    at: LoggedSet


def pain_level(pain: Pain) -> int:
    """The level that pain is treated as, 0 to 10."""
    return UNNAMED_LEVEL if pain.level is None else min(10, max(0, pain.level))


def stands(was: Pain | None, now: Pain, *, same_place: bool) -> Pain:
    """The pain of a set of which more is said: the worst stands, unless a level is given anew for the same place.

    Pain without a number counts as a 5 until it has one, and so hides what was less.
    """
    if was is None or (same_place and now.level is not None):
        return now
    return was if pain_level(was) >= pain_level(now) else now


def asks_for(pain: Pain) -> PainAction:
    """What pain asks for at once, whatever was before it."""
    level = pain_level(pain)
    return PainAction.STOP if level >= STOP_FROM else PainAction.LOWER if level >= SERIOUS else PainAction.LOG


def _felt(one: LoggedSet) -> int:
    return 0 if one.done.pain is None else pain_level(one.done.pain)


def hurt(sets: Iterable[LoggedSet]) -> bool:
    """Whether any pain was told of these sets."""
    for one in sets:  # noqa: SIM110 - every target asks this of the whole history, and `any` takes twice as long
        if one.done.pain is not None:
            return True
    return False


def by_day(sets: Iterable[LoggedSet]) -> tuple[tuple[LoggedSet, ...], ...]:
    """The sets of each day, the oldest day first."""
    days: dict[date, list[LoggedSet]] = {}
    for one in sets:
        if one.day in days:
            days[one.day].append(one)
        else:
            days[one.day] = [one]
    return tuple(tuple(days[day]) for day in sorted(days))


def _settled(session: Sequence[LoggedSet]) -> tuple[LoggedSet, ...]:
    """The sets whose pain counts: a level named later in the day settles what had been left without one."""
    if not hurt(session):
        return ()
    named = [
        at for at, one in enumerate(session) if one.done.pain is not None and one.done.pain.level is not None
    ]
    last = max(named, default=-1)
    return tuple(
        one
        for at, one in enumerate(session)
        if one.done.pain is not None and (one.done.pain.level is not None or at > last)
    )


def serious_sets(session: Sequence[LoggedSet]) -> tuple[tuple[LoggedSet, int], ...]:
    """The sets of a session whose pain changes the load, each with its level."""
    felt = ((one, _felt(one)) for one in _settled(session))
    return tuple((one, level) for one, level in felt if level >= SERIOUS)


def _worst(session: Sequence[LoggedSet]) -> int:
    return max(map(_felt, _settled(session)), default=0)


def pain_rule(session: Sequence[LoggedSet], before: Sequence[LoggedSet] = ()) -> PainRule | None:
    """What the worst pain of a session asks for; `before` is the session before it. None where nothing hurt.

    Pain without a number counts only until a number is given for the same lift that day.
    """
    worst = _worst(session)
    if worst <= 0:
        return None
    at = [one for one in _settled(session) if _felt(one) == worst][-1]
    level = at.done.pain.level if at.done.pain is not None else None
    again = worst >= SERIOUS and _worst(before) >= SERIOUS
    if worst >= STOP_FROM or again:
        return PainRule(PainAction.STOP, level, RETURN_PERCENT, at)
    if worst >= SERIOUS:
        return PainRule(PainAction.LOWER, level, LOWER_PERCENT[worst], at)
    return PainRule(PainAction.LOG, level, 0, at)


def watched_sessions_left(sets: Sequence[LoggedSet]) -> int:
    """How many more sessions of an exercise may bring no raise and no AMRAP, by the pain in its earlier sessions."""
    found = healing(by_day(sets)) if hurt(sets) else None
    return 0 if found is None else found[1]


def healing(days: Sequence[Sequence[LoggedSet]]) -> tuple[int, int] | None:
    """The last session with serious pain, and how many without any pain are still wanted; None where none are."""
    free = 0
    for at in range(len(days) - 1, -1, -1):
        if _worst(days[at]) >= SERIOUS:
            return (at, WATCHED_SESSIONS - free) if free < WATCHED_SESSIONS else None
        free += _worst(days[at]) == 0
    return None


def cautious_sessions_left(sets: Iterable[LoggedSet], cleared_on: date | None) -> int:
    """How many more sessions of an exercise may bring no raise after red-flag symptoms were cleared on that day."""
    if cleared_on is None:
        return 0
    since = {one.day for one in sets if one.day >= cleared_on}
    return max(0, WATCHED_SESSIONS - len(since))
