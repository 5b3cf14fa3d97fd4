"""The texts that rules rest on, with where to find them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Source:
    """A text that rules rest on. `doi` is None for what was never published as a paper; `second_hand` says that we
    know its figures from others only."""

    title: str
    doi: str | None = None
    second_hand: bool = False


SOURCES: Final[Mapping[str, Source]] = MappingProxyType(
    {
        "HIT": Source("High Intensity Training: one set to failure, and recovery"),
        "EQUAL": Source("Failure and reps in reserve at equal volume"),
        "BLOCKS": Source("RPE, effort distribution, AMRAP and the 12-week blocks"),
        "LIMIT": Source("Changed demands: what goes on after failure is another task"),
        "FORM": Source("Technical failure before load"),
        "EPLEY": Source("Epley's formula for the one-repetition maximum"),
        "HELMS_2018": Source("Helms 2018: load by RPE, session by session", "10.3389/fphys.2018.00247"),
        "HALPERIN_2022": Source(
            "Halperin 2022: how well people call their reps", "10.1007/s40279-021-01559-x"
        ),
        "REFALO_2024": Source("Refalo 2024: trained lifters near failure", "10.1519/JSC.0000000000004653"),
        "MAYHEW_2008": Source(
            "Mayhew 2008: errors of the formulas", "10.1519/JSC.0b013e31817b02ad", second_hand=True
        ),
        "GRGIC_2020": Source(
            "Grgic 2020: how well a maximum repeats", "10.1186/s40798-020-00260-z", second_hand=True
        ),
        "KRIEGER_2010": Source("Krieger 2010: one set and several", "10.1519/JSC.0b013e3181d4d436"),
        "REFALO_GROWTH": Source("Refalo 2024: failure or 1-2 in reserve", "10.1080/02640414.2024.2321021"),
        "HERMANN_2025": Source("Hermann 2025: single sets", "10.1249/MSS.0000000000003728"),
        "REFALO_2023": Source("Refalo 2023: tired by failure", "10.1186/s40798-023-00554-y"),
        "PARTIALS_2026": Source("Partials past failure, volume-load equated", "10.70252/ijes2026403"),
        "PELLAND_2026": Source("Pelland 2026: sets a week", "10.1007/s40279-025-02344-w"),
        "SODAL_2023": Source("Sodal 2023: drop sets", "10.1186/s40798-023-00620-5"),
        "ENES_2021": Source("Enes 2021: rest-pause and drop sets", "10.1139/apnm-2021-0278"),
        "LARSEN_2025": Source("Larsen 2025: beyond full reps", "10.3389/fpsyg.2025.1494323"),
        "GULLETT_2009": Source("Gullett 2009: front squat", "10.1519/JSC.0b013e31818546bb", second_hand=True),
        "HECKER_2019": Source("Hecker 2019: safety bar", "10.1519/JSC.0000000000002912"),
        "SWINTON_2011": Source("Swinton 2011: trap bar", "10.1519/JSC.0b013e3181e73f87"),
        "LAKE_2017": Source("Lake 2017: trap bar", "10.3390/sports5040082"),
        "SAETERBAKKEN_2011": Source("Saeterbakken 2011: smith machine", "10.1080/02640414.2010.543916"),
        "SAETERBAKKEN_2017": Source("Saeterbakken 2017: decline bench", "10.1515/hukin-2017-0047"),
        "JOHNSON_2009": Source("Johnson 2009: pulldown", "10.1519/JSC.0b013e3181a2d7f5"),
    }
)
"""Every source that a reason or a topic names."""
