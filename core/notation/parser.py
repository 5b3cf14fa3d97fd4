"""A message → what it says. Pure, stateless: the athlete's unit and the carried lift come as arguments.

Line by line: tokens → items → marks → groups (one lift each) → set expressions. What is not a set stays silent, what
can be read in two ways becomes a question, what breaks a bound a problem; no text and no number is invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from core.exercises import Catalogue, catalogue
from core.model import Exercise, Kind, SetEntry, Unit
from core.notation.bounds import LONGEST_MESSAGE, MOST_SETS, broken
from core.notation.items import Item, items, spelled_numbers
from core.notation.lexer import plain, tokens
from core.notation.marks import labelled, marked
from core.notation.reading import Parsed, Problem, Question, Reading
from core.notation.sets import Expression, expressions
from core.notation.shape import NUMBERS, Shape, shape


@dataclass(frozen=True, slots=True)
class Setting:
    """What a message is read against: unit, today, catalogue, and the lift that a line without a name belongs to.

    `strict` is for rooms, where people talk: nothing is read beside words that are not known.
    """

    unit: Unit = "kg"
    today: date | None = None
    names: Catalogue | None = None
    carried: Exercise | None = None
    strict: bool = False

    @property
    def catalogue(self) -> Catalogue:
        return self.names if self.names is not None else catalogue()


@dataclass(slots=True)
class _Message:
    """What earlier lines of the same message leave for later ones."""

    named: str | None = None
    typed: str | None = None
    day: date | int | None = None
    doubt: _Group | None = None
    several: bool = False


def parse(text: str, setting: Setting | None = None) -> Parsed:
    """Read a message. Never raises: any text gives sets, problems, questions or silence."""
    setting = setting or Setting()
    if len(text) > LONGEST_MESSAGE:
        facts: dict[str, object] = {"number": len(text), "most": LONGEST_MESSAGE}
        return Parsed(problems=(Problem(text[:40] + "…", "message_too_long", facts),))
    lines = [line for line in re.split(_LINE_ENDS, text) if line.strip()]
    message = _Message(several=len(lines) > 1)
    parts = [_line(line, setting, message) for line in lines]
    return Parsed(
        tuple(entry for part in parts for entry in part.sets),
        tuple(problem for part in parts for problem in part.problems),
        tuple(question for part in parts for question in part.questions),
        next((part.corrects for part in parts if part.corrects is not None), None),
        next((part.remark for part in parts if part.remark is not None), None),
    )


_LINE_ENDS = r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+"
_BULLET = re.compile(r"^\s*(?:\d{1,2}[.)]\s+(?=\S)|[-•*·▪]\s+(?=[^\W\d]|\d))")
_STAMP = re.compile(
    r"^\s*\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s*(?:am|pm|h|uhr)?\s*[-:]?\s+(?=[^\W\d])", re.IGNORECASE
)
_DATED = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2}\.(?:\d{2,4})?|/\d{1,2}(?:/\d{2,4})?)\s*[:,-]?\s+(?=[^\W\d])")
"""A date whose order of day and month nobody can know, in front of a name."""

_URL = re.compile(r"(?<!\S)\S{0,200}?(?:https?://|www\.)\S+", re.IGNORECASE)
_POUND = re.compile(r"(?<=\d)#(?=\s|[x*]|[,;)]|$)", re.IGNORECASE)


def _cut_notes(line: str) -> tuple[str, list[str]]:
    """The line without its bullet and its written-out notes, same length, and the notes."""
    notes: list[str] = []
    bullet = _BULLET.match(line)
    if bullet is not None:
        line = " " * bullet.end() + line[bullet.end() :]

    def quoted(match: re.Match[str]) -> str:
        notes.append(match.group(1).strip())
        return " " * len(match.group())

    stamp = _STAMP.match(line)
    if stamp is not None:
        line = " " * stamp.end() + line[stamp.end() :]

    def address(match: re.Match[str]) -> str:
        notes.append(match.group())
        return " " * len(match.group())

    if "://" in line or "www." in line:  # the pattern looks back over long words: only where it is worth it
        line = _URL.sub(address, line)
    comment = line.find("//")
    if comment >= 0:
        notes.append(line[comment + 2 :].strip())
        line = line[:comment] + " " * (len(line) - comment)
    line = re.sub(r'(?<![\d\'])"([^"]*)"', quoted, line)
    pounds = {match.start() for match in _POUND.finditer(line)}
    for match in re.finditer(r"#", line):
        if match.start() not in pounds:
            notes.append(line[match.end() :].strip())
            line = line[: match.start()] + " " * (len(line) - match.start())
            break
    return line, [note for note in notes if note]


@dataclass(slots=True)
class _Group:
    """The items of one lift on a line, and how it was named: one id, several (doubt), or a name not known."""

    items: list[Item]
    ids: tuple[str, ...] = ()
    typed: str | None = None
    unknown_name: bool = False
    name_first: bool = True
    span: tuple[int, int] = (0, 0)


def _line(raw: str, setting: Setting, message: _Message) -> Parsed:
    text = plain(raw)
    line, notes = _cut_notes(text)
    dated = _DATED.match(line)
    if dated is not None:
        line = " " * dated.end() + line[dated.end() :]
    found = marked(labelled(spelled_numbers(items(tokens(line), setting.catalogue))))
    if sum(item.kind == "num" for item in found) > MOST_NUMBERS:
        return _overlong(raw, found)
    found = [
        replace(item, text=raw[item.start : item.end]) if item.kind == "name" else item for item in found
    ]
    if _of_somebody(found):
        return Parsed(remark="set")
    correction = _correction(found, setting, raw)
    if correction is not None:
        return correction
    _take_day(found, setting, message)
    if _take_header(found, message):
        return Parsed()
    weekday = next((item for item in found if "weekday" in item.fields), None)
    bad_day = next((item for item in found if "bad_day" in item.fields), None)
    found = [item for item in found if not {"day", "weekday", "bad_day"} & set(item.fields)]
    remark = _talk(found, line)
    if remark is not None:
        return Parsed(remark=remark or None)
    if _mostly_talk(found):
        return Parsed(remark="set")
    found = _until_talk(found)
    parsed = _groups_of(raw, found, notes, setting, message)
    if bad_day is not None and not parsed.is_talk:
        return Parsed(problems=(Problem(raw.strip(), "day_unknown", {"day": bad_day.fields["bad_day"]}),))
    if (weekday is not None or dated is not None) and parsed.sets:
        return Parsed(questions=(Question(raw.strip(), "day", (Reading("day", parsed.sets),)),))
    return parsed


MOST_NUMBERS = 120
"""More numbers than this on a line are no sets of one line, whatever they are: at most 20 sets can be logged on it."""


def _overlong(raw: str, found: list[Item]) -> Parsed:
    numbers = sum(item.kind == "num" for item in found)
    if any(item.kind == "name" or item.has("by", "sets", "reps") for item in found):
        facts: dict[str, object] = {"number": numbers, "most": MOST_SETS}
        return Parsed(problems=(Problem(raw.strip()[:200], "too_many_sets", facts),))
    return Parsed()


def _take_header(found: list[Item], message: _Message) -> bool:
    """A line of a few unknown words and nothing else, above or between sets, is the name of what follows."""
    words = [item for item in found if item.kind == "word"]
    known = any(item.classes - {"noun"} for item in words)
    header = 0 < len(words) <= 3 and len(words) == len(found) and not known
    if header and message.several:
        name = " ".join(item.text for item in words)
        message.named, message.doubt = None, _Group([], (), name, unknown_name=True)
    return header and message.several


def _of_somebody(found: list[Item]) -> bool:
    """`arnold benched 200x8`: somebody's name before a verb is not about the athlete."""
    for before, item in pairwise(found):
        if item.kind == "name" and item.text.lower().endswith("ed") and before.kind in ("word", "name"):
            return not before.classes
    return False


