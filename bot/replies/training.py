"""The words of what is counted: volume, effort, form, changed demands.

The first line carries the answer, and nothing says more than its source does. HIT and twins are in `bot.replies.styles`,
what is noticed in `bot.replies.noticed`.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.speech import gettext as _
from bot.speech import ngettext
from core.effort import HARD_RIR, INTENDED_SPLIT, EffortSplit
from core.model import Exercise, SetEntry
from core.notation.printer import number
from core.program.demands import Demand, changed_demands, growth_credit, parts_more, strength_credit
from core.program.effort_share import EffortShare, Part, furthest_off, percents
from core.program.form import FormScore, WeakLink
from core.program.volume import (
    GROWS_FROM,
    HIT_BAND,
    STRENGTH_FLAT,
    USUAL_BAND,
    Further,
    MuscleVolume,
    Standing,
    WeekVolume,
)


def muscle(key: object) -> str:
    """A muscle as people write it."""
    return str(key).replace("-", " ")


def name(lift: Exercise) -> str:
    """A lift inside a sentence."""
    return lift.name.lower()


def begun(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


# /volume ---------------------------------------------------------------------------------------------------------


def volume(week: WeekVolume) -> list[str]:
    """Hard sets of the last seven days by where they stand to the band; what is too little at the end."""
    if not week.muscles:
        return [_("No hard sets to count for a muscle in the last 7 days.")]
    lines = [_enough(week)]
    for place in reversed(Standing):
        group = [one for one in week.muscles if week.standing(one) is place]
        if group:
            lines.append(f"{_place(place, hit=week.hit)}: {_listed(group)}")
    return lines + _further(week.further) + _too_little(week)


def _further(found: Further | None) -> list[str]:
    """What sets with drops, rest-pause or partials are counted as, where there are any."""
    if found is None:
        return []
    text = ngettext(
        "{n} set with drops, pauses or partials counts as {growth} for growth, {strength} for strength.",
        "{n} sets with drops, pauses or partials count as {growth} for growth, {strength} for strength.",
        found.sets,
    )
    return [text.format(n=found.sets, growth=number(found.growth), strength=number(found.strength))]


def _enough(week: WeekVolume) -> str:
    """How many of the muscles that are trained directly have the sets of the band, and how many are to be warned of."""
    trained = [one for one in week.muscles if one.direct > 0]
    enough = sum(week.standing(one) in (Standing.IN_BAND, Standing.ABOVE) for one in trained)
    text = ngettext(
        "Hard sets in 7 days: {n} of {all} trained muscle at {low} or more",
        "Hard sets in 7 days: {n} of {all} trained muscles at {low} or more",
        len(trained),
    )
    low, _high, least = _bounds(hit=week.hit)
    text = text.format(n=enough, all=len(trained), low=low)
    return text + (_(", {n} under {least}.").format(n=len(week.low), least=least) if week.low else ".")


def _bounds(*, hit: bool) -> tuple[str, str, str]:
    """The band of the style and the bound that is warned of."""
    low, high = HIT_BAND if hit else USUAL_BAND
    return number(low), number(high), number(min(low, GROWS_FROM))


def _place(place: Standing, *, hit: bool) -> str:
    low, high, least = _bounds(hit=hit)
    texts = {
        Standing.ABOVE: _("Over {high}"),
        Standing.IN_BAND: "{low}-{high}",
        Standing.BELOW: _("{least}-{low} (strength gains little past about {flat})"),
        Standing.LOW: _("Under {least}"),
    }
    return texts[place].format(low=low, high=high, least=least, flat=number(STRENGTH_FLAT))


def _listed(group: Sequence[MuscleVolume]) -> str:
    """Muscles with their sets: those that are trained directly, then those that only helped."""
    own = ", ".join(_counted(one) for one in group if one.direct > 0)
    helped = ", ".join(_counted(one) for one in group if one.direct <= 0)
    parts = [own, _("as helpers {muscles}").format(muscles=helped) if helped else ""]
    return "; ".join(part for part in parts if part)


def _counted(one: MuscleVolume) -> str:
    """A muscle's sets, and how many of them were direct where it helped in others."""
    text = f"{muscle(one.muscle)} {number(one.sets)}"
    mixed = one.direct > 0 and one.indirect > 0
    return text + _(" ({n} direct)").format(n=number(one.direct)) if mixed else text


