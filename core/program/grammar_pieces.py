"""A line about lifts → pieces: names, sets, efforts, rests, signs between them. Knows how people write, decides nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from core.exercises import Catalogue


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line with its place. `ids` are the lifts that a name can mean, `match` holds a piece's numbers."""

    kind: str
    text: str
    start: int
    ids: tuple[str, ...] = ()
    match: re.Match[str] | None = None

    @property
    def end(self) -> int:
        """The place behind it."""
        return self.start + len(self.text)

    def group(self, name: str) -> str | None:
        """What a named part of its pattern caught."""
        return self.match.groupdict().get(name) if self.match is not None else None


_END = r"(?![^\W\d_])"
_RANGE = r"(?P<low>\d+)(?:\s*(?:-|to)\s*(?P<high>\d+))?"
_HALVES = r"(?P<low>\d+(?:[.,]\d+)?)(?:\s*(?:-|to)\s*(?P<high>\d+(?:[.,]\d+)?))?"
_EFFORT = (
    r"(?P<low>\d+(?:[.,]\d+)?)(?:(?:-|\s*to\s*|\s+-\s+(?=[\d.,]+\s*(?:$|[,;)])))(?P<high>\d+(?:[.,]\d+)?))?"
)
"""An effort or a range of them; `RPE 8 - 3 min` is an effort with its rest."""
_UNIT_WORD = (
    rf"(?:(?:seconds?|sekunden?|segundos?|secondes?|secs?|sek|s|minut(?:e[sn]?|os?)|mins?|m){_END}|'|\")"
)
_UNIT = rf"(?P<unit>{_UNIT_WORD})"
_CLOCK = rf"(?P<clock>\d+:\d\d)(?!\d)(?:\s*(?:minutes?|mins?|m){_END})?"
_TIME = rf"{_HALVES}\s*(?:{_UNIT}(?:\s*(?P<more>\d+)\s*(?:s|secs?|seconds?){_END})?)?"
_SETS = r"(?P<sets>\d+)(?:\s*(?:-|to)\s*(?P<sets_high>\d+))?"
_SET_WORD = r"(?:(?:work(?:ing)?|straight|hard)\s*)?(?:sets?|s[äa]e?tze|satz|s[eé]ries?)"
_REP_WORD = r"(?:reps?|wdh|wiederholungen|r[eé]p[eé]ti(?:tions|ciones))"
_MAX = rf"(?:amrap|mr{_END}|max(?:imum)?(?:\s*reps?)?|as many (?:reps )?as possible)"
_LAST = r"(?:\s*(?:on\s*)?(?:the\s*|your\s*)?last(?:\s*(?:set|one))?)"
_BY = rf"{_SETS}\s*(?:{_SET_WORD}\s*)?(?:x|of|by|\*)\s*"
_TIMES = r"(?:\d+\s*(?:sets?\s*)?(?:x|of)\s*)?"
_REST = r"(?:rest(?:ing)?|break|pause)s?(?:\s*(?:periods?|times?|between(?:\s*sets)?|of|for|about|[:=~]))*\s*"
_RESTED = rf"\s*(?:of\s*)?(?:rests?|breaks?|pause|between(?:\s*sets)?){_END}"
_LEFT = rf"\s*(?:rir|(?:reps?\s*)?(?:left\s*)?in\s*(?:reserve|the tank)|(?:reps?\s*)?left){_END}"

