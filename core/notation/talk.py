"""What is talk: lines and numbers that are no sets, and remarks behind sets."""

from __future__ import annotations

import re
from itertools import pairwise

from core.model import Exercise
from core.notation.groups import Group, has_numbers
from core.notation.items import Item
from core.notation.reading import Parsed
from core.notation.shape import NUMBERS, Shape

_FUTURE = {"tomorrow", "morgen", "mañana", "amanhã", "demain", "domani", "завтра", "明 天"}
_TYING = ("filler", "at", "for", "by", "and")
"""Classes of words that hold sets together; a word that is of one of them besides is not taken for talk."""


def of_somebody(found: list[Item]) -> bool:
    """`arnold benched 200x8`: somebody's name before a verb is not about the athlete."""
    for before, item in pairwise(found):
        if item.kind == "name" and item.text.lower().endswith("ed") and before.kind in ("word", "name"):
            return not before.classes
    return False


_TALKING = frozenset({"talk", "cardio", "measure", "body", "rm", *_FUTURE})
"""The traits of which a line of talk has one, unless it is a question."""


def talk_of(found: list[Item], there: set[str], line: str) -> Parsed | None:
    """What a line of talk seems to be about: a set, cardio, measures, or nothing of ours. None where it is no talk.

    `there` are the traits of the line.
    """
    if _TALKING.isdisjoint(there) and not line.rstrip().endswith("?"):
        return None
    if any(item.label == "rm" for item in found) and not any(item.has("by") for item in found):
        return Parsed(remark="set")
    remark = _opening_talk(found)
    if remark is None:
        remark = _talk_anywhere(found, line)
    return None if remark is None else Parsed(remark=remark or None)


def _of_numbers(found: list[Item]) -> str:
    return "set" if has_numbers(found) else ""


def _opening_talk(found: list[Item]) -> str | None:
    """Whether the words before the first number speak of what is to come, of running or of the scales."""
    for i, item in enumerate(found):
        if item.kind == "num":
            return None
        if item.kind != "word":
            continue
        if item.has("talk") and not item.has("filler", "at", "for", "by"):
            return _of_numbers(found)
        if item.has("cardio"):
            return "cardio"
        if item.has("measure") and not item.has("at"):
            return "measure"
        if i == 0 and item.has("body") and _only_weight(found[1:]):
            return "measure"
    return None


def _only_weight(behind: list[Item]) -> bool:
    """`bw 185`, `bodyweight 83.5 kg this morning`: the scales, not a set."""
    if any(item.kind == "name" for item in behind):
        return False
    rest = [item for item in behind if item.kind != "word" or not item.has("filler", "today")]
    if not rest or rest[0].kind != "num" or rest[0].value <= 30:
        return False
    return not any(item.has("by") or item.text in ("@", "/") for item in rest)


def mostly_talk(found: list[Item], there: set[str]) -> bool:
    """`3 guys waiting for the bench`: talk behind a single number and before any name; `there` are the line's traits."""
    if "talk" not in there:
        return False
    numbers = 0
    for item in found:
        numbers += item.kind == "num"
        if item.kind == "name" or numbers > 1:
            return False
        if numbers and item.kind == "word" and item.has("talk") and not item.has(*_TYING):
            return item.text.lower() != "or"
    return False


_TALK_BEHIND = ("talk", "cardio", "measure", "weekday")


def until_talk(found: list[Item], there: set[str]) -> list[Item]:
    """After sets, talk (could have done 2 more, then ran 5k) is a note with all its numbers; `there` are the traits."""
    if there.isdisjoint(_TALK_BEHIND):
        return found
    numbered = False
    for i, item in enumerate(found):
        numbered = numbered or item.kind == "num"
        if numbered and _begins_talk(item) and not _more_sets(item, found[i:]):
            return [*found[:i], Item("note", "", item.start, found[-1].end)]
    return found


def _begins_talk(item: Item) -> bool:
    if item.kind != "word" or not item.has(*_TALK_BEHIND):
        return False
    return not item.has(*_TYING, "of") and item.text.lower() != "or"


def _more_sets(item: Item, rest: list[Item]) -> bool:
    """Whether a name and numbers behind a word of talk can be sets of their own."""
    named = any(other.kind == "name" for other in rest)
    return named and item.has("measure", "talk") and has_numbers(rest)


