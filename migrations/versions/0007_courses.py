"""Where athletes stand in their plans, beside what was learned of their strength; and what they did with a plan."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    # JSON, as it is after the day `upto`; none where there is no plan.
    op.add_column("strength_athletes", _text("course", nullable=True))
    op.add_column("strength_marks", _text("course", nullable=True))
    # A session left out or moved, a week chosen, a deload taken.
    op.create_table(
        "plan_events",
        _text("id", primary_key=True),
        _text("athlete_id", sa.ForeignKey("athletes.id")),
        _text("day"),
        _text("what"),
        _text("data"),
        _text("message_id", sa.ForeignKey("messages.id"), nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_index("plan_events_of_athlete", "plan_events", ["athlete_id", "day"])


def _text(name: str, *constraints: Any, **options: Any) -> sa.Column[str]:
    return sa.Column(name, _TEXT, *constraints, **({"nullable": False} | options))
