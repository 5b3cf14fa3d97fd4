"""Lines that no rule knows, by what stands around them: titles of sessions, remarks, what holds for all lifts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from core.exercises import Catalogue
from core.program.grammar_days import Element, elements
from core.program.grammar_pieces import KEPT, MODIFIERS, NOT_PLANNED, Piece, pieces
from core.program.grammar_row import Row
from core.program.grammar_talk import is_for_all, is_talk

_WORDY: Final = frozenset({"word", "name", "slash", "technique"})
_COUNTS: Final = frozenset(
    {"sets_reps", "sets", "reps", "to_failure", "plus_set", "each_set", "rpe", "rir", "style"}
)
_SAYING: Final = MODIFIERS | NOT_PLANNED | KEPT - {"technique"}
_OF_TIME: Final = frozenset({"days", "at", "turns", "every_other_day"})
_NO_DAYS: Final = frozenset({"we", "sa", "mo", "th"})
"""Days of two letters that are words of sentences as well."""
_DIGIT = re.compile(r"\d")
_DASHED = re.compile(r"\s-+\s*$")
_WARM_UP = re.compile(
    r"\s*(?:general\s*|specific\s*)?(?:warm(?:ing)?[\s-]*ups?|cool(?:ing)?[\s-]*downs?|aufwärmen|calentamiento|échauffement)\b",
    re.IGNORECASE,
)


def with_spoken(found: Sequence[Row], names: Catalogue) -> list[Row]:
    """The rows, those among them that are titles, remarks or about all lifts marked so."""
    out: list[Row] = []
    following = _following(found)
    opens = True
    for k, (row, after) in enumerate(zip(found, following, strict=True)):
        if row.kind == "blank":
            out.append(row)
            continue
        behind = pieces(row.line.text, names, row.rest or 0) if row.kind != "label" else ()
        opens = opens and not (out and out[-1].kind in ("lifts", "heading", "general"))
        gap = k == 0 or out[-1].kind not in ("lifts", "heading")
        out.append(
            _title(row, behind, after, names, gap=gap)
            or _remark(row, behind, after, opens=opens)
            or _general(
                row, behind, found[k + 1 :], gap=gap, opens=opens, begun=bool(out) and _begins(out[-1])
            )
            or row
        )
    return out


def _following(found: Sequence[Row]) -> list[Row | None]:
    """The next line of each that is not empty."""
    after: list[Row | None] = [None]
    for row in reversed(found[1:]):
        after.append(after[-1] if row.kind == "blank" else row)
    return after[::-1][: len(found)]


def _title(
    row: Row, behind: Sequence[Piece], after: Row | None, names: Catalogue, *, gap: bool
) -> Row | None:
    """`Tag 1 - Oberkörper`, `Torso`: words of somebody's own over lifts, behind a day or after an empty line."""
    text = row.line.text
    headed = row.kind == "heading" and (row.rest is None or _DASHED.search(text[: row.rest]) is None)
    counted = row.kind == "lifts" and any(piece.kind in _COUNTS for piece in behind)
    if headed or counted or after is None or after.kind != "lifts" or _DIGIT.search(after.line.text) is None:
        return None
    lead = _lead(elements(text, {}))
    start = lead[-1].end if lead else 0
    if not (_is_title(text[start:].strip(" ,-:"), names) and _names_lift(after.line.text, names)):
        return None
    if not lead and (not gap or _names_lift(text, names) or is_talk(text) or _is_near(text, names)):
        return None
    if any(one.kind == "name" for one in lead):
        lead.append(Element("name", text[start:].strip(), start))
        return Row(row.line, "heading", tuple(lead), text)
    return Row(row.line, "heading", tuple(lead), text, title=text[start:])


def _is_title(text: str, names: Catalogue) -> bool:
    """Whether words can head a session without a colon: no number, nothing of days, and a word that is no lift's."""
    kinds = {piece.kind for piece in pieces(text, names)}
    of_days = {one.kind for one in elements(text, {})} - {"name", "unknown"}
    return (
        _DIGIT.search(text) is None
        and not of_days
        and "word" in kinds
        and kinds <= _WORDY
        and names_session(text, names)
    )


def names_session(text: str, names: Catalogue) -> bool:
    """Whether words of somebody's own can be what a session is called: they say nothing else, and are no lift."""
    kinds = {piece.kind for piece in pieces(text, names)}
    return bool(kinds - {"name"}) and kinds.isdisjoint(_SAYING) and names.resolve(text).status != "near"


def _names_lift(text: str, names: Catalogue) -> bool:
    return any(piece.kind == "name" for piece in pieces(text, names))


def _lead(found: Sequence[Element]) -> list[Element]:
    """The day, the number of the day, and the time at the start of a line."""
    lead: list[Element] = []
    for one in found:
        if one.kind not in ("days", "at") and not (one.kind == "name" and one.text[-1:].isdigit()):
            break
        lead.append(one)
    return lead


def _is_near(text: str, names: Catalogue) -> bool:
    return names.resolve(text.strip(" :.-")).status != "unknown"


def _remark(row: Row, behind: Sequence[Piece], after: Row | None, *, opens: bool) -> Row | None:
    """Sentences, warm-ups, what is no lifting, the title of the whole: notes. None where a lift or its sets could be meant."""
    if _WARM_UP.match(row.line.text):
        return replace(row, kind="remark")
    kinds = {piece.kind for piece in behind}
    if "name" in kinds or kinds & (_COUNTS | NOT_PLANNED):
        return None
    if row.kind == "heading":
        return _of_heading(row, kinds, after, opens=opens)
    days = any(one.kind in _OF_TIME and one.text not in _NO_DAYS for one in row.elements)
    weekly = any(one.kind == "a_week" and "w" in one.text.lower() for one in row.elements)
    if row.kind not in ("lifts", "schedule") or days or weekly:
        return None
    if not any(one.kind == "unknown" for one in row.elements) and row.kind == "schedule":
        return None
    titles = opens and after is not None and after.kind != "lifts" and "word" in kinds
    if titles or "not_lifting" in kinds or is_talk(row.line.text):
        return replace(row, kind="remark")
    return None


def _of_heading(row: Row, kinds: set[str], after: Row | None, *, opens: bool) -> Row | None:
    """`Mon: run 5k` is no session; `Coach said:` over everything is none either."""
    if row.rest is not None and "not_lifting" in kinds and (after is None or after.kind != "lifts"):
        return replace(row, kind="remark")
    if row.rest is None and not row.days and opens and (after is None or after.kind != "lifts"):
        return replace(row, kind="remark")
    return None


def _begins(row: Row) -> bool:
    """Whether a session begins with the line, its lifts below."""
    return row.kind == "heading" and row.rest is None


def _general(
    row: Row, behind: Sequence[Piece], below: Sequence[Row], *, gap: bool, opens: bool, begun: bool
) -> Row | None:
    """`3 sets each, 10 reps` under a list of lifts, `rest 2 min` over it: numbers that no lift stands beside."""
    kinds = {piece.kind for piece in behind}
    if (
        row.kind != "lifts"
        or not kinds & (MODIFIERS - {"style", "each"})
        or not kinds <= MODIFIERS | {"word", "comma"}
    ):
        return None
    words = is_for_all(piece.text for piece in behind if piece.kind == "word")
    if words or (words is None and "each" in kinds):
        return replace(row, kind="general")
    last = not any(one.kind in ("lifts", "heading") for one in below)
    if words is None and (begun or (gap and (opens or last))):
        return replace(row, kind="general")
    return None
