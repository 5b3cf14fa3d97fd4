"""Timing of several things in one run, turn about, so that noise of the machine meets them alike."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter


def seconds_each(calls: Mapping[str, Callable[[], object]], *, rounds: int, batch: int) -> dict[str, float]:
    """The median seconds of each call: `batch` calls of one, then of the next, `rounds` times over."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    gc.collect()
    for _ in range(rounds):
        for name, call in calls.items():
            began = perf_counter()
            for _ in range(batch):
                call()
            taken[name].append((perf_counter() - began) / batch)
    return {name: median(times) for name, times in taken.items()}
