"""What is learned of an athlete's strength, beside the log it was learned from; it can always be learned anew."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "strength_athletes",
        _text("athlete_id", sa.ForeignKey("athletes.id"), primary_key=True),
        # The last day that has been learned from; later ones have not.
        _text("upto"),
        _text("habits"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "strength_lifts",
        _text("athlete_id", sa.ForeignKey("athletes.id"), primary_key=True),
        _text("exercise_id", primary_key=True),
        _text("state"),
        sqlite_with_rowid=False,
    )
    # All of it as it was after a day, so that a change to an old set does not begin at the first.
    op.create_table(
        "strength_marks",
        _text("athlete_id", sa.ForeignKey("athletes.id"), primary_key=True),
        _text("upto", primary_key=True),
        _text("habits"),
        # The lifts' states, as JSON.
        _text("lifts"),
        sqlite_with_rowid=False,
    )


def _text(name: str, *constraints: Any, **options: Any) -> sa.Column[str]:
    return sa.Column(name, _TEXT, *constraints, **({"nullable": False} | options))
