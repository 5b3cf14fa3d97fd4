"""A lifter with messages and imports that sets can belong to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from core.ids import Ids
from core.model import Athlete, LoggedSet, SetEntry
from core.store import Store, imports, messages, people


class Gym:
    """What the tests of the store have in common."""

    def __init__(self, store: Store, now: datetime) -> None:
        self.store = store
        self.now = now
        self.ids = Ids()
        self.lifter = self.athlete("Lifter")

    def id(self) -> str:
        """A new id."""
        return self.ids.new(self.now)

    def athlete(self, name: str, **known: Any) -> Athlete:
        """An athlete who is not in the database yet."""
        fields: dict[str, Any] = {
            "unit": "kg",
            "unit_chosen": False,
            "zone": "Europe/Berlin",
            "language": "en",
        }
        return Athlete(id=self.id(), name=name, created_at=self.now, **(fields | known))

    def text(self, key: str, text: str = "squat 100x8", **known: Any) -> messages.Message:
        """A message of the lifter's that is not in the database yet."""
        fields: dict[str, Any] = {
            "platform": "console",
            "chat": "1",
            "room": None,
            "author_id": self.lifter.id,
        }
        times = {"sent_at": self.now, "received_at": self.now}
        return messages.Message(id=self.id(), key=key, text=text, **(fields | times | known))

    async def open(self) -> None:
        """The lifter comes in."""
        async with self.store.write() as conn:
            await people.add(conn, self.lifter, "console", "lifter", "Lifter")

    async def said(self, *keys: str) -> list[str]:
        """Stores messages of the lifter's; their ids."""
        said = [self.text(key) for key in keys]
        async with self.store.write() as conn:
            for message in said:
                assert await messages.add(conn, message)
        return [message.id for message in said]

    async def imported(self, digest: str = "abc") -> str:
        """Stores an import of the lifter's; its id."""
        done = imports.Import(
            self.id(), self.lifter.id, self.lifter.id, "strong", "log.csv", digest, self.now
        )
        async with self.store.write() as conn:
            assert await imports.add(conn, done)
        return done.id

    def logged(self, message_id: str | None, exercise: str = "squat", **known: Any) -> LoggedSet:
        """A set of 8 at 100 kg, `at` now if nothing else is said, that is not in the database yet."""
        at: datetime = known.pop("at", self.now)
        typed = SetEntry(exercise=exercise, typed=exercise, load=100, reps=8)
        made = LoggedSet(
            id=self.id(),
            athlete_id=self.lifter.id,
            author_id=self.lifter.id,
            message_id=message_id,
            import_id=None,
            position=0,
            exercise_id=exercise,
            performed_at=at,
            day=at.date(),
            zone="Europe/Berlin",
            entry=typed,
            done=replace(typed, unit="kg"),
        )
        return replace(made, **known)
