"""What a line of a plan is: part of the schedule, the head of a session, lifts, or both of these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from core.exercises import Catalogue, fold
from core.program.grammar_days import PROBLEMS, STRONG, Element, Names, elements
from core.program.grammar_lifts import is_about_lifts
from core.program.grammar_names import WEEKDAYS, near_days
from core.program.grammar_pieces import Piece, pieces
from core.program.grammar_row import Row
from core.program.grammar_spoken import names_session, with_spoken
from core.program.grammar_tables import without_tables
from core.program.grammar_text import Line


def rows(lines: list[Line], names: Catalogue) -> list[Row]:
    """The lines with what each of them is. A name that heads lifts somewhere is known in all lines."""
    lines = without_tables(lines)
    short = _short_names(lines, names)
    found = with_spoken(_settled([_row(line, names, short) for line in lines]), names)
    known = short | {tuple(fold(name).split()): name for row in found if (name := name_of(row))}
    return with_spoken(_settled([_row(line, names, known) for line in lines]), names)


def name_of(row: Row) -> str | None:
    """The name that a heading gives to its session: the first one, else that of its only weekday."""
    if row.kind != "heading":
        return None
    if row.names:
        return session_name(row.names[0].text)
    if row.title:
        return session_name(row.title)
    return WEEKDAYS[row.days[0]] if len(row.days) == 1 else None


_SHORT_HEAD = re.compile(r"\s*([A-Za-z])(\d{0,2})\s*:(?!\d)")


def _short_names(lines: Sequence[Line], names: Catalogue) -> dict[tuple[str, ...], str]:
    """Sessions that a letter in front of a colon names, `X: squat 3`; a letter and a number, which may as well be of a
    superset, where a line about days names them too (`X1 X2 alternating`), or where there is no other."""
    heads = [match for line in lines if (match := _SHORT_HEAD.match(line.text)) is not None]
    of_days = [line.text for line in lines if _SHORT_HEAD.match(line.text) is None and _is_of_days(line.text)]
    listed = {word.upper() for text in of_days for word in re.findall(r"[^\W_]+", text)}
    typed = {match[1].upper() + match[2]: match[2] for match in heads}
    found = [name for name, number in typed.items() if not number or name in listed or len(typed) == 1]
    return {(name.lower(),): name for name in found if not names.exact(name)}


def _is_of_days(text: str) -> bool:
    return not {"days", "turns"}.isdisjoint(one.kind for one in elements(text, {}))


_LETTER = re.compile(r"(?:workout|session|day|training|routine)\s*#?\s*(?P<letter>[a-z])", re.IGNORECASE)


def session_name(typed: str) -> str:
    """A session's name as plans keep it: `workout a` is A, the first letter is a capital."""
    words = re.sub(r"\s+/\s*|\s*/\s+", "/", " ".join(re.sub(r"[()#*:;]", " ", typed).split())).strip(" .,-/?")
    letter = _LETTER.fullmatch(words)
    return letter["letter"].upper() if letter is not None else words[:1].upper() + words[1:]


def _settled(found: list[Row]) -> list[Row]:
    """Labels that lifts follow are headings, the others belong to the schedule, save names that nothing follows."""
    out: list[Row] = []
    filled = [row for row in found if row.kind != "blank"]
    following = {id(row): after for row, after in pairwise(filled)}
    titled = any(row.kind == "heading" and not row.days for row in found)
    for row in found:
        after = following.get(id(row))
        of_all = titled and not row.names and len(row.days) > 1
        if row.kind == "label" and after is not None and after.kind == "lifts" and not of_all:
            row = replace(row, kind="heading")
        elif row.kind == "label":
            row = replace(row, kind="schedule" if row.days or len(row.names) > 1 else "heading")
        out.append(row)
    return out


# --- one line ---------------------------------------------------------------------------------------------------------


def _row(line: Line, names: Catalogue, known: Names) -> Row:
    if line.is_blank:
        return Row(line, "blank")
    found = tuple(elements(line.text, known))
    kinds = {one.kind for one in found}
    if (headed := _plainly_headed(line, names, known)) is not None:
        return headed
    if _NO_DAYS.match(line.text) or _are_lifts(pieces(line.text, names)):
        return Row(line, "lifts")
    if _is_label(found):
        return Row(line, "label", found)
    if _is_schedule(found, kinds, known):
        return Row(line, "schedule", found)
    headed = _headed(line, names, known) or _led(line, found, names)
    if headed is not None:
        return headed
    if _may_be_schedule(found, kinds) and not is_about_lifts(line.text, names):
        return Row(line, "schedule", found)
    bullet = _LETTER_BULLET.match(line.text)
    return Row(line, "lifts", start=bullet.end() if bullet is not None else 0)


_NO_DAYS = re.compile(
    r"\s*(?:(?:rest|break)\w*[\s:~]*\d|(?:weeks?|phase)\s*(?:[a-d]|\d+)(?![^\W_]))", re.IGNORECASE
)
"""`rest 3:00`, `Week A`: what looks like a time or a head and is none."""

_LETTER_BULLET = re.compile(r"\s*[A-Ha-h][.)]\s*(?=\S)")
_LABEL: Final = frozenset({"days", "name", "at"})
_SETTLING: Final = STRONG | PROBLEMS | {"style", "style_unknown", "off"}


