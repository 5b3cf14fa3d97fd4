"""Sets as people could have done them, for tests that try many: within the bounds, of every kind, over the catalogue."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from core.exercises import catalogue
from core.model import Exercise, Failure, Kind, Pain, Ref, Segment, SetEntry, Side, Unit
from tests.notation.corpus import TODAY

# An assisted lift is read as the lift itself, with a load taken off.
LIFTS = tuple(lift for lift in catalogue() if not lift.id.startswith("assisted-"))
LOADED = tuple(lift for lift in LIFTS if not lift.bodyweight and not lift.timed)
BODYWEIGHT = tuple(lift for lift in LIFTS if lift.bodyweight and not lift.timed)
HELD = tuple(lift for lift in LIFTS if lift.timed and lift.bodyweight)
CARRIED = tuple(lift for lift in LIFTS if lift.timed and not lift.bodyweight)

Fields = dict[str, Any]


def _quarters(least: int, most: int) -> st.SearchStrategy[float]:
    return st.integers(least * 4, most * 4).map(lambda quarters: quarters / 4)


@st.composite
def _loads(draw: st.DrawFn) -> Fields:
    """A load with its unit, or without one where a number of that size is a load for sure."""
    unit: Unit | None = draw(st.sampled_from(("kg", "lb", None)))
    return {"load": draw(_quarters(0 if unit else 201, 1000)), "unit": unit}


efforts: st.SearchStrategy[Fields] = st.one_of(
    st.just({}),
    st.integers(2, 20).map(lambda halves: {"rpe": halves / 2}),
    st.integers(5, 9).map(lambda rir: {"rpe": 10.0 - rir, "rir_at_least": True}),
    st.just({"rpe": 10.0, "failure": Failure.TECHNICAL}),
    st.just({"rpe": 10.0, "failure": Failure.ABSOLUTE}),
)
notes = st.sampled_from(
    (
        None,
        None,
        "felt good",
        "bar 20 kg, seat 4",
        "3x5 next time",
        "легко",
        "no pain",
        'a "quiet" gym',
        "@9 x7 #1",
        "痛くない",
    )
)
days = st.one_of(st.none(), st.just(-1), st.integers(0, 3000).map(lambda ago: TODAY - timedelta(days=ago)))


def _marks(most: int) -> st.SearchStrategy[Fields]:
    return st.fixed_dictionaries(
        {},
        optional={
            "slow_from": st.integers(0, most),
            "form_from": st.integers(0, most),
            "pain": st.one_of(st.none(), st.integers(0, 10)).map(Pain),
            "tempo": st.from_regex(r"\A[0-9][0-9][0-9x][0-9]\Z"),
            "side": st.sampled_from(Side),
            "rest_s": st.integers(1, 7200),
        },
    )


@st.composite
def _dressed(draw: st.DrawFn, lift: Exercise, base: Fields) -> SetEntry:
    """A set with effort, marks, a note and a day."""
    fields = {"exercise": lift.id, **base, **draw(efforts), **draw(_marks(base.get("reps") or 0))}
    return SetEntry(**fields, note=draw(notes), day=draw(days))


@st.composite
def _done(draw: st.DrawFn, load: float) -> Fields:
    """Reps, what kind of set it was, and what belongs to that kind."""
    reps, kind = draw(st.integers(1, 200)), draw(st.sampled_from(Kind))
    if kind is Kind.DROP:
        drop = st.builds(
            Segment, st.integers(1, 100).map(lambda part: max(0.25, load * part // 100)), st.integers(1, 200)
        )
        return {"reps": reps, "kind": kind, "segments": tuple(draw(st.lists(drop, min_size=1, max_size=4)))}
    if kind is Kind.REST_PAUSE:
        part = st.builds(Segment, st.none(), st.integers(1, reps))
        return {"reps": reps, "kind": kind, "segments": tuple(draw(st.lists(part, min_size=1, max_size=4)))}
    return {"reps": reps, "kind": kind, "partials": draw(st.one_of(st.none(), st.integers(1, 30)))}


@st.composite
def loaded(draw: st.DrawFn) -> SetEntry:
    """A set with a bar, a machine or dumbbells."""
    base = draw(_loads())
    return draw(_dressed(draw(st.sampled_from(LOADED)), base | draw(_done(base["load"]))))


@st.composite
def bodyweight(draw: st.DrawFn) -> SetEntry:
    """A set with the body's weight, with load added or taken off."""
    load = draw(st.one_of(st.just(0.0), _quarters(1, 400), _quarters(-200, -1)))
    unit: Unit | None = draw(st.sampled_from(("kg", "lb", None))) if load else None
    done = _done(load).filter(lambda done: done["kind"] is not Kind.DROP or load > 0)
    base = {"load": load, "unit": unit, "bodyweight": True, **draw(done)}
    return draw(_dressed(draw(st.sampled_from(BODYWEIGHT)), base))


@st.composite
def timed(draw: st.DrawFn) -> SetEntry:
    """A hold, or a carry for some time or over some distance."""
    kind = {"kind": draw(st.sampled_from((Kind.WORK, Kind.WARMUP)))}
    if draw(st.booleans()):
        held: Fields = {"load": 0.0, "bodyweight": True, "seconds": draw(st.integers(1, 7200))}
        return draw(_dressed(draw(st.sampled_from(HELD)), held | kind))
    seconds = st.integers(1, 7200).map(lambda seconds: {"seconds": seconds})
    metres = st.integers(1, 5000).map(lambda metres: {"distance_m": float(metres)})
    amount = draw(st.one_of(seconds, metres))
    return draw(_dressed(draw(st.sampled_from(CARRIED)), draw(_loads()) | amount | kind))


@st.composite
def leaning(draw: st.DrawFn) -> SetEntry:
    """A set that takes what is not said from the last one."""
    count = draw(st.one_of(st.none(), st.integers(1, 30)))
    delta = draw(st.one_of(st.none(), _quarters(1, 50), _quarters(-50, -1)))
    unit: Unit | None = draw(st.sampled_from(("kg", "lb", None))) if delta is not None else None
    return SetEntry(reps=count, unit=unit, ref=Ref(load_delta=delta, reps=count), **draw(efforts))


entries = st.one_of(loaded(), bodyweight(), timed())
