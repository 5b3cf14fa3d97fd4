"""What the matchers of marks share.

Each matcher looks at one place and answers with the item that replaces what it read and how many items that was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.notation.items import LEADING, Item, item_at

Hit = tuple[Item, int] | None


Matcher = Callable[[list[Item], int, list[Item]], Hit]


def mark_of(found: list[Item], i: int, used: int, **fields: object) -> tuple[Item, int]:
    """A mark that replaces so many items, with what it says of a set."""
    last = found[i + used - 1]
    return Item("mark", "", found[i].start, last.end, fields=dict(fields)), used


def leading(hit: tuple[Item, int]) -> tuple[Item, int]:
    """A mark that is of the set behind it, whatever stands before."""
    return replace(hit[0], label=LEADING), hit[1]


def note_of(found: list[Item], i: int, used: int) -> tuple[Item, int]:
    """A note that replaces so many items."""
    last = found[i + used - 1]
    return Item("note", "", found[i].start, last.end), used


def taking_last(out: list[Item], mark: Item) -> Item:
    """The mark, grown over the number before it (and that number's `@`), which are taken out of the line."""
    start = out.pop().start
    if out and (out[-1].text == "@" or out[-1].has("at")):
        start = out.pop().start
    return replace(mark, start=start)


def is_plain(item: Item | None) -> bool:
    """Whether an item is a number without unit, noun or sign."""
    return item is not None and item.kind == "num" and item.label is None and not item.sign


def skip_punctuation(found: list[Item], i: int) -> int:
    """The place behind up to three signs such as `:` or `=`."""
    for _ in range(3):
        item = item_at(found, i)
        if item is None or item.text not in (":", "=", "~", "."):
            break
        i += 1
    return i


def range_at(found: list[Item], i: int) -> tuple[float, int] | None:
    """A number, or the middle of `8-9`, `8/9`, `8 to 9`: value and items used."""
    first = item_at(found, i)
    if first is None or first.kind != "num" or first.label not in (None, "reps") or first.sign:
        return None
    dash, second = item_at(found, i + 1), item_at(found, i + 2)
    if dash is not None and second is not None and is_plain(second):
        is_range = dash.text in ("-", "to", "bis", "a", "à") or (dash.text == "/" and second.value < 10)
        if (
            is_range
            and first.value < second.value <= first.value + 2
            and not (second.glued and not dash.glued)
        ):
            return (first.value + second.value) / 2, 3
    return first.value, 1


def is_out_of_ten(found: list[Item], i: int) -> bool:
    """Whether `/10` stands behind a number."""
    slash, ten = item_at(found, i + 1), item_at(found, i + 2)
    return (
        slash is not None and ten is not None and slash.text == "/" and ten.kind == "num" and ten.value == 10
    )


def negated(out: list[Item]) -> bool:
    """Whether the items just read deny what follows: `no pain`."""
    before = [item for item in out[-2:] if item.kind in ("word", "note")]
    return any(item.has("not") for item in before)


def swallow_not(out: list[Item], start: int) -> int:
    """Take the negation back out of the line, so that it stays with what it negates. Where the note begins."""
    while (
        out and out[-1].kind == "word" and (out[-1].has("not", "body_part", "filler") or not out[-1].classes)
    ):
        taken = out.pop()
        start = taken.start
        if taken.has("not"):
            break
    return start