def _take_day(found: list[Item], setting: Setting, message: _Message) -> None:
    for item in found:
        day = item.fields.get("day")
        if isinstance(day, date):
            message.day = day
        elif isinstance(day, int):
            message.day = (
                day if day == -1 or setting.today is None else setting.today + timedelta(days=max(day, -3650))
            )


def _talk(found: list[Item], line: str) -> str | None:
    """Whether a line speaks of what is to come, of running or of the scales: the remark ("" for plain talk), or None."""
    if any(item.label == "rm" for item in found) and not any(item.has("by") for item in found):
        return "set"
    for i, item in enumerate(found):
        if item.kind == "num":
            break
        if item.kind == "word":
            if item.has("talk") and not item.has("filler", "at", "for", "by"):
                return "set" if any(other.kind == "num" for other in found) else ""
            if item.has("cardio"):
                return "cardio"
            if item.has("measure") and not item.has("at"):
                return "measure"
            if item.has("body") and _only_weight(found, i):
                return "measure"
    if line.rstrip().endswith("?"):
        return "set" if any(item.kind == "num" for item in found) else ""
    if not any(item.kind == "name" for item in found) and any(
        item.kind == "word" and item.has("cardio", "measure") for item in found
    ):
        return "cardio" if any(item.has("cardio") for item in found) else "measure"
    if any(item.kind == "word" and item.text.lower() in _FUTURE for item in found):
        return "set"
    return None


