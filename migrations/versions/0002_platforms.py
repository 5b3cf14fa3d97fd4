"""What serving platforms needs: the threads of messages, what is known of a chat, files on their way out."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("messages", sa.Column("thread", _TEXT, nullable=True))
    op.create_table(
        "chats",
        _text("platform", primary_key=True),
        _text("chat", primary_key=True),
        # Where a room has to ask for us: since when it does.
        _text("open_since", nullable=True),
        # Since when it takes nothing from us.
        _text("blocked_since", nullable=True),
        # What is said once in a chat and has been, as JSON.
        _text("told"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "files",
        _text("reply_id", sa.ForeignKey("replies.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        _text("name"),
        _text("media"),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )


def _text(name: str, *constraints: Any, **options: Any) -> sa.Column[str]:
    return sa.Column(name, _TEXT, *constraints, **({"nullable": False} | options))
