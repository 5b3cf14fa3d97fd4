"""The server's time, which a test may put forward, and the ids made from it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

# Milliseconds between the Unix epoch and the first second of 2015, where Discord's ids begin to count.
_EPOCH_MS = 1_420_070_400_000
_TIME_SHIFT = 22


class Clock:
    """Real time plus whatever a test has let pass; ids grow with it and never repeat."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._last_id = 0

    def passes(self, seconds: float) -> None:
        """Puts the clock forward, so that three seconds or fifteen minutes need not be waited for."""
        self._ahead += seconds

    def seconds(self) -> float:
        """A count of seconds that only grows."""
        return time.monotonic() + self._ahead

    def now(self) -> datetime:
        """The time of day, in UTC."""
        return datetime.now(UTC) + timedelta(seconds=self._ahead)

    def new_id(self) -> int:
        """The next snowflake: creation time in the upper bits, larger than any before it."""
        stamp = int(self.now().timestamp() * 1000) - _EPOCH_MS
        self._last_id = max(stamp << _TIME_SHIFT, self._last_id + 1)
        return self._last_id


def iso(moment: datetime) -> str:
    """A time as the API writes it."""
    return moment.isoformat(timespec="microseconds")
