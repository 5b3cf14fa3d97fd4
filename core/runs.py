"""Reading a lift's work as runs: sets that follow one another at about one load, and how hard each of them was.

Work begins at 85% of the day's heaviest load; what lies below it is the way up. A clear change of load or reps is the
athlete's own choice and begins another run. A run stands for its usual reps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.effort import EffortReading, counted_reps, effective_rpe, reps_possible
from core.model import Kind, LoggedSet, SetEntry, Side
from core.situation import EPSILON, HEAVY_REPS, Lift, Situation
from core.strength import paired_sides, system_kg, weaker_sides

WORK_SHARE: Final = 0.85
"""Work begins at this share of the day's heaviest load (the protocol of the strength model)."""

RUN_BAND: Final = 0.06
"""A load further than this from the first of its run is the athlete's own choice, and the most a target moves."""

CHOSEN_REPS: Final = 3
"""So many more reps at a lighter load are a back-off set and no target made (own choice)."""

FALLING_REPS: Final = 2
"""So many reps a day may fall below its first set and still stand for that set's (own choice)."""

OWN_SCHEME: Final = 2 / 3
"""Under this share of the reps that were asked for, at the load, a set without effort is a scheme of the athlete's own
(own choice); above it they are reps that did not come."""

EASY_RPE: Final = 6.5
"""Up to this effort a set may be the way up to heavier ones (own choice)."""

HARD_RPE: Final = 9.5
"""From this effort on reps that are lacking were missed, and not left out (own choice)."""

MAX_REPS: Final = 30
"""Nobody is asked for more reps than these."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: a load in the target's unit, reps at it, and how hard (None: as the role asks).

    `planned` is what the session began with, days after it was told; `repeats` only took up what the athlete had done
    without an effort.
    """

    load: float | None
    reps: int
    rpe: float | None = None
    planned: bool = False
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class WorkSet:
    """A work set as its run reads it: load in the target's unit, reps that count, effort read and asked.

    `logged` is the set in the log, of a left and a right the later; `asked` whether a target for it had been told.
    """

    logged: LoggedSet
    done: SetEntry
    load: float | None
    reps: int
    target_reps: int
    target_rpe: float
    effort: EffortReading
    asked: bool

    @property
    def message(self) -> str:
        """What it was told with: sets of one message, or one import, got no answer in between."""
        return told_with(self.logged)

    @property
    def amrap(self) -> bool:
        """Whether it was taken to as many reps as possible."""
        return self.done.kind is Kind.AMRAP

    @property
    def form(self) -> bool:
        """Whether form broke in it."""
        return self.done.form_from is not None

    @property
    def known(self) -> bool:
        """Whether its effort was said or shown, and not assumed."""
        return self.effort.source != "assumed"

    @property
    def rated(self) -> bool:
        """Whether its effort is known from more than reps that did not come."""
        return self.effort.source not in ("assumed", "short")

    @property
    def n(self) -> float:
        """The reps it could have held."""
        return reps_possible(self.reps, self.effort.rir)

    @property
    def target_n(self) -> float:
        """The reps it would have held at just the target."""
        return reps_possible(self.target_reps, 10 - self.target_rpe)

    @property
    def gap(self) -> float:
        """How many reps it fell short of the target; negative where it had more to give. Missed reps count."""
        return self.target_n - self.n

    @property
    def made(self) -> bool:
        """Whether all the reps came."""
        return self.reps >= self.target_reps

    @property
    def failed(self) -> bool:
        """Whether reps that had been asked for were tried and did not come, rather than left out."""
        return self.missed and self.effort.rpe >= HARD_RPE

    @property
    def missed(self) -> bool:
        """Whether reps that had been asked for did not come."""
        return self.asked and not self.made


Run = tuple[WorkSet, ...]


def told_with(one: LoggedSet) -> str:
    """The message or the import that a set came with; a set of neither stands alone."""
    return one.message_id or one.import_id or one.id


def base_load(run: Run) -> float | None:
    """The load that most sets of a run were done with; of two, the later. AMRAPs count where there is nothing else."""
    loads = [one.load for one in run if not one.amrap] or [one.load for one in run]
    return max(reversed(loads), key=loads.count)


# Which sets are work ---------------------------------------------------------------------------------------------

_Tried = tuple[LoggedSet, SetEntry]


