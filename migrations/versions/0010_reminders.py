"""What is due when, for whom."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    # One of each kind for an athlete: the next. The process that takes a row away is the one that says it.
    op.create_table(
        "reminders",
        _text("athlete_id", sa.ForeignKey("athletes.id"), primary_key=True),
        _text("kind", primary_key=True),
        _text("due_at"),
        _text("platform"),
        _text("chat"),
        # JSON: the day that it is about, and the like.
        _text("about"),
        sqlite_with_rowid=False,
    )
    # What is due on a platform, the longest first.
    op.create_index("reminders_due", "reminders", ["platform", "due_at"])


def _text(name: str, *constraints: Any, **options: Any) -> sa.Column[str]:
    return sa.Column(name, _TEXT, *constraints, **({"nullable": False} | options))
