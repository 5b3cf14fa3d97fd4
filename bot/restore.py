"""`spotter restore`: a backup in the place of the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.backup import UsageWrong, database_of, told

__all__ = ["USAGE", "UsageWrong", "run"]

USAGE: Final = """\
spotter restore FILE

Puts a backup in the place of the database, once it has been looked through: it must be whole, Spotter's own, and of
no newer Spotter than this one. What was there is kept beside it under another name. Stop Spotter first: while
anything has the database open, nothing is done. What was logged since the backup is not in it."""


def run(arguments: Sequence[str]) -> int:
    """Restores it; the exit status. Raises UsageWrong."""
    if len(arguments) != 1 or arguments[0].startswith("--"):
        raise UsageWrong("spotter restore takes the name of a backup.")
    return told(lambda: _restored(Path(arguments[0])))


def _restored(backup: Path) -> str:
    from bot import settings
    from bot.lease import Process
    from core.errors import StoreLocked
    from core.store.migrate import SHIPPED
    from core.store.restore import Restored, holders, restore

    now, me = datetime.now(UTC), Process()
    database = database_of(settings.load().database_url, "restore its backups: pg_restore or psql")
    serving = [name for name, lease in holders(database, now) if not me.sees_gone(lease.holder)]
    if serving:
        served = " and ".join(sorted(serving))
        raise StoreLocked(f"A Spotter serves {served} from {database}. Stop it, then restore.")
    found: Restored = restore(backup, database, now, SHIPPED)
    last = "" if found.last is None else f"; the last message came on {found.last:%Y-%m-%d at %H:%M} UTC"
    lines = [
        f"Restored {backup}: {_counted(found.athletes, 'athlete')}, {_counted(found.sets, 'set')}{last}.",
        f"The log is {database}.",
    ]
    if found.kept is not None:
        lines.append(f"What was there before is kept as {found.kept}.")
    if found.older:
        lines.append("It is of an earlier Spotter; the next start brings it up to date.")
    return "\n".join(lines)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
