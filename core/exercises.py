"""The exercise catalogue: which lifts there are, and which one a typed name means.

A name is looked up as an id or alias first, whatever its word order and with the equipment a lift has anyway left
out, and by spelling distance only after that. A wrong lift is worse than a question, so spelling is forgiven in the
words nobody knows and never in the words that tell lifts apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, Literal

from core.model import Exercise, Role
from core.names import DATA, EQUIPMENT, JOINING, VAGUE, fold, key, keys, plain, rows, singular
from core.spelling import alike, nearest, spellings

__all__ = [
    "MUSCLES",
    "PATTERNS",
    "STEPS",
    "Catalogue",
    "Resolution",
    "catalogue",
    "fold",
    "singular",
    "unassisted",
]

MUSCLES: Final = (
    "chest",
    "front-delts",
    "side-delts",
    "rear-delts",
    "triceps",
    "biceps",
    "forearms",
    "lats",
    "upper-back",
    "traps",
    "lower-back",
    "abs",
    "glutes",
    "quads",
    "hamstrings",
    "adductors",
    "abductors",
    "calves",
    "neck",
)
"""The muscles that the volume ledger counts. `upper-back` is what lies between the shoulder blades."""

PATTERNS: Final = (
    "squat",
    "hinge",
    "lunge",
    "press",
    "row",
    "pull",
    "curl",
    "extension",
    "raise",
    "calf",
    "carry",
    "core",
    "olympic",
    "other",
)
"""Kinds of movement."""

STEPS: Final = {
    "barbell": (2.5, 5.0),
    "ez-bar": (2.5, 5.0),
    "trap-bar": (2.5, 5.0),
    "landmine": (1.25, 2.5),
    "smith": (2.5, 5.0),
    "dumbbell": (2.0, 5.0),
    "kettlebell": (4.0, 10.0),
    "machine": (5.0, 10.0),
    "plate-machine": (2.5, 5.0),
    "cable": (5.0, 10.0),
    "bodyweight": (1.25, 2.5),
    "band": (2.5, 5.0),
    "sled": (2.5, 5.0),
    "ball": (1.0, 2.0),
    "other": (2.5, 5.0),
}
"""Equipment, and the smallest change of its load in kilograms and in pounds (own choice).

Bars take their plates in pairs, so their step is two of the smallest plate; what carries single plates takes one.
Dumbbells come in steps of 2 kg, stacks of 5 kg, kettlebells of 4 kg, and each in its usual step in pounds.
"""

_FIXED_PATH: Final = frozenset({"machine", "plate-machine", "cable", "smith"})
_LEGS: Final = frozenset({"glutes", "quads", "hamstrings", "adductors", "abductors", "calves"})
_LEG_PATTERNS: Final = frozenset({"squat", "hinge", "lunge", "calf"})
_LIMB_PATTERNS: Final = frozenset({"curl", "extension", "raise", "other"})


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name means: one id where `exact` or `near`, two to four, best first, where in `doubt`."""

    status: Literal["exact", "near", "doubt", "unknown"]
    ids: tuple[str, ...] = ()


_UNKNOWN: Final = Resolution("unknown")
_MAX_DOUBT: Final = 4
MOST_REMEMBERED: Final = 4096
"""Looked-up names that a catalogue remembers: people write the same few words again and again."""