_FUTURE = {"tomorrow", "morgen", "mañana", "amanhã", "demain", "domani", "завтра", "明 天"}


def _only_weight(found: list[Item], i: int) -> bool:
    """`bw 185`, `bodyweight 83.5 kg this morning`: the scales, not a set."""
    rest = [item for item in found[i + 1 :] if item.kind != "word" or not item.has("filler", "today")]
    named = any(item.kind == "name" for item in found)
    return (
        not named
        and i == 0
        and bool(rest)
        and rest[0].kind == "num"
        and rest[0].value > 30
        and not any(item.has("by") or item.text in ("@", "/") for item in rest)
    )


def _mostly_talk(found: list[Item]) -> bool:
    """`3 guys waiting for the bench`: talk behind a single number and before any name."""
    numbers = 0
    for item in found:
        numbers += item.kind == "num"
        if item.kind == "name" or numbers > 1:
            return False
        if (
            numbers
            and item.kind == "word"
            and item.has("talk")
            and not item.has("filler", "at", "for", "by", "and")
        ):
            return item.text.lower() != "or"
    return False


def _until_talk(found: list[Item]) -> list[Item]:
    """After sets, talk (could have done 2 more, then ran 5k) is a note with all its numbers."""
    for i, item in enumerate(found):
        if item.kind != "word" or not item.has("talk", "cardio", "measure", "weekday"):
            continue
        if item.has("filler", "at", "for", "by", "and", "of") or item.text.lower() == "or":
            continue
        if any(other.kind == "num" for other in found[:i]):
            later_name = any(other.kind == "name" for other in found[i:])
            if item.has("measure", "talk") and later_name and any(o.kind == "num" for o in found[i:]):
                continue
            last = found[-1]
            note = Item("note", "", item.start, last.end)
            return [*found[:i], note]
    return found


def _groups_of(raw: str, found: list[Item], notes: list[str], setting: Setting, message: _Message) -> Parsed:
    groups = _grouped(found, setting)
    if groups is None:
        return Parsed(questions=(Question(raw.strip(), "exercise_order"),))
    superset = _superset(found)
    parts = []
    for i, group in enumerate(groups):
        last = i == len(groups) - 1
        parts.append(_group(raw, group, notes if last else [], setting, message, superset, len(groups) == 1))
    sets = tuple(entry for part in parts for entry in part.sets)
    problems = tuple(problem for part in parts for problem in part.problems)
    questions = tuple(question for part in parts for question in part.questions)
    if not problems and len(sets) > 20:
        problem = broken(raw.strip(), sets, setting.unit, setting.today)
        problems = (problem,) if problem is not None else ()
    if problems:
        return Parsed(problems=problems[:1])
    remark = next((part.remark for part in parts if part.remark is not None), None)
    corrects = next((part.corrects for part in parts if part.corrects is not None), None)
    quiet = not sets and not questions
    return Parsed(sets, (), questions, corrects if quiet else None, remark if quiet else None)


def _superset(found: list[Item]) -> int | None:
    numbers = [item.fields["superset"] for item in found if "superset" in item.fields]
    return int(str(numbers[0])) if numbers else None


# --- names and groups -------------------------------------------------------------------------------------------------


def _grouped(found: list[Item], setting: Setting) -> list[_Group] | None:
    """Cut a line where a new name begins. None where it is unclear which numbers belong to which name."""
    found = _near_names(found, setting.catalogue)
    at = [i for i, item in enumerate(found) if item.kind == "name"]
    if not at:
        return [_Group(found)]
    if len(at) == 1:
        return [_named(found, at[0])]
    if not _numbers(found[: at[0]]):
        cuts = [0, *at[1:], len(found)]
        groups = [_named(found[a:b], 0 if k else at[0]) for k, (a, b) in enumerate(pairwise(cuts))]
        return _merge_empty(groups)
    return _by_clause(found)


def _numbers(part: list[Item]) -> bool:
    return any(item.kind == "num" for item in part)


def _named(part: list[Item], at: int) -> _Group:
    name = part[at]
    first = not _numbers(part[:at])
    behind = part[at + 1 :]
    if not first and behind and behind[0].text == ":":  # what stands before `ohp:` is none of its numbers
        behind = [Item("sign", ";", behind[0].start, behind[0].end), *behind[1:]]
    rest = [*part[:at], *behind]
    unknown = name.kind == "name" and not name.ids
    return _Group(rest, name.ids, name.text, unknown, first, (name.start, name.end))


