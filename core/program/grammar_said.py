"""What is said of a planned lift: sets, reps, effort, rest and style, each once and within its bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.model import Exercise
from core.program.grammar_pieces import Piece
from core.program.grammar_problems import REPS, REST, RPE, SECONDS, SETS, Problems
from core.program.values import Style

MOST_MINUTES = 10
"""Up to this many a rest without its unit is minutes (own choice): nobody rests for three seconds."""

LIKELY_SETS = 5
"""A range of numbers up to this one is one of sets rather than of reps (own choice)."""

MOST_RIR = 5


@dataclass(slots=True)
class Said:
    """What was said of a lift so far."""

    sets: int | None = None
    reps: tuple[int, int] | None = None
    seconds: tuple[int, int] | None = None
    rpe: float | None = None
    rest_s: int | None = None
    style: Style | None = None
    notes: list[str] = field(default_factory=list)
    """What was typed where the plan keeps less than it says: `3-4 sets`, `12, 10, 8`."""


@dataclass(slots=True)
class _At:
    """A piece with its lift and its place, for what is wrong with it."""

    piece: Piece
    said: Said
    lift: Exercise | None
    line: int
    problems: Problems

    def wrong(self, code: str, **facts: object) -> None:
        self.problems.add(code, self.piece.text, self.line, self.piece.start, **facts)

    def within(self, what: str, values: tuple[float, ...], bounds: tuple[float, float]) -> bool:
        """Whether numbers are within their bounds and none was said before."""
        if getattr(self.said, what) is not None:
            self.wrong("said_twice", what=what)
            return False
        off = [value for value in values if not bounds[0] <= value <= bounds[1]]
        if off:
            self.wrong("out_of_range", what=what, number=off[0], least=bounds[0], most=bounds[1])
        elif len(values) > 1 and values[0] > values[1]:
            self.wrong("range_reversed", low=values[1], high=values[0])
            return False
        return not off


def say(piece: Piece, said: Said, lift: Exercise | None, line: int, problems: Problems) -> None:
    """Take what a piece says of a lift; what it cannot say is a problem. `lift` None: not known, its numbers are read."""
    at = _At(piece, said, lift, line, problems)
    match piece.kind:
        case "sets" | "to_failure":
            _sets(at)
        case "sets_reps":
            _sets(at)
            _reps(at)
        case "reps":
            _reps(at)
        case "plus_set":
            _sets(at)
            _reps(at)
            said.notes.append(piece.text)
        case "each_set":
            _each_set(at)
        case "range":
            _bare(at)
        case "hold":
            _hold(at)
        case "rpe" | "rir":
            _effort(at)
        case "rest":
            _rest(at)
    if piece.kind == "style" or piece.kind == "to_failure":
        _style(at, Style((piece.group("style") or Style.FAILURE).lower()))
    if piece.kind == "body" and lift is not None and not lift.bodyweight:
        at.wrong("load")


def fill(said: Said, *general: Said, timed: bool) -> None:
    """Take from what is said of all lifts what is not said of this one."""
    for one in general:
        said.sets = said.sets if said.sets is not None else one.sets
        said.rpe = said.rpe if said.rpe is not None else one.rpe
        said.rest_s = said.rest_s if said.rest_s is not None else one.rest_s
        said.style = said.style if said.style is not None else one.style
        if said.reps is None and said.seconds is None:
            said.reps, said.seconds = (None, one.seconds) if timed else (one.reps, None)


def _sets(at: _At) -> None:
    low, high = at.piece.group("sets"), at.piece.group("sets_high")
    if low is None:
        return
    if high is not None and int(high) > int(low):
        at.said.notes.append(at.piece.text)  # more sets are the athlete's to add
    if at.within("sets", (int(low),), SETS):
        at.said.sets = int(low)


def _reps(at: _At) -> None:
    low = int(at.piece.group("low") or 0)
    reps = (low, int(at.piece.group("high") or low))
    if at.lift is not None and at.lift.timed:
        _seconds(at, reps)
    else:
        _said_reps(at, reps)


def _said_reps(at: _At, reps: tuple[int, int]) -> None:
    if at.within("reps", reps, REPS):
        at.said.reps = reps


def _each_set(at: _At) -> None:
    """Reps set by set, none more than the one before: as many sets, with the range that they span."""
    reps = [int(one) for one in re.findall(r"\d+", at.piece.group("each") or "")]
    sets = int(at.piece.group("sets") or at.said.sets or len(reps))
    if reps != sorted(reps, reverse=True) or sets != len(reps):
        at.wrong("pyramid")
        return
    if at.said.sets is not None or at.within("sets", (sets,), SETS):
        at.said.sets = sets
    _said_reps(at, (reps[-1], reps[0]))
    if reps[0] != reps[-1]:
        at.said.notes.append(at.piece.text)


def _seconds(at: _At, seconds: tuple[int, int]) -> None:
    if at.within("seconds", seconds, SECONDS):
        at.said.seconds = seconds


def _bare(at: _At) -> None:
    """Numbers on their own: the first is the sets, the next the reps."""
    low, high = int(at.piece.group("low") or 0), int(at.piece.group("high") or 0)
    if at.said.sets is None and at.said.reps is None:
        if not high and at.within("sets", (low,), SETS):
            at.said.sets = low
        elif high and high <= LIKELY_SETS:
            at.wrong("sets_not_one", low=low, high=high)
        if not high or high <= LIKELY_SETS:
            return
    _reps(at)


def _hold(at: _At) -> None:
    """A time: that of a lift which is held, else the rest behind its sets."""
    times = _times(at.piece)
    has_sets = at.piece.group("sets") is not None
    if at.lift is not None and not at.lift.timed and has_sets and " - " in at.piece.text:
        _sets(at)  # 3x10 - 90 s: ten reps and a rest
        _said_reps(at, (int(at.piece.group("low") or 0),) * 2)
        _said_rest(at, times[1:] * 2)
    elif at.lift is not None and not at.lift.timed and (has_sets or at.said.sets is None):
        at.wrong("not_timed")
    elif at.lift is not None and not at.lift.timed:
        _rest(at)
    else:
        _sets(at)
        _seconds(at, times)


def _times(piece: Piece) -> tuple[int, int]:
    """The least and the most seconds of a time."""
    clock, unit = piece.group("clock"), (piece.group("unit") or "s").lower()
    if clock is not None:
        minutes, seconds = clock.split(":")
        return (int(minutes) * 60 + int(seconds),) * 2
    factor = 60 if unit[0] in "m'" else 1
    low, high = _halves(piece)
    more = int(piece.group("more") or 0)
    return round(low * factor) + more, round(high * factor) + more


def _halves(piece: Piece) -> tuple[float, float]:
    low = float((piece.group("low") or "0").replace(",", "."))
    high = piece.group("high")
    return low, low if high is None else float(high.replace(",", "."))


def _rest(at: _At) -> None:
    low, high = _times(at.piece)
    if at.piece.group("unit") is None and at.piece.group("clock") is None and high <= MOST_MINUTES:
        low, high = (round(60 * value) for value in _halves(at.piece))
    _said_rest(at, (low, high))


def _said_rest(at: _At, rest: tuple[int, ...]) -> None:
    low, high = rest
    if at.within("rest_s", (low, high), REST):
        at.said.rest_s = (low + high) // 2


def _effort(at: _At) -> None:
    """An effort; of a range its middle, as in the notation of sets."""
    low, high = _halves(at.piece)
    if at.piece.kind == "rir":
        if not 0 <= low <= high <= MOST_RIR:
            return at.wrong("out_of_range", what="rir", number=max(low, high), least=0, most=MOST_RIR)
        low, high = 10 - high, 10 - low
    rpe = int(low + high) / 2 if low != high else low
    if rpe * 2 != int(rpe * 2):
        at.wrong("effort_step", number=rpe)
    elif at.within("rpe", (low, high), RPE):
        at.said.rpe = rpe
    return None


def _style(at: _At, style: Style) -> None:
    if at.said.style not in (None, style):
        at.wrong("said_twice", what="style")
    at.said.style = style
