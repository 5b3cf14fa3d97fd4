"""The catalogue: its lifts are sound, and a typed name finds the lift that was meant, or a question, never another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.exercises import MUSCLES, PATTERNS, STEPS, Catalogue, catalogue, fold, singular
from core.model import Exercise, Role

CORPUS = Path(__file__).with_name("corpus")
DATA = Path(__file__).parents[1] / "core" / "data"

FIXED_IDS = """
squat front-squat box-squat hack-squat goblet-squat leg-press bulgarian-split-squat lunge leg-extension leg-curl deadlift
sumo-deadlift romanian-deadlift trap-bar-deadlift good-morning hip-thrust back-extension calf-raise bench-press
incline-bench-press close-grip-bench-press dumbbell-bench-press incline-dumbbell-press chest-press dip push-up cable-fly
pec-deck overhead-press push-press dumbbell-shoulder-press lateral-raise rear-delt-fly face-pull upright-row shrug
barbell-row pendlay-row dumbbell-row cable-row t-bar-row pull-up chin-up lat-pulldown pullover biceps-curl dumbbell-curl
hammer-curl preacher-curl triceps-pushdown skull-crusher overhead-triceps-extension power-clean snatch clean-and-jerk
farmers-walk plank crunch hanging-leg-raise ab-wheel
"""
FIXED = FIXED_IDS.split()


def cells(file: Path) -> list[list[str]]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def declared() -> list[tuple[str, str]]:
    """Every name of the data files, with the ids it is declared to mean."""
    lifts = cells(DATA / "exercises.tsv")
    own = [(name, row[0]) for row in lifts for name in (*row[:2], *filter(None, row[-1].split(", ")))]
    tables = [row for file in (DATA / "names").glob("*.tsv") for row in cells(file)]
    return own + [(name, ids) for ids, names in tables for name in names.split(", ")]


# The lifts -------------------------------------------------------------------------------------------------------


def test_the_fixed_ids_are_there_and_known_by_their_ids() -> None:
    assert len(FIXED) == 60
    for id_ in FIXED:
        lift = catalogue().get(id_)
        assert lift is not None and lift.id == id_
        assert catalogue().exact(id_) == catalogue().exact(lift.name) == (id_,)


def test_ids_are_kebab_case_and_there_is_one_lift_of_each() -> None:
    ids = [lift.id for lift in catalogue()]
    assert len(ids) == len(set(ids)) == len(catalogue()) > 700
    assert all(id_ == fold(id_).replace(" ", "-") for id_ in ids)


def is_sound(lift: Exercise) -> bool:
    direct, indirect = set(lift.direct), set(lift.indirect)
    return (
        (bool(direct) and direct | indirect <= set(MUSCLES) and direct.isdisjoint(indirect))
        and (len(lift.direct) <= 3 and len(lift.indirect) <= 3)
        and (lift.pattern in PATTERNS and lift.equipment in STEPS and not lift.own)
        and (lift.step_kg > 0 and lift.step_lb > 0)
        and (0 <= lift.share <= 1 and (lift.share == 0 or lift.bodyweight))
        and lift.compound is (lift.role is not Role.ISOLATION)
    )


def test_every_lift_is_sound() -> None:
    assert [lift.id for lift in catalogue() if not is_sound(lift)] == []


def test_anchors_are_the_barbell_squats_hinges_presses_and_rows() -> None:
    assert {lift.id for lift in catalogue() if lift.role is Role.ANCHOR} == {
        *("squat", "front-squat", "box-squat", "deadlift", "sumo-deadlift", "trap-bar-deadlift"),
        *("bench-press", "overhead-press", "barbell-row", "pendlay-row"),
    }


@pytest.mark.parametrize(
    ("id_", "facts"),
    [
        (
            "squat",
            {"share": 0.0, "bodyweight": False, "lower_body": True, "fixed_path": False, "step_kg": 2.5},
        ),
        ("bench-press", {"direct": ("chest",), "lower_body": False, "step_lb": 5.0, "pattern": "press"}),
        ("pull-up", {"share": 1.0, "bodyweight": True, "compound": True}),
        ("dip", {"share": 1.0, "bodyweight": True}),
        ("push-up", {"share": 0.64, "bodyweight": True}),
        ("assisted-pull-up", {"share": 1.0, "bodyweight": True, "fixed_path": True}),
        ("dumbbell-bench-press", {"per_hand": True, "step_kg": 2.0}),
        ("goblet-squat", {"per_hand": False}),
        ("plank", {"timed": True, "bodyweight": True}),
        ("farmers-walk", {"timed": True, "per_hand": True}),
        ("lat-pulldown", {"fixed_path": True, "step_kg": 5.0, "role": Role.ACCESSORY}),
        ("leg-press", {"fixed_path": True, "lower_body": True}),
        ("lateral-raise", {"direct": ("side-delts",), "role": Role.ISOLATION}),
        ("face-pull", {"direct": ("rear-delts", "upper-back")}),
    ],
)
def test_facts_of_a_lift(id_: str, facts: dict[str, object]) -> None:
    lift = catalogue().get(id_)
    assert {name: getattr(lift, name) for name in facts} == facts


def test_squats_and_hinges_train_the_glutes_in_full() -> None:
    main = [lift for lift in catalogue() if lift.role is Role.ANCHOR and lift.pattern in ("squat", "hinge")]
    assert main and all("glutes" in lift.direct for lift in main)


# The names -------------------------------------------------------------------------------------------------------


def test_every_declared_name_means_what_it_is_declared_to_mean() -> None:
    names = declared()
    assert len(names) > 4000
    assert [
        (n, ids, catalogue().exact(n)) for n, ids in names if catalogue().exact(n) != tuple(ids.split())
    ] == []


def test_ambiguous_names_have_two_to_four_lifts() -> None:
    many = {ids for _, ids in declared() if " " in ids}
    assert many and all(2 <= len(set(ids.split())) == len(ids.split()) <= 4 for ids in many)
    assert all(catalogue().get(id_) is not None for ids in many for id_ in ids.split())


def test_every_name_of_the_source_list_is_one_lift() -> None:
    names = [name for (name,) in cells(CORPUS / "exercise_names.txt")]
    assert len(names) == 736
    assert [name for name in names if len(catalogue().exact(name)) != 1] == []


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("bench", "bench-press"), ("BP", "bench-press"), ("flat bench", "bench-press"), ("ohp", "overhead-press"),
        ("military", "overhead-press"), ("shoulder press", "overhead-press"), ("rdls", "romanian-deadlift"),
        ("dl", "deadlift"), ("deads", "deadlift"), ("sldl", "stiff-leg-deadlift"), ("lat pd", "lat-pulldown"),
        ("bss", "bulgarian-split-squat"), ("pulldowns", "lat-pulldown"), ("tri pushdown", "triceps-pushdown"),
        ("pushdown", "triceps-pushdown"), ("skullcrushers", "skull-crusher"), ("db bench", "dumbbell-bench-press"),
        ("incline db press", "incline-dumbbell-press"), ("incline", "incline-bench-press"), ("db row", "dumbbell-row"),
        ("curls", "biceps-curl"), ("curl", "biceps-curl"), ("db curl", "dumbbell-curl"), ("ez bar curl", "biceps-curl"),
        ("goblets", "goblet-squat"), ("c&j", "clean-and-jerk"), ("t2b", "toes-to-bar"), ("ghr", "glute-ham-raise"),
        ("seated row", "cable-row"), ("bent over rows", "barbell-row"), ("lunges", "lunge"), ("hs", "handstand-hold"),
        ("pull ups", "pull-up"), ("pullups", "pull-up"), ("Pull-Up", "pull-up"), ("farmer's walk", "farmers-walk"),
        ("farmers carry", "farmers-walk"), ("pec dec", "pec-deck"), ("romanian dl", "romanian-deadlift"),
        ("db shoulder press", "dumbbell-shoulder-press"), ("machine shoulder press", "machine-shoulder-press"),
        ("curtsy lunge", "curtsy-lunge"), ("b stance rdl", "b-stance-romanian-deadlift"), ("kickstand rdl", "b-stance-romanian-deadlift"),
        ("deficit push up", "deficit-push-up"), ("copenhagens", "copenhagen-plank"), ("reverse grip bench", "reverse-grip-bench-press"),
        ("guillotine press", "barbell-guillotine-bench-press"), ("close grip row", "cable-row"), ("lat row", "cable-row"),
        ("cs row", "chest-supported-row"), ("rev fly", "rear-delt-fly"), ("cheat curl", "biceps-curl"), ("ez preacher", "preacher-curl"),
        ("jm", "jm-press"), ("smith cgbp", "smith-machine-close-grip-bench-press"), ("smith jm press", "smith-jm-press"),
        ("smith decline", "smith-machine-decline-press"), ("smith upright row", "smith-machine-upright-row"), ("hack", "hack-squat"),
        ("smith hack squat", "smith-hack-squat"), ("smith front squat", "smith-front-squat"), ("smith reverse lunge", "smith-reverse-lunge"),
        ("smith good morning", "smith-good-morning"), ("ffe split squat", "front-foot-elevated-split-squat"), ("cyclist squat", "cyclist-squat"),
        ("hatfield squat", "hatfield-squat"), ("shrimp squat", "shrimp-squat"), ("kas glute bridge", "barbell-glute-bridge"),
        ("frog pumps", "frog-pump"), ("donkey calves", "donkey-calf-raises"), ("soleus raise", "seated-calf-raise"),
        ("incline shrug", "kelso-shrug"), ("overhead shrug", "overhead-shrug"), ("chain bench", "bench-press-with-chains"),
        ("bradford press", "standing-bradford-press"), ("kneeling pulldown", "lat-pulldown"), ("rack deadlift", "rack-pull"),
        ("behind neck pulldown", "wide-grip-pulldown-behind-the-neck"), ("commando pull up", "commando-pull-up"),
        ("roman chair", "back-extension"), ("cable skull crusher", "cable-lying-triceps-extension"), ("pjr pullover", "pjr-pullover"),
        ("jefferson deadlift", "jefferson-squats"), ("close grip incline", "close-grip-incline-bench-press"),
        ("deficit reverse lunge", "deficit-reverse-lunge"), ("rolling tricep extension", "dumbbell-skull-crusher"),
    ],
)  # fmt: skip
def test_names_as_people_type_them(typed: str, id_: str) -> None:
    assert catalogue().exact(typed) == (id_,)
    assert catalogue().exact_words(tuple(fold(typed).split())) == catalogue().exact(typed)


@pytest.mark.parametrize(
    ("exported", "id_"),
    [
        ("Squat (Barbell)", "squat"), ("Bench Press (Dumbbell)", "dumbbell-bench-press"),
        ("Bench Press (Smith Machine)", "smith-bench-press"), ("Lat Pulldown (Cable)", "lat-pulldown"),
        ("Bicep Curl (Dumbbell)", "dumbbell-curl"), ("Bench Press - Close Grip (Barbell)", "close-grip-bench-press"),
        ("Chest Fly (Machine)", "pec-deck"), ("Pull Up (Weighted)", "pull-up"), ("Leg Press 45°", "leg-press"),
        ("Pull Up (Assisted)", "assisted-pull-up"), ("Shoulder Press (Plate Loaded)", "machine-shoulder-press"),
        ("Lateral Raise (Cable)", "cable-lateral-raise"), ("Seated Row (Machine)", "machine-row"),
    ],
)  # fmt: skip
def test_names_as_other_apps_export_them(exported: str, id_: str) -> None:
    assert catalogue().resolve(exported).ids == (id_,)
    assert catalogue().resolve(exported).status == "exact"


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("Kniebeugen", "squat"), ("Bankdrücken", "bench-press"), ("bankdruecken", "bench-press"),
        ("Kreuzheben", "deadlift"), ("Klimmzüge", "pull-up"), ("press banca", "bench-press"),
        ("press de banca", "bench-press"), ("militar", "overhead-press"), ("sentadillas", "squat"),
        ("peso muerto", "deadlift"), ("dominadas", "pull-up"), ("bicep martillo", "hammer-curl"),
        ("press de banca inclinado con mancuernas", "incline-dumbbell-press"), ("supino", "bench-press"),
        ("agachamento", "squat"), ("levantamento terra", "deadlift"), ("terra", "deadlift"), ("barra fixa", "pull-up"),
        ("desenvolvimento (halter)", "dumbbell-shoulder-press"), ("rosca direta", "biceps-curl"),
        ("développé couché", "bench-press"), ("developpe couche", "bench-press"), ("soulevé de terre", "deadlift"),
        ("tractions", "pull-up"), ("panca piana", "bench-press"), ("stacco", "deadlift"), ("trazioni", "pull-up"),
        ("присед", "squat"), ("приседания", "squat"), ("жим", "bench-press"), ("жим лёжа", "bench-press"),
        ("жим лежа на наклонной", "incline-bench-press"), ("становую тягу", "deadlift"), ("планка", "plank"),
        ("подтягивания", "pull-up"), ("тяга штанги в наклоне", "barbell-row"), ("жим стоя", "overhead-press"),
        ("отжимания", "push-up"), ("брусья", "dip"), ("卧推", "bench-press"), ("杠铃卧推", "bench-press"),
        ("深蹲", "squat"), ("硬拉", "deadlift"), ("推举", "overhead-press"), ("引体向上", "pull-up"),
        ("哑铃卧推", "dumbbell-bench-press"), ("平板支撑", "plank"), ("wyciskanie leżąc", "bench-press"),
    ],
)  # fmt: skip
def test_names_in_other_languages(typed: str, id_: str) -> None:
    assert catalogue().exact(typed) == (id_,)


@pytest.mark.parametrize(
    ("typed", "first", "among"),
    [
        ("press", "bench-press", "overhead-press"), ("row", "barbell-row", "cable-row"),
        ("rows", "barbell-row", "dumbbell-row"), ("fly", "pec-deck", "cable-fly"),
        ("raise", "lateral-raise", "calf-raise"), ("extension", "leg-extension", "back-extension"),
        ("тяга", "barbell-row", "deadlift"), ("划船", "barbell-row", "cable-row"),
    ],
)  # fmt: skip
def test_names_of_several_lifts_are_in_doubt(typed: str, first: str, among: str) -> None:
    found = catalogue().resolve(typed)
    assert found.status == "doubt" and found.ids[0] == first and among in found.ids
    assert catalogue().exact(typed) == found.ids


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("sqaut", "squat"), ("benchpress", "bench-press"), ("bech press", "bench-press"), ("dedlift", "deadlift"),
        ("latpulldown", "lat-pulldown"), ("latpuldown", "lat-pulldown"), ("hacksquat", "hack-squat"),
        ("bulgarian spilt squat", "bulgarian-split-squat"), ("hammer crul", "hammer-curl"),
        ("militry press", "overhead-press"), ("жим лежо", "bench-press"), ("Bankdrükcen", "bench-press"),
    ],
)  # fmt: skip
def test_a_near_miss_is_taken_as_the_lift_it_is_near(typed: str, id_: str) -> None:
    found = catalogue().resolve(typed)
    assert (found.status, found.ids) == ("near", (id_,))
    assert catalogue().exact(typed) == ()


@pytest.mark.parametrize(
    "talk",
    [
        "nice work", "thanks", "work everyone", "minutes", "late", "felt", "gym", "lunch", "the", "today", "morning",
        "good", "easy", "hard", "strong", "coach", "beach", "clear", "plan", "stuff", "bunch", "literally", "planned",
        "setup", "lounge", "overheat", "superset", "pressure", "stiff", "dead", "calf", "lat", "abs", "skill", "lungs",
        "dumbbell", "barbell", "machine", "bench with friends", "heavy squat day", "", "100", "💪", "knee pain",
        "left shoulder", "rowing", "running", "treadmill", "warm up", "one more set", "incline decline curl",
    ],
)  # fmt: skip
def test_talk_is_no_lift(talk: str) -> None:
    found = catalogue().resolve(talk)
    assert (found.status, found.ids) == ("unknown", ())


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("leg press one", ()),
        ("leg press 45", ()),
        ("squat of", ()),
        ("on bench", ()),
        ("one leg press", ("single-leg-press",)),
        ("curl dumbbell", ("dumbbell-curl",)),
        ("squat bench", ()),
        ("pullups bw", ()),
    ],
)
def test_neighbours_in_running_text_are_not_drawn_into_a_name(words: str, ids: tuple[str, ...]) -> None:
    assert catalogue().exact_words(tuple(words.split())) == ids


def test_no_name_is_longer_than_the_longest() -> None:
    longest = max((fold(name) for name, _ in declared()), key=lambda name: name.count(" "))
    assert catalogue().max_words >= len(longest.split())


@pytest.mark.parametrize(
    "word", ["squat", "db", "pushdown", "pullups", "bulgarian", "жим", "romanian", "press"]
)
def test_words_that_hint_at_a_lift(word: str) -> None:
    assert catalogue().is_name_word(word)


@pytest.mark.parametrize(
    "word", ["the", "up", "100", "easy", "knee", "shoulder", "good", "morning", "bw", "a", "wow"]
)
def test_words_that_hint_at_no_lift(word: str) -> None:
    assert not catalogue().is_name_word(word)


# An athlete's own lifts ------------------------------------------------------------------------------------------


def own_lift(id_: str, name: str) -> Exercise:
    return Exercise(
        id=id_,
        name=name,
        role=Role.ACCESSORY,
        compound=True,
        equipment="other",
        pattern="other",
        step_kg=2.5,
        step_lb=5,
        direct=("chest",),
        own=True,
    )


@pytest.fixture
def mine() -> Catalogue:
    return catalogue().extended([(own_lift("own-blaster", "Quad Blaster 3000"), ("blaster", "press"))])


def test_own_lifts_are_found_beside_those_of_the_catalogue(mine: Catalogue) -> None:
    assert len(mine) == len(catalogue()) + 1
    assert mine.get("own-blaster") is not None and mine.get("squat") == catalogue().get("squat")
    assert mine.exact("quad blaster 3000") == mine.exact("Blasters") == ("own-blaster",)
    assert mine.exact("ohp") == ("overhead-press",)
    assert mine.is_name_word("blaster") and not catalogue().is_name_word("blaster")
    assert mine.resolve("blastr").ids == ("own-blaster",)


def test_own_names_win(mine: Catalogue) -> None:
    assert mine.resolve("press").ids == ("own-blaster",)
    assert catalogue().resolve("press").status == "doubt"


def test_an_own_lift_can_stand_in_for_one_of_the_catalogue() -> None:
    mine = catalogue().extended([(own_lift("squat", "Squat"), ())])
    found = mine.get("squat")
    assert found is not None and found.own
    assert len(mine) == len(catalogue()) and sum(lift.id == "squat" for lift in mine) == 1


def test_own_names_without_a_letter_name_nothing() -> None:
    mine = catalogue().extended([(own_lift("own-fire", "🔥"), ("!", ""))])
    assert mine.exact("own fire") == ("own-fire",)
    assert mine.exact("") == mine.exact("?") == ()


# Normal forms ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Push-Ups", "push ups"), ("farmer's", "farmers"), ("Farmer’s  Walk!", "farmers walk"), ("C&J", "c j"),
        ("жим лёжа", "жим лежа"), ("Développé Couché", "developpe couche"), ("杠铃卧推", "杠 铃 卧 推"),
        ("卧推80kg", "卧 推 80kg"), ("Größe", "grosse"), ("ＢＥＮＣＨ", "bench"), ("wiosło", "wioslo"), (" \n", ""),
        ("squat (barbell)", "squat barbell"), ("e\u0301paule\u0301", "epaule"), ("T-Bar_Row", "t bar row"),
    ],
)  # fmt: skip
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("presses", "press"), ("press", "press"), ("squats", "squat"), ("curls", "curl"), ("flyes", "fly"),
        ("flies", "fly"), ("flys", "fly"), ("raises", "raise"), ("lunges", "lunge"), ("crunches", "crunch"),
        ("boxes", "box"), ("calves", "calf"), ("ups", "up"), ("bss", "bss"), ("hs", "hs"), ("30s", "30s"),
    ],
)  # fmt: skip
def test_singulars(word: str, one: str) -> None:
    assert singular(word) == one
    assert singular(one) == one


def test_a_lift_spelt_right_costs_no_spelling_library() -> None:
    program = (
        "import sys; from core.exercises import catalogue; c = catalogue();"
        "assert c.resolve('ohp').ids == ('overhead-press',) and not c.exact('felt good');"
        "assert not any(name.startswith('rapidfuzz') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
