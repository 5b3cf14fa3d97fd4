"""Text that Discord shows as it is: no name and no note of anybody's becomes markup, a link in disguise or a mention.

Whatever the service would read as markup stands behind a backslash, which it does not show. Addresses stay as they
are, as a backslash would break them.
"""

from __future__ import annotations

import re

LONGEST = 2000
"""Characters of a message."""

_MARKUP = re.compile(
    r"""
    (?P<kept> https?://[^\s<>]+ )
    | [\\*_`]                                    # emphasis, code, and the escape itself
    | ~(?=~) | (?<=~)~ | \|(?=\|) | (?<=\|)\|    # struck out, hidden
    | (?m:^)(?: \#(?=\#{0,2}\s) | > | -(?=\#\s) )  # at the start of a line: heading, quotation, small print
    | \[(?=[^\]\n]*\]\()                         # a link behind other words
    | <(?=[@\#:/]|a:|t:|id:)                     # mention, emoji, time, command
    """,
    re.VERBOSE,
)
_SIGNS = re.compile(r"[\\*_`~|#>\[<]")
"""One of these is in all of it."""
_CALLS = re.compile(r"@(?=everyone\b|here\b)")
_HARMLESS = str.maketrans(r"\*_`~|#><[@", "＼∗＿ˋ∼∣＃›‹［＠")
"""Lookalikes of the same length, for a text that has no room left for backslashes."""


def plain(text: str) -> str:
    """The text, to be read as it is written; never longer than a message if it was not before."""
    shown = _MARKUP.sub(_escaped, text) if _SIGNS.search(text) else text
    if "@" in shown:
        shown = _CALLS.sub("@\u200b", shown)
    return shown if len(shown) <= LONGEST or len(text) > LONGEST else text.translate(_HARMLESS)


def _escaped(found: re.Match[str]) -> str:
    return found.group() if found["kept"] else f"\\{found.group()}"
