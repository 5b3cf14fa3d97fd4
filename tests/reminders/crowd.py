"""Many athletes whose session is due, as rows."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from core.store import Connection, Store

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
"""A Monday, an hour before the sessions."""
PLATFORM = "test"
_PLAN = "Mon 18:00\nA: squat 3, bench 3"
_AT_ONCE = 5000


def _text(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def number_of(chat: str) -> int:
    """Which athlete a chat is of, in the order in which they are due."""
    return int(chat.removeprefix("chat"))


async def gathers(
    store: Store, count: int, due: datetime = NOW, within: timedelta = timedelta(minutes=1)
) -> None:
    """So many athletes, each with a session today that is due within a minute from `due` on."""
    for first in range(0, count, _AT_ONCE):
        async with store.write() as conn:
            rows = [_row(at, due + at * within / count) for at in range(first, min(count, first + _AT_ONCE))]
            for sql in _SQL:
                await _each(conn, sql, rows)


async def _each(conn: Connection, sql: str, rows: list[dict[str, Any]]) -> None:
    names = re.findall(r":(\w+)", sql)
    await conn.run_each(sql, [{name: row[name] for name in names} for row in rows])


def _row(at: int, due: datetime) -> dict[str, Any]:
    # Whoever is due later has the smaller id: the order of rows in the table is not that of their times.
    return {
        "id": f"athlete{999_999_999 - at:09}",
        "chat": f"chat{at}",
        "plan": f"plan{at:09}",
        "home": f"{PLATFORM} chat{at}",
        "due": _text(due),
        "was": "2026-11-02T00:00:00.000000Z",
        "text": _PLAN,
        "about": '{"day":"2026-11-23"}',
    }


_SQL = (
    "INSERT INTO athletes (id, name, unit, unit_chosen, zone, language, created_at, greeted, hold_since)"
    " VALUES (:id, 'Ann', 'kg', 0, 'UTC', 'en', :was, 1, NULL)",
    "INSERT INTO identities (platform, account, athlete_id, name, linked_at)"
    " VALUES ('test', :chat, :id, 'Ann', :was)",
    "INSERT INTO plans (id, owner_id, name, created_at) VALUES (:plan, :id, 'mine', :was)",
    "INSERT INTO plan_versions (id, plan_id, athlete_id, assigner_id, version, text, effective_day, created_at, active)"
    " VALUES (:plan, :plan, :id, :id, 1, :text, '2026-11-02', :was, 1)",
    "INSERT INTO preferences (athlete_id, key, value) VALUES (:id, 'plan', '1')",
    "INSERT INTO preferences (athlete_id, key, value) VALUES (:id, 'home', :home)",
    "INSERT INTO reminders (athlete_id, kind, due_at, platform, chat, about)"
    " VALUES (:id, 'session', :due, 'test', :chat, :about)",
)
