"""What comes next on a lift: gathers what the rules of targets need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from core.coach.courses import HAS_PLAN, easy_days
from core.coach.effort_asked import may_ask
from core.coach.in_plan import plan_today
from core.coach.learned import AT_A_CHANGE, BY_THE_WAY, IN_A_PLAN, Before, before_today, learned_from
from core.coach.turn import Turn
from core.learning import Lift, borrowed, flat_rating
from core.learning import estimate as strength
from core.loads import Gear
from core.model import Exercise, LoggedSet, Role, Target
from core.program.lift_today import LiftToday, asked_of, by_style
from core.promise import as_json, from_json, promised, standing
from core.related import Relative, relatives
from core.situation import InPlan, Learned, Promise, Related, without_rating
from core.store import lifts, people, promises, sets
from core.strength import Estimate, estimate
from core.targets import Situation, next_session, next_target

WINDOW = timedelta(days=365)
"""How far back sets count for a target: after three months away a lift begins lighter, and not with the empty bar."""
ANCHORS = 2
"""The first so many big lifts of a session are its anchors, those after them secondary (training.md, Effort)."""
MOST_SETS = 16
"""At most so many sets of a lift are read, in whole days, so that a long log costs about what a short one does. Measured
(make bench, ten years against an empty log): 32 sets 1.45, 16 sets 1.20. Older sessions weigh under a tenth anyway."""


CLEARED_ON = "cleared_on"
"""The preference that holds the day on which a professional cleared the athlete."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """A lift's situation and what follows from it."""

    situation: Situation
    target: Target | None
    told: tuple[Promise, ...] = ()
    """What was told for the next session when the lift was last done, and before."""

    @property
    def plain(self) -> bool:
        """Whether the athlete typed no effort on the last day of the lift, and so is told none in numbers."""
        s = self.situation
        if s.flat_rpe is not None:
            return False
        newest = s.session or s.history
        done = [one.done for one in newest if one.day == newest[-1].day]
        return all(one.rpe is None or one.failure is not None or one.open_ended for one in done)

    @property
    def estimate(self) -> Estimate | None:
        """The e1RM that the situation speaks for."""
        s = self.situation
        return estimate(s.exercise, (*s.history, *s.session), s.body_weight_kg, s.today, s.stated_max_kg)


async def _situation(
    turn: Turn, exercise: Exercise, today: date, apart_from: str | None = None
) -> tuple[Situation, tuple[Promise, ...]]:
    """Today's sets of the lift and those of the days before, with what else a target depends on; what was told of it."""
    exercise = await _in_its_place(turn, exercise, today)
    found = await sets.recent(turn.conn, turn.athlete.id, exercise.id, today - WINDOW, MOST_SETS)
    stated = await lifts.stated_max(turn.conn, turn.athlete.id, exercise.id)
    weight = await people.body_weight(turn.conn, turn.athlete.id, today) if exercise.share > 0 else None
    cleared = (await turn.preferences()).get(CLEARED_ON)
    now = tuple(
        [one for one in found if one.day == today and (apart_from is None or one.message_id != apart_from)]
    )
    history = tuple([logged for logged in found if logged.day < today])
    before, other = await _learned(turn, exercise, today, is_new=not history and stated is None)
    known = None if exercise.timed else before
    flat = None if known is None else flat_rating(known.habits)
    learned = None if known is None else Learned(known.habits, known.lifts[0], now)
    last = history[-1].day if history else None
    asked = None if before is None else await _in_plan(turn, exercise, today, before, now, weight, last)
    exercise, in_plan = (exercise, None) if asked is None else asked
    bad = easy_days(await turn.preferences())
    deloads = () if before is None or before.course is None else before.course.deloads
    told = from_json(await promises.told(turn.conn, turn.athlete.id, exercise.id)) if history else ()
    newest = [one for one in history if one.day == last]
    s = Situation(
        exercise=exercise,
        unit=turn.athlete.unit,
        gear=Gear(),
        body_weight_kg=weight,
        today=today,
        session=now if flat is None else without_rating(now, flat),
        history=history if flat is None else without_rating(history, flat),
        stated_max_kg=None if stated is None else stated.load_kg,
        easy=today in bad,
        easy_days=(bad | {*deloads}) - {today},
        hold=turn.athlete.hold_since is not None,
        cleared_on=None if cleared is None else date.fromisoformat(cleared),
        learned=learned,
        flat_rpe=flat,
        related=other,
        in_plan=in_plan,
        asks=await may_ask(turn, exercise, now, before, today),
    )
    if told:
        s = replace(s, promise=standing(told, newest, s.unit, in_plan, s.body()))
    return by_style(s), told


