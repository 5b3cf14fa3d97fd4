"""What `/why drop` and the like say: short, in our own words, with the sources and the numbers of our own choice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.replies.own_numbers import own_numbers
from bot.speech import gettext as _
from core.evidence import TOPICS
from core.sources import SOURCES


def topic(facts: dict[str, Any]) -> list[str]:
    """A few lines on a rule or a way to train, where they come from, and what of it is our own choice."""
    key = facts["topic"]
    found, own = "; ".join(named(TOPICS[key].sources, whole=False, doi=True)), own_numbers(key)
    lines = list(_lines()[key])
    if found:
        lines.append(_("From: {papers}.").format(papers=found))
    if own:
        lines.append(_("Our own choice: {numbers}.").format(numbers=own))
    return lines


def named(keys: Iterable[str], *, whole: bool, doi: bool) -> list[str]:
    """Sources by their names; `whole` with what they are about, `doi` with where to find them."""
    names = []
    for key in keys:
        source = SOURCES[key]
        name = source.title if whole else source.title.partition(":")[0]
        if doi and source.doi is not None:
            name += f", doi {source.doi}"
        names.append(name + (_(" (second-hand)") if doi and source.second_hand else ""))
    return names


def _lines() -> dict[str, list[str]]:
    return {
        "max": [
            _("Load × (1 + n/30), Epley's formula; n is the reps you made and those you had left."),
            _("For a person it is typically off by 9-11%, past 10 reps by more; a true max itself repeats within about 4%. So: a band."),
        ],
        "rating": [
            _("People have about one more rep than they say: 0.95 on average (0.17-1.73), worse past 12 reps."),
            _("Trained lifters near failure: 0.65. Yours is learned from sets all out; it moves your max, never a load by itself."),
        ],
        "caps": [
            _("Big lifts keep 1-3 reps left; small ones 0-1 on their last set."),
            _("The first rep that loses form ends a set; once a free big lift slows, one more rep at most."),
        ],
        "set": [
            _("Harder than asked makes the next set lighter, easier makes it heavier. Missed reps count."),
            _("In Helms 2018 the load moved by 2% for each half point."),
        ],
        "steps": [
            _("All sets at the top of their reps, clean and no harder than asked: one small step up."),
            _("Where the next load would cost too many reps, reps come first."),
        ],
        "first": [
            _("From your own sets; else a max that you tell me; else a related lift; else light sets that climb until 3 are left."),
        ],
        "related": [
            _("A guess: how two lifts stand to each other differs from person to person."),
            _("Most ratios are measured in 43 lifters' logs; the rest are from these papers' groups."),
        ],
        "layoff": [_("Days beyond the lift's usual gap. Your estimate does not fall, it gets less sure.")],
        "easy": [_("A bad day says nothing of your strength: it lowers no load of later days.")],
        "bodyweight": [
            _("Your body is part of the load: all of it in pull-ups and dips, about 64% in push-ups (second-hand)."),
        ],
        "timed": [_("Sets for time go by seconds; no max is estimated from them.")],
        "plates": [_("Loads are rounded to what can be put together: down for hard sets, else to the nearest.")],
        "warm_up": [_("A few sets on the way to the work load; they are never counted.")],
        "tempo": [
            _("Slow enough to own every rep, the lowering slower than the lifting."),
            _("From 0.5 to 8 s a rep grow alike (second-hand), so I ask for no number."),
        ],
        "care": [
            _("Pain is read before anything is asked of you. No diagnosis, no treatment: I make it lighter, stop it, or point to a professional."),
        ],
        "form": [
            _("Form before load: a set whose form went raises nothing, and reps past it do not count."),
            _("How well you lift is the share of clean work sets within a point of their target; nobody is ranked by load."),
        ],
        "weeks": [
            _("Foundation, weeks 1-4: 12-15 reps @6-7. Build, 5-8: 8-12 @7-8. Challenge, 9-12: 6-10 @8-9."),
            _("Loads follow what your sets show, in small steps."),
        ],
        "amrap": [
            _("As many clean reps as there are, on each main lift's last set of a block: it sets the next block's loads."),
            _("Past 10 reps the estimate gets worse, so more reps are no better test; 1-3 and 20 or more give no max."),
        ],
        "deload": [
            _("Half the sets, same reps, easy loads. That it helps is coaching practice, not proven."),
        ],
        "effort": [
            _("Of a session's effort about 50% is meant for the main lifts, 30% for the next ones, 20% for small lifts."),
        ],
        "volume": [
            _("Hard sets for a muscle in 7 days, those that only help it by half: growth is detectable from about 4, 10-20 is the usual band."),
            _("Strength is nearly flat after about 5 (second-hand)."),
        ],
        "order": [
            _("A big lift to failure costs the small lift after it reps, where both train one muscle."),
            _("It may favour one region (leg press first: vastus lateralis over rectus femoris), total growth the same: less supported."),
        ],
        "hit": [
            _("One work set a lift, until one more rep would break your form; better means more load or better form."),
            _("One set builds muscle, several build more: effect size 0.24 for 1, 0.34 for 2-3, 0.44 for 4-6 sets."),
        ],
        "failure": [
            _("At equal volume, stopping 1-2 reps short grows about as much; a small edge to failure for size is possible."),
            _("Minutes after it you are slower than with reps left; two days later that is gone."),
            _("So: main lifts with 1-3 left, small lifts and machines to failure on the last set if you like."),
        ],
        "drop": [
            _("At failure your effort ends, not the muscle's strength: with less weight the task is easier, so you go on."),
            _("Muscle grows about as with straight sets, in a half to a third of the time; in one study rest-pause gained more squat max."),
            _("One set with its drops stays one set here: only its first part counts for your max."),
        ],
        "rest_pause": [
            _("A short rest makes the task easier again, so a few more reps go. It is the same set, changed in its demand."),
            _("In one study it gained more squat max; one study is little to go by."),
            _("I ask for it only where your plan does; the first part alone counts for your max."),
        ],
        "partials": [
            _("Shorter reps go on where full ones end because they ask for less, not because you found more."),
            _("At equal volume-load, partials after failure with half the sets grew the same."),
            _("They stay with their set as partials and never count as reps."),
        ],
        "recovery": [
            _("Four minutes after bench sets velocity was down 25% at failure, 13% with 1 left, 8% with 3; gone by 48 h."),
            _("My hours are a note, not a ban: once you repeat a performance sooner, that counts more."),
        ],
        "signals": [_("Hard, recovered in one or two days, repeated next time: that is the dose to look for.")],
    }  # fmt: skip