def _merge_empty(groups: list[_Group]) -> list[_Group] | None:
    """A name without any number of its own is a comment on what stands before it (or the header of what follows)."""
    merged: list[_Group] = []
    for group in groups:
        leans = any(item.kind == "word" and item.has("same") for item in group.items)
        if _numbers(group.items) or leans or not merged:
            merged.append(group)
        else:
            text = Item("note", group.typed or "", *group.span)
            merged[-1].items.append(text)
            merged[-1].items.extend(item for item in group.items if item.kind in ("word", "note"))
    if len(merged) > 1 and not _numbers(merged[0].items):
        joined = any(item.text in ("&", "+", "/") or item.has("and") for item in merged[0].items)
        return None if joined else merged[1:]  # "squat and bench 3x5": whose sets are they?
    return merged


def _by_clause(found: list[Item]) -> list[_Group] | None:
    """Numbers before names (`3x8 bench, 5x5 squat`): each clause must have a name of its own."""
    clauses: list[list[Item]] = [[]]
    for item in found:
        if item.text in (",", ";", "+", "&") or (
            item.kind == "word" and item.has("then", "and") and not item.has("filler", "at")
        ):
            clauses.append([])
        else:
            clauses[-1].append(item)
    merged: list[list[Item]] = []
    for clause in clauses:
        if merged and not any(item.kind == "name" for item in clause):
            merged[-1].extend([Item("sign", ",", clause[0].start, clause[0].start)] if clause else [])
            merged[-1].extend(clause)
        elif clause:
            merged.append(clause)
    groups = []
    for clause in merged:
        at = [i for i, item in enumerate(clause) if item.kind == "name"]
        if len(at) != 1 or not _numbers(clause):
            return None
        groups.append(_named(clause, at[0]))
    return groups


def _near_names(found: list[Item], names: Catalogue) -> list[Item]:
    """Where no name is known, unknown words in front of the numbers are looked up by spelling."""
    if any(item.kind == "name" for item in found):
        return _misspelled_beside(found, names)
    for start, end in _word_runs(found):
        leading = not _numbers(found[:start])
        name = " ".join(item.text for item in found[start:end])
        if not leading and not (end - start <= 3 and _numbers(found)):
            continue
        resolved = names.resolve(name)
        ids = resolved.ids if resolved.status != "unknown" else ()
        if not ids and not leading:
            continue
        if resolved.status == "doubt" and not leading:
            continue
        if not ids and not _looks_like_sets(found[end:]):
            continue
        item = Item("name", name, found[start].start, found[end - 1].end, ids=ids)
        return [*found[:start], item, *found[end:]]
    return found


def _misspelled_beside(found: list[Item], names: Catalogue) -> list[Item]:
    """`romainian deadlift`: an unknown word in front of a name may make it another lift."""
    for i, item in enumerate(found):
        before = found[i - 1] if i else None
        if (
            item.kind != "name"
            or before is None
            or before.kind != "word"
            or before.classes
            or len(before.text) < 4
        ):
            continue
        resolved = names.resolve(f"{before.text} {item.text}")
        if resolved.status in ("near", "exact") and resolved.ids != item.ids:
            name = Item("name", f"{before.text} {item.text}", before.start, item.end, ids=resolved.ids)
            return [*found[: i - 1], name, *found[i + 1 :]]
    return found


def _word_runs(found: list[Item]) -> Iterator[tuple[int, int]]:
    """Runs of words that the notation does not know."""
    start: int | None = None
    for i, item in enumerate([*found, Item("sign", ";", 0, 0)]):
        wordy = item.kind == "word" and (
            not item.classes
            or item.has("body_part")
            or (start is not None and item.has("noun") and not item.has("sets"))
        )
        if wordy and start is None:
            start = i
        elif not wordy and start is not None:
            if item.kind == "sign" and item.text in "-/()'" and i + 1 < len(found):
                continue
            end = i
            while found[end - 1].kind == "sign":
                end -= 1
            yield start, end
            start = None


def _looks_like_sets(rest: list[Item]) -> bool:
    made = shape(rest, None)
    return (
        re.search(
            r"[nwpqb]x[nr]|w[xfo@a,:]?[nr]|[nr][xf@a]?w|[nwr][xfo@a,]?s|s[xfo@a,]?[nwr]|nf?r|nx[td]",
            made.text,
        )
        is not None
        and made.unknown <= 3
    )


# --- one group --------------------------------------------------------------------------------------------------------


