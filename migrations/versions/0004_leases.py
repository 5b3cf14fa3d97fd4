"""Who serves a platform from this database, so that two processes do not do it at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("name", _TEXT, primary_key=True, nullable=False),
        sa.Column("holder", _TEXT, nullable=False),
        # When it ends by itself, unless it is renewed.
        sa.Column("until", _TEXT, nullable=False),
        sqlite_with_rowid=False,
    )
