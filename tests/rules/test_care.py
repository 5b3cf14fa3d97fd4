"""Pain and red flags: what ends, lowers or only notes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.care import PainAction, pain_rule, red_flag, watched_sessions_left
from core.model import Pain
from tests.rules.samples import a_set, on

SYMPTOMS = """
chest pain on the last set
pain in my chest
pain in my left upper chest
squat 100x5, chest hurts
bench 80x8 rpe9 pain chest
my chest feels tight and my left arm aches
pressure on my chest after the set
chest-pain again
chestpain
no energy chest pain
not just chest pain
no warm-up, chest pain
no chest pain but my hand is numb
never had chest pain before today
what do I do about chest tightness?
I fainted
almost fainted after deadlifts
felt faint on set 3
passed out after the last rep
i blacked out for a second
lost consciousness
vision went black at the top
got dizzy after squats
a bit lightheaded, 100x5
numb hands from deadlift grip
deadlift 180x3 left foot numb
numbness in my fingers
Numb.
pins and needles down my leg
I can’t feel my leg
tingling in my fingers since the row
sudden weakness in my right leg
suddenly my arm went weak
my pee is dark brown
dark urine this morning
cola coloured urine since leg day
there was blood in my urine
I think I have rhabdo
couldn't breathe after that one
heart palpitations during the rest
my speech is slurred
my chest feels heavy
pee looks like cola
my arm went dead
lost control of my bladder
pain spreading to my jaw
not pain free, chest hurts
no dizziness, chest pain though
chest press gave me chest pain
Brustschmerzen nach dem Satz
mir tut die Brust weh
bin ohnmächtig geworden
meine Hand ist taub
mir ist schwindlig
dunkler Urin heute morgen
plötzliche Schwäche im Bein
ich bekomme keine Luft
dolor en el pecho
me duele el pecho
me desmayé después de la serie
tengo la mano adormecida
orina oscura
dor no peito depois do supino
desmaiei no agachamento
mão dormente
urina escura
douleur à la poitrine
je me suis évanoui
j'ai les doigts engourdis
urines foncées ce matin
dolore al petto
sono svenuto
mano intorpidita
urine scure
боль в груди
грудь болит после жима
чуть не упал в обморок
онемела рука
кружится голова
моча тёмная
внезапная слабость в ноге
胸痛
胸口有点疼
差点晕倒
手麻了
尿的颜色很深
突然无力
""".strip().splitlines()

HARMLESS = """
squat 100x8 rpe9
no chest pain
no chest pain today, 100x8
without any chest pain
I don't have chest pain
didn't faint
never passed out
not dizzy at all
no dizziness, numbness or chest pain
no numbness or tingling in the fingers
my chest doesn't hurt
chest pain-free
chest day pain-free
chest press 60x10
chest press 60x10 pain 3
incline chest press, shoulder pain 3/10
chest fly 20x12 shoulder pain
chest supported row 40x10 elbow pain 2
knee pain 4/10
pain 4/10
bench 100x5 shoulder pain
elbow pain when the bar touches my chest
chest day, knee pain
chest day was great
sore chest from monday
paused on chest 80x5
touched chest, wrist pain
squat numbers are going up
personal record numbers today
faint pain in my knee
comfortably numb
out of breath after 20 rep squats
weak today
felt weak, slept badly
legs are dead
heavy set, heart rate 170
form collapsed on rep 6
dark chocolate after training
urine test on Friday
back pain 5
jaw dropping set
chest burning from the flyes
coffee makes me pee
can't see my numbers
apaguei a mensagem
panca petto peso 60x8
lat machine al petto presa stretta 60x10
tirage poitrine prise serrée 60x10
胸肌疼
no pain no gain
tight hamstrings
chest up on the squat
pull-up chest to bar x8
left arm curl 12x10
rowing stroke felt good
one side at a time
keine Brustschmerzen
Brusttag, Schulter tut weh
Brustpresse 60x10
die Brust tut nicht weh
Brust schmerzfrei
sin dolor en el pecho
día de pecho
press de pecho 60x10 dolor de hombro
no me duele el pecho
sem dor no peito
treino de peito 80x8
pas de douleur à la poitrine
séance poitrine, mal au genou
nessun dolore al petto
giorno petto
день груди
жим от груди 60х10
нет боли в груди
боли в груди нет
грудь не болит
没有胸痛
练胸 肩膀痛
胸推 60x10
没有头晕
膝盖疼
presque fini 100x5
tonto yo, era 95
Sven benched 100x5
""".strip().splitlines()


@pytest.mark.parametrize("text", SYMPTOMS)
def test_a_symptom_ends_prescribing(text: str) -> None:
    assert red_flag(text)
    assert red_flag(text.upper())


@pytest.mark.parametrize("text", HARMLESS)
def test_talk_that_only_sounds_like_a_symptom_does_not(text: str) -> None:
    assert not red_flag(text)


def test_both_tables_are_long_enough_to_mean_something() -> None:
    assert len(SYMPTOMS) >= 40
    assert len(HARMLESS) >= 40


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    assert red_flag(text) in (True, False)


@given(st.text(alphabet="no chest pain,. or numb dizzy", max_size=200))
def test_a_symptom_in_a_sentence_of_its_own_is_never_talked_away(text: str) -> None:
    assert red_flag(text + ". chest pain.")


# Pain ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "action", "percent"),
    [
        (1, PainAction.LOG, 0),
        (3, PainAction.LOG, 0),
        (4, PainAction.LOWER, 10),
        (5, PainAction.LOWER, 20),
        (None, PainAction.LOWER, 20),
        (6, PainAction.STOP, 20),
        (10, PainAction.STOP, 20),
    ],
)
def test_what_a_level_of_pain_asks_for(level: int | None, action: PainAction, percent: int) -> None:
    rule = pain_rule(on(0, a_set(100, 8), a_set(100, 8, pain=Pain(level)), a_set(80, 8)))
    assert rule is not None
    assert (rule.action, rule.percent, rule.level) == (action, percent, level)
    assert rule.at.done.load == 100


def test_no_pain_asks_for_nothing() -> None:
    assert pain_rule(on(0, a_set(100, 8), a_set(100, 8, pain=Pain(0)))) is None
    assert pain_rule(()) is None


def test_the_worst_pain_of_a_session_counts() -> None:
    rule = pain_rule(on(0, a_set(100, 8, pain=Pain(5)), a_set(80, 8, pain=Pain(2))))
    assert rule is not None
    assert (rule.level, rule.at.done.load) == (5, 100)


@pytest.mark.parametrize(
    ("before", "now", "action"),
    [
        (4, 4, PainAction.STOP),
        (None, 4, PainAction.STOP),
        (5, None, PainAction.STOP),
        (3, 4, PainAction.LOWER),
        (8, 3, PainAction.LOG),
    ],
)
def test_two_sessions_of_pain_running_stop_the_exercise(
    before: int | None, now: int | None, action: PainAction
) -> None:
    rule = pain_rule(on(0, a_set(100, 8, pain=Pain(now))), on(7, a_set(100, 8, pain=Pain(before))))
    assert rule is not None
    assert rule.action is action


def test_two_sessions_after_pain_bring_no_raise() -> None:
    hurt = on(21, a_set(100, 8, pain=Pain(4)))
    one, two = on(14, a_set(80, 8)), on(7, a_set(80, 8))
    assert watched_sessions_left(hurt) == 2
    assert watched_sessions_left(hurt + one) == 1
    assert watched_sessions_left(hurt + one + two) == 0
    assert watched_sessions_left(on(7, a_set(100, 8, pain=Pain(3)))) == 0