def _group(
    raw: str,
    group: _Group,
    notes: list[str],
    setting: Setting,
    message: _Message,
    superset: int | None,
    only: bool,
) -> Parsed:
    names = setting.catalogue
    if group.typed is None and message.doubt is not None:
        group = replace_name(group, message.doubt)
    if len(group.ids) > 1 or group.unknown_name:
        message.named, message.doubt = None, group
    elif group.ids:
        message.doubt = None
    if group.ids and not group.unknown_name and len(group.ids) == 1:
        message.named = group.ids[0]
        message.typed = _typed(group)
        exercise = names.get(group.ids[0])
    elif group.typed is None:
        exercise = names.get(message.named) if message.named is not None else setting.carried
    else:
        exercise = None
    reader = _Reader(raw, notes, setting, message, superset, only)
    if len(group.ids) > 1:
        return reader.doubtful(group)
    if group.unknown_name:
        return reader.unknown(group)
    exercise_id = group.ids[0] if group.ids else message.named
    return reader.read(group, exercise, exercise_id, _typed(group) if group.ids else None)


def replace_name(group: _Group, named: _Group) -> _Group:
    """A group without a name that stands under a name which is not clear."""
    return _Group(group.items, named.ids, named.typed, named.unknown_name, group.name_first)


def _typed(group: _Group) -> str | None:
    """The name as written, None where it is the id itself."""
    if group.typed is None or (group.ids and group.typed.lower().replace(" ", "-") == group.ids[0]):
        return None
    return group.typed


