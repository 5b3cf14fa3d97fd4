"""The empty bar as a load: `squat empty bar x 12`, `bar 3x10`. What it weighs is the lift's own bar in the athlete's unit."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from core.loads import Gear, bar_of
from core.model import Exercise
from core.notation.bounds import MANY_REPS
from core.notation.items import Item, item_at
from core.notation.setting import Message, Setting

_TIES: Final = ("at", "of", "filler", "then", "and")
"""Classes of words that may stand in front of a load."""


def with_bars(found: list[Item], setting: Setting, message: Message) -> list[Item]:
    """The items with each bar that stands where a load does as what it weighs, behind the name of its lift.

    A bar of a remark ("the bar slowed"), one with plates on it and one of a lift that has none stay words.
    """
    out = list(found)
    for item in found:
        if item.has("bar"):
            at = out.index(item)
            out = _read(out, at, _lift(out, at, setting, message), setting)
    return out


def barless(found: list[Item], setting: Setting, message: Message) -> Exercise | None:
    """The lift whose load was said to be an empty bar though it is done with none; None where there is no such."""
    for at, item in enumerate(found):
        lift = _lift(found, at, setting, message) if item.has("bar") and " " in item.text else None
        if lift is not None and bar_of(lift, setting.unit, Gear()) is None and _is_load(found, at):
            return lift
    return None


def _read(found: list[Item], at: int, lift: Exercise | None, setting: Setting) -> list[Item]:
    weight = None if lift is None else bar_of(lift, setting.unit, Gear())
    if weight is None or not _is_load(found, at):
        return found
    load = replace(found[at], kind="num", value=weight, label=setting.unit, classes=frozenset())
    rest = found[:at], found[at + 1 :]
    behind = rest[1][:1]
    if at == 0 and behind and behind[0].kind == "name":  # `empty bar squat 3x12`
        return [behind[0], load, *rest[1][1:]]
    return [*rest[0], load, *rest[1]]


def _lift(found: list[Item], at: int, setting: Setting, message: Message) -> Exercise | None:
    """The lift of a bar: the one named before it, else behind it, else above the line, else the last one done."""
    names = [item for item in found[:at] if item.kind == "name"][-1:] or [
        item for item in found[at:] if item.kind == "name"
    ][:1]
    if names:
        return setting.catalogue.get(names[0].ids[0]) if len(names[0].ids) == 1 else None
    return setting.carried if message.named is None else setting.catalogue.get(message.named)


def _is_load(found: list[Item], at: int) -> bool:
    """Whether a bar is all that a set was of: nothing but a lift or a tying word before it, and reps beside it."""
    before, after = item_at(found, at - 1) if at else None, item_at(found, at + 1)
    if before is not None and not (before.kind in ("name", "sign", "num") or before.has(*_TIES)):
        return False
    if after is not None and after.kind == "name":
        follows = item_at(found, at + 2)
        return at == 0 and follows is not None and follows.kind == "num"
    if after is None or after.text in (",", ";"):
        return before is not None and _counts(found, at)
    if after.kind == "num":
        return not after.sign and after.label not in ("kg", "lb") and after.value <= MANY_REPS
    return after.has("by", "for", "reps") or after.text == ":"


def _counts(found: list[Item], at: int) -> bool:
    """Whether the numbers in front of a bar are sets and reps, without a load: `squat 3x12 empty bar`."""
    numbers = [item for item in found[:at] if item.kind == "num"]
    few = all(item.value <= MANY_REPS and item.label in (None, "sets", "reps") for item in numbers)
    return few and 0 < len(numbers) <= 2
