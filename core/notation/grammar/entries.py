"""Sets out of numbers: a load, reps, and so many sets of so many reps."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from operator import attrgetter

from core.exercises import unassisted
from core.model import Exercise, SetEntry, Unit
from core.notation.grammar.base import LOAD, Found, Match, Way, one_set, way_of
from core.notation.items import Item

MOST_SETS_READ = 6
"""So many sets are read without asking where only the order says which number they are."""


MOST_SETS_ASKED = 10
"""So many sets are asked; more are read as reps."""


FEW_SETS = 5
"""A plain number up to this is as likely a number of sets as a load."""


MOST_REPS_READ = 100
"""A plain number above this is a load where the other number can be the reps (own choice)."""


LEAST_PLAIN_EFFORT = 5.0
"""A plain number behind `@` below this is asked: hardly anyone writes down so low an effort."""


def unit_of(item: Item) -> Unit | None:
    """The unit typed with a number."""
    return "kg" if item.label == "kg" else "lb" if item.label == "lb" else None


def whole(item: Item) -> int | None:
    """A number as a count, None where it is not a whole one."""
    return int(item.value) if item.value == int(item.value) and not item.sign else None


def is_body(exercise: Exercise | None) -> bool:
    """Whether a load on this exercise is an addition to the body."""
    return exercise is not None and exercise.bodyweight


def is_assisted(exercise: Exercise | None) -> bool:
    """Whether the name said that a machine or band helps: its loads are taken off."""
    return exercise is not None and unassisted(exercise.id) != exercise.id


_NAMES = tuple(field.name for field in fields(SetEntry))
_VALUES = attrgetter(*_NAMES)
_PLACES = {name: place for place, name in enumerate(_NAMES)}


def with_fields(entry: SetEntry, told: dict[str, object]) -> SetEntry:
    """The set with other values in some fields: as `dataclasses.replace`, in half the time."""
    values = list(_VALUES(entry))
    for name, value in told.items():
        values[_PLACES[name]] = value
    return SetEntry(*values)


Base = dict[str, object]
"""The fields that sets have in common before their reps are known: a set is made once, when all of it is."""


def at_load(item: Item | None, exercise: Exercise | None) -> Base:
    """What sets at the load of a number have in common; None is the body alone."""
    if item is None:
        return {"load": 0.0, "bodyweight": True}
    sign = -1.0 if item.sign == "-" or (is_assisted(exercise) and item.value > 0) else 1.0
    body = bool(item.sign) or is_body(exercise)
    return {"load": sign * item.value, "unit": unit_of(item), "bodyweight": body}


def without_load(exercise: Exercise | None) -> Base:
    """What sets without a load typed have in common: the body's on a bodyweight lift, else it is carried."""
    return {"load": 0.0, "bodyweight": True} if is_body(exercise) else {}


def load_set(item: Item | None, exercise: Exercise | None, **fields: object) -> SetEntry:
    """A set at the load of a number; None is the body alone."""
    return SetEntry(**at_load(item, exercise), **fields)  # type: ignore[arg-type]


def reps_set(exercise: Exercise | None, **fields: object) -> SetEntry:
    """A set without a load typed: the body's on a bodyweight lift, else carried."""
    return SetEntry(**without_load(exercise), **fields)  # type: ignore[arg-type]


MOST_SETS_BUILT = 201
"""The bound on sets refuses so many; no list of millions is built for it."""


MOST_PLAIN_SETS = 20
"""A plain number above this is no number of sets."""


LIGHTEST_PLAIN_LOAD = 10
"""A plain number up to this can be a count, an effort or a load; above it, it is no effort."""


def many(base: Base, reps: int, sets: int, label: str) -> Way:
    """So many sets of so many reps. None at all is refused later, with the number typed."""
    return way_of(label, repeated([SetEntry(reps=reps, **base)], sets), uniform=True)  # type: ignore[arg-type]


def scheme(base: Base, reps: Item, sets: Item, label: str, mirror: str) -> Found | None:
    """So many sets of so many reps where only their order says which is which.

    7 to 10 sets are asked, more give way to the mirror; 10 sets of 10 are a known scheme (`notation.md`).
    """
    r, s = whole(reps), whole(sets)
    if r is None or s is None:
        return None
    as_typed = many(base, r, s, label)
    if s <= MOST_SETS_READ or (s == 10 and r == 10):
        return Found((as_typed,))
    mirrored = many(base, s, r, mirror)
    if s <= MOST_SETS_ASKED:
        return Found((as_typed, mirrored), "order")
    if 2 <= r <= MOST_SETS_READ:
        return Found((mirrored,))
    return Found((mirrored, as_typed), "order")


def repeated(entries: list[SetEntry], times: int) -> list[SetEntry]:
    """Sets over and over, up to what the bound on sets refuses anyway."""
    return entries * min(max(times, 0), MOST_SETS_BUILT)


def cannot_load(exercise: Exercise | None, load: float) -> bool:
    """Whether a bar or stack of this lift cannot weigh so little (`squat 5x5`)."""
    if exercise is None or exercise.bodyweight or exercise.per_hand or exercise.timed:
        return False
    if load > LIGHTEST_PLAIN_LOAD:
        return False
    if exercise.equipment == "barbell":
        return True
    if exercise.fixed_path or exercise.equipment in ("machine", "cable"):
        return load < exercise.step_kg or load % exercise.step_kg != 0 or exercise.lower_body
    return False


def can_be_effort(value: float) -> bool:
    """Whether a plain number can be how hard a set was, as people write that down: 5 to 10 in half steps."""
    return LEAST_PLAIN_EFFORT <= value <= 10 and value * 2 % 1 == 0


def split_load(match: Match) -> tuple[Item | None, list[Item]]:
    """The load that an expression begins with (None: the body alone) and the numbers after it."""
    numbers = match.numbers
    if match.text[0] != "b":
        return numbers[0], numbers[1:]
    if numbers and match.text[1] in "pqw+g":
        first = numbers[0] if numbers[0].sign else replace(numbers[0], sign="+")
        return first, numbers[1:]
    return None, numbers


def load_length(match: Match) -> int:
    """How many characters of the match are its load."""
    return len(re.match(LOAD, match.text).group())  # type: ignore[union-attr]


def load_reps(match: Match, load: Item | None, reps: Item, label: str = "load_reps") -> Found | None:
    """One set of a load and reps; `label` says in which order they stood."""
    count = whole(reps)
    return None if count is None else one_set(load_set(load, match.exercise, reps=count), label)


def reps_load(match: Match, reps: Item, load: Item) -> Found | None:
    """One set of reps and a load, typed in that order."""
    return load_reps(match, load, reps, "reps_load")
