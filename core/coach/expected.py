"""What a lift is expected to be done with: by the plan today, by its last set. Texts with several readings are held to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.coach.outlook import outlook
from core.coach.resolve import Missing, lacks_load
from core.coach.turn import Turn
from core.model import Kind, SetEntry, Unit, to_kg

NEAR: Final = 0.15
"""A load that differs by so much of what was expected is still meant by it (own choice)."""
OFF: Final = 0.25
"""A load that differs by more than this is of other sets than those of the plan (own choice)."""
FAR: Final = 3.0
"""So many times more or less than a lift is done with is not taken for its load unasked (own choice)."""
NEAR_REPS: Final = 3
"""Reps that differ by so many from what was asked for are still meant by it (own choice)."""
NEAR_EFFORT: Final = 1.5
"""An effort that differs by so much from what was asked for is still meant by it (RPE, own choice)."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Today's target of a lift in the athlete's plan, and how many of its sets are still to come (`sets`; 0 without a plan);
    the load it was last done with. Loads without a unit are in `unit`; `span` are the least and the most reps that the plan asks
    of a set, known also where its load is still to be found."""

    unit: Unit
    load: float | None = None
    reps: int | None = None
    sets: int = 0
    rpe: float | None = None
    last_kg: float | None = None
    span: tuple[int, int] | None = None

    @property
    def planned_kg(self) -> float | None:
        """The load of the plan (kg); None where it has none for today."""
        return None if self.load is None or not self.sets else to_kg(self.load, self.unit)

    def is_planned(self, entries: Sequence[SetEntry]) -> bool:
        """Whether sets are what the plan asks for: its load, no more sets than it has; without a load typed, its reps and
        one set or all of them."""
        work = [one for one in entries if one.kind is not Kind.WARMUP]
        if self.planned_kg is None or not 1 <= len(work) <= self.sets:
            return False
        loads = self._loads(work)
        if not loads:
            return len(work) in (1, self.sets) and self.has_its_reps(work)
        return all(_is_near(load, self.planned_kg) for load in loads)

    def asks(self, entries: Sequence[SetEntry]) -> bool:
        """Whether the plan asks for sets so, by their number and reps: no more than are to come, and reps of its span."""
        if self.span is None or not 1 <= len(entries) <= self.sets:
            return False
        low, high = self.span
        return all(one.reps is not None and low - 1 <= one.reps <= high + 1 for one in entries)

    def is_off(self, entries: Sequence[SetEntry]) -> bool:
        """Whether a load is quite another than the plan's, as far as both are known."""
        planned, loads = self.planned_kg, self._loads(entries)
        return planned is not None and any(abs(load - planned) > OFF * abs(planned) for load in loads)

    def has_its_reps(self, entries: Sequence[SetEntry]) -> bool:
        """Whether the reps of sets are about those of the plan."""
        wanted = self.reps
        return wanted is not None and all(
            one.reps is not None and abs(one.reps - wanted) <= NEAR_REPS for one in entries
        )

    def has_its_effort(self, entries: Sequence[SetEntry]) -> bool:
        """Whether sets are about as hard as the plan asks, as far as that is known."""
        said = [one.rpe for one in entries if one.rpe is not None]
        return self.rpe is None or all(abs(rpe - self.rpe) <= NEAR_EFFORT for rpe in said)

    def is_as_last(self, entries: Sequence[SetEntry]) -> bool:
        """Whether sets are at about the load of the last one."""
        loads, last = self._loads(entries), self.last_kg
        return last is not None and bool(loads) and all(_is_near(load, last) for load in loads)

    def is_far(self, entries: Sequence[SetEntry]) -> bool:
        """Whether a load is far from all that the lift is known for."""
        known = [kg for kg in (self.planned_kg, self.last_kg) if kg is not None and kg > 0]
        loads = [load for load in self._loads(entries) if load > 0]
        return bool(known) and any(
            all(max(load, kg) >= FAR * min(load, kg) for kg in known) for load in loads
        )

    def _loads(self, entries: Sequence[SetEntry]) -> list[float]:
        return [to_kg(one.load, one.unit or self.unit) for one in entries if one.load is not None]


def _is_near(load: float, expected: float) -> bool:
    return abs(load - expected) <= NEAR * abs(expected) + 1e-9


async def expected(turn: Turn, exercise_id: str) -> Expected:
    """What a lift is expected to be done with, as if this message were not there."""
    found = await outlook(turn, await turn.exercise(exercise_id), await turn.today(), turn.message.id)
    s, target = found.situation, found.target
    done = [one.done for one in (*s.history, *s.session) if one.done.kind is not Kind.WARMUP]
    loads = [to_kg(one.load, one.unit or s.unit) for one in done if one.load is not None]
    last = loads[-1] if loads else None
    if s.in_plan is None or target is None:
        return Expected(s.unit, last_kg=last)
    work = sum(one.done.kind is not Kind.WARMUP for one in s.session)
    left, span = max(s.rule.sets - work, 0), (s.rule.reps_low, s.rule.reps_high)
    if any(one.code == "ramp_start" for one in target.reasons):
        return Expected(s.unit, sets=left, last_kg=last, span=span)
    return Expected(target.unit, target.load, target.reps, left, target.rpe, last, span)


async def at_planned_load(
    turn: Turn, missing: Missing, entries: Sequence[SetEntry]
) -> tuple[list[SetEntry], bool] | None:
    """The sets of a message with the load of the plan where a lift lacks it, and whether they are all that it asks for;
    None where there is no such load."""
    lift = missing.entry.exercise
    if missing.what != "load" or lift is None or missing.entry.kind is Kind.WARMUP:
        return None
    known = await expected(turn, lift)
    if known.planned_kg is None:
        return None
    at = {"exercise": lift, "load": known.load, "unit": known.unit}
    lacking = [one for one in entries if lacks_load(one, missing.entry)]
    made = [replace(one, **at) if lacks_load(one, missing.entry) else one for one in entries]  # type: ignore[arg-type]
    return made, known.is_planned(lacking) and len(lacking) > 0
