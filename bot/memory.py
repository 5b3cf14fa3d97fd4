"""What serving settles about memory."""

from __future__ import annotations

import gc

from core.exercises import catalogue
from core.health_words import languages

YOUNG = 50_000
"""Objects that come into being between two looks for unused cycles (own choice): a message makes some thousands, and
nearly all of them go by themselves."""


def settle() -> None:
    """Leaves what is loaded by now (the lifts, the words, the libraries) out of every later look for unused cycles.

    Those looks took a quarter of the processor time of a message.
    """
    catalogue()
    languages()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
