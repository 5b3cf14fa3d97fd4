"""The words of the ways to train: every code has its sentence, short, filled in, and no more than its source says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest

from bot.replies import noticed, styles, training
from core.effort import EffortSplit
from core.exercises import catalogue
from core.model import Exercise, Kind, LoggedSet, Segment, SetEntry
from core.program.deload import DeloadOffer, DeloadSign
from core.program.effort_share import EffortShare
from core.program.exposures import Exposure
from core.program.form import FormScore, WeakLink
from core.program.hit import Ending, HitStep, Move, NoProgress, Progress
from core.program.hit_rest import too_soon
from core.program.order import order_notes
from core.program.recovery import Hardness, Recovering
from core.program.signals import (
    MEANING,
    Action,
    Sign,
    Verdict,
    beat_forecast,
    easy_sets,
    fell_short,
    harder_twice,
    sore,
    sweet_spot,
)
from core.program.twin import in_reserve, to_failure
from core.program.volume import Standing, WeekVolume, standing, week_volume
from tests.rules.samples import TODAY, a_set, logged

RAW = re.compile(r"[{}]|None|nan|\b\w+_\w+\b|  ")
OVERSAID = re.compile(
    r"beyond failure|hormon|micro-?damage|tear|guarantee|(?<!not )proven|always|never gain", re.I
)
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 16, 17, tzinfo=UTC)


def lift(key: str) -> Exercise:
    found = catalogue().get(key)
    assert found is not None
    return found


SQUAT, BENCH, PRESS, EXTENSION, CURL = map(
    lift, ["squat", "bench-press", "leg-press", "leg-extension", "dumbbell-curl"]
)


def said(lines: list[str], most: int = 4) -> list[str]:
    """The lines, once they are known to be words: filled in, not too many, nothing claimed that no source says."""
    assert lines and len(lines) <= most
    for line in lines:
        assert line == line.strip() and line[0] == line[0].upper() and line[-1] not in ",:;"
        assert not RAW.search(line) and not OVERSAID.search(line)
    return lines


# Registry

HARD = Exposure(SQUAT, MONDAY, 102.5, rpe=9, over=1.25, shown_kg=100)
NEXT = replace(HARD, at=MONDAY + timedelta(hours=47.6))
SIGNALS = {
    Sign.BEAT_FORECAST: beat_forecast(SQUAT, 14, 10.4),
    Sign.EASY_SETS: easy_sets(SQUAT, [(6.5, 8), (6, 8)]),
    Sign.FELL_SHORT: fell_short(HARD, replace(NEXT, shown_kg=93.7, expected_kg=100, noise=0.05)),
    Sign.HARDER_TWICE: harder_twice([HARD, NEXT]),
    Sign.SORE: sore("side-delts", 3),
    Sign.REPEATED: sweet_spot(HARD, NEXT),
}
SENTENCES = {
    Sign.BEAT_FORECAST: "Squat: 14 reps all out, about 10 expected. Your usual sets can go a rep closer to the end.",
    Sign.EASY_SETS: "Squat: every set at @6.5 or under, easier than asked. Leave 2-3 at the end, not more; the load follows.",
    Sign.FELL_SHORT: "Squat: 6% under what I expected, more than a day's luck. Leave one more in reserve next time.",
    Sign.HARDER_TWICE: "Squat at 102.5: 1 point harder than asked, twice running. Leave one more in reserve next time.",
    Sign.SORE: "Side delts sore for more than two days: that was too much. Give it a day more before you train it again.",
    Sign.REPEATED: "Squat: hard last time, and repeated 2 days later. That is the right dose: go on like this.",
}


@pytest.mark.parametrize("sign", Sign)
def test_every_sign_has_its_evidence_and_one_thing_to_do(sign: Sign) -> None:
    found = SIGNALS[sign]
    assert found is not None
    assert said(noticed.signal(found)) == [SENTENCES[sign]]
    assert set(MEANING) == set(Sign)


def test_a_forecast_is_never_under_a_rep_nor_said_again_where_the_answer_to_the_set_had_it() -> None:
    hardly = beat_forecast(SQUAT, 8, -1.2)
    again = beat_forecast(SQUAT, 14, 10.4, told=True)
    assert hardly is not None and again is not None
    assert "about 1 expected" in noticed.signal(hardly)[0]
    assert noticed.signal(again) == [
        "Squat: better than expected. Your usual sets can go a rep closer to the end."
    ]


def test_every_verdict_and_every_action_is_used() -> None:
    assert {verdict for verdict, _ in MEANING.values()} == set(Verdict)
    assert {action for _, action in MEANING.values()} == set(Action)


@pytest.mark.parametrize("move", Move)
def test_every_move_of_hit_has_words(move: Move) -> None:
    (line,) = said(styles.hit_step(HitStep(move, 100, 10, 7)))
    assert "10" in line


@pytest.mark.parametrize("how", Hardness)
def test_every_hardness_has_words(how: Hardness) -> None:
    found = Recovering("side-delts", BENCH, how, MONDAY, MONDAY + timedelta(hours=36))
    first, last = said(noticed.recovery([found], BERLIN))
    assert first.startswith("Side delts may need until Wed 06:00: bench press ") and "Mon 18:00" in first
    assert "not a ban" in last


@pytest.mark.parametrize("progress", Progress)
def test_every_progress_has_words(progress: Progress) -> None:
    said(noticed.progress(progress))


def test_every_ending_can_be_answered() -> None:
    question, answers = styles.how_it_ended()
    said([question])
    assert list(answers) == list(Ending) and all(answers.values())


@pytest.mark.parametrize("signs", [*combinations(DeloadSign, 2), tuple(DeloadSign)])
@pytest.mark.parametrize("lifts", [(), (SQUAT, BENCH)])
def test_every_sign_for_a_deload_has_words(
    signs: tuple[DeloadSign, ...], lifts: tuple[Exercise, ...]
) -> None:
    first, _, last = said(noticed.deload(DeloadOffer(signs, lifts)))
    assert "Your choice" in first and "not proven" in last


# /volume


def did(exercise: Exercise, count: int) -> list[tuple[Exercise, LoggedSet]]:
    return [(exercise, logged(a_set(100, 8, 8), exercise)) for _ in range(count)]


def week(*lifts: tuple[Exercise, int], hit: bool = False) -> WeekVolume:
    return week_volume([one for exercise, count in lifts for one in did(exercise, count)], TODAY, hit=hit)


def test_volume_is_shown_by_where_it_stands_and_only_too_little_is_warned_of() -> None:
    lines = said(training.volume(week((SQUAT, 12), (BENCH, 3), (CURL, 25))), 8)
    assert lines[0] == "Hard sets in 7 days: 3 of 4 trained muscles at 10 or more, 1 under 4."
    assert lines[1] == "Over 20: biceps 25"
    assert lines[2] == "10-20: glutes 12, quads 12; as helpers forearms 12.5"
    assert lines[3].startswith("4-10 (strength gains little past about 5): as helpers ")
    assert lines[4].startswith("Under 4: chest 3; as helpers ")
    assert lines[5].startswith("Chest: under about 4 sets growth is hard to show.")


def test_every_standing_can_be_shown() -> None:
    assert {standing(sets) for sets in (3, 8, 15, 25)} == set(Standing)


def test_direct_sets_are_told_from_those_that_helped() -> None:
    lines = training.volume(week((lift("bench-press"), 4), (lift("dip"), 4)))
    assert any("(4 direct)" in line for line in lines)


def test_hit_is_held_against_its_own_band() -> None:
    lines = said(training.volume(week((PRESS, 1), (CURL, 3), hit=True)), 8)
    assert lines[0] == "Hard sets in 7 days: 1 of 3 trained muscles at 2 or more, 2 under 2."
    assert "10" not in " ".join(lines) and "in HIT" in lines[-1]


def test_a_muscle_alone_is_counted_in_the_singular() -> None:
    assert training.volume(week((CURL, 10)))[0] == "Hard sets in 7 days: 1 of 1 trained muscle at 10 or more."
    said(training.volume(week()))


def test_the_ledger_of_a_whole_catalogue_is_still_short() -> None:
    everything = [one for exercise in catalogue() for one in did(exercise, 1)]
    said(training.volume(week_volume(everything, TODAY)), 8)


# /effort


def test_effort_is_shown_beside_what_is_meant() -> None:
    share = EffortShare(EffortSplit(0.52, 0.28, 0.2), EffortSplit(0.36, 0.3, 0.34))
    assert said(training.effort(share), 3) == [
        "This session: main lifts 52%, the next 28%, small ones 20%. Meant: 50/30/20.",
        "Last 7 days: main lifts 36%, the next 30%, small ones 34%.",
        "Too little on main lifts, by 14 points: a set or a rep more there.",
    ]


@pytest.mark.parametrize(
    ("share", "begins"),
    [
        (EffortShare(None, EffortSplit(0.5, 0.3, 0.2)), "Last 7 days: main lifts 50%"),
        (EffortShare(None, None), "No effort to divide yet"),
        (EffortShare(None, None, divided=False), "In HIT"),
        (EffortShare(EffortSplit(1, 0, 0), EffortSplit(1, 0, 0), divided=False), "In HIT"),
    ],
)
def test_effort_without_a_session_or_a_split(share: EffortShare, begins: str) -> None:
    lines = said(training.effort(share), 3)
    assert lines[0].startswith(begins)
    assert ("50/30/20" in lines[0]) is (share.divided and share.week is not None)


def test_too_much_is_said_as_too_much() -> None:
    lines = training.effort(EffortShare(None, EffortSplit(0.4, 0.2, 0.4)))
    assert lines[-1] == "Too much on small lifts, by 20 points: leave more in reserve there."


# Order, recovery, and asked for too early


def test_the_order_of_lifts_is_said_with_its_doubt() -> None:
    first, second = said(noticed.order(order_notes([(PRESS, True), (EXTENSION, True)])))
    assert first == "Leg extension after leg press to failure: fewer reps, both train quads."
    assert "may favour" in second and "less supported" in second
    assert noticed.order(()) == []


def test_muscles_of_the_same_sets_recover_on_one_line() -> None:
    until = MONDAY + timedelta(hours=48)
    found = [Recovering(muscle, SQUAT, Hardness.FAILURE, MONDAY, until) for muscle in ("quads", "glutes")]
    assert (
        noticed.recovery(found, BERLIN)[0]
        == "Quads, glutes may need until Wed 18:00: squat to failure, Mon 18:00."
    )
    assert noticed.recovery([], BERLIN) == []


def test_a_session_asked_for_too_early_is_answered_with_when_and_why_and_left_to_the_athlete() -> None:
    done = (PRESS, replace(logged(a_set(100, 8, 10), PRESS), performed_at=MONDAY))
    found = too_soon([PRESS, EXTENSION], [done], MONDAY + timedelta(hours=20))
    assert found is not None
    assert said(styles.too_soon(found, BERLIN)) == [
        "Better from Thu 18:00, but it is your choice.",
        "Leg press: last done Mon 18:00, 72 h is what I give it.",
        "Leg extension: leg press trained quads Mon 18:00, 48 h is what I give it.",
    ]


# HIT and twins


def test_hit_begins_with_what_can_be_hoped_for_and_its_source() -> None:
    lines = said(styles.hit_begins())
    assert "8-12" in lines[0] and "until one more would break your form" in lines[0]
    assert all(size in lines[1] for size in ("0.24", "0.34", "0.44"))
    assert "10.1519/JSC.0b013e3181d4d436" in lines[1] and "our own choice" in lines[1]


def test_no_progress_is_answered_with_an_offer() -> None:
    (line,) = said(noticed.no_progress(NoProgress(SQUAT, 6, 1.5)))
    assert "rest day" in line and "another lift" in line and "6" in line


@pytest.mark.parametrize(
    ("lines", "first"),
    [
        (styles.twin(PRESS, in_reserve((10, 8, 7))), "Leg press: 3 × 8, 2 left. 24 reps in place of 25."),
        (styles.twin(PRESS, in_reserve((10,))), "Leg press: 1 × 8, 2 left. 8 reps in place of 10: not matched in volume."),
        (styles.twin(PRESS, in_reserve((8, 7, 6, 6))), "Leg press: 2 × 6 and 3 × 5, 2 left. 27 reps in place of 27."),
        (styles.twin(PRESS, to_failure((8, 8, 8))), "Leg press: 3 sets to failure, about 10, 8, 7. 25 reps in place of 24."),
        (styles.twin(PRESS, to_failure((8,))), "Leg press: 1 set to failure, about 10. 10 reps in place of 8: not matched in volume."),
    ],
)  # fmt: skip
def test_a_twin_says_its_sets_and_claims_no_more_than_about_equal(lines: list[str], first: str) -> None:
    assert said(lines)[0] == first
    assert lines[1] == "About equal for growth; a small edge to failure for size is possible."


# Form and changed demands


def test_form_is_a_number_to_be_proud_of_with_one_gentle_suggestion() -> None:
    front = lift("front-squat")
    assert said(training.form(FormScore(17, 20), (WeakLink(front, 3, 6), WeakLink(BENCH, 2, 6)))) == [
        "How well you lift: 85%, 17 of 20 sets clean and within a point of their target.",
        "Form ends 3 of 6 sets on front squat: a little less load there, until it holds.",
    ]
    assert said(training.form(FormScore(1, 1)))[0].endswith(
        "1 of 1 set clean and within a point of its target."
    )
    said(training.form(None))


DROPS = (Segment(60, 5), Segment(40, 5))


@pytest.mark.parametrize(
    ("done", "says"),
    [
        (a_set(80, 8, 10, kind=Kind.DROP, segments=DROPS), "2 drops: counts as 2 for"),
        (a_set(80, 8, 10, kind=Kind.REST_PAUSE, segments=(Segment(None, 3),)), "1 part after a pause: counts as 1.5 for"),
        (a_set(80, 8, 10, partials=4), "4 partials: counts as 1.5 for"),
        (a_set(80, 8, 10, kind=Kind.DROP, segments=DROPS, partials=1), "2 drops and 1 partial: counts as 2.5 for"),
    ],
)  # fmt: skip
def test_a_set_that_went_on_says_what_it_counts_for(done: SetEntry, says: str) -> None:
    (line,) = said(training.counts_as(done))
    assert says in line and "1 for strength; its first part alone" in line


def test_volume_says_what_sets_that_went_on_count_for() -> None:
    dropped = a_set(80, 8, 10, kind=Kind.DROP, segments=DROPS)
    done = [(BENCH, logged(dropped)), (BENCH, logged(a_set(80, 8, 10, partials=4)))]
    lines = said(training.volume(week_volume(done, TODAY)))
    assert "2 sets with drops, pauses or partials count as 3.5 for growth, 2 for strength." in lines


def test_a_plain_set_needs_no_words() -> None:
    assert training.counts_as(a_set(80, 8, 10)) == []
