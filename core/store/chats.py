"""What is known of a chat: whether a room wants us, whether we may write there, what it was told once; where it moved."""

from __future__ import annotations

from datetime import datetime

from core.store.connection import Connection
from core.store.serial import read_json, write_instant, write_json


async def open_rooms(conn: Connection, platform: str) -> list[str]:
    """The rooms of a platform that asked for us."""
    rows = await conn.execute(
        "SELECT chat FROM chats WHERE platform = :platform AND open_since IS NOT NULL ORDER BY chat",
        {"platform": platform},
    )
    return [str(row[0]) for row in rows]


async def set_open(conn: Connection, platform: str, chat: str, since: datetime | None) -> None:
    """A room asks for us from now on; None: it does so no more."""
    await _know(conn, platform, chat)
    await conn.run(
        "UPDATE chats SET open_since = :since WHERE platform = :platform AND chat = :chat",
        {"platform": platform, "chat": chat, "since": None if since is None else write_instant(since)},
    )


async def block(conn: Connection, platform: str, chat: str, at: datetime) -> bool:
    """A chat takes nothing from us: what waits for it goes on waiting. False where that was known."""
    await _know(conn, platform, chat)
    changed = await conn.run(
        "UPDATE chats SET blocked_since = :at"
        " WHERE platform = :platform AND chat = :chat AND blocked_since IS NULL",
        {"platform": platform, "chat": chat, "at": write_instant(at)},
    )
    return changed == 1


async def unblock(conn: Connection, platform: str, names: tuple[str, ...]) -> None:
    """Somebody wrote from there: a private chat, by its own name or its owner's."""
    await conn.run(
        "UPDATE chats SET blocked_since = NULL"
        " WHERE platform = :platform AND chat IN (:names) AND blocked_since IS NOT NULL",
        {"platform": platform, "names": names},
    )


async def tell_once(conn: Connection, platform: str, chat: str, what: str) -> bool:
    """Whether a chat has not been told `what` before; from now on it has."""
    await _know(conn, platform, chat)
    params = {"platform": platform, "chat": chat}
    rows = await conn.execute("SELECT told FROM chats WHERE platform = :platform AND chat = :chat", params)
    told = list(read_json(rows[0][0]))
    if what in told:
        return False
    await conn.run(
        "UPDATE chats SET told = :told WHERE platform = :platform AND chat = :chat",
        {**params, "told": write_json([*told, what])},
    )
    return True


_BOT = "bot"
"""Under this name stands which account of a platform we are; no chat is called that."""


async def serve_as(conn: Connection, platform: str, account: str) -> bool:
    """We are that account of a platform from now on; True where we were another one before.

    Platforms number private messages for each bot anew, so the old ones keep their place under a name that no new one
    can have.
    """
    await _know(conn, platform, _BOT)
    params = {"platform": platform, "chat": _BOT}
    rows = await conn.execute("SELECT told FROM chats WHERE platform = :platform AND chat = :chat", params)
    before = list(read_json(rows[0][0]))
    if before == [account]:
        return False
    await conn.run(
        "UPDATE chats SET told = :told WHERE platform = :platform AND chat = :chat",
        {**params, "told": write_json([account])},
    )
    if not before:
        return False
    await conn.run(
        "UPDATE messages SET message_key = :before || '/' || message_key WHERE platform = :platform",
        {"platform": platform, "before": str(before[0])},
    )
    return True


async def move(conn: Connection, platform: str, old: str, new: str) -> None:
    """A room goes on under another name: what it is in the middle of, and what waits for it, goes with it.

    Messages there are numbered anew, so the old ones keep their place under a name that no new one can have.
    """
    params = {"platform": platform, "old": old, "new": new}
    await conn.run(
        "UPDATE messages SET chat = :new, room = :new, message_key = chat || '/' || message_key"
        " WHERE platform = :platform AND chat = :old",
        params,
    )
    await conn.run(
        "UPDATE questions SET chat = :new WHERE chat = :old"
        " AND message_id IN (SELECT id FROM messages WHERE platform = :platform AND chat = :new)",
        params,
    )
    await conn.run(
        "UPDATE replies SET chat = :new, replaces = NULL"
        " WHERE platform = :platform AND chat = :old AND sent_at IS NULL",
        params,
    )
    await conn.run(
        "DELETE FROM chats WHERE platform = :platform AND chat = :new"
        " AND EXISTS (SELECT 1 FROM chats o WHERE o.platform = :platform AND o.chat = :old)",
        params,
    )
    await conn.run(
        "UPDATE chats SET chat = :new, blocked_since = NULL WHERE platform = :platform AND chat = :old",
        params,
    )


async def _know(conn: Connection, platform: str, chat: str) -> None:
    await conn.run(
        "INSERT INTO chats (platform, chat, told) VALUES (:platform, :chat, '[]')"
        " ON CONFLICT (platform, chat) DO NOTHING",
        {"platform": platform, "chat": chat},
    )
