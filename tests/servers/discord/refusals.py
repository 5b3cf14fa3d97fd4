"""What the real service says when it refuses a request: HTTP status, error code and text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

JSON = dict[str, Any]


class Refusal(Exception):  # noqa: N818 - the service says no, as it should
    """A request that the service turns down; `errors` names the offending fields, nested as the API nests them."""

    def __init__(self, status: int, code: int, text: str, errors: JSON | None = None) -> None:
        super().__init__(f"{status} ({code}): {text} {errors or ''}".strip())
        self.status = status
        self.code = code
        self.text = text
        self.errors = errors

    def body(self) -> JSON:
        """The answer's JSON."""
        body: JSON = {"message": self.text, "code": self.code}
        return body if self.errors is None else {**body, "errors": self.errors}


@dataclass(frozen=True)
class Refused:
    """A refusal as the server remembers it, with what had been asked."""

    method: str
    path: str
    body: Any
    status: int
    code: int
    text: str
    errors: JSON | None


class Form:
    """Collects what is wrong with a body, field by field, and refuses it as one invalid form."""

    def __init__(self) -> None:
        self._errors: JSON = {}

    def wrong(self, path: tuple[str | int, ...], code: str, text: str) -> None:
        """Notes a fault of the field at `path`."""
        node = self._errors
        for step in path:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": code, "message": text})

    def length(self, path: tuple[str | int, ...], value: str, low: int, high: int) -> None:
        """Notes a text that is shorter or longer than allowed, in code points."""
        if low <= len(value) <= high:
            return
        if low > 0:
            self.wrong(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")
        else:
            self.wrong(path, "BASE_TYPE_MAX_LENGTH", f"Must be {high} or fewer in length.")

    def text(self, path: tuple[str | int, ...], value: object, low: int, high: int) -> None:
        """Notes anything that is not a text of an allowed length."""
        if value is None and low > 0:
            self.wrong(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif not isinstance(value, str):
            self.wrong(path, "STRING_TYPE_CONVERT", "Could not interpret value as string.")
        else:
            self.length(path, value, low, high)

    def choice(self, path: tuple[str | int, ...], value: object, allowed: frozenset[Any]) -> None:
        """Notes a value outside a published set."""
        if value not in allowed or isinstance(value, bool):
            listed = ", ".join(sorted(map(str, allowed)))
            self.wrong(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")

    def done(self) -> None:
        """Raises when something was wrong."""
        if self._errors:
            raise Refusal(400, 50035, "Invalid Form Body", self._errors)


def invalid(path: tuple[str | int, ...], code: str, text: str) -> Refusal:
    """An invalid form with a single fault."""
    form = Form()
    form.wrong(path, code, text)
    try:
        form.done()
    except Refusal as refusal:
        return refusal
    raise AssertionError("a form with a fault is always refused")


def not_found() -> Refusal:
    """There is no such address."""
    return Refusal(404, 0, "404: Not Found")


def unauthorized() -> Refusal:
    """The bot's token is missing or wrong."""
    return Refusal(401, 0, "401: Unauthorized")


def unknown(what: str) -> Refusal:
    """A thing that is not there, or that the bot must not know of."""
    code, text = _UNKNOWN[what]
    return Refusal(404, code, text)


def missing_access() -> Refusal:
    """The bot cannot see the channel."""
    return Refusal(403, 50001, "Missing Access")


def missing_permissions() -> Refusal:
    """The bot sees the channel but may not do this there."""
    return Refusal(403, 50013, "Missing Permissions")


_UNKNOWN = {
    "channel": (10003, "Unknown Channel"),
    "guild": (10004, "Unknown Guild"),
    "member": (10007, "Unknown Member"),
    "message": (10008, "Unknown Message"),
    "user": (10013, "Unknown User"),
    "webhook": (10015, "Unknown Webhook"),
    "interaction": (10062, "Unknown interaction"),
    "command": (10063, "Unknown application command"),
    "application": (10002, "Unknown Application"),
}
