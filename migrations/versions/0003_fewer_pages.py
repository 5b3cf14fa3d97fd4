"""Fewer pages to write with every reply: most replies replace none, so these are no longer in the index of those that do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_REPLACING = sa.text("replaces IS NOT NULL")


def upgrade() -> None:
    op.drop_index("replies_replacing", "replies")
    op.create_index(
        "replies_replacing",
        "replies",
        ["replaces"],
        sqlite_where=_REPLACING,
        postgresql_where=_REPLACING,
    )