class Catalogue:
    """Lifts by id and by name. One catalogue can stand on another, whose names it then wins over."""

    def __init__(
        self,
        exercises: Iterable[Exercise],
        names: Iterable[tuple[str, tuple[str, ...]]],
        base: Catalogue | None = None,
    ) -> None:
        """Files `names`, pairs of a name and the ids it can mean; of two equal names the first one stands."""
        self._base = base
        self._exercises = {exercise.id: exercise for exercise in exercises}
        pairs = list(names)
        filed = keys({name for name, _ in pairs})
        self._names = {filed[name]: ids for name, ids in reversed(pairs) if filed[name]}
        longest = max((name.count(" ") + 1 for name in self._names), default=0)
        self.max_words: int = longest if base is None else max(longest, base.max_words)

    def get(self, exercise_id: str) -> Exercise | None:
        """The lift of that id, None where there is none."""
        found = self._exercises.get(exercise_id)
        return found if found is not None or self._base is None else self._base.get(exercise_id)

    def __iter__(self) -> Iterator[Exercise]:
        yield from self._exercises.values()
        if self._base is not None:
            yield from (exercise for exercise in self._base if exercise.id not in self._exercises)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def exact(self, name: str) -> tuple[str, ...]:
        """The ids that a name is known for: none where it is unknown, several where it is ambiguous."""
        return self._known(key(name))

    def exact_words(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """As `exact`, for folded words of running text: a number at their end is a load, not a part of the name."""
        return () if not words or words[-1].isdigit() else self._known(" ".join(map(plain, words)))

    def everyday(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The lift that an everyday word stands for where sets follow it ("dead 180x3"); anywhere else it names none."""
        return everyday_names().get(" ".join(words), ())

    def is_name_word(self, word: str) -> bool:
        """Whether a folded word hints at a lift: it stands in some name, and is no number and no everyday word."""
        spelt = plain(word)
        if word in VAGUE or spelt in VAGUE or len(word) < 2 or word.isdigit():
            return False
        return any(part in layer._words for layer in self._layers() for part in spelt.split())

    def resolve(self, name: str) -> Resolution:
        """What a name means: as id or alias, else by spelling where only one lift comes close."""
        spelt = key(name)
        known = self._known(spelt)
        if known:
            return Resolution("exact" if len(known) == 1 else "doubt", known)
        near = self._spelled_before.get(spelt)
        if near is None:
            if len(self._spelled_before) >= MOST_REMEMBERED:
                self._spelled_before.clear()
            near = self._spelled_before[spelt] = self._spelled(spelt)
        return Resolution("near" if len(near) == 1 else "doubt", near) if near else _UNKNOWN

    def similar(self, name: str, most: int = 2) -> tuple[str, ...]:
        """The lifts whose names look most like one that resolves to none: good enough to be offered, never taken."""
        spelt = key(name)
        found = [
            (likeness, layer._names[near])
            for layer in self._layers()
            for near, likeness in alike(spelt, layer._names)
        ]
        found.sort(key=lambda pair: -pair[0])
        return tuple(dict.fromkeys(id_ for _, meant in found for id_ in meant))[:most]

    def extended(self, own: Iterable[tuple[Exercise, tuple[str, ...]]]) -> Catalogue:
        """This catalogue with an athlete's own lifts, each with its aliases; their names win."""
        lifts = tuple(own)
        names = [(name, (lift.id,)) for lift, aliases in lifts for name in (lift.id, lift.name, *aliases)]
        return Catalogue((lift for lift, _ in lifts), names, self)

    def _layers(self) -> Iterator[Catalogue]:
        layer: Catalogue | None = self
        while layer is not None:
            yield layer
            layer = layer._base

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word for name in self._names for word in name.split())

    @cached_property
    def _unordered(self) -> dict[str, tuple[str, ...]]:
        return {_bag(name.split()): ids for name, ids in self._names.items()}

    def _known(self, name: str) -> tuple[str, ...]:
        found = self._remembered.get(name)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[name] = self._looked_up(name)
        return found

    @cached_property
    def _remembered(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _spelled_before(self) -> dict[str, tuple[str, ...]]:
        return {}

    def _looked_up(self, name: str) -> tuple[str, ...]:
        for layer in self._layers():
            if name in layer._names:
                return layer._names[name]
        words = name.split()
        if not all(self._is_of_names(word) for word in words):
            return ()
        if len(words) < 2 or words[0] in JOINING or words[-1] in JOINING or words[-1] == "single":
            return ()  # "leg press one more" is no one-leg press
        return self._reordered(words) or self._without_equipment(words)

    def _is_of_names(self, word: str) -> bool:
        """Whether any name of a lift has that word. Asked of each layer: a union of them would be made anew for every
        message of an athlete with own lifts."""
        return word in EQUIPMENT or word in JOINING or any(word in layer._words for layer in self._layers())

    def _reordered(self, words: list[str]) -> tuple[str, ...]:
        bag = _bag(words)
        return next((layer._unordered[bag] for layer in self._layers() if bag in layer._unordered), ())

    def _without_equipment(self, words: list[str]) -> tuple[str, ...]:
        """A name that is known but for words that say what its lift is done with anyway."""
        named = [EQUIPMENT[word] for word in words if word in EQUIPMENT]
        rest = [word for word in words if word not in EQUIPMENT]
        if not named or not rest:
            return ()
        ids = self._reordered(rest)
        lift = self.get(ids[0]) if len(ids) == 1 else None
        return ids if lift is not None and all(lift.equipment in fitting for fitting in named) else ()

    @cached_property
    def _spellings(self) -> dict[str, list[str]]:
        return spellings(self._names)

    def _spelled(self, name: str) -> tuple[str, ...]:
        """The lifts whose names are nearest in spelling, if near enough to be meant."""
        strange = [word for word in name.split() if not any(word in layer._words for layer in self._layers())]
        found = [
            (distance, layer._names[near])
            for layer in self._layers()
            for near, distance in nearest(name, strange, layer._spellings)
        ]
        least = min((distance for distance, _ in found), default=0)
        ids = dict.fromkeys(id_ for distance, meant in found if distance == least for id_ in meant)
        return tuple(ids)[:_MAX_DOUBT]


def _bag(words: list[str]) -> str:
    return " ".join(sorted(frozenset(words) - JOINING))


def _exercise(row: list[str]) -> Exercise:
    id_, name, role, equipment, pattern, direct, indirect, share, flags, _ = row
    step_kg, step_lb = STEPS[equipment]
    muscles = tuple(direct.split())
    return Exercise(
        id=id_,
        name=name,
        role=Role(role),
        compound=role != "isolation",
        equipment=equipment,
        pattern=pattern,
        step_kg=step_kg,
        step_lb=step_lb,
        direct=muscles,
        indirect=tuple(indirect.split()),
        share=float(share),
        bodyweight="bodyweight" in (equipment, *flags.split()),
        timed="timed" in flags,
        per_hand="per-hand" in flags,
        lower_body=pattern in _LEG_PATTERNS or (pattern in _LIMB_PATTERNS and not _LEGS.isdisjoint(muscles)),
        fixed_path=equipment in _FIXED_PATH,
    )


def _names(lifts: list[list[str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for file in sorted((DATA / "names").glob("*.tsv")):
        for ids, names in rows(f"names/{file.name}"):
            meant = tuple(ids.split())
            yield from ((name, meant) for name in names.split(", "))
    for row in lifts:
        meant = (row[0],)
        yield row[1], meant
        if row[0] != row[1].lower().replace(" ", "-"):
            yield row[0], meant
        if row[-1]:
            yield from ((name, meant) for name in row[-1].split(", "))


@cache
def everyday_names() -> dict[str, tuple[str, ...]]:
    """Short names of lifts that mean other things in talk, folded, and what they mean right in front of sets."""
    return {
        fold(name): tuple(ids.split())
        for ids, names in rows("everyday_names.tsv")
        for name in names.split(", ")
    }


@cache
def catalogue() -> Catalogue:
    """The catalogue that comes with Spotter, read once."""
    lifts = list(rows("exercises.tsv"))
    return Catalogue(map(_exercise, lifts), _names(lifts))


_ASSISTED: Final = "assisted-"


def unassisted(exercise_id: str) -> str:
    """The lift that an assisted one is: `assisted-pull-up` is a pull-up with a load taken off, in the log and in a plan. Others
    are themselves."""
    return exercise_id.removeprefix(_ASSISTED)