_NOT_PLANNED: Final = (
    ("percent", rf"(?:@\s*)?\d+(?:[.,]\d+)?(?:\s*(?:-|to)\s*\d+)?\s*%(?:\s*(?:of\s*)?(?:e?1?\s*rm|tm|(?:training\s*)?max){_END})?"),
    ("plus_unclear", rf"{_BY}{_RANGE}\+(?=\s+[^\W\d])"),
    ("plus_set", rf"(?:{_BY})?{_RANGE}\+(?=\s*(?:$|[,;@)\d]))"),
    ("amrap", rf"(?:last set(?:\s*is)?\s*)?{_MAX}{_END}{_LAST}?"),
    ("load", r"\d+\s*x\s*\d+\s*x\s*\d+(?:[.,]\d+)?"),
    ("weight", rf"(?:@\s*|[+-])?\d+(?:[.,]\d+)?\s*(?:kgs?|kilos?|lbs?|pounds?){_END}"),
    ("load", r"@\s*(?!10(?!\d))\d{2,}(?:[.,]\d+)?"),
    ("wave", r"(?:\d+\s*x\s*)?5/3/1\+?(?![\d/])|531(?!\d|(?:\s*(?:-|to)\s*\d+)?\s*s(?![^\W\d_]))"),
    ("wave", rf"{_TIMES}\d+\s*rm{_END}"),
    ("each_set", r"(?:(?P<sets>\d+)\s*x\s*)?(?P<each>\d+(?:\s*[/,]\s*\d+(?!\s*[x\d:.]|\s*sets)){2,})"),
    ("each_set", r"(?P<sets>\d+)\s*x\s*(?P<each>\d+(?:[/,]\d+)+)(?!\d|\s*x)"),
    ("technique", rf"\d(?:-\d){{2,3}}\s*tempo{_END}"),
    ("pyramid", r"(?:\d+\s*x\s*)?\d+(?:-\d+){2,}"),
    ("rounds", rf"\d+\s*(?:rounds?|circuits?|runden|rondas|tours){_END}|(?:giant\s*set|circuit|super\s*set)\s*x\s*\d+"),
    ("technique", rf"(?:drop|cluster|back[\s-]?off|warm[\s-]?up|giant|feeder|ramp(?:ing|ed)?|top)[\s-]*sets?{_END}"),
    ("technique", rf"(?:rest[\s-]?pause|myo(?:[\s-]?reps?)?|emom|partials?|(?:slow\s*)?negatives|circuit|ramp(?:ing|ed)?|tempo(?:\s*[\dx](?:\s?-?\s?[\dx]){{2,3}})?|pyramid|drops?|deload){_END}{_LAST}?"),
    ("distance", rf"{_TIMES}\d+(?:[.,]\d+)?\s*(?:met(?:er|re)s?|yards?|yds?|feet|ft|km|miles?){_END}"),
    ("distance", rf"\d+\s*x\s*\d+\s?m{_END}"),
    ("not_lifting", (
        r"(?:\d+\s*(?:min\w*|m)?\s*(?:of\s*)?)?(?:cardio|treadmill|elliptical|running|run|jog(?:ging)?|cycling|bike|rower"
        r"|stairmaster|stretch(?:ing|es)?|mobility|foam roll\w*|cool[\s-]?down|warm[\s-]?up|conditioning|liss|hiit|swim\w*"
        rf"|walk(?:ing)?(?=\s*(?:\d|$))){_END}(?:\s*\d+\s*(?:min\w*|m|k|km)?{_END})?"
    )),
    ("weeks", rf"(?:weeks?|phase|cycle|month)\s*(?:\d+(?:\s*-\s*\d+)?|[a-d]{_END})|\d+\s*(?:weeks|months){_END}|weeks?(?=\s*$)"),
)  # fmt: skip
"""Ways to write what a plan here does not say: each is answered with what to write in its place."""