async def _in_plan(
    turn: Turn,
    exercise: Exercise,
    today: date,
    before: Before,
    now: tuple[LoggedSet, ...],
    weight: float | None,
    last: date | None,
) -> tuple[Exercise, InPlan] | None:
    """The lift in the role that the plan gives it, and what the plan asks of it; None where it is not in the plan."""
    plan = await plan_today(turn, before, today)
    place = None if plan is None else plan.of(exercise.id)
    if plan is None or place is None:
        return None
    exercise = exercise if exercise.role is place.role else _in_role(exercise, place.role)
    habits, lift = before.habits, before.lifts[0]
    taught = learned_from(habits, lift, exercise, now, weight) if now else (habits, lift)
    anew = plan.is_anew(place, last)
    known = LiftToday((habits, lift), taught, now, turn.athlete.unit, weight, anew)
    return exercise, asked_of(plan.pure, place, known)


async def _learned(
    turn: Turn, exercise: Exercise, today: date, *, is_new: bool
) -> tuple[Before | None, Related | None]:
    """What the days before today have taught of the lift; of a new one, what related lifts tell."""
    if exercise.timed and HAS_PLAN not in await turn.preferences():
        return None, None
    others = relatives(exercise.id) if is_new and not exercise.timed else ()
    ids = [exercise.id, *(one.exercise_id for one in others)]
    before = await before_today(turn.conn, turn.athlete.id, turn.exercise, ids, today, await _patience(turn))
    if before is None:
        turn.behind = today
        return None, None
    return before, await _related(turn, others, before.lifts[1:], today)


async def _patience(turn: Turn) -> int:
    """How many sets are learned from before the answer: more where old sets were changed, or a plan waits for them."""
    if HAS_PLAN in await turn.preferences():
        return IN_A_PLAN
    return AT_A_CHANGE if turn.changes else BY_THE_WAY


LEAST_DAYS = 2
"""So many days of a lift have to be known before it speaks for another (own choice)."""


async def _related(
    turn: Turn, others: Sequence[Relative], lifts: Sequence[Lift], today: date
) -> Related | None:
    """The maximum by the most telling of the related lifts that the athlete does; None where there is none."""
    day = today.toordinal()
    for relative, lift in zip(others, lifts, strict=True):
        if lift.belief.days < LEAST_DAYS:
            continue
        found = strength(borrowed(lift, relative.ratio, day, relative.sd), day)
        if found is not None:
            return Related(found.value, relative.sd, (await turn.exercise(relative.exercise_id)).name)
    return None


async def _in_its_place(turn: Turn, exercise: Exercise, today: date) -> Exercise:
    """The lift in the role that its place in the session gives it."""
    if exercise.role is not Role.ANCHOR:
        return exercise
    done = await sets.lifts_of_day(turn.conn, turn.athlete.id, today)
    if (
        exercise.id not in done
    ):  # what was told when the lift was last done holds until today shows another order
        days = await sets.session_days(turn.conn, turn.athlete.id, exercise.id, 1)
        done = await sets.lifts_of_day(turn.conn, turn.athlete.id, days[0]) if days else done
    before = done[: done.index(exercise.id)] if exercise.id in done else done
    anchors = [one for one in before if (await turn.exercise(one)).role is Role.ANCHOR]
    return _in_role(exercise, Role.SECONDARY) if len(anchors) >= ANCHORS else exercise


@lru_cache(maxsize=256)
def _in_role(exercise: Exercise, role: Role) -> Exercise:
    return replace(exercise, role=role)


async def outlook(turn: Turn, exercise: Exercise, today: date, apart_from: str | None = None) -> Outlook:
    """What comes next on a lift, as the log stands in this transaction; as if the sets of the message `apart_from` were not
    there."""
    s, told = await _situation(turn, exercise, today, apart_from)
    return Outlook(s, next_target(s), told)


async def answer(turn: Turn, exercise: Exercise, today: date) -> Target | None:
    """What a message is answered with: the next target of a lift. What it says of the next session is kept."""
    found = await outlook(turn, exercise, today)
    s, target = found.situation, found.target
    done = () if s.learned is None else s.learned.today
    if target is None or target.when != "session" or not done:
        return target
    later = next_session(s)
    new = None if later is None else promised(done, s, later)
    if new is not None:
        kept = (new, *(one for one in found.told if one.day < today))
        await promises.tell(turn.conn, turn.athlete.id, exercise.id, as_json(kept))
    return target


async def targets(turn: Turn, exercise_ids: list[str], today: date) -> dict[str, Target | None]:
    """The next target of several lifts."""
    return {one: (await outlook(turn, await turn.exercise(one), today)).target for one in exercise_ids}
