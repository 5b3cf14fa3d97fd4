"""What a day's sets of a lift do to the working max that its loads come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil, exp
from typing import Final

from core.care import WATCHED_SESSIONS, PainAction, PainRule, pain_rule
from core.effort import effective_rpe
from core.learning import Habits, estimate, prescribe
from core.learning import Lift as Known
from core.model import Kind, LoggedSet, SetEntry
from core.prescription import TOO_COARSE
from core.program.amraps import closes
from core.program.blocks import BLOCK_WEEKS, Asked
from core.program.course import LiftCourse
from core.program.finding import after_easy, after_open, is_easy, once_found
from core.program.places import Place, is_again
from core.program.review import Amrap, amrap_e_kg
from core.program.working_max import (
    UNRATED_BLOCK_RISE,
    SessionWent,
    SetWent,
    Verdict,
    WorkingMax,
    after_block,
    after_session,
    asked_n,
    first,
    held_at,
    load_at,
    most_after,
    reps_at,
    verdict,
)
from core.strength import AMRAP_TOO_LIGHT, LOWER_BOUND_RIR, WORK_SHARE, system_kg, weaker_sides

State = tuple[Habits, Known]

RETURN_RISE: Final = 0.10
RETURNED: Final = 0.9
"""After pain M climbs by so much a session that went as asked, or a step, up to this share of what it was; then the usual
steps go on (own choice)."""


def n_of(of: Asked) -> float:
    """The reps that a fresh set must be able to hold for the last of the sets to be as asked."""
    return asked_n(of.reps_low, of.efforts[-1], of.sets)


def max_of(state: State, of: Asked, day: date, curve: float) -> float | None:
    """E: the maximum by which the lift's load, as the model prescribes it for the last set, is read."""
    habits, known = state
    if not known.belief.sets:
        return None
    wanted = prescribe(habits, known, of.reps_low, of.efforts[-1], day.toordinal() + 1, of.sets)
    return None if wanted is None else held_at(wanted.value, n_of(of), curve)


@dataclass(frozen=True)
class LiftDay:
    """A lift's sets of a day, the place in the plan that they were done in, what is known of the lift with them, what
    the athlete weighs, and the number of the block."""

    place: Place
    sets: Sequence[LoggedSet]
    state: State
    day: date
    body_weight_kg: float | None
    block: int

    @property
    def n(self) -> float:
        """What the sets asked of a fresh one."""
        return n_of(self.place.asked)

    @cached_property
    def curve(self) -> float:
        """The lift's rep curve."""
        return exp(self.state[1].belief.k)

    @cached_property
    def e_kg(self) -> float | None:
        """E with the day in it."""
        return max_of(self.state, self.place.asked, self.day, self.curve)

    @cached_property
    def straight(self) -> list[SetEntry]:
        """The sets without warm-ups; AMRAPs and open sets are measured apart."""
        paired = weaker_sides([one.done for one in self.sets])
        return [one for one in paired if one.kind not in (Kind.WARMUP, Kind.AMRAP) and not one.open_ended]

    @cached_property
    def left_open(self) -> SetEntry | None:
        """The newest set that was left open."""
        return next((one.done for one in reversed(self.sets) if one.done.open_ended), None)

    @cached_property
    def amrap(self) -> SetEntry | None:
        """The newest AMRAP."""
        return next((one.done for one in reversed(self.sets) if one.done.kind is Kind.AMRAP), None)

    def kg(self, done: SetEntry) -> float | None:
        """What a set lifted, the body's share included."""
        return system_kg(self.place.exercise, done.load, done.unit or "kg", self.body_weight_kg)

    @cached_property
    def top(self) -> float | None:
        """The load (kg, the body's share included) that most of the day's work was done with."""
        known = [load for load in map(self.kg, self.straight) if load is not None]
        heaviest = [load for load in known if load >= WORK_SHARE * max(known)]
        return max(heaviest, key=heaviest.count, default=None)

    def m_kg(self, known: LiftCourse) -> float:
        """M before the day."""
        return held_at(known.load_kg, known.n, self.curve)

    def with_m(self, known: LiftCourse, m_kg: float, unrated: int = 0) -> LiftCourse:
        """The lift with another M."""
        load = load_at(m_kg, self.n, self.curve)
        return known._replace(load_kg=load, n=self.n, unrated=unrated, last=self.day, easy=False)