_SAID: Final = (
    ("rest", rf"{_REST}{_CLOCK}(?:\s*between(?:\s*sets)?)?"),
    ("rest", rf"{_REST}{_TIME}(?:\s*between(?:\s*sets)?)?"),
    ("rest", rf"{_CLOCK}{_RESTED}"),
    ("rest", rf"{_TIME}{_RESTED}(?!\s*\d)"),
    ("to_failure", rf"{_SETS}\s*(?:{_SET_WORD}\s*)?(?:x\s*(?:to\s*)?|(?:un)?til\s*|to\s*)(?:technical\s*)?(?:failure|fail|f){_END}"),
    ("to_failure", rf"{_SETS}\s*(?:{_SET_WORD}\s*)?(?:(?:x|of)\s*)?{_MAX}{_END}(?!{_LAST})"),
    ("hold", rf"(?:{_BY})?{_CLOCK}"),
    ("hold", rf"(?:{_BY})?{_RANGE}\s*{_UNIT}"),
    ("sets_reps", rf"{_RANGE}\s*{_REP_WORD}\s*(?:x|by|for)\s*{_SETS}(?:\s*{_SET_WORD}{_END})?(?![\d:])"),
    ("sets_reps", rf"(?:x\s*)?{_BY}{_RANGE}(?:\s*{_REP_WORD}{_END}\.?)?(?![\d:])"),
    ("rir", rf"(?:@\s*)?rir\s*[:=]?\s*{_EFFORT}"),
    ("rir", rf"(?:@\s*)?{_HALVES}{_LEFT}(?!\s*\d)"),
    ("rpe", rf"(?:@\s*)?rpe\s*[:=@]?\s*{_EFFORT}"),
    ("rpe", rf"(?:@\s*)?{_HALVES}\s*rpe{_END}(?!\s*\d)"),
    ("rpe", rf"@\s*{_EFFORT}"),
    ("reps", rf"{_RANGE}\s*{_REP_WORD}{_END}\.?"),
    ("reps", rf"{_REP_WORD}\s*[:=]\s*{_RANGE}"),
    ("reps", rf"x\s*{_RANGE}(?![\d:])(?!\s*{_SET_WORD}{_END})"),
    ("sets", rf"(?:x\s*)?{_SETS}\s*{_SET_WORD}{_END}"),
    ("sets", rf"{_SET_WORD}\s*[:=]\s*{_SETS}"),
    ("style", rf"(?:style\s*[:=]?\s*)?(?P<style>hit|failure|reserve|blocks){_END}"),
    ("style", rf"(?:(?:un)?til|to)\s*(?:technical\s*)?(?P<style>failure){_END}"),
    ("style_unknown", r"style\s*[:=]?\s*(?P<other>\w+)"),
    ("each", rf"(?:/\s*|per\s*|each\s*|a\s*)(?:side|leg|arm|hand)s?{_END}|each{_END}|ea{_END}"),
    ("body", rf"(?:bw|body\s?weight){_END}"),
    ("range", rf"{_RANGE}(?![\d:])"),
)  # fmt: skip

_SIGNS: Final = (
    ("tier", r"T[1-4][.):]?\s+(?=[^\W\d_*])"),
    ("label", r"(?P<group>[A-HX-Z])\s?[1-6][.):]?\s+(?=[^\W\d_*])"),
    ("label", r"(?P<group>[1-9])[a-d][.):]?\s+(?=[^\W\d_*])"),
    ("joined", r"(?:super[\s-]?set(?:ted)?|ss|paired|giant set)(?!\w|\s*x\s*\d)(?:\s*(?:with|w/|of|#?(?:\d{1,2}|[a-h])\s*[:.)-]|:))?"),
    ("either", r"or(?!\w)"),
    ("comma", r"[,;]|(?:and then|then|and|followed by|&)(?!\w)|&"),
    ("plus", r"\+(?!\s*\d+(?:[.,]\d+)?\s*(?:kg|lb))"),
    ("slash", r"/(?!\s*(?:side|leg|arm|hand)s?(?!\w))"),
    ("star", r"\*"),
)  # fmt: skip

