"""What is different between two plans, as facts: what a diff says before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Final

from core.program.values import ASSISTED, Plan, PlannedLift, PlannedSession


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its code, the session and the lift that it is about (where it is about one), and its facts.

    Every code has its words in `bot.replies.plans`.
    """

    code: str
    session: str | None = None
    exercise: str | None = None
    facts: dict[str, object] = field(default_factory=dict)


SAID: Final = tuple(one.name for one in fields(PlannedLift) if one.name not in ("exercise", "superset"))
"""What can change of a lift that stays where it is; which lift it is paired with is told apart."""


def difference(old: Plan, new: Plan) -> tuple[Change, ...]:
    """The changes from one plan to another: schedule, style, then session by session; nothing where they are equal.

    A lift whose sets, reps or rest change is one change, however many of these do; so is one that takes another's
    place, and one that goes to another session.
    """
    renamed = _renamed(old, new)
    changes = _of_whole(old, new, renamed)
    before = {renamed.get(session.name, session.name): session for session in old.sessions}
    after = {session.name: session for session in new.sessions}
    changes += [Change("session_renamed", name, facts={"was": was}) for was, name in renamed.items()]
    changes += [Change("session_removed", was.name) for name, was in before.items() if name not in after]
    changes += [Change("session_added", name) for name in after if name not in before]
    inside = [one for name in after if name in before for one in _of_session(name, before[name], after[name])]
    return tuple(changes + _moved(inside))


def _of_whole(old: Plan, new: Plan, renamed: dict[str, str]) -> list[Change]:
    """Changes of when and how, each with what was and what is."""
    pairs = {
        "days_changed": (old.schedule.days, new.schedule.days),
        "a_week_changed": (old.schedule.a_week, new.schedule.a_week),
        "time_changed": (old.schedule.clock, new.schedule.clock),
        "style_changed": (old.style, new.style),
        "note_changed": (old.note, new.note),
    }
    if old.schedule.days != new.schedule.days and new.schedule.days:
        del pairs["a_week_changed"]  # the days say it
    found = [Change(code, facts={"was": was, "now": now}) for code, (was, now) in pairs.items() if was != now]
    names = {renamed.get(one.name, one.name) for one in old.sessions} & {one.name for one in new.sessions}
    if _in_turn(old, names, renamed) != _in_turn(new, names, {}):
        found.append(Change("order_changed", facts={"was": old.schedule, "now": new.schedule}))
    elif _listed(old, names, renamed) != _listed(new, names, {}):
        found.append(Change("sessions_reordered", facts={"now": tuple(one.name for one in new.sessions)}))
    return found


def _in_turn(plan: Plan, names: set[str], renamed: dict[str, str]) -> tuple[list[str], bool]:
    """The order of the sessions that both plans have: what comes and goes is said of these themselves."""
    order = [renamed.get(name, name) for name in plan.schedule.order]
    return [name for name in order if name in names], plan.schedule.rotates


def _listed(plan: Plan, names: set[str], renamed: dict[str, str]) -> list[str]:
    listed = [renamed.get(one.name, one.name) for one in plan.sessions]
    return [name for name in listed if name in names]


def _renamed(old: Plan, new: Plan) -> dict[str, str]:
    """Sessions that only have another name, by their old one."""
    gone = [one for one in old.sessions if new.session(one.name) is None]
    come = [one for one in new.sessions if old.session(one.name) is None]
    found: dict[str, str] = {}
    for was in gone:
        same = [one.name for one in come if one.lifts == was.lifts and one.name not in found.values()]
        if same:
            found[was.name] = same[0]
    return found


# --- inside a session -------------------------------------------------------------------------------------------------


def _of_session(name: str, old: PlannedSession, new: PlannedSession) -> list[Change]:
    was, now = [one.exercise for one in old.lifts], [one.exercise for one in new.lifts]
    swapped = _swapped(old.lifts, new.lifts)
    changes = [Change("lift_swapped", name, now_id, {"was": was_id}) for was_id, now_id in swapped.items()]
    changes += [Change("lift_removed", name, one) for one in was if one not in now and one not in swapped]
    changes += [
        Change("lift_added", name, lift.exercise, {"lift": lift, "at": k + 1, "beside": _beside(new, lift)})
        for k, lift in enumerate(new.lifts)
        if lift.exercise not in was and lift.exercise not in swapped.values()
    ]
    changes += _reordered(name, [swapped.get(one, one) for one in was], now)
    for before, after in _same_lifts(old.lifts, new.lifts, swapped):
        changes += _of_lift(name, before, after)
    if _pairs(old, swapped) != _pairs(new, {}) and not _pairs_follow(old, new, swapped):
        changes.append(Change("supersets_changed", name))
    if old.note != new.note:
        changes.append(Change("note_changed", name, facts={"was": old.note, "now": new.note}))
    return changes


