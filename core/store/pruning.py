"""What was written, kept no longer than an operator wants: the texts of messages, the words that answered
them, and the questions that were asked about them.

The rows stay, with all that follows from them: a message is known again, can be edited and deleted, and its sets are what
they were. Of a text its mark is kept, so that it is known whether an edit changes it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.ids import least_of
from core.store.connection import Connection
from core.store.messages import mark_of
from core.store.serial import read_json, write_instant, write_json


async def texts(conn: Connection, after: str, before: datetime, limit: int) -> tuple[list[str], str | None]:
    """Which of so many messages after an id, from before an instant, still have their text; the last of those looked at,
    None where there are no more."""
    rows = await conn.execute(
        "SELECT id, CASE WHEN text <> '' THEN 1 ELSE 0 END FROM messages WHERE id > :after AND id < :before"
        " ORDER BY id LIMIT :limit",
        {"after": after, "before": least_of(before), "limit": limit},
    )
    return [str(key) for key, kept in rows if kept], (str(rows[-1][0]) if len(rows) == limit else None)


async def bodies(conn: Connection, after: str, before: datetime, limit: int) -> tuple[list[str], str | None]:
    """The same of replies. One that still has to go out keeps its words."""
    rows = await conn.execute(
        "SELECT id, CASE WHEN body <> '' AND sent_at IS NOT NULL THEN 1 ELSE 0 END FROM replies"
        " WHERE id > :after AND id < :before ORDER BY id LIMIT :limit",
        {"after": after, "before": least_of(before), "limit": limit},
    )
    return [str(key) for key, kept in rows if kept], (str(rows[-1][0]) if len(rows) == limit else None)


async def asked(conn: Connection, after: str, before: datetime, limit: int) -> tuple[list[str], str | None]:
    """The same of questions, which hold the text that they are about. One that was open lately keeps it."""
    rows = await conn.execute(
        "SELECT id, CASE WHEN payload <> '{}' AND COALESCE(answered_at, closed_at) < :then THEN 1 ELSE 0 END"
        " FROM questions WHERE id > :after AND id < :before ORDER BY id LIMIT :limit",
        {"after": after, "before": least_of(before), "then": write_instant(before), "limit": limit},
    )
    return [str(key) for key, kept in rows if kept], (str(rows[-1][0]) if len(rows) == limit else None)


async def drop_texts(conn: Connection, ids: list[str]) -> None:
    """These messages keep the marks of their texts alone. An edit that comes in between keeps its text for now."""
    rows = await conn.execute("SELECT id, text FROM messages WHERE id IN (:ids)", {"ids": tuple(ids)})
    await conn.run_each(
        "UPDATE messages SET text = '', pruned = :mark WHERE id = :id AND text = :text AND text <> ''",
        [{"id": key, "text": text, "mark": mark_of(text)} for key, text in rows],
    )


async def drop_bodies(conn: Connection, ids: list[str]) -> None:
    """These replies keep no words, nor do their buttons: what pressing one brings back stays, and is still understood."""
    rows = await conn.execute(
        "SELECT id, extra FROM replies WHERE id IN (:ids) AND sent_at IS NOT NULL", {"ids": tuple(ids)}
    )
    await conn.run_each(
        "UPDATE replies SET body = '', extra = :extra WHERE id = :id",
        [{"id": key, "extra": write_json(_without_labels(read_json(extra)))} for key, extra in rows],
    )


def _without_labels(extra: dict[str, Any]) -> dict[str, Any]:
    extra.pop("late", None)  # its words, had it gone out late
    if "buttons" not in extra:
        return extra
    return extra | {"buttons": [[one | {"label": ""} for one in row] for row in extra["buttons"]]}


async def drop_asked(conn: Connection, ids: list[str]) -> None:
    """Of these questions it stays that they were asked, and settled."""
    await conn.run(
        "UPDATE questions SET payload = '{}', choices = '[]', answer = CASE WHEN answer IS NULL THEN NULL ELSE '' END"
        " WHERE id IN (:ids)",
        {"ids": tuple(ids)},
    )
