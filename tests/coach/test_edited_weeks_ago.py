"""A set of three weeks ago that is told anew: what follows from it is said in the same reply, and all is as if told so then."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.doctor import WELL, examined
from core.model import Kind
from core.store import Store
from tests.coach.gym_floor import BEGAN, logged
from tests.coach.test_twelve_weeks import PLAN, Trainee


class Rememberer(Trainee):
    """Knows under which number the AMRAP of the squat was sent."""

    squatted: tuple[int, str] | None = None

    def _set(self, lift: str, load: float | None, reps: str, number: int) -> str:
        text = super()._set(lift, load, reps, number)
        if lift == "Squat" and not reps.isdigit():
            self.squatted = self._count + 1, text
        return text


async def test_an_amrap_of_three_weeks_ago_moves_what_comes_next(store: Store) -> None:
    lifter = Rememberer(store)
    await lifter.says(PLAN)
    for week in range(7):
        for day in (0, 3):
            await lifter.trains(7 * week + day)
    assert lifter.squatted is not None
    key, text = lifter.squatted
    now = BEGAN + timedelta(days=lifter.day + 5)
    more = re.sub(r"x\d+$", "x17", text)
    said = await lifter.edited(key, more, sent_at=now)
    assert len(said) == 1 and "next:" in said[0] and ", next " in said[0], (
        said
    )  # what comes, and what would have come
    assert (await examined(store)).startswith(WELL)
    (amrap,) = [
        row for row in await logged(store) if row["done"].kind is Kind.AMRAP and row["done"].reps == 17
    ]
    assert amrap["exercise"] == "squat"
    back = await lifter.edited(key, text, sent_at=now + timedelta(minutes=1))
    before, after = (re.findall(r"next:? ([\d.]+ × \d+)", one[0]) for one in (said, back))
    assert before == after[::-1]