def _work_sets(s: Lift, sets: Sequence[LoggedSet]) -> tuple[_Tried, ...]:
    """The work of a day, left and right of one load as one set: no warm-ups, nothing lighter on the way to it."""
    tried = [one for one in sets if one.done.kind is not Kind.WARMUP]
    paired = [(tried[at], done) for at, done in paired_sides([one.done for one in tried])]
    counted = [pair for pair in paired if counted_reps(pair[1]) > 0]
    weights = [_system_weight(s, done) for _, done in counted]
    top = max(weights, default=0.0)
    first = next((at for at, weight in enumerate(weights) if weight >= WORK_SHARE * top), 0)
    while first + 1 < len(counted) and _leads_up(
        counted[first][1], weights[first], counted, weights, first + 1
    ):
        first += 1
    return tuple(counted[first:])


def _leads_up(
    done: SetEntry, weight: float, counted: Sequence[_Tried], weights: Sequence[float], after: int
) -> bool:
    """Whether an easy or unrated set of few reps was the way up to a later one that outdid it in all."""
    reps = counted_reps(done)
    if done.failure is not None or done.kind is Kind.AMRAP or (done.rpe or 0.0) > EASY_RPE:
        return False
    return any(
        weights[at] >= weight
        and counted_reps(counted[at][1])
        >= (reps if reps <= HEAVY_REPS and weights[at] > weight else 2 * reps)
        for at in range(after, len(counted))
    )


def _system_weight(s: Lift, done: SetEntry) -> float:
    system = system_kg(s.exercise, done.load, done.unit or s.unit, s.body_weight_kg)
    return 0.0 if system is None else system


def runs_of(
    s: Lift,
    sets: Sequence[LoggedSet],
    before: Sequence[Asked] = (),
    told: Mapping[str, Asked] | None = None,
) -> tuple[Run, ...]:
    """The work of a day, read in runs.

    Of today it is known what was `told` before each set, by the set's id. Of a past day it is not: what was done the
    session `before` stands for what was asked.
    """
    grouped: list[list[_Tried]] = []
    for tried in _work_sets(s, sets):
        if grouped and _stays(s, [done for _, done in grouped[-1]], tried[1]):
            grouped[-1].append(tried)
        else:
            grouped.append([tried])
    position, runs = 1, []
    for group in grouped:
        runs.append(
            _read_past(s, group, position, before) if told is None else _read(s, group, position, told)
        )
        position += len(group)
    return tuple(runs)


def _read(s: Lift, group: Sequence[_Tried], position: int, told: Mapping[str, Asked]) -> Run:
    """A run of today: each set against what had been told for it, or else against its run's own reps."""
    usual = usual_reps(s, [done for _, done in group])
    read = []
    for at, (logged, done) in enumerate(group):
        asked = told.get(logged.id)
        before = group[at - 1][1] if at else None
        known = asked is not None and _is_answer(s, done, asked) and not _repeats(done, before, asked)
        reps = asked.reps if asked is not None and known else usual
        rpe = s.rule.rpe_of(position + at) if asked is None or asked.rpe is None else asked.rpe
        binding = asked is not None and known and not asked.repeats
        read.append(_work_set(s, logged, done, reps, rpe, binding))
    return tuple(read)


def _is_answer(s: Lift, done: SetEntry, asked: Asked) -> bool:
    """Whether a set is about what was asked for, and no scheme of the athlete's own."""
    if not _is_near(s, s.load_of(done), asked.load):
        return False
    reps, load = counted_reps(done), s.load_of(done)
    if load is not None and asked.load is not None and load < asked.load and reps >= asked.reps + CHOSEN_REPS:
        return False
    if asked.planned and 0 < asked.reps - reps <= FALLING_REPS:
        return _was_hard(done)
    if reps < OWN_SCHEME * asked.reps and done.rpe is not None and done.rpe <= EASY_RPE:
        return False
    return _is_known(done) or reps >= OWN_SCHEME * asked.reps


def _repeats(done: SetEntry, before: SetEntry | None, asked: Asked) -> bool:
    """Whether a set without effort is the one before it once more, where a rep more had been asked for."""
    if before is None or _is_known(done) or done.load != before.load:
        return False
    return counted_reps(done) == counted_reps(before) < asked.reps


def _is_known(done: SetEntry) -> bool:
    return done.rpe is not None or done.failure is not None or done.kind is Kind.AMRAP