_STRONG = re.compile(
    r"[nwpqb]x[nrwst]|[rs][xfoa@,]?[nwrs]|[nw][xfoa@,:]?[rs]|[nwr][a@f]w|[nwrp]@[ne]|w[xfoa@,]?[td]|wf?[nr]|ns|[nw]fn"
)
"""What hardly stands in talk."""

_BEFORE_REPS = {"did", "got", "hit", "just", "made", "then", "and", "only", "managed", "x", "for", "last set"}


def is_talk(group: Group, made: Shape, exercise: Exercise | None, *, under_name: bool, strict: bool) -> bool:
    """Numbers in talk are not sets: what is weakly put and stands among other words is left alone.

    `under_name` says that an earlier line of the message named a lift, `strict` that people talk here.
    """
    text, named = made.text, group.named
    strong = _STRONG.search(text) is not None
    if "S" in text and "t" in text and not (exercise is not None and exercise.timed):
        return True  # "another 20 minutes"
    if "S" in text or "C" in text:
        return made.unknown > 0 or any(item.has("not") for item in group.items)
    if set(text) & set("td") and not strong and not named:
        return _is_talk_of_time(made, exercise, under_name=under_name)
    if "t" in text and exercise is not None and exercise.timed:
        alone = named or (not made.unknown and (under_name or not _is_wordy(made)))
        return made.unknown > 8 or not alone
    if not named and _is_weak(group, text):
        return True
    if strict and (made.unknown > 0 or not (strong or group.ids)):
        return True
    if text == "n:n" and made.unknown and _is_clock(made):
        return True
    return made.unknown > _most_unknown(group, made, exercise, strong=strong)


def _most_unknown(group: Group, made: Shape, exercise: Exercise | None, *, strong: bool) -> int:
    """How many unknown words may stand beside the numbers; -1 where they are talk even without."""
    if strong:
        return 8 if group.named else 6
    if not group.named:
        lone_load = made.text == "w" and exercise is None
        return -1 if lone_load or _is_wordy(made) else 0
    if not group.name_first:
        return _remarked_behind(group)
    return 1 if sum(char in NUMBERS for char in made.text) < 2 else 3


def _remarked_behind(group: Group) -> int:
    """How many unknown words may stand beside `30 push-ups`: some behind a comma, none anywhere else."""
    comma = next((item.start for item in group.items if item.text == ","), None)
    unknown = [item.start for item in group.items if item.kind == "word" and not item.classes]
    behind = comma is not None and all(start > comma > group.span[0] for start in unknown)
    return MOST_WORDS_OF_REMARK if behind else 0


MOST_WORDS_OF_REMARK = 3
"""Unknown words behind `30 push-ups,` that are a remark on them (own choice)."""


def _is_wordy(made: Shape) -> bool:
    """Whether words are left that are no part of the sets."""
    return any(item.kind != "sign" for _, item in made.notes)


def _is_talk_of_time(made: Shape, exercise: Exercise | None, *, under_name: bool) -> bool:
    """A time or a distance on its own is of a set only where the lift is held or carried."""
    held = exercise is not None and (exercise.timed or exercise.pattern == "carry")
    remarked = bool(made.marks) or _is_wordy(made)
    return not held or made.unknown > 0 or (remarked and not under_name)


def _is_weak(group: Group, text: str) -> bool:
    """`8 or 9`, `in 5`: no set without a name."""
    if "?" in text and "x" not in text:
        return True
    return text == "n" and any(_leads_talk(item) for item in group.items)


def _leads_talk(item: Item) -> bool:
    """`in 5`, `at 7`: a bare number behind such words is no set."""
    if item.kind != "word" or item.text.lower() in _BEFORE_REPS or item.has("reps", "mood"):
        return False
    return not item.has("for") or item.has("at", "rest")


def _is_clock(made: Shape) -> bool:
    """`19:00`: an hour and two digits of minutes."""
    hour, _, minutes = made.items
    return hour.value <= 24 and len(minutes.text) == 2 and minutes.value < 60 and minutes.glued


def _talk_anywhere(found: list[Item], line: str) -> str | None:
    """Whether a line asks, speaks of running or of the scales without a lift, or of a day to come."""
    words = [item for item in found if item.kind == "word"]
    named = any(item.kind == "name" for item in found)
    if line.rstrip().endswith("?"):
        return _of_numbers(found)
    if not named and any(word.has("cardio") for word in words):
        return "cardio"
    if not named and any(word.has("measure") for word in words):
        return "measure"
    return "set" if any(word.text.lower() in _FUTURE for word in words) else None
