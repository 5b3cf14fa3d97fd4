"""What is due when: one row for each kind of reminder of an athlete, claimed by whoever takes it away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from core.store.connection import Connection, Row
from core.store.serial import read_instant, read_json, write_instant, write_json


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due for an athlete at an instant, in one of their private chats. `about` is JSON."""

    athlete_id: str
    kind: str
    at: datetime
    platform: str
    chat: str
    about: dict[str, Any] = field(default_factory=dict)


_DUE = "due"
"""Under this name `about` holds when something was due that is held back."""


def held_until(due: Due, at: datetime) -> Due:
    """The same, held back until then."""
    return replace(due, at=at, about={_DUE: write_instant(due.at), **due.about})


def is_held(due: Due) -> bool:
    """Whether it was held back."""
    return _DUE in due.about


def as_due(due: Due) -> Due:
    """The same as it was before it was held back."""
    about = {key: value for key, value in due.about.items() if key != _DUE}
    return replace(due, at=read_instant(due.about[_DUE]), about=about) if is_held(due) else due


_SELECT = "SELECT athlete_id, kind, due_at, platform, chat, about FROM reminders"


async def arm(conn: Connection, due: Due) -> None:
    """It is due then, and not when it was before."""
    await conn.run(
        "INSERT INTO reminders (athlete_id, kind, due_at, platform, chat, about)"
        " VALUES (:athlete_id, :kind, :due_at, :platform, :chat, :about) ON CONFLICT (athlete_id, kind)"
        " DO UPDATE SET due_at = excluded.due_at, platform = excluded.platform, chat = excluded.chat,"
        " about = excluded.about",
        {
            "athlete_id": due.athlete_id,
            "kind": due.kind,
            "due_at": write_instant(due.at),
            "platform": due.platform,
            "chat": due.chat,
            "about": write_json(due.about),
        },
    )


async def disarm(conn: Connection, athlete_id: str, kinds: Sequence[str]) -> None:
    """Nothing of these kinds is due for an athlete."""
    await conn.run(
        "DELETE FROM reminders WHERE athlete_id = :athlete_id AND kind IN (:kinds)",
        {"athlete_id": athlete_id, "kinds": tuple(kinds)},
    )


async def of_athlete(conn: Connection, athlete_id: str) -> list[Due]:
    """All that is due for an athlete."""
    rows = await conn.execute(_SELECT + " WHERE athlete_id = :id ORDER BY kind", {"id": athlete_id})
    return [_due(row) for row in rows]


async def waiting(conn: Connection, platform: str, now: datetime, limit: int) -> list[Due]:
    """What is due on a platform, the longest first; nothing for a chat that takes nothing from us."""
    rows = await conn.execute(
        _SELECT + " WHERE platform = :platform AND due_at <= :now AND NOT EXISTS (SELECT 1 FROM chats c"  # noqa: S608 - no value in it
        " WHERE c.platform = :platform AND c.chat = reminders.chat AND c.blocked_since IS NOT NULL)"
        " ORDER BY due_at, athlete_id LIMIT :limit",
        {"platform": platform, "now": write_instant(now), "limit": limit},
    )
    return [_due(row) for row in rows]


async def next_at(conn: Connection, platform: str, after: datetime) -> datetime | None:
    """When something is due next on a platform, after an instant."""
    rows = await conn.execute(
        "SELECT MIN(due_at) FROM reminders WHERE platform = :platform AND due_at > :after",
        {"platform": platform, "after": write_instant(after)},
    )
    return None if rows[0][0] is None else read_instant(rows[0][0])


async def claim(conn: Connection, due: Due) -> bool:
    """Takes it away; False where another process did, or it is due at another time by now."""
    taken = await conn.run(
        "DELETE FROM reminders WHERE athlete_id = :athlete_id AND kind = :kind AND due_at = :due_at",
        {"athlete_id": due.athlete_id, "kind": due.kind, "due_at": write_instant(due.at)},
    )
    return taken == 1


def _due(row: Row) -> Due:
    return Due(row[0], row[1], read_instant(row[2]), row[3], row[4], read_json(row[5]))
