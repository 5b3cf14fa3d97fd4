"""The words of plans as text: what cannot be read and how to write it, what a change of plan changes. A sentence a code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import time
from typing import Any, Final

from bot.replies.lines import example
from bot.speech import gettext as _
from bot.speech import ngettext
from core.exercises import Catalogue, catalogue
from core.notation.printer import number
from core.program.difference import Change
from core.program.grammar_names import WEEKDAYS
from core.program.grammar_problems import PlanProblem
from core.program.printer import schedule_line, sets_text, turns
from core.program.values import PlannedLift, Schedule, Style

MOST_LINES: Final = 8
"""Lines of a message; where there is more to say, the last one says how much."""

_MOST_OF_WORD: Final = 30
_MOST_OFFERED: Final = 4
_MOST_TEXTS: Final = 3
_MOST_NAMES: Final = 10
_NAMES: Final = frozenset({"lift_unknown", "lift_doubtful"})
"""Problems whose words are mended one by one."""

_MOST_NUMBERS: Final = 6
_OF_EACH: Final = frozenset({"number"})
"""Facts that may differ among problems of one sentence."""

_OF_THE_WHOLE: Final = frozenset({"text_too_long", "no_lifts", "days_missing"})
"""Problems that no line has more than another."""

Facts = Mapping[str, Any]


def problems(found: Sequence[PlanProblem], names: Catalogue | None = None) -> list[str]:
    """What is wrong with a text, in its order; `names` are those of the athlete."""
    known = names or catalogue()
    things = _alike(found)
    head = ngettext("Not a plan yet: {n} thing to mend.", "Not a plan yet: {n} things to mend.", len(things))
    return _shortened([head.format(n=len(things)), *(problem(alike, known) for alike in things)])


def problem(alike: Sequence[PlanProblem], names: Catalogue) -> str:
    """A problem, or several that are mended in the same way: their lines and words, what is wrong, what to write."""
    first = alike[0]
    texts = list(dict.fromkeys(_short(one.text) for one in alike))
    most = _MOST_NAMES if first.code in _NAMES else _MOST_TEXTS
    text = "”, “".join(texts[:most]) + (" …" if len(texts) > most else "")
    said = PROBLEMS[first.code]({**first.facts, "text": text, "first": texts[0], "names": names})
    return said[:1].upper() + said[1:] if first.code in _OF_THE_WHOLE else f"{_lines(alike)}: {said}"


def _alike(found: Sequence[PlanProblem]) -> list[list[PlanProblem]]:
    """Problems that one sentence mends: of the same code, with nothing else to say of each."""
    groups: dict[object, list[PlanProblem]] = {}
    for one in found:
        said = tuple((name, str(value)) for name, value in one.facts.items() if name not in _OF_EACH)
        groups.setdefault((one.code, said), []).append(one)
    return list(groups.values())


def _lines(alike: Sequence[PlanProblem]) -> str:
    numbers = list(dict.fromkeys(one.line for one in alike))
    some = ", ".join(map(str, numbers[:_MOST_NUMBERS])) + ("…" if len(numbers) > _MOST_NUMBERS else "")
    return ngettext("Line {n}", "Lines {n}", len(numbers)).format(n=some)


def _shortened(lines: list[str]) -> list[str]:
    if len(lines) <= MOST_LINES:
        return lines
    left = len(lines) - MOST_LINES + 1
    return [*lines[: MOST_LINES - 1], ngettext("and {n} more", "and {n} more", left).format(n=left)]


def _short(text: str) -> str:
    clean = " ".join(text.split())
    return clean if len(clean) <= _MOST_OF_WORD else f"{clean[: _MOST_OF_WORD - 1]}…"


def _lift(id_: object, names: Catalogue) -> str:
    lift = names.get(str(id_))
    return str(id_) if lift is None else lift.name


def _lifts(facts: Facts) -> str:
    return ", ".join(_lift(one, facts["names"]) for one in facts["possible"][:_MOST_OFFERED])


def _any(facts: Facts) -> str:
    return ", ".join(map(str, facts["possible"][:_MOST_OFFERED]))


# --- problems ---------------------------------------------------------------------------------------------------------


def _lift_unknown(facts: Facts) -> str:
    said = _("“{text}”: no lift I know.").format(**facts)
    if facts["possible"]:
        said += " " + _("Near: {lifts}.").format(lifts=_lifts(facts))
    if not facts["possible"] or " " in facts["text"]:
        said += " " + _("A remark goes in (brackets), a session's name in front of a colon.")
    return said


def _out_of_range(facts: Facts) -> str:
    bounds = {
        "sets": _("{least} to {most} sets"), "reps": _("{least} to {most} reps"), "seconds": _("{least} to {most} seconds"),
        "rpe": _("RPE {least} to {most}"), "rir": _("RIR {least} to {most}"), "a_week": _("{least} to {most} days a week"),
        "rest_s": _("a rest of {least} to {most} seconds"),
    }[str(facts["what"])].format(least=number(facts["least"]), most=number(facts["most"]))  # fmt: skip
    return _("“{text}”: {bounds} can be planned.").format(text=facts["text"], bounds=bounds)


def _said_twice(facts: Facts) -> str:
    labels = {
        "sets": _("sets"), "reps": _("reps"), "seconds": _("time"), "rpe": _("effort"), "rest_s": _("rest"), "style": _("style"),
    }  # fmt: skip
    what = labels[str(facts["what"])]
    return _("“{text}”: that lift has its {what} already. Leave one out.").format(
        text=facts["text"], what=what
    )


def _range_unclear(facts: Facts) -> str:
    first, last = facts["possible"][0], facts["possible"][-1]
    return _("“{text}”: write {first} to {last} for all days between, {first} {last} for these two.").format(
        text=facts["text"], first=first, last=last
    )


def _do_not_fit(facts: Facts) -> str:
    return _("{sessions} sessions, but {days} days a week. Add days, or write: alternating.").format(**facts)


PROBLEMS: Final[dict[str, Callable[[Facts], str]]] = {
    # the whole
    "text_too_long": lambda f: _("{number} characters; a plan has {most} at the most.").format(**f),
    "no_lifts": lambda f: _("no lift here. Like this: “A: squat 3, bench 3”, and a line with the days."),
    "too_many_sessions": lambda f: _("“{text}”: a plan has {most} sessions at the most.").format(**f),
    "too_many_lifts": lambda f: _("“{text}”: a session has {most} lifts at the most.").format(**f),
    "note_too_long": lambda f: _("“{text}…”: a note has {most} characters at the most.").format(**f),
    "name_too_long": lambda f: _("“{text}”: a session's name has {most} characters at the most.").format(**f),
    # days and times
    "days_missing": lambda f: _("on which days? Add a line on top: “Monday Wednesday Friday 18:00”, or “3 days a week”."),
    "day_unknown": lambda f: _("“{text}” is no weekday. {days}?").format(text=f["text"], days=_(" or ").join(f["possible"])),
    "day_twice": lambda f: _("“{text}”: {day} stands there twice. One session a day; pick another day.").format(**f),
    "days_range_unclear": _range_unclear,
    "days_count": lambda f: _("“{text}”: {said} days a week are said, {count} named. Make them agree.").format(**f),
    "every_other_day": lambda f: _("“{text}” falls on other days each week. Name the weekdays, or write: 3 days a week.").format(**f),
    "a_week_not_one": lambda f: _("“{text}”: pick one number, {a} or {b} days a week.").format(text=f["text"], a=f["possible"][0], b=f["possible"][1]),
    "time_invalid": lambda f: _("“{text}” is no time of day. Like this: 18:00, or 6:30pm.").format(**f),
    "time_range": lambda f: _("“{text}”: the start is enough, like 18:00.").format(**f),
    "time_vague": lambda f: _("“{text}”: write the time, like 18:00, or leave it out.").format(**f),
    "times_differ": lambda f: _("“{text}” is a second time for the same day. Each day has one, like Mon 18:00, Thu 7:30.").format(**f),
    "schedule_word": lambda f: _("“{text}”: nothing about days. Leave it out, or put it in (brackets).").format(**f),
    # sessions
    "session_unknown": lambda f: _("no session is called “{text}”. Yours: {names_}. A remark goes in (brackets).").format(text=f["text"], names_=_any(f)),
    "session_unused": lambda f: _("session “{text}” has no day. Name it with the others, or take it out.").format(**f),
    "session_twice": lambda f: _("“{text}” heads two sessions. Give one another name, or put all lifts behind one of them.").format(**f),
    "session_empty": lambda f: _("“{text}” has no lifts. Write them behind a colon, or put # in front of a title.").format(**f),
    "sessions_do_not_fit": _do_not_fit,
    "day_without_session": lambda f: _("{day} has no session. Yours: {names_}.").format(day=f["day"], names_=_any(f)),
    "turns_and_days": lambda f: _("“{text}”: either each day has its session, or they alternate. Keep one of both.").format(**f),
    "lift_before_session": lambda f: _("“{text}” stands before the first session. Put a head in front, like “A:”.").format(**f),
    # lifts
    "lift_unknown": _lift_unknown,
    "lift_doubtful": lambda f: _("“{text}” can be: {lifts}. Write which.").format(text=f["text"], lifts=_lifts(f)),
    "lift_twice": lambda f: _("“{text}” stands in that session twice. Give it once, with all its sets.").format(**f),
    "comma_missing": lambda f: _("“{text}”: these are {n} lifts. Put commas between them.").format(text=f["text"], n=len(f["possible"])),
    "sets_without_lift": lambda f: _("“{text}”: of which lift? Put it behind the lift's name.").format(**f),
    "not_understood": lambda f: _("“{text}”: not understood. Leave it out, or put it in (brackets).").format(**f),
    "either_or": lambda f: _("“{text}”: a plan names one lift. Pick one; /swap changes it any day.").format(**f),
    "slash_unclear": lambda f: _("“{text}”: as a superset write bench 3 + row 3; if either will do, write one.").format(**f),
    "superset_alone": lambda f: _("“{text}”: a superset takes two lifts, like bench 3 + row 3.").format(**f),
    "superset_apart": lambda f: _("“{text}” belongs to {other}, but others stand between. Put them side by side.").format(**f),
    # sets, reps, effort, rest
    "out_of_range": _out_of_range,
    "range_reversed": lambda f: _("“{text}”: the smaller number goes first, {low}-{high}.").format(**f),
    "said_twice": _said_twice,
    "sets_not_one": lambda f: _("“{text}”: sets are one number, {low} or {high}; reps can be a range, like {low}x8-12.").format(**f),
    "effort_step": lambda f: _("“{text}”: effort goes in half steps, like @8 or @8.5.").format(**f),
    "not_timed": lambda f: _("“{text}”: that lift is done for reps. For the pause between sets write: rest 2:00.").format(**f),
    "distance": lambda f: _("“{text}”: carries are planned by time, like 3x40s.").format(**f),
    # what a plan does not say
    "load": lambda f: _("“{text}”: loads come from your log. Leave it out here; a max goes like this: /max squat {n}").format(text=f["text"], n=140),
    "wave": lambda f: _("“{text}”: I do not run that scheme; the 12 weeks wave reps and effort by themselves. Write sets and reps: 3x5.").format(**f),
    "pyramid": lambda f: _("“{text}”: all sets of a lift have the same reps. Write 3x8, or a range: 3x8-12.").format(**f),
    "plus_unclear": lambda f: _("“{text}”: for as many reps as go put a comma behind it; as a superset write bench 3 + row 3.").format(**f),
    "rounds": lambda f: _("“{text}”: write the sets with each lift, and + between them: push up 3x15 + row 3x12.").format(**f),
    "weeks": lambda f: _("“{text}”: the weeks are planned by themselves. Write one week's sessions.").format(**f),
    # style
    "style_unknown": lambda f: _("“{text}”: the styles are blocks, hit, failure and reserve.").format(**f),
    "style_unclear": lambda f: _("“{text}”: right behind a lift it is for that lift, on a line of its own for the plan.").format(**f),
    "styles_differ": lambda f: _("“{text}” is a second style. A plan has one; a single lift's stands behind its name.").format(**f),
    "hit_sets": lambda f: _("“{text}”: in HIT a lift has one set. Write {first} 1, or leave the number out.").format(**f),
    "effort_against_style": lambda f: _("“{text}”: style {style} goes to failure. Leave out the effort, or the style.").format(**f),
}  # fmt: skip


def loads_noted(facts: Facts) -> str:
    """That loads in the text of a plan are notes, and how to begin from a max."""
    texts = list(facts["texts"])
    named = "”, “".join(texts[:_MOST_TEXTS]) + ("” …" if len(texts) > _MOST_TEXTS else "”")
    typed = f"/max {facts['lift']} {example('max', str(facts['unit']))}"
    text = ngettext(
        "Loads come from your own sets; {texts} stays a note. You know your max? {typed}",
        "Loads come from your own sets; {texts} stay notes. You know your max? {typed}",
        len(texts),
    )
    return text.format(texts=f"“{named}", typed=typed)


# --- changes ----------------------------------------------------------------------------------------------------------


def changes(found: Sequence[Change], names: Catalogue | None = None) -> list[str]:
    """What a change of plan changes, a line each; `names` are those of the athlete. With the line above them they are
    no more than a message holds."""
    known = names or catalogue()
    lines = [change(one, known) for one in found]
    return _shortened(["", *lines])[1:]


def change(one: Change, names: Catalogue) -> str:
    """One change."""
    facts = {
        **one.facts,
        "names": names,
        "lift": one.facts.get("lift"),
        "session": one.session,
        "id": one.exercise,
    }
    said = CHANGES[one.code](facts)
    return said if one.session is None or one.code in _OF_SESSIONS else f"{one.session}: {said}"


_OF_SESSIONS: Final = {"session_added", "session_removed", "session_renamed"}


def _now(facts: Facts) -> str:
    return _lift(facts["id"], facts["names"])


def _days(days: Sequence[int]) -> str:
    return " ".join(WEEKDAYS[day] for day in days) or _("no fixed days")


def _clock(at: time | Sequence[tuple[Sequence[int], time | None]] | None) -> str:
    if at is None or isinstance(at, time):
        return _("no fixed time") if at is None else at.strftime("%H:%M")
    return ", ".join(f"{_days(days)} {_clock(of_days)}" for days, of_days in at)


def _turn(when: Schedule) -> str:
    if when.rotates:
        return _("{names} alternating").format(names=turns(when.order))
    return schedule_line(replace(when, at=None, times=()))


def _note(note: object) -> str:
    return _("none") if note is None else f"“{_short(str(note))}”"


def _added(facts: Facts) -> str:
    lift = facts["lift"]
    said = " ".join([_now(facts), *_amounts(lift)])
    beside = ", ".join(_lift(one, facts["names"]) for one in facts["beside"])
    note = "" if lift.note is None else f" ({_short(lift.note)})"
    return f"+ {said}{note}" + (_(" with {lifts}").format(lifts=beside) if beside else "")


def _amounts(lift: PlannedLift) -> list[str]:
    said = sets_text(lift)
    return (
        [ngettext("{n} set", "{n} sets", lift.sets or 0).format(n=lift.sets), *said[1:]]
        if _bare(lift)
        else said
    )


def _bare(lift: PlannedLift) -> bool:
    return lift.sets is not None and lift.reps is None and lift.seconds is None


def _moved(facts: Facts) -> str:
    return _("{name} comes here from {was}").format(
        name=" ".join([_now(facts), *_amounts(facts["lift"])]), was=facts["was"]
    )


def _changed(facts: Facts) -> str:
    was, now = facts["was"], facts["now"]
    said = [f"{before} → {after}" for before, after in [_numbers(was, now)] if before != after]
    said += [words for what in facts["what"] if (words := _other(what, now))]
    return f"{_now(facts)} {', '.join(said)}"


def _numbers(was: PlannedLift, now: PlannedLift) -> tuple[str, str]:
    before, after = (" ".join(_amounts(lift)) or _("as its role asks") for lift in (was, now))
    return before, after


def _other(what: str, now: PlannedLift) -> str:
    """The words for a change that no numbers show."""
    match what:
        case "anchor":
            return _("an anchor now") if now.anchor else _("no starred anchor any more")
        case "style":
            return (
                _("style as the plan's") if now.style is None else _("style {style}").format(style=now.style)
            )
        case "note":
            return _("note: {note}").format(note=_note(now.note))
    return ""


CHANGES: Final[dict[str, Callable[[Facts], str]]] = {
    "days_changed": lambda f: _("Days: {was} → {now}").format(was=_days(f["was"]), now=_days(f["now"])),
    "a_week_changed": lambda f: _("Sessions a week: {was} → {now}").format(**f),
    "time_changed": lambda f: _("Time: {was} → {now}").format(was=_clock(f["was"]), now=_clock(f["now"])),
    "order_changed": lambda f: _("Order: {was} → {now}").format(was=_turn(f["was"]), now=_turn(f["now"])),
    "sessions_reordered": lambda f: _("Sessions listed as {now}").format(now=", ".join(f["now"])),
    "style_changed": lambda f: _("Style: {was} → {now}").format(was=Style(f["was"]), now=Style(f["now"])),
    "note_changed": lambda f: _("Note: {was} → {now}").format(was=_note(f["was"]), now=_note(f["now"])),
    "session_renamed": lambda f: _("{was} is called {session} now").format(**f),
    "session_removed": lambda f: _("− session {session}").format(**f),
    "session_added": lambda f: _("+ session {session}").format(**f),
    "lift_added": _added,
    "lift_removed": lambda f: f"− {_now(f)}",
    "lift_swapped": lambda f: _("{was} → {now}").format(was=_lift(f["was"], f["names"]), now=_now(f)),
    "lift_moved": _moved,
    "lift_reordered": lambda f: _("{name} goes to place {at}").format(name=_now(f), at=f["at"]),
    "lift_changed": _changed,
    "supersets_changed": lambda f: _("other supersets"),
}
