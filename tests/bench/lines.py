"""What the bench prints: ratios, and the floor or peer that each was measured against in the same run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A ratio by name; `goal` is the most it may be, None where nothing was promised."""

    name: str
    ratio: float
    goal: float | None = None

    @property
    def missed(self) -> bool:
        """Whether the ratio is above its goal."""
        return self.goal is not None and self.ratio > self.goal

    def __str__(self) -> str:
        promised = (
            "" if self.goal is None else f"  at most {self.goal:g}  {'MISSED' if self.missed else 'ok'}"
        )
        return f"{self.name:<66}{self.ratio:>9.2f}{promised}"


@dataclass(frozen=True, slots=True)
class Count:
    """Something counted, such as the statements of a message."""

    name: str
    number: int

    def __str__(self) -> str:
        return f"{self.name:<66}{self.number:>6}"


@dataclass(frozen=True, slots=True)
class Measure:
    """Something measured that is no ratio, with its unit: it says nothing about another machine."""

    name: str
    value: float
    unit: str

    def __str__(self) -> str:
        return f"{self.name:<66}{self.value:>9.2f}  {self.unit}"
