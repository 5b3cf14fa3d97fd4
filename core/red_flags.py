"""What a message says of its author's health: symptoms that end all prescribing, a pregnancy, an age, a clearance.

The words stand in `data/red_flags.toml`, per language. No diagnosis: in doubt a symptom counts. All are our own choice.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from core.health_words import COMMA, STOP, fits, languages, tokens_of

ADULT: Final = 18
"""Years. Spotter is for adults."""
LEAST_AGE: Final = 10
"""Years. A lower number behind "I'm" is no age but reps, or a mood out of ten."""

_START: Final = "^"
_NUMBER: Final = "#"


def red_flag(text: str) -> bool:
    """Whether a message speaks of a symptom after which nothing is prescribed until a professional has cleared it.

    Chest pain, fainting, numbness, sudden weakness, dark urine and their like, in any language of the word table,
    unless they are denied ("no chest pain"). In doubt it says yes.
    """
    tokens = tokens_of(text)
    joined = " ".join(tokens)
    return any(language.hint.search(joined) and language.speaks_of(tokens) for language in languages())


def speaks_of_pregnancy(text: str) -> bool:
    """Whether a message speaks of a pregnancy that is not denied and not somebody else's."""
    tokens = tokens_of(text)
    return any(language.speaks_of_pregnancy(tokens) for language in languages())


def speaks_of_clearance(text: str) -> bool:
    """Whether a message speaks of a doctor or of being cleared, whatever it says of it."""
    tokens = tokens_of(text)
    return any(language.clearance.spans(tokens) for language in languages())


def is_under_age(text: str) -> bool:
    """Whether the author says to be younger than 18: "I'm 16", "tengo 15 años"."""
    tokens = [_START, *tokens_of(text), STOP]
    if not any(_fits_age(_NUMBER, token) for token in tokens):
        return False
    return any(
        all(map(_fits_age, phrase, tokens[start : start + len(phrase)]))
        for language in languages()
        for phrase in language.ages
        for start in range(len(tokens) - len(phrase) + 1)
    )


def _fits_age(pattern: str, token: str) -> bool:
    if pattern == _NUMBER:
        return token.isdigit() and LEAST_AGE <= int(token[:3]) < ADULT
    return token in (STOP, COMMA) if pattern == STOP else token == pattern


def places(text: str) -> frozenset[str]:
    """The parts of the body that a text names, and their sides: to tell one pain from another."""
    tokens = tokens_of(text)
    return frozenset(
        pattern.rstrip("*").removesuffix("s")
        for language in languages()
        for pattern in (*language.elsewhere, *language.places, *language.sides)
        if any(fits(pattern, token) for token in tokens)
    )


_RELIEF = re.compile(
    r"\b(?:fine|better|ok|okay|good|great|gone|healed|painless|pain[ -]?free)\b|\bno (?:more )?pain\b"
    r"|\b(?:doesn.?t|does not|don.?t|do not|no longer|stopped) hurt",
    re.IGNORECASE,
)
_NO_RELIEF = re.compile(
    r"\b(?:not|isn.?t|never|hardly|a bit|little) (?:\w+ )?(?:fine|better|ok|okay|good|great|gone)\b|\?|\bstill\b",
    re.IGNORECASE,
)

_MY_BACK = re.compile(r"\b(?:my|lower|upper) back\b|\bback (?:is|feels|was|pain)\b", re.IGNORECASE)


def speaks_of_relief(text: str) -> bool:
    """Whether a text says that a place of the body, or a pain, is better: `knee is fine again`."""
    if _NO_RELIEF.search(text) is not None or _RELIEF.search(text) is None:
        return False
    named = places(text) - _sides()
    if named == {"back"} and _MY_BACK.search(text) is None:
        return False  # back in the gym
    return bool(named) or re.search(r"\bpain\b|\bhurts?\b", text, re.IGNORECASE) is not None


def same_place(one: str, other: str) -> bool:
    """Whether two texts name the same part of the body, and not its other side."""
    first, second, sides = places(one), places(other), _sides()
    apart = bool(first & sides) and bool(second & sides) and not first & second & sides
    return bool((first & second) - sides) and not apart


def several_places(text: str) -> bool:
    """Whether a text names more than one part of the body, or both sides of one."""
    named, sides = places(text), _sides()
    return len(named - sides) > 1 or len(named & sides) > 1


@cache
def _sides() -> frozenset[str]:
    words = (side for language in languages() for side in language.sides)
    return frozenset(side.rstrip("*").removesuffix("s") for side in words)
