"""What words say of the loads of a bodyweight lift: help is taken off the body, weight is added to it."""

from __future__ import annotations

from dataclasses import replace

from core.exercises import unassisted
from core.model import Exercise
from core.notation.items import Item, item_at
from core.notation.words import folded, words

FEW_SETS = 5
"""A plain number up to this in front of "x" is as likely a number of sets as a load."""

LIGHTEST_HELP = 10
"""A plain number up to this beside a word for help counts reps; above it, it is the help (own choice)."""

LIGHTEST_PLATE = 20
"""A plain number from here on in front of plain reps is the weight that was added (own choice)."""


def signed(found: list[Item], typed: str | None, exercise: Exercise | None) -> list[Item]:
    """The items with the loads of a bodyweight lift signed, where a word says so and no sign does."""
    if exercise is None or not exercise.bodyweight:
        return found
    if any(item.has("assist") for item in found):
        return _helped(found)
    if unassisted(exercise.id) != exercise.id:
        return _without_by(found)
    if any(item.has("weighted") for item in found) or _says_weighted(typed):
        return _weighted(found)
    return found


def _says_weighted(typed: str | None) -> bool:
    spelt = () if typed is None else folded(typed)
    runs = (spelt[i:j] for i in range(len(spelt)) for j in range(i + 1, min(i + 4, len(spelt) + 1)))
    return any("weighted" in words().classes.get(run, ()) for run in runs)


def _without_by(found: list[Item]) -> list[Item]:
    """`pull up assisted by 50`: the "by" in front of all numbers multiplies nothing."""
    first = next((i for i, item in enumerate(found) if item.kind == "num"), 0)
    return [item for i, item in enumerate(found) if i >= first or not item.has("by")]


def _helped(found: list[Item]) -> list[Item]:
    """`60 lb assist x8`, `8 with 40 lbs of help`, `assisted by 50 x 8`: loads are taken off."""
    few = next((i for i in range(len(found)) if _is_of_few_reps(found, i)), None)
    if few is not None:
        start = few - (found[few - 1].kind == "num")
        return [*found[:start], Item("note", "", found[start].start, found[few].end), *found[few + 1 :]]
    signs = [_is_help(found, i) for i in range(len(found))]
    if not any(signs) and not any(item.sign == "-" for item in found):
        return found  # how much the help was is not said
    kept = (i for i in range(len(found)) if not _ties_help(found, i))
    return [replace(found[i], sign="-") if signs[i] else found[i] for i in kept]


def _is_of_few_reps(found: list[Item], i: int) -> bool:
    """`last 2 assisted`, `assisted on rep 8`: said of some reps only."""
    before, after = item_at(found, i - 1) if i else None, item_at(found, i + 1)
    if not found[i].has("assist"):
        return False
    if after is not None and (after.label == "reps" or after.has("reps")):
        return True
    if before is None or before.kind != "num" or before.label not in (None, "reps") or before.sign:
        return False
    first = not any(item.kind == "num" for item in found[: i - 1])
    return before.value <= LIGHTEST_HELP and not first and not _is_multiplied(found, i - 1)


def _is_multiplied(found: list[Item], i: int) -> bool:
    """Whether "x" stands in front of a number."""
    return i > 0 and found[i - 1].has("by")


def _is_help(found: list[Item], i: int) -> bool:
    item = found[i]
    if item.kind != "num" or item.sign or item.label not in (None, "kg", "lb"):
        return False
    if item.label is not None:
        return True
    if item.value <= LIGHTEST_HELP or (_is_multiplied(found, i) and not _is_behind_help(found, i)):
        return False
    after = item_at(found, i + 1)
    by = after is not None and after.has("by", "assist", "of")
    return by or _is_behind_help(found, i)


def _is_behind_help(found: list[Item], i: int) -> bool:
    """`assisted 50`, `assisted by 50`, `assist: 50`."""
    at = i - 1
    while at > 0 and (found[at].has("by", "at", "of", "for") or found[at].text == ":"):
        at -= 1
    return at >= 0 and found[at].has("assist")


def _ties_help(found: list[Item], i: int) -> bool:
    """The word for help, which the sign says now, and what ties it: `assisted by 50`, `with the help of 20 kg`."""
    if found[i].has("assist"):
        return True
    after = item_at(found, i + 1)
    before_help = after is not None and after.has("assist") and found[i].has("at", "of")
    return before_help or (i > 0 and found[i - 1].has("assist") and found[i].has("by", "of", "at"))


def _weighted(found: list[Item]) -> list[Item]:
    """`weighted dips 45x8`: the first number is what was added, unless it may be a number of sets."""
    numbers = [item for item in found if item.kind == "num"]
    if len(numbers) < 2 or any(item.sign or item.label is not None for item in numbers[:1]):
        return found
    if any(item.sign or item.label in ("kg", "lb", "sets", "seconds") for item in numbers):
        return found
    first, others = numbers[0], numbers[1:]
    at = found.index(first)
    after = item_at(found, at + 1)
    if after is None or not after.has("by"):
        added = first.value >= LIGHTEST_PLATE and first.value > max(item.value for item in others)
        return _added(found, at) if added else found
    if others[-1].value > first.value and len(others) > 1:
        return found  # 3x5 25
    if first.value > FEW_SETS or first.value != int(first.value):
        return _added(found, at)
    return [*found[:at], replace(first, fields={"weighted": True}), *found[at + 1 :]]


def _added(found: list[Item], at: int) -> list[Item]:
    return [*found[:at], replace(found[at], sign="+"), *found[at + 1 :]]
