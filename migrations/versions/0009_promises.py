"""What was told for the next session of each lift."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    # JSON, the newest first: of today and of the day before it.
    op.create_table(
        "promises",
        sa.Column("athlete_id", _TEXT, sa.ForeignKey("athletes.id"), primary_key=True),
        sa.Column("exercise_id", _TEXT, primary_key=True),
        sa.Column("told", _TEXT, nullable=False),
        sqlite_with_rowid=False,
    )
