"""Messages that nobody types by accident: control characters, other scripts, markup, SQL, digits without end."""

from __future__ import annotations

import random
from collections.abc import Iterator

FRAGMENTS = (
    "squat", "bench", "pull up", "plank", "Kniebeuge", "присед", "卧推", "sqaut", "row", "press", "farmers walk",
    "100x8", "100", "x", "×", "@", "@8,5", "rpe9", "2 rir", "x7", "+2.5", "-15", "bw", "bw+20", "3x8", "8,8,7", "/", ":",
    ">", "->", "drop", "+", "+3+2", "rp", "+4p", "amrap", "12+", "w", "wu", "f", "to failure", "stuck", "slow6", "form",
    "no pain", "pain 4/10", "t31x0", "tempo", "L", "each", "/side", "rest 2:30", "after 3 min", "ss", "a1", "# n", "//",
    '"', "'", "same", "again", "actually", "yesterday", "2026-11-20", "2026-13-45", "9999-99-99", "0000-00-00", "monday",
    "tomorrow", "kg", "lb", "#", "30s", "60 sec", "1:30", "5k", "24:30", "sets", "of", "reps", "for", "left", "no", ",",
    ";", "\n", "\r\n", "\t", "\v", "\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u200b", "\u200f", "\u202e",
    "\ufeff", "\ud800", "\u0301", "🏋️", "👨‍👩‍👧", "💪🏽", "½", "²", "①", "٣", "८", "Ⅷ", "𝟗", "一百", "零", "∞", "NaN", "inf",
    "1e9", "1e400", "0x10", "-0", "00008", "99999999999999999999", "0.0000001", ".5", "5.", "1.2.3", "1,2,3,4", "1..2",
    "'; DROP TABLE sets; --", "<script>alert(1)</script>", "&amp;", "{{7*7}}", "${jndi}", "%s%n", "\\", "\\n", "[a](b)",
    "**bold**", "`code`", "/start", "/undo", "@all", "https://a.b/?x=1&y=2", "../../etc/passwd", "null", "None", "[]", "{}",
)  # fmt: skip
_LONG = (
    "1" * 4096, "9 " * 2048, "1x" * 2048, "8," * 2048, "squat " * 682, "(" * 4096, "100x8 " * 682, "+" * 4096, "@" * 4096,
    "x" * 4096, "\n" * 4096, "squat 100x8\n" * 341, '"' * 4096, "🏋" * 4096, "\u202e" * 4096, "а" * 4096, "蹲" * 4096, "5" * 5000,
)  # fmt: skip
_TIES = ("", " ", " ", " ", "  ", ",", "x", "\n")


def messages(count: int, seed: int) -> Iterator[str]:
    """So many messages, the same for the same seed."""
    rng = random.Random(seed)
    for number in range(count):
        yield _LONG[number // 500 % len(_LONG)] if number % 500 == 0 else _message(rng)


def _message(rng: random.Random) -> str:
    sort = rng.random()
    if sort < 0.75:
        return "".join(rng.choice(FRAGMENTS) + rng.choice(_TIES) for _ in range(rng.randint(1, 12)))
    if sort < 0.85:
        return "".join(rng.choice("0123456789x,.@+-/:# ()\n") for _ in range(rng.randint(1, 40)))
    if sort < 0.95:
        return "".join(chr(rng.randrange(1, 0x110000)) for _ in range(rng.randint(1, 30)))
    return "".join(chr(rng.randrange(1, 0x250)) for _ in range(rng.randint(1, 60)))
