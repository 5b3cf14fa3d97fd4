"""Trouble on demand for the REST side, and its rate limits."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from .clock import Clock
from .refusals import JSON

Trouble = Literal["500", "502", "503", "429", "hang", "close", "lost"]


@dataclass
class Fault:
    """What happens to the requests that match `route`, `left` times (None: until taken away)."""

    route: str
    trouble: Trouble
    left: int | None
    retry_after: float
    everywhere: bool


class Faults:
    """Faults in the order they were asked for; the first that matches a request is used up by it."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self.met = 0

    def next(
        self,
        route: str,
        trouble: Trouble,
        times: int | None = 1,
        *,
        retry_after: float = 0.1,
        everywhere: bool = False,
    ) -> None:
        """The next requests matching `route`, e.g. "POST /channels/*/messages", meet trouble.

        An answer of that status; "hang": none until `clear`; "close": the connection is cut before anything happens;
        "lost": it is cut when everything has happened; "429" asks to wait `retry_after` seconds, for all routes when
        `everywhere`. aiohttp itself repeats a cut GET, PUT or DELETE once on a connection that was kept alive.
        """
        self._faults.append(Fault(route, trouble, times, retry_after, everywhere))

    def clear(self) -> None:
        """No more trouble."""
        self._faults.clear()

    def waiting(self) -> bool:
        """Whether some trouble has not been met as often as it was asked for."""
        return any(fault.left is not None for fault in self._faults)

    def meet(self, route: str) -> Fault | None:
        """The trouble of this request."""
        for fault in self._faults:
            if fnmatchcase(route, fault.route):
                self._use(fault)
                return fault
        return None

    def _use(self, fault: Fault) -> None:
        self.met += 1
        if fault.left is not None:
            fault.left -= 1
            if fault.left <= 0:
                self._faults.remove(fault)


@dataclass
class _Window:
    limit: int
    per: float
    opened: float
    used: int = 0


class Pace:
    """Rate limits a bucket: wide ones unless a test narrows them, e.g. to the five messages in five seconds of old."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._limits: list[tuple[str, int, float]] = [("*", 10_000, 1.0)]
        self._windows: dict[str, _Window] = {}

    def limit(self, route: str, requests: int, per: float) -> None:
        """At most so many requests in `per` seconds for each bucket of the matching routes."""
        self._limits.insert(0, (route, requests, per))
        self._windows.clear()

    def take(self, route: str, bucket: str) -> tuple[bool, dict[str, str]]:
        """Counts a request: whether it is within its limit, and the headers that tell how it stands."""
        window = self._window(route, bucket)
        window.used += 1
        return window.used <= window.limit, self._headers(window, bucket)

    def _window(self, route: str, bucket: str) -> _Window:
        now = self._clock.seconds()
        window = self._windows.get(bucket)
        if window is None or now >= window.opened + window.per:
            limit, per = next((n, per) for pattern, n, per in self._limits if fnmatchcase(route, pattern))
            window = self._windows[bucket] = _Window(limit, per, now)
        return window

    def _headers(self, window: _Window, bucket: str) -> dict[str, str]:
        reset_after = max(0.0, window.opened + window.per - self._clock.seconds())
        template = bucket.partition("|")[0]
        return {
            "X-RateLimit-Limit": str(window.limit),
            "X-RateLimit-Remaining": str(max(0, window.limit - window.used)),
            "X-RateLimit-Reset": f"{self._clock.now().timestamp() + reset_after:.3f}",
            "X-RateLimit-Reset-After": f"{reset_after:.3f}",
            "X-RateLimit-Bucket": hashlib.md5(template.encode(), usedforsecurity=False).hexdigest(),
        }


def slow_down(retry_after: float, *, everywhere: bool = False) -> tuple[JSON, dict[str, str]]:
    """Body and headers of a 429; without `Via` the library would take it for a ban by the network in front."""
    body: JSON = {
        "message": "You are being rate limited.",
        "retry_after": retry_after,
        "global": everywhere,
    }
    headers = {"Retry-After": str(int(retry_after) + 1), "Via": "1.1 google"}
    if everywhere:
        headers["X-RateLimit-Global"] = "true"
    headers["X-RateLimit-Scope"] = "global" if everywhere else "user"
    return body, headers
