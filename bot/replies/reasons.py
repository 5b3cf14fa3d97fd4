"""A sentence for each reason code of `core.evidence`, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from gettext import ngettext
from typing import Any

from bot.replies.lines import side_name
from core.evidence import REASONS, SOURCES
from core.model import Exercise, Reason, Target
from core.notation.printer import number

Facts = dict[str, Any]


def _n(facts: Facts, key: str) -> str:
    value = facts.get(key)
    return number(float(value)) if isinstance(value, int | float) else str(value)


def _gap(facts: Facts) -> str:
    """How far a set was from its target, in reps."""
    gap = abs(float(facts["gap"]))
    return ngettext("{n} rep", "{n} reps", 1 if gap == 1 else 2).format(n=number(round(gap * 2) / 2))


def _pain(facts: Facts) -> str:
    return _("Pain") if facts.get("level") is None else _("Pain {level}/10").format(level=facts["level"])


def _pain_stop(facts: Facts) -> str:
    return _("{pain}: stop this lift for today. If it stays, let a professional look at it.").format(
        pain=_pain(facts)
    )


def _pain_lower(facts: Facts) -> str:
    if not facts.get("percent"):
        return _("{pain} noted.").format(pain=_pain(facts))
    tail = (
        _(" Or swap it for something that does not hurt. How bad is it, 0-10?")
        if facts.get("level") is None
        else ""
    )
    return _("{pain}: {percent}% lighter.{tail}").format(
        pain=_pain(facts), percent=_n(facts, "percent"), tail=tail
    )


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


def _amrap(facts: Facts) -> str:
    words = {
        "too_heavy": _("too heavy to measure by; your estimate stands"),
        "challenge": _("a load for hard sets of 6-10"),
        "build_upper": _("a load for sets of 8-10"),
        "build_middle": _("a load for sets of 10-12"),
        "build_lower": _("a load for sets of 12 and more"),
        "too_light": _("too light to measure by: 10% more next time"),
    }
    return _("{reps} reps all out: {word}.").format(
        reps=_n(facts, "reps"), word=words.get(str(facts["word"]), str(facts["word"]))
    )


def _towards(more: str, less: str) -> Callable[[Facts], str]:
    """Harder or easier than asked, and what that changes."""

    def sentence(facts: Facts) -> str:
        harder = float(facts["rpe"]) > float(facts["target_rpe"]) if facts.get("rpe") is not None else False
        return (less if harder else more).format(
            percent=_n(facts, "percent"),
            rpe=_n(facts, "rpe"),
            target=_n(facts, "target_rpe"),
            by=_n(facts, "by"),
        )

    return sentence


def _load_lower(facts: Facts) -> str:
    return _("{gap} harder than {target} asks: a little lighter.").format(
        gap=_gap(facts).capitalize(), target="@" + _n(facts, "target_rpe")
    )


def _load_higher(facts: Facts) -> str:
    return _("{gap} easier than {target} asks: a little more.").format(
        gap=_gap(facts).capitalize(), target="@" + _n(facts, "target_rpe")
    )


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "red_flag": lambda f: _("No targets until a doctor has cleared you. Then type /cleared."),
    "pain_stop": _pain_stop,
    "pain_lower": _pain_lower,
    "pain_return": lambda f: _("Back after pain: {percent}% lighter than before it.").format(
        percent=_n(f, "percent")
    ),
    "pain_logged": lambda f: _("{pain} noted; nothing changes.").format(pain=_pain(f)),
    "pain_watch": lambda f: _("It hurt lately: no more load for now."),
    "form_broke": _form,
    "easy_day": lambda f: _("An easy day: {percent}% lighter, and it does not count against you.").format(
        percent=_n(f, "percent")
    ),
    "layoff": _layoff,
    "over_cap": lambda f: _("@{rpe} is more than this lift needs; @{cap} is its top.").format(
        rpe=_n(f, "rpe"), cap=_n(f, "cap")
    ),
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
    "on_the_way": lambda f: _("On the way up: go on."),
    "extra_sets": lambda f: ngettext(
        "{n} set more than usual.", "{n} sets more than usual.", int(f["sets"])
    ).format(n=_n(f, "sets")),
    "body_weight_unknown": lambda f: _("I guide by reps until I know your weight: /bodyweight 80"),
    "ramp_start": lambda f: _("Start light, sets of 8; stop when one feels like 3 left."),
    "ramp_up": lambda f: _("Still easy: {percent}% more.").format(percent=_n(f, "percent")),
    "from_stated_max": lambda f: _("From the max you told me, with a margin.").format(),
    "reps_up": lambda f: _("One more rep than last time, up to {top}; then more load.").format(
        top=_n(f, "top")
    ),
    "load_up": lambda f: _("All sets at {top}: one step up.").format(top=_n(f, "top")),
    "load_up_easy": lambda f: _("All sets easier than asked: one step up."),
    "step_too_big": lambda f: _("The next load is {percent}% up, too big a step: add reps first.").format(
        percent=_n(f, "step_percent")
    ),
    "hold_top": lambda f: _("Same again until all sets reach {top}.").format(top=_n(f, "top")),
    "hold_missed": lambda f: _("{reps} of {target} reps: same again.").format(
        reps=_n(f, "reps"), target=_n(f, "target_reps")
    ),
    "hold_over": lambda f: _("Harder than @{target}: same again.").format(target=_n(f, "target_rpe")),
    "hold_unrated": lambda f: _("Tell me how hard it was (`2 left`) and I can move you on."),
    "back_off": lambda f: _("Well short of the plan: a step down."),
    "back_off_reps": lambda f: _("Well short of the plan: fewer reps."),
    "harder_variant": lambda f: _("Past {reps} reps: a harder variant or some load.").format(
        reps=_n(f, "reps")
    ),
    "amrap": _amrap,
    "seconds_same": lambda f: _("Hold {seconds} s again.").format(seconds=_n(f, "seconds")),
    "seconds_more": lambda f: _("All held: 5 s more.").format(),
    "seconds_fewer": lambda f: _("Too hard: a shorter hold."),
    "hold_heavier": lambda f: _("A minute held: some load, shorter.").format(),
    "harder_hold": lambda f: _("A minute held: a harder variant."),
    # How a text was read
    "read_as_before": lambda f: _("Read the way you told me before."),
    "name_as_before": lambda f: _("“{typed}” as you use it.").format(typed=f.get("typed")),
}


def sentence(reason: Reason) -> str:
    """The sentence of a reason."""
    say = SENTENCES.get(reason.code)
    return say(reason.facts) if say is not None else ""


def sources(reasons: tuple[Reason, ...]) -> str:
    """Where the reasons come from, in one line; empty where there is nothing to name."""
    names: list[str] = []
    own = False
    for reason in reasons:
        evidence = REASONS.get(reason.code)
        if evidence is None:
            continue
        own = own or evidence.own_choice
        for key in evidence.sources:
            source = SOURCES[key]
            names.append(source.title + (f", doi {source.doi}" if source.doi else ""))
    parts = list(dict.fromkeys(names))
    if own:
        parts.append(_("the numbers are our own choice"))
    return "; ".join(parts)


PRIVATE = {
    "pain_stop",
    "pain_lower",
    "pain_return",
    "pain_logged",
    "pain_watch",
    "red_flag",
    "body_weight_unknown",
}
"""Reasons that are nobody else's business: in a room they go to the athlete alone."""


def shown(target: Target, exercise: Exercise, most: int, *, room: bool = False) -> list[str]:
    """The first sentences of a target's reasons."""
    del exercise
    kept = [reason for reason in target.reasons if not (room and reason.code in PRIVATE)]
    if len(kept) > 1:  # "keep it" beside a rule that changed something would contradict it
        kept = [reason for reason in kept if reason.code not in ("on_target", "effort_assumed")] or kept[:1]
    lines = [text for reason in kept if (text := sentence(reason))]
    return list(dict.fromkeys(lines))[:most]
