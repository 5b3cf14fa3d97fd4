"""Reading a lift's work as runs: sets that follow one another at about one load, and how hard each of them was.

Work begins at 85% of the day's heaviest load; what lies below it is the way up. A clear change of load or reps is the
athlete's own choice and begins another run. A run stands for its usual reps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from core.effort import EffortReading, counted_reps, effective_rpe
from core.model import Kind, LoggedSet, SetEntry, Side
from core.situation import EPSILON, HEAVY_REPS, Lift, Situation
from core.strength import WORK_SHARE, paired_sides, system_kg, weaker_sides

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


class Asked(NamedTuple):
    """What was asked for: a load in the target's unit, reps at it, and how hard (None: as the role asks).

    `planned` is what the session began with, days after it was told; `repeats` only took up what the athlete had done
    without an effort.
    """

    load: float | None
    reps: int
    rpe: float | None = None
    planned: bool = False
    repeats: bool = False


class WorkSet(NamedTuple):
    """A work set as its run reads it: load in the target's unit, reps that count, effort read and asked.

    `logged` is the set in the log, of a left and a right the later; `asked` whether a target for it had been told;
    `amrap` whether it was taken to as many reps as possible.
    """

    logged: LoggedSet
    done: SetEntry
    load: float | None
    reps: int
    target_reps: int
    target_rpe: float
    effort: EffortReading
    asked: bool
    amrap: bool

    @property
    def message(self) -> str:
        """What it was told with: sets of one message, or one import, got no answer in between."""
        return told_with(self.logged)

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
        return self.reps + (10 - self.effort.rpe)

    @property
    def target_n(self) -> float:
        """The reps it would have held at just the target."""
        return self.target_reps + (10 - self.target_rpe)

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
    if loads.count(loads[-1]) == len(loads):
        return loads[-1]
    return max(reversed(loads), key=loads.count)


# Which sets are work ---------------------------------------------------------------------------------------------


class _Tried(NamedTuple):
    """A set that was tried: as logged, and as it counts. Of a left and a right taken as one, `logged` is the later."""

    logged: LoggedSet
    done: SetEntry
    load: float | None
    reps: int


def _work_sets(s: Lift, sets: Sequence[LoggedSet]) -> list[_Tried]:
    """The work of a day, left and right of one load as one set: no warm-ups, nothing lighter on the way to it."""
    logged = [one for one in sets if one.done.kind is not Kind.WARMUP]
    paired = [
        _Tried(logged[at], done, s.load_of(done), counted_reps(done))
        for at, done in paired_sides([one.done for one in logged])
    ]
    counted = [one for one in paired if one.reps > 0]
    if len(counted) < 2:
        return counted
    weights = [_system_weight(s, one.done) for one in counted]
    least = WORK_SHARE * max(weights)
    first = next((at for at, weight in enumerate(weights) if weight >= least), 0)
    while first + 1 < len(counted) and _leads_up(counted, weights, first):
        first += 1
    return counted[first:]


def _leads_up(counted: Sequence[_Tried], weights: Sequence[float], place: int) -> bool:
    """Whether an easy or unrated set of few reps was the way up to a later one that outdid it in all."""
    done, reps, weight = counted[place].done, counted[place].reps, weights[place]
    if done.failure is not None or (done.rpe or 0.0) > EASY_RPE or done.kind is Kind.AMRAP:
        return False
    return any(
        weights[at] >= weight
        and counted[at].reps >= (reps if reps <= HEAVY_REPS and weights[at] > weight else 2 * reps)
        for at in range(place + 1, len(counted))
    )


def _system_weight(s: Lift, done: SetEntry) -> float:
    system = system_kg(s.exercise, done.load, done.unit or s.unit, s.body_weight_kg)
    return 0.0 if system is None else system


def runs_of(
    s: Lift,
    sets: Sequence[LoggedSet],
    before: Sequence[Asked] = (),
    told: Mapping[str, Asked] | None = None,
    after: LoggedSet | None = None,
) -> tuple[Run, ...]:
    """The work of a day, read in runs.

    Of today it is known what was `told` before each set, by the set's id, and which set they came `after`. Of a past day it
    is not: what was done the session `before` stands for what was asked.
    """
    if not sets:
        return ()
    grouped: list[list[_Tried]] = []
    for tried in _work_sets(s, sets):
        if grouped and _stays(s, grouped[-1], tried):
            grouped[-1].append(tried)
        else:
            grouped.append([tried])
    position, runs = 1, list[Run]()
    for group in grouped:
        runs.append(
            _read_past(s, group, position, before)
            if told is None
            else _read(s, group, position, told, None if runs else after)
        )
        position += len(group)
    return tuple(runs)


def _read(
    s: Lift, group: Sequence[_Tried], position: int, told: Mapping[str, Asked], after: LoggedSet | None
) -> Run:
    """A run of today: each set against what had been told for it, or else against its run's own reps."""
    usual, rule = usual_reps(group), s.rule
    read = []
    for at, tried in enumerate(group):
        asked = told.get(tried.logged.id)
        before = group[at - 1].done if at else None if after is None else after.done
        known = asked is not None and _is_answer(s, tried, asked) and not _repeats(tried, before, asked)
        reps = asked.reps if asked is not None and known else usual
        rpe = rule.rpe_of(position + at) if asked is None or asked.rpe is None else asked.rpe
        binding = asked is not None and known and not asked.repeats
        read.append(_work_set(tried, reps, rpe, binding, reps))
    return tuple(read)


