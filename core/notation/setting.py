"""What a message is read against: given from outside, and what its earlier lines leave for later ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.exercises import Catalogue, catalogue
from core.model import Exercise, Unit
from core.notation.groups import Group


@dataclass(frozen=True, slots=True)
class Setting:
    """What a message is read against: unit, today, catalogue, and the lift that a line without a name belongs to.

    `strict` is for rooms, where people talk: nothing is read beside words that are not known. `one_side` says that the last
    set was of one side: `8 left` behind it is the other one's.
    """

    unit: Unit = "kg"
    today: date | None = None
    names: Catalogue | None = None
    carried: Exercise | None = None
    strict: bool = False
    one_side: bool = False

    @property
    def catalogue(self) -> Catalogue:
        """The names of lifts; the built-in ones unless others were given."""
        return self.names if self.names is not None else catalogue()


@dataclass(slots=True)
class Message:
    """What earlier lines of the same message leave for later ones: the lift (or the doubt about it) and the day."""

    several: bool
    named: str | None = None
    doubt: Group | None = None
    day: date | int | None = None

    def in_doubt(self, group: Group) -> None:
        """Later lines stand under a name that is not clear."""
        self.named, self.doubt = None, group
