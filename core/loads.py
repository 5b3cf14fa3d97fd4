"""Loads that people can really put together: bars and plates, dumbbells, stacks; and the warm-up on the way there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

from core.model import KG_PER_LB, Exercise, Role, Unit, from_kg
from core.strength import system_kg

MAX_KG: Final = 1000.0
MAX_ASSISTANCE_KG: Final = -200.0

ROUND_DOWN_RPE: Final = 8.0
"""Targets this hard are rounded down to what can be loaded, easier ones to the nearest."""

Mode = Literal["down", "nearest", "up"]

_GRAINS: Final = 200
"""Loads are known to a two-hundredth of their unit, so that sums of plates are whole numbers."""

_NEAR: Final = 0.5 / _GRAINS


@dataclass(frozen=True, slots=True)
class Rack:
    """What a gym holds in one unit. `plates` are (size, pairs there are of it), None for as many as needed.

    `lighter` are loads below the usual bar, dumbbell or stack that this athlete has as well.
    """

    bar: float
    ez_bar: float
    trap_bar: float
    plates: tuple[tuple[float, int | None], ...]
    dumbbell_step: float
    dumbbell_min: float
    dumbbell_max: float
    stack_step: float
    lighter: tuple[float, ...] = ()


def _plenty(*sizes: float) -> tuple[tuple[float, int | None], ...]:
    return tuple((size, None) for size in sizes)


KG_RACK: Final = Rack(20, 10, 25, _plenty(25, 20, 15, 10, 5, 2.5, 1.25), 2, 2, 60, 5)
LB_RACK: Final = Rack(45, 25, 55, _plenty(45, 35, 25, 10, 5, 2.5), 5, 5, 130, 10)
"""The usual gym. Its curl and trap bars and the ends of its dumbbell rack are our own choice."""


@dataclass(frozen=True, slots=True)
class Gear:
    """What an athlete trains with, in kilograms and in pounds."""

    kg: Rack = KG_RACK
    lb: Rack = LB_RACK

    def rack(self, unit: Unit) -> Rack:
        """The gear in `unit`."""
        return self.kg if unit == "kg" else self.lb


@dataclass(frozen=True, slots=True)
class PlateCount:
    """The plates on each side of the bar, the heaviest first, as (size, how many)."""

    load: float
    unit: Unit
    bar: float
    side: tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True)
class NotLoadable:
    """A load that the plates cannot make, with the nearest below and above that they can."""

    load: float
    unit: Unit
    below: float | None
    above: float | None


# What can be loaded ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _sides(plates: tuple[tuple[float, int | None], ...], limit: int) -> dict[int, tuple[int, ...]]:
    """Every weight a side up to `limit`, in grains, with the fewest plates of each size that make it."""
    best: dict[int, tuple[int, ...]] = {0: (0,) * len(plates)}
    for at, (size, pairs) in enumerate(plates):
        weight = round(size * _GRAINS)
        if weight <= 0:
            continue
        if pairs is None:
            _add_plenty(best, at, weight, limit)
        else:
            _add_pairs(best, at, weight, limit, pairs)
    return best


def _add_plenty(best: dict[int, tuple[int, ...]], at: int, weight: int, limit: int) -> None:
    for start in {grains % weight for grains in best}:
        for grains in range(start + weight, limit + 1, weight):
            if grains - weight in best:
                _keep_fewest(best, grains, _with_more(best[grains - weight], at, 1))


def _add_pairs(best: dict[int, tuple[int, ...]], at: int, weight: int, limit: int, pairs: int) -> None:
    for grains, counts in list(best.items()):
        for more in range(1, min(pairs, (limit - grains) // weight) + 1):
            _keep_fewest(best, grains + more * weight, _with_more(counts, at, more))


def _with_more(counts: tuple[int, ...], at: int, more: int) -> tuple[int, ...]:
    return (*counts[:at], counts[at] + more, *counts[at + 1 :])


def _keep_fewest(best: dict[int, tuple[int, ...]], grains: int, counts: tuple[int, ...]) -> None:
    if grains not in best or sum(counts) < sum(best[grains]):
        best[grains] = counts


def _by_size(plates: tuple[tuple[float, int | None], ...]) -> tuple[tuple[float, int | None], ...]:
    return tuple(sorted(plates, key=lambda plate: -plate[0]))


def _limit(unit: Unit) -> float:
    return MAX_KG if unit == "kg" else MAX_KG / KG_PER_LB


@lru_cache(maxsize=64)
def _barbell_rungs(bar: float, plates: tuple[tuple[float, int | None], ...], unit: Unit) -> tuple[float, ...]:
    room = int((_limit(unit) - bar) / 2 * _GRAINS)
    return tuple(sorted(round(bar + 2 * grains / _GRAINS, 6) for grains in _sides(_by_size(plates), room)))


@lru_cache(maxsize=256)
def _even_rungs(low: float, high: float, step: float) -> tuple[float, ...]:
    size = max(step, 1 / _GRAINS)
    count = int((high - low) / size + _NEAR)
    return tuple(round(low + index * size, 6) for index in range(count + 1))


@lru_cache(maxsize=64)
def _with_help(help_: tuple[float, ...], added: tuple[float, ...]) -> tuple[float, ...]:
    """Assistance, which comes from a stack of plates, below what can be added."""
    return (*(-load for load in reversed(help_)), *added)


def bar_of(exercise: Exercise, unit: Unit, gear: Gear) -> float | None:
    """The weight of the bar that an exercise is done with, None where there is none that we know the weight of."""
    rack = gear.rack(unit)
    if exercise.equipment == "barbell":
        return rack.bar
    if exercise.equipment == "ez-bar":
        return rack.ez_bar
    return rack.trap_bar if exercise.equipment == "trap-bar" else None


def rungs(exercise: Exercise, unit: Unit, gear: Gear) -> tuple[float, ...]:
    """All loads that can be put together for an exercise, rising; below zero stands assistance, in the steps of a stack."""
    rack = gear.rack(unit)
    own_step = exercise.step_kg if unit == "kg" else exercise.step_lb
    if exercise.bodyweight:
        help_ = _even_rungs(rack.stack_step, from_kg(-MAX_ASSISTANCE_KG, unit), rack.stack_step)
        added = _even_rungs(0.0, _limit(unit), own_step if own_step > 0 else 1.0)
        return _with_help(help_, added)
    bar = bar_of(exercise, unit, gear)
    if bar is not None:
        usual = _barbell_rungs(bar, rack.plates, unit)
    elif exercise.equipment == "dumbbell":
        usual = _even_rungs(rack.dumbbell_min, max(rack.dumbbell_min, rack.dumbbell_max), rack.dumbbell_step)
    else:
        step = rack.stack_step if exercise.equipment in ("machine", "cable") or own_step <= 0 else own_step
        usual = _even_rungs(step, _limit(unit), step)
    return rack.lighter + usual if rack.lighter else usual


def loadable(load: float, unit: Unit, exercise: Exercise, gear: Gear, mode: Mode) -> float:
    """The load that can be put together next to `load`: at most it, nearest to it, or at least it.

    Never below the bar or the lightest dumbbell, never above the heaviest there is. Of two that are equally near,
    the lighter.
    """
    steps = rungs(exercise, unit, gear)
    below = max(0, bisect_right(steps, load + _NEAR) - 1)
    above = min(len(steps) - 1, bisect_left(steps, load - _NEAR))
    if mode == "down":
        return steps[below]
    if mode == "up":
        return steps[above]
    return min(steps[below], steps[above], key=lambda step: (abs(step - load), step))


def next_up(load: float, unit: Unit, exercise: Exercise, gear: Gear) -> float | None:
    """The lightest load there is above `load`, None where there is none."""
    steps = rungs(exercise, unit, gear)
    above = bisect_right(steps, load + _NEAR)
    return steps[above] if above < len(steps) else None


def next_down(load: float, unit: Unit, exercise: Exercise, gear: Gear) -> float | None:
    """The heaviest load there is below `load`, None where there is none."""
    steps = rungs(exercise, unit, gear)
    below = bisect_left(steps, load - _NEAR)
    return steps[below - 1] if below > 0 else None


def rounding(rpe: float | None) -> Mode:
    """How a target of that RPE is rounded."""
    return "down" if rpe is None or rpe >= ROUND_DOWN_RPE else "nearest"


# Plates ----------------------------------------------------------------------------------------------------------


def plates(load: float, unit: Unit, gear: Gear) -> PlateCount | NotLoadable:
    """The fewest plates a side that make `load` on the bar, or the nearest loads that can be made."""
    rack = gear.rack(unit)
    steps = _barbell_rungs(rack.bar, rack.plates, unit)
    at = bisect_left(steps, load - _NEAR)
    if at < len(steps) and abs(steps[at] - load) <= _NEAR:
        return PlateCount(load, unit, rack.bar, _on_each_side(rack, steps[at], unit))
    return NotLoadable(load, unit, steps[at - 1] if at > 0 else None, steps[at] if at < len(steps) else None)


def _on_each_side(rack: Rack, load: float, unit: Unit) -> tuple[tuple[float, int], ...]:
    sizes = _by_size(rack.plates)
    room = int((_limit(unit) - rack.bar) / 2 * _GRAINS)
    counts = _sides(sizes, room)[round((load - rack.bar) / 2 * _GRAINS)]
    return tuple((size, count) for (size, _), count in zip(sizes, counts, strict=True) if count > 0)


# Warm-up ---------------------------------------------------------------------------------------------------------

WARMUPS: Final[Mapping[Role, tuple[tuple[float, int], ...]]] = MappingProxyType(
    {
        Role.ANCHOR: ((0.50, 8), (0.70, 4), (0.85, 2)),
        Role.SECONDARY: ((0.60, 5),),
        Role.ACCESSORY: (),
        Role.ISOLATION: (),
    }
)
"""Share of the work load and reps of each warm-up set (own choice)."""

HEAVY_SHARE: Final = 0.75
"""The last warm-up of an anchor, the heavy double, is there only for work loads from this share of the working max."""

_DOUBLE: Final = 0.85


def warmup(
    exercise: Exercise,
    work_load: float,
    unit: Unit,
    gear: Gear,
    share_of_max: float | None,
    role: Role,
    body_weight_kg: float | None = None,
) -> tuple[tuple[float, int], ...]:
    """The warm-up sets before a work load, as (load, reps). A set that rounds to the bar, to another or to the work
    load is left out.

    `share_of_max` is the work load over the working max. On bodyweight lifts the shares are of the whole load, and
    assistance is only asked of those who work with it.
    """
    work_kg = system_kg(exercise, work_load, unit, body_weight_kg)
    if work_kg is None:
        return ()
    body = from_kg(work_kg, unit) - work_load
    found: dict[float, int] = {}
    for share, reps in WARMUPS[role]:
        if share == _DOUBLE and (share_of_max is None or share_of_max < HEAVY_SHARE):
            continue
        load = loadable(from_kg(work_kg, unit) * share - body, unit, exercise, gear, "nearest")
        unassisted = exercise.bodyweight and load < 0 <= work_load
        if load < work_load and load != bar_of(exercise, unit, gear) and not unassisted:
            found.setdefault(load, reps)
    return tuple(found.items())
