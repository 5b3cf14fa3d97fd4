"""Sets that lean on the last one: the same again, other reps, a change of load."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.model import Exercise, Ref, SetEntry
from core.notation.bounds import MANY_REPS
from core.notation.grammar.base import Found, Match, one_set
from core.notation.grammar.entries import LIGHTEST_PLAIN_LOAD, is_body, load_reps, unit_of, whole, with_fields
from core.notation.grammar.lists import bare_list, list_with_efforts
from core.notation.items import Item


def x_reps(match: Match) -> Found | None:
    """`x7`, `x10, x10, x10`: the last set with those reps."""
    if any(whole(item) is None for item in match.counts):
        return None
    found = list_with_efforts(match, None, 0, carried=True)
    if found is None or is_body(match.exercise):
        return found
    way = found.ways[0]
    sets = [with_fields(entry, {"ref": Ref(reps=entry.reps)}) for entry in way.sets]
    return replace(found, ways=(replace(way, sets=tuple(sets)),))


def chained(match: Match) -> Found | None:
    """`x100x8`: something is missing in front. `x10 x10` is two sets."""
    return Found((), "number") if match.shape.items[match.start + 2].glued else None


def reps_then_load(match: Match) -> Found | None:
    """`x8 100`, `x5 @100`: reps, then the load."""
    reps, load = match.numbers
    if load.label is None and not (load.value > 10 and load.value > reps.value):
        return None
    return load_reps(match, load, reps)


def same(match: Match) -> Found | None:
    """`same`, `same weight x7`, `same +2.5 @9`: the last set, but for what is named."""
    numbers = match.counts
    change = next((item for item in numbers if item.sign), None)
    reps = next((item for item in numbers if not item.sign and item.label in (None, "reps")), None)
    if len(numbers) != (change is not None) + (reps is not None):
        return None
    return _leaning(match, change, reps)


def same_at(match: Match) -> Found | None:
    """`another set with 7`: the last set with those reps, as far as the number can be no load."""
    number = match.numbers[0]
    if match.shape.items[match.end - 2].text.lower() in ("at", "@") and number.value <= LIGHTEST_PLAIN_LOAD:
        return None  # "again at 7": o'clock, as likely as not
    if number.label is None and number.value <= LIGHTEST_PLAIN_LOAD and whole(number) is not None:
        return _leaning(match, None, number)
    return Found((), "reps")


def _leaning(match: Match, change: Item | None, reps: Item | None) -> Found | None:
    count = None if reps is None else whole(reps)
    if reps is not None and count is None:
        return None
    load_delta = None if change is None else (-change.value if change.sign == "-" else change.value)
    entry = SetEntry(
        reps=count,
        unit=None if change is None else unit_of(change),
        rpe=next(iter(match.efforts), None),
        ref=Ref(load_delta=load_delta, reps=count),
    )
    return one_set(entry)


def delta(match: Match) -> Found | None:
    """`+2.5`, `-5`, `+2.5 x5`: the last set with that change of load. On a bodyweight lift that is named, or with reps: the load added."""
    if match.before and match.before[-1] not in ",;+|":
        return None  # "100x5 +2.5 from last week" is said of the set
    change, *others = match.counts
    reps = others[0] if others else None
    if not is_body(match.exercise) or (match.shape.carried and reps is None):
        return _leaning(match, change, reps)
    return Found((), "reps") if reps is None else load_reps(match, change, reps)


def bare_reps(match: Match) -> Found | None:
    """`8`, `10, 8, 7`, `8 @9`: reps at the carried load; on a bodyweight lift at the body's."""
    numbers = match.counts
    if len(numbers) == 2 and match.text == "n,n" and whole(numbers[0]) is None:
        return load_reps(match, numbers[0], numbers[1])  # `50.5,12`
    counts = [count for item in numbers if (count := whole(item)) is not None]
    if match.text == "n" and not counts:
        return Found((), "reps")  # `squat 142.5`
    if len(counts) < len(numbers):
        return None
    if not all(item.label == "reps" for item in numbers):
        if _has_no_place(match, counts):
            return None
        ask = _could_be_other(match, counts)
        if ask is not None:
            return Found((), ask)
    if _could_be_decimal(match):
        return Found((), "decimal")
    return bare_list(match, counts)


def _more_follows(match: Match) -> bool:
    """Whether sets with a load stand behind a bare number (`week 3 ohp: 100x5`): it has no place of its own."""
    return re.search(r"[nwpq][xf:]", match.shape.text[match.end :]) is not None


def _could_be_load(exercise: Exercise | None, value: float) -> bool:
    """Whether a number alone could as well be what is on the bar."""
    return exercise is not None and not exercise.bodyweight and not exercise.timed and value >= 20


def _has_no_place(match: Match, counts: Sequence[int]) -> bool:
    """Whether bare numbers stand beside other sets or belong to no lift: then they are no sets."""
    if match.before.removeprefix("@e").strip(",;|+:") or _more_follows(match):
        return True
    return match.exercise is None and len(counts) == 1 and counts[0] > MANY_REPS


def _could_be_other(match: Match, counts: Sequence[int]) -> str | None:
    """What is asked of bare numbers that are more than reps are, or as likely a load."""
    exercise = match.exercise
    most = 10_000 if is_body(exercise) else MANY_REPS  # the bound on reps refuses, it does not ask
    if any(count > most for count in counts):
        return "reps" if len(counts) == 1 or exercise is not None else "decimal"
    return "reps" if len(counts) == 1 and _could_be_load(exercise, counts[0]) else None


def _could_be_decimal(match: Match) -> bool:
    """`7,5`, `7-5`: two counts, or a number with a comma. Two reps on the body are reps, and so are those of two sides."""
    if any(match.start < at < match.end and "side" in mark.fields for at, mark in match.shape.marks):
        return False
    if match.text in ("n,n", "nhn"):
        return not is_body(match.exercise)
    return match.text in ("n/n", "nn")


def missing_reps(_match: Match) -> Found | None:
    """A load and nothing else: the reps are asked."""
    return Found((), "reps")
