"""Messages that nobody should send: fragments of the notation, commands, markup, and what breaks programs."""

from __future__ import annotations

import random
from dataclasses import dataclass

NAMES = (
    "squat", "bench", "deadlift", "ohp", "row", "press", "pull up", "dip", "push up", "plank", "curl", "db bench",
    "farmers walk", "Kniebeuge", "press banca", "присед", "卧推", "split squat", "zorgle", "sqaut", "", "",
)  # fmt: skip
NUMBERS = (
    "100x8", "3x8", "100", "8", "5x5", "0", "-5", "+2.5", "+2000", "-900", "20x3", "1x500", "999x999", "1000x200", "60s",
    "1:30", "9000s", "100x8x3", "100x1x15", "80x8,8,7", "102,5x5", "60,5", "80-10", "100 8 9", "12@10", "bw", "bw+20x5",
    "-15x8", "-250x8", "225#x5", "300 lb x 5", "1e9", "1e400", "NaN", "inf", "½", "٣x٥", "8x", "x8", "x", "100xx8", "30m",
    "20x10 > 15x8 > 10x8", "100x8+3+2", "100x12+", "2,5,7,9,11,13", "1/2", "0x0", "00100x08", "5000", "500kg", "0.0001x1",
)  # fmt: skip
MARKS = (
    "@9", "@8,5", "@2", "@11", "rpe 8-9", "rpe12", "2 left", "6 left", "15rir", "f", "to failure", "miss 9", "slow6", "form",
    "form6", "form999", "pain", "knee pain 4/10", "pain 11", "no pain", "warmup", "amrap", "+4p", "+999p", "drop 60x6",
    "t31x0", "L", "R", "each", "rest 2:30", "rest 99:99", "ss", "a1", "a2", "# note", '"note"', "// x", "easy", "easy hard",
    "called 3 at 5", "called 1 at 4",
)  # fmt: skip
LEANS = (
    "same", "again", "+2.5", "-5", "+900", "-900", "x7", "x0", "x300", "8", "8 @9", "12 12", "actually 95", "actually x9",
    "actually 9000", "actually -50", "actually bench 60", "same @9", "+2.5 x 3", "yes", "no", "add", "yes, really", "kg",
    "lb", "2 left", "rpe 9", "pain 4", "nochmal", "otra vez", "5 5 5", "60s", "+5s",
    "called 3 at 9", "3 at 9", "called 2", "14 reps, called 3 at 9", "9 then 5 more, called 3", "at rep 9", "called 3 at 300",
)  # fmt: skip
DAYS = (
    "yesterday", "yesterday:", "2026-11-01", "2026-11-25", "2026-02-31", "9999-12-31", "0000-00-00", "1.11.", "monday",
    "today", "tomorrow", "1900-01-01", "999999 days ago", "3 days ago",
)  # fmt: skip
COMMANDS = (
    "start", "help", "undo", "today", "last", "history", "why", "warmup", "plates", "max", "bodyweight", "unit", "time",
    "exercise", "cleared", "log", "set", "add", "frobnicate", "UNDO", "today@spotterbot", "start@x", "plan", "quit",
    "calibrate", "calibrate", "plan", "plan", "plan", "skip", "move", "swap", "easy", "deload", "volume", "effort", "form",
)  # fmt: skip
ARGUMENTS = (
    "", "", "squat", "squat 140", "bench 100kg", "press", "102.5", "-102.5", "0", "9" * 400, "1e9", "many", "kg", "lb",
    "stone", "83.5", "83,5 kg", "184lb", "Berlin", "Europe/Berlin", "../../etc/passwd", "18:05", "99:99", "add", "add x",
    "add Zercher carry like farmers walk", "add squat 100x5", "add 100", "add 😀", "add " + "a" * 300, "plank", "pull up +20",
    "pull up -30", "squat -5", "help", "/help", "%s%n", "{name}", "squat 1500", "1000", "2.5", "5 5", "squat 140 lb x",
    "squat\n140", "\u202esquat", "dip 0", "squat 0", "history", "0x10", "add kg", "add same", "add 1", "add undo like squat",
    "curl", "curl 20", "curl 20x14 called 3 at 9", "Mon Wed Fri, A B alternating\nA: squat 3, bench 3, curl 2\nB: deadlift 2, pull up 3",
    "3 days a week\nA: squat 3x8-12 @8, plank 3x60s", "Mon Thu, style hit\nleg press, curl", "Mon\nA: squat", "edit", "off", "new", "start",
    "start 5", "start 99", "start 0", "no", "tomorrow", "friday", "2026-11-30", "squat front squat", "squat squat", "2-6", "Mon" * 900,
    "A: " + "squat 3, " * 300, "Mon Tue\nA: squat 3x5/3/1", "Mon\n" + "- curl 3\n" * 40, "7 days\nA: x", "Mon, Tue\nA:\nB:",
)  # fmt: skip
HOSTILE = (
    "\x00", "\x00\x01\x02", "squat\x00100x8", "\x1b[2J\x1b[31m", "\u202e100x8 tauqs", "\u200f\u200esquat\u200f 100x8", "\ufeff",
    "\ud800", "squat \udfff 100x8", "😀" * 500, "👍🏽", "👨‍👩‍👧‍👦 100x8", "e\u0301" * 300, "Z̸̢̛͉a̷l̵g̶o̴ 100x8", "7" * 4096,
    "7" * 4097, "9x" * 2048, "1 " * 2048, "squat 100x8\n" * 300, "@" * 4096, "x" * 4096, "(" * 4096, "\n" * 4096, "," * 4096,
    "squat " + "1," * 2000, "100x8 " * 600, '"' * 999, "#" * 999, "'; DROP TABLE sets; --", "' OR 1=1 --", "squat 100x8'); --",
    "Robert'); DELETE FROM messages;", "<b>squat</b> 100x8", "<script>alert(1)</script>", "*squat* _100x8_", "[a](http://x)",
    "```squat 100x8```", "{0} {name} %s %d %(x)s", "${jndi:ldap://x}", "\\n\\0\\x00", "[2026-11-20 18:00] ann #1: squat 9x9",
    "#17 (edit): squat 5x5", "> squat 100x8", "; squat", "squat\u2028100x8\u2029bench 80x8", "\x85100x8", "ＳＱＵＡＴ １００ｘ８",
    "chest pain", "I fainted", "no chest pain", "胸痛", "dolor en el pecho", "", " ", "\t", "\u3000", "/", "//", "/ help", "/1",
    "/help" * 800, "/" + "a" * 4000, "None", "null", "True", "undefined", "../../../etc/passwd", "squat 100x8 " + "a" * 3000,
    "🏋️ 100x8", "squat 100x8 # " + "é" * 2000, "a" * 1000 + " 100x8", "١٠٠x٨", "一百x八", "squat one hundred for eight",
)  # fmt: skip
TALK = (
    "nice work everyone", "10 minutes late", "ran 5k in 24:30", "see you at 8", "hello", "thanks!", "weight 83.5 this morning",
    "should I do 3x8 or 5x5?", "my knee hurts", "bench was taken", "3 guys waiting for the bench", "ok", "lol", "2 days to go",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """What a person does: writes, edits (`key`) or deletes (`key`), in private or in a room, perhaps as an answer."""

    who: str
    text: str
    key: int | None = None
    room: str | None = None
    deleted: bool = False
    reply: bool = False


class Noise:
    """An endless conversation of a few people; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)

    def act(self, highest: int) -> Act:
        """The next thing that somebody does; `highest` is the number of the last message."""
        rng = self._rng
        who = rng.choice(("ann", "ben", "cid"))
        room = "barbell" if rng.random() < 0.2 else None
        if highest and rng.random() < 0.12:
            key = rng.randint(max(1, highest - 60), highest + 3)
            gone = rng.random() < 0.4
            return Act(who, "" if gone else self.text(), key, room, gone)
        return Act(who, self.text(), None, room, reply=rng.random() < 0.3)

    def text(self) -> str:
        """A message."""
        rng = self._rng
        kind = rng.random()
        if kind < 0.3:
            return self._line()
        if kind < 0.4:
            return "\n".join(self._line() for _ in range(rng.randint(2, 6)))
        if kind < 0.6:
            return rng.choice(LEANS)
        if kind < 0.7:
            return str(rng.randint(0, 6))
        if kind < 0.84:
            return f"/{rng.choice(COMMANDS)} {rng.choice(ARGUMENTS)}".strip()
        if kind < 0.94:
            return rng.choice(HOSTILE)
        return self._mutated(rng.choice(TALK) if kind < 0.97 else self._line())

    def _line(self) -> str:
        rng = self._rng
        parts = [rng.choice(NAMES), rng.choice(NUMBERS)]
        parts += [rng.choice(MARKS) for _ in range(rng.choice((0, 0, 1, 1, 2)))]
        if rng.random() < 0.1:
            parts.insert(0, rng.choice(DAYS))
        if rng.random() < 0.15:
            parts += [rng.choice((",", ";", "then", "+", "/")), rng.choice(NAMES), rng.choice(NUMBERS)]
        if rng.random() < 0.15:
            rng.shuffle(parts)
        return " ".join(part for part in parts if part)

    def _mutated(self, text: str) -> str:
        rng = self._rng
        letters = list(text)
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(letters) + 1)
            letters[at : at + rng.randint(0, 2)] = rng.choice(
                ("x", "@", "9", "\u202e", "\x07", "\n", "😀", ",", "-", "'")
            )
        return "".join(letters)
