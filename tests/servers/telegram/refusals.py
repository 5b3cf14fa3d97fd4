"""How a request is answered when it is not done.

Texts are those of the real service. Where it would quietly drop or ignore something and this server refuses instead,
the text ends with `(loopback)`.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
"""An object as it goes over the wire."""

_PREFIX = {400: "Bad Request", 403: "Forbidden", 409: "Conflict", 429: "Too Many Requests"}


class RefusedError(Exception):
    """The request itself is wrong: it could be known from what the bot was told before."""

    def __init__(self, text: str, code: int = 400, **parameters: int) -> None:
        self.code = code
        self.description = f"{_PREFIX[code]}: {text}" if code in _PREFIX else text
        self.parameters = parameters
        super().__init__(self.description)

    @property
    def body(self) -> Json:
        """The answer as published: `ok`, `error_code`, `description` and perhaps `parameters`."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


class DeclinedError(RefusedError):
    """The request is well made, but the world has moved on: blocked, migrated, deleted, asked too often."""


def ours(text: str, code: int = 400) -> RefusedError:
    """A refusal where the real service would say nothing and do less than was asked."""
    return RefusedError(f"{text} (loopback)", code)
