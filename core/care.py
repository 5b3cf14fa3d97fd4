"""Care before progress: pain that was logged, and symptoms that end all prescribing.

No diagnosis and no treatment: these rules only lower, stop, and suggest a professional. All are our own choice.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from core.model import LoggedSet, Pain

# Pain ------------------------------------------------------------------------------------------------------------

SERIOUS: Final = 4
"""From this level on pain changes the load; two sessions of it running stop the exercise."""

STOP_FROM: Final = 6
UNNAMED_LEVEL: Final = 5
"""What pain without a number is taken for, until the athlete names one."""

LOWER_PERCENT: Final = {4: 10, 5: 20}
RETURN_PERCENT: Final = 20
WATCHED_SESSIONS: Final = 2
"""Sessions without a raise and without an AMRAP, the return among them, after pain that changed the load, and
after symptoms that ended all prescribing."""


class PainAction(StrEnum):
    """What pain does to the exercise."""

    LOG = "log"
    LOWER = "lower"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class PainRule:
    """What a session's pain asks for. `level` is None where no number was given; `at` is the set it was worst in."""

    action: PainAction
    level: int | None
    percent: int
    at: LoggedSet


def pain_level(pain: Pain) -> int:
    """The level that pain is treated as, 0 to 10."""
    return UNNAMED_LEVEL if pain.level is None else min(10, max(0, pain.level))


def _felt(one: LoggedSet) -> int:
    return 0 if one.done.pain is None else pain_level(one.done.pain)


def by_day(sets: Iterable[LoggedSet]) -> tuple[tuple[LoggedSet, ...], ...]:
    """The sets of each day, the oldest day first."""
    days: dict[date, list[LoggedSet]] = {}
    for one in sets:
        days.setdefault(one.day, []).append(one)
    return tuple(tuple(days[day]) for day in sorted(days))


def _settled(session: Sequence[LoggedSet]) -> tuple[LoggedSet, ...]:
    """The sets whose pain counts: a level named later in the day settles what had been left without one."""
    if all(one.done.pain is None for one in session):
        return ()
    named = [
        at for at, one in enumerate(session) if one.done.pain is not None and one.done.pain.level is not None
    ]
    last = max(named, default=-1)
    return tuple(
        one
        for at, one in enumerate(session)
        if one.done.pain is not None and (one.done.pain.level is not None or at > last)
    )


def _worst(session: Sequence[LoggedSet]) -> int:
    return max(map(_felt, _settled(session)), default=0)


def pain_rule(session: Sequence[LoggedSet], before: Sequence[LoggedSet] = ()) -> PainRule | None:
    """What the worst pain of a session asks for; `before` is the session before it. None where nothing hurt.

    Pain without a number counts only until a number is given for the same lift that day.
    """
    worst = _worst(session)
    if worst <= 0:
        return None
    at = [one for one in _settled(session) if _felt(one) == worst][-1]
    level = at.done.pain.level if at.done.pain is not None else None
    again = worst >= SERIOUS and _worst(before) >= SERIOUS
    if worst >= STOP_FROM or again:
        return PainRule(PainAction.STOP, level, RETURN_PERCENT, at)
    if worst >= SERIOUS:
        return PainRule(PainAction.LOWER, level, LOWER_PERCENT[worst], at)
    return PainRule(PainAction.LOG, level, 0, at)


def watched_sessions_left(sets: Iterable[LoggedSet]) -> int:
    """How many more sessions of an exercise may bring no raise and no AMRAP, by the pain in its earlier sessions."""
    for since, day in enumerate(by_day(sets)[: -WATCHED_SESSIONS - 1 : -1]):
        if _worst(day) >= SERIOUS:
            return WATCHED_SESSIONS - since
    return 0


def cautious_sessions_left(sets: Iterable[LoggedSet], cleared_on: date | None) -> int:
    """How many more sessions of an exercise may bring no raise after red-flag symptoms were cleared on that day."""
    if cleared_on is None:
        return 0
    since = {one.day for one in sets if one.day >= cleared_on}
    return max(0, WATCHED_SESSIONS - len(since))


