"""A sentence for each reason code of `core.evidence`, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.replies.care import held_back, pain_lower, pain_return, pain_said, pain_stop
from bot.replies.lines import example, in_words, side_name
from bot.replies.own_numbers import own_numbers
from bot.replies.styles import hit_step
from bot.replies.topics import named
from bot.speech import gettext as _
from bot.speech import ngettext
from core.evidence import REASONS, TOPIC_OF
from core.model import Reason, Target
from core.notation.printer import number
from core.program.hit import HitStep, Move

Facts = dict[str, Any]


def _n(facts: Facts, key: str) -> str:
    value = facts.get(key)
    return number(float(value)) if isinstance(value, int | float) else str(value)


def _value(facts: Facts, key: str) -> float:
    """A number among the facts, 0 where it is missing: a sentence is never the reason why a set goes unanswered."""
    value = facts.get(key)
    return float(value) if isinstance(value, int | float) else 0.0


def _held_for(seconds: float) -> str:
    """How long a hold was, as a sentence begins with it."""
    return _("A minute") if seconds == 60 else _("{n} s").format(n=number(seconds))


def _gap(facts: Facts) -> str:
    """How far a set was from its target, in reps."""
    gap = abs(_value(facts, "gap"))
    return ngettext("{n} rep", "{n} reps", 1 if gap == 1 else 2).format(n=number(round(gap * 2) / 2))


def _form(facts: Facts) -> str:
    if facts.get("rep"):
        return _("Form went at rep {rep}: end the set there, no more load until it holds.").format(
            rep=facts["rep"]
        )
    return _("Form went: no more load until it holds.")


def _layoff(facts: Facts) -> str:
    days = _n(facts, "days")
    if facts.get("percent"):
        return _("{days} days away: start {percent}% lighter.").format(
            days=days, percent=_n(facts, "percent")
        )
    return _("{days} days away: a rep fewer to start with.").format(days=days)


def _missed(facts: Facts) -> str:
    return _("{reps} of {target} reps.").format(reps=_n(facts, "reps"), target=_n(facts, "target_reps"))


def _amrap_now(facts: Facts) -> str:
    if facts["short"]:
        text = _("Rest {n} min, then as many clean reps as there are; stop one short of failure.")
    else:
        text = _(
            "Rest {n} min, then as many clean reps as there are; the first that would break form ends it."
        )
    return text.format(n=_n(facts, "rest"))


def _open_set(facts: Facts) -> str:
    return _(
        "As many clean reps as leave {left} in the tank, {most} at the most: they tell how strong you are."
    ).format(left=_n(facts, "left"), most=_n(facts, "most"))


def _from_open_set(facts: Facts) -> str:
    reps = int(_value(facts, "reps"))
    return ngettext("From the {n} rep with {left} left.", "From the {n} reps with {left} left.", reps).format(
        n=reps, left=_n(facts, "left")
    )


def _amrap(facts: Facts) -> str:
    words = {
        "too_heavy": _("too heavy to measure by"),
        "challenge": _("a Challenge load"),
        "build_upper": _("a heavy Build load"),
        "build_middle": _("a middling Build load"),
        "build_lower": _("a light Build load"),
        "too_light": _("too light to measure by, 10% more next time"),
    }
    word = words.get(str(facts["word"]), str(facts["word"]))
    reps, expected = int(_value(facts, "reps")), facts.get("expected")
    if expected is None:
        text = ngettext("{n} rep all out: {word}.", "{n} reps all out: {word}.", reps)
        return text.format(n=reps, word=word)
    text = ngettext(
        "{n} rep all out, about {expected} expected: {word}.",
        "{n} reps all out, about {expected} expected: {word}.",
        reps,
    )
    return text.format(n=reps, word=word, expected=max(1, round(_value(facts, "expected"))))


def _reps_up(facts: Facts) -> str:
    if facts.get("short") or facts.get("top") is None:
        return _("One more rep than last time.")
    return _("One more rep than last time, up to {top}; then more load.").format(top=_n(facts, "top"))


MUCH_HARDER = 3
"""Reps over the effort asked for from which on counting them helps nobody (own choice)."""


def _load_lower(facts: Facts) -> str:
    if abs(_value(facts, "gap")) > MUCH_HARDER:
        return _("Much harder than asked: lighter.")
    if facts.get("plain"):
        return _("Harder than asked: a little lighter.")
    return _("{gap} harder than {target} asks: a little lighter.").format(
        gap=_gap(facts), target="@" + _n(facts, "target_rpe")
    )


def _load_higher(facts: Facts) -> str:
    if facts.get("plain"):
        return _("Easier than asked: a little more.")
    return _("{gap} easier than {target} asks: a little more.").format(
        gap=_gap(facts), target="@" + _n(facts, "target_rpe")
    )


def _hold_over(facts: Facts) -> str:
    if facts.get("plain"):
        return _("Harder than asked: same again.")
    if facts.get("set") is not None:
        return _("Set {n} was harder than @{target}: same again.").format(
            n=_n(facts, "set"), target=_n(facts, "target_rpe")
        )
    return _("Harder than @{target}: same again.").format(target=_n(facts, "target_rpe"))


def _over_cap(facts: Facts) -> str:
    if facts.get("plain"):
        return _("That is harder than this lift needs.")
    return _("@{rpe} is more than this lift needs; @{cap} is its top.").format(
        rpe=_n(facts, "rpe"), cap=_n(facts, "cap")
    )


def _needs_help(facts: Facts) -> str:
    lift, easier = (str(facts.get(one)).replace("-", " ") for one in ("lift", "easier"))
    other = f"/swap {lift} {easier}" if facts.get("planned") else easier
    if facts.get("helped"):
        return _(
            "Hardly one goes yet: with a band or machine it is sets (assisted {lift} 20x6), or {other}"
        ).format(lift=lift, other=other)
    return _("Hardly one goes yet: for sets, {other}").format(other=other)


def _block(block: str) -> str:
    return {"foundation": _("Foundation"), "build": _("Build"), "challenge": _("Challenge")}.get(block, block)


def _hit(move: Move) -> Callable[[Facts], str]:
    def said(facts: Facts) -> str:
        made, reps = int(_value(facts, "made")), int(_value(facts, "reps"))
        return hit_step(HitStep(move, None, reps, made))[0]

    return said


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "red_flag": held_back,
    "pain_stop": pain_stop,
    "pain_lower": pain_lower,
    "pain_return": pain_return,
    "pain_logged": lambda f: _("{pain} noted; nothing changes.").format(pain=pain_said(f)),
    "pain_watch": lambda f: _("It hurt lately: go on only if it no longer does, no more load for now."),
    "after_clearance": lambda f: _("Just cleared: no raise for two sessions."),
    "form_broke": _form,
    "easy_day": lambda f: _("An easy day: {percent}% lighter, and it does not count against you.").format(
        percent=_n(f, "percent")
    ),
    "layoff": _layoff,
    "needs_help": _needs_help,
    "one_is_a_set": lambda f: _("One clean rep is a set here; rest long."),
    "over_cap": _over_cap,
    "first_set_failure": lambda f: _("All out on the first set leaves less for the rest."),
    "missed_reps": _missed,
    "other_side": lambda f: _("Now the {side} side, the same.").format(side=side_name(f.get("side"))),
    "effort_assumed": lambda f: _("No effort typed, so I keep this."),
    "effort_asked": lambda f: _("How many more could you have done? (0-5)"),
    "on_target": lambda f: _("On target: keep it."),
    "load_lower": _load_lower,
    "load_higher": _load_higher,
    "reps_fewer": lambda f: _("Harder than asked: {by} fewer, same load.").format(by=_n(f, "by")),
    "reps_more": lambda f: _("Easier than asked: {by} more, same load.").format(by=_n(f, "by")),
    "after_top_set": lambda f: _("After your top set: back to the planned load."),
    "rounded": lambda f: _("As near as the plates allow."),
    "reps_from_here": lambda f: _("By how hard that was: {reps} from here.").format(reps=_n(f, "reps")),
    "top_of_range": lambda f: _("Easy at {reps}: more load next time.").format(reps=_n(f, "reps")),
    "harder_now": lambda f: _("The next one may be harder."),
    "slow_stop": lambda f: _("Once it slows, one more rep at most."),
    "on_the_way": lambda f: _("On the way up: go on."),
    "extra_sets": lambda f: ngettext(
        "{n} set more than usual.", "{n} sets more than usual.", int(_value(f, "sets"))
    ).format(n=_n(f, "sets")),
    "body_weight_unknown": lambda f: _("I guide by reps until I know your weight: /bodyweight {n}").format(
        n=example("bodyweight", f["unit"])
    ),
    "ramp_start": lambda f: _("Start light, sets of 8; stop when one feels like 3 left."),
    "ramp_up": lambda f: _("Still easy: {percent}% more.").format(percent=_n(f, "percent")),
    "from_stated_max": lambda f: _("From the max you told me, with a margin.").format(),
    "reps_up": _reps_up,
    "load_up": lambda f: _("All sets at {top}: one step up.").format(top=_n(f, "top")),
    "load_up_easy": lambda f: _("All sets easier than asked: one step up."),
    "step_too_big": lambda f: _("The next load is {percent}% up, too big a step: add reps first.").format(
        percent=_n(f, "step_percent")
    ),
    "hold_top": lambda f: _("Same again until all sets reach {top}.").format(top=_n(f, "top")),
    "hold_missed": lambda f: _("{reps} of {target} reps: same again.").format(
        reps=_n(f, "reps"), target=_n(f, "target_reps")
    ),
    "hold_over": _hold_over,
    "hold_hard": lambda f: _("That was hard enough: same again."),
    "heavy_same": lambda f: _("Heavy enough: same again."),
    "ease_off": lambda f: _("Harder than this lift needs: a little lighter."),
    "ease_off_reps": lambda f: _("Harder than this lift needs: fewer reps."),
    "from_amrap": lambda f: _("From the {reps} reps you made all out.").format(reps=_n(f, "reps")),
    "hold_unrated": lambda f: _("Tell me how hard it was (`2 left`) and I can move you on."),
    "back_off": lambda f: _("Well short of the plan: a step down."),
    "back_off_reps": lambda f: _("Well short of the plan: fewer reps."),
    **{f"hit_{move}": _hit(move) for move in Move},
    "amrap_now": _amrap_now,
    "open_set": _open_set,
    "from_open_set": _from_open_set,
    "still_light": lambda f: _("All of it was easy so far: heavier, until it fits."),
    "plan_week": lambda f: _("Week {week}, {block}.").format(
        week=_n(f, "week"), block=_block(str(f.get("block")))
    ),
    "easy_same": lambda f: _("Easier than asked, but a step would be too much: same again."),
    "below_range": lambda f: _("Far under {low} reps at that load: a step down.").format(low=_n(f, "low")),
    "nothing_lighter": lambda f: _("Nothing lighter to load, so fewer reps. Another lift: /swap"),
    "amrap_later": lambda f: _("The all-out set did not come today: it is offered once more."),
    "other_style": lambda f: _("The style is new: from what your last sets could have held."),
    "to_failure_again": lambda f: _("Same load again: each further set loses about {n} reps.").format(
        n=_n(f, "lost")
    ),
    "plan_deload": lambda f: _("Deload: easy, on purpose."),
    "from_related": lambda f: _(
        "A guess from your {lift}, on the light side: tell me how hard it is."
    ).format(lift=str(f.get("lift")).lower()),
    "flat_rating": lambda f: _("Always @{rpe}, so I go by your reps: same again.").format(rpe=_n(f, "rpe")),
    "hold_flat": lambda f: _("All {top} made: once more, then more load.").format(top=_n(f, "top")),
    "expected_hard": lambda f: (
        _("By your sessions so far the next load is not due yet.")
        if f.get("step")
        else _("Your sessions so far say that more would be too hard.")
    ),
    "expected_easy": lambda f: _("Your sessions so far say that you have more in you."),
    "harder_variant": lambda f: _("Past {reps} reps: a harder variant or some load.").format(
        reps=_n(f, "reps")
    ),
    "amrap": _amrap,
    "seconds_same": lambda f: _("Hold {seconds} s again.").format(seconds=_n(f, "seconds")),
    "seconds_more": lambda f: _("All held: {more} s more.").format(
        more=number(_value(f, "seconds") - _value(f, "from_seconds"))
    ),
    "seconds_fewer": lambda f: _("Too hard: a shorter hold."),
    "hold_heavier": lambda f: (
        _("{held} held: some load, shorter.")
        if _value(f, "seconds") < _value(f, "from_seconds")
        else _("{held} held: a step more.")
    ).format(held=_held_for(_value(f, "from_seconds"))),
    "harder_hold": lambda f: _("{held} held: a harder variant.").format(held=_held_for(_value(f, "seconds"))),
    # How a text was read
    "read_as_before": lambda f: _("Read the way you told me before."),
    "read_as_planned": lambda f: _("Read as your plan has it."),
    "read_as_last": lambda f: _("Read by your last set."),
    "name_as_before": lambda f: _("“{typed}” as you use it.").format(typed=f.get("typed")),
}


def sentence(reason: Reason, *, plain: bool = False, unit: str = "kg") -> str:
    """The sentence of a reason; `plain` without numbers of effort, its examples in the athlete's unit."""
    say = SENTENCES.get(reason.code)
    return say({**reason.facts, "plain": plain or in_words.get(), "unit": unit}) if say is not None else ""


