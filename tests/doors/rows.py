"""What a conversation leaves in the database, without ids and without names of platforms."""

from __future__ import annotations

from core.store import Store
from core.store.connection import Row

_KEPT = {
    "athletes": "SELECT name, unit, unit_chosen, zone, language, created_at, greeted, hold_since FROM athletes",
    "sets": "SELECT a.name, b.name, m.text, m.sent_at, x.position, x.exercise_id, x.performed_at, x.day, x.zone,"
    " x.typed, x.done, x.kind, x.e1rm_kg, l.performed_at, l.position FROM sets x"
    " JOIN athletes a ON a.id = x.athlete_id JOIN athletes b ON b.id = x.author_id"
    " JOIN messages m ON m.id = x.message_id LEFT JOIN sets l ON l.id = x.leans_on",
    "messages": "SELECT a.name, x.sent_at, x.received_at, x.room IS NULL, x.edited_at, x.deleted_at"
    " FROM messages x JOIN athletes a ON a.id = x.author_id WHERE x.text <> '/here'",  # opens a room on Discord
    "replies": "SELECT a.name, x.audience, x.body, x.created_at, x.replaces IS NULL"
    " FROM replies x JOIN athletes a ON a.id = x.athlete_id",
    "questions": "SELECT a.name, x.code, x.asked_at, x.answered_at, x.closed_at"
    " FROM questions x JOIN athletes a ON a.id = x.athlete_id",
    "names": "SELECT a.name, x.name, x.exercise_id, x.used_at"
    " FROM names x JOIN athletes a ON a.id = x.athlete_id",
    "habits": "SELECT a.name, x.key, x.value FROM preferences x JOIN athletes a ON a.id = x.athlete_id",
    "journal": "SELECT a.name, x.at, x.what FROM changes x JOIN athletes a ON a.id = x.athlete_id",
}


async def kept(store: Store) -> dict[str, list[Row]]:
    """All rows of each kind, sorted."""
    async with store.read() as conn:
        return {name: sorted(await conn.execute(sql), key=repr) for name, sql in _KEPT.items()}