@dataclass(slots=True)
class _Reader:
    """Reads one group of one line."""

    raw: str
    notes: list[str]
    setting: Setting
    message: _Message
    superset: int | None
    only: bool = True
    part: str = ""

    def doubtful(self, group: _Group) -> Parsed:
        """A name that could be several lifts: one reading each."""
        readings = []
        for exercise_id in group.ids[:4]:
            part = self.read(group, self.setting.catalogue.get(exercise_id), exercise_id, group.typed)
            if part.problems:
                return part
            if part.sets:
                readings.append(Reading(exercise_id, part.sets))
            elif part.questions:  # in doubt twice over: it is to be written again
                return Parsed(questions=(Question(self.text(group), "exercise", (), group.typed),))
        if not readings:
            return Parsed(remark="set" if _numbers(group.items) else None)
        return Parsed(questions=(Question(self.text(group), "exercise", tuple(readings), group.typed),))

    def unknown(self, group: _Group) -> Parsed:
        """A name that is nothing in the catalogue: the sets are kept with the question."""
        part = self.read(group, None, None, group.typed)
        if part.problems:
            return part
        if not part.sets and not part.questions:
            return Parsed(remark=part.remark)
        readings = (Reading("new", part.sets),) if part.sets else ()
        question = Question(self.text(group), "unknown_exercise", readings, group.typed)
        return Parsed(questions=(question,))

    def text(self, group: _Group) -> str:
        """The part of the line that a group is, name and all; the whole line where it is the only one."""
        if self.only:
            return self.raw.strip()
        start = min((item.start for item in group.items), default=0)
        end = max((item.end for item in group.items), default=len(self.raw))
        part = self.raw[start:end].strip(" ,;+&/")
        return f"{group.typed} {part}" if group.typed and group.typed not in part else part

    def read(
        self, group: _Group, exercise: Exercise | None, exercise_id: str | None, typed: str | None
    ) -> Parsed:
        """The sets of a group, or its question, or talk."""
        self.part = self.text(group)
        made = shape(group.items, exercise)
        found, left = expressions(made, exercise)
        named = group.ids != () or group.unknown_name
        if not found or self._is_talk(group, made, found, left, exercise, named):
            return self._silence(made, named)
        if left:
            return self._leftover(made, found, left, exercise_id, typed)
        return self._finish(made, found, exercise_id, typed)

    def _silence(self, made: Shape, named: bool) -> Parsed:
        corrects = self._effort_alone(made) if not named else None
        if corrects is not None:
            return Parsed(corrects=corrects)
        if any("pain" in mark.fields for _, mark in made.marks) and not named and made.unknown <= 4:
            return Parsed(remark="pain")
        looks = any(char in NUMBERS for char in made.text) and (named or "x" in made.text)
        return Parsed(remark="set" if looks else None)

    def _effort_alone(self, made: Shape) -> SetEntry | None:
        """`rpe 9`, `@9`, `2 left`, `pain 4/10` on their own: said of the last set."""
        fields = {key: value for _, mark in made.marks for key, value in mark.fields.items()}
        if made.text == "@e" and made.items[1].value <= 10 and not fields and not made.notes:
            return SetEntry(rpe=made.items[1].value)
        if made.text or made.unknown:
            return None
        if "pain" in fields and getattr(fields["pain"], "level", None) is not None and len(fields) == 1:
            return SetEntry(pain=fields["pain"])  # type: ignore[arg-type]
        if set(fields) <= {"rpe", "rir", "rir_at_least"} and "rpe" in fields and not made.notes:
            fields.pop("rir", None)
            return SetEntry(**fields)  # type: ignore[arg-type]
        return None

    def _is_talk(
        self,
        group: _Group,
        made: Shape,
        found: list[Expression],
        left: list[int],
        exercise: Exercise | None,
        named: bool,
    ) -> bool:
        """Numbers in talk are not sets: what is weakly put and stands among other words is left alone."""
        text = made.text
        strong = re.search(
            r"[nwpqb]x[nrwst]|[rs][xfoa@,]?[nwrs]|[nw][xfoa@,:]?[rs]|[nwr][a@f]w|[nwrp]@[ne]|w[xfoa@,]?[td]|wf?[nr]|ns|[nw]fn",
            text,
        )
        if "S" in text or "C" in text:
            return made.unknown > 0 or any(item.has("not") for item in group.items)
        above = self.message.named is not None  # a name on an earlier line of the same message
        if set(text) & set("td") and not strong and not named:
            held = exercise is not None and (exercise.timed or exercise.pattern == "carry")
            remarked = bool(made.marks) or any(item.kind != "sign" for _, item in made.notes)
            return not held or made.unknown > 0 or (remarked and not above)
        wordy = any(item.kind != "sign" for _, item in made.notes)
        if "t" in text and exercise is not None and exercise.timed:
            return made.unknown > 8 or (not named and (made.unknown > 0 or (wordy and not above)))
        if "?" in text and "x" not in text and not named:
            return True
        if text == "n" and not named and any(_leads_talk(item) for item in group.items):
            return True
        if self.setting.strict and (made.unknown > 0 or not strong):
            return True
        if re.fullmatch(r"n:n", text) and made.unknown and _is_clock(made):
            return True
        if strong:
            return made.unknown > (8 if named else 6)
        if not named:
            return made.unknown > 0 or wordy or (text in ("w", "p") and exercise is None and text == "w")
        if not group.name_first and made.unknown:
            return True
        return made.unknown > (1 if sum(char in NUMBERS for char in text) < 2 else 3)

    def _leftover(
        self,
        made: Shape,
        found: list[Expression],
        left: list[int],
        exercise_id: str | None,
        typed: str | None,
    ) -> Parsed:
        """Numbers that no pattern took: part of a remark behind a dash, else asked."""
        numbers = [i for i in left if made.text[i] in NUMBERS + "?bx"]
        if all(made.text[i] == "t" for i in numbers):  # "took 5 min": said of the sets
            made.notes += [(i, made.items[i]) for i in numbers]
            numbers = []
        if not numbers:
            return self._finish(made, found, exercise_id, typed)
        comment = made.text.rfind("|", 0, numbers[0])
        if comment >= 0 and made.unknown and all(expression.end <= comment for expression in found):
            for i in numbers:
                made.notes.append((i, made.items[i]))
            return self._finish(made, found, exercise_id, typed)
        return Parsed(questions=(Question(self.part, "number"),))

    def _finish(
        self, made: Shape, found: list[Expression], exercise_id: str | None, typed: str | None
    ) -> Parsed:
        text = self.raw.strip()
        exercise = (
            self.setting.catalogue.get(exercise_id) if exercise_id is not None else self.setting.carried
        )
        readings = self._readings(made, found, exercise_id, typed)
        for reading in readings:
            problem = broken(text, reading.sets, self.setting.unit, self.setting.today)
            if problem is not None and (len(readings) == 1 or reading is readings[0]):
                return Parsed(problems=(problem,))
        asked = next((expression for expression in found if expression.ask is not None), None)
        if (
            exercise is not None
            and exercise.timed
            and any(e.reps is not None for r in readings for e in r.sets)
        ):
            return Parsed(questions=(Question(self.part, "seconds", (), typed),))
        if asked is None and any(not way.sets for expression in found for way in expression.ways):
            return Parsed(
                problems=(Problem(text, "sets_out_of_range", {"number": 0, "least": 1, "most": MOST_SETS}),)
            )
        if asked is None:
            return Parsed(sets=readings[0].sets)
        ask = asked.ask or "reps"
        partial = self._partial(made, exercise_id, typed)
        problem = None if partial is None else self._broken([partial])
        if problem is not None:
            return Parsed(problems=(problem,))
        kept = tuple(reading for reading in readings if self._broken(reading.sets) is None)
        return Parsed(questions=(Question(self.part, ask, kept, typed, partial),))

    def _broken(self, sets: Sequence[SetEntry]) -> Problem | None:
        return broken(self.raw.strip(), sets, self.setting.unit, self.setting.today)

    def _partial(self, made: Shape, exercise_id: str | None, typed: str | None) -> SetEntry | None:
        loads = [item for i, item in enumerate(made.items) if made.text[i] in "nwpq"]
        if len(loads) != 1:
            return None
        item = loads[0]
        sign = -1.0 if item.sign == "-" else 1.0
        unit: Unit | None = "kg" if item.label == "kg" else "lb" if item.label == "lb" else None
        entry = SetEntry(
            exercise=exercise_id, typed=typed, load=sign * item.value, unit=unit, bodyweight=bool(item.sign)
        )
        return replace(entry, day=self.message.day)

    def _readings(
        self, made: Shape, found: list[Expression], exercise_id: str | None, typed: str | None
    ) -> tuple[Reading, ...]:
        asked = next((expression for expression in found if expression.ask is not None), None)
        if asked is not None and not asked.ways:
            return ()
        labels = [way.label for way in asked.ways] if asked is not None else [""]
        return tuple(
            Reading(label, self._sets(made, found, label, k, exercise_id, typed))
            for k, label in enumerate(labels)
        )

    def _sets(
        self,
        made: Shape,
        found: list[Expression],
        label: str,
        k: int,
        exercise_id: str | None,
        typed: str | None,
    ) -> tuple[SetEntry, ...]:
        rows: list[list[SetEntry]] = []
        uniform: list[bool] = []
        for expression in found:
            way = next((way for way in expression.ways if way.label == label), None)
            if way is None:
                way = expression.ways[min(k, len(expression.ways) - 1)] if expression.ways else None
            rows.append(list(way.sets) if way is not None else [])
            uniform.append(way.uniform if way is not None else True)
        for at, mark in made.marks:
            _attach(made, found, rows, uniform, at, mark)
        self._attach_notes(made, found, rows, uniform)
        common = {
            "exercise": _unassisted(exercise_id),
            "typed": typed,
            "day": self.message.day,
            "superset": self.superset,
        }
        return tuple(replace(entry, **common) for row in rows for entry in row)  # type: ignore[arg-type]

    def _attach_notes(
        self, made: Shape, found: list[Expression], rows: list[list[SetEntry]], uniform: list[bool]
    ) -> None:
        pieces: dict[int, list[Item]] = {}
        for at, item in made.notes:
            pieces.setdefault(_owner(found, at), []).append(item)
        for owner in range(len(rows)):
            text = _note_text(self.raw, pieces.get(owner, []))
            extra = self.notes if owner == len(rows) - 1 else []
            whole = " ".join([*([text] if text else []), *extra])
            if whole:
                _change(rows[owner], uniform[owner], len(rows[owner]) - 1, {"note": whole})


