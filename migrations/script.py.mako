"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


# There is no way down: the backup made before the upgrade is that way.
def upgrade() -> None:
    ${upgrades if upgrades else "raise NotImplementedError"}
