"""The first schema.

Ids are text made by the program; instants are UTC text of one fixed form, days ISO text, JSON text; yes and no are 1
and 0. Text is compared by its bytes in both databases, so that both sort alike. An index is named for what it finds.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Where the key is nearly the whole row, SQLite need not keep it twice.
_KEYED: dict[str, Any] = {"sqlite_with_rowid": False}
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


# There is no way down: the backup made before the upgrade is that way.
def upgrade() -> None:
    _people()
    _messages()
    _log()
    _exercises()
    _talk()
    _plans()


def _people() -> None:
    op.create_table(
        "athletes",
        _text("id", primary_key=True),
        _text("name"),
        _unit("unit"),
        _flag("unit_chosen"),
        _text("zone"),
        _text("language"),
        _text("created_at"),
        _flag("greeted"),
        _text("hold_since", nullable=True),
    )
    op.create_table(
        "identities",
        _text("platform", primary_key=True),
        _text("account", primary_key=True),
        _refers("athlete_id", "athletes"),
        _text("name"),
        _text("linked_at"),
        **_KEYED,
    )
    # All accounts of a person: where to send a reminder, what /link joins.
    op.create_index("identities_of_athlete", "identities", ["athlete_id"])
    op.create_table(
        "preferences",
        _refers("athlete_id", "athletes", primary_key=True),
        _text("key", primary_key=True),
        _text("value"),
        **_KEYED,
    )


def _messages() -> None:
    op.create_table(
        "messages",
        _text("id", primary_key=True),
        _text("platform"),
        _text("chat"),
        _text("message_key"),
        _text("room", nullable=True),
        _refers("author_id", "athletes"),
        _text("text"),
        _text("sent_at"),
        _text("received_at"),
        _text("edited_at", nullable=True),
        _text("deleted_at", nullable=True),
        # A message is taken in once; edits, deletions and redeliveries find it by this, too.
        sa.UniqueConstraint("platform", "chat", "message_key", name="messages_once"),
    )
    op.create_table(
        "replies",
        _text("id", primary_key=True),
        _refers("message_id", "messages", nullable=True),
        _text("platform"),
        _text("chat"),
        _refers("athlete_id", "athletes", nullable=True),
        _text("audience"),
        _text("body"),
        _text("extra"),
        _text("created_at"),
        _text("sent_at", nullable=True),
        _text("platform_message_id", nullable=True),
        _refers("replaces", "replies", nullable=True),
        sa.CheckConstraint("audience IN ('chat', 'private')", name="replies_audience"),
    )
    # What answered a message: to answer the same again, and to edit that answer.
    op.create_index("replies_to_message", "replies", ["message_id", "id"])
    # The replies that edited one, so that taking out a reply does not read them all.
    op.create_index("replies_replacing", "replies", ["replaces"])
    # What still has to go out, oldest first; holds no row that went out.
    _partial_index("replies_unsent", "replies", ["platform", "id"], "sent_at IS NULL")


def _log() -> None:
    op.create_table(
        "imports",
        _text("id", primary_key=True),
        _refers("athlete_id", "athletes"),
        _refers("author_id", "athletes"),
        _text("source"),
        _text("filename"),
        _text("digest"),
        _text("created_at"),
        # The same file is imported once.
        sa.UniqueConstraint("athlete_id", "digest", name="imports_once"),
    )
    op.create_table(
        "sets",
        _text("id", primary_key=True),
        _refers("athlete_id", "athletes"),
        _refers("author_id", "athletes"),
        _refers("message_id", "messages", nullable=True),
        _refers("import_id", "imports", nullable=True),
        sa.Column("position", sa.Integer, nullable=False),
        _text("exercise_id"),
        _text("performed_at"),
        _text("day"),
        _text("zone"),
        _text("typed"),
        _text("done"),
        _text("kind"),
        _refers("leans_on", "sets", nullable=True, ondelete="SET NULL"),
        _number("e1rm_kg", nullable=True),
        sa.CheckConstraint("(message_id IS NULL) <> (import_id IS NULL)", name="sets_one_source"),
    )
    _log_indexes()


def _log_indexes() -> None:
    # The last set of all: what `same` and a line without a lift carry on.
    op.create_index("sets_by_time", "sets", ["athlete_id", "performed_at"])
    # One training day, and the step from day to day: /today, /history.
    op.create_index("sets_by_day", "sets", ["athlete_id", "day"])
    # The last set of a lift, also the last before an edited one.
    op.create_index("sets_of_exercise_by_time", "sets", ["athlete_id", "exercise_id", "performed_at"])
    # Recent sets of a lift, and the step between the days on which it was trained.
    op.create_index("sets_of_exercise_by_day", "sets", ["athlete_id", "exercise_id", "day", "performed_at"])
    # The best estimate of a lift, read off the index alone; the message, since one leaves its own sets out.
    _partial_index(
        "sets_best", "sets", ["athlete_id", "exercise_id", "e1rm_kg", "message_id"], "e1rm_kg IS NOT NULL"
    )
    # The sets of an edited or deleted message, in order.
    _partial_index("sets_of_message", "sets", ["message_id", "position"], "message_id IS NOT NULL")
    # The sets of an import, to take it back.
    _partial_index("sets_of_import", "sets", ["import_id"], "import_id IS NOT NULL")
    # The sets to resolve again when the one they lean on changes.
    _partial_index("sets_leaning", "sets", ["leans_on"], "leans_on IS NOT NULL")


def _exercises() -> None:
    op.create_table(
        "own_exercises",
        _refers("athlete_id", "athletes", primary_key=True),
        _text("id", primary_key=True),
        _text("name"),
        _text("aliases"),
        _text("data"),
        _text("created_at"),
        **_KEYED,
    )
    op.create_table(
        "names",
        _refers("athlete_id", "athletes", primary_key=True),
        _text("name", primary_key=True),
        _text("exercise_id"),
        _text("used_at"),
        **_KEYED,
    )
    op.create_table(
        "stated_maxes",
        _text("id", primary_key=True),
        _refers("athlete_id", "athletes"),
        _text("exercise_id"),
        _number("load"),
        _unit("unit"),
        _number("load_kg"),
        _refers("message_id", "messages", nullable=True),
        _text("at"),
    )
    # The maximum stated last.
    op.create_index("stated_maxes_newest", "stated_maxes", ["athlete_id", "exercise_id", "at"])
    op.create_table(
        "body_weights",
        _text("id", primary_key=True),
        _refers("athlete_id", "athletes"),
        _text("day"),
        _number("load"),
        _unit("unit"),
        _number("weight_kg"),
        _refers("message_id", "messages", nullable=True),
        _text("at"),
    )
    # The weighing nearest to a day.
    op.create_index("body_weights_by_day", "body_weights", ["athlete_id", "day", "at"])


def _talk() -> None:
    op.create_table(
        "questions",
        _text("id", primary_key=True),
        _refers("athlete_id", "athletes"),
        _refers("message_id", "messages", nullable=True),
        _text("chat"),
        _text("code"),
        _text("payload"),
        _text("choices"),
        _text("asked_at"),
        _text("answered_at", nullable=True),
        _text("answer", nullable=True),
        _text("closed_at", nullable=True),
    )
    # The newest open question: looked for at every message, so it holds open ones only.
    _partial_index(
        "questions_open",
        "questions",
        ["athlete_id", "chat", "id"],
        "answered_at IS NULL AND closed_at IS NULL",
    )
    # What a message asked, when it is edited or deleted.
    op.create_index("questions_of_message", "questions", ["message_id", "id"])
    op.create_table(
        "changes",
        _text("id", primary_key=True),
        _refers("athlete_id", "athletes"),
        _refers("author_id", "athletes"),
        _refers("message_id", "messages", nullable=True),
        _text("at"),
        _text("what"),
        _text("before"),
        _text("undone_at", nullable=True),
    )
    # What a message changed, so that taking out a message does not read the whole journal.
    op.create_index("changes_of_message", "changes", ["message_id"])
    # What /undo takes back next.
    _partial_index("changes_undoable", "changes", ["athlete_id", "id"], "undone_at IS NULL")


def _plans() -> None:
    op.create_table(
        "plans",
        _text("id", primary_key=True),
        _refers("owner_id", "athletes"),
        _text("name"),
        _text("created_at"),
    )
    op.create_table(
        "plan_versions",
        _text("id", primary_key=True),
        _refers("plan_id", "plans"),
        _refers("athlete_id", "athletes"),
        _refers("assigner_id", "athletes"),
        sa.Column("version", sa.Integer, nullable=False),
        _text("text"),
        _text("effective_day"),
        _text("created_at"),
        _flag("active"),
    )
    # The version that counts on a day; without those that were withdrawn.
    _partial_index("plan_versions_active", "plan_versions", ["athlete_id", "effective_day"], "active = 1")


def _text(name: str, **options: Any) -> sa.Column[str]:
    return sa.Column(name, _TEXT, **({"nullable": False} | options))


def _refers(name: str, table: str, *, ondelete: str | None = None, **options: Any) -> sa.Column[str]:
    return sa.Column(
        name, _TEXT, sa.ForeignKey(f"{table}.id", ondelete=ondelete), **({"nullable": False} | options)
    )


def _number(name: str, *, nullable: bool = False) -> sa.Column[float]:
    return sa.Column(name, sa.Double, nullable=nullable)


def _flag(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.CheckConstraint(f"{name} IN (0, 1)"), nullable=False)


def _unit(name: str) -> sa.Column[str]:
    return sa.Column(name, _TEXT, sa.CheckConstraint(f"{name} IN ('kg', 'lb')"), nullable=False)


def _partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
