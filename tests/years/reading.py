"""What a reply says, read as its athlete reads it: loads, reps, effort, what is next, what is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.exercises import catalogue

BY_NAME = {one.name: one for one in catalogue()}

_TARGET = (
    r"(?:(?P<load>bw|[+-]?\d+(?:\.\d+)?)(?: (?:kg|lb))? × )?"
    r"(?:up to )?(?P<reps>all clean reps|\d+)(?:-(?P<to>\d+))?(?: reps?)?"
    r"(?: @(?P<rpe>\d+(?:\.\d+)?)|, leave (?P<left>\d)(?:-\d)? in the tank|(?P<failure>, to failure))?"
)
_LIFT = re.compile(
    rf"(?P<then>Then )?(?P<lift>[A-Z][^:·]*?): (?P<sets>\d+) (?:× {_TARGET}|sets?)(?:; (?:start light|the last one).*)?"
)
_NOTED = re.compile(
    rf"(?P<lift>[A-Z][^:]*?) (?P<sets>(?:\d|bw|[+-]\d).*?) ✓(?: \([^)]*\))?(?: (?P<when>next|done; next time): {_TARGET})?"
    r"(?P<pain_free> \(only if.*\))?"
)
_HEAD = re.compile(
    r"(?P<session>[\w ]+) · (?:Week (?P<week>\d+) of 12, (?P<block>\w+)|(?P<deload>Deload week)|HIT)"
    r"(?: · rest .+)?"
)
_OVER = re.compile(
    r"(?P<session>[\w ]+) done: \d+ sets?\.(?: Next: (?P<next>[\w ]+), \w{3} (?P<day>\d+ \w{3} \d{4})\.)?"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for in a set. `load` None: to be found; `reps` None: all there are, clean; `rpe` None: not said."""

    load: float | None
    reps: int | None
    rpe: float | None

    @property
    def all_out(self) -> bool:
        return self.reps is None


@dataclass(frozen=True, slots=True)
class PlannedLift:
    """A line of a session: its lift, the sets left to do (0: it is done), what each is."""

    lift: str
    sets: int
    asked: Asked | None


@dataclass(frozen=True, slots=True)
class Noted:
    """A lift that was written down: its sets as shown, and what comes then (`when`: `next` or `next time`)."""

    lift: str
    sets: str
    when: str | None
    asked: Asked | None


@dataclass(frozen=True, slots=True)
class Head:
    """The first line of a session. No week: a deload, or HIT."""

    session: str
    week: int | None
    deload: bool


def asked(found: re.Match[str]) -> Asked:
    load = found["load"]
    if found["failure"]:
        rpe: float | None = 10.0
    elif found["rpe"]:
        rpe = float(found["rpe"])
    else:
        rpe = None if found["left"] is None else 10.0 - int(found["left"])
    return Asked(
        None if load is None else 0.0 if load == "bw" else float(load),
        None if found["reps"] == "all clean reps" else int(found["reps"]),
        rpe,
    )


def head(reply: list[str]) -> Head | None:
    """The head of a session, where the reply begins with one."""
    found = _HEAD.fullmatch(reply[0]) if reply else None
    if found is None:
        return None
    return Head(found["session"], int(found["week"]) if found["week"] else None, found["deload"] is not None)


def planned(line: str) -> PlannedLift | None:
    """A line of a session, or what the session goes on with."""
    if line.endswith(" ✓") and ":" not in line and not re.search(r"\d", line):
        return PlannedLift(line[:-2], 0, None)
    found = _LIFT.fullmatch(line)
    if found is None:
        return None
    return PlannedLift(found["lift"], int(found["sets"]), asked(found) if found["reps"] else None)


def noted(line: str) -> Noted | None:
    """Sets that were written down."""
    found = _NOTED.fullmatch(line)
    if found is None:
        return None
    when = None if found["when"] is None else found["when"].removeprefix("done; ")
    return Noted(found["lift"], found["sets"], when, asked(found) if when else None)


def is_over(line: str) -> bool:
    """Whether the session is done with that."""
    return _OVER.fullmatch(line) is not None


def choices(reply: list[str]) -> int:
    """How many numbered answers there are."""
    return sum(re.match(r"\d\) ", line) is not None for line in reply)
