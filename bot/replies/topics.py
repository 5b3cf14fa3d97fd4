"""What `/why drop` and the like say: short, in our own words, with the papers behind it."""

from __future__ import annotations

from typing import Any

from bot.speech import gettext as _
from core.evidence import TOPICS


def topic(facts: dict[str, Any]) -> list[str]:
    """A few lines on a way to train, and where they come from."""
    key = facts["topic"]
    papers = "; ".join(f"{one.title}, doi {one.doi}" for one in TOPICS[key].papers)
    return [*_lines()[key], _("From: {papers}.").format(papers=papers)]


def _lines() -> dict[str, list[str]]:
    return {
        "drop": [
            _(
                "At failure your effort ends, not the muscle's strength: with less weight the task is easier, so you go on."
            ),
            _(
                "Muscle grows about as with straight sets, in a half to a third of the time; rest-pause gained more squat max."
            ),
            _("One set with its drops stays one set here: only its first part counts for your max."),
        ],
        "rest_pause": [
            _(
                "A short rest makes the task easier again, so a few more reps go. It is the same set, changed in its demand."
            ),
            _("In one study it gained more squat max than drop sets or plain sets; growth was alike."),
            _("I ask for it only where your plan does; the first part alone counts for your max."),
        ],
        "partials": [
            _(
                "Shorter reps go on where full ones end because they ask for less, not because you found more."
            ),
            _("At equal volume-load, partials after failure with half the sets grew the same."),
            _("They stay with their set as partials and never count as reps."),
        ],
        "failure": [
            _(
                "At equal volume, stopping 1-2 reps short grows about as much; a small edge to failure for size is possible."
            ),
            _("Right after it you are slower than with reps left; two days later that is gone."),
            _(
                "So: main lifts with 1-3 left, small lifts and machines to failure on the last set if you like."
            ),
        ],
    }
