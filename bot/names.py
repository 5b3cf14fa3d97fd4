"""What people call themselves, made fit to stand in a sentence of ours: one line, nothing unseen, not too long."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LONGEST = 64
"""Characters of a name (own choice; Telegram lets a first name have so many)."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Categories of Unicode that show nothing of their own: controls of writing direction among them."""
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters, marks and symbols that show nothing either."""


@lru_cache(maxsize=4096)
def shown(name: str, number: int) -> str:
    """A name as it may be said; the number of the account where nothing of it is left."""
    seen = "".join(char for char in " ".join(name.split()) if not _is_unseen(char))
    return " ".join(seen.split())[:LONGEST].rstrip() or str(number)


def _is_unseen(char: str) -> bool:
    return char in _BLANK or unicodedata.category(char) in _UNSEEN
