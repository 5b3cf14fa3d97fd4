"""What a pattern matches and what its builder answers, and the pieces that patterns are put together from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.model import Exercise, SetEntry
from core.notation.items import Item
from core.notation.shape import NUMBERS, Shape


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read an expression: `label` names the habit (`load_reps_sets`), `uniform` that its sets are one scheme."""

    label: str
    sets: tuple[SetEntry, ...]
    uniform: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """A set expression at a place of a shape. More than one way, or `ask` alone, is a question.

    `ends` are the places behind its numbers, so that a mark between them finds its set.
    """

    start: int
    end: int
    ways: tuple[Way, ...]
    ask: str | None
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a builder answers: ways, the code of the question where they are not one, and how much it used if not all.

    `leading` says how many numbers in front name a set each, where those behind them do not.
    """

    ways: tuple[Way, ...]
    ask: str | None = None
    used: int | None = None
    leading: int | None = None


def is_count(text: str, i: int) -> bool:
    """Whether a place of a shape is a number that is no effort behind an `@`."""
    return text[i] in NUMBERS and not (text[i] in "en" and i > 0 and text[i - 1] == "@")


@dataclass(slots=True)  # many a line, and a frozen one takes four times as long to make
class Match:
    """A pattern's match, with the numbers in it. Nobody changes one."""

    shape: Shape
    start: int
    end: int
    exercise: Exercise | None

    @property
    def text(self) -> str:
        """The characters that the pattern matched."""
        return self.shape.text[self.start : self.end]

    @property
    def before(self) -> str:
        """The characters of the shape in front of the match."""
        return self.shape.text[: self.start]

    @property
    def numbers(self) -> list[Item]:
        """All numbers of the match."""
        return self.shape.values(self.start, self.end)

    @property
    def counts(self) -> list[Item]:
        """The numbers that are no effort behind an `@`."""
        return [self.shape.items[i] for i in range(self.start, self.end) if is_count(self.shape.text, i)]

    @property
    def efforts(self) -> list[float]:
        """The numbers behind an `@` that can be efforts."""
        return [self.shape.items[i].value for i in range(self.start, self.end) if self.shape.text[i] == "e"]

    def part(self, start: int, end: int | None = None) -> Match:
        """A piece of the match, its places counted from the match's own start."""
        last = self.end if end is None else self.start + end
        return Match(self.shape, self.start + start, last, self.exercise)


Builder = Callable[[Match], Found | None]


LOAD = r"(?:b[+g]?[nwpq]|[nwpq]|b)"


REPS = r"[nr]"


EFFORTS = r"(?:@[en])*"


NOT_A_LOAD = r"(?![xfgha>w]|@[nwpqb])"


def clear(label: str, sets: Sequence[SetEntry], *, uniform: bool = False) -> Found:
    """An answer that can be read in one way only."""
    return Found((way_of(label, sets, uniform=uniform),))


def way_of(label: str, sets: Sequence[SetEntry], *, uniform: bool = False) -> Way:
    """A way to read an expression, out of any sequence of sets."""
    return Way(label, tuple(sets), uniform)


def one_set(entry: SetEntry, label: str = "one") -> Found:
    """A single set, read in one way."""
    return clear(label, [entry], uniform=True)


def both(one: Found | None, other: Found | None, ask: str) -> Found:
    """All ways of two readings, to be asked."""
    return Found(tuple(way for found in (one, other) if found is not None for way in found.ways), ask)


def likeliest(one: Found | None, other: Found | None, ask: str) -> Found:
    """The first way of each of two readings, to be asked."""
    return Found(tuple(way for found in (one, other) if found is not None for way in found.ways[:1]), ask)
