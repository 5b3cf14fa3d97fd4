"""Messages in, each once, and replies out, each kept until the platform has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from zlib import crc32

from core.ids import least_of
from core.store.connection import Connection, Row
from core.store.serial import (
    read_instant,
    read_instant_or_none,
    read_json,
    write_instant,
    write_instant_or_none,
    write_json,
)


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it came. `key` is the platform's own id of it; `room` is None in private.

    Where the text is kept no longer it is empty, and `pruned` the mark by which it is known again.
    """

    id: str
    platform: str
    chat: str
    key: str
    room: str | None
    author_id: str
    text: str
    sent_at: datetime
    received_at: datetime
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    thread: str | None = None
    pruned: str | None = None

    @property
    def mark(self) -> str:
        """By which its text is known again. Not the text: the marks of two may be the same, once in four billion."""
        return mark_of(self.text) if self.pruned is None else self.pruned

    def says(self, text: str) -> bool:
        """Whether this is its text."""
        return self.text == text if self.pruned is None else self.pruned == mark_of(text)


def mark_of(text: str) -> str:
    """By which a text is known again: its CRC-32 in eight hexadecimal digits."""
    return f"{crc32(text.encode(errors='replace')):08x}"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A picture or another file that goes out with a reply."""

    name: str
    media: str
    data: bytes


@dataclass(frozen=True, slots=True)
class StoredReply:
    """A reply in its final words. `extra` is JSON: buttons, and whether there are files. `replaces` is what it edits."""

    id: str
    message_id: str | None
    platform: str
    chat: str
    athlete_id: str | None
    audience: Literal["chat", "private"]
    body: str
    created_at: datetime
    extra: dict[str, Any] = field(default_factory=dict)
    sent_at: datetime | None = None
    platform_message_id: str | None = None
    replaces: str | None = None


_MESSAGE = (
    "SELECT id, platform, chat, message_key, room, author_id, text, sent_at, received_at, edited_at, deleted_at,"
    " thread, pruned FROM messages"
)
_REPLY = (
    "SELECT id, message_id, platform, chat, athlete_id, audience, body, created_at, extra, sent_at,"
    " platform_message_id, replaces FROM replies"
)
_WIDTH = 12
# `way` is where a reply goes: an account of the athlete where others read what it answers, and it is not for them.
_UNSENT = (
    "SELECT * FROM (SELECT r.id, r.message_id, r.platform, r.chat, r.athlete_id, r.audience, r.body, r.created_at,"
    " r.extra, r.sent_at, r.platform_message_id, r.replaces,"
    " CASE WHEN r.audience = 'private' AND m.room IS NOT NULL THEN i.account ELSE r.chat END AS way,"
    " i.account, m.message_key, m.room, m.thread FROM replies r"
    " LEFT JOIN messages m ON m.id = r.message_id"
    " LEFT JOIN identities i ON r.audience = 'private' AND m.room IS NOT NULL AND i.platform = r.platform"
    " AND i.account = (SELECT MIN(account) FROM identities"
    " WHERE platform = r.platform AND athlete_id = r.athlete_id)"
    " WHERE r.platform = :platform AND r.sent_at IS NULL AND r.id > :after) AS waiting"
    " WHERE way IS NOT NULL AND NOT EXISTS (SELECT 1 FROM chats c WHERE c.platform = :platform"
    " AND c.chat = way AND c.blocked_since IS NOT NULL) ORDER BY id LIMIT :limit"
)


async def find(conn: Connection, platform: str, chat: str, key: str) -> Message | None:
    """The message that the platform calls `key`."""
    rows = await conn.execute(
        _MESSAGE + " WHERE platform = :platform AND chat = :chat AND message_key = :key",
        {"platform": platform, "chat": chat, "key": key},
    )
    return _message(rows[0]) if rows else None


async def get(conn: Connection, id: str) -> Message | None:  # noqa: A002 - the column's name
    """The message with this id of ours."""
    rows = await conn.execute(_MESSAGE + " WHERE id = :id", {"id": id})
    return _message(rows[0]) if rows else None


async def add(conn: Connection, message: Message) -> bool:
    """Stores a message; False if it is here already (then nothing is stored, and its id is the first one's)."""
    added = await conn.run(
        "INSERT INTO messages (id, platform, chat, message_key, room, author_id, text, sent_at, received_at,"
        " edited_at, deleted_at, thread) VALUES (:id, :platform, :chat, :key, :room, :author_id, :text, :sent_at,"
        " :received_at, :edited_at, :deleted_at, :thread) ON CONFLICT (platform, chat, message_key) DO NOTHING",
        {
            "id": message.id,
            "platform": message.platform,
            "chat": message.chat,
            "key": message.key,
            "room": message.room,
            "author_id": message.author_id,
            "text": message.text,
            "sent_at": write_instant(message.sent_at),
            "received_at": write_instant(message.received_at),
            "edited_at": write_instant_or_none(message.edited_at),
            "deleted_at": write_instant_or_none(message.deleted_at),
            "thread": message.thread,
        },
    )
    return added == 1


async def amend(conn: Connection, id: str, text: str, edited_at: datetime) -> None:  # noqa: A002 - as above
    """The text after an edit."""
    await conn.run(
        "UPDATE messages SET text = :text, edited_at = :at, pruned = NULL WHERE id = :id",
        {"id": id, "text": text, "at": write_instant(edited_at)},
    )


async def mark_deleted(conn: Connection, id: str, at: datetime) -> None:  # noqa: A002 - as above
    """Its author took the message back. The row stays, so that it is not taken in again."""
    await conn.run("UPDATE messages SET deleted_at = :at WHERE id = :id", {"id": id, "at": write_instant(at)})


async def unmark_deleted(conn: Connection, id: str) -> None:  # noqa: A002 - as above
    """A deletion was taken back: the message stands again, and can be edited and deleted anew."""
    await conn.run("UPDATE messages SET deleted_at = NULL WHERE id = :id", {"id": id})


async def add_reply(conn: Connection, reply: StoredReply) -> None:
    """Stores a reply, in the transaction that stores what it speaks of."""
    await conn.run(
        "INSERT INTO replies (id, message_id, platform, chat, athlete_id, audience, body, created_at, extra,"
        " sent_at, platform_message_id, replaces) VALUES (:id, :message_id, :platform, :chat, :athlete_id,"
        " :audience, :body, :created_at, :extra, :sent_at, :platform_message_id, :replaces)",
        {
            "id": reply.id,
            "message_id": reply.message_id,
            "platform": reply.platform,
            "chat": reply.chat,
            "athlete_id": reply.athlete_id,
            "audience": reply.audience,
            "body": reply.body,
            "created_at": write_instant(reply.created_at),
            "extra": write_json(reply.extra),
            "sent_at": write_instant_or_none(reply.sent_at),
            "platform_message_id": reply.platform_message_id,
            "replaces": reply.replaces,
        },
    )


async def replies_to(conn: Connection, message_id: str) -> list[StoredReply]:
    """All replies to a message, oldest first."""
    rows = await conn.execute(_REPLY + " WHERE message_id = :id ORDER BY id", {"id": message_id})
    return [_reply(row) for row in rows]


async def platform_id(conn: Connection, reply_id: str) -> str | None:
    """What the platform calls a reply, None where it does not have it."""
    rows = await conn.execute("SELECT platform_message_id FROM replies WHERE id = :id", {"id": reply_id})
    return None if not rows or rows[0][0] is None else str(rows[0][0])


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reply that waits to be sent: where to, and what it answers there. `person`: `to` is an account, no chat."""

    reply: StoredReply
    to: str
    person: bool = False
    answers: str | None = None
    room: str | None = None
    thread: str | None = None


async def unsent(conn: Connection, platform: str, limit: int, after: str = "") -> list[Waiting]:
    """Replies that the platform does not have yet, oldest first, `after` an id; none to a chat that takes nothing.

    What is for an athlete alone goes to their account there; without one it waits.
    """
    rows = await conn.execute(
        _UNSENT,
        {"platform": platform, "limit": limit, "after": after},
    )
    own = _WIDTH
    return [
        Waiting(
            _reply(row[:own]), row[own], row[own + 1] is not None, row[own + 2], row[own + 3], row[own + 4]
        )
        for row in rows
    ]


async def add_files(conn: Connection, reply_id: str, files: Sequence[StoredFile]) -> None:
    """What goes out with a reply; its `extra` says so."""
    await conn.run_each(
        "INSERT INTO files (reply_id, position, name, media, data)"
        " VALUES (:reply, :position, :name, :media, :data)",
        [
            {"reply": reply_id, "position": place, "name": one.name, "media": one.media, "data": one.data}
            for place, one in enumerate(files)
        ],
    )


async def files_of(conn: Connection, reply_id: str) -> list[StoredFile]:
    """What goes out with a reply, in order; nothing once it has gone out."""
    rows = await conn.execute(
        "SELECT name, media, data FROM files WHERE reply_id = :reply ORDER BY position", {"reply": reply_id}
    )
    return [StoredFile(str(row[0]), str(row[1]), bytes(row[2])) for row in rows]


async def drop_files(conn: Connection, reply_id: str) -> None:
    """The platform has them: they are not kept here."""
    await conn.run("DELETE FROM files WHERE reply_id = :reply", {"reply": reply_id})


async def mark_sent(conn: Connection, reply_id: str, at: datetime, platform_message_id: str | None) -> None:
    """The platform has the reply, under that id."""
    await conn.run(
        "UPDATE replies SET sent_at = :at, platform_message_id = :key WHERE id = :id",
        {"id": reply_id, "at": write_instant(at), "key": platform_message_id},
    )


def _message(row: Row) -> Message:
    return Message(
        id=row[0],
        platform=row[1],
        chat=row[2],
        key=row[3],
        room=row[4],
        author_id=row[5],
        text=row[6],
        sent_at=read_instant(row[7]),
        received_at=read_instant(row[8]),
        edited_at=read_instant_or_none(row[9]),
        deleted_at=read_instant_or_none(row[10]),
        thread=row[11],
        pruned=row[12],
    )


def _reply(row: Row) -> StoredReply:
    return StoredReply(
        id=row[0],
        message_id=row[1],
        platform=row[2],
        chat=row[3],
        athlete_id=row[4],
        audience=row[5],
        body=row[6],
        created_at=read_instant(row[7]),
        extra=read_json(row[8]),
        sent_at=read_instant_or_none(row[9]),
        platform_message_id=row[10],
        replaces=row[11],
    )


async def last_number(conn: Connection, platform: str, chat: str) -> int:
    """The highest message key of a chat that is a plain number, 0 where there is none."""
    rows = await conn.execute(
        "SELECT MAX(CASE WHEN message_key <> '' AND LENGTH(message_key) < 10"
        " AND LENGTH(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE("
        "message_key,'0',''),'1',''),'2',''),'3',''),'4',''),'5',''),'6',''),'7',''),'8',''),'9','')) = 0"
        " THEN CAST(message_key AS INTEGER) END)"
        " FROM messages WHERE platform = :platform AND chat = :chat",
        {"platform": platform, "chat": chat},
    )
    return int(rows[0][0] or 0)


async def newest_key(conn: Connection, platform: str, chat: str) -> str | None:
    """The newest message of a chat, where the platform's ids are numbers of one length that grow; None where none is."""
    rows = await conn.execute(
        "SELECT MAX(message_key) FROM messages WHERE platform = :platform AND chat = :chat AND message_key < ':'",
        {"platform": platform, "chat": chat},
    )
    return None if rows[0][0] is None else str(rows[0][0])


async def keys_between(conn: Connection, platform: str, chat: str, low: str, high: str) -> list[str]:
    """The messages of a chat from `low` to `high` that nobody has deleted, where ids are numbers of one length."""
    rows = await conn.execute(
        "SELECT message_key FROM messages WHERE platform = :platform AND chat = :chat"
        " AND message_key >= :low AND message_key <= :high AND deleted_at IS NULL"
        " AND LENGTH(message_key) = LENGTH(:low) ORDER BY message_key",
        {"platform": platform, "chat": chat, "low": low, "high": high},
    )
    return [str(row[0]) for row in rows]


async def private_chats(conn: Connection, platform: str, since: datetime) -> list[str]:
    """The private chats of a platform that anybody wrote in from that instant on."""
    rows = await conn.execute(
        "SELECT DISTINCT chat FROM messages WHERE id >= :least AND platform = :platform AND room IS NULL ORDER BY chat",
        {"platform": platform, "least": least_of(since)},
    )
    return [str(row[0]) for row in rows]