def agreed(reasons: Sequence[Reason]) -> list[Reason]:
    """The reasons as they stand beside each other: none promises what another has ruled out."""
    by_reps = any(reason.code == "step_too_big" for reason in reasons)
    return [
        replace(one, facts={**one.facts, "short": True}) if by_reps and one.code == "reps_up" else one
        for one in reasons
    ]


def sources(reasons: tuple[Reason, ...], *, whole: bool) -> str:
    """Where the reasons come from; empty where there is nothing to name. `whole`: with titles, where to find them, and
    which numbers are our own choice."""
    known = {one.code: evidence for one in reasons if (evidence := REASONS.get(one.code)) is not None}
    keys = dict.fromkeys(key for evidence in known.values() for key in evidence.sources)
    parts = named(keys, whole=whole, doi=whole)
    own = [code for code, evidence in known.items() if evidence.own_choice]
    if own:
        numbers = dict.fromkeys(own_numbers(TOPIC_OF[code]) for code in own if code in TOPIC_OF)
        which = "; ".join(one for one in numbers if one) if whole else ""
        said = _("the numbers are our own choice")
        parts.append(f"{said} ({which})" if which else said)
    return "; ".join(parts)


PRIVATE = {
    "pain_stop",
    "pain_lower",
    "pain_return",
    "pain_logged",
    "pain_watch",
    "red_flag",
    "after_clearance",
    "body_weight_unknown",
}
"""Reasons that are nobody else's business: in a room they go to the athlete alone."""
OF_ALL = {"red_flag", "body_weight_unknown"}
"""Those of them that are not about one lift."""

