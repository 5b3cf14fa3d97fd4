"""Questions that wait for an answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

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
class Question:
    """What was asked: a code, the facts to go on with (JSON), and what may be answered, in the order shown (JSON).

    `message_id` is the message that raised it, None where the coach asked by itself.
    """

    id: str
    athlete_id: str
    message_id: str | None
    chat: str
    code: str
    asked_at: datetime
    payload: dict[str, Any] = field(default_factory=dict)
    choices: tuple[Any, ...] = ()
    answered_at: datetime | None = None
    answer: str | None = None
    closed_at: datetime | None = None


_SELECT = (
    "SELECT id, athlete_id, message_id, chat, code, asked_at, payload, choices, answered_at, answer, closed_at"
    " FROM questions"
)


async def ask(conn: Connection, question: Question) -> None:
    """Stores a question."""
    await conn.run(
        "INSERT INTO questions (id, athlete_id, message_id, chat, code, asked_at, payload, choices, answered_at,"
        " answer, closed_at) VALUES (:id, :athlete_id, :message_id, :chat, :code, :asked_at, :payload, :choices,"
        " :answered_at, :answer, :closed_at)",
        {
            "id": question.id,
            "athlete_id": question.athlete_id,
            "message_id": question.message_id,
            "chat": question.chat,
            "code": question.code,
            "asked_at": write_instant(question.asked_at),
            "payload": write_json(question.payload),
            "choices": write_json(question.choices),
            "answered_at": write_instant_or_none(question.answered_at),
            "answer": question.answer,
            "closed_at": write_instant_or_none(question.closed_at),
        },
    )


async def all_open(conn: Connection, athlete_id: str, chat: str) -> list[Question]:
    """All questions that are open for this athlete in this chat, newest first."""
    rows = await conn.execute(
        _SELECT
        + " WHERE athlete_id = :athlete_id AND chat = :chat AND answered_at IS NULL AND closed_at IS NULL"
        " ORDER BY id DESC",
        {"athlete_id": athlete_id, "chat": chat},
    )
    return [_question(row) for row in rows]


_ASKED_BEFORE = timedelta(days=1)
"""How long before it was settled a question may have been asked, so that a look back reads few rows."""


async def settled_since(conn: Connection, athlete_id: str, chat: str, since: datetime) -> list[Question]:
    """The questions in this chat that were answered, or closed without an answer, from that instant on; newest first.

    Those that had been open for more than a day before are left out.
    """
    rows = await conn.execute(
        _SELECT + " WHERE id >= :least AND athlete_id = :athlete_id AND chat = :chat"
        " AND (answered_at >= :since OR closed_at >= :since) ORDER BY id DESC",
        {
            "least": least_of(since - _ASKED_BEFORE),
            "athlete_id": athlete_id,
            "chat": chat,
            "since": write_instant(since),
        },
    )
    return [_question(row) for row in rows]


async def get(conn: Connection, id: str) -> Question | None:  # noqa: A002 - the column's name
    """The question with this id."""
    rows = await conn.execute(_SELECT + " WHERE id = :id", {"id": id})
    return _question(rows[0]) if rows else None


async def of_message(conn: Connection, message_id: str) -> list[Question]:
    """The questions that a message raised, oldest first."""
    rows = await conn.execute(_SELECT + " WHERE message_id = :id ORDER BY id", {"id": message_id})
    return [_question(row) for row in rows]


async def answer(conn: Connection, id: str, answer: str, at: datetime) -> bool:  # noqa: A002 - as above
    """Answers a question; False if it was open no more (a button pressed twice)."""
    answered = await conn.run(
        "UPDATE questions SET answer = :answer, answered_at = :at"
        " WHERE id = :id AND answered_at IS NULL AND closed_at IS NULL",
        {"id": id, "answer": answer, "at": write_instant(at)},
    )
    return answered == 1


async def close(conn: Connection, id: str, at: datetime) -> None:  # noqa: A002 - as above
    """Lets a question go unanswered."""
    await conn.run(
        "UPDATE questions SET closed_at = :at WHERE id = :id AND answered_at IS NULL AND closed_at IS NULL",
        {"id": id, "at": write_instant(at)},
    )


def _question(row: Row) -> Question:
    return Question(
        id=row[0],
        athlete_id=row[1],
        message_id=row[2],
        chat=row[3],
        code=row[4],
        asked_at=read_instant(row[5]),
        payload=read_json(row[6]),
        choices=tuple(read_json(row[7])),
        answered_at=read_instant_or_none(row[8]),
        answer=row[9],
        closed_at=read_instant_or_none(row[10]),
    )