# Red flags -------------------------------------------------------------------------------------------------------

_DATA: Final = Path(__file__).with_name("data") / "red_flags.toml"
_GAP: Final = 4
_STOP: Final = "."
_COMMA: Final = ","
_TOKEN: Final = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff]|[^\W\d_\u2e80-\u9fff\uf900-\ufaff]+|\d+|[,，、]|[.;!?\n。；！？()]"
)
_Words = tuple[str, ...]
_Span = tuple[int, int]


def red_flag(text: str) -> bool:
    """Whether a message speaks of a symptom after which nothing is prescribed until a professional has cleared it.

    Chest pain, fainting, numbness, sudden weakness, dark urine and their like, in any language of the word table,
    unless they are denied ("no chest pain"). In doubt it says yes.
    """
    tokens = _tokens(text)
    joined = " ".join(tokens)
    return any(language.hint.search(joined) and language.speaks_of(tokens) for language in _languages())


def _tokens(text: str) -> list[str]:
    """Words, lower case and bare of diacritics; marks that end a clause as ".", commas as ","."""
    plain = unicodedata.normalize("NFKD", text[:8192].casefold())
    bare = unicodedata.normalize("NFC", "".join(char for char in plain if unicodedata.category(char) != "Mn"))
    bare = re.sub(r"n['’ʼ`´]t\b", "nt", bare)
    bare = re.sub(r"\s[-–—]+\s", " . ", bare)
    found = (match.group() for match in _TOKEN.finditer(bare))
    return [_COMMA if one in ",，、" else _STOP if one in ".;!?\n。；！？()" else one for one in found]


