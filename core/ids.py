"""Sortable ids that the program makes itself, so that no database has to number anything."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U. Its order is that of the characters' codes, so ids sort as text."""

LENGTH = 26
"""Characters of an id: 48 bits of time and 80 of chance, five bits a character (the ULID layout)."""

_CHANCE_BITS = 80
# Ids of one millisecond differ by up to this many bits, so that the next cannot be guessed from the last.
_STEP_BITS = 48
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Ids:
    """A source of ids, each greater than the one before, also while the clock stands still or goes back."""

    def __init__(self) -> None:
        self._last = 0

    def new(self, now: datetime) -> str:
        """The next id. `now` is an aware instant from 1970 on (ValueError otherwise)."""
        fresh = _milliseconds(now) << _CHANCE_BITS | secrets.randbits(_CHANCE_BITS)
        if fresh >> _CHANCE_BITS > self._last >> _CHANCE_BITS:
            self._last = fresh
        else:
            self._last += 1 + secrets.randbits(_STEP_BITS)
        return _text(self._last)


def least_of(at: datetime) -> str:
    """The least id that can be made at that instant: what was made before has a smaller one."""
    return _text(_milliseconds(at) << _CHANCE_BITS)


def _milliseconds(now: datetime) -> int:
    if now.tzinfo is None:
        raise ValueError("an id needs an instant with its offset from UTC")
    passed = (now - _EPOCH) // timedelta(milliseconds=1)
    if passed < 0:
        raise ValueError("an id needs an instant from 1970 on")
    return passed


def _text(number: int) -> str:
    return "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))
