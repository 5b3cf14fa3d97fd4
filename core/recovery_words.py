"""What people say of poor recovery and of sore muscles: `slept badly`, `wrecked`, `legs still sore`.

Pain and symptoms are read before this; a joint that is sore is none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

from core.health_words import COMMA, STOP, Phrases, tokens_of

LONGEST: Final = 300
"""Characters: longer talk is about more than recovery (own choice)."""

SHORT_NIGHT: Final = 5
"""So many hours of sleep, or fewer, are told as a bad night (own choice)."""


class RecoveryTold(NamedTuple):
    """What was told: poor recovery, or soreness (`sore`), of these muscles where some were named; `worn` is how anybody feels
    right after a session, too."""

    sore: bool
    muscles: tuple[str, ...] = ()
    worn: bool = False


_LEGS = ("quads", "hamstrings", "glutes", "calves", "adductors")
_DELTS = ("front-delts", "side-delts", "rear-delts")
_MUSCLES: Final = MappingProxyType(
    {
        "legs": _LEGS, "leg": _LEGS, "quads": ("quads",), "quad": ("quads",), "thighs": ("quads", "hamstrings", "adductors"),
        "hamstrings": ("hamstrings",), "hamstring": ("hamstrings",), "hams": ("hamstrings",), "hammies": ("hamstrings",),
        "glutes": ("glutes",), "glute": ("glutes",), "butt": ("glutes",), "ass": ("glutes",), "calves": ("calves",), "calf": ("calves",),
        "adductors": ("adductors",), "chest": ("chest",), "pecs": ("chest",), "pec": ("chest",), "lats": ("lats",), "lat": ("lats",),
        "traps": ("traps",), "shoulders": _DELTS, "delts": _DELTS, "arms": ("biceps", "triceps", "forearms"), "biceps": ("biceps",),
        "bicep": ("biceps",), "triceps": ("triceps",), "tricep": ("triceps",), "forearms": ("forearms",), "abs": ("abs",), "core": ("abs",),
    }
)  # fmt: skip

_JOINTS: Final = frozenset({
    "knee", "knees", "elbow", "elbows", "wrist", "wrists", "ankle", "ankles", "joint", "joints", "hip", "hips", "spine", "shoulder", "neck",
    "tendon", "tendons", "disc", "groin", "throat", "spot",
})  # fmt: skip
_LOWER_BACK: Final = Phrases([("lower", "back"), ("low", "back")])


def _listed(*phrases: str) -> Phrases:
    return Phrases([tokens_of(one) for one in phrases])


_POOR: Final = _listed(
    "slept badly", "slept bad", "slept poorly", "slept terribly", "slept awfully", "slept terrible", "slept awful", "slept horribly",
    "slept like shit", "slept like crap", "bad sleep", "poor sleep", "terrible sleep", "awful sleep", "no sleep", "little sleep",
    "barely slept", "hardly slept", "didn't sleep", "did not sleep", "couldn't sleep", "could not sleep", "bad night", "rough night",
    "not recovered", "didn't recover", "did not recover", "haven't recovered", "not fully recovered", "poorly recovered", "under recovered",
    "run down", "no energy", "burned out", "burnt out",
    "schlecht geschlafen", "kaum geschlafen", "nicht erholt", "schlecht erholt", "völlig fertig",
    "dormí mal", "dormido mal", "no me recuperé", "sem dormir", "não recuperei", "mal dormi", "pas récupéré",
    "dormito male", "non ho recuperato", "плохо спал", "плохо спала", "не выспался", "не выспалась", "не восстановился",
    "не восстановилась", "没睡好", "没恢复",
)  # fmt: skip
_WELL: Final = _listed(
    "didn't sleep badly", "didn't sleep bad", "did not sleep badly", "didn't sleep too badly"
)
_SORE: Final = _listed(
    "sore", "soreness", "doms", "muskelkater", "agujetas", "courbatures", "courbaturé", "indolenzito", "dolorido", "dolorida",
    "крепатура", "肌肉酸痛",
)  # fmt: skip
_WORN: Final = _listed(
    "wrecked", "exhausted", "knackered", "drained", "fried", "beat up", "beaten up", "beat", "worn out", "wiped out", "trashed",
    "shattered", "destroyed", "cooked", "toast", "dead", "shot", "smashed", "heavy",
)  # fmt: skip
"""Said of a person or of muscles: beside anything else they mean something else (`fried rice`, `dead lift`)."""

_OF_ME: Final = frozenset({
    "i", "im", "am", "ive", "feel", "feeling", "felt", "so", "totally", "completely", "absolutely", "still", "really", "pretty", "bit",
    "just", "all",
})  # fmt: skip
_OF_THINGS: Final = frozenset({"beat", "shot", "dead", "toast"})
"""Alone they may be of anything."""
_AFTER_WORN: Final = frozenset({STOP, COMMA, "today", "from", "after", "again", "and", "but"})
_NO: Final = frozenset({
    "not", "no", "dont", "didnt", "isnt", "arent", "wasnt", "aint", "never", "without", "nothing", "longer", "hardly", "kein", "keine",
    "keinen", "sin", "sem", "pas", "senza", "без", "нет", "没",
})  # fmt: skip
_NEAR: Final = 3
_OTHERS: Final = frozenset({
    "he", "she", "they", "his", "her", "their", "him", "hes", "shes", "theyre", "mate", "wife", "husband", "friend", "girlfriend",
    "boyfriend", "everyone", "everybody", "you", "your", "youre", "kid", "kids", "son", "daughter", "dog", "if", "will", "gonna",
    "tomorrow", "hope", "might", "would", "used", "last", "never",
})  # fmt: skip
"""Words of what is another's, or not so now."""


