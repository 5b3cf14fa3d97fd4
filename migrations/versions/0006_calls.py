"""How many reps an athlete said were left at a rep of a set, before it went on to failure."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "calls",
        _text("set_id", sa.ForeignKey("sets.id", ondelete="CASCADE"), primary_key=True),
        _text("athlete_id", sa.ForeignKey("athletes.id")),
        sa.Column("at_rep", sa.Integer, nullable=False),
        sa.Column("called_left", sa.Double, nullable=False),
        sqlite_with_rowid=False,
    )
    # What an athlete called, few rows of a long log.
    op.create_index("calls_of_athlete", "calls", ["athlete_id"])


def _text(name: str, *constraints: Any, **options: Any) -> sa.Column[str]:
    return sa.Column(name, _TEXT, *constraints, **({"nullable": False} | options))