def _is_label(found: tuple[Element, ...]) -> bool:
    """Days and at most two names, and nothing else: `Monday`, `Day 1 - Push`, `Mon/Thu: Upper`."""
    kinds = [one.kind for one in found]
    named = kinds.count("name")
    return (
        not set(kinds) - _LABEL
        and (named > 0 or "days" in kinds)
        and kinds.count("days") <= 1
        and (named <= 1 or (named == 2 and _numbered(found)))
    )


def _numbered(found: tuple[Element, ...]) -> bool:
    """Whether the first name is `Day 1`: a second one then says what that day is for."""
    first = next(one for one in found if one.kind == "name")
    return (
        re.match(r"(?:day|workout|session|tag|d[ií]a|jour)\s*#?\s*\d", first.text, re.IGNORECASE) is not None
    )


def _are_lifts(found: Sequence[Piece]) -> bool:
    """Whether a text is about lifts and nothing else, whatever its words could mean apart from that (`leg pull-in`)."""
    kinds = {piece.kind for piece in found}
    return "name" in kinds and kinds.isdisjoint({"word", "char"})


def _plainly_headed(line: Line, names: Catalogue, known: Names) -> Row | None:
    """`A: leg pull-in 3, rest 1:00`: a usual head, its mark, and nothing but lifts."""
    mark = _COLON.search(line.text) or _DASH.search(line.text)
    if mark is None or not _are_lifts(pieces(line.text, names, mark.end())):
        return None
    head = line.text[: mark.start()]
    found = tuple(elements(head, known))
    return (
        Row(line, "heading", found, head, rest=mark.end())
        if _is_label(found) and not names.exact(head)
        else None
    )


def _is_schedule(found: tuple[Element, ...], kinds: set[str], known: Names) -> bool:
    if not found or "unknown" in kinds:
        return False
    listed = [one for one in found if tuple(fold(session_name(one.text)).split()) in known]
    return not kinds.isdisjoint(_SETTLING) or len(listed) > 1


def _may_be_schedule(found: tuple[Element, ...], kinds: set[str]) -> bool:
    """Whether a line with unknown words is most likely about days: it has some, or words that look like them."""
    strange = [one for one in found if one.kind == "unknown"]
    near = [one for one in strange if any(near_days(word) for word in one.text.split())]
    return not kinds.isdisjoint(STRONG | PROBLEMS) or (bool(strange) and len(near) == len(strange))


def _headed(line: Line, names: Catalogue, known: Names) -> Row | None:
    """`A: squat 3`, `Day 1 - squat 3`, `Big day:`: a head, and the lifts behind its colon or dash."""
    for separator in (_COLON, _DASH):
        match = separator.search(line.text)
        if match is None:
            continue
        head, rest = line.text[: match.start()], match.end()
        inner = _DASH.search(line.text, rest)
        if inner is not None and _is_label(tuple(elements(line.text[rest : inner.start()], known))):
            head, rest = line.text[: inner.start()], inner.end()  # Tue: upper - squat 3
        found = tuple(elements(head, known))
        behind = pieces(line.text, names, rest)
        labelled = _is_label(found) and not names.exact(head)
        if labelled and (separator is _COLON or any(piece.kind == "name" for piece in behind)):
            return Row(line, "heading", found, head, rest=rest if behind else None)
        if separator is _COLON and _is_free_head(head, behind, names):
            return _titled(line, head, found, rest if behind else None)
    return None


def _titled(line: Line, head: str, found: tuple[Element, ...], rest: int | None) -> Row:
    """A head in words of somebody's own: a weekday among them is its day, the others are its name."""
    days = tuple(one for one in found if one.kind == "days")
    title = head
    for one in days:
        title = title[: one.start] + " " * len(one.text) + title[one.end :]
    return Row(line, "heading", days, head, len(head) - len(head.lstrip()), rest, title)


_COLON = re.compile(r"(?<!\d):|:(?!\d\d(?!\d))|(?<=^[A-Ha-h])[.)](?=\s[^,+]*[,+])")
"""A colon that is none of a time, or the mark of `A. squat 3, bench 3`."""
_DASH = re.compile(r"\s(?:-+|=)\s")
_NO_HEAD = re.compile(
    r"\s*(?:super[\s-]?sets?|ss|sets?|reps?|rpe|rir|style|notes?|goals?|weights?|loads?|equipment|time|duration|level)\s*",
    re.IGNORECASE,
)


def _is_free_head(head: str, behind: Sequence[Piece], names: Catalogue) -> bool:
    """Whether words in front of a colon name a session: nothing follows, or lifts do, and they are no lift themselves."""
    if _NO_HEAD.fullmatch(head) or not names_session(head, names):
        return False
    opening = [piece for piece in behind if piece.kind not in ("star", "label", "joined")]
    return not behind or (bool(opening) and opening[0].kind == "name")


def _led(line: Line, found: tuple[Element, ...], names: Catalogue) -> Row | None:
    """`Monday squat 3, bench 3`: lifts right behind a day."""
    lead: list[Element] = []
    for one in found:
        timed = one.kind == "at" and len(lead) == 1
        if one.kind != "days" and not timed and not re.match(r"day\s*\d", one.text, re.IGNORECASE):
            break
        lead.append(one)
    if not lead or sum(one.kind != "at" for one in lead) != 1:
        return None
    behind = pieces(line.text, names, lead[-1].end)
    if not behind or behind[0].kind not in ("name", "star", "joined", "label"):
        return None
    return Row(line, "heading", tuple(lead), lead[0].text, rest=lead[-1].end)
