"""Changes to the log, each with what it takes to undo it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from core.coach.turn import Turn
from core.model import LoggedSet
from core.store import calls, changes
from core.store.changes import Change
from core.store.serial import read_entry, read_instant, write_entry, write_instant


async def record(turn: Turn, what: str, before: Any, message_id: str | None = None) -> None:
    """Write down a change, in the transaction that makes it."""
    change = Change(
        turn.id(), turn.athlete.id, turn.author_id, message_id or turn.answers, turn.now, what, before
    )
    await changes.record(turn.conn, change)


async def record_sets(
    turn: Turn,
    message_id: str | None,
    before: Sequence[LoggedSet],
    leaning: Sequence[LoggedSet] = (),
    *,
    correction: bool = False,
) -> None:
    """The sets of a message (or of an import) are about to change.

    `leaning` are sets that lean on one that goes: the database forgets on which, so that is kept here. A
    `correction` is made by another message than the one whose sets change.
    """
    held: dict[str, Any] = {"message": message_id, "sets": [packed(logged) for logged in before]}
    called = await calls.of_sets(turn.conn, [logged.id for logged in before])
    if called:
        held["calls"] = {set_id: [call.at_rep, call.left] for set_id, call in called.items()}
    if leaning:
        held["leaning"] = [[one.id, one.leans_on] for one in leaning]
    if correction:
        held["corrected_by"] = turn.message.id
    await record(turn, "sets", held, message_id)


def packed(logged: LoggedSet) -> dict[str, Any]:
    """A stored set as JSON values."""
    return {
        "id": logged.id,
        "author": logged.author_id,
        "message": logged.message_id,
        "import": logged.import_id,
        "position": logged.position,
        "exercise": logged.exercise_id,
        "at": write_instant(logged.performed_at),
        "day": logged.day.isoformat(),
        "zone": logged.zone,
        "entry": write_entry(logged.entry),
        "done": write_entry(logged.done),
        "leans_on": logged.leans_on,
        "e1rm": logged.e1rm_kg,
    }


def unpacked(held: dict[str, Any], athlete_id: str) -> LoggedSet:
    """The set that was packed."""
    return LoggedSet(
        id=held["id"],
        athlete_id=athlete_id,
        author_id=held["author"],
        message_id=held["message"],
        import_id=held["import"],
        position=held["position"],
        exercise_id=held["exercise"],
        performed_at=read_instant(held["at"]),
        day=date.fromisoformat(held["day"]),
        zone=held["zone"],
        entry=read_entry(held["entry"]),
        done=read_entry(held["done"]),
        leans_on=held["leans_on"],
        e1rm_kg=held["e1rm"],
    )
