"""People who write to one coach, and what is in its database afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.dispatch import Dispatch, Outbound
from core.model import Inbound
from core.store import Store
from core.store.serial import read_entry

BEGAN = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
TABLES = (
    "athletes", "identities", "preferences", "messages", "replies", "sets", "own_exercises", "names",
    "stated_maxes", "body_weights", "questions", "changes", "calls",
)  # fmt: skip

Rows = dict[str, list[tuple[Any, ...]]]


class GymFloor:
    """A dispatch over a store. Each message comes a minute after the one before it, under the next number."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.dispatch = Dispatch(store)
        self._count = 0

    def message(self, text: str, key: int | None = None, who: str = "ann", **known: Any) -> Inbound:
        """A message as a platform hands it over. Its chat is the person's own if no `room` is named."""
        if key is None:
            self._count += 1
            key = self._count
        fields: dict[str, Any] = {"sent_at": BEGAN + timedelta(minutes=key)} | known
        chat = f"@{fields['room']}" if fields.get("room") is not None else who
        return Inbound("test", chat, str(key), who, who.title(), text, **fields)

    async def hears(self, inbound: Inbound) -> list[Outbound]:
        """Hands a message over."""
        replies = await self.dispatch.handle(inbound, now=inbound.sent_at)
        await self.dispatch.settle()
        return replies

    async def said(self, *texts: str, who: str = "ann", **known: Any) -> list[str]:
        """Hands messages over, one after the other; the replies to the last."""
        outbounds: list[Outbound] = []
        for text in texts:
            outbounds = await self.hears(self.message(text, who=who, **known))
        return [outbound.body for outbound in outbounds]

    async def edited(self, key: int, text: str, who: str = "ann", **known: Any) -> list[str]:
        """Edits a message of before; the replies."""
        return bodies(await self.hears(self.message(text, key, who, edited=True, **known)))

    async def deleted(self, key: int, who: str = "ann", **known: Any) -> list[str]:
        """Deletes a message of before; the replies."""
        return bodies(await self.hears(self.message("", key, who, deleted=True, **known)))

    async def rows(self) -> Rows:
        """All that is in the database."""
        async with self.store.read() as conn:
            return {
                table: sorted(await conn.execute(f"SELECT * FROM {table}"), key=repr)  # noqa: S608 - ours
                for table in TABLES
            }

    async def log(self, who: str = "ann") -> list[tuple[str, float | None, int | None]]:
        """Lift, load and reps of a person's sets, in the order of their messages."""
        return [
            (row["exercise"], row["done"].load, row["done"].reps)
            for row in await logged(self.store)
            if row["person"] == who
        ]


def bodies(outbounds: list[Outbound]) -> list[str]:
    """The texts."""
    return [outbound.body for outbound in outbounds]


async def logged(store: Store) -> list[dict[str, Any]]:
    """Every set with its person and message, in the order of time, under names that every database shares."""
    async with store.read() as conn:
        rows = await conn.execute(
            "SELECT i.account, a.account, w.account, m.message_key, m.text, s.position, s.exercise_id,"
            " s.performed_at, s.day, s.typed, s.done, s.kind, s.e1rm_kg, b.message_key, l.position"
            " FROM sets s JOIN identities i ON i.athlete_id = s.athlete_id"
            " JOIN identities a ON a.athlete_id = s.author_id"
            " JOIN messages m ON m.id = s.message_id JOIN identities w ON w.athlete_id = m.author_id"
            " LEFT JOIN sets l ON l.id = s.leans_on LEFT JOIN messages b ON b.id = l.message_id"
        )
    names = (
        "person", "author", "writer", "key", "text", "position", "exercise",
        "at", "day", "typed", "done", "kind", "e1rm", "base", "base_position",
    )  # fmt: skip
    found = [dict(zip(names, row, strict=True)) for row in rows]
    for row in found:
        row["typed"], row["done"] = read_entry(row["typed"]), read_entry(row["done"])
    return sorted(found, key=lambda row: (row["at"], row["person"], row["key"], row["position"]))
