"""The translations of what Spotter says, found once: gettext's own functions look on the disk at every sentence."""

from __future__ import annotations

from gettext import translation

_FOUND = translation("spotter", fallback=True)

gettext = _FOUND.gettext
"""A sentence in the language of this process."""
ngettext = _FOUND.ngettext
"""A sentence in its singular or plural."""