QUESTIONS = {"effort_asked", "hold_unrated"}
"""Reasons that end in a question: in a room, and beside another question, they are not said."""


def is_private(target: Target) -> bool:
    """Whether one of the reasons of a target is nobody else's business: then no other is said in a room either."""
    return any(reason.code in PRIVATE for reason in target.reasons)


def private_sentences(target: Target, lift: str) -> list[str]:
    """What a target is told to the athlete alone for, where it was asked for in a room.

    It is read away from the set that it is about, so what concerns one lift names it.
    """
    kept = [reason for reason in target.reasons if reason.code in PRIVATE]
    said = [(reason, text) for reason in kept if (text := sentence(reason, unit=target.unit))]
    return [text if reason.code in OF_ALL else f"{lift} · {text}" for reason, text in said]


def shown(target: Target, most: int, *, room: bool, plain: bool, asks: bool) -> list[str]:
    """The first sentences of a target's reasons."""
    if room and is_private(target):
        return []
    asks = asks and not room
    kept = [reason for reason in target.reasons if asks or reason.code not in QUESTIONS]
    if len(kept) > 1:  # "keep it" beside a rule that changed something would contradict it
        kept = [reason for reason in kept if reason.code not in ("on_target", "effort_assumed")] or kept[:1]
    lines = [text for reason in agreed(kept) if (text := sentence(reason, plain=plain, unit=target.unit))]
    return list(dict.fromkeys(lines))[:most]