def _swapped(old: Sequence[PlannedLift], new: Sequence[PlannedLift]) -> dict[str, str]:
    """Lifts that another one has taken the place of, with all that was said of them."""
    was, now = {one.exercise for one in old}, {one.exercise for one in new}
    pairs = zip(old, new, strict=False)
    return {
        before.exercise: after.exercise
        for before, after in pairs
        if before.exercise not in now and after.exercise not in was
    }


def _same_lifts(
    old: Sequence[PlannedLift], new: Sequence[PlannedLift], swapped: dict[str, str]
) -> list[tuple[PlannedLift, PlannedLift]]:
    after = {one.exercise: one for one in new}
    return [(one, after[id_]) for one in old if (id_ := swapped.get(one.exercise, one.exercise)) in after]


def _of_lift(session: str, was: PlannedLift, now: PlannedLift) -> list[Change]:
    changed = tuple(name for name in SAID if getattr(was, name) != getattr(now, name))
    if was.exercise != now.exercise and ASSISTED in (was.note, now.note):
        changed = tuple(name for name in changed if name != "note")  # the other lift says it
    return (
        [Change("lift_changed", session, now.exercise, {"was": was, "now": now, "what": changed})]
        if changed
        else []
    )


def _reordered(name: str, was: list[str], now: list[str]) -> list[Change]:
    """The fewest lifts that have to change places: those outside the longest row that kept its order."""
    stay = [one for one in was if one in now]
    order = [one for one in now if one in was]
    kept = _longest_common(stay, order)
    return [
        Change("lift_reordered", name, one, {"at": now.index(one) + 1}) for one in order if one not in kept
    ]


def _longest_common(first: list[str], second: list[str]) -> list[str]:
    best: dict[tuple[int, int], list[str]] = {}
    for i in range(len(first) + 1):
        for j in range(len(second) + 1):
            if i == 0 or j == 0:
                best[i, j] = []
            elif first[i - 1] == second[j - 1]:
                best[i, j] = [*best[i - 1, j - 1], first[i - 1]]
            else:
                best[i, j] = max(best[i - 1, j], best[i, j - 1], key=len)
    return best[len(first), len(second)]


def _beside(session: PlannedSession, lift: PlannedLift) -> tuple[str, ...]:
    """The lifts that one stands in a superset with."""
    group = [one.exercise for one in session.lifts if one.superset == lift.superset]
    return () if lift.superset is None else tuple(one for one in group if one != lift.exercise)


def _pairs(session: PlannedSession, swapped: dict[str, str]) -> set[frozenset[str]]:
    """The supersets of a session: which lifts stand together."""
    groups: dict[int, set[str]] = {}
    for lift in session.lifts:
        if lift.superset is not None:
            groups.setdefault(lift.superset, set()).add(swapped.get(lift.exercise, lift.exercise))
    return {frozenset(group) for group in groups.values()}


def _pairs_follow(old: PlannedSession, new: PlannedSession, swapped: dict[str, str]) -> bool:
    """Whether the supersets differ only by lifts that came or went: the lines about these say enough."""
    both = {swapped.get(one.exercise, one.exercise) for one in old.lifts} & {
        one.exercise for one in new.lifts
    }
    was, now = (
        {group & both for group in groups if len(group & both) > 1}
        for groups in (_pairs(old, swapped), _pairs(new, {}))
    )
    return was == now


def _moved(changes: list[Change]) -> list[Change]:
    """A lift that left one session and came to another has moved: one change rather than two."""
    out = list(changes)
    for gone in changes:
        come = next((one for one in out if one.code == "lift_added" and one.exercise == gone.exercise), None)
        if gone.code == "lift_removed" and come is not None:
            out.remove(gone)
            out[out.index(come)] = Change(
                "lift_moved", come.session, come.exercise, {**come.facts, "was": gone.session}
            )
    return out