_BEFORE_REPS = {"did", "got", "hit", "just", "made", "then", "and", "only", "managed", "x", "for", "last set"}


def _leads_talk(item: Item) -> bool:
    """`in 5`, `at 7`: a bare number behind such words is no set."""
    return item.kind == "word" and item.text.lower() not in _BEFORE_REPS and not item.has("reps", "mood")


def _is_clock(made: Shape) -> bool:
    """`19:00`: an hour and two digits of minutes."""
    hour, _, minutes = made.items
    return hour.value <= 24 and len(minutes.text) == 2 and minutes.value < 60 and minutes.glued


def _unassisted(exercise_id: str | None) -> str | None:
    """`assisted pull up` is a pull-up with a load taken off."""
    return exercise_id.removeprefix("assisted-") if exercise_id is not None else None


def _owner(found: list[Expression], at: int) -> int:
    """The expression that something at a place belongs to: the one before it, else the first."""
    before = [k for k, expression in enumerate(found) if expression.start < at]
    return before[-1] if before else 0


_FIELDS = {
    "rpe", "rir_at_least", "failure", "kind", "partials", "slow_from", "form_from", "pain", "tempo", "side", "rest_s",
}  # fmt: skip


def _attach(
    made: Shape, found: list[Expression], rows: list[list[SetEntry]], uniform: list[bool], at: int, mark: Item
) -> None:
    """Marks hold like effort: for all sets of one scheme, for the last set before them of a list."""
    fields = {key: value for key, value in mark.fields.items() if key in _FIELDS}
    if not fields:
        return
    key = next(iter(fields))
    leads = found[0].start >= at
    if not leads and _leading_style(made, found, key):
        owner = next((k for k, expression in enumerate(found) if expression.start >= at), len(found) - 1)
        _change_all(rows[owner], fields)
        return
    if leads:
        end = made.text.find(";")
        for k, expression in enumerate(found):
            first = k == 0
            holds = fields.get("kind") == Kind.WARMUP and (end < 0 or expression.start < end)
            if first or holds:
                _change_all(rows[k], fields)
        return
    owner = _owner(found, at)
    place = sum(end <= at for end in found[owner].ends)
    _change(rows[owner], uniform[owner], _set_index(made, found[owner], rows[owner], place), fields)


