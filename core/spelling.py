"""Names of lifts that were nearly spelt right.

A wrong lift is worse than a question. So only words that stand in no name are forgiven a slip, never the words that
tell lifts apart ("incline" is no decline), and everyday words that happen to be one slip away are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

_SHORTEST: Final = 5
"""The letters a name needs before its misspellings are recognised (own choice)."""

_LONG: Final = 10
"""The letters from which a name may hold a second slip, or lack a blank (own choice)."""

_TALK_WORDS: Final = """
aperture beached bunched calmer clamped clearer contractor convention conventionally cranky crispy crunchy cured
dripped expansion extensive extent flexible framer gripped hypertension inline letter literal literally lounge lunged
mileage militarily overdone overhear overheard overheat overheated overload planed planet planned planted pressed
pressure pretty raised raising sawing scrunch sewing shortness shower sideband snatched sowing splitter squashed
squatter squad staggered stiffness strictly strictness superhuman superset
"""
_TALK: Final = frozenset(_TALK_WORDS.split())
"""Words of everyday talk that are a slip away from a lift: what they say is what they mean."""


def spellings(names: Iterable[str]) -> dict[str, list[str]]:
    """Names by what they are when written in one word, where that is long enough to be recognised misspelt."""
    joined: dict[str, list[str]] = {}
    for name in names:
        joined.setdefault(name.replace(" ", ""), []).append(name)
    return {word: alike for word, alike in joined.items() if len(word) >= _SHORTEST}


_ALIKE: Final = 0.7
"""The share of letters in place from which a name is worth offering (own choice)."""


def alike(typed: str, names: Iterable[str]) -> list[tuple[str, float]]:
    """The names that look like `typed`, each with its likeness from 0 to 1, the likest first. To offer, not to take."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    found = extract(typed, list(names), scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=5)
    return [(name, float(likeness)) for name, likeness, _ in found]


def mended(text: str, words: Collection[str]) -> str:
    """The text with each word that is a slip or two away from just one of `words` written as that one: "tomorow", "begginer".

    Only words of five letters and more are mended, and only where the first letter is right.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    def right(match: re.Match[str]) -> str:
        typed = match[0]
        folded = typed.lower()
        if folded in words or len(folded) < _SHORTEST:
            return typed
        reach = 1 if len(folded) < _TWO_SLIPS else 2
        found = extract(folded, list(words), scorer=OSA.distance, score_cutoff=reach, limit=2)
        found = [one for one in found if one[0][0] == folded[0] and one[1] == found[0][1]]
        return str(found[0][0]) if len(found) == 1 else typed

    return re.sub(r"[^\W\d_]+", right, text)


_TWO_SLIPS: Final = 7
"""The letters from which a word of an answer may hold two slips (own choice): there are few words to mistake it for."""


def nearest(typed: str, strange: list[str], known: Mapping[str, list[str]]) -> Iterator[tuple[str, int]]:
    """The names that `typed` may stand for, each with its distance in slips (a letter more, less, other, swapped).

    `strange` are the words of `typed` that stand in no name; `known` are names as `spellings` gives them.
    """
    if len(typed) < _SHORTEST or not _TALK.isdisjoint(strange):
        return
    # Imported here: most messages spell their lifts right, and a cold start should not pay for the others.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    sure = frozenset(typed.split()).difference(strange)
    reach = _slips(sum(map(len, strange)))
    found = extract(typed.replace(" ", ""), known.keys(), scorer=OSA.distance, score_cutoff=reach, limit=None)
    for word, distance, _ in found:
        for name in known[word]:
            if distance == 0 or (_likely(typed, name) and sure.issubset(name.split())):
                yield name, int(distance)


def _slips(letters: int) -> int:
    """How many slips the unknown letters of a name may hold (own choice): none where they are fewer than four."""
    return 0 if letters < 4 else 1 if letters < _LONG else 2


def _likely(typed: str, name: str) -> bool:
    """Whether a slip of the thumb is likely: the first letter is right, and in a short word no letter is another.

    "squt" and "sqaut" are a squat, while "clear" is no clean and "bunch" no bench. Blanks are forgotten in long
    names only: "latpuldown" is a lat pulldown, while "remote" is no remo t.
    """
    if typed[0] != name[0] or (typed.count(" ") != name.count(" ") and len(typed) < _LONG):
        return False
    return len(typed) > 6 or len(typed) != len(name) or sorted(typed) == sorted(name)
