"""Names of lifts in their normal form, so that spelling habits make no difference to a look-up."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).with_name("data")


def rows(name: str) -> Iterator[list[str]]:
    """The cells of a table in `core/data`, line by line, without its comments."""
    with (DATA / name).open(encoding="utf-8") as lines:
        yield from (line.rstrip("\n").split("\t") for line in lines if line.strip() and line[0] != "#")


_GONE: Final = frozenset("'’‘ʼ`´")
_LETTERS: Final = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "º": " ", "ª": " "}
_CJK: Final = ((0x2E80, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


class _Folded(dict[int, str | None]):
    """A table for `str.translate` that works out each character when it is first met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = folded = _folded(chr(code)) or None
        return folded


def _folded(char: str) -> str:
    if char in _GONE or unicodedata.category(char) == "Mn":
        return ""
    if any(low <= ord(char) <= high for low, high in _CJK):
        return f" {char} " if char.isalnum() else " "
    parts = unicodedata.normalize("NFKD", _LETTERS.get(char.casefold(), char)).casefold()
    letters = (_LETTERS.get(part, part) for part in parts if unicodedata.category(part) != "Mn")
    return "".join(part if part.isalnum() else " " for part in letters)


# Line ends stay: they part the names in `keys`, and words like any blank in `fold`.
_TABLE: Final = _Folded({ord("\n"): "\n"})


def fold(text: str) -> str:
    """The normal form of a name: lower case, no diacritics, no punctuation, one blank between words.

    Apostrophes vanish, other punctuation parts words ("push-ups" is "push ups", "farmer's" is "farmers"). Every
    Chinese, Japanese or Korean character is a word of its own, as those scripts write no blanks.
    """
    return " ".join(unicodedata.normalize("NFC", text).translate(_TABLE).split())


_IRREGULAR: Final = {"calves": "calf", "flyes": "fly", "flye": "fly", "delts": "delt", "feet": "foot"}


def singular(word: str) -> str:
    """An English word without its plural ending; other words mostly unharmed, and always the same way."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 3 or not word.isalpha() or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "ches", "shes", "xes", "zes")) else word[:-1]


_SPLIT: Final = {
    first + second: f"{first} {second}"
    for first, second in (
        *((verb, "up") for verb in ("pull", "chin", "push", "press", "sit", "step", "muscle", "get")),
        *((verb, "down") for verb in ("pull", "push", "press")),
        *((verb, "over") for verb in ("pull", "cross")),
        ("kick", "back"),
        ("roll", "out"),
        ("skull", "crusher"),
        ("face", "pull"),
        ("pull", "through"),
        ("ez", "bar"),
        ("t", "bar"),
        ("pec", "deck"),
    )
}


@cache
def _spelt_out() -> dict[str, str]:
    """What lifters shorten, write in one word or in their own language, and the words it is filed under."""
    pairs = _SPLIT | {
        fold(typed): words for words, *lists in rows("words.tsv") for typed in lists[0].split(", ")
    }
    return {typed: words for typed, words in pairs.items() if typed != words}


@lru_cache(maxsize=8192)
def plain(word: str) -> str:
    """The one form under which a folded word is filed: singular, spelt out."""
    short = _spelt_out()
    one = singular(word)
    return short.get(word) or short.get(one, one)


def key(name: str) -> str:
    """What a name is filed under: its words folded, singular and spelt out."""
    return " ".join(map(plain, fold(name).split()))


def keys(names: Iterable[str]) -> dict[str, str]:
    """The key of each of many names, much faster than one by one."""
    by_script: dict[bool, list[str]] = {
        True: [],
        False: [],
    }  # ASCII on its own is translated ten times as fast
    for name in names:
        by_script[name.isascii()].append(name)
    return {
        name: line
        for some in by_script.values()
        if some
        for name, line in zip(some, _keys(some), strict=True)
    }


def _keys(names: list[str]) -> list[str]:
    text = "\n".join(name.replace("\n", " ") for name in names)
    lines = unicodedata.normalize("NFC", text).translate(_TABLE).split("\n")
    return [" ".join(map(plain, line.split())) for line in lines]


_JOINING_WORDS: Final = """
with on the a an of to for at in by con com de da do del della al alla allo ai con su sulla en la el las los
na no nas nos au aux avec la le les a mit am an der die das im с на в со op met
"""
JOINING: Final = frozenset(_JOINING_WORDS.split())
"""Words that join the words of a name and tell no lift from another."""

_VAGUE_WORDS: Final = """
ab abdominal above active advanced against air alternating and apart arm around assisted attachment away back
backward bag balance ball band bank bar behind below between bicep block board body bound box bra broad butt
bw calf can captain car carry chain chair chest chin circus clock close comp competition cone core couch crawl
deep deficit degree delivery delt depth developer dog donkey dorsal double down drill drive driver drop e
elbow elevated em exercise explosive extended face facing fast femoral figure finger flag flat floor foot
forearm forward free freestanding from front full get glute go good grad half ham hand handle hanging harness
head heavy heel height helm high hip hold hop hurdle inner internal inverse iron jump keg knee land lat lean
leg lever lift linear load loaded log long low lower lumbar manual march mid middle mine mixed monster morning
motion mountain moving multiple muscle narrow natural neck negative neutral nose oblique off open or out over
palm parallel part partial pass passive pause paused pd pectoral per pin plate platform point position power
practice prayer progression push quad quarter quick rack range raw rear regular release resistance response
return ring rock rocket roll roller rope rotation run safety saw see series ship shot shoulder side single sit
skip slide slow speed spell split stair stance standing star start static step sternum stone stop straight
strap strength strict style supported technique tempo thigh three through throw tire toe torso total touch
towel traction trainer trap tricep two und up upper version walk wall weight wheel wide wind wood world wrist
y
"""
VAGUE: Final = JOINING.union(_VAGUE_WORDS.split())
"""Words that stand in names but as often in other talk, parts of the body too: alone they hint at no lift."""

EQUIPMENT: Final = {
    "barbell": frozenset({"barbell", "ez-bar"}),
    "dumbbell": frozenset({"dumbbell"}),
    "kettlebell": frozenset({"kettlebell"}),
    "cable": frozenset({"cable"}),
    "machine": frozenset({"machine", "plate-machine", "smith", "cable"}),
    "leverage": frozenset({"machine", "plate-machine"}),
    "plate": frozenset({"machine", "plate-machine"}),
    "loaded": frozenset({"machine", "plate-machine"}),
    "smith": frozenset({"smith"}),
    "bodyweight": frozenset({"bodyweight"}),
    "weighted": frozenset({"bodyweight"}),
    "band": frozenset({"band"}),
    "landmine": frozenset({"landmine"}),
}
"""Words for equipment, and the equipment that they agree with."""
