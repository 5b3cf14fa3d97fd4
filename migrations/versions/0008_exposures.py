"""The last sessions of each lift beside what was expected of them, with what was learned of an athlete's strength."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    # JSON, as it is after the day `upto`; what was learned before there was any is learned anew.
    op.add_column("strength_athletes", sa.Column("exposures", _TEXT, nullable=True))
    op.add_column("strength_marks", sa.Column("exposures", _TEXT, nullable=True))
