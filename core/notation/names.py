"""Names of lifts that the dictionary does not know as they stand: misspelled, or not known at all.

A word beside a name may make it another lift, and one in front of sets that begin anew is most likely a lift: it is
looked up by spelling, else asked about; such sets are never stored under another lift.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from core.exercises import Catalogue, fold
from core.notation.items import Item, item_at
from core.notation.shape import shape

LONGEST_NAME = 3
"""Unknown words behind or between sets, or beside a name, that can be a name; more are a remark."""

MOST_UNKNOWN_BESIDE_NAME = 3
"""Unknown words beside the sets of an unknown name; more are a sentence."""

MOST_LOOKED_UP = 8
"""Names of a line that are looked up by spelling; nobody misspells more of them."""

_SETS = re.compile(
    r"[nwpqb]x[nr]|w[xfo@a,:]?[nr]|[nr][xf@a]?w|[nwr][xfo@a,]?s|s[xfo@a,]?[nwr]|nf[nr]|n[,:]?r|nx[td]|n[@a][ne]"
    r"|n:?n(?:[,/]?n){2,}|n,n,n"
)
"""What is clearly a set, so that the words in front of it can be the name of a lift nobody knows."""

_BEGINS_ANEW = (",", ";", ".", "|", "+", "&", "/", "-")
"""Signs behind which another lift may begin; a slash or a dash only with a blank in front."""


def near_names(found: list[Item], names: Catalogue) -> list[Item]:
    """The items with what is likely a name as one: near-misses of a lift, and names (without ids) of none."""
    named = sum(item.kind == "name" for item in found)
    if named > 1:
        found = _joined_names(found, names)
    if not any(not item.classes and item.kind == "word" for item in found):
        return found
    found = _beside_names(found, names) if named else _with_first_name(found, names)
    return _of_later_sets(found, names) if any(item.kind == "name" for item in found) else found


# --- no name on the line --------------------------------------------------------------------------------------------


def _with_first_name(found: list[Item], names: Catalogue) -> list[Item]:
    """Where no name is known, unknown words beside the numbers are looked up by spelling."""
    for start, end in _word_runs(found):
        if any(item.kind == "num" for item in found[:start]):
            named = _name_behind(found[start:end], names)
        else:
            named = _name_in_front(found[:end], start, found[end:], names)
        if named is not None:
            return [*found[: end - named[0]], _name(found[end - named[0] : end], named[1]), *found[end:]]
    return found


Named = tuple[int, tuple[str, ...]]
"""How many items a name takes, counted from its end, and the lifts it may be."""


def _name_behind(run: list[Item], names: Catalogue) -> Named | None:
    """The lift that words behind the sets name, where it is one only."""
    if len(run) > LONGEST_NAME:
        return None
    resolved = names.resolve(_joined(run))
    return None if resolved.status in ("unknown", "doubt") or not resolved.ids else (len(run), resolved.ids)


def _name_in_front(before: list[Item], start: int, rest: list[Item], names: Catalogue) -> Named | None:
    """The lifts that words in front of the sets may name; none (a lift not known) only before clear sets."""
    run = before[start:]
    resolved = names.resolve(_joined(run))
    if resolved.status != "unknown" and resolved.ids:
        return len(run), resolved.ids
    if start and before[start - 1].kind == "word":  # `leg pres`
        longer = names.resolve(_joined(before[start - 1 :]))
        if longer.status in ("near", "exact"):
            return len(run) + 1, longer.ids
    if not _looks_like_sets(rest):
        return None
    limb = start > 0 and before[start - 1].has("side_each", "body_part")
    return len(run) + limb, ()


def _looks_like_sets(rest: list[Item]) -> bool:
    if not any(item.kind == "num" for item in rest):
        return False  # a long talk is not looked through once for each of its words
    made = shape(rest, None)
    return _SETS.search(made.text) is not None and made.unknown <= MOST_UNKNOWN_BESIDE_NAME


# --- two names side by side -----------------------------------------------------------------------------------------


def _joined_names(found: list[Item], names: Catalogue) -> list[Item]:
    """`Zercher Kniebeuge 80x5`: two lifts with nothing between them are one, which nobody knows if they differ."""
    out: list[Item] = []
    for i, item in enumerate(found):
        part = _pair(out, item)
        if part is not None and part[0].ids == item.ids:
            out[len(out) - len(part) + 1 :] = [replace(part[0], end=item.end)]
        elif part is not None and _is_counted(found, i + 1):
            resolved = names.resolve(_joined(part))
            out[len(out) - len(part) + 1 :] = [_name(part, resolved.ids if resolved.status == "near" else ())]
        else:
            out.append(item)
    return out


def _pair(out: list[Item], item: Item) -> list[Item] | None:
    """A name and the one right in front of it, a hyphen between them or not."""
    if item.kind != "name" or not out:
        return None
    if out[-1].kind == "name":
        return [out[-1], item]
    hyphened = len(out) > 1 and out[-1].text == "-" and out[-1].glued and item.glued
    return [*out[-2:], item] if hyphened and out[-2].kind == "name" else None


# --- words in front of a name ---------------------------------------------------------------------------------------


def _beside_names(found: list[Item], names: Catalogue) -> list[Item]:
    """`romainian deadlift`, `incline bnech`: an unknown word beside a name may make it another lift."""
    out: list[Item] = []
    looked_up = i = 0
    while i < len(found):
        out.append(found[i])
        i += 1
        if out[-1].kind != "name" or looked_up >= MOST_LOOKED_UP:
            continue
        start, end = _words_in_front(out), _words_behind(found, i)
        if end > i:
            looked_up += 1
            i = _take_behind(out, found, i, end, names)
            start = _words_in_front(out)
        if start < len(out) - 1:
            looked_up += 1
            out[start:] = _with_words(out[start:], names, counted=_is_counted(found, i))
    return out


def _words_behind(found: list[Item], i: int) -> int:
    """The place behind the unknown words that stand right behind a name."""
    end = i
    while end < len(found) and end - i < LONGEST_NAME and _is_unknown_word(found[end]):
        end += 1
    return end


def _take_behind(out: list[Item], found: list[Item], i: int, end: int, names: Catalogue) -> int:
    """Put the words behind a name to it where they make it another lift that is known; the place behind them."""
    for last in range(end, i, -1):
        part = [out[-1], *found[i:last]]
        resolved = names.resolve(_joined(part))
        if resolved.status in ("near", "exact"):
            out[-1] = _name(part, resolved.ids)
            return last
    if _is_counted(found, end) and any(names.is_name_word(fold(item.text)) for item in found[i:end]):
        out[-1] = _name([out[-1], *found[i:end]], ())  # `жим узким`: a word of other lifts
        return end
    return i


def _words_in_front(out: list[Item]) -> int:
    """Where the unknown words begin that stand right in front of the last item, hyphens between them or not."""
    start = at = len(out) - 1
    while at > 0 and len(out) - start <= LONGEST_NAME:
        at -= 1
        if _is_unknown_word(out[at]):
            start = at
        elif not ((out[at].text == "-" and out[at].glued) or out[at].text.lower() in _OF_NAMES):
            break
    return start


_OF_NAMES = ("bar", "machine", "cable", "rope")
"""Words that the notation passes over, and that stand within names too: camber bar squat."""


def _with_words(part: list[Item], names: Catalogue, *, counted: bool) -> list[Item]:
    """Words and the name behind them: as the lift they name together, as one nobody knows, or as they were."""
    for k in range(len(part) - 1):
        if part[k].kind == "word":
            resolved = names.resolve(_joined(part[k:]))
            if resolved.status in ("near", "exact"):
                return [*part[:k], _name(part[k:], resolved.ids)]
    if not counted:
        return part
    return [_name(part, ())]


def _is_counted(found: list[Item], i: int) -> bool:
    """Whether numbers stand at a place, right behind a name, so that it is that of their lift."""
    after = item_at(found, i)
    if after is not None and after.text in (":", "-", ","):
        after = item_at(found, i + 1)
    return after is not None and after.kind == "num"


def _is_unknown_word(item: Item) -> bool:
    """A word that the notation does not know."""
    return item.kind == "word" and not item.classes and len(item.text) > 1


def _joined(part: list[Item]) -> str:
    return " ".join(item.text for item in part if item.kind != "sign")


def _name(part: list[Item], ids: tuple[str, ...]) -> Item:
    return Item("name", _joined(part), part[0].start, part[-1].end, ids=ids)


# --- sets that begin anew -------------------------------------------------------------------------------------------


def _of_later_sets(found: list[Item], names: Catalogue) -> list[Item]:
    """`squat 100x8, zercher 80x8`: unknown words right in front of sets, where another lift may begin, are its name."""
    out = found
    for start, end in [*_word_runs(found)][:MOST_LOOKED_UP][::-1]:
        rest = found[end:]
        if end - start > LONGEST_NAME or not _begins_with_sets(rest):
            continue
        if start and found[start - 1].kind == "name":
            continue  # a remark on that lift
        resolved = names.resolve(_joined(found[start:end]))
        if resolved.status == "near" or _may_begin(found, start):
            out = [*out[:start], _name(found[start:end], resolved.ids), *out[end:]]
    return out


def _begins_with_sets(rest: list[Item]) -> bool:
    if not rest or not (
        rest[0].kind == "num" or (rest[0].text == ":" and len(rest) > 1 and rest[1].kind == "num")
    ):
        return False
    end = next((k for k, item in enumerate(rest) if item.kind == "name"), len(rest))
    return _SETS.match(shape(rest[:end], None).text) is not None


def _may_begin(found: list[Item], i: int) -> bool:
    """Whether a new lift may begin at a place: in front, behind a sign, or behind "then"."""
    before = item_at(found, i - 1) if i else None
    if before is not None and before.kind == "sign":
        return before.text in _BEGINS_ANEW and not (before.glued and before.text in "/-")
    return before is None or before.has("then", "and", "superset")


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