def _read_past(s: Lift, group: Sequence[_Tried], position: int, before: Sequence[Asked]) -> Run:
    """A run of a past day: what was asked is read from the session before it, and from the sets themselves."""
    sets = [done for _, done in group]
    own, first = usual_reps(s, sets), sets[0]
    near = [one for one in before if _is_near(s, s.load_of(first), one.load)]
    wanted = max((one.reps for one in near if one.load == s.load_of(first)), default=0)
    short = own <= wanted - FALLING_REPS or (own < wanted and _was_hard(first))
    reps = wanted if short and OWN_SCHEME * wanted <= own else own
    read: list[WorkSet] = []
    for at, (logged, done) in enumerate(group):
        # An answer to a set without effort only repeats it, and asks for nothing.
        answered = any(one.known and one.message != told_with(logged) for one in read)
        asked = logged.import_id is None and (bool(near) or answered)
        # Only where the reps have to tell how hard it was.
        told_by_reps = asked and not _is_known(done) and reps == own
        short_of = min(own, usual_reps(s, sets[: at + 1])) if told_by_reps else reps
        rpe = s.rule.rpe_of(position + at)
        read.append(_work_set(s, logged, done, reps, rpe, asked, short_of))
    return tuple(read)


def _work_set(
    s: Lift,
    logged: LoggedSet,
    done: SetEntry,
    reps: int,
    rpe: float,
    asked: bool,
    short_of: int | None = None,
) -> WorkSet:
    effort = effective_rpe(done, 10 - rpe, (reps if short_of is None else short_of) if asked else None)
    return WorkSet(logged, done, s.load_of(done), counted_reps(done), min(MAX_REPS, reps), rpe, effort, asked)


_PART_OF_STEP: Final = 0.99
"""What rounding down can take, as a part of a step: less than all of it."""


def _is_near(s: Lift, load: float | None, other: float | None) -> bool:
    """Whether two loads are about one: within the band that a run keeps to, one step where that is more, or rounded down
    from it."""
    if load is None or other is None or load == other:
        return True
    step = s.exercise.step_kg if s.unit == "kg" else s.exercise.step_lb
    band = RUN_BAND * max(0.0, s.system(other))
    if load > other:
        return load - other <= max(band, step) + EPSILON
    return other - load <= band + step * _PART_OF_STEP + EPSILON


def _stays(s: Lift, run: Sequence[SetEntry], done: SetEntry) -> bool:
    """Whether a set goes on with its run, or is a load and rep scheme of the athlete's own choice."""
    load, first = s.load_of(done), s.load_of(run[0])
    if load is None or first is None:
        return True
    if not _is_near(s, load, first):
        return False
    lighter, heavier = load < first - EPSILON, all(load > _load(s, one) + EPSILON for one in run)
    if not lighter and not heavier:
        return True
    reps, target = counted_reps(done), usual_reps(s, run)
    if heavier and reps < target and not _was_hard(done):
        return False
    return not (lighter and reps >= target + CHOSEN_REPS)


def _load(s: Lift, done: SetEntry) -> float:
    load = s.load_of(done)
    return 0.0 if load is None else load


def _was_hard(done: SetEntry) -> bool:
    """Whether reps short of the run's were missed rather than left out."""
    return done.failure is not None or (done.rpe is not None and done.rpe >= HARD_RPE)


def usual_reps(s: Lift, sets: Sequence[SetEntry]) -> int:
    """The reps that sets at about one load stand for: the most frequent; of equally frequent ones those at the
    heaviest load, and of these the most.

    Tired sets fall, so up to two reps below the first set it is still the first set's. AMRAPs and hard sets that fell
    short do not count.
    """
    tried = [done for done in sets if done.kind is not Kind.AMRAP] or list(sets)
    first = counted_reps(tried[0])
    if len(tried) == 1 or all(done is tried[0] or counted_reps(done) == first for done in tried):
        return first
    counted = [done for done in tried if counted_reps(done) >= first or not _was_hard(done)]
    reps = [counted_reps(done) for done in counted]
    usual = max(
        zip(reps, counted, strict=True), key=lambda one: (reps.count(one[0]), _load(s, one[1]), one[0])
    )[0]
    return first if 0 <= first - usual <= FALLING_REPS else usual


def unpaired_side(s: Situation) -> Side | None:
    """The side still to be done, where the newest set was one side alone and its load has no other side yet."""
    sets = [one.done for one in s.session if one.done.kind is not Kind.WARMUP]
    sides: dict[Side | None, Side] = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
    if not sets or sets[-1].side not in sides:
        return None
    done, before = weaker_sides(sets), weaker_sides(sets[:-1])
    one_side_only = bool(before) and before[-1].side is sets[-1].side
    return None if len(done) == len(before) or one_side_only else sides[sets[-1].side]
