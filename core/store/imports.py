"""Files that were imported, each once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.store.connection import Connection, Row
from core.store.serial import read_instant, write_instant


@dataclass(frozen=True, slots=True)
class Import:
    """A file of another app's. `source` is that app; `digest` that of the bytes, so that it is known again."""

    id: str
    athlete_id: str
    author_id: str
    source: str
    filename: str
    digest: str
    created_at: datetime


async def add(conn: Connection, imported: Import) -> bool:
    """Stores that a file is imported; False if this athlete's log has it already (then nothing is stored)."""
    added = await conn.run(
        "INSERT INTO imports (id, athlete_id, author_id, source, filename, digest, created_at)"
        " VALUES (:id, :athlete_id, :author_id, :source, :filename, :digest, :created_at)"
        " ON CONFLICT (athlete_id, digest) DO NOTHING",
        {
            "id": imported.id,
            "athlete_id": imported.athlete_id,
            "author_id": imported.author_id,
            "source": imported.source,
            "filename": imported.filename,
            "digest": imported.digest,
            "created_at": write_instant(imported.created_at),
        },
    )
    return added == 1


async def find(conn: Connection, athlete_id: str, digest: str) -> Import | None:
    """The import of the file with this digest."""
    rows = await conn.execute(
        "SELECT id, athlete_id, author_id, source, filename, digest, created_at FROM imports"
        " WHERE athlete_id = :athlete_id AND digest = :digest",
        {"athlete_id": athlete_id, "digest": digest},
    )
    return _import(rows[0]) if rows else None


def _import(row: Row) -> Import:
    return Import(
        id=row[0],
        athlete_id=row[1],
        author_id=row[2],
        source=row[3],
        filename=row[4],
        digest=row[5],
        created_at=read_instant(row[6]),
    )
