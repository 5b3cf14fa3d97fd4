"""Why a rule is as it is: the sources behind every reason code, and the facts that its sentence carries."""

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
        "LIMIT": Source("Nobody trains beyond failure: changed demands"),
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
    }
)
"""Every source that a reason names."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind a reason: keys of `SOURCES`, whether its numbers are our own choice, the facts it carries."""

    sources: tuple[str, ...]
    own_choice: bool
    facts: tuple[str, ...] = ()


def _care(*facts: str) -> Evidence:
    return Evidence((), True, facts)


def _own(*facts: str, sources: tuple[str, ...] = ()) -> Evidence:
    return Evidence(sources, True, facts)


REASONS: Final[Mapping[str, Evidence]] = MappingProxyType(
    {
        # Care and form
        "red_flag": _care(),
        "pain_stop": _care("level", "return_load"),
        "pain_lower": _care("level", "percent"),
        "pain_return": _care("level", "percent"),
        "pain_logged": _care("level"),
        "pain_watch": _care("sessions_left"),
        "after_clearance": _care(),
        "form_broke": Evidence(("FORM",), False, ("rep",)),
        "easy_day": _own("percent"),
        "layoff": _own("days", "percent", "reps"),
        # Caps and the set itself
        "over_cap": Evidence(("BLOCKS",), False, ("rpe", "cap", "role")),
        "first_set_failure": Evidence(("BLOCKS",), False, ("role",)),
        "slow_stop": Evidence(("BLOCKS", "FORM"), False, ("rep",)),
        "missed_reps": Evidence(("HELMS_2018",), False, ("reps", "target_reps")),
        "other_side": _own("side"),
        "effort_assumed": _own("target_rpe"),
        "effort_asked": _own(),
        # Within the session
        "on_target": _own("rpe", "target_rpe", sources=("HELMS_2018", "BLOCKS")),
        "load_lower": _own("gap", "percent", "rpe", "target_rpe", sources=("HELMS_2018", "BLOCKS")),
        "load_higher": _own("gap", "percent", "rpe", "target_rpe", sources=("HELMS_2018", "BLOCKS")),
        "reps_fewer": _own("by", "rpe", "target_rpe", sources=("HELMS_2018", "BLOCKS")),
        "reps_more": _own("by", "rpe", "target_rpe", sources=("HELMS_2018", "BLOCKS")),
        "reps_from_here": _own("reps", sources=("HELMS_2018", "BLOCKS")),
        "top_of_range": _own("reps", sources=("FORM",)),
        "harder_now": _own("target_rpe", sources=("HELMS_2018", "BLOCKS")),
        "on_the_way": _own("load"),
        "after_top_set": _own("load"),
        "rounded": _own("load", "from_load"),
        "extra_sets": _own("sets"),
        "body_weight_unknown": _own(),
        # Day one
        "ramp_start": _own("rpe"),
        "ramp_up": _own("percent", "rpe"),
        "from_stated_max": _own("percent", sources=("EPLEY", "HALPERIN_2022", "REFALO_2024")),
        # The next session
        "reps_up": _own("reps", "from_reps", "top", sources=("FORM",)),
        "load_up": _own("from_load", "top", sources=("FORM",)),
        "load_up_easy": _own("from_load", "under", sources=("FORM", "EPLEY")),
        "step_too_big": _own("step_percent", "step_load", "low", sources=("EPLEY",)),
        "hold_top": _own("reps", "from_reps", "top"),
        "hold_missed": _own("reps", "target_reps"),
        "hold_over": _own("over", "target_rpe"),
        "hold_hard": _own("rpe", "target_rpe"),
        "hold_unrated": _own("top"),
        "heavy_same": _own("reps"),
        "back_off": _own("shortfall", sources=("EPLEY",)),
        "back_off_reps": _own("shortfall", sources=("EPLEY",)),
        "ease_off": _own("rpe", "target_rpe", sources=("EPLEY",)),
        "ease_off_reps": _own("rpe", "target_rpe", sources=("EPLEY",)),
        "hit_load_up": _own("made", "reps", sources=("HIT",)),
        "hit_reps_up": _own("made", "reps", sources=("HIT",)),
        "hit_no_load": _own("made", "reps", sources=("HIT",)),
        "hit_to_the_top": _own("made", "reps", sources=("HIT",)),
        "hit_from_below": _own("made", "reps", sources=("HIT",)),
        "hit_load_down": _own("made", "reps", sources=("HIT",)),
        "hit_lightest": _own("made", "reps", sources=("HIT",)),
        "hit_form_first": _own("made", "reps", sources=("HIT",)),
        "amrap_now": Evidence(("BLOCKS",), True, ()),
        "plan_week": Evidence(("BLOCKS",), True, ("block", "week")),
        "plan_deload": Evidence(("BLOCKS",), True, ()),
        "from_related": _own("lift", "percent", sources=("EPLEY", "HALPERIN_2022", "REFALO_2024")),
        "flat_rating": _own("rpe", "target_rpe"),
        "hold_flat": _own("rpe", "top"),
        "expected_hard": _own("off"),
        "expected_easy": _own("off"),
        "harder_variant": _own("reps"),
        "amrap": Evidence(("BLOCKS",), True, ("reps", "word")),
        "from_amrap": Evidence(("BLOCKS",), True, ("reps", "word")),
        # Timed sets
        "seconds_same": _own("seconds"),
        "seconds_more": _own("seconds", "from_seconds"),
        "seconds_fewer": _own("seconds", "rpe"),
        "hold_heavier": _own("seconds", "from_load"),
        "harder_hold": _own("seconds"),
    }
)
"""Every reason code that a target can carry."""


# Topics ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Topic:
    """A way to train that people ask about: the words it is asked by, and the papers behind what is said of it."""

    asked_as: tuple[str, ...]
    papers: tuple[Source, ...]


TOPICS: Final[Mapping[str, Topic]] = MappingProxyType(
    {
        "drop": Topic(
            ("drop", "drops", "drop set", "drop sets", "dropset", "dropsets"),
            (
                Source("Sodal 2023", "10.1186/s40798-023-00620-5"),
                Source("Enes 2021", "10.1139/apnm-2021-0278"),
                Source("Larsen 2025", "10.3389/fpsyg.2025.1494323"),
            ),
        ),
        "rest_pause": Topic(
            ("rest pause", "restpause", "rest pauses", "rp", "myo reps"),
            (Source("Enes 2021", "10.1139/apnm-2021-0278"),),
        ),
        "partials": Topic(
            ("partials", "partial", "partial reps", "lengthened partials"),
            (
                Source("Larsen 2025", "10.3389/fpsyg.2025.1494323"),
                Source("Partials past failure, volume-load equated", "10.70252/ijes2026403"),
            ),
        ),
        "failure": Topic(
            ("failure", "to failure", "training to failure", "reserve", "reps in reserve", "rir"),
            (
                Source("Refalo 2024", "10.1080/02640414.2024.2321021"),
                Source("Hermann 2025", "10.1249/MSS.0000000000003728"),
                Source("Refalo 2023", "10.1186/s40798-023-00554-y"),
            ),
        ),
    }
)
"""What `/why` explains besides targets (LIMIT and EQUAL)."""


def topic_of(words: str) -> str | None:
    """The topic that somebody asks about, None where the words name none."""
    asked = " ".join(words.lower().replace("-", " ").rstrip("?! ").split())
    return next((key for key, topic in TOPICS.items() if asked in topic.asked_as), None)
