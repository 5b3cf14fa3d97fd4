"""Words of health in a text, by the table of each language: phrases, what denies them, whose they are."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

_DATA: Final = Path(__file__).with_name("data") / "red_flags.toml"
_GAP: Final = 4
_NEAR: Final = 5
"""How many words before a pregnancy can say whose it is."""
STOP: Final = "."
COMMA: Final = ","
_TOKEN: Final = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff]|[^\W\d_\u2e80-\u9fff\uf900-\ufaff]+|\d+|[,，、]|[.;!?\n。；！？()]"
)
Words = tuple[str, ...]
_Span = tuple[int, int]


@lru_cache(maxsize=16)
def tokens_of(text: str) -> tuple[str, ...]:
    """Words, lower case and bare of diacritics; marks that end a clause as ".", commas as ","."""
    bare = re.sub(r"n['’ʼ`´]t\b", "nt", _folded(text[:8192]))
    bare = re.sub(r"\s[-–—]+\s", " . ", bare)
    return tuple([_MARKS.get(one, one) for one in _TOKEN.findall(bare)])


_MARKS: Final = dict.fromkeys(",，、", COMMA) | dict.fromkeys(".;!?\n。；！？()", STOP)


def fits(pattern: str, word: str) -> bool:
    """Whether a word is the pattern, or begins like one that ends in a star."""
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


class Phrases:
    """Phrases to look for, filed under their first word, so that a long message costs no more than its length.

    Those whose first word ends in a star are filed under its first letter: none begins with a star alone.
    """

    def __init__(self, phrases: Iterable[Words]) -> None:
        self._first: dict[str, list[Words]] = {}
        self._begun: dict[str, list[Words]] = {}
        for words in phrases:
            if words[0].endswith("*"):
                self._begun.setdefault(words[0][0], []).append(words)
            else:
                self._first.setdefault(words[0], []).append(words)

    def spans(self, tokens: Sequence[str]) -> list[_Span]:
        """Where the phrases stand, as first token and the one after the last."""
        found = []
        first, begun = self._first, self._begun
        for start, token in enumerate(tokens):
            for words in (*first.get(token, ()), *begun.get(token[:1], ())):
                end = start + len(words)
                if end <= len(tokens) and all(map(fits, words, tokens[start:end])):
                    found.append((start, end))
        return found

    def first_words(self) -> set[str]:
        """The words, or beginnings of words, without which none of the phrases can stand in a text."""
        return {*self._first, *(words[0] for filed in self._begun.values() for words in filed)}


@dataclass(frozen=True)
class Language:
    """What a language calls symptoms, denials, places; the keys are explained in the table."""

    phrases: Phrases
    pairs: tuple[tuple[Phrases, Phrases], ...]
    elsewhere: Words
    harmless: Phrases
    no: Words
    filler: frozenset[str]
    either: frozenset[str]
    but: frozenset[str]
    after: frozenset[str]
    still: frozenset[str]
    pregnant: Phrases
    others: Words
    clearance: Phrases
    ages: tuple[Words, ...]
    places: Words
    sides: Words

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
        if not self._may_be_named(tokens):
            return False
        kept = self._without_harmless([STOP if token in self.but else token for token in tokens])
        spans = sorted({*self.phrases.spans(kept), *self._pairs(kept)})
        denied = self._denied(kept, spans)
        return any(span not in denied and not self._denied_behind(kept, span) for span in spans)

    def _may_be_named(self, tokens: Sequence[str]) -> bool:
        """Whether a symptom stands in a text at all, harmless or not, in one clause or in two."""
        return bool(self.phrases.spans(tokens)) or any(
            one.spans(tokens) and other.spans(tokens) for one, other in self.pairs
        )

    def speaks_of_pregnancy(self, tokens: Sequence[str]) -> bool:
        """Whether a pregnancy is named, not denied and the author's own."""
        if not self.pregnant.spans(tokens):
            return False
        kept = [STOP if token in self.but else token for token in tokens]
        spans = self.pregnant.spans(kept)
        denied = self._denied(kept, spans)
        return any(span not in denied and not self._is_of_others(kept, span[0]) for span in spans)

    def _is_of_others(self, tokens: Sequence[str], start: int) -> bool:
        before = list(tokens[max(0, start - _NEAR) : start])
        while STOP in before:
            before = before[before.index(STOP) + 1 :]
        return any(fits(pattern, token) for pattern in self.others for token in before)

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
        if second > 0 and any(fits(pattern, tokens[second - 1]) for pattern in self.elsewhere):
            return False
        parting = (STOP, COMMA, *self.no, *self.elsewhere)
        return not any(fits(pattern, word) for word in tokens[start:end] for pattern in parting)

    def _denied_behind(self, tokens: Sequence[str], span: _Span) -> bool:
        return span[1] < len(tokens) and tokens[span[1]] in self.after

    def _denied(self, tokens: Sequence[str], spans: Sequence[_Span]) -> set[_Span]:
        """The symptoms that a denial reaches: "no dizziness, numbness or chest pain" denies three."""
        starting: dict[int, set[_Span]] = {}
        for span in spans:
            starting.setdefault(span[0], set()).add(span)
        found: set[_Span] = set()
        if not spans:
            return found
        for at, token in enumerate(tokens):
            if any(fits(pattern, token) for pattern in self.no):
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
            elif tokens[at] == COMMA or tokens[at] in self.filler:
                linked, at = linked or tokens[at] == COMMA, at + 1
            else:
                break
        return set() if at < len(tokens) and tokens[at] in self.still else sure


