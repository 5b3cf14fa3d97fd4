"""The words of rests: how long after which lift, in one line of a session, and behind a target where the plan names it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.speech import gettext as _
from core.facts import PlannedSets


def rest_time(seconds: int) -> str:
    """A rest as people say it: `3 min`, `2:30`, `45 s`."""
    if seconds < 60:
        return _("{n} s").format(n=seconds)
    minutes, left = divmod(seconds, 60)
    return _("{n} min").format(n=minutes) if left == 0 else f"{minutes}:{left:02}"


def rests(lifts: Sequence[PlannedSets]) -> str:
    """`Rest 3 min after squat, bench press; 1:15 after the others.`: the lifts that are still to do, the longest rest first;
    empty where there are none."""
    groups = _by_rest(lifts)
    if not groups:
        return ""
    if len(groups) == 1:
        return _("Rest {time} between sets.").format(time=rest_time(groups[0][0]))
    parts = [
        _("{time} after {names}").format(time=rest_time(rest), names=", ".join(names))
        for rest, names in groups[:-1]
    ]
    last, names = groups[-1]
    named = names[0] if len(names) == 1 else _("the others")
    parts.append(_("{time} after {names}").format(time=rest_time(last), names=named))
    return _("Rest {parts}.").format(parts="; ".join(parts))


def rest_span(lifts: Sequence[PlannedSets]) -> str:
    """`rest 1:15 to 3 min`: the shortest and the longest, where there is no room for more."""
    groups = _by_rest(lifts)
    if not groups:
        return ""
    longest, shortest = rest_time(groups[0][0]), rest_time(groups[-1][0])
    if longest == shortest:
        return _("rest {time}").format(time=longest)
    return _("rest {shortest} to {longest}").format(shortest=shortest, longest=longest)


def _by_rest(lifts: Sequence[PlannedSets]) -> list[tuple[int, list[str]]]:
    """The rests, the longest first, each with the lifts it comes after; those of a superset are one, with the rest behind its
    last."""
    found: dict[int, list[str]] = {}
    waiting: list[str] = []
    for k, one in enumerate(lifts):
        if one.rest_s and one.done < one.sets:
            waiting.append(one.exercise.name.lower())
        together = one.superset is not None and k + 1 < len(lifts) and lifts[k + 1].superset == one.superset
        if waiting and not together:
            found.setdefault(one.rest_s, []).append(" + ".join(waiting))
            waiting = []
    return sorted(found.items(), reverse=True)