def _too_little(week: WeekVolume) -> list[str]:
    if not week.low:
        return []
    named = begun(", ".join(map(muscle, week.low)))
    if week.hit:
        text = _("{muscles}: under the {least} sets I go by in HIT. One set more, if it is to grow.")
        return [text.format(muscles=named, least=number(HIT_BAND[0]))]
    text = _(
        "{muscles}: under about {least} sets growth is hard to show. A set or two more, if it is to grow."
    )
    return [text.format(muscles=named, least=number(GROWS_FROM))]


# /effort ---------------------------------------------------------------------------------------------------------


def effort(share: EffortShare) -> list[str]:
    """How the effort of the session and of the last seven days divided, beside what is meant."""
    if not share.divided:
        return [_("In HIT every work set goes to its end: effort is not divided among lifts.")]
    first = share.week if share.session is None else share.session
    if first is None:
        return [_("No effort to divide yet: reps with {n} or fewer left count.").format(n=number(HARD_RIR))]
    head = _("Last 7 days: {split}. Meant: {meant}.")
    if share.session is not None:
        head = _("This session: {split}. Meant: {meant}.")
    lines = [head.format(split=_split(first), meant=_slashed(percents(INTENDED_SPLIT)))]
    if share.session is not None and share.week is not None:
        lines.append(_("Last 7 days: {split}.").format(split=_split(share.week)))
    return lines + _off(share)


def _split(share: EffortSplit) -> str:
    main, after, small = percents(share)
    return _("main lifts {main}%, the next {after}%, small ones {small}%").format(
        main=main, after=after, small=small
    )


def _slashed(shares: Sequence[int]) -> str:
    return "/".join(map(str, shares))


def _off(share: EffortShare) -> list[str]:
    """The part that is furthest from its share over the week: one sentence, one thing to do."""
    off = None if share.week is None else furthest_off(share.week)
    if off is None:
        return []
    parts = {Part.ANCHOR: _("main lifts"), Part.SECONDARY: _("the next lifts"), Part.REST: _("small lifts")}
    over = _("Too much on {part}, by {n} points: leave more in reserve there.")
    under = _("Too little on {part}, by {n} points: a set or a rep more there.")
    return [(over if off.points > 0 else under).format(part=parts[off.part], n=abs(off.points))]


# Form and changed demands ----------------------------------------------------------------------------------------


def form(score: FormScore | None, weak: Sequence[WeakLink] = ()) -> list[str]:
    """How well somebody lifts, and gently the lift whose form ends its sets."""
    if score is None:
        return [_("How well you lift: no rated sets yet.")]
    text = ngettext(
        "How well you lift: {percent}%, {good} of {n} set clean and within a point of its target.",
        "How well you lift: {percent}%, {good} of {n} sets clean and within a point of their target.",
        score.sets,
    )
    lines = [text.format(percent=round(100 * score.share), good=score.good, n=score.sets)]
    if weak:
        one = weak[0]
        text = _("Form ends {ended} of {n} sets on {lift}: a little less load there, until it holds.")
        lines.append(text.format(ended=one.ended, n=one.sets, lift=name(one.lift)))
    return lines


def counts_as(done: SetEntry) -> list[str]:
    """What a set with drops, rest-pause or partials counts for; nothing of a plain one."""
    demands = changed_demands(done)
    if not demands:
        return []
    parts, partials = parts_more(done), done.partials or 0
    texts = {
        Demand.DROP: ngettext("{n} drop", "{n} drops", parts).format(n=parts),
        Demand.REST_PAUSE: ngettext("{n} part after a pause", "{n} parts after a pause", parts).format(
            n=parts
        ),
        Demand.PARTIALS: ngettext("{n} partial", "{n} partials", partials).format(n=partials),
    }
    text = _(
        "One set with {parts}: counts as {n} for growth, {strength} for strength; its first part alone for your max."
    )
    return [
        text.format(
            parts=_(" and ").join(texts[one] for one in demands),
            n=number(growth_credit(done)),
            strength=number(strength_credit(done)),
        )
    ]
