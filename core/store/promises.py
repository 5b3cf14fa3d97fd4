"""What was told for the next session of each lift."""

from __future__ import annotations

from core.store.connection import Connection


async def told(conn: Connection, athlete_id: str, exercise_id: str) -> str | None:
    """What was told of a lift, in the text of `core.promise`; None where nothing was."""
    rows = await conn.execute(
        "SELECT told FROM promises WHERE athlete_id = :athlete_id AND exercise_id = :exercise_id",
        {"athlete_id": athlete_id, "exercise_id": exercise_id},
    )
    return rows[0][0] if rows else None


async def tell(conn: Connection, athlete_id: str, exercise_id: str, text: str) -> None:
    """Keeps what is told of a lift."""
    await conn.run(
        "INSERT INTO promises (athlete_id, exercise_id, told) VALUES (:athlete_id, :exercise_id, :told)"
        " ON CONFLICT (athlete_id, exercise_id) DO UPDATE SET told = excluded.told",
        {"athlete_id": athlete_id, "exercise_id": exercise_id, "told": text},
    )
