"""Telegram: messages in and replies out, nothing else."""

import os

# Times from the library are timedeltas: the old form warns at every answer that asks us to wait.
os.environ.setdefault("PTB_TIMEDELTA", "1")