def _fits(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


class _Phrases:
    """Phrases to look for, filed under their first word, so that a long message costs no more than its length."""

    def __init__(self, phrases: Iterable[_Words]) -> None:
        self.first: dict[str, list[_Words]] = {}
        self.begun: list[_Words] = []
        for words in phrases:
            if words[0].endswith("*"):
                self.begun.append(words)
            else:
                self.first.setdefault(words[0], []).append(words)

    def spans(self, tokens: Sequence[str]) -> list[_Span]:
        """Where the phrases stand, as first token and the one after the last."""
        return [
            (start, start + len(words))
            for start, token in enumerate(tokens)
            for words in (*self.first.get(token, ()), *self.begun)
            if start + len(words) <= len(tokens)
            and all(map(_fits, words, tokens[start : start + len(words)]))
        ]

    def first_words(self) -> set[str]:
        """The words, or beginnings of words, without which none of the phrases can stand in a text."""
        return {*self.first, *(words[0] for words in self.begun)}


@dataclass(frozen=True)
class _Language:
    phrases: _Phrases
    pairs: tuple[tuple[_Phrases, _Phrases], ...]
    elsewhere: _Words
    harmless: _Phrases
    no: _Words
    filler: frozenset[str]
    either: frozenset[str]
    but: frozenset[str]
    after: frozenset[str]
    still: frozenset[str]

    @cached_property
    def hint(self) -> re.Pattern[str]:
        """A cheap first look: without one of these words there is nothing to find."""
        words = self.phrases.first_words().union(*(one.first_words() for one, _ in self.pairs))
        parts = (
            re.escape(word.rstrip("*")) + ("" if word.endswith("*") else r"\b") for word in sorted(words)
        )
        return re.compile(r"\b(?:" + "|".join(parts) + ")")

    def speaks_of(self, tokens: Sequence[str]) -> bool:
        """Whether a symptom is named and not denied."""
        kept = self._without_harmless([_STOP if token in self.but else token for token in tokens])
        spans = sorted({*self.phrases.spans(kept), *self._pairs(kept)})
        denied = self._denied(kept, spans)
        return any(span not in denied and not self._denied_behind(kept, span) for span in spans)

    def _without_harmless(self, tokens: list[str]) -> list[str]:
        gone = {at for start, end in self.harmless.spans(tokens) for at in range(start, end)}
        return ["" if at in gone else token for at, token in enumerate(tokens)]

    def _pairs(self, tokens: Sequence[str]) -> Iterator[_Span]:
        for first, second in self.pairs:
            others = second.spans(tokens)
            for one in first.spans(tokens):
                for other in others:
                    left, right = min(one, other), max(one, other)
                    if 0 <= right[0] - left[1] <= _GAP and self._are_one(tokens, left[1], right[0], other[0]):
                        yield left[0], right[1]

    def _are_one(self, tokens: Sequence[str], start: int, end: int, second: int) -> bool:
        """Whether what lies between two words leaves them one symptom, and nothing before the second takes it."""
        if second > 0 and any(_fits(pattern, tokens[second - 1]) for pattern in self.elsewhere):
            return False
        parting = (_STOP, _COMMA, *self.no, *self.elsewhere)
        return not any(_fits(pattern, word) for word in tokens[start:end] for pattern in parting)

    def _denied_behind(self, tokens: Sequence[str], span: _Span) -> bool:
        return span[1] < len(tokens) and tokens[span[1]] in self.after

    def _denied(self, tokens: Sequence[str], spans: Sequence[_Span]) -> set[_Span]:
        """The symptoms that a denial reaches: "no dizziness, numbness or chest pain" denies three."""
        starting: dict[int, set[_Span]] = {}
        for span in spans:
            starting.setdefault(span[0], set()).add(span)
        found: set[_Span] = set()
        for at, token in enumerate(tokens):
            if any(_fits(pattern, token) for pattern in self.no):
                found |= self._reach(tokens, starting, at + 1)
        return found

    def _reach(self, tokens: Sequence[str], starting: dict[int, set[_Span]], at: int) -> set[_Span]:
        """The symptoms denied from `at` on: the next one, and its list if an "or" closes it."""
        sure: set[_Span] = set()
        listed: set[_Span] = set()
        linked = True
        while at < len(tokens):
            here = starting.get(at)
            if here and linked:
                listed |= here
                sure = sure or here
                at, linked = max(end for _, end in here), False
            elif tokens[at] in self.either:
                sure, linked, at = sure | listed | starting.get(at + 1, set()), True, at + 1
            elif tokens[at] == _COMMA or tokens[at] in self.filler:
                linked, at = linked or tokens[at] == _COMMA, at + 1
            else:
                break
        return set() if at < len(tokens) and tokens[at] in self.still else sure


def _words(phrases: Iterable[str]) -> _Phrases:
    return _Phrases(tuple(_TOKEN_OF_TABLE.findall(_folded(phrase))) for phrase in phrases)


_TOKEN_OF_TABLE: Final = re.compile(r"[\u2e80-\u9fff]|[^\W\d_\u2e80-\u9fff]+\*?|\*")


def _folded(phrase: str) -> str:
    plain = unicodedata.normalize("NFKD", phrase.casefold())
    return unicodedata.normalize("NFC", "".join(char for char in plain if unicodedata.category(char) != "Mn"))


@cache
def _languages() -> tuple[_Language, ...]:
    table = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return tuple(
        _Language(
            phrases=_words(one["phrases"]),
            pairs=tuple((_words(pair["one"]), _words(pair["other"])) for pair in one.get("pairs", ())),
            elsewhere=tuple(map(_folded, one["elsewhere"])),
            harmless=_words(one["harmless"]),
            no=tuple(map(_folded, one["no"])),
            filler=frozenset(map(_folded, one["filler"])),
            either=frozenset(map(_folded, one["or"])),
            but=frozenset(map(_folded, one["but"])),
            after=frozenset(map(_folded, one["after"])),
            still=frozenset(map(_folded, one["still"])),
        )
        for one in table.values()
    )
