"""The day that sets are of."""

from __future__ import annotations

from datetime import date

from core.notation.items import Item, item_at
from core.notation.marks.base import (
    Hit,
    is_plain,
    mark_of,
    note_of,
)


def day(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`yesterday`, `3 days ago`, a date: the day of the sets; a weekday in front must be asked."""
    item, after = found[i], item_at(found, i + 1)
    if item.kind == "date":
        try:
            return mark_of(found, i, 1, day=date.fromisoformat(item.text))
        except ValueError:
            return mark_of(found, i, 1, bad_day=item.text)
    if item.kind == "num" and after is not None and after.has("days_ago"):
        return mark_of(found, i, 2, day=-int(item.value))
    dated = _calendar_day(found, i, out)
    if dated is not None:
        return dated
    if item.kind != "word":
        return None
    if item.has("yesterday"):
        return mark_of(found, i, 1, day=-1)
    if item.has("before_yesterday"):
        return mark_of(found, i, 1, day=-2)
    if item.has("weekday") and not any(other.kind == "num" for other in out):
        return mark_of(found, i, 1, weekday=item.text)
    return None


def _calendar_day(found: list[Item], i: int, out: list[Item]) -> Hit:
    """`nov 18`, `18 nov` before the sets: which day that is must be asked; behind them it is a remark."""
    item, after = found[i], item_at(found, i + 1)
    number = after if item.kind == "word" else item
    beyond = item_at(found, i + 2)
    if (
        number is None
        or number.kind != "num"
        or not 1 <= number.value <= 31
        or (beyond is not None and beyond.has("by"))
    ):
        return None  # "belt march 100x12" is no day in March
    named = item.kind == "word" and item.has("month") and is_plain(after)
    counted = is_plain(item) and after is not None and after.kind == "word" and after.has("month")
    if not (named or counted):
        return None
    if any(one.kind == "num" for one in out):
        return note_of(found, i, 2)
    return mark_of(found, i, 2, weekday=item.text)
