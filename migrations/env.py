"""Alembic's environment. The program hands over an open connection; there is no alembic.ini and no offline mode.

All steps run in one transaction, on both databases: a start that fails leaves the schema as it was.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

_LOCK = 5_307_046_811
"""The advisory lock under which PostgreSQL lets one starting program upgrade at a time (own choice)."""


def _run(connection: Connection) -> None:
    context.configure(connection=connection, transactional_ddl=True)
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"the upgrade would leave rows without what they refer to: {broken[:5]}")


_run(context.config.attributes["connection"])
