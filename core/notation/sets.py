"""The grammar of load and reps: a table of patterns over shapes, tried in order at each place.

Each pattern has a builder that answers with the readings (one where the text is clear, several where it must be asked,
none where the pattern does not hold after all).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from core.model import Exercise, Kind, Ref, Segment, SetEntry, Unit, to_kg
from core.notation.items import Item
from core.notation.shape import NUMBERS, Shape


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read an expression: `label` names the habit (`load_reps_sets`), `uniform` that its sets are one scheme."""

    label: str
    sets: tuple[SetEntry, ...]
    uniform: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """A set expression at a place of a shape. More than one way, or `ask` alone, is a question."""

    start: int
    end: int
    ways: tuple[Way, ...]
    ask: str | None = None
    ends: tuple[int, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Found:
    """What a builder answers: ways, and the code of the question where they are not one."""

    ways: tuple[Way, ...]
    ask: str | None = None
    used: int | None = None
    efforts: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern's match, with the numbers in it."""

    shape: Shape
    start: int
    end: int
    exercise: Exercise | None

    @property
    def text(self) -> str:
        return self.shape.text[self.start : self.end]

    @property
    def numbers(self) -> list[Item]:
        return self.shape.values(self.start, self.end)

    @property
    def counts(self) -> list[Item]:
        """The numbers that are no effort behind an `@`."""
        text = self.shape.text
        return [
            self.shape.items[i]
            for i in range(self.start, self.end)
            if text[i] in NUMBERS and not (text[i] in "en" and i and text[i - 1] == "@")
        ]

    @property
    def efforts(self) -> list[Item]:
        """The numbers behind an `@` that can be efforts."""
        text = self.shape.text
        return [self.shape.items[i] for i in range(self.start, self.end) if text[i] == "e"]


Builder = Callable[[Match], Found | None]

_L = r"(?:b[+g]?[nwpq]|[nwpq]|b)"
_R = r"[nr]"
_E = r"(?:@[en])*"
_NOT_A_LOAD = r"(?![xfgha>w]|@[nwpqb])"


def unit_of(item: Item) -> Unit | None:
    """The unit typed with a number."""
    return "kg" if item.label == "kg" else "lb" if item.label == "lb" else None


def whole(item: Item) -> int | None:
    """A number as a count, None where it is not a whole one."""
    return int(item.value) if item.value == int(item.value) and not item.sign else None


def is_body(exercise: Exercise | None) -> bool:
    """Whether a load on this exercise is an addition to the body."""
    return exercise is not None and exercise.bodyweight


def is_assisted(exercise: Exercise | None) -> bool:
    """Whether the name said that a machine or band helps: its loads are taken off."""
    return exercise is not None and exercise.id.startswith("assisted-")


def load_set(item: Item | None, exercise: Exercise | None, **fields: object) -> SetEntry:
    """A set at the load of a number; None is the body alone."""
    if item is None:
        return SetEntry(load=0.0, bodyweight=True, **fields)  # type: ignore[arg-type]
    sign = -1.0 if item.sign == "-" or (is_assisted(exercise) and item.value > 0) else 1.0
    body = bool(item.sign) or is_body(exercise)
    return SetEntry(load=sign * item.value, unit=unit_of(item), bodyweight=body, **fields)  # type: ignore[arg-type]


def reps_set(exercise: Exercise | None, **fields: object) -> SetEntry:
    """A set without a load typed: the body's on a bodyweight lift, else carried."""
    if is_body(exercise):
        return SetEntry(load=0.0, bodyweight=True, **fields)  # type: ignore[arg-type]
    return SetEntry(**fields)  # type: ignore[arg-type]


def _way(label: str, sets: Sequence[SetEntry], *, uniform: bool = False) -> Way:
    return Way(label, tuple(sets), uniform)


def _one(entry: SetEntry) -> Found:
    return Found((_way("one", [entry], uniform=True),))


def _many(base: SetEntry, reps: int, sets: int, label: str) -> Way:
    count = min(
        max(sets, 0), 201
    )  # none at all is refused later; the bound on sets refuses the rest; no list of millions is built
    return _way(label, [replace(base, reps=reps)] * count, uniform=True)


MOST_SETS_READ = 6
MOST_SETS_ASKED = 10


def scheme(base: SetEntry, reps: Item, sets: Item, label: str, mirror: str) -> Found | None:
    """So many sets of so many reps where only their order says which is which.

    7 to 10 sets are asked, more give way to the mirror; 10 sets of 10 are a known scheme (`notation.md`).
    """
    r, s = whole(reps), whole(sets)
    if r is None or s is None:
        return None
    as_typed, mirrored = _many(base, r, s, label), _many(base, s, r, mirror)
    if s <= MOST_SETS_READ or (s == 10 and r == 10):
        return Found((as_typed,))
    if s <= MOST_SETS_ASKED:
        return Found((as_typed, mirrored), "order")
    if 2 <= r <= MOST_SETS_READ:
        return Found((mirrored,))
    return Found((mirrored, as_typed), "order")


def cannot_load(exercise: Exercise | None, load: float) -> bool:
    """Whether a bar or stack of this lift cannot weigh so little (`squat 5x5`)."""
    if exercise is None or exercise.bodyweight or exercise.per_hand or exercise.timed:
        return False
    if exercise.equipment == "barbell":
        return load <= 10
    if exercise.fixed_path or exercise.equipment in ("machine", "cable"):
        return load <= 10 and (load < exercise.step_kg or load % exercise.step_kg != 0 or exercise.lower_body)
    return False


def _split_load(match: Match) -> tuple[Item | None, list[Item]]:
    """The load that an expression begins with (None: the body alone) and the numbers after it."""
    numbers = match.numbers
    if match.text[0] != "b":
        return numbers[0], numbers[1:]
    after = match.text[1:3]
    with_load = bool(after) and (
        (after[0] in "nwpq" and (after[0] in "pq" or after[0] == "w")) or after[0] in "+g"
    )
    if with_load and numbers:
        first = numbers[0] if numbers[0].sign else replace(numbers[0], sign="+")
        return first, numbers[1:]
    return None, numbers


# --- drops, rest-pause ------------------------------------------------------------------------------------------------


def _drop(match: Match) -> Found | None:
    """`20x10 > 15x8`, `+20x8 > bw x10`: one set, the later parts its drops."""
    parts = [_drop_part(match, one) for one in re.finditer(rf"({_L})[xf]({_R})", match.text)]
    first, rest = parts[0], parts[1:]
    if first is None or not rest or any(part is None for part in rest):
        return None
    segments = tuple(Segment(part.load, part.reps or 0) for part in rest if part is not None)
    return _one(replace(first, kind=Kind.DROP, segments=segments))


def _drop_part(match: Match, one: re.Match[str]) -> SetEntry | None:
    part = Match(match.shape, match.start + one.start(), match.start + one.end(), match.exercise)
    load, rest = _split_load(part)
    reps = whole(rest[-1]) if rest else None
    return None if reps is None else load_set(load, match.exercise, reps=reps)


def _drop_lists(match: Match) -> Found | None:
    """`20>15>10: 10, 8, 10`."""
    numbers = match.numbers
    half = len(numbers) // 2
    if len(numbers) % 2 or match.text.count(">") != half - 1:
        return None
    loads, reps = numbers[:half], [whole(item) for item in numbers[half:]]
    if any(r is None for r in reps):
        return None
    segments = tuple(Segment(load.value, r or 0) for load, r in zip(loads[1:], reps[1:], strict=True))
    return _one(load_set(loads[0], match.exercise, reps=reps[0], kind=Kind.DROP, segments=segments))


def _rest_pause(match: Match) -> Found | None:
    load, rest = _split_load(match)
    counts = [whole(item) for item in rest]
    if len(counts) < 2 or any(count is None for count in counts):
        return None
    if max(count or 0 for count in counts[1:]) > max(counts[0] or 0, 5):
        return None  # a part after the first is never longer: this is some other shorthand
    segments = tuple(Segment(None, count or 0) for count in counts[1:])
    return _one(load_set(load, match.exercise, reps=counts[0], kind=Kind.REST_PAUSE, segments=segments))


# --- three numbers ----------------------------------------------------------------------------------------------------


def _three(match: Match) -> Found | None:
    """Three numbers joined by x: the largest is the load; load x reps x sets, or sets x reps x load."""
    chars = [char for char in match.text if char in NUMBERS or char == "b"]
    if set(chars) & {"r", "s"}:
        return None
    load, rest = _split_load(match)
    if chars[0] in "bpqw" or (len(rest) == 2 and chars[0] == "b"):
        return scheme(load_set(load, match.exercise), rest[0], rest[1], "load_reps_sets", "load_sets_reps")
    a, b, c = match.numbers
    if b.label in ("kg", "lb"):
        return _load_between(match, a, b, c)
    if c.label in ("kg", "lb"):
        return scheme(load_set(c, match.exercise), b, a, "sets_reps_load", "reps_sets_load")
    first = scheme(load_set(a, match.exercise), b, c, "load_reps_sets", "load_sets_reps")
    last = scheme(load_set(c, match.exercise), b, a, "sets_reps_load", "reps_sets_load")
    biggest = max(a.value, b.value, c.value)
    if a.value == biggest > c.value and (b.value < a.value or c.value <= MOST_SETS_READ):
        if c.value > MOST_SETS_ASKED and b.value == 1:
            return _asked("order", first)
        return first
    if c.value == biggest > a.value:
        return last
    if b.value > max(a.value, c.value):
        typed = first.ways[:1] if first is not None else ()
        return Found((*typed, *_load_between(match, a, b, c).ways), "order")
    ways = [way for found in (first, last) if found is not None for way in found.ways[:1]]
    return Found(tuple(ways), "order")


def _load_between(match: Match, a: Item, b: Item, c: Item) -> Found:
    """`2x30kg x10`: a pair of dumbbells; else reps, load, sets, to be asked."""
    if a.value == 2 and whole(c) is not None and match.exercise is not None and match.exercise.per_hand:
        return _one(load_set(b, match.exercise, reps=whole(c)))
    one = scheme(load_set(b, match.exercise), a, c, "reps_load_sets", "sets_load_reps")
    other = scheme(load_set(b, match.exercise), c, a, "sets_load_reps", "reps_load_sets")
    ways = [way for found in (one, other) if found is not None for way in found.ways[:1]]
    return Found(tuple(ways), "order")


def _asked(code: str, found: Found | None) -> Found:
    return Found(found.ways if found is not None else (), code)


# --- two numbers ------------------------------------------------------------------------------------------------------

FEW_SETS = 5
MANY_REPS = 30


def _two(match: Match) -> Found | None:
    """`n x m` and no other number: load x reps, or sets x reps where the load cannot be so small."""
    if match.text[0] in "pq" and not is_body(match.exercise):
        return _delta(match)
    if match.text[0] in "bpq":
        load, rest = _split_load(match)
        return _load_reps(match, load, rest[0]) if len(rest) == 1 else None
    a, b = match.numbers[:2]
    if b.label == "reps" or a.label in ("kg", "lb"):
        small = a.label is None and cannot_load(match.exercise, a.value)
        return _sets_reps(match, a, b) if small else _load_reps(match, a, b)
    exercise = match.exercise
    by_sets = _sets_reps(match, a, b)
    by_load = _load_reps(match, a, b)
    if is_body(exercise):
        if a.value > 10 and (is_assisted(exercise) or set("bpqw") & set(match.shape.text[: match.start])):
            return by_load  # in a list that began with "bw": the load added
        return by_sets if a.value <= 10 else _both(by_sets, by_load, "sets_or_load")
    if a.value <= 10 and whole(a) is not None:
        if b.value > MANY_REPS:
            return _both(_load_reps(match, b, a), by_load, "reps_or_load")
        if cannot_load(exercise, a.value):
            return by_sets
        if a.value <= FEW_SETS or exercise is None:
            return _both(by_sets, by_load, "sets_or_load")
    if b.value > MANY_REPS and b.value > a.value and a.value <= MANY_REPS:
        return _both(_load_reps(match, b, a), by_load, "reps_or_load")
    return by_load


def _both(one: Found | None, other: Found | None, ask: str) -> Found:
    ways = [way for found in (one, other) if found is not None for way in found.ways]
    return Found(tuple(ways), ask)


def _sets_reps(match: Match, sets: Item, reps: Item) -> Found | None:
    return scheme(reps_set(match.exercise), reps, sets, "sets_reps", "reps_sets")


def _load_reps(match: Match, load: Item | None, reps: Item) -> Found | None:
    count = whole(reps)
    if count is None:
        return None
    return Found((_way("load_reps", [load_set(load, match.exercise, reps=count)], uniform=True),))


def _reps_load(match: Match) -> Found | None:
    """`10x100kg`, `5@100`, `8 reps at 100`, `8 80kg`."""
    reps = match.numbers[0]
    load, _ = _split_load(Match(match.shape, match.start + _load_at(match.text), match.end, match.exercise))
    count = whole(reps)
    return None if count is None else _one(load_set(load, match.exercise, reps=count))


def _load_at(text: str) -> int:
    return next(i for i in range(1, len(text)) if text[i] in "bnwpqe")


def _reps_at(match: Match) -> Found | None:
    """`n @ m` without another number: reps at a load, a load at an effort, or reps at an effort."""
    if match.text[-1] in "wpqb" or "a" in match.text:
        return _reps_load(match)
    first, second = match.numbers
    count = whole(first)
    at_load = _reps_load(match)
    is_effort = second.value <= 10 and second.value * 2 == int(second.value * 2)
    if not is_effort:
        return at_load if first.value <= MANY_REPS else Found((), "reps")
    if first.value > MANY_REPS or count is None:
        return Found((), "reps")
    with_effort = Found(
        (_way("reps_effort", [reps_set(match.exercise, reps=count, rpe=second.value)], uniform=True),)
    )
    named = match.exercise is not None and not is_body(match.exercise)
    if named and not cannot_load(match.exercise, second.value):
        return _both(at_load, with_effort, "load_or_effort")
    return (
        with_effort if second.value >= LEAST_PLAIN_EFFORT else _both(at_load, with_effort, "load_or_effort")
    )


LEAST_PLAIN_EFFORT = 5.0


def _side_by_side(match: Match) -> Found | None:
    """`100 8`, `80kg 8`, `8 80kg`: two numbers with nothing between them."""
    first, second = match.numbers
    if match.text[1] == "w":
        return _reps_load(match)
    if match.text[0] == "w" or match.text[1] == "r":
        return _load_reps(match, first, second)
    if is_body(match.exercise):
        ways = (_list_of(match, None, match.numbers), _load_reps(match, first, second))
        return _both(ways[0], ways[1], "reps_or_load")
    if (first.value > second.value or first.value >= 20) and second.value <= MANY_REPS:
        return _load_reps(match, first, second)
    return _both(_load_reps(match, first, second), _load_reps(match, second, first), "reps_or_load")


# --- schemes with a load beside them ----------------------------------------------------------------------------------


def _scheme_then_load(match: Match) -> Found | None:
    """`3x8 100`, `3x8 @ 100`, `3x8/20kg`, `3x8 at bw+10`."""
    sets, reps = match.numbers[:2]
    text = match.text
    at = next(i for i in range(3, len(text) + 1) if i == len(text) or text[i] in "bnwpqe")
    tie = text[3:at]
    load, _ = _split_load(Match(match.shape, match.start + at, match.end, match.exercise))
    if load is not None and load.sign and not is_body(match.exercise):
        return None
    base = load_set(load, match.exercise)
    if sets.value > 20 or reps.value > 100:
        return None
    if text[at:] in "ne" and load is not None:
        clear = load.value > 10 and load.value > max(sets.value, reps.value)
        if tie == "@" and (not clear or sets.value > 20):
            return None
        if tie != "@" and tie != "a" and not clear:
            return None
        if sets.value > 20 or reps.value > 60:
            return None
    return scheme(base, reps, sets, "sets_reps_load", "reps_sets_load")


def _load_then_scheme(match: Match) -> Found | None:
    """`100 3x8`, `225 5x5`, `80kg 4x10`, `bw 3x8`."""
    load, rest = _split_load(match)
    if len(rest) != 2:
        return None
    sets, reps = rest
    if "f" in match.text and match.text[_load_length(match)] != "f":  # `140 3 на 5`
        one = scheme(load_set(load, match.exercise), reps, sets, "load_sets_reps", "load_reps_sets")
        other = scheme(load_set(load, match.exercise), sets, reps, "load_reps_sets", "load_sets_reps")
        ways = [way for found in (one, other) if found is not None for way in found.ways[:1]]
        return Found(tuple(ways), "order")
    if (
        match.text[0] == "n"
        and load is not None
        and (load.value <= max(sets.value, reps.value) or sets.value > 20)
    ):
        return None
    if sets.value > 20 and reps.value <= 20:
        return None
    return scheme(load_set(load, match.exercise), reps, sets, "load_sets_reps", "load_reps_sets")


def _pair_of_numbers_after(match: Match) -> Found | None:
    """`100x8 9`: another set, an effort, or sets? Asked."""
    load, rest = _split_load(match)
    if len(rest) != 2 or whole(rest[0]) is None or whole(rest[1]) is None:
        return None
    if match.text[-1] == "r":
        return None
    first = load_set(load, match.exercise, reps=whole(rest[0]))
    ways = [_way("list", [first, replace(first, reps=whole(rest[1]))])]
    if 5 <= rest[1].value <= 10:
        ways.append(_way("effort", [replace(first, rpe=rest[1].value)], uniform=True))
    if rest[1].value <= 10:
        ways.append(_many(first, whole(rest[0]) or 0, whole(rest[1]) or 0, "sets"))
    return Found(tuple(ways), "effort_or_reps")


# --- lists ------------------------------------------------------------------------------------------------------------


def _list_of(match: Match, load: Item | None, reps: Sequence[Item], *, carried: bool = False) -> Found | None:
    counts = [whole(item) for item in reps]
    if any(count is None or count > 200 for count in counts):
        return None
    base = reps_set(match.exercise) if carried or load is None else load_set(load, match.exercise)
    if load is None and not carried:
        base = replace(base, load=0.0, bodyweight=True)
    return Found((_way("list", [replace(base, reps=count) for count in counts], uniform=len(counts) == 1),))


def _list_with_efforts(match: Match, load: Item | None, after: int, *, carried: bool = False) -> Found | None:
    """Reps that may each have efforts glued on: `x8@8, 8@9`; several efforts on one are as many sets."""
    base = reps_set(match.exercise) if carried else load_set(load, match.exercise)
    sets: list[SetEntry] = []
    shape, i = match.shape, match.start + after
    while i < match.end:
        char = shape.text[i]
        if char in "nr":
            count = whole(shape.items[i])
            if count is None:
                return None
            entry = replace(base, reps=count)
            efforts: list[float] = []
            while i + 1 < match.end and shape.text[i + 1] == "@":
                efforts.append(shape.items[i + 2].value)
                i += 2
            sets += [replace(entry, rpe=effort) for effort in efforts] or [entry]
        i += 1
    low = any(entry.rpe is not None and entry.rpe < LEAST_PLAIN_EFFORT for entry in sets)
    return Found((_way("list", sets, uniform=len(sets) == 1),), "low_effort" if low else None)


def _load_length(match: Match) -> int:
    """How many characters of the match are its load."""
    return len(re.match(_L, match.text).group())  # type: ignore[union-attr]


def _reps_list(match: Match) -> Found | None:
    """`100x8,8,7`, `100: 8, 8, 7`, `100 for 8, 8, 6`, `65x20, 15 15`."""
    load, rest = _split_load(match)
    reps = [item for item in rest if item.label in (None, "reps")]
    behind = {id(item) for item in match.numbers} - {id(item) for item in match.counts}
    counts = [whole(item) for item in reps if id(item) not in behind]
    if any(count is None for count in counts):
        return None
    most = MANY_REPS if load is None else max(MANY_REPS, load.value)
    if match.text[0] == "n" and any(count is not None and count > most for count in counts):
        return None
    if is_body(match.exercise) and match.text[0] == "n" and len(match.text) > 1 and match.text[1] == ":":
        return None
    if _is_range(match, counts):
        return Found((), "range")
    if "/" in match.text and re.search(r"[nr][nr]", match.text[_load_length(match) :]):
        return Found((), "number")  # `140x5 1/3`
    if re.fullmatch(rf"{_L}[xf]n{_E}, ?n", match.text) and (counts[1] or 0) > (counts[0] or 0):
        return _pair_of_numbers_after(match)
    return _list_with_efforts(match, load, _load_length(match))


def _is_range(match: Match, counts: Sequence[int | None]) -> bool:
    """`x 8-10`: a range to aim at, not sets that were done."""
    dashes = match.text.count("h")
    known = [count for count in counts if count is not None]
    return dashes == 1 and len(known) == 2 and known[0] < known[1]


def _spaced_list(match: Match) -> Found | None:
    """`100 8 8 7` (three or more after the load), `135 5/5/4`, `80 8, 8`."""
    load, rest = _split_load(match)
    counts = [whole(item) for item in rest]
    limit = MANY_REPS if load is None else max(load.value, 0.0)
    if any(count is None or count > max(MANY_REPS, 0) or count > limit for count in counts):
        return Found((), "order")
    if match.text[0] == "n" and is_body(match.exercise) and "," not in match.text:
        return (
            _list_of(match, None, match.numbers) if max(item.value for item in match.numbers) <= 40 else None
        )
    separated = any(char in ",/h" for char in match.text)
    if len(rest) == 2 and not separated:
        return _three_side_by_side(match)
    if len(rest) == 2 and "/" in match.text and (counts[1] or 0) <= LEAST_PLAIN_EFFORT < (counts[0] or 0):
        return Found((), "effort_or_reps")  # `6/1`: two sets, or a rep in reserve
    if _is_range(match, counts):
        return Found((), "range")
    return _list_of(match, load, rest) if load is not None else _list_of(match, None, rest)


def _three_side_by_side(match: Match) -> Found | None:
    """`100 8 9`: a list, an effort, or sets and reps. Asked."""
    load, rest = _split_load(match)
    if match.text[0] in "wb" or load is None or match.text[0] == "n":
        a, b = rest
        listed = load_set(load, match.exercise, reps=whole(a))
        ways = [_way("list", [listed, replace(listed, reps=whole(b))])]
        if 5 <= b.value <= 10:
            ways.append(_way("effort", [replace(listed, rpe=b.value)], uniform=True))
        if b.value <= 10:
            ways.append(_many(listed, whole(a) or 0, whole(b) or 0, "load_reps_sets"))
        if a.value <= 10:
            ways.append(_many(listed, whole(b) or 0, whole(a) or 0, "load_sets_reps"))
        return Found(tuple(ways), "effort_or_reps")
    return None


def _list_at_load(match: Match) -> Found | None:
    """`13-11-11 @ 120#`, `5,5,4@BW`."""
    at = max(match.text.rfind("@"), match.text.rfind("a"))
    load, _ = _split_load(Match(match.shape, match.start + at + 1, match.end, match.exercise))
    reps = match.shape.values(match.start, match.start + at)
    if match.text[at + 1 :] == "n" and load is not None and load.value <= 10:
        return None
    if match.text[at + 1] == "b" and load is None:
        return _list_of(match, None, reps)
    return _list_of(match, load, reps)


def _loads_list(match: Match) -> Found | None:
    """`10 @ 65, 75, 85#`, `315/335/355 x3`: several loads with the same reps."""
    numbers = match.numbers
    first = match.text.find("@") >= 0 or match.text.find("a") >= 0
    reps, loads = (numbers[0], numbers[1:]) if first else (numbers[-1], numbers[:-1])
    count = whole(reps)
    if {item.label for item in loads} == {"kg", "lb"} and len(loads) == 2:
        return _in_two_units(match, loads, reps)
    unit = next((item.label for item in reversed(loads) if item.label is not None), None)
    if count is None or any(load.value <= max(count, 10) for load in loads):
        return None
    sets = [load_set(replace(load, label=load.label or unit), match.exercise, reps=count) for load in loads]
    return Found((_way("list", sets),))


def _in_two_units(match: Match, loads: Sequence[Item], reps: Item) -> Found | None:
    """`100kg/220lb x 5`: one load, said twice."""
    first, second = (to_kg(item.value, unit_of(item) or "kg") for item in loads)
    if abs(first - second) > 0.02 * max(first, second, 1.0):
        return Found((), "number")
    return _load_reps(match, loads[0], reps)


def _bare_reps(match: Match) -> Found | None:
    """`8`, `10, 8, 7`, `8 @9`: reps at the carried load; on a bodyweight lift at the body's."""
    numbers = match.counts
    if match.text == "n,n" and whole(numbers[0]) is None:
        return _load_reps(match, numbers[0], numbers[1])  # `50.5,12`
    counts = [whole(item) for item in numbers]
    if any(count is None for count in counts):
        return None
    most = 10_000 if is_body(match.exercise) else MANY_REPS  # the bound on reps refuses, it does not ask
    labelled = all(item.label == "reps" for item in numbers)
    if not labelled and (match.shape.text[: match.start].strip(",;|+:") or _more_follows(match)):
        return None  # a bare number behind other sets has no place of its own
    if match.exercise is None and len(counts) == 1 and not labelled and (counts[0] or 0) > MANY_REPS:
        return None
    if not labelled and any(count is not None and count > most for count in counts):
        return Found((), "reps") if len(counts) == 1 or match.exercise is not None else Found((), "decimal")
    if not labelled and len(counts) == 1 and _could_be_load(match.exercise, numbers[0].value):
        return Found((), "reps")
    if len(counts) == 2 and re.fullmatch(r"n[,h]n", match.text) and not is_body(match.exercise):
        return Found((), "decimal")
    if len(counts) == 2 and match.text in ("n/n", "nn"):
        return Found((), "decimal")
    if _is_range(match, counts):
        return Found((), "range")
    return _list_with_efforts(match, None, 0, carried=True)


def _more_follows(match: Match) -> bool:
    """Whether sets with a load stand behind a bare number (`week 3 ohp: 100x5`): it has no place of its own."""
    return re.search(r"[nwpq][xf:]", match.shape.text[match.end :]) is not None


def _could_be_load(exercise: Exercise | None, value: float) -> bool:
    """Whether a number alone could as well be what is on the bar."""
    return exercise is not None and not exercise.bodyweight and not exercise.timed and value >= 20


# --- leaning on the last set ------------------------------------------------------------------------------------------


def _x_reps(match: Match) -> Found | None:
    """`x7`, `x10, x10, x10`: the last set with those reps."""
    numbers = match.counts
    counts = [whole(item) for item in numbers]
    if any(count is None for count in counts):
        return None
    found = _list_with_efforts(match, None, 0, carried=True)
    if found is None or is_body(match.exercise):
        return found
    way = found.ways[0]
    sets = [replace(entry, ref=Ref(reps=entry.reps)) for entry in way.sets]
    return replace(found, ways=(replace(way, sets=tuple(sets)),))


def _chained(match: Match) -> Found | None:
    """`x100x8`: something is missing in front. `x10 x10` is two sets."""
    return Found((), "number") if match.shape.items[match.start + 2].glued else None


def _reps_then_load(match: Match) -> Found | None:
    """`x8 100`, `x5 @100`: reps, then the load."""
    reps, load = match.numbers
    if load.label is None and not (load.value > 10 and load.value > reps.value):
        return None
    return _load_reps(match, load, reps)


def _same(match: Match) -> Found | None:
    """`same`, `same weight x7`, `same +2.5 @9`: the last set, but for what is named."""
    numbers = match.counts
    efforts = [item.value for item in match.efforts]
    delta = next((item for item in numbers if item.sign), None)
    reps = next((item for item in numbers if not item.sign and item.label in (None, "reps")), None)
    if len(numbers) != (delta is not None) + (reps is not None):
        return None
    return _leaning(match, delta, reps, efforts)


def _leaning(match: Match, delta: Item | None, reps: Item | None, efforts: Sequence[float]) -> Found | None:
    count = None if reps is None else whole(reps)
    if reps is not None and count is None:
        return None
    change = None if delta is None else (-delta.value if delta.sign == "-" else delta.value)
    entry = SetEntry(
        reps=count,
        unit=None if delta is None else unit_of(delta),
        rpe=efforts[0] if efforts else None,
        ref=Ref(load_delta=change, reps=count),
    )
    return _one(entry)


def _delta(match: Match) -> Found | None:
    """`+2.5`, `-5`, `+2.5 x5`: the last set with that change of load. On a bodyweight lift: the added load."""
    if match.start and match.shape.text[match.start - 1] not in ",;+|":
        return None  # "100x5 +2.5 from last week" is said of the set
    numbers = match.counts
    efforts = [item.value for item in match.efforts]
    if is_body(match.exercise):
        if len(numbers) == 1:
            return Found((), "reps")
        return _load_reps(match, numbers[0], numbers[1])
    return _leaning(match, numbers[0], numbers[1] if len(numbers) > 1 else None, efforts)


# --- time and distance ------------------------------------------------------------------------------------------------

SHORTEST_PLAIN_SECONDS = 10


def _timed(match: Match) -> Found | None:
    """`60s`, `3x30s`, `60s x3`, `+20 60s`, `45, 40, 30` on a timed lift."""
    text, numbers = match.text, match.numbers
    if not _holds(match):
        return None
    times = [item for char, item in zip(_number_chars(text), numbers, strict=True) if char == "t"]
    others = [item for char, item in zip(_number_chars(text), numbers, strict=True) if char != "t"]
    loads = [item for item in others if item.sign or item.label in ("kg", "lb") or item.value > 20]
    counts = [item for item in others if item not in loads]
    if not times or len(loads) > 1 or len(counts) > 1 or (len(times) > 1 and counts):
        return None
    exercise = match.exercise
    base = load_set(loads[0], exercise) if loads else reps_set(exercise)
    if counts and counts[0].label == "reps":
        return None
    sets = 1 if not counts else whole(counts[0])
    if sets is None:
        return None
    entries = [replace(base, seconds=round(item.value)) for item in times]
    return Found((_way("timed", entries * min(sets, 201), uniform=len(entries) == 1),))


def _holds(match: Match) -> bool:
    """Whether a time can be of a set here: on a lift that is timed or carried, or where nothing else is on the line."""
    if match.exercise is not None:
        return match.exercise.timed or match.exercise.pattern == "carry"
    return "x" not in match.shape.text[: match.start] and "r" not in match.shape.text


def _number_chars(text: str) -> list[str]:
    return [char for char in text if char in NUMBERS]


def _distance(match: Match) -> Found | None:
    """`60kg x 20 m`, `3x20m`: a carry over a distance."""
    text, numbers = match.text, match.numbers
    metres = [item for char, item in zip(_number_chars(text), numbers, strict=True) if char == "d"]
    others = [item for char, item in zip(_number_chars(text), numbers, strict=True) if char != "d"]
    if len(metres) != 1 or len(others) > 2:
        return None
    loads = [item for item in others if item.label in ("kg", "lb") or item.value > 10]
    counts = [item for item in others if item not in loads]
    if len(loads) > 1 or len(counts) > 1:
        return None
    base = load_set(loads[0], match.exercise) if loads else reps_set(match.exercise)
    sets = 1 if not counts else whole(counts[0])
    if sets is None:
        return None
    return Found(
        (_way("distance", [replace(base, distance_m=metres[0].value)] * min(sets, 201), uniform=True),)
    )


# --- numbers that say what they are -----------------------------------------------------------------------------------


def _labelled(match: Match) -> Found | None:
    """Numbers of which at least one says "sets" or "reps"; the others follow from it and from their order."""
    text = match.text
    places = [
        i for i, char in enumerate(text) if char in "nwpqrsb" and not (char == "b" and _b_has_load(text, i))
    ]
    for count in (3, 2, 1):
        if len(places) < count:
            continue
        end = places[count - 1] + 1
        chosen = [
            (text[i], _tie_before(text, places, k), match.shape.items[match.start + i])
            for k, i in enumerate(places[:count])
        ]
        parts = _assign(chosen, match.exercise)
        if parts is None or _continues(text, end):
            continue
        found = _assembled(match, parts)
        if found is not None:
            return replace(found, used=end)
    return None


def _b_has_load(text: str, i: int) -> bool:
    return re.match(r"b[+g]?[pqnw]", text[i:]) is not None and text[i + 1 : i + 2] in (
        "p",
        "q",
        "+",
        "g",
        "w",
    )


def _tie_before(text: str, places: list[int], k: int) -> str:
    return text[places[k - 1] + 1 : places[k]] if k else ""


def _continues(text: str, end: int) -> bool:
    """Whether what follows is tied on and so belongs to the same reading: then this one is too short."""
    return end < len(text) and text[end] in "xg" and end + 1 < len(text)


def _assign(chosen: list[tuple[str, str, Item]], exercise: Exercise | None) -> dict[str, Item | None] | None:
    """Who is load, reps and sets."""
    parts: dict[str, Item | None] = {}
    open_places: list[int] = []
    if any(char == "s" and "/" in tie for char, tie, _ in chosen):
        return None  # `2/3 sets`
    for k, (char, _, item) in enumerate(chosen):
        key = {"r": "reps", "s": "sets"}.get(char, "load" if char in "wpqb" else None)
        if key is None:
            open_places.append(k)
        elif key in parts:
            return None
        else:
            parts[key] = None if char == "b" else item
    if not {"sets", "reps"} & set(parts):
        return None
    return _fill(chosen, parts, open_places)


def _fill(
    chosen: list[tuple[str, str, Item]], parts: dict[str, Item | None], open_places: list[int]
) -> dict[str, Item | None] | None:
    ties = [tie for _, tie, _ in chosen]
    numbers = [item for _, _, item in chosen]
    if not open_places:
        return parts
    if len(open_places) == 1:
        k = open_places[0]
        missing = [key for key in ("load", "reps", "sets") if key not in parts]
        key = _one_missing(parts, missing, ties, k, numbers[k])
        return None if key is None else parts | {key: numbers[k]}
    first, second = open_places
    if len(open_places) > 2:
        return None
    if "sets" in parts:
        by_order = _load_reps_order(chosen, first, second)
        return parts | by_order if by_order is not None else None
    if "reps" in parts and ties[second] and ties[second][0] in "xf" and chosen[first + 1][0] == "r":
        return parts | {"load": numbers[first], "sets": numbers[second]}
    if "reps" in parts and chosen[1][0] == "r" and ties[1] in ("x", "f"):
        return parts | {"sets": numbers[first], "load": numbers[second]}
    return None


def _one_missing(
    parts: dict[str, Item | None], missing: list[str], ties: list[str], k: int, number: Item
) -> str | None:
    if len(missing) == 1:
        if missing[0] == "sets" and "x" not in ties[k] + (ties[k + 1] if k + 1 < len(ties) else ""):
            return None  # the next number begins another set
        return missing[0]
    if "sets" in parts:
        return "reps" if number.value <= MANY_REPS else None
    if k > 0 and ties[k] in ("x", "f"):
        return "sets"
    return "load"


def _load_reps_order(
    chosen: list[tuple[str, str, Item]], first: int, second: int
) -> dict[str, Item | None] | None:
    one, two = chosen[first][2], chosen[second][2]
    tie = chosen[second][1]
    if tie in ("x", "f"):
        if one.value < two.value and one.value <= MANY_REPS < two.value:
            return None
        return {"load": one, "reps": two}
    if tie in ("@", "a"):
        return {"reps": one, "load": two}
    if second - first == 2:  # the sets stand between: 100, 3 sets of 8
        return {"load": one, "reps": two}
    return {"reps": one, "load": two} if two.value > one.value else {"load": one, "reps": two}


def _assembled(match: Match, parts: dict[str, Item | None]) -> Found | None:
    reps_item, sets_item = parts.get("reps"), parts.get("sets")
    if reps_item is None:
        return Found((), "reps") if "load" in parts else None
    reps = whole(reps_item)
    sets = 1 if sets_item is None else whole(sets_item)
    if reps is None or sets is None:
        return None
    base = load_set(parts["load"], match.exercise) if "load" in parts else reps_set(match.exercise)
    return Found((_many(base, reps, sets, "labelled"),))


def _sets_of_list(match: Match) -> Found | None:
    """`80kg 3 sets 10, 9, 8`: as many reps as sets."""
    load, rest = _split_load(match)
    sets = rest[0] if match.text[0] != "s" else match.numbers[0]
    reps = (
        [item for item in match.numbers if item not in (load, sets)]
        if match.text[0] != "s"
        else match.numbers[1:]
    )
    if whole(sets) != len(reps):
        return None
    if match.text[0] == "s":
        return _list_of(match, None, reps, carried=True)
    return _list_of(match, load, reps)


def _sets_by_words(match: Match) -> Found | None:
    """`4 по 10`, `80 3 по 8`: so many of so many each."""
    numbers = match.numbers
    sets, reps = numbers[-2], numbers[-1]
    if sets.value > 20 and len(numbers) == 2:
        return _load_reps(match, sets, reps)
    if len(numbers) == 2:
        return scheme(reps_set(match.exercise), reps, sets, "sets_reps", "reps_sets")
    base = load_set(numbers[0], match.exercise)
    if sets.value <= FEW_SETS and reps.value > sets.value:
        return scheme(base, reps, sets, "load_sets_reps", "load_reps_sets")
    r, s = whole(reps), whole(sets)
    if r is None or s is None:
        return None
    return Found((_many(base, r, s, "load_sets_reps"), _many(base, s, r, "load_reps_sets")), "order")


def _missing_reps(match: Match) -> Found | None:
    """A load and nothing else: the reps are asked."""
    return Found((), "reps")


_TABLE: tuple[tuple[str, Builder], ...] = (
    (rf"D:?{_L}[xf]{_R}(?:[,;>+|]*D?{_L}[xf]{_R})+", _drop),
    (rf"{_L}[xf]{_R}(?:[,;]?(?:>D?|D):?{_L}[xf]{_R})+", _drop),
    (r"[nw](?:>[nw])+[:,x]?n(?:[,/]n)+", _drop_lists),
    (rf"{_L}[xf]{_R}(?:gn(?![xf]))+(?![xf])", _rest_pause),
    (rf"{_L}[xf]{_R}[,(]?z:?{_R}(?:[,/g+]?{_R}(?![xf]))*\)?", _rest_pause),
    (rf"z:?{_L}[xf]{_R}(?:[,/g+]?{_R}(?![xf]))+", _rest_pause),
    (rf"(?:{_L}[,:]?)?s[o:,]?{_R}(?:[,/h]{_R}(?![xf]))+(?![xf@a])", _sets_of_list),
    (r"[nw]?nonn?", _sets_by_words),
    (rf"(?:{_L}|[nrs])(?:[xfoa@,:/+|]{{0,2}}(?:b[+g]?[nwpq]?|[nwpqrs]))*", _labelled),
    (rf"[nw]fnx{_R}(?![xf])", _load_then_scheme),
    (r"(?:b[+g]?[nwpq]?|[nwpq])[xf][nw][xf][nw](?![xf])", _three),
    (rf"n[xf]{_R}(?:[@a,/:]|a@)?(?:w|p|q|b[+g]?[pqnw]?)(?![xf])", _scheme_then_load),
    (rf"n[xf]{_R}[@a,]?[ne](?![xfgh,/]|[nr])", _scheme_then_load),
    (rf"{_L}[,:@a/]?n[xf]{_R}(?![xf])", _load_then_scheme),
    (rf"[nwpqb][nwpq]?[xf]{_R}{_E}(?:[,/h]?{_R}{_E}{_NOT_A_LOAD})*[,/h]{_R}{_E}{_NOT_A_LOAD}(?:[,/h]?{_R}{_E}{_NOT_A_LOAD})*", _reps_list),
    (rf"{_L}[xf]\({_R}(?:,{_R})+\)", _reps_list),
    (rf"{_L}[xf]{_R}{_R}{_NOT_A_LOAD}(?:[,/]?{_R}{_NOT_A_LOAD})+", _reps_list),
    (rf"{_L}[xf]n[nr]{_NOT_A_LOAD}", _pair_of_numbers_after),
    (rf"[nw](?:/[nw])+[xf]{_R}", _loads_list),
    (rf"{_L}:{_R}{_E}(?:[,/h]?{_R}{_E}{_NOT_A_LOAD})*", _reps_list),
    (r"n[xf](?:w|p|q)", _reps_load),
    (rf"{_L}[xf]{_R}(?:@[en])+", lambda m: _list_with_efforts(m, _split_load(m)[0], _load_length(m)) if not _scheme_like(m) else None),
    (r"n[xf]n(?:@[en])", lambda m: _scheme_with_effort(m)),
    (rf"(?:b[+g]?[nwpq]?|[nwpq])[xf]{_R}", _two),
    (rf"{_R}(?:[,/h]{_R})+[@a]{_L}(?![xf])", _list_at_load),
    (rf"{_R}[@a]{_L}(?:[,/+]+{_L}(?![@axf]))+", _loads_list),
    (rf"{_R}[@a](?:w|p|q|b[+g]?[nwpq]?|n|e)(?![xf])", _reps_at),
    (rf"{_L}[xf@a,]?t(?![,/+]?[tn])", _timed),
    (r"(?:[ns][xfo:@a,]{0,2})?t(?:[,/+]?t)*(?:[xf@a,]?(?:[nswpq]|b[+g][pqnw]))?", _timed),
    (r"(?:[nwpqsxf,@a])*d(?:[xf]n)?", _distance),
    (r"S[,+]?C?(?:[,x+]{0,2}[nr](?![xf]))?(?:[,+@a]?[pq])?(?:@e)?", _same),
    (r"C[,+]?[xf]?[nr](?:@e)?", _same),
    (r"[nr][@a]?C", _same),
    (r"[xf][nr][xf][nr]", _chained),
    (rf"[xf]{_R}[@a]?[nw](?![xfgh,/])", _reps_then_load),
    (r"[xf][nr](?:@e)*(?:[,/+][xf]?[nr](?:@e)*(?![xf]))*", _x_reps),
    (rf"(?:w|b[+g]?[pqnw]|[pq]|b)[,:]?{_R}(?:[,/h]?{_R}{_NOT_A_LOAD})+", _spaced_list),
    (rf"n{_R}(?:[,/h]?{_R}{_NOT_A_LOAD})+", _spaced_list),
    (rf"{_R}w(?![xf])", _side_by_side),
    (rf"w[,:]?{_R}{_NOT_A_LOAD}", lambda m: _load_reps(m, m.numbers[0], m.numbers[1])),
    (rf"(?:b[+g]?[pq]|[pq]|b)[,:]?[nr]{_NOT_A_LOAD}", _two),
    (r"[pq][xf]?n?(?:@e)?", _delta),
    (rf"n{_R}{_NOT_A_LOAD}", _side_by_side),
    (rf"{_R}{_E}(?:[,/h]{_R}{_E}{_NOT_A_LOAD})*", _bare_reps),
    (r"w|b[+g]?[nwpq]", _missing_reps),
)  # fmt: skip
RULES = tuple((re.compile(pattern), builder) for pattern, builder in _TABLE)


def _scheme_like(match: Match) -> bool:
    """`5x5 @8`: small numbers before an effort may be sets and reps."""
    if match.text[0] != "n" or match.text[2] != "n":
        return False
    return match.numbers[0].value <= 10 or is_body(match.exercise)


def _scheme_with_effort(match: Match) -> Found | None:
    found = _two(Match(match.shape, match.start, match.start + 3, match.exercise))
    effort = match.numbers[2].value
    if found is None:
        return None
    ways = tuple(
        replace(way, sets=tuple(replace(entry, rpe=effort) for entry in way.sets)) for way in found.ways
    )
    ask = found.ask
    if effort < LEAST_PLAIN_EFFORT:
        ask = ask or "low_effort"
    return replace(found, ways=ways, ask=ask)


_BREAKS = ",;|+>/g:()x@afoh"


def expressions(shape: Shape, exercise: Exercise | None) -> tuple[list[Expression], list[int]]:
    """All set expressions of a shape, left to right, and the places of what no pattern took."""
    found: list[Expression] = []
    left: list[int] = []
    at = 0
    text = shape.text
    if exercise is not None and exercise.timed:
        text = _as_seconds(shape)
    while at < len(text):
        expression = _at(shape, at, exercise)
        if expression is not None:
            found.append(expression)
            at = _after_effort(shape, expression)
            continue
        if not (text[at] in ",;|+" or (text[at] in ">" and not found)):
            left.append(at)
        at += 1
    return found, left


def _after_effort(shape: Shape, expression: Expression) -> int:
    """Where reading goes on: an `@8` right behind an expression is an effort like `rpe8`."""
    at = expression.end
    if shape.text[at : at + 2] == "@e":
        item = shape.items[at + 1]
        shape.marks.append((at, replace(item, kind="mark", fields={"rpe": item.value})))
        return at + 2
    return at


def _as_seconds(shape: Shape) -> str:
    """On a timed lift plain numbers are seconds, save a first small one: `plank 3x60`, `plank 60, 45`, `1:30`."""
    text = re.sub(r"n:n", "tk", shape.text)
    while (i := text.find("tk")) >= 0:
        minutes, seconds = shape.items[i], shape.items[i + 2]
        shape.items[i] = replace(
            minutes, value=minutes.value * 60 + seconds.value, label="seconds", end=seconds.end
        )
        shape.text = shape.text[:i] + "t" + shape.text[i + 3 :]
        del shape.items[i + 1 : i + 3]
        shape.marks = [(at - 2 if at > i else at, mark) for at, mark in shape.marks]
        shape.notes = [(at - 2 if at > i else at, note) for at, note in shape.notes]
        text = re.sub(r"n:n", "tk", shape.text)
    chars = list(shape.text)
    if "t" in chars or "d" in chars:
        return shape.text  # the line says itself which number is a time
    for i, char in enumerate(chars):
        if char == "n" and shape.items[i].value >= SHORTEST_PLAIN_SECONDS and not (i and chars[i - 1] == "@"):
            chars[i] = "t"
    shape.text = "".join(chars)
    return shape.text


_CHANGES = {_delta, _timed, _distance}
"""What a plus or minus can begin on a lift that is not done with the body: a change of load, or a load to hold."""

_SPANNING = {_labelled, _timed, _distance}
"""What says itself what it is, words may stand between; everything else ends where words part the numbers."""


def _at(shape: Shape, at: int, exercise: Exercise | None) -> Expression | None:
    here = min((place for place in shape.breaks if place > at), default=len(shape.text))
    changes = shape.text[at] in "pq" and not is_body(exercise)
    for pattern, builder in RULES:
        if changes and builder not in _CHANGES:
            continue
        match = pattern.match(shape.text, at, len(shape.text) if builder in _SPANNING else here)
        if match is None or match.end() == at:
            continue
        found = builder(Match(shape, at, match.end(), exercise))
        if found is None:
            continue
        end = match.end() if found.used is None else at + found.used
        return Expression(at, end, found.ways, found.ask, _ends(shape, at, end))
    return None


def _ends(shape: Shape, start: int, end: int) -> tuple[int, ...]:
    text = shape.text
    return tuple(
        i + 1
        for i in range(start, end)
        if text[i] in NUMBERS and not (text[i] in "en" and i and text[i - 1] == "@")
    )
