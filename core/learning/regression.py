"""Recursive least squares about a prior: a regression that learns one session at a time, in bounded work."""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul
from typing import Final

from core.learning.state import RIDGE

MEMORY: Final = 0.997
"""What the past is worth after another session: people's habits change slowly."""

HUBER: Final = 0.7
"""Errors beyond this (RPE) count less, so that one strange session moves little (Huber 1964)."""

Rows = tuple[tuple[float, ...], ...]


def learned(
    beta: tuple[float, ...], cov: Rows, features: Sequence[float], outcome: float
) -> tuple[tuple[float, ...], Rows]:
    """Coefficients and their covariance after one outcome, which `beta` times `features` had foretold.

    The covariance never grows beyond the prior's trace: where nothing new is seen, nothing is forgotten.
    """
    error = outcome - sum(map(mul, beta, features))
    noise = max(1.0, abs(error) / HUBER)
    spread = [sum(map(mul, row, features)) for row in cov]
    gain = 1 / (noise + sum(map(mul, spread, features)))
    step = gain * error
    trace = sum([row[at] for at, row in enumerate(cov)]) - gain * sum(map(mul, spread, spread))
    keep = min(1.0, MEMORY * len(beta) / RIDGE / trace) / MEMORY
    rows = []
    for one, row in zip(spread, cov, strict=True):
        part = gain * one
        rows.append(
            tuple([keep * (before - part * other) for before, other in zip(row, spread, strict=True)])
        )
    return tuple([b + step * s for b, s in zip(beta, spread, strict=True)]), tuple(rows)