def recovery_told(text: str) -> RecoveryTold | None:
    """What a message says of its author's recovery today; None where it says nothing of it, or asks."""
    if len(text) > LONGEST or text.rstrip().endswith(("?", "？")):
        return None
    tokens = tokens_of(text)
    if not _OTHERS.isdisjoint(tokens) or _WELL.spans(tokens):
        return None
    muscles = tuple(dict.fromkeys(one for word in tokens for one in _MUSCLES.get(word, ())))
    if _stands(tokens, _SORE):
        joint = not _JOINTS.isdisjoint(tokens) or bool(_LOWER_BACK.spans(tokens))
        return None if joint else RecoveryTold(sore=True, muscles=muscles)
    if _stands(tokens, _POOR) or _short_night(tokens):
        return RecoveryTold(sore=False)
    return RecoveryTold(sore=False, worn=True) if _worn(tokens, has_muscle=bool(muscles)) else None


_ILL: Final = _listed(
    "am sick", "im sick", "i m sick", "feel sick", "feeling sick", "got sick", "getting sick", "been sick", "sick today", "sick this week",
    "sick in bed", "sick at home", "home sick", "am ill", "im ill", "i m ill", "feel ill", "feeling ill", "fell ill", "been ill", "ill today",
    "ill this week", "ill in bed", "flu", "influenza", "covid", "a cold", "fever", "feverish", "stomach bug", "food poisoning",
    "under the weather", "chest infection", "tonsillitis", "bronchitis", "bin krank", "wieder krank", "krank geworden", "liege krank",
    "erkaltet", "grippe", "erkaltung", "fieber", "estoy enfermo", "estoy enferma", "gripe", "resfriado", "resfriada", "estou doente",
    "gripado", "gripada", "suis malade", "tombe malade", "la grippe", "sono malato", "sono malata", "raffreddore", "я болею",
    "заболел", "заболела", "грипп", "простудился", "простудилась", "температура", "感冒", "发烧", "生病",
)  # fmt: skip
_ILL_ALONE: Final = frozenset(
    {"sick", "ill", "krank", "enfermo", "enferma", "doente", "malade", "malato", "malata", "болею"}
)
_ILL_OVER: Final = frozenset(
    {"shot", "shots", "vaccine", "jab", "vaccination", "gone", "over", "impfung", "better", "recovered"}
)
"""Beside these words it is no illness, or none any more."""


def ill_told(text: str) -> bool:
    """Whether a message says that its author is ill now."""
    if len(text) > LONGEST or text.rstrip().endswith(("?", "？")):
        return False
    tokens = tokens_of(text)
    if not _OTHERS.isdisjoint(tokens) or not _ILL_OVER.isdisjoint(tokens):
        return False
    words = [one for one in tokens if one not in (STOP, COMMA)]
    return (len(words) == 1 and words[0] in _ILL_ALONE) or _stands(tokens, _ILL)


def _stands(tokens: Sequence[str], phrases: Phrases) -> bool:
    """Whether one of the phrases is said, and not denied."""
    return any(not _denied(tokens, start) for start, _ in phrases.spans(tokens))


def _denied(tokens: Sequence[str], start: int) -> bool:
    before = list(tokens[max(0, start - _NEAR) : start])
    for mark in (STOP, COMMA):
        while mark in before:
            before = before[before.index(mark) + 1 :]
    return not _NO.isdisjoint(before)


def _worn(tokens: Sequence[str], *, has_muscle: bool) -> bool:
    """`wrecked`, `feel beat up`, `legs are dead`: alone, of oneself, or of a muscle, and of nothing after it."""
    return any(
        (end == len(tokens) or tokens[end] in _AFTER_WORN)
        and _is_mine(tokens, start, end, has_muscle=has_muscle)
        and not _denied(tokens, start)
        for start, end in _WORN.spans(tokens)
    )


def _is_mine(tokens: Sequence[str], start: int, end: int, *, has_muscle: bool) -> bool:
    """Whether it is said of oneself or of a muscle; `heavy` without a muscle is the bar."""
    word = tokens[start]
    if has_muscle or word == "heavy":
        return has_muscle
    words = [one for one in tokens if one not in (STOP, COMMA)]
    alone = end - start == len(words) and (end - start > 1 or word not in _OF_THINGS)
    return alone or not _OF_ME.isdisjoint(tokens[max(0, start - _NEAR) : start])


def _short_night(tokens: Sequence[str]) -> bool:
    """`slept 4 hours`, `5h of sleep`."""
    if not {"slept", "sleep"} & set(tokens):
        return False
    pairs = pairwise(tokens)
    return any(
        one.isdecimal() and int(one) <= SHORT_NIGHT and unit in ("h", "hours", "hour", "hrs", "hr")
        for one, unit in pairs
    )
