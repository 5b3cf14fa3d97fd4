"""One athlete in a private chat, with the alarm beside them: they type, it is looked, in any order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.alarm import Alarm
from bot.dispatch import UNASKED, Dispatch
from core.model import Inbound
from core.store import Store
from core.store.messages import StoredReply

PLATFORM = "test"


def utc(text: str) -> datetime:
    """An instant, as `2026-11-02 17:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass
class Desk:
    """`types` something, `looks` at what is due; `said` holds what was said by itself, as its kind and its words."""

    store: Store
    now: datetime = datetime(2026, 11, 2, 7, tzinfo=UTC)
    number: int = 0
    said: list[tuple[datetime, str, str]] = field(default_factory=list)

    def room(self) -> int:
        return 100

    def tell(self, reply: StoredReply) -> None:
        self.said.append((self.now, str(reply.extra[UNASKED]), reply.body))

    async def types(self, at: datetime, text: str, sent: datetime | None = None) -> str:
        """What is answered to a message that is read then; `sent` where that was earlier."""
        self.now, self.number = at, self.number + 1
        inbound = Inbound(PLATFORM, "7", str(self.number), "7", "Ann", text, sent or at, None)
        dispatch = Dispatch(self.store)
        replies = await dispatch.handle(inbound, now=at)
        await dispatch.settle()
        return "\n".join(one.body for one in replies)

    async def looks(self, at: datetime) -> list[str]:
        """The words of what is said then."""
        self.now, before = at, len(self.said)
        await Alarm(self.store, PLATFORM, Dispatch(self.store), self, lambda: self.now).look()
        return [words for _, _, words in self.said[before:]]

    async def until(self, at: datetime) -> list[str]:
        """The words of what is said until then, each in its time."""
        before = len(self.said)
        while True:
            async with self.store.read() as conn:
                due = (await conn.execute("SELECT MIN(due_at) FROM reminders"))[0][0]
            if due is None or datetime.fromisoformat(due) > at:
                break
            await self.looks(max(self.now, datetime.fromisoformat(due)))
        self.now = max(self.now, at)
        return [words for _, _, words in self.said[before:]]
