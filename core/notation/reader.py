"""One group of a line → its sets, a question about its name or its numbers, or talk."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.model import Exercise, SetEntry
from core.notation.bodyload import signed
from core.notation.bounds import broken
from core.notation.grammar import expressions
from core.notation.groups import Group, has_numbers
from core.notation.outcome import Piece, outcome
from core.notation.reading import Parsed, Question, Reading
from core.notation.setting import Message, Setting
from core.notation.shape import NUMBERS, Shape, shape
from core.notation.sides import with_reserve
from core.notation.talk import is_talk

MOST_LIFTS_ASKED = 4
"""A name that could be more lifts than this is asked with the first of them."""

MOST_WORDS_OF_PAIN = 4
"""Unknown words beside a pain without sets; more are a story."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a group shares with the others of its line."""

    raw: str
    setting: Setting
    message: Message
    superset: int | None
    only_group: bool


def read_group(line: Line, group: Group, notes: list[str]) -> Parsed:
    """The sets of a group. Its name becomes the one that later lines stand under."""
    message, setting = line.message, line.setting
    if not group.named and message.doubt is not None:
        group = _under(group, message.doubt)
    if len(group.ids) > 1:
        message.in_doubt(group)
        return _doubtful(line, group, notes)
    if group.unknown_name:
        message.in_doubt(group)
        return _unknown(line, group, notes)
    if group.ids:
        message.named, message.doubt = group.ids[0], None
    exercise = setting.catalogue.get(message.named) if message.named is not None else setting.carried
    return _read(line, group, notes, exercise, message.named, _typed(group))


def _under(group: Group, name: Group) -> Group:
    """A group without a name that stands under a name which is not clear."""
    return replace(group, ids=name.ids, typed=name.typed, unknown_name=name.unknown_name)


def _typed(group: Group) -> str | None:
    """The name as written, None where it is the id itself."""
    if group.typed is None or (group.ids and group.typed.lower().replace(" ", "-") == group.ids[0]):
        return None
    return group.typed


def _doubtful(line: Line, group: Group, notes: list[str]) -> Parsed:
    """A name that could be several lifts: one reading each."""
    readings = []
    for exercise_id in group.ids[:MOST_LIFTS_ASKED]:
        exercise = line.setting.catalogue.get(exercise_id)
        part = _read(line, group, notes, exercise, exercise_id, group.typed)
        if part.problems:
            return part
        if part.sets:
            readings.append(Reading(exercise_id, part.sets))
        elif part.questions:  # in doubt twice over: it is to be written again
            return Parsed(questions=(Question(_text(line, group), "exercise", (), group.typed),))
    if not readings:
        return Parsed(remark="set" if has_numbers(group.items) else None)
    return Parsed(questions=(Question(_text(line, group), "exercise", tuple(readings), group.typed),))


def _unknown(line: Line, group: Group, notes: list[str]) -> Parsed:
    """A name that is nothing in the catalogue: the sets are kept with the question."""
    part = _read(line, group, notes, None, None, group.typed)
    if part.problems:
        return part
    if not part.sets and not part.questions:
        return Parsed(remark=part.remark)
    readings = (Reading("new", part.sets),) if part.sets else ()
    return Parsed(questions=(Question(_text(line, group), "unknown_exercise", readings, group.typed),))


def _text(line: Line, group: Group) -> str:
    """The part of the line that a group is, name and all; the whole line where it is the only one."""
    if line.only_group:
        return line.raw.strip()
    start = min((item.start for item in group.items), default=0)
    end = max((item.end for item in group.items), default=len(line.raw))
    part = line.raw[start:end].strip(" ,;+&/")
    return f"{group.typed} {part}" if group.typed and group.typed not in part else part


def _read(
    line: Line,
    group: Group,
    notes: list[str],
    exercise: Exercise | None,
    exercise_id: str | None,
    typed: str | None,
) -> Parsed:
    """The sets of a group read as one lift, or its question, or talk."""
    carried = typed is None and line.message.named is None
    of_last = carried and exercise is not None and not line.setting.one_side
    items = with_reserve(group.items, exercise, of_last=of_last)
    made = shape(signed(items, group.typed, exercise), exercise)
    made.carried = carried
    found, left = expressions(made, exercise)
    under_name = line.message.named is not None
    if not found or is_talk(group, made, exercise, under_name=under_name, strict=line.setting.strict):
        return _silence(line, made, named=group.named)
    if left and not _leave_as_notes(made, left, last_set=max(expression.end for expression in found)):
        return Parsed(questions=(Question(_text(line, group), "number"),))
    common: dict[str, object] = {"typed": typed, "day": line.message.day, "superset": line.superset}
    piece = Piece(line.raw, _text(line, group), made, found, exercise_id, typed, common, notes)
    return outcome(piece, line.setting)


def _leave_as_notes(made: Shape, left: list[int], last_set: int) -> bool:
    """Whether what no pattern took can be a remark, which it then becomes: times, or numbers behind a dash."""
    loose = [i for i in left if made.text[i] in NUMBERS + "?bx"]
    if not all(made.text[i] == "t" for i in loose):  # "took 5 min" is said of the sets
        dash = made.text.rfind("|", 0, loose[0])
        if dash < last_set or not made.unknown:
            return False
    made.notes += [(i, made.items[i]) for i in loose]
    return True


def _silence(line: Line, made: Shape, *, named: bool) -> Parsed:
    """What is said where no sets are: something of the last set, a pain, or nothing that can be read."""
    if not named:
        corrects = _effort_alone(made)
        if corrects is not None:
            problem = broken(line.raw.strip(), [corrects], line.setting.unit, line.setting.today)
            return Parsed(corrects=corrects) if problem is None else Parsed(problems=(problem,))
        if any("pain" in mark.fields for _, mark in made.marks) and made.unknown <= MOST_WORDS_OF_PAIN:
            return Parsed(remark="pain")
    looks = any(char in NUMBERS for char in made.text) and (named or "x" in made.text)
    return Parsed(remark="set" if looks else None)


def _effort_alone(made: Shape) -> SetEntry | None:
    """`rpe 9`, `@9`, `2 left`, `pain 4/10` on their own: said of the last set."""
    fields = {key: value for _, mark in made.marks for key, value in mark.fields.items()}
    if made.text == "@e" and not fields and not made.notes:
        return SetEntry(rpe=made.items[1].value)
    if made.text or made.unknown:
        return None
    if set(fields) == {"pain"} and getattr(fields["pain"], "level", None) is not None:
        return SetEntry(pain=fields["pain"])  # type: ignore[arg-type]
    if "rpe" in fields and set(fields) <= {"rpe", "rir", "rir_at_least"} and not made.notes:
        fields.pop("rir", None)
        return SetEntry(**fields)  # type: ignore[arg-type]
    return None
