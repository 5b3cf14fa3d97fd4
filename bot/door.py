"""What a platform is to whoever serves it: something that serves until it is stopped, or says why it cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Ready = Callable[[str], None]
"""Told a sentence once a platform is up: who to write to, and what it cannot do."""


class Refused(Exception):  # noqa: N818 - named for what happened
    """The platform will not have us, and no second try would change that; the text is a sentence."""


class Unreachable(Exception):  # noqa: N818 - as above
    """The platform cannot be reached now; the text says how it failed."""


class Door(Protocol):
    """A platform that the coach is served on."""

    @property
    def name(self) -> str:
        """What people call it."""

    async def serve(self, ready: Ready) -> None:
        """Serves until cancelled. Raises Refused and Unreachable; may be called again after either."""
