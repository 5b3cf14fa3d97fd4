"""The days and turns of a plan, from what its lines say of them: one schedule, or what does not fit together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from core.exercises import fold
from core.program.grammar_beside import pairs, without_rest_days
from core.program.grammar_days import PROBLEMS, Element
from core.program.grammar_names import WEEKDAYS, near_days, near_words
from core.program.grammar_problems import Problems
from core.program.grammar_rows import session_name
from core.program.grammar_times import Clock, clocks, times_of
from core.program.values import Schedule, Style

DAYS_OF_A_WEEK: Final = 7

_OF_DAYS: Final = frozenset({"days_range_unclear", "every_other_day", "a_week_not_one"})
"""Problems that leave open on how many days is trained."""


@dataclass(frozen=True, slots=True)
class Place:
    """A word with its place."""

    text: str
    line: int
    start: int


@dataclass(slots=True)
class When:
    """What was said of days and turns so far. `own` are the days that have a session of their own."""

    sessions: list[str]
    problems: Problems
    first: Place
    days: list[int] = field(default_factory=list)
    own: dict[int, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    turns: bool = False
    a_week: int | None = None
    clocks: list[Clock] = field(default_factory=list)
    style: Style | None = None
    says: Place | None = None
    unclear: bool = False
    notes: list[str] = field(default_factory=list)

    def take(self, found: Sequence[Element], line: int) -> None:
        """Take what a line of the schedule says."""
        said = self._without_descriptions(without_rest_days(found))
        self.clocks += clocks(said, line)
        for one in said:
            self._take_one(one, line)
        beside = pairs([one for one in said if one.kind in ("days", "name")])
        if said and self.says is None:
            self.says = Place(found[0].text, line, found[0].start)
        if beside is not None and not self.turns:
            for days, name in beside:
                self.give(days.days, self._known(name, line), Place(days.text, line, days.start))
            return
        for one in said:
            if one.kind == "days":
                self._days(one, line)
            elif one.kind == "name":
                self.order += [name for name in [self._known(one, line)] if name]

    def _without_descriptions(self, found: list[Element]) -> list[Element]:
        """`3 day full body`: the kind of plan beside how often, where no session is called so, is a note of the plan."""
        names = {fold(name) for name in self.sessions}
        if {"days", "turns"} & {one.kind for one in found} or not any(one.kind == "a_week" for one in found):
            return found
        beside = [one for one in found if one.kind == "name" and fold(session_name(one.text)) not in names]
        kinds = [one for one in beside if len(one.text) > 1 and not one.text[-1].isdigit()]
        self.notes += [one.text for one in kinds]
        return [one for one in found if one not in kinds]

    def give(self, days: tuple[int, ...], name: str | None, place: Place) -> None:
        """Give days to a session."""
        for day in days if name is not None else ():
            if self.own.get(day, name) != name:
                self.problems.add("day_twice", place.text, place.line, place.start, day=WEEKDAYS[day])
            self.own[day] = name or ""

    def _take_one(self, one: Element, line: int) -> None:
        match one.kind:
            case "turns":
                self.turns = True
            case "a_week":
                self._a_week(one, line)
            case "style":
                style = (
                    Style.HIT
                    if "intensity" in one.text.lower()
                    else Style(one.text.lower().split()[-1].lstrip(":="))
                )
                self._once(self.style, style, "styles_differ", one, line)
                self.style = style
            case "unknown":
                for word in one.text.split():
                    self._unknown(word, one, line)
            case _ if one.kind in PROBLEMS or one.kind == "style_unknown":
                self.unclear = self.unclear or one.kind in _OF_DAYS
                days = (
                    [WEEKDAYS[day] for day in one.days]
                    if one.kind == "days_range_unclear"
                    else list(one.days)
                )
                self.problems.add(one.kind, one.text, line, one.start, possible=days)

    def _once(self, old: object, new: object, code: str, one: Element, line: int) -> None:
        if old not in (None, new):
            self.problems.add(code, one.text, line, one.start)

    def _a_week(self, one: Element, line: int) -> None:
        if not 1 <= one.number <= DAYS_OF_A_WEEK:
            self.problems.add(
                "out_of_range",
                one.text,
                line,
                one.start,
                what="a_week",
                number=one.number,
                least=1,
                most=DAYS_OF_A_WEEK,
            )
        elif self.a_week not in (None, one.number):
            self.problems.add("days_count", one.text, line, one.start, said=one.number, count=self.a_week)
        else:
            self.a_week = one.number

    def _unknown(self, word: str, one: Element, line: int) -> None:
        start = one.start + one.text.index(word)
        days = near_days(word)
        if days:
            self.unclear = True
            self.problems.add("day_unknown", word, line, start, possible=days)
        else:
            self.problems.add("schedule_word", word, line, start)

    def _days(self, one: Element, line: int) -> None:
        twice = [day for k, day in enumerate(one.days) if day in (*self.days, *one.days[:k])]
        if twice:
            self.problems.add("day_twice", one.text, line, one.start, day=WEEKDAYS[twice[0]])
        self.days += one.days

    def _known(self, one: Element, line: int) -> str | None:
        """The session of that name."""
        key = fold(session_name(one.text))
        found = next((name for name in self.sessions if fold(name) == key), None)
        if found is None:
            self.unclear = True
            near = near_words(one.text, self.sessions) or tuple(self.sessions)
            self.problems.add("session_unknown", one.text, line, one.start, possible=near)
        return found


# --- the whole --------------------------------------------------------------------------------------------------------


def schedule(when: When) -> Schedule:
    """The schedule that was said. What does not fit together is noted as a problem."""
    if when.unclear:
        return Schedule()  # what is said of days is wrong already, so nothing is said of what follows from it
    if when.own:
        return _own_days(when)
    place = when.says or when.first
    days = tuple(sorted(set(when.days)))
    a_week = len(days) or when.a_week or _of_the_week(when.sessions)
    if days and when.a_week not in (None, len(days)):
        when.problems.add(
            "days_count", place.text, place.line, place.start, said=when.a_week, count=len(days)
        )
    if not a_week:
        first, count = when.first, len(when.sessions)
        when.problems.add("days_missing", first.text, first.line, first.start, sessions=count)
        return Schedule()
    order = tuple(when.order) or tuple(when.sessions)
    _say_unused(when, order, place)
    if len(order) > a_week and not when.turns and len(set(order)) > 1 and _period(order) != order:
        when.turns = True  # ABA BAB: two weeks written out
    if len(order) > a_week and not when.turns:
        when.problems.add(
            "sessions_do_not_fit", place.text, place.line, place.start, sessions=len(order), days=a_week
        )
    rotates = when.turns or not days or len(order) < len(days)
    at, times = times_of(when.clocks, days, when.problems)
    return _settled(Schedule(days, at, order, rotates, a_week, times))


def _own_days(when: When) -> Schedule:
    """A schedule in which each day has its session."""
    days = tuple(sorted(when.own))
    order = tuple(when.own[day] for day in days)
    place = when.says or when.first
    bare = [day for day in when.days if day not in when.own]
    if bare:
        possible = tuple(when.sessions)
        when.problems.add(
            "day_without_session",
            place.text,
            place.line,
            place.start,
            day=WEEKDAYS[bare[0]],
            possible=possible,
        )
    if when.a_week not in (None, len(days)):
        when.problems.add(
            "days_count", place.text, place.line, place.start, said=when.a_week, count=len(days)
        )
    if when.turns or when.order:
        when.problems.add("turns_and_days", place.text, place.line, place.start)
    _say_unused(when, order, place)
    at, times = times_of(when.clocks, days, when.problems)
    return _settled(Schedule(days, at, order, False, len(days), times))


def _say_unused(when: When, order: tuple[str, ...], place: Place) -> None:
    for name in when.sessions:
        if name not in order:
            when.problems.add("session_unused", name, place.line, place.start, possible=tuple(when.sessions))


def _of_the_week(sessions: list[str]) -> int:
    """On how many days is trained where nothing says it: a session a day, where they are numbered days or more than two.

    One session or two are trained as often as somebody likes: 0 for not known.
    """
    numbered = all(_NUMBERED.match(name) for name in sessions)
    return len(sessions) if (numbered or len(sessions) > 2) and len(sessions) <= DAYS_OF_A_WEEK else 0


_NUMBERED = re.compile(r"(?:day|tag|d[ií]a|jour)\s*#?\d", re.IGNORECASE)


def _settled(made: Schedule) -> Schedule:
    """The one way to say it: no session stands twice in a turn, and one session on its own takes turns with itself."""
    if len(set(made.order)) == 1:
        return replace(made, order=made.order[:1], rotates=True)
    return replace(made, order=_period(made.order)) if made.rotates else made


def _period(order: tuple[str, ...]) -> tuple[str, ...]:
    """The shortest turn that an order repeats: A B A B is A B."""
    n = len(order)
    return next((order[:k] for k in range(1, n + 1) if n % k == 0 and order[:k] * (n // k) == order), order)
