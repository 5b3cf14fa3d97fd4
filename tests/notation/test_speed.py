"""Reading is quick for what people type, and stays in proportion to the length for what they do not."""

from __future__ import annotations

import time
from collections.abc import Callable

from core.notation import Setting, parse
from tests.notation.corpus import TODAY

USUAL = ("squat 100x8 rpe9", "bench 3x8 @ 185 lbs felt easy", "присед 100х5х3", "卧推 80kg 8次 3组", "x7 @9")
AWKWARD = (
    "1", "1x", "1 ", "8,", "8/", "1-", "1:", "1>", "1+", "+1 ", "-1 ", "1@", "1 @ 1, ", "x", "x ", "+", "@", "@8", "(", ">", "/", ". ", "1.",
    "100x8 ", "100x8, ", "100x8\n", "squat ", "squat 1x1 ", "sqaut ", "romainian deadlfit ", "bulgarian split ", "press row ", "a ", "a-",
    "a.", "zqx ", "zqx 100x8 ", "深蹲", "蹲", "一", "hundred ", "bw", "bw+1", "1kg", "1s ", "1 min ", "1x1 drop ", "rp 1 ", "1+1p", "f ", "1f",
    "same ", "rpe ", "rpe9 ", "1 left ", "rest ", "pain ", "no pain ", "not ", "t31x0 ", "t1111", "2026-11-20 ", "a1 ", '"', "#", "1#", "1'", "🏋",
    "3 sets of 8 ", "1 for ", "1 of ", "1 at ", "squat 100x8, 8 @9 + ",
)  # fmt: skip
"""What a message is filled with, over and over."""

LONGEST = 4096
BATCH = 100


def seconds(read: Callable[[], object], times: int) -> float:
    """The least time that one reading takes, of the process alone."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        read()
        best = min(best, time.process_time() - start)
    return best


def usual_line() -> float:
    """How long a usual line takes, in the best of several batches."""

    def batch() -> None:
        for _ in range(BATCH):
            for line in USUAL:
                parse(line, Setting(today=TODAY))

    batch()
    return seconds(batch, 5) / BATCH / len(USUAL)


def _too_slow(filling: str, usual: float, times: int) -> str | None:
    """What is out of proportion in the time for the longest message, beside a usual line and beside its first quarter."""
    whole = (filling * LONGEST)[:LONGEST]
    full = seconds(lambda: parse(whole, Setting(today=TODAY)), times)
    if full < 0.03:
        return None
    quarter = seconds(lambda: parse(whole[: LONGEST // 4], Setting(today=TODAY)), times)
    # A dense message has a thousand times the words and numbers of a usual line. Four times the length may take four
    # times as long; the rest is room for the noise of short times, and still far from the sixteen of a square.
    if full < 1500 * usual and full < 8 * quarter:
        return None
    return f"{filling!r}: {full * 1000:.0f} ms, {full / usual:.0f} usual lines, {full / quarter:.1f} times a quarter of it"


def test_a_usual_line_takes_less_than_a_millisecond() -> None:
    assert usual_line() < 0.001


def test_the_time_for_an_awkward_message_grows_no_faster_than_its_length() -> None:
    usual = usual_line()
    suspects = [filling for filling in AWKWARD if _too_slow(filling, usual, 1) is not None]
    slow = [found for filling in suspects if (found := _too_slow(filling, usual_line(), 9)) is not None]
    assert not slow, "\n".join(slow)
