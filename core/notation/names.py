"""Names of lifts that the dictionary does not know as they stand: misspelled, or not known at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.exercises import Catalogue
from core.notation.items import Item
from core.notation.shape import shape

LONGEST_NAME_BEHIND = 3
"""Words behind the sets that can be a name; more are a remark."""

MOST_UNKNOWN_BESIDE_NAME = 3
"""Unknown words beside the sets of an unknown name; more are a sentence."""

_SETS = re.compile(r"[nwpqb]x[nr]|w[xfo@a,:]?[nr]|[nr][xf@a]?w|[nwr][xfo@a,]?s|s[xfo@a,]?[nwr]|nf?r|nx[td]|n[@a]n")
"""What is clearly a set, so that the words in front of it can be the name of a lift nobody knows."""


def near_names(found: list[Item], names: Catalogue) -> list[Item]:
    """Where no name is known, unknown words in front of the numbers are looked up by spelling."""
    if any(item.kind == "name" for item in found):
        return _misspelled_beside(found, names)
    for start, end in _word_runs(found):
        name = " ".join(item.text for item in found[start:end])
        if any(item.kind == "num" for item in found[:start]):
            ids = _name_behind(name, end - start, names)
        else:
            ids = _name_in_front(name, found[end:], names)
        if ids is not None:
            item = Item("name", name, found[start].start, found[end - 1].end, ids=ids)
            return [*found[:start], item, *found[end:]]
    return found


def _name_behind(name: str, length: int, names: Catalogue) -> tuple[str, ...] | None:
    """The lift that words behind the sets name, where it is one only."""
    if length > LONGEST_NAME_BEHIND:
        return None
    resolved = names.resolve(name)
    return None if resolved.status in ("unknown", "doubt") or not resolved.ids else resolved.ids


def _name_in_front(name: str, rest: list[Item], names: Catalogue) -> tuple[str, ...] | None:
    """The lifts that words in front of the sets may name; none (a lift not known) only before clear sets."""
    resolved = names.resolve(name)
    ids = resolved.ids if resolved.status != "unknown" else ()
    return ids if ids or _looks_like_sets(rest) else None


def _misspelled_beside(found: list[Item], names: Catalogue) -> list[Item]:
    """`romainian deadlift`: an unknown word in front of a name may make it another lift."""
    for i, item in enumerate(found):
        if not i or item.kind != "name" or not _is_unknown_word(found[i - 1]):
            continue
        before = found[i - 1]
        resolved = names.resolve(f"{before.text} {item.text}")
        if resolved.status in ("near", "exact") and resolved.ids != item.ids:
            name = Item("name", f"{before.text} {item.text}", before.start, item.end, ids=resolved.ids)
            return [*found[: i - 1], name, *found[i + 1 :]]
    return found


def _is_unknown_word(item: Item) -> bool:
    """An unknown word long enough to be a misspelled one."""
    return item.kind == "word" and not item.classes and len(item.text) >= 4


def _word_runs(found: list[Item]) -> Iterator[tuple[int, int]]:
    """Runs of words that the notation does not know."""
    start: int | None = None
    for i, item in enumerate([*found, Item("sign", ";", 0, 0)]):
        wordy = item.kind == "word" and _can_be_of_name(item, begun=start is not None)
        if wordy and start is None:
            start = i
        elif not wordy and start is not None:
            if item.kind == "sign" and item.text in "-/()'" and i + 1 < len(found):
                continue
            end = i
            while found[end - 1].kind == "sign":
                end -= 1
            yield start, end
            start = None


def _can_be_of_name(word: Item, *, begun: bool) -> bool:
    if not word.classes or word.has("body_part"):
        return True
    return begun and word.has("noun", "month") and not word.has("sets")


def _looks_like_sets(rest: list[Item]) -> bool:
    made = shape(rest, None)
    return _SETS.search(made.text) is not None and made.unknown <= MOST_UNKNOWN_BESIDE_NAME
