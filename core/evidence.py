"""Why a rule is as it is: the sources (`core.sources`) behind every reason code, and the facts that its sentence carries.

A topic is a rule that people can ask about (`/why volume`). Every reason belongs to one, so that the numbers of our own
choice behind it can be named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


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
        "pain_lower": _care("level", "percent", "lightest"),
        "pain_return": _care("level", "percent", "lightest"),
        "pain_logged": _care("level"),
        "pain_watch": _care("sessions_left"),
        "after_clearance": _care(),
        "form_broke": Evidence(("FORM",), False, ("rep",)),
        "easy_day": _own("percent"),
        "layoff": _own("days", "percent", "reps"),
        # Caps and the set itself
        "needs_help": _own("lift", "easier", "planned", "helped"),
        "one_is_a_set": _own(),
        "over_cap": _own("rpe", "cap", "role", sources=("BLOCKS",)),
        "first_set_failure": Evidence(("BLOCKS",), False, ("role",)),
        "slow_stop": Evidence(("BLOCKS", "FORM"), False, ("rep",)),
        "missed_reps": _own("reps", "target_reps", sources=("HELMS_2018",)),
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
        "still_light": _own("rpe"),
        "open_set": _own("left", "most", sources=("BLOCKS",)),
        "from_open_set": _own("reps", "left", sources=("EPLEY",)),
        "from_stated_max": _own("percent", sources=("EPLEY", "HALPERIN_2022", "REFALO_2024")),
        # The next session
        "reps_up": _own("reps", "from_reps", "top", sources=("FORM",)),
        "load_up": _own("from_load", "top", sources=("FORM",)),
        "load_up_easy": _own("from_load", "under", sources=("FORM", "EPLEY")),
        "step_too_big": _own("step_percent", "step_load", "low", sources=("EPLEY",)),
        "hold_top": _own("reps", "from_reps", "top"),
        "hold_missed": _own("reps", "target_reps"),
        "hold_over": _own("over", "target_rpe", "set"),
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
        "amrap_now": Evidence(("BLOCKS",), True, ("short", "rest")),
        "plan_week": Evidence(("BLOCKS",), True, ("block", "week")),
        "easy_same": _own("reps", sources=("HELMS_2018",)),
        "below_range": _own("low", sources=("FORM",)),
        "nothing_lighter": _own("reps"),
        "amrap_later": Evidence(("BLOCKS",), True, ()),
        "other_style": _own(sources=("EQUAL", "HIT")),
        "to_failure_again": _own("lost", sources=("EQUAL",)),
        "plan_deload": Evidence(("BLOCKS",), True, ()),
        "from_related": _own("lift", "percent", sources=("EPLEY", "HALPERIN_2022", "REFALO_2024")),
        "flat_rating": _own("rpe", "target_rpe"),
        "hold_flat": _own("rpe", "top"),
        "expected_hard": _own("off", "step"),
        "expected_easy": _own("off"),
        "harder_variant": _own("reps"),
        "amrap": Evidence(("BLOCKS",), True, ("reps", "word", "expected")),
        "from_amrap": Evidence(("BLOCKS",), True, ("reps", "word")),
        # Timed sets
        "seconds_same": _own("seconds"),
        "seconds_more": _own("seconds", "from_seconds"),
        "seconds_fewer": _own("seconds", "rpe"),
        "hold_heavier": _own("seconds", "from_seconds", "from_load"),
        "harder_hold": _own("seconds"),
    }
)
"""Every reason code that a target can carry."""


# Topics ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Topic:
    """A rule, or a way to train, that people ask about: the words it is asked by, the keys of its sources, and the codes
    of the reasons that it stands behind."""

    asked_as: tuple[str, ...]
    sources: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


TOPICS: Final[Mapping[str, Topic]] = MappingProxyType(
    {
        "max": Topic(("max", "1rm", "e1rm", "epley", "estimate"), ("EPLEY", "MAYHEW_2008", "GRGIC_2020")),
        "rating": Topic(
            ("rpe", "rating", "ratings", "rating bias", "bias", "calibrate"),
            ("HALPERIN_2022", "REFALO_2024", "BLOCKS"),
            ("effort_assumed", "effort_asked", "flat_rating", "hold_flat", "hold_unrated"),
        ),
        "caps": Topic(
            ("cap", "caps", "stop rule", "slow"),
            ("BLOCKS", "FORM"),
            ("over_cap", "first_set_failure", "slow_stop", "needs_help", "one_is_a_set"),
        ),
        "set": Topic(
            ("set", "sets", "next set", "within a session"),
            ("HELMS_2018", "BLOCKS"),
            (
                *("missed_reps", "on_target", "load_lower", "load_higher", "reps_fewer", "reps_more"),
                *("reps_from_here", "harder_now", "on_the_way", "after_top_set"),
            ),
        ),
        "steps": Topic(
            ("step", "steps", "progression", "double progression", "next session"),
            ("FORM", "EPLEY"),
            (
                *(
                    "top_of_range",
                    "easy_same",
                    "below_range",
                    "nothing_lighter",
                    "reps_up",
                    "load_up",
                    "load_up_easy",
                    "step_too_big",
                    "hold_top",
                ),
                *("hold_missed", "hold_over", "hold_hard", "heavy_same", "expected_hard", "expected_easy"),
                *("back_off", "back_off_reps", "ease_off", "ease_off_reps"),
            ),
        ),
        "first": Topic(
            ("first load", "first session", "day one", "ramp", "new lift"),
            ("EPLEY", "HALPERIN_2022", "REFALO_2024"),
            ("ramp_start", "ramp_up", "still_light", "open_set", "from_open_set", "from_stated_max"),
        ),
        "related": Topic(
            ("related", "related lift", "related lifts", "guess"),
            (
                *("GULLETT_2009", "HECKER_2019", "SWINTON_2011", "LAKE_2017"),
                *("SAETERBAKKEN_2011", "SAETERBAKKEN_2017", "JOHNSON_2009"),
            ),
            ("from_related",),
        ),
        "layoff": Topic(("layoff", "layoffs", "time off", "break", "away"), (), ("layoff",)),
        "easy": Topic(("easy", "easy day", "bad day"), (), ("easy_day",)),
        "bodyweight": Topic(
            ("bodyweight", "body weight", "bodyweight lifts"),
            ("EPLEY",),
            ("body_weight_unknown", "extra_sets", "harder_variant", "other_side"),
        ),
        "timed": Topic(
            ("timed", "time", "holds"),
            (),
            ("seconds_same", "seconds_more", "seconds_fewer", "hold_heavier", "harder_hold"),
        ),
        "plates": Topic(("plates", "rounding"), (), ("rounded",)),
        "warm_up": Topic(("warm up", "warm ups", "warmup", "warmups", "warming up")),
        "tempo": Topic(("tempo", "speed"), ("FORM",)),
        "care": Topic(
            ("pain", "care", "injury", "symptoms"),
            (),
            (
                *("red_flag", "pain_stop", "pain_lower", "pain_return", "pain_logged", "pain_watch"),
                "after_clearance",
            ),
        ),
        "form": Topic(("form", "technique", "form first"), ("FORM",), ("form_broke",)),
        "weeks": Topic(
            (
                *("weeks", "week", "blocks", "block", "plan", "12 weeks", "twelve weeks", "working max"),
                *("foundation", "build", "challenge"),
            ),
            ("BLOCKS", "FORM"),
            ("plan_week",),
        ),
        "amrap": Topic(
            ("amrap", "amraps", "all out"),
            ("BLOCKS", "EPLEY", "MAYHEW_2008"),
            ("amrap_now", "amrap_later", "amrap", "from_amrap"),
        ),
        "deload": Topic(("deload", "deloads", "easy week"), ("BLOCKS",), ("plan_deload",)),
        "effort": Topic(("effort", "effort share", "50/30/20"), ("BLOCKS",)),
        "volume": Topic(("volume", "hard sets", "sets a week"), ("PELLAND_2026", "EQUAL")),
        "order": Topic(("order", "exercise order"), ("EQUAL",)),
        "hit": Topic(
            ("hit", "high intensity training", "one set"),
            ("HIT", "KRIEGER_2010"),
            (
                *("hit_load_up", "hit_reps_up", "hit_no_load", "hit_to_the_top", "hit_from_below"),
                *("hit_load_down", "hit_lightest", "hit_form_first"),
            ),
        ),
        "failure": Topic(
            ("failure", "to failure", "training to failure", "reserve", "reps in reserve", "rir", "style"),
            ("REFALO_GROWTH", "HERMANN_2025", "REFALO_2023", "EQUAL"),
            ("other_style", "to_failure_again"),
        ),
        "drop": Topic(
            ("drop", "drops", "drop set", "drop sets", "dropset", "dropsets"),
            ("SODAL_2023", "ENES_2021", "LARSEN_2025", "LIMIT"),
        ),
        "rest_pause": Topic(
            ("rest pause", "restpause", "rest pauses", "rp", "myo reps"), ("ENES_2021", "LIMIT")
        ),
        "partials": Topic(
            ("partials", "partial", "partial reps", "lengthened partials"),
            ("LARSEN_2025", "PARTIALS_2026", "LIMIT"),
        ),
        "recovery": Topic(("recovery", "recover", "rest days"), ("REFALO_2023", "BLOCKS")),
        "signals": Topic(("signals", "too hard", "too easy", "too early", "sweet spot"), ("BLOCKS",)),
    }
)
"""What `/why` explains besides targets; each reason stands in one of them."""

TOPIC_OF: Final[Mapping[str, str]] = MappingProxyType(
    {code: key for key, topic in TOPICS.items() for code in topic.reasons}
)
"""The topic behind each reason code."""

MOST_WORDS: Final = 60
"""No topic is asked for in more characters."""

_SOURCES: Final = re.compile(
    r"[\s,]*\b(?:(?:with|and)\s+)?(?:the\s+)?(?:sources?|doi|papers?|studies)[\s?!.]*$", re.IGNORECASE
)
"""How people ask where it comes from, at the end of what they ask about."""


def without_sources(words: str) -> str:
    """What somebody asks about, without asking where it comes from: `squat sources` is about the squat."""
    return _SOURCES.sub("", words)


def topic_of(words: str) -> str | None:
    """The topic that somebody asks about, with or without its sources; None where the words name none."""
    asked = " ".join(without_sources(words[:MOST_WORDS]).lower().replace("-", " ").rstrip("?! ").split())
    return next((key for key, topic in TOPICS.items() if asked in topic.asked_as), None)
