"""A message → what it says. Pure, stateless: the athlete's unit and the carried lift come as arguments.

Line by line: tokens → items → marks → groups (one lift each) → set expressions. What is not a set stays silent, what
can be read in two ways becomes a question, what breaks a bound a problem; no text and no number is invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from core.notation.bounds import LONGEST_MESSAGE, MOST_SETS, broken
from core.notation.corrections import correction
from core.notation.emptybar import barless, with_bars
from core.notation.groups import Group, grouped
from core.notation.items import Item, items, spelled_numbers, traits
from core.notation.labels import changed, in_feet, labelled
from core.notation.lexer import plain, tokens
from core.notation.marks import marked
from core.notation.reader import Line, read_group
from core.notation.reading import Parsed, Problem, Question, Reading
from core.notation.setting import Message, Setting
from core.notation.talk import mostly_talk, of_somebody, talk_of, until_talk
from core.notation.written import cut_date, cut_notes, lines_of

MOST_NUMBERS = 120
"""More numbers than this on a line are no sets of one line, whatever they are: at most 20 sets can be logged on it."""

LONGEST_HEADER = 3
"""Unknown words alone on a line that can be a name; more are a sentence."""

OLDEST_DAY = 3650
"""Days ago; a day typed as longer ago than ten years stays there."""


def parse(text: str, setting: Setting | None = None) -> Parsed:
    """Read a message. Never raises: any text gives sets, problems, questions or silence."""
    setting = setting or Setting()
    if len(text) > LONGEST_MESSAGE:
        facts: dict[str, object] = {"number": len(text), "most": LONGEST_MESSAGE}
        return Parsed(problems=(Problem(text[:40] + "…", "message_too_long", facts),))
    lines = lines_of(text)
    message = Message(several=len(lines) > 1)
    return _together([_line(line, setting, message) for line in lines])


def _together(parts: Sequence[Parsed]) -> Parsed:
    if len(parts) == 1:
        return parts[0]
    return Parsed(
        tuple(entry for part in parts for entry in part.sets),
        tuple(problem for part in parts for problem in part.problems),
        tuple(question for part in parts for question in part.questions),
        next((part.corrects for part in parts if part.corrects is not None), None),
        next((part.remark for part in parts if part.remark is not None), None),
    )


def _line(raw: str, setting: Setting, message: Message) -> Parsed:
    line, notes = cut_notes(plain(raw))
    line, dated = cut_date(line)
    found = spelled_numbers(items(tokens(line), setting.catalogue))
    there = traits(found)
    if "feet" in there and _is_of_carry(found, setting, message):
        found = in_feet(found)
    found = labelled(found)
    if "same" in there:
        found = changed(found)
    if "bar" in there:
        found = with_bars(found, setting, message)
        without = barless(found, setting, message)
        if without is not None:
            return Parsed(problems=(Problem(raw.strip(), "no_bar", {"lift": without.name}),))
    found = marked(found, there)
    if len(found) > MOST_NUMBERS and sum(item.kind == "num" for item in found) > MOST_NUMBERS:
        return _overlong(raw, found)
    found = [_as_typed(item, raw) for item in found]
    if of_somebody(found):
        return Parsed(remark="set")
    corrected = correction(found, there, setting, raw)
    if corrected is not None:
        return corrected
    fields = [item.fields for item in found if item.fields]
    _take_day(fields, setting.today, message)
    if message.several and _is_header(found):
        name = " ".join(item.text for item in found)
        message.in_doubt(Group([], (), name, unknown_name=True))
        return Parsed()
    if not all(map(_DAYS.isdisjoint, fields)):
        found = [item for item in found if _DAYS.isdisjoint(item.fields)]
    talk = talk_of(found, there, line)
    if talk is not None:
        return talk
    if mostly_talk(found, there):
        return Parsed(remark="set")
    if not message.several and not _may_hold_sets(found, there):
        return Parsed()
    parsed = _groups(raw, until_talk(found, there), notes, setting, message)
    return _on_unclear_day(parsed, raw, fields, dated=dated)


def _may_hold_sets(found: list[Item], there: set[str]) -> bool:
    """Whether anything can be said of a lift: without it no name need be looked for, which takes the longest in talk."""
    return "same" in there or any(item.kind in ("num", "mark") for item in found)


def _is_of_carry(found: list[Item], setting: Setting, message: Message) -> bool:
    """Whether the lift of a line is carried over a distance."""
    named = [item.ids[0] for item in found if item.kind == "name" and item.ids]
    named = named or ([message.named] if message.named is not None else [])
    lift = setting.catalogue.get(named[0]) if named else setting.carried
    return lift is not None and lift.pattern == "carry"


def _as_typed(item: Item, raw: str) -> Item:
    """A name in the letters it was written with."""
    if item.kind != "name" or item.text == raw[item.start : item.end]:
        return item
    return replace(item, text=raw[item.start : item.end])


Fields = dict[str, object]
"""What a mark says."""

_DAYS = frozenset({"day", "weekday", "bad_day"})


def _on_unclear_day(parsed: Parsed, raw: str, marks: Iterable[Fields], *, dated: bool) -> Parsed:
    """Sets of a day that no calendar has are refused, of a day that could be several asked."""
    bad_day = next((fields["bad_day"] for fields in marks if "bad_day" in fields), None)
    if bad_day is not None and not parsed.is_talk:
        return Parsed(problems=(Problem(raw.strip(), "day_unknown", {"day": bad_day}),))
    if parsed.sets and (dated or any("weekday" in fields for fields in marks)):
        return Parsed(questions=(Question(raw.strip(), "day", (Reading("day", parsed.sets),)),))
    return parsed


def _overlong(raw: str, found: list[Item]) -> Parsed:
    numbers = sum(item.kind == "num" for item in found)
    if any(item.kind == "name" or item.has("by", "sets", "reps") for item in found):
        facts: dict[str, object] = {"number": numbers, "most": MOST_SETS}
        return Parsed(problems=(Problem(raw.strip()[:200], "too_many_sets", facts),))
    return Parsed()


def _is_header(found: list[Item]) -> bool:
    """A line of a few unknown words and nothing else, above or between sets, is the name of what follows."""
    unknown = all(item.kind == "word" and not item.classes - {"noun"} for item in found)
    return 0 < len(found) <= LONGEST_HEADER and unknown


def _take_day(marks: Iterable[Fields], today: date | None, message: Message) -> None:
    """The day of this line and the later ones: a date, or so many days before today."""
    for fields in marks:
        day = fields.get("day")
        if isinstance(day, date):
            message.day = day
        elif isinstance(day, int):
            ago = timedelta(days=max(day, -OLDEST_DAY))
            message.day = day if day == -1 or today is None else today + ago


def _groups(raw: str, found: list[Item], notes: list[str], setting: Setting, message: Message) -> Parsed:
    """The sets of all groups of a line; one problem, if any, stands for the whole line."""
    groups = grouped(found, setting.catalogue)
    if groups is None:
        return Parsed(questions=(Question(raw.strip(), "exercise_order"),))
    line = Line(raw, setting, message, _superset(found), only_group=len(groups) == 1)
    parts = [read_group(line, group, notes if group is groups[-1] else []) for group in groups]
    parsed = _together(parts)
    if not parsed.problems and len(parsed.sets) > MOST_SETS:
        problem = broken(raw.strip(), parsed.sets, setting.unit, setting.today)
        parsed = replace(parsed, problems=() if problem is None else (problem,))
    if parsed.problems:
        return Parsed(problems=parsed.problems[:1])
    if (parsed.sets or parsed.questions) and (parsed.corrects is not None or parsed.remark is not None):
        return Parsed(parsed.sets, (), parsed.questions)
    return parsed


def _superset(found: list[Item]) -> int | None:
    """The superset that a line said it is of."""
    marks = [item.fields["superset"] for item in found if "superset" in item.fields]
    return int(str(marks[0])) if marks else None
