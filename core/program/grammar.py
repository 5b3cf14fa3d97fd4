"""The text of a plan → the plan, or everything in it that is none.

    Monday Wednesday Friday 18:00, A B alternating
    A: squat 3, bench 3, row 3, curl 2
    B: deadlift 2, ohp 3, pull up 3, lateral raise 2

A line says when is trained, heads a session, or names lifts, parted by commas or one a line. What a line is decides
`grammar_rows`, what it says of days `grammar_days`, of lifts `grammar_lifts`. Nothing is left out in silence: what is
not understood is a problem with its place, and what is nobody's to understand is a note, in brackets or behind `#`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from core.exercises import Catalogue, fold
from core.program.grammar_days import Element, elements
from core.program.grammar_fit import Place, When, schedule
from core.program.grammar_lifts import Item, read_lifts
from core.program.grammar_pieces import MODIFIERS, pieces
from core.program.grammar_problems import (
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_TEXT,
    MOST_LIFTS,
    MOST_SESSIONS,
    PlanProblem,
    Problems,
)
from core.program.grammar_row import Row
from core.program.grammar_rows import name_of, rows, session_name
from core.program.grammar_said import Said, fill, say
from core.program.grammar_supersets import planned
from core.program.grammar_text import Note, joined_notes, note_text, read_lines
from core.program.grammar_times import Clock
from core.program.values import Plan, PlannedSession, Schedule, Style

FULL_RPE = 10.0


@dataclass(slots=True)
class _Section:
    """A session as it is read; `name` empty until it is given one."""

    name: str
    place: Place
    days: tuple[int, ...] = ()
    at: list[tuple[Element, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    general: Said = field(default_factory=Said)


def read_plan(text: str, names: Catalogue) -> Plan | tuple[PlanProblem, ...]:
    """The plan of a text, or all its problems in the order of the text.

    Never raises. The time it takes is bounded, as a text is: longer ones than `LONGEST_TEXT` are refused unread.
    """
    problems = Problems()
    if len(text) > LONGEST_TEXT:
        problems.add("text_too_long", text[:20], 1, 0, number=len(text), most=LONGEST_TEXT)
        return problems.in_order()
    plan = _Reading(names, problems).plan(rows(read_lines(text), names))
    return problems.in_order() or plan


@dataclass(slots=True)
class _Reading:
    """One text being read: its sessions, the lines of its schedule, its notes."""

    names: Catalogue
    problems: Problems
    sections: list[_Section] = field(default_factory=list)
    timed: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    general: Said = field(default_factory=Said)
    headed: bool = False
    astray: bool = False

    def plan(self, found: list[Row]) -> Plan:
        """The plan, as far as it can be read."""
        self.headed = any(row.kind == "heading" for row in found)
        for row in found:
            self._take(row)
        self._name_all()
        when = self._when()
        style = when.style or Style.BLOCKS
        sessions = tuple(self._session(section, style) for section in self.sections)
        if any(section.items for section in self.sections):
            made = schedule(when)
        else:
            self.problems.add("no_lifts", when.first.text, when.first.line, when.first.start)
            made = Schedule()
        return Plan(made, sessions, style, joined_notes([*self.notes, *when.notes]))

    def _take(self, row: Row) -> None:
        match row.kind:
            case "heading":
                self._begin(row)
            case "lifts":
                self._lifts(row, row.start)
            case "general":
                self._general(row)
            case "remark":
                self._remark(row)
            case "schedule":
                self.timed.append(row)
                self._note(row.line.notes, row.line.number, self.notes)
            case _:
                within = self.sections[-1].notes if self.sections and self.sections[-1].items else self.notes
                self._note(row.line.notes, row.line.number, within)

    def _note(self, notes: tuple[Note, ...], line: int, to: list[str]) -> None:
        for note in notes:
            if len(note.text) > LONGEST_NOTE:
                self.problems.add("note_too_long", note.text[:20], line, note.start, most=LONGEST_NOTE)
            to.append(note.text)

    def _remark(self, row: Row) -> None:
        """Words that are about no lift: a note, of the session where lifts of it stand right above."""
        above = self.sections[-1] if self.sections and self.sections[-1].items and not row.days else None
        near = above is not None and above.items[-1].line == row.line.number - 1
        (above.notes if above is not None and near else self.notes).append(note_text(row.line.typed))

    def _general(self, row: Row) -> None:
        """Numbers for all lifts that have none of their own: of the session that begins above, or of the plan."""
        begun = bool(self.sections) and not self.sections[-1].items
        said = self.sections[-1].general if begun else self.general
        for piece in pieces(row.line.text, self.names):
            if piece.kind in MODIFIERS:
                say(piece, said, None, row.line.number, self.problems)
        self._note(row.line.notes, row.line.number, self.sections[-1].notes if begun else self.notes)

    # --- sessions ---

    def _begin(self, row: Row) -> None:
        """A head: its session begins, with what else stands on the line."""
        name = name_of(row) or ""
        place = Place(row.head.strip() or row.line.text.strip(), row.line.number, row.start)
        known = next((one for one in self.sections if name and fold(one.name) == fold(name)), None)
        section = _Section(name, place, row.days)
        if known is not None and row.rest is None and not known.items:
            section = known
        elif known is not None:
            self.problems.add("session_twice", place.text, place.line, place.start)
        if len(name) > LONGEST_NAME:
            self.problems.add("name_too_long", place.text, place.line, place.start, most=LONGEST_NAME)
        if section is not known:
            self.sections.append(section)
        section.notes += [session_name(one.text) for one in row.names[1:]]
        section.at += [(one, row.line.number) for one in row.elements if one.kind == "at"]
        self._head_notes(row, section)
        if row.rest is not None:
            self._lifts(row, row.rest)

    def _head_notes(self, row: Row, section: _Section) -> None:
        """Notes on a head are the session's, save that `Push (Monday)` says its day."""
        kept: list[Note] = []
        for note in row.line.notes:
            if row.rest is not None and note.start >= row.rest:
                continue
            found = elements(note.text, {})
            if not note.sure and not note.behind and found and all(one.kind == "days" for one in found):
                section.days += tuple(day for one in found for day in one.days)
            else:
                kept.append(note)
        self._note(tuple(kept), row.line.number, section.notes)

    def _lifts(self, row: Row, start: int) -> None:
        before = self.sections[-1].items if self.sections else []
        found = read_lifts(row.line, start, self.names, before[-1] if before else None, self.problems)
        if found and not self.sections:
            if self.headed:
                self.astray = True
                self.problems.add("lift_before_session", row.line.text.strip(), row.line.number, start)
            self.sections.append(_Section("", Place(row.line.text.strip(), row.line.number, start)))
        if found:
            self.sections[-1].items += found

    def _name_all(self) -> None:
        """Sessions without a name are A, B, C."""
        taken = {section.name for section in self.sections}
        free = (letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in taken)
        for section in self.sections:
            section.name = section.name or next(free, "Z")

    def _session(self, section: _Section, style: Style) -> PlannedSession:
        place, problems = section.place, self.problems
        if not section.items and any(one.items for one in self.sections):
            problems.add("session_empty", section.name, place.line, place.start)
        if len(section.items) > MOST_LIFTS:
            extra = section.items[MOST_LIFTS]
            problems.add("too_many_lifts", extra.text, extra.line, extra.start, most=MOST_LIFTS)
        for item in section.items:
            fill(
                item.said,
                section.general,
                self.general,
                timed=item.exercise is not None and item.exercise.timed,
            )
        seen: set[str] = set()
        for item in section.items:
            if item.exercise is not None:
                self._check(item, item.said.style or style, seen)
                seen.add(item.exercise.id)
        return PlannedSession(section.name, planned(section.items, problems), joined_notes(section.notes))

    def _check(self, item: Item, style: Style, seen: set[str]) -> None:
        """What one lift says against itself, its style or its session."""
        said, place = item.said, (item.text, item.line, item.start)
        if item.exercise is not None and item.exercise.id in seen:
            self.problems.add("lift_twice", *place)
        if style is Style.HIT and said.sets not in (None, 1):
            self.problems.add("hit_sets", *place)
        if style in (Style.HIT, Style.FAILURE) and said.rpe not in (None, FULL_RPE):
            self.problems.add("effort_against_style", *place, style=str(style))

    # --- when ---

    def _when(self) -> When:
        """What the lines say of days."""
        if len(self.sections) > MOST_SESSIONS:
            place = self.sections[MOST_SESSIONS].place
            self.problems.add("too_many_sessions", place.text, place.line, place.start, most=MOST_SESSIONS)
        firsts = [section.place for section in self.sections]
        firsts += [Place(row.line.text.strip(), row.line.number, 0) for row in self.timed]
        first = min(firsts, key=lambda place: place.line, default=Place("", 1, 0))
        when = When([section.name for section in self.sections], self.problems, first, unclear=self.astray)
        for section in self.sections:
            when.give(section.days, section.name, section.place)
            when.clocks += [Clock(one, line, section.days) for one, line in section.at]
        for row in self.timed:
            when.take(row.elements, row.line.number)
        return when
