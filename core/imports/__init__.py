"""Exports of other apps, read as frozen rows: Strong, Hevy, FitNotes, and logs of many lifters.

`members(stream)` unpacks a file, where it is packed. `read(text_of(stream))` recognises the app by its columns and gives
sets as they were written, with kind and unit, and the lines that cannot be read. Nothing is mapped to our exercises
here, and no unit is guessed.
"""

from core.imports.packed import MOST_BYTES, Member, NotUnpacked, NotUnpackedReason, members
from core.imports.reading import App, Reading, read, text_of
from core.imports.rows import NotAnExport, Row, Unreadable

__all__ = [
    "MOST_BYTES",
    "App",
    "Member",
    "NotAnExport",
    "NotUnpacked",
    "NotUnpackedReason",
    "Reading",
    "Row",
    "Unreadable",
    "members",
    "read",
    "text_of",
]
