"""Reading and printing the notation, against a bare regular expression and against JSON."""

from __future__ import annotations

import json
import re
from typing import Final

from core.exercises import catalogue
from core.notation import Setting, parse
from core.notation.data import as_data
from core.notation.printer import print_sets
from tests.bench.lines import Line
from tests.bench.timing import seconds_each

USUAL: Final = "squat 100x8 rpe9"
LINES: Final = (
    USUAL,
    "bench 3x5 80kg @8",
    "Bench Press 225 lbs 5,5,5",
    "deadlift 140x5 2rir pause reps felt good",
    "100x8x3",
)
TALK: Final = "running late today, see you at the gym around seven"
ALLOWED_SECONDS: Final = 0.001
"""What a usual line may take (issue 2)."""

_SIMPLE: Final = re.compile(r"(\w+) (\d+)x(\d+) rpe(\d+)$")


def reading() -> list[Line]:
    """The ratios of parser and printer."""
    setting = Setting(names=catalogue())
    parsed = [parse(line, setting) for line in LINES]
    data = json.dumps(as_data(parsed[0], "kg"))
    sets = parsed[0].sets
    found = seconds_each(
        {
            "match": lambda: _SIMPLE.match(USUAL),
            "json": lambda: json.loads(data),
            "usual": lambda: parse(USUAL, setting),
            "lines": lambda: [parse(line, setting) for line in LINES],
            "talk": lambda: parse(TALK, setting),
            "print": lambda: print_sets(sets, setting.catalogue),
        },
        rounds=40,
        batch=50,
    )
    return [
        Line("reading a usual line / the millisecond allowed", found["usual"] / ALLOWED_SECONDS, 1),
        Line("reading a usual line / re.match of one pattern", found["usual"] / found["match"]),
        Line("reading a usual line / json.loads of its data form", found["usual"] / found["json"]),
        Line("reading a line of a mixed lot / reading a usual line", found["lines"] / 5 / found["usual"]),
        Line("leaving talk alone / reading a usual line", found["talk"] / found["usual"]),
        Line("printing a set / json.loads of its data form", found["print"] / found["json"]),
    ]
