"""The words of care: pain, and what holds all targets back."""

from __future__ import annotations

from typing import Any

from bot.speech import gettext as _
from core.model import Target
from core.notation.printer import number

Facts = dict[str, Any]


def pain_said(facts: Facts) -> str:
    """Pain with its level, where it has one."""
    return _("Pain") if facts.get("level") is None else _("Pain {level}/10").format(level=facts["level"])


def pain_stop(facts: Facts) -> str:
    """Pain that ends a lift for today."""
    return _("{pain}: stop this lift for today. If it stays, let a professional look at it.").format(
        pain=pain_said(facts)
    )


def pain_lower(facts: Facts) -> str:
    """Pain that makes a lift lighter."""
    if not facts.get("percent"):
        return _("{pain} noted.").format(pain=pain_said(facts))
    if facts.get("lightest"):
        text = _(
            "{pain}: it goes no lighter. Less of it only if that does not hurt; else leave it for today, or /swap."
        )
        return text.format(pain=pain_said(facts))
    swap = _(" Or swap it for something that does not hurt.") if facts.get("level") is None else ""
    return (
        _("{pain}: {percent}% lighter.").format(
            pain=pain_said(facts), percent=number(float(facts["percent"]))
        )
        + swap
    )


def pain_return(facts: Facts) -> str:
    """How a lift begins anew that was stopped for pain."""
    if facts.get("lightest"):
        return _("Back after pain, only if it no longer hurts: it goes no lighter, so less of it.")
    return _("Back after pain, only if it no longer hurts: {percent}% lighter.").format(
        percent=number(float(facts.get("percent") or 0))
    )


def held_back(facts: Facts) -> str:
    """Why there are no targets at all, and what brings them back."""
    match facts.get("hold"):
        case "pregnancy":
            return _("No targets until your clinician agrees. Then type /cleared.")
        case "age":
            return _("No targets: Spotter is for adults (18+).")
    return _("No targets until a doctor has cleared you. Then type /cleared.")


def cleared(facts: Facts) -> str:
    """What held targets back is lifted."""
    match facts.get("hold"):
        case "pregnancy":
            return _("Good. Targets are on again; what your clinician said comes first.")
        case "age":
            return _("Good. Targets are on again.")
    return _("Good. Targets are on again, no raise for two sessions.")


def how_cleared(facts: Facts) -> str:
    """How it is lifted."""
    if facts.get("hold") == "pregnancy":
        return _("If your clinician agrees that you train, type /cleared: targets are on again.")
    return _("If a doctor has cleared you, type /cleared: targets are on again.")


def pain_free(target: Target) -> str:
    """What is said behind a target that comes back after pain."""
    returns = any(reason.code in ("pain_return", "pain_watch") for reason in target.reasons)
    return _(" (only if it no longer hurts)") if returns else ""
