"""`5x3 100` where the plan asks for 3x5: two numbers of which only the order says which one is the sets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice
from typing import Final, NamedTuple

from core.coach.courses import HAS_PLAN
from core.coach.expected import expected
from core.coach.turn import Turn
from core.model import Kind, Reason, SetEntry
from core.notation import Parsed, Setting, parse
from core.notation.words import folded, words

_PAIR: Final = re.compile(r"(?<![\d.,:/@+-])(\d{1,2})( ?[x×X*] ?)(?=(\d{1,2})(?![\d.,:/]) ?([^\W\d_]*))")
"""Two counts, found also where the second is the first of another pair; the word behind them may say what they are."""
_SAYING: Final = frozenset({"reps", "sets"})
MOST_PAIRS: Final = 8
"""In longer messages the pairs behind these are read in their order alone (own choice)."""


class Seen(NamedTuple):
    """A message as the plan has it; `why` says so, None where it is read as it stands."""

    parsed: Parsed
    why: Reason | None


class _Run(NamedTuple):
    """Like sets one after the other, from a place in a message on."""

    at: int
    sets: tuple[SetEntry, ...]

    @property
    def alike(self) -> tuple[object, ...]:
        """What its sets have in common but their reps."""
        first = self.sets[0]
        return first.load, first.unit, first.bodyweight, first.kind, first.seconds


async def as_planned(turn: Turn, parsed: Parsed, text: str, setting: Setting) -> Seen:
    """The sets of a message with the two numbers of a scheme changed about, where the plan asks for them so and not as
    they stand (`notation.md`, Load and reps). `setting` is what the text was read against."""
    several = any(len(run.sets) > 1 for run in _runs(parsed.sets))
    if not several or turn.called is not None or HAS_PLAN not in await turn.preferences():
        return Seen(parsed, None)
    why = None
    for k in range(min(len(_PAIR.findall(text)), MOST_PAIRS)):
        turned = _turned(text, k)
        for was, now in () if turned is None else _runs_apart(parsed, parse(turned, setting)):
            if await _is_planned(turn, was, now):
                parsed, text = _with(parsed, was, now), turned or text
                why = Reason("read_as_planned", {})
                break
    return Seen(parsed, why)


def _turned(text: str, k: int) -> str | None:
    """The text with the numbers of a pair in the other order; None where they are alike, or a word says what they are."""
    pair = next(islice(_PAIR.finditer(text), k, None), None)
    if pair is None:
        return None
    first, tie, second, word = pair.groups()
    said = words().classes.get(folded(word), frozenset()) if word else frozenset()
    if first == second or not said.isdisjoint(_SAYING):
        return None
    end = pair.start() + len(first) + len(tie) + len(second)
    return f"{text[: pair.start()]}{second}{tie}{first}{text[end:]}"


def _runs(sets: Sequence[SetEntry]) -> list[_Run]:
    found: list[_Run] = []
    at = 0
    for _, group in groupby(sets, lambda one: (one.exercise, one.load, one.unit, one.reps, one.kind)):
        run = tuple(group)
        found.append(_Run(at, run))
        at += len(run)
    return found


def _runs_apart(parsed: Parsed, turned: Parsed) -> Iterator[tuple[_Run, tuple[SetEntry, ...]]]:
    """The one run of a message that is another in its turned text: as many sets as it had reps, of as many reps."""
    ways = [turned.sets] if not turned.questions else [way.sets for way in turned.questions[0].readings]
    before = _runs(parsed.sets)
    for way in ways if not turned.problems else ():
        after = _runs(way)
        pairs = list(zip(before, after, strict=False))
        apart = [(was, now) for was, now in pairs if (len(was.sets), was.sets[0].reps) != _size(now)]
        if len(before) == len(after) and len(apart) == 1 and _is_mirror(*apart[0]):
            yield apart[0][0], apart[0][1].sets


def _size(run: _Run) -> tuple[int, int | None]:
    return len(run.sets), run.sets[0].reps


def _is_mirror(was: _Run, now: _Run) -> bool:
    return _size(was) == _size(now)[::-1] and was.alike == now.alike and len(was.sets) > 1


async def _is_planned(turn: Turn, was: _Run, now: Sequence[SetEntry]) -> bool:
    """Whether the plan asks for sets so, and not as they were typed: as many as are to come, of its reps, at its load
    where that is known."""
    first = was.sets[0]
    carried = await turn.carried() if first.exercise is None else None
    lift = carried.exercise_id if carried is not None else first.exercise
    if lift is None or first.kind is not Kind.WORK or first.day is not None:
        return False
    known = await expected(turn, lift)
    return known.asks(now) and not known.asks(was.sets) and not known.is_off(now)


def _with(parsed: Parsed, was: _Run, now: Sequence[SetEntry]) -> Parsed:
    first = was.sets[0]
    named = tuple(replace(one, exercise=first.exercise, typed=first.typed) for one in now)
    return replace(parsed, sets=(*parsed.sets[: was.at], *named, *parsed.sets[was.at + len(was.sets) :]))
