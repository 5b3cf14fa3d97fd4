"""Pieces of a line → its parts: a lift with its numbers each, or more of the last one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from core.program.grammar_pieces import KEPT, Piece
from core.program.grammar_talk import says_how

_SEPARATING = frozenset({"comma", "plus", "slash", "joined", "either"})


@dataclass(frozen=True, slots=True)
class Part:
    """What stands between two signs, the sign in front included."""

    sign: Piece | None
    pieces: list[Piece]

    @property
    def named(self) -> bool:
        """Whether it names a lift, or has words that may."""
        return any(piece.kind in ("name", "word") for piece in self.pieces)

    def opened_by(self, *kinds: str) -> bool:
        """Whether one of some signs stands in front."""
        return self.sign is not None and self.sign.kind in kinds


def parts_of(found: Sequence[Piece]) -> list[Part]:
    """The parts of a line, one for each of its lifts."""
    parts: list[Part] = [Part(None, [])]
    for piece in found:
        if piece.kind in _SEPARATING:
            parts.append(Part(piece, []))
        else:
            parts[-1].pieces.append(piece)
    return [one for part in parts if part.pieces or part.sign for one in _by_lift(part)]


def _by_lift(part: Part) -> list[Part]:
    """`squat 3x5 bench 3x5`: a part with several lifts, each with its own numbers before or behind it."""
    heads = [k for k, piece in enumerate(part.pieces) if begins_name(part.pieces, k)]
    if len(heads) < 2 or (len(heads) == 2 and remark(part.pieces, heads[0])):
        return [part]
    kept = len(list(takewhile(lambda piece: piece.kind in KEPT - {"tier"}, part.pieces)))
    if kept and part.sign is not None and part.sign.kind == "comma":  # of the lift in front of the comma
        rest = _by_lift(Part(None, part.pieces[kept:]))
        return [Part(part.sign, part.pieces[:kept]), *rest]
    leading = all(piece.kind in ("star", "label") for piece in part.pieces[: heads[0]])
    cuts = heads[1:] if leading else [behind_name(part.pieces, head) for head in heads[:-1]]
    edges = [0, *cuts, len(part.pieces)]
    return [
        Part(part.sign if k == 0 else None, part.pieces[edges[k] : edges[k + 1]])
        for k in range(len(edges) - 1)
    ]


def begins_name(found: list[Piece], k: int) -> bool:
    """Whether the words of a lift begin with a piece."""
    wordy = ("name", "word")
    return found[k].kind in wordy and (k == 0 or found[k - 1].kind not in wordy)


def behind_name(found: list[Piece], k: int) -> int:
    """The piece behind the words that begin with one."""
    while k < len(found) and found[k].kind in ("name", "word"):
        k += 1
    return k


def remark(found: list[Piece], head: int) -> list[Piece]:
    """The words at the end of a part that say how its lift is done: `squat 3x5 with a pause at the bottom`."""
    words = list(takewhile(lambda piece: piece.kind == "word", reversed(found[behind_name(found, head) :])))
    return words[::-1] if says_how(piece.text for piece in words) else []
