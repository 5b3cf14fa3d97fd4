"""The grammar of set expressions: shapes of a line → sets, or the readings to ask about."""

from core.notation.grammar.base import Expression
from core.notation.grammar.entries import (
    LEAST_PLAIN_EFFORT,
    MOST_SETS_READ,
    cannot_load,
    unit_of,
    with_fields,
)
from core.notation.grammar.table import expressions

__all__ = [
    "LEAST_PLAIN_EFFORT",
    "MOST_SETS_READ",
    "Expression",
    "cannot_load",
    "expressions",
    "unit_of",
    "with_fields",
]
