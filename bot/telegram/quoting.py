"""What people put into names and texts must do nothing where we repeat it: call nobody, and be no command to tap."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.commands import BY_NAME

JOINER = "\u2060"
"""The word joiner: it has no width, and ends what Telegram takes for a name or a command."""

_MARK = re.compile(r"@(?=(?P<name>[^\W\d_]\w*))|(?<![\w/])/(?=(?P<command>\w+))")
_NAMES, _COMMANDS = frozenset({"botfather"}), frozenset(BY_NAME) | {"setprivacy"}
"""What our own sentences send people to."""
_ALIKE = {"@": "＠", "/": "∕"}


def disarmed(body: str, me: str, longest: int) -> str:
    """A text without live mentions, but of the bot `me`, and without commands that are not ours.

    It looks the same; one that joiners would make longer than `longest` UTF-16 units gets characters that look alike.
    """
    joined = _replaced(body, me, lambda mark: mark + JOINER)
    if len(joined.encode("utf-16-le", "replace")) // 2 <= longest:
        return joined
    return _replaced(body, me, _ALIKE.__getitem__)


def _replaced(body: str, me: str, change: Callable[[str], str]) -> str:
    def replaced(found: re.Match[str]) -> str:
        name, command = found["name"], found["command"]
        ours = name.lower() in {*_NAMES, me.lower()} if command is None else command.lower() in _COMMANDS
        return found.group() if ours else change(found.group())

    return _MARK.sub(replaced, body)