def _words(phrases: Iterable[str]) -> Phrases:
    return Phrases(tuple(_TOKEN_OF_TABLE.findall(_folded(phrase))) for phrase in phrases)


_TOKEN_OF_TABLE: Final = re.compile(r"[\u2e80-\u9fff]|[^\W\d_\u2e80-\u9fff]+\*?|\*")


def _folded(phrase: str) -> str:
    if phrase.isascii():
        return phrase.lower()
    plain = unicodedata.normalize("NFKD", phrase.casefold())
    return unicodedata.normalize("NFC", "".join(char for char in plain if unicodedata.category(char) != "Mn"))


@cache
def languages() -> tuple[Language, ...]:
    """All languages of the table."""
    table = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return tuple(map(_language, table.values()))


def may_speak_of_health(text: str) -> bool:
    """A cheap first look at every message: False where no word of it can begin a symptom, a pregnancy or an age."""
    tokens, (words, heads, length) = tokens_of(text), _beginnings()
    return not words.isdisjoint(tokens) or not heads.isdisjoint([token[:length] for token in tokens])


def may_tell_age(text: str) -> bool:
    """As cheap a look for an age alone, as nearly every message has a number: False where no word of it is of one."""
    return not _words_of_age().isdisjoint(tokens_of(text))


@cache
def _beginnings() -> tuple[frozenset[str], frozenset[str], int]:
    """The first words of all that is looked for; of those that end in a star the first letters, and how many."""
    looked_for = [
        phrases
        for one in languages()
        for phrases in (one.phrases, one.pregnant, *(former for former, _ in one.pairs))
    ]
    words = _words_of_age().union(*(phrases.first_words() for phrases in looked_for))
    begun = [word.rstrip("*") for word in words if word.endswith("*")]
    length = min(map(len, begun))
    return words, frozenset(word[:length] for word in begun), length


@cache
def _words_of_age() -> frozenset[str]:
    """A word of each phrase that tells an age."""
    return frozenset(
        next(word for word in phrase if word.isalpha()) for one in languages() for phrase in one.ages
    )


def _language(one: dict[str, Any]) -> Language:
    def listed(key: str) -> Words:
        return tuple(map(_folded, one[key]))

    return Language(
        phrases=_words(one["phrases"]),
        pairs=tuple((_words(pair["one"]), _words(pair["other"])) for pair in one.get("pairs", ())),
        elsewhere=listed("elsewhere"),
        harmless=_words(one["harmless"]),
        no=listed("no"),
        filler=frozenset(listed("filler")),
        either=frozenset(listed("or")),
        but=frozenset(listed("but")),
        after=frozenset(listed("after")),
        still=frozenset(listed("still")),
        pregnant=_words(one["pregnant"]),
        others=listed("others"),
        clearance=_words(one["clearance"]),
        ages=tuple(tuple(phrase.split()) for phrase in listed("ages")),
        places=listed("places"),
        sides=listed("sides"),
    )