def _is_answer(s: Lift, tried: _Tried, asked: Asked) -> bool:
    """Whether a set is about what was asked for, and no scheme of the athlete's own."""
    done, load, reps = tried.done, tried.load, tried.reps
    if not _is_near(s, load, asked.load):
        return False
    if load is not None and asked.load is not None and load < asked.load and reps >= asked.reps + CHOSEN_REPS:
        return False
    if asked.planned and 0 < asked.reps - reps <= FALLING_REPS:
        return _was_hard(done)
    if reps < OWN_SCHEME * asked.reps and done.rpe is not None and done.rpe <= EASY_RPE:
        return False
    return _is_known(done) or reps >= OWN_SCHEME * asked.reps


def _repeats(tried: _Tried, before: SetEntry | None, asked: Asked) -> bool:
    """Whether a set without effort is the one before it once more, where a rep more had been asked for."""
    if before is None or _is_known(tried.done) or tried.done.load != before.load:
        return False
    return tried.reps == counted_reps(before) < asked.reps


def _is_known(done: SetEntry) -> bool:
    return done.rpe is not None or done.failure is not None or done.kind is Kind.AMRAP


def _read_past(s: Lift, group: Sequence[_Tried], position: int, before: Sequence[Asked]) -> Run:
    """A run of a past day: what was asked is read from the session before it, and from the sets themselves."""
    own, first, rule = usual_reps(group), group[0], s.rule
    near = [one for one in before if _is_near(s, first.load, one.load)]
    wanted = max((one.reps for one in near if one.load == first.load), default=0)
    short = own <= wanted - FALLING_REPS or (own < wanted and _was_hard(first.done))
    short = short and not _was_spared(group, rule.rpe)
    reps = wanted if short and OWN_SCHEME * wanted <= own else own
    read: list[WorkSet] = []
    answered: set[str] = set()  # an answer to sets without effort only repeats them, and asks for nothing
    for at, tried in enumerate(group):
        source = told_with(tried.logged)
        asked = tried.logged.import_id is None and (bool(near) or bool(answered - {source}))
        # Only where the reps have to tell how hard it was.
        told_by_reps = asked and reps == own and not _is_known(tried.done)
        short_of = min(own, usual_reps(group[: at + 1])) if told_by_reps else reps
        read.append(_work_set(tried, reps, rule.rpe_of(position + at), asked, short_of))
        if read[-1].known:
            answered.add(source)
    return tuple(read)


def _work_set(tried: _Tried, reps: int, rpe: float, asked: bool, short_of: int) -> WorkSet:
    logged, done, load, counted = tried
    effort = effective_rpe(done, 10 - rpe, short_of if asked else None)
    amrap = done.kind is Kind.AMRAP
    return WorkSet(logged, done, load, counted, min(MAX_REPS, reps), rpe, effort, asked, amrap)


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


def _stays(s: Lift, run: Sequence[_Tried], tried: _Tried) -> bool:
    """Whether a set goes on with its run, or is a load and rep scheme of the athlete's own choice."""
    load, first = tried.load, run[0].load
    if load is None or first is None or load == first:
        return True
    if not _is_near(s, load, first):
        return False
    lighter = load < first - EPSILON
    heavier = load > first + EPSILON and all(load > _load(one) + EPSILON for one in run)
    if not lighter and not heavier:
        return True
    target = usual_reps(run)
    if heavier and tried.reps < target and not _was_hard(tried.done):
        return False
    return not (lighter and tried.reps >= target + CHOSEN_REPS)


def _load(tried: _Tried) -> float:
    return 0.0 if tried.load is None else tried.load


def _was_hard(done: SetEntry) -> bool:
    """Whether reps short of the run's were missed rather than left out."""
    return done.failure is not None or (done.rpe is not None and done.rpe >= HARD_RPE)


def _was_spared(group: Sequence[_Tried], rpe: float) -> bool:
    """Whether sets of a run were rated, and all of these no harder than asked: fewer reps than before were left out then."""
    rated = [one.done for one in group if _is_known(one.done)]
    return bool(rated) and all(
        one.failure is None and one.rpe is not None and one.rpe <= rpe for one in rated
    )


def usual_reps(sets: Sequence[_Tried]) -> int:
    """The reps that sets at about one load stand for: the most frequent; of equally frequent ones those at the
    heaviest load, and of these the most.

    Tired sets fall, so up to two reps below the first set it is still the first set's. AMRAPs and hard sets that fell
    short do not count.
    """
    tried = [one for one in sets if one.done.kind is not Kind.AMRAP] or sets
    first = tried[0].reps
    counted = [one for one in tried if one.reps >= first or not _was_hard(one.done)]
    reps = [one.reps for one in counted]
    if reps.count(first) == len(reps):
        return first
    usual = max([(reps.count(one.reps), _load(one), one.reps) for one in counted])[2]
    return first if 0 <= first - usual <= FALLING_REPS else usual


def unpaired_side(s: Situation) -> Side | None:
    """The side still to be done, where the newest set was one side alone and its load has no other side yet."""
    sets = [one.done for one in s.session if one.done.kind is not Kind.WARMUP]
    side = sets[-1].side if sets else None
    if side is None or side is Side.EACH:
        return None
    done, before = weaker_sides(sets), weaker_sides(sets[:-1])
    one_side_only = bool(before) and before[-1].side is side
    if len(done) == len(before) or one_side_only:
        return None
    return Side.RIGHT if side is Side.LEFT else Side.LEFT
