"""What is done once a day, by whichever process is the first; texts that are kept no longer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "chores",
        sa.Column("name", _TEXT, primary_key=True, nullable=False),
        # When it was begun that was done last; NULL before the first time.
        sa.Column("done_at", _TEXT),
        # Who is at it, and until when nobody else begins, unless that is renewed; NULL while nobody is.
        sa.Column("holder", _TEXT),
        sa.Column("until", _TEXT),
        sqlite_with_rowid=False,
    )
    # By what a text is known again that is kept no longer; NULL while it is kept.
    op.add_column("messages", sa.Column("pruned", _TEXT))
