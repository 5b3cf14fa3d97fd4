"""A database that is away for a while loses no message, and what is broken for good is said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.dispatch import Dispatch, Outbound
from bot.taking_in import taken_in
from core.errors import StoreError, StoreLocked, StoreUnreachable
from core.model import Inbound
from core.store import Store

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
SAID = Inbound("test", "1", "17", "ann", "Ann", "squat 100x8", NOW)


class Away(Dispatch):
    """A dispatch whose database is away for the first tries."""

    def __init__(self, store: Store, *errors: Exception) -> None:
        super().__init__(store)
        self.errors = list(errors)

    async def handle(self, inbound: Inbound, *, now: datetime) -> list[Outbound]:
        if self.errors:
            raise self.errors.pop(0)
        return await super().handle(inbound, now=now)


async def test_a_message_waits_for_the_database(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    dispatch = Away(store, StoreUnreachable("The server does not answer."), StoreLocked("In use."))
    [reply] = await taken_in(dispatch, SAID, lambda: NOW, pause=0.001)
    assert reply.body.startswith("Squat 100 kg × 8 ✓")
    assert [record.getMessage() for record in caplog.records] == [
        "The server does not answer. Messages wait until it is back.",
        "The database is back.",
    ]


async def test_what_no_second_try_would_mend_is_raised(store: Store) -> None:
    with pytest.raises(StoreError, match="full"):
        await taken_in(Away(store, StoreError("The disk is full.")), SAID, lambda: NOW)