def after(of: LiftDay, known: LiftCourse | None) -> LiftCourse | None:
    """What the lift's loads come from after a day; None where nothing can be said of it yet."""
    if of.e_kg is None or (known is None and of.top is None):
        return known
    went = _went(of, known)
    known = _begun(of, went) if known is None else known._replace(again=is_again(known, of.block))
    pain = pain_rule(of.sets) if went.hurt else None
    if pain is not None and pain.action is not PainAction.LOG:
        found = _after_pain(of, known, pain)
    elif known.watched > 0:  # no raise until it has been done without pain
        found = known._replace(last=of.day, watched=known.watched - (not went.hurt))
    elif of.place.amrap and (of.amrap is not None or not known.easy):
        found = _after_amrap(of, known, went)
    elif known.was_kg is not None:
        found = _climbing(of, known, known.was_kg, went)
    elif of.left_open is not None and not went.hurt:
        found = _after_open(of, known, went, of.left_open)
    elif known.easy or (is_easy(of.straight) and of.place.week <= BLOCK_WEEKS):
        found = _finding(of, known, went)
    else:
        found = _after_session(of, known, went)
    return _in_block(of, found)


def _in_block(of: LiftDay, now: LiftCourse) -> LiftCourse:
    """The lift with what was known of it when its block began."""
    if now.block == of.block:
        return now
    found = estimate(of.state[1], of.day.toordinal())
    return now._replace(block=of.block, began_kg=None if found is None else round(found.value, 1))


def _begun(of: LiftDay, went: SessionWent) -> LiftCourse:
    """What was lifted stands for what it was asked for, but where that was too much."""
    assert of.top is not None and of.e_kg is not None
    start = of.top
    if verdict(went) is Verdict.HARD:
        start = min(start, load_at(first(of.e_kg, "own"), of.n, of.curve))
    return LiftCourse(start, of.n, 0, of.day)


def _after_session(of: LiftDay, known: LiftCourse, went: SessionWent) -> LiftCourse:
    """M after a session like any other."""
    assert of.e_kg is not None
    m, lower = WorkingMax(of.m_kg(known), known.unrated), of.place.exercise.lower_body
    step, found = held_at(of.place.exercise.step_kg, of.n, of.curve), verdict(went)
    now = after_session(m, of.e_kg, went, lower, step)
    m_kg = now.m_kg
    if found is Verdict.EASY and _is_as_heavy(of, m.m_kg) and _only_at_least(of):
        m_kg = max(m_kg, most_after(m.m_kg, lower, step))
    if of.top is not None and went.rated and found in (Verdict.AS_ASKED, Verdict.EASY):
        # Heavier by the athlete's own choice, and no harder than asked.
        fewer = _fewer(of, m.m_kg, of.top)  # where nothing lighter was to be had, fewer reps were asked
        m_kg = max(m_kg, held_at(of.top, of.n - fewer, of.curve))
    return of.with_m(known, m_kg, now.unrated)


def _finding(of: LiftDay, known: LiftCourse, went: SessionWent) -> LiftCourse:
    """M after a session in which the load was still to be found. An AMRAP that was due waits until it is: it is offered once
    more."""
    assert of.e_kg is not None
    usual = _after_session(of, known, went)
    waits = not of.place.second if of.place.amrap else known.again
    weighed = [(load, one) for one in of.straight if (load := of.kg(one)) is not None]
    if not weighed or verdict(went) is Verdict.HELD:
        return usual._replace(again=waits)
    if is_easy(of.straight):
        m_kg = max(of.m_kg(usual), after_easy(weighed, of.n, of.curve))
        return of.with_m(known, m_kg)._replace(easy=True, again=waits)
    heaviest = max(load for load, _ in weighed)
    m_kg = once_found(heaviest, of.e_kg, went, of.n, of.curve)
    return of.with_m(known, max(of.m_kg(usual), m_kg))._replace(again=waits)


def _after_open(of: LiftDay, known: LiftCourse, went: SessionWent, done: SetEntry) -> LiftCourse:
    """M after a session with a set that was left open. Where its load was too light to measure by, the next one has one, too."""
    assert of.e_kg is not None
    load, reps = of.kg(done), done.reps or 0
    if load is None or not reps:
        return _after_session(of, known, went)
    m_kg = after_open(of.m_kg(known), of.e_kg, verdict(went), load, reps, of.curve)
    return of.with_m(known, m_kg, unrated=int(reps >= AMRAP_TOO_LIGHT))


def _is_as_heavy(of: LiftDay, m_kg: float) -> bool:
    return of.top is not None and of.top >= (1 - TOO_COARSE) * load_at(m_kg, of.n, of.curve)


def _only_at_least(of: LiftDay) -> bool:
    """Whether every set had more left than anybody can count: E then is no more than a lower bound, and M goes a step
    beyond it (own choice)."""
    rated = [one.rpe for one in of.straight if one.rpe is not None]
    return bool(rated) and max(rated) < 10 - LOWER_BOUND_RIR


# Pain ------------------------------------------------------------------------------------------------------------


