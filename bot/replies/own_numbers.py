"""The numbers of our own choice behind each topic of `/why`, read from the rules themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot.speech import gettext as _
from core import autoregulation, care, double_progression, effort, limits, loads, progression, strength, timed
from core.learning import BIAS
from core.learning.filter import BIAS_MOST
from core.learning.reserve import SAME_RATINGS
from core.model import Role
from core.notation.printer import number as n
from core.program import (
    amraps,
    blocks,
    calendar,
    deload,
    demands,
    effort_share,
    form,
    hit,
    hit_rest,
    recovery,
    signals,
    twin,
    volume,
    working_max,
)
from core.runs import RUN_BAND
from core.targets import MOST_EXTRA_SETS


def own_numbers(topic: str) -> str:
    """What of a topic is our own choice, as the part of a sentence; empty where nothing is."""
    say = _NUMBERS.get(topic)
    return "" if say is None else say()


def _percent(share: float) -> str:
    return n(round(100 * share, 1))


def _max() -> str:
    (few, narrow), (more, middle), (_most, wide) = strength.BANDS
    text = _(
        "the band (±{narrow}% up to {few} reps, ±{middle}% to {more}, ±{wide}% past them) and what a set weighs"
    )
    return text.format(
        narrow=_percent(narrow), few=n(few), middle=_percent(middle), more=n(more), wide=_percent(wide)
    )  # fmt: skip


def _rating() -> str:
    return _(
        "it begins at {bias} and stays between 0 and {most}; each earlier set of a lift costs {cost} reps; an effort nobody typed weighs {share}; {same} ratings alike in a row rate nothing"
    ).format(
        bias=n(BIAS),
        most=n(BIAS_MOST),
        cost=n(strength.FATIGUE_PER_SET),
        share=n(effort.ASSUMED_WEIGHT),
        same=SAME_RATINGS,
    )


def _caps() -> str:
    main, second = (effort.ROLE_RULES[effort.Block.CHALLENGE, role] for role in (Role.ANCHOR, Role.SECONDARY))
    return _("tops of @{cap} and @{last} in the last set for main lifts, @{second} for the next ones").format(
        cap=n(main.cap), last=n(main.last_cap), second=n(second.cap)
    )


def _set() -> str:
    return _("{percent}% a rep after the first {free}, no further than {most}% from the day's first load").format(
        percent=n(autoregulation.PERCENT_A_REP), free=n(autoregulation.FREE_REPS), most=_percent(RUN_BAND)
    )  # fmt: skip


def _steps() -> str:
    return _(
        "up by a step, or at most {lower}% (lower body) and {upper}% (upper) where all was easy; down by {less}% at most; {over} over is fine"
    ).format(
        lower=_percent(double_progression.RAISE_LOWER_BODY),
        upper=_percent(double_progression.RAISE_UPPER_BODY),
        less=_percent(double_progression.LOWER_AT_MOST),
        over=n(double_progression.OVER_ALLOWED),
    )


def _first() -> str:
    (easy, more), (fair, less) = autoregulation.RAMP
    return _(
        "{stated}% of a stated max, {own}% of what your sets show; light sets of {reps}, {more}% more up to @{easy}, {less}% up to @{fair}, {sets} at most"
    ).format(
        stated=_percent(strength.STATED_SHARE),
        own=_percent(strength.OWN_SHARE),
        reps=autoregulation.RAMP_REPS,
        more=n(more),
        easy=n(easy),
        less=n(less),
        fair=n(fair),
        sets=autoregulation.RAMP_SETS,
    )


def _layoff() -> str:
    rows = progression.LAYOFFS
    lighter = ", ".join(_("{percent}% from day {day}").format(percent=percent, day=day) for day, percent, _reps in rows[1:])  # fmt: skip
    return _("a rep fewer from day {day} on, then lighter: {lighter}").format(day=rows[0][0], lighter=lighter)


def _timed() -> str:
    return _("{least} to {most} s @{first}-{target}, {step} s more when all are held").format(
        least=timed.LEAST_S, most=timed.MOST_S, first=n(timed.FIRST_RPE), target=n(timed.TARGET_RPE), step=timed.STEP_S
    )  # fmt: skip


def _warm_up() -> str:
    def sets(role: Role) -> str:
        return ", ".join(f"{_percent(share)}% × {reps}" for share, reps in loads.WARMUPS[role])

    return _("{main} of the work load before main lifts (the last only from {heavy}% of the max on), {second} before the next ones").format(
        main=sets(Role.ANCHOR), heavy=_percent(loads.HEAVY_SHARE), second=sets(Role.SECONDARY)
    )  # fmt: skip


def _care() -> str:
    first, second = care.LOWER_PERCENT[care.SERIOUS], care.LOWER_PERCENT[care.UNNAMED_LEVEL]
    return _(
        "pain {serious} of 10: {first}% lighter; {unnamed}, or without a number: {second}%; from {stop}, or {serious} twice running: stop; back {back}% lighter, no raise for {sessions} sessions"
    ).format(
        serious=care.SERIOUS,
        first=first,
        unnamed=care.UNNAMED_LEVEL,
        second=second,
        stop=care.STOP_FROM,
        back=care.RETURN_PERCENT,
        sessions=care.WATCHED_SESSIONS,
    )


def _weeks() -> str:
    return _(
        "the weeks inside those ranges; each earlier set {less} easier, not under @{least}; experienced lifters may begin at week {week}; how far a session moves a load (/why steps)"
    ).format(less=n(blocks.EARLIER_LESS), least=n(blocks.LEAST_RPE), week=blocks.EXPERIENCED_START)


def _amrap() -> str:
    return _("{most} a session at most, never squat with deadlift; a load for about {reps} reps in Foundation and Build; it moves loads by -{less} to +{more}% at most, to +{light}% from {many} reps on, to +{unrated}% where no set was rated").format(
        most=amraps.MOST_A_SESSION, reps=amraps.AIMED_REPS, less=_percent(working_max.BLOCK_FALL), more=_percent(working_max.BLOCK_RISE),
        light=_percent(working_max.LIGHT_RISE), many=working_max.MANY_REPS, unrated=_percent(working_max.UNRATED_BLOCK_RISE),
    )  # fmt: skip


def _deload() -> str:
    return _("{days} days @{rpe}; offered on {signs} signs: {anchors} main lifts {percent}% short twice, a point over twice, poor recovery told twice, or you ask").format(
        days=calendar.WEEK_DAYS,
        rpe=n(blocks.DELOAD_RPE),
        signs=deload.SIGNS_FOR_DELOAD,
        anchors=deload.ANCHORS_SHORT,
        percent=_percent(deload.SHORT_BY),
    )  # fmt: skip


def _effort() -> str:
    return _("what is divided (reps with {rir} or fewer left), and that {points} points either way are near enough").format(
        rir=n(effort.HARD_RIR), points=effort_share.NEAR_POINTS
    )  # fmt: skip


def _volume() -> str:
    low, high = volume.HIT_BAND
    return _("the band of {low}-{high} in HIT").format(low=n(low), high=n(high))


def _hit() -> str:
    return _(
        "{low}-{high} reps; at {high} a step or {percent}% more, under {low} twice as much less; {lift} h for a lift, {muscle} h for a muscle, {rest} min rest"
    ).format(
        low=hit.REPS_LOW,
        high=hit.REPS_HIGH,
        percent=n(hit.STEP_PERCENT),
        lift=hit_rest.EXERCISE_HOURS,
        muscle=hit_rest.MUSCLE_HOURS,
        rest=n(hit.REST_S / 60),
    )


def _failure() -> str:
    return _(
        "{lost} reps lost with each further set to failure; volumes within {within}% count as equal"
    ).format(lost=n(twin.LOST_A_SET), within=_percent(twin.WITHIN))


def _parts() -> str:
    return _(
        "for growth each part counts {part} of a set more, {most} sets at most; for strength {strength}"
    ).format(part=n(demands.CREDIT_A_PART), most=n(demands.MOST_CREDIT), strength=n(demands.STRENGTH_CREDIT))


def _partials() -> str:
    return _("for growth they count {part} of a set more").format(part=n(demands.PARTIALS_CREDIT))


def _recovery() -> str:
    hours = recovery.HOURS
    of = recovery.Hardness
    return _("{reserve} h with {rir} or more left, {near} h with fewer, {failure} h at failure, {drop}-{drops} h with drops").format(
        reserve=hours[of.RESERVE], rir=n(recovery.RESERVE_RIR), near=hours[of.NEAR], failure=hours[of.FAILURE],
        drop=hours[of.DROP], drops=hours[of.DROPS],
    )  # fmt: skip


def _signals() -> str:
    return _(
        "too early: {reps} reps over what was expected, or all sets under @{easy}; too hard: {over} over target twice at one load, or sore for more than {days} days"
    ).format(
        reps=n(signals.BEATS_BY), easy=n(signals.EASY_RPE), over=n(signals.OVER_RPE), days=signals.SORE_DAYS
    )


_NUMBERS: Final[Mapping[str, Callable[[], str]]] = {
    "max": _max,
    "rating": _rating,
    "caps": _caps,
    "set": _set,
    "steps": _steps,
    "first": _first,
    "related": lambda: _("never more than {most}% of the guess, less the less sure it is").format(
        most=_percent(strength.STATED_SHARE)
    ),
    "layoff": _layoff,
    "easy": lambda: _("{percent}% lighter").format(percent=limits.EASY_PERCENT),
    "bodyweight": lambda: _(
        "up to {sets} sets more where reps are few; past {reps} reps a harder variant"
    ).format(sets=MOST_EXTRA_SETS, reps=double_progression.MOST_BODYWEIGHT_REPS),
    "timed": _timed,
    "plates": lambda: _("down from @{rpe} on").format(rpe=n(loads.ROUND_DOWN_RPE)),
    "warm_up": _warm_up,
    "care": _care,
    "form": lambda: _("a lift is named when form ended {sets} of its sets and {share}% of them").format(
        sets=form.FORM_ENDED, share=_percent(form.FORM_SHARE)
    ),
    "weeks": _weeks,
    "amrap": _amrap,
    "deload": _deload,
    "effort": _effort,
    "volume": _volume,
    "hit": _hit,
    "failure": _failure,
    "drop": _parts,
    "rest_pause": _parts,
    "partials": _partials,
    "recovery": _recovery,
    "signals": _signals,
}
