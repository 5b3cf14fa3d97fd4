"""The transcript form: a conversation as text, one line a message, for the terminal and for every test.

    ; a comment
    [2026-11-20 18:03] lifter #17: squat 100x8        time (UTC, seconds if wanted), person, id, text
    [2026-11-20 18:09:30] ann @barbell #5: hello      said in the group "barbell"
    [2026-11-20 18:10] ann @barbell #6 (reply): 2     as an answer to the bot's own message
    #17 (edit): squat 95x8                            by whoever is at the keyboard, now
    #17 (delete)
    squat 95x8                                        a plain line: with a fresh id as well
    [2026-11-20 18:20] lifter #18: bench 80x8
      row 70x10                                       indented by two blanks or a tab: the same message

Blank lines do not count. Any text is a transcript: what has no other meaning is a plain line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

Action = Literal["message", "reply", "edit", "delete"]

_NAME = r"[^\s:#@()\[\]]+"
# Ids are short enough to type, and for the store to find the highest (nine digits); years are those of which there may be a training log.
_HEAD = re.compile(
    rf"""(?: \[ (?P<at> (?:19|20)[0-9-]{{8}} [ ] [0-9:]{{5,8}} ) \]
             [ \t]* (?P<person> {_NAME} ) (?: [ \t]+ @ (?P<room> {_NAME} ) )? (?: [ \t]+ \# (?P<id> [0-9]{{1,9}} ) )?
           | \# (?P<only_id> [0-9]{{1,9}} ) )
         (?: [ \t]* \( (?P<action> edit | delete | reply ) \) )?
         [ \t]* (?: (?P<colon> : ) (?P<text> .* ) )?""",
    re.VERBOSE | re.DOTALL,
)
_BLANK = " \t\r\ufeff"


@dataclass(frozen=True, slots=True)
class Line:
    """One message, edit or deletion. None is what the line leaves open: the present, whoever is there, private, fresh.

    `at` is in UTC and stands only beside a person. `text` may hold several lines, none of them empty.
    """

    text: str
    at: datetime | None = None
    person: str | None = None
    room: str | None = None
    message_id: str | None = None
    action: Action = "message"

    @property
    def takes_more(self) -> bool:
        """Whether indented lines below belong to it."""
        return self.action != "delete" and (self.person is not None or self.message_id is not None)


def is_name(text: str) -> bool:
    """Whether a person or room can be called that: one word, without any of `: # @ ( ) [ ]`."""
    return re.fullmatch(_NAME, text) is not None


def read_transcript(text: str) -> list[Line]:
    """All of a transcript. Never raises."""
    return list(_joined(text.split("\n")))


def read_line(raw: str) -> Line | None:
    """What one line says on its own; None if it is blank or a comment. Never raises."""
    text = raw.strip(_BLANK)
    if not text or text.startswith(";"):
        return None
    return _addressed(text) or Line(text)


def is_continuation(raw: str) -> bool:
    """Whether a line, if it stands below one that takes more, belongs to it."""
    return raw.startswith(("  ", "\t")) and bool(raw.strip(_BLANK))


def continued(line: Line, raw: str) -> Line:
    """The message with one more line."""
    more = raw.strip(_BLANK)
    return replace(line, text=f"{line.text}\n{more}" if line.text else more)


def format_line(line: Line) -> str:
    """The line as it is written; reading that gives it back."""
    first, *rest = line.text.split("\n")
    head = _head(line)
    if line.action == "delete":
        return head
    return "\n".join([f"{head}: {first}".rstrip(" ") if head else first, *(f"  {part}" for part in rest)])


def _joined(raws: Iterable[str]) -> Iterator[Line]:
    held: Line | None = None
    for raw in raws:
        if held is not None and held.takes_more and is_continuation(raw):
            held = continued(held, raw)
            continue
        line = read_line(raw)
        if line is not None:
            if held is not None:
                yield held
            held = line
    if held is not None:
        yield held


def _addressed(text: str) -> Line | None:
    """A line that begins with its time and person, or with its id; None if it does not, or says an impossible time."""
    found = _HEAD.fullmatch(text)
    if found is None:
        return None
    action: Action = found["action"] or "message"  # type: ignore[assignment]  # the pattern knows no others
    number = found["id"] or found["only_id"]
    said = (found["text"] or "").strip(_BLANK)
    has_text_in_place = not said if action == "delete" else found["colon"] is not None
    if not has_text_in_place or (action in ("edit", "delete") and number is None):
        return None
    try:
        at = datetime.fromisoformat(found["at"]).replace(tzinfo=UTC) if found["at"] else None
    except ValueError:
        return None
    return Line(
        said, at, found["person"], found["room"], None if number is None else str(int(number)), action
    )


def _head(line: Line) -> str:
    parts = []
    if line.at is not None:
        at = line.at.astimezone(UTC).replace(tzinfo=None)
        parts.append(f"[{at.isoformat(' ', 'seconds' if at.second else 'minutes')}]")
    if line.person is not None:
        parts.append(line.person)
    if line.room is not None:
        parts.append(f"@{line.room}")
    if line.message_id is not None:
        parts.append(f"#{line.message_id}")
    if line.action != "message":
        parts.append(f"({line.action})")
    return " ".join(parts)