_SKIPPED = re.compile(
    r"[\s|:.=~!?<>_-]+|(?:x|of|for|at|with|w|sets?|reps?|wdh|do|perform|total|about|the|a)(?!\w)", re.I
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
_INSIDE = re.compile(r"[\s.'&-]+|(?<=\d)/(?=\d)|")
"""What can stand between two words of one name."""


def _table(*patterns: tuple[str, str]) -> list[tuple[str, re.Pattern[str]]]:
    """Patterns made ready. Numbers end after five digits, so that no row of them takes long to look at."""
    return [
        (kind, re.compile(pattern.replace(r"\d+", r"\d{1,5}"), re.IGNORECASE)) for kind, pattern in patterns
    ]


_NUMBERS = _table(*_NOT_PLANNED, *_SAID)
_LABELS = _table(*_SIGNS[:3])
_BETWEEN = _table(*_SIGNS[3:])
_COUNTED: Final = frozenset({"plus_set", "each_set"})
MODIFIERS: Final = (frozenset(kind for kind, _ in _SAID) | _COUNTED) - {"style_unknown"}
"""Kinds of pieces that say something of a lift."""

KEPT: Final = frozenset({"percent", "weight", "amrap", "technique", "tier", "not_lifting"})
"""Kinds of pieces that a plan does not say and that stay as notes of their lift."""

NOT_PLANNED: Final = (frozenset(kind for kind, _ in _NOT_PLANNED) | {"style_unknown"}) - _COUNTED - KEPT
"""Kinds of pieces that are problems as they stand: code and kind are one word."""


@lru_cache(maxsize=512)  # a line is looked at from several sides while it is not known what it is
def pieces(text: str, names: Catalogue, start: int = 0) -> tuple[Piece, ...]:
    """The pieces of a line from a place on. Never fails: what is nothing known is a `word` or a `char`."""
    found: list[Piece] = []
    while start < len(text):
        made = _piece(text, start, names, first=not found or found[-1].kind in _OPENING)
        if made is None:
            start += 1
        elif made.kind == "skip":
            start = made.end
        else:
            found.append(made)
            start = max(made.end, start + 1)
    return tuple(found)


_OPENING = frozenset({"comma", "plus", "slash", "joined"})


def _piece(text: str, at: int, names: Catalogue, *, first: bool) -> Piece | None:
    """The piece that begins at a place; None for decoration."""
    within = at > 0 and text[at].isalpha() and text[at - 1].isalpha()
    made = _matched(_LABELS, text, at) if first else None
    if made is None and not within:
        made = _name(text, at, names) or _matched(_BETWEEN, text, at)
    if made is None and not within:
        made = _matched(_NUMBERS, text, at)
    if made is not None:
        return made
    if (match := _SKIPPED.match(text, at)) is not None:
        return Piece("skip", match[0], at)
    if (match := _WORD.match(text, at)) is not None:
        return Piece("word", match[0], at)
    return None if unicodedata.category(text[at]) in DECORATION else Piece("char", text[at], at)


DECORATION = ("So", "Sk", "Mn", "Cf", "Co", "Cn")
"""Kinds of characters that carry no word: emoji and what steers how text is shown."""


def _matched(table: list[tuple[str, re.Pattern[str]]], text: str, at: int) -> Piece | None:
    for kind, pattern in table:
        if (match := pattern.match(text, at)) is not None and match[0]:
            return Piece(kind, match[0], at, match=match)
    return None


def _name(text: str, at: int, names: Catalogue) -> Piece | None:
    """The longest name of a lift that begins at a place: no number ends it, for that is its sets."""
    best: Piece | None = None
    for end, ends_in_word in _spans(text, at, names.max_words + 1):
        ids = names.exact(text[at:end]) if ends_in_word else ()
        if ids:
            best = Piece("name", text[at:end], at, ids)
    return best


def _spans(text: str, at: int, most: int) -> Iterator[tuple[int, bool]]:
    """The places where a name that begins at a place may end, and whether a word ends there."""
    token = _TOKEN.match(text, at)
    while token is not None and most > 0:
        yield token.end(), not token[0].isdigit()
        between = _INSIDE.match(text, token.end())
        token = _TOKEN.match(text, between.end()) if between is not None else None
        most -= 1
