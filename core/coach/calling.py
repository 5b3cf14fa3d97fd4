"""What is said of a test of effort: how many reps were called left, at which rep; the rest is for the notation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from core.model import Call, Failure, SetEntry, Unit
from core.notation import Parsed, Reading


@dataclass(frozen=True, slots=True)
class Called:
    """A test of effort: at which rep how many were called left, None where that is not known yet.

    `lift` with `load` and `unit` is what was to be done, for a set that names neither. `place` is that of the set in
    the message, -1 for its last.
    """

    at: int | None = None
    left: float | None = None
    lift: str | None = None
    load: float | None = None
    unit: Unit | None = None
    place: int = -1

    @property
    def call(self) -> Call | None:
        """The call, where all of it is known."""
        return None if self.at is None or self.left is None else Call(self.at, self.left)


def packed(called: Called) -> dict[str, Any]:
    """A test as JSON values."""
    return asdict(called)


def unpacked(held: Mapping[str, Any] | None) -> Called | None:
    """The test that was packed; None where there was none."""
    return None if held is None else Called(**held)


@dataclass(frozen=True, slots=True)
class Said:
    """A message taken apart: the call, and what is left of the text. `head` is the part of that before the call."""

    rest: str
    head: str
    at: int | None
    left: float | None


_LEFT = r"(?P<left>\d{1,2})(?: ?(?:-|–|or|to) ?(?P<most>\d{1,2}))?(?!\d)"
_MORE = r"(?: (?:more|left|rir|reps?|to go|in the tank|in reserve))"
_REP = (
    r"(?:(?:at|@|after|on|by)(?: the)?(?: reps?)?|reps?) ?#?(?P<at>\d{1,2})(?:st|nd|rd|th)?\b(?: reps?\b)?"
    r"(?![.,:]?\d)(?! ?(?:kgs?|lbs?|am|pm|[x×*%]))"
)
_SAID = r"\b(?:i )?(?:called|call|said|guess(?:ed)?|thought|predicted)(?: (?:it|i had|about|maybe))* ?:? ?"
_CALLED = r"\b(?:i )?called ?:? ?"


def _ways(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_PLAIN = _ways(
    rf"{_CALLED}{_LEFT}{_MORE}*,? ?{_REP}",
    rf"(?<!\w){_REP},?:? ?{_CALLED}{_LEFT}{_MORE}*(?! ?[x×*@])",
)
"""How a call is written that needs no question before it."""

_IN_TEST = _ways(
    rf"{_SAID}{_LEFT}{_MORE}*,? ?{_REP}",
    rf"(?<!\w){_REP},?:? ?{_SAID}{_LEFT}{_MORE}*",
    rf"(?<!\w){_LEFT}{_MORE}+,? ?{_REP}",
    rf"{_SAID}{_LEFT}{_MORE}*",
    rf"^{_LEFT} ?{_REP}$",
)
"""How it is written besides, while a test is waited for."""

_THEN = re.compile(
    r"(?P<first>\b\d{1,2}|(?<=[x×])\d{1,2})(?: reps?)?,? ?(?:and then|then|plus|\+|and(?= \d{1,2} (?:more|extra)))"
    r" ?(?P<more>\d{1,2})(?: (?:more|extra|reps?|came))*\b",
    re.IGNORECASE,
)
"""`9 then 5 more`: the rep of the call, and what came after it."""
_AFTER = re.compile(
    r"(?:\b(?:and|then|did|got|had|another) )*\b(?P<more>\d{1,2}) (?:more|extra)(?: reps?)?(?: came)?\b",
    re.IGNORECASE,
)
"""`5 more` after a call."""
_IN_ALL = re.compile(
    r"(?:(?:and|then|got|did|made|reached|came to|total(?: of)?|in all|ended (?:at|with)|with|:|=) ?)*"
    r"(?P<reps>\d{1,3})(?: (?:full|reps?|in all|in total|total|done|came))*",
    re.IGNORECASE,
)
_AROUND = " ,;.:-()\n"


def said(text: str, *, in_test: bool = False, at: int | None = None) -> Said | None:
    """What a text says of a call, None where nothing; `in_test`: one is waited for, whose rep may be known (`at`)."""
    if not in_test and "call" not in text.lower():
        return None
    lines = "\n".join(" ".join(line.split()) for line in text.splitlines())
    found = next((match for way in (_IN_TEST if in_test else _PLAIN) if (match := way.search(lines))), None)
    if found is None:
        return _without_call(lines, at) if in_test else None
    head, tail = lines[: found.start()].rstrip(_AROUND), lines[found.end() :].lstrip(_AROUND)
    given = found.groupdict()
    rep = at if given.get("at") is None else int(given["at"])
    rest, rep = _counted((f"{head}\n{tail}" if "\n" in lines else f"{head}, {tail}").strip(_AROUND), rep)
    return Said(rest, head if tail else "", rep, _between(given["left"], given["most"]))


def _without_call(text: str, at: int | None) -> Said | None:
    """Reps alone, as `14 in all` or as `9 then 5 more`."""
    if not any(way.fullmatch(text) for way in (_THEN, _AFTER, _IN_ALL)):
        return None
    rest, rep = _counted(text, at)
    return None if rest == text and not rest.isdigit() else Said(rest, "", rep, None)


def _between(least: str, most: str | None) -> float:
    """How many were called; a range is its middle."""
    return float(least) if most is None else (int(least) + int(most)) / 2


def _counted(rest: str, at: int | None) -> tuple[str, int | None]:
    """The text with its reps as one number, and the rep of the call, where they were told in two parts."""
    then, after, in_all = _THEN.search(rest), _AFTER.search(rest), _IN_ALL.fullmatch(rest)
    if then is not None and at in (None, int(then["first"])):
        at = int(then["first"])
        return _with_reps(rest, then, at + int(then["more"])), at
    if after is not None and at is not None:
        return _with_reps(rest, after, at + int(after["more"])), at
    return (f"{in_all['reps']} reps" if in_all is not None else rest), at


def _with_reps(text: str, part: re.Match[str], reps: int) -> str:
    before, behind = text[: part.start()].rstrip(_AROUND), text[part.end() :]
    if not before:
        return f"{reps} reps{behind}"
    return f"{before}{'' if before.endswith(('x', '×')) else ' x '}{reps}{behind}"


def applied(parsed: Parsed, called: Called | None) -> Parsed:
    """What was read of the rest, with what the test says of its set: the lift, the load, that it went to failure."""
    if called is None:
        return parsed
    entries = list(parsed.sets)
    if entries:
        place = called.place if -1 <= called.place < len(entries) else -1
        entries[place] = _tested(entries[place], called)
    asked = [
        replace(
            one,
            readings=tuple(_of_test(reading, called) for reading in one.readings),
            partial=None if one.partial is None else _tested(one.partial, called),
        )
        for one in parsed.questions
    ]
    return replace(parsed, sets=tuple(entries), questions=tuple(asked))


def _of_test(reading: Reading, called: Called) -> Reading:
    if not reading.sets:
        return reading
    return replace(reading, sets=(*reading.sets[:-1], _tested(reading.sets[-1], called)))


def _tested(entry: SetEntry, called: Called) -> SetEntry:
    """The set of a test: what it does not name is as it was to be done, and with a call it ended in failure."""
    same = called.lift is not None and entry.exercise in (None, called.lift)
    if same and entry.ref is None:
        entry = replace(entry, exercise=called.lift)
        if entry.load is None and called.load is not None:
            entry = replace(entry, load=called.load, unit=called.unit)
    effort_open = entry.failure is None and entry.rpe in (None, 10)
    if called.left is None or not effort_open:
        return entry
    return replace(entry, rpe=10.0, rir_at_least=False, failure=Failure.TECHNICAL)