def _leading_style(made: Shape, found: list[Expression], key: str) -> bool:
    """`L 20x8 R 20x7`: the first mark of the kind stands before all sets, so each stands before its own."""
    places = [at for at, mark in made.marks if key in mark.fields]
    return bool(places) and len(places) > 1 and places[0] <= found[0].start


def _set_index(made: Shape, expression: Expression, row: list[SetEntry], numbers_before: int) -> int:
    """The set that a mark after so many numbers of the expression belongs to."""
    extra = len(expression.ends) - len(row)  # a load in front is no set
    return max(0, min(len(row) - 1, numbers_before - 1 - max(extra, 0)))


def _change(row: list[SetEntry], uniform: bool, index: int, fields: dict[str, object]) -> None:
    if uniform:
        _change_all(row, fields)
    elif row:
        row[index] = replace(row[index], **fields)  # type: ignore[arg-type]


def _change_all(row: list[SetEntry], fields: dict[str, object]) -> None:
    row[:] = [replace(entry, **fields) for entry in row]  # type: ignore[arg-type]


def _note_text(raw: str, pieces: list[Item]) -> str:
    """The text of what was not used, in the words typed."""
    spans = sorted((item.start, item.end, item.text) for item in pieces)
    merged: list[tuple[int, int]] = []
    for start, end, _ in spans:
        if merged and not re.search(r"\d|[@#]", raw[merged[-1][1] : start]) and start - merged[-1][1] <= 16:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return " ".join(piece for start, end in merged if (piece := raw[start:end].strip(" ,;-–—.:")))


# --- corrections ------------------------------------------------------------------------------------------------------


def _correction(found: list[Item], setting: Setting, raw: str) -> Parsed | None:
    """`actually 95`, `actually bench was 190`, `i meant x7 @9`: corrects the last set."""
    words = [item for item in found if item.kind != "sign"]
    if not words or words[0].kind != "word" or not words[0].has("actually"):
        return None
    rest = [item for item in found if not (item.kind == "word" and item.has("actually"))]
    names = [item for item in rest if item.kind == "name"]
    others = [item for item in rest if item.kind != "name"]
    made = shape(others, None)
    if made.unknown or len(names) > 1 or any(len(name.ids) != 1 for name in names):
        return None
    entry = _corrected(made)
    if entry is None:
        return None
    entry = replace(entry, exercise=names[0].ids[0] if names else None)
    problem = broken(raw.strip(), [entry], setting.unit, setting.today)
    return Parsed(problems=(problem,)) if problem is not None else Parsed(corrects=entry)


def _corrected(made: Shape) -> SetEntry | None:
    fields: dict[str, object] = {}
    for _, mark in made.marks:
        fields |= {key: value for key, value in mark.fields.items() if key in _FIELDS}
    numbers = made.values(0, len(made.text))
    shape_text = re.sub(r"[,;|]", "", made.text)
    load = numbers[0] if shape_text and shape_text[0] in "nwpq" else None
    if shape_text in ("n", "w", "p", "q"):
        pass
    elif shape_text in ("r", "xn", "xr", "tn", "fn"):
        fields["reps"] = int(numbers[0].value)
    elif shape_text in ("@e", "an"):
        fields["rpe"] = numbers[0].value
    elif re.fullmatch(r"[nwpq][xf][nr](?:@e)?", shape_text):
        fields["reps"] = int(numbers[1].value)
        if shape_text.endswith("@e"):
            fields["rpe"] = numbers[2].value
    elif shape_text:
        return None
    if load is not None:
        sign = -1.0 if load.sign == "-" else 1.0
        unit = load.label if load.label in ("kg", "lb") else None
        fields |= {"load": sign * load.value, "unit": unit, "bodyweight": bool(load.sign)}
    return SetEntry(**fields) if fields else None  # type: ignore[arg-type]