def _after_pain(of: LiftDay, known: LiftCourse, pain: PainRule) -> LiftCourse:
    """After pain that changes the load M begins anew from there, and what it was is kept."""
    load, m_kg = of.kg(pain.at.done), of.m_kg(known)
    was = m_kg if known.was_kg is None else max(m_kg, known.was_kg)
    now = m_kg if load is None else min(m_kg, held_at(load * (1 - pain.percent / 100), of.n, of.curve))
    return of.with_m(known, now)._replace(watched=WATCHED_SESSIONS, was_kg=round(was, 3), again=False)


def _climbing(of: LiftDay, known: LiftCourse, was_kg: float, went: SessionWent) -> LiftCourse:
    """A lift that comes back after pain, two sessions without any behind it."""
    m_kg, step = of.m_kg(known), held_at(of.place.exercise.step_kg, of.n, of.curve)
    if verdict(went) in (Verdict.AS_ASKED, Verdict.EASY):
        m_kg = min(max(m_kg, RETURNED * was_kg), m_kg + max(step, RETURN_RISE * m_kg))
    is_back = m_kg >= RETURNED * was_kg - 1e-6
    return of.with_m(known, m_kg)._replace(was_kg=None if is_back else was_kg)


# AMRAPs ----------------------------------------------------------------------------------------------------------


def _after_amrap(of: LiftDay, known: LiftCourse, went: SessionWent) -> LiftCourse:
    """M after a session that had an AMRAP: it follows that. Where it did not come it is offered once more; then the
    model's own estimate stands."""
    assert of.e_kg is not None
    if of.amrap is None and not of.place.second:
        return known._replace(last=of.day, again=True)
    m_kg, reps, shown = of.m_kg(known), 0, None
    if of.amrap is not None and not went.hurt:
        reps, shown = of.amrap.reps or 0, _shown(of, of.amrap)
    if reps or went.rated:  # where nothing was measured and nothing rated there is nothing to move by
        most = m_kg * (1 + UNRATED_BLOCK_RISE)
        m_kg = after_block(m_kg, of.e_kg, shown, reps)
        if of.amrap is not None and reps and not went.rated:
            m_kg = max(m_kg, min(_at_least(of, of.amrap, shown), most))
    of_before = of.place.second and not closes(of.place.week)
    measured = known.measured if of.amrap is None or of_before else of.block
    still = known.easy and is_easy(of.straight) and reps >= AMRAP_TOO_LIGHT
    return of.with_m(known, m_kg)._replace(measured=measured, again=False, easy=still)


def _at_least(of: LiftDay, done: SetEntry, shown: float | None) -> float:
    """The M that an AMRAP speaks for, and where it was too light to measure by, the one that it shows at least."""
    load = of.kg(done)
    if load is None or (done.reps or 0) < AMRAP_TOO_LIGHT:
        return shown or 0.0
    return held_at(load, AMRAP_TOO_LIGHT, of.curve)


def _shown(of: LiftDay, done: SetEntry) -> float | None:
    load = of.kg(done)
    short = done.rpe is not None and done.rpe < 10
    if load is None:
        return None
    return amrap_e_kg(Amrap(load, done.reps or 0, of.place.asked.sets, short), of.curve)


# How it went -----------------------------------------------------------------------------------------------------


def _went(of: LiftDay, known: LiftCourse | None) -> SessionWent:
    """A lift's sets beside what was asked of them: those at 85% of the day's heaviest load and above.

    Of a load that is more than M gives, because nothing lighter is to be had, only its own reps were asked.
    """
    weights = [of.kg(one) or 0.0 for one in of.straight]
    top = max(weights, default=0.0)
    pairs = zip(of.straight, weights, strict=True)
    work = [one for one, weight in pairs if one.reps and weight >= WORK_SHARE * top]
    fewer = 0 if known is None else _fewer(of, of.m_kg(known), top)
    return SessionWent(
        tuple(_judged(of.place.asked, at, one, fewer) for at, one in enumerate(work, 1)),
        any(one.done.form_from is not None for one in of.sets),
        any(_hurts(one.done) for one in of.sets),
    )


def _fewer(of: LiftDay, m_kg: float, load_kg: float) -> int:
    """How many reps fewer than asked a load above M's gives; 0 for one that is near it."""
    if load_kg <= (1 + TOO_COARSE) * load_at(m_kg, of.n, of.curve):
        return 0
    return min(of.place.asked.reps_low - 1, ceil(of.n - reps_at(m_kg, load_kg, of.curve)))


def _judged(of: Asked, position: int, done: SetEntry, fewer: int) -> SetWent:
    told = effective_rpe(done, 10 - of.rpe_of(position), None)
    over = None if told.source == "assumed" else told.rpe - of.rpe_of(position)
    lacking = of.reps_low - fewer - (done.reps or 0)
    chosen = over is not None and lacking <= -over  # fewer reps, and as many more left: nothing was missed
    return SetWent(lacking <= 0 or chosen, over)


def _hurts(done: SetEntry) -> bool:
    return done.pain is not None and (done.pain.level is None or done.pain.level > 0)
