"""What is meant by an answer to one of the three questions before a first plan: a number of days, what somebody trains with, how
long they have lifted. What is not understood is None, and never a guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from core.coach.choosing import chosen, one_line
from core.program.templates import LEAST_DAYS, MOST_DAYS
from core.spelling import mended

_NUMBERS: Final = {"once": 1, "twice": 2, "thrice": 3} | {
    word: n
    for n, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
}
_NUMBER = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_ABOUT = r"(?:about|around|maybe|probably|say|like|~|i (?:can|could|want|train|would)|up to|max(?:imum)?)?"
_TIMES = r"(?:x|times|days?|sessions?|workouts?)?"
_WEEK = r"(?:(?:a|per|/|each|every|in a) ?week|weekly)?"
_DAYS = re.compile(
    rf"{_ABOUT} ?(?P<n>{_NUMBER})(?: ?(?:-|–|/|to|or) ?(?P<to>{_NUMBER}))? ?{_TIMES} ?{_WEEK}(?:,? ?please)?"
)


def of_days(text: str) -> int | None:
    """How many days a week: `3`, `three`, `4 days a week`. None for more or fewer than there are plans for, and for a range."""
    match = _DAYS.fullmatch(one_line(text).lower().rstrip(".!"))
    if match is None or match["to"] is not None:
        return None
    days = _NUMBERS.get(match["n"]) or int(match["n"])
    return days if LEAST_DAYS <= days <= MOST_DAYS else None


def is_of_days(text: str) -> bool:
    """Whether a text is a number of days, if one that no plan has: `7`, `3-4`."""
    return _DAYS.fullmatch(one_line(text).lower().rstrip(".!")) is not None


# What somebody trains with ---------------------------------------------------------------------------------------

_NOT = r"(?:no|not|without|don'?t have|do not have|have no|haven'?t|isn'?t|neither|nor|never)"
_OF_IT = r"(?:(?:an?|any|my|the|really|at|in|access|to|full|use|have|got|much)\s+)*"
_EQUIPMENT: Final = (
    (
        "bodyweight",
        r"body ?-?weights?|bw|calisthenics|no (?:equipment|weights|gear)|without (?:equipment|weights|gear)"
        r"|nothing|none|only my (?:own )?body|just my (?:own )?body",
    ),
    ("barbell", r"barbells?|bb|(?:squat |power )?rack|home ?gym|garage gym|gym at home|olympic bar"),
    ("dumbbells", r"dumb ?bells?|dbs?"),
    ("machines", r"machines?|cables?"),
    (
        "gym",
        r"(?:full |commercial |big |normal |real |public )?gym|fitness ?(?:studio|club|cent(?:er|re))|studio|everything",
    ),
)
"""The words for each kind, those first that hold others in them."""


def of_equipment(text: str) -> str | None:
    """The kind of equipment that words name; of several a gym, else a barbell beside dumbbells, else none. What somebody does
    not have does not count."""
    rest, found, lacking = one_line(text).lower(), [], 0
    for kind, words in _EQUIPMENT:
        if kind != "bodyweight":
            rest, lacks = re.subn(rf"\b{_NOT}\s+{_OF_IT}(?:{words})\b", " ", rest)
            lacking += lacks
        rest, count = re.subn(rf"\b(?:{words})\b", " ", rest)
        found += [kind] * bool(count)
    if "gym" in found:
        return None if lacking else "gym"
    loaded = [kind for kind in found if kind != "bodyweight"]
    if sorted(loaded) == ["barbell", "dumbbells"]:
        return "barbell"
    known = loaded or found
    return known[0] if len(known) == 1 else None


# How long they have lifted ---------------------------------------------------------------------------------------

NEW_MONTHS: Final = 2
EXPERIENCED_MONTHS: Final = 24
"""Under so many months somebody is new to lifting, from so many on they are experienced (own choice)."""

_MONTHS: Final = {"day": 1 / 30, "week": 7 / 30, "wk": 7 / 30, "month": 1.0, "mo": 1.0, "year": 12.0, "yr": 12.0, "y": 12.0}  # fmt: skip
_SEVERAL: Final = {
    "a": 1, "an": 1, "one": 1, "half a": 0.5, "a couple of": 2, "a couple": 2, "couple of": 2, "couple": 2, "a few": 3, "few": 3,
    "some": 3, "several": 4, "many": 10, "lots of": 10,
}  # fmt: skip
_LONG = re.compile(
    rf"\b(?P<n>\d{{1,3}}(?:[.,]\d)?|{'|'.join(sorted((*_SEVERAL, *_NUMBERS), key=len, reverse=True))})?\s*\+?\s*"
    r"(?P<unit>days?|weeks?|wks?|months?|mos?|years?|yrs?|y)\b(?P<half> and a half)?"
)
_NEW = re.compile(
    r"\b(?:new(?:bie|b|comer)?|beginners?|novice|noob|never|first time|just (?:started|starting|begun|beginning)|starting|start(?:ed)? out"
    r"|zero|nothing|none|inexperienced|untrained|not (?:very |that |so |really |much )*(?:experienced|advanced|trained|long|much|at all)"
    r"|no (?:real |much )?experience|not (?:yet|really)|little experience)\b"
)
_SOME = re.compile(
    r"\b(?:some|intermediate|(?:for )?a (?:bit|little|while)|in ?between|on and off|off and on|medium)\b"
)
_MUCH = re.compile(
    r"\b(?:experienced|advanced|veteran|expert|pro|(?:very |a )?long(?: time)?|ages|forever|decades?|my whole life|well trained)\b"
)
_NOT_NEW = re.compile(r"\b(?:not|no longer|no)\s+(?:an?\s+)?(?:new|newbie|beginner|novice)\b")


def of_experience(text: str) -> str | None:
    """How long somebody has lifted, by a time or by a word for it."""
    said = one_line(text).lower()
    time = _LONG.search(said)
    if time is not None:
        months = _months(time)
        return "new" if months < NEW_MONTHS else "some" if months < EXPERIENCED_MONTHS else "experienced"
    if _NOT_NEW.search(said):
        return None
    found = [
        kind for kind, words in (("new", _NEW), ("some", _SOME), ("experienced", _MUCH)) if words.search(said)
    ]
    return found[0] if len(found) == 1 or found[:1] == ["new"] else None


def _months(time: re.Match[str]) -> float:
    """A time in months; `years` without a number are some."""
    typed, unit = time["n"], time["unit"]
    if typed is None:
        count = 3.0 if unit.endswith("s") else 1.0
    else:
        count = float(_SEVERAL.get(typed) or _NUMBERS.get(typed) or typed.replace(",", "."))
    one = _MONTHS[unit if unit in _MONTHS else unit.removesuffix("s")]
    return one * (count + (0.5 if time["half"] else 0.0))


# The questions ---------------------------------------------------------------------------------------------------


def meant(code: str, choices: Sequence[Any], text: str) -> Any | None:
    """What an answer to a question means, by the number of a choice or in words; None where it says neither."""
    if code == "plan_days":
        return of_days(text)
    place = chosen(text, choices)
    if place is not None:
        return choices[place]["label"]
    read = of_equipment if code == "plan_equipment" else of_experience
    found = read(text)
    return read(mended(text, _SPELT[code])) if found is None else found


_SPELT: Final = {
    "plan_equipment": ("dumbbell", "dumbbells", "barbell", "barbells", "machine", "machines", "bodyweight", "weights", "equipment",
                       "calisthenics", "nothing", "garage", "everything", "commercial", "fitness", "studio"),
    "plan_experience": ("beginner", "beginners", "newbie", "novice", "never", "started", "starting", "nothing", "inexperienced",
                        "untrained", "experience", "experienced", "intermediate", "advanced", "veteran", "expert", "month", "months",
                        "week", "weeks", "years", "several", "couple"),
}  # fmt: skip
"""Words of an answer that are understood with a slip in them, too."""
