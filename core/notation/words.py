"""The words of the notation, per language: data files under `core/data/words`, folded into one lookup.

A file maps classes (`sets`, `reps`, `at`, ...) to phrases. A phrase may belong to several classes in several languages
(German "mal" is times, French "mal" is pain); who asks decides by what stands beside it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from core.exercises import fold


@lru_cache(maxsize=8192)
def folded(word: str) -> tuple[str, ...]:
    """The normal form of a word or phrase, as the words it consists of."""
    return tuple(fold(word).split())


@dataclass(frozen=True, slots=True)
class Words:
    """Phrases and the classes they belong to; number words and their values.

    `spelt` are words that count only with the letters they are written with: in a table they begin with `=`, as
    German "=stück" does, which is not English "stuck".
    """

    classes: dict[tuple[str, ...], frozenset[str]]
    spelt: dict[str, frozenset[str]]
    numbers: dict[tuple[str, ...], int]
    rep_words: dict[tuple[str, ...], int]
    longest: int


@cache
def words() -> Words:
    """All languages' word tables. Reads the data files once."""
    classes: dict[tuple[str, ...], set[str]] = {}
    spelt: dict[str, set[str]] = {}
    numbers: dict[tuple[str, ...], int] = {}
    rep_words: dict[tuple[str, ...], int] = {}
    folder = resources.files("core").joinpath("data/words")
    for file in sorted(folder.iterdir(), key=lambda f: (f.name != "en.toml", f.name)):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        for phrase, value in table.pop("numbers", {}).items():
            numbers.setdefault(folded(phrase), value)
        for phrase, value in table.pop("rep_words", {}).items():
            rep_words.setdefault(folded(phrase), value)
        for name, phrases in table.items():
            for phrase in phrases:
                if phrase.startswith("="):
                    spelt.setdefault(phrase[1:], set()).add(name)
                else:
                    classes.setdefault(folded(phrase), set()).add(name)
    keys = [*classes, *numbers, *rep_words]
    return Words(
        {phrase: frozenset(names) for phrase, names in classes.items() if phrase},
        {word: frozenset(names) for word, names in spelt.items()},
        numbers,
        rep_words,
        max(len(key) for key in keys),
    )
