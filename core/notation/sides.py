"""`7 left`: so many reps in reserve, or the left side? That depends on the lift, and on what else is said of sides."""

from __future__ import annotations

from core.model import Exercise
from core.notation.items import Item
from core.notation.marks.base import is_plain, mark_of, note_of
from core.notation.marks.effort import MOST_LEFT, range_before, reserve
from core.notation.marks.kinds import LEFT

MOST_OF_EFFORT = 9
"""Reps in reserve: more than these are refused (notation.md)."""


def with_reserve(found: list[Item], exercise: Exercise | None, *, of_last: bool) -> list[Item]:
    """The items with `7 left` behind sets as their reps in reserve, however many, unless the line speaks of sides.

    On its own it is said of the last set, where it can be (`of_last`). On a bar that both hands hold the word alone names
    no side and is a remark.
    """
    sides = [i for i, item in enumerate(found) if "side" in item.fields]
    if any(found[i].label != LEFT for i in sides) or not _each_has_its_set(found, sides):
        return found
    for at in reversed(sides):
        found = _with_one(found, at, exercise, of_last=of_last)
    return found


def _each_has_its_set(found: list[Item], sides: list[int]) -> bool:
    """Whether each of several such words stands behind a set of its own, as in `20x15 6 left, 20x15 5 left`."""
    between = [found[start + 1 : end] for start, end in zip((-1, *sides), sides, strict=False)]
    return len(sides) < 2 or all(any(item.has("by") for item in each) for each in between)


def _with_one(found: list[Item], at: int, exercise: Exercise | None, *, of_last: bool) -> list[Item]:
    """The items with the word `left` at that place read."""
    before, number = found[: max(at - 1, 0)], found[at - 1] if at else None
    both = _of_both_sides(exercise)
    if number is None or not is_plain(number) or (before and before[-1].has("by", "for")):
        return [*found[:at], note_of(found, at, 1)[0], *found[at + 1 :]] if both else found
    behind_set = of_last or any(item.kind == "num" for item in before)
    if not behind_set or number.value <= MOST_LEFT or (number.value > MOST_OF_EFFORT and not both):
        return found
    kept = found[:at]
    value = range_before(kept)
    return [*kept[:-1], mark_of(found, at - 1, 2, **reserve(value))[0], *found[at + 1 :]]


_OF_ONE_SIDE = {"one", "single", "split", "side", "suitcase"}
"""Words in the names of lifts that are done with a bar, and one side at a time."""


def _of_both_sides(exercise: Exercise | None) -> bool:
    """Whether both sides can only work together: on one bar, with both feet on the ground."""
    if exercise is None or exercise.equipment != "barbell":
        return False
    pattern = exercise.pattern in ("squat", "hinge", "press", "row", "olympic")
    return pattern and _OF_ONE_SIDE.isdisjoint(exercise.name.lower().replace("-", " ").split())
