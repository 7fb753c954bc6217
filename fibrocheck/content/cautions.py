"""Wording that `content check` warns about: patterns as in `phrases`, some only for certain texts.

They are warnings, because a visit with such a text harms nobody at once, and files that were written
before a rule must go on working; what harms the patient who reads it is an error, in `phrases`.

Two rules come from what the program promises. Urgency that depends on an answer is triage, and a
fact about fibromyalgia that depends on an answer says that the answer means fibromyalgia. Both
belong on the pages that are the same for everyone. So does how common something is "in people with
lupus", which is this person's risk if it is shown to those who marked lupus.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from fibrocheck.content.phrases import ENGLISH_NOT, MEDICINE_NAMES, NO_EXCUSE, SPANISH_NOT
from fibrocheck.content.problems import WARNING, Problem
from fibrocheck.content.reader import FoundText, Place, keys
from fibrocheck.content.wording import find_phrases, rules_for

if TYPE_CHECKING:
    from fibrocheck.content.phrases import Rule

FOR_AN_ANSWER = frozenset({"learn", "tell_your_clinician", "self_care", "get_help"})
"""Keys of a symptom or factor whose texts only those read who marked it or were not sure."""
_FOR_NO_ANSWER = frozenset({"told_nothing", "about_none", "about_not_sure"})
"""The program's own words for those who marked nothing."""

URGENCY = (
    "Move it to the safety notice, which everyone sees: this text is shown only for an answer, "
    "and urgency that depends on an answer is triage"
)
ABOUT_FIBROMYALGIA = (
    "Say it in about or faq, which everyone can read: shown only for an answer, "
    "it sounds as if the answer meant fibromyalgia"
)
RISK = "Leave out how common it is: the person who reads this gave that answer and takes it as a risk"
AUTOIMMUNE = "Leave out the word: with it, fibromyalgia is one of them, which nobody has shown"
MEDICINE = 'Name no medicine; say "your medicines", or "Ask your clinician what is safe for you"'

_ENGLISH_AUTOIMMUNE = frozenset(
    {"lupus", "arthritis", "ra", "sjogren's", "psoriasis", "celiac", "crohn's", "thyroiditis", "vasculitis"}
)
_ENFERMEDAD = "enfermedad/enfermedades/afeccion/afecciones/trastorno/trastornos/condiciones/padecimientos"
_AUTOINMUNE = "autoinmune/autoinmunes/autoinmunitaria/autoinmunitarias/autoinmunitarios/autoinmunologicas"
_SPANISH_AUTOIMMUNE = frozenset(
    {"lupus", "artritis", "sjogren", "psoriasis", "celiaca", "celiaquia", "crohn", "tiroiditis", "vasculitis"}
)
"""Diseases of which "other autoimmune diseases" may be said."""

BY_ANSWER: dict[str, tuple["Rule", ...]] = {
    "en": (
        (
            URGENCY,
            NO_EXCUSE,
            (
                "911/988/999/112",
                "emergency/emergencies/ambulance/lifeline/hotline",
                "urgent/urgently",
                "go/come to -/the/an/your -/nearest hospital/er",
                "the/an er",
                "same day",
                "crisis line",
                "call/see/tell/get -/a/your/the/us/help/care -/doctor/clinician/help today/now/tonight",
            ),
        ),
        (URGENCY, ENGLISH_NOT, ("right away", "immediately", "at_once/without_delay", "as soon as possible")),
        (ABOUT_FIBROMYALGIA, NO_EXCUSE, ("fibromyalgia/fibro/fms/fibrofog",)),
        (RISK, ENGLISH_NOT, ("more/less common/frequent/usual in/among/for/with",)),
    ),
    "es": (
        (
            URGENCY,
            NO_EXCUSE,
            (
                "911/988/999/112",
                "emergencia/emergencias/ambulancia",
                "urgencia/urgencias/urgente/urgentemente",
                "vaya/acuda/venga a/al -/un/el/la hospital/sala",
                "mismo dia",
                "hoy mismo",
                "linea de crisis",
                "llame/avise/avisenos/busque/consulte -/a/al/con -/su/un -/medico/doctor/ayuda hoy/ahora/ya",
            ),
        ),
        (
            URGENCY,
            SPANISH_NOT,
            (
                "de inmediato",
                "inmediatamente/enseguida/en_seguida",
                "cuanto_antes/lo_antes_posible/sin_demora",
                "ahora mismo",
            ),
        ),
        (ABOUT_FIBROMYALGIA, NO_EXCUSE, ("fibromialgia/fibro/fibroniebla/fibromialgico/fibromialgica",)),
        (RISK, SPANISH_NOT, ("mas/menos comun/comunes/frecuente/frecuentes/habitual en/entre",)),
    ),
}
"""Rules for texts that are shown only for an answer."""

EVERYWHERE: dict[str, tuple["Rule", ...]] = {
    "en": (
        (
            AUTOIMMUNE,
            _ENGLISH_AUTOIMMUNE,
            (
                "other/another/additional autoimmune",
                "other/another/additional conditions/diseases/disorders that are autoimmune",
                "autoimmune conditions/diseases/disorders/illnesses like/such_as fibromyalgia",
            ),
        ),
        (AUTOIMMUNE, ENGLISH_NOT, ("fibromyalgia is/as an/- autoimmune",)),
        (MEDICINE, NO_EXCUSE, (MEDICINE_NAMES["en"],)),
    ),
    "es": (
        (
            AUTOIMMUNE,
            _SPANISH_AUTOIMMUNE,
            (
                f"otra/otras/otro/otros -/{_ENFERMEDAD} {_AUTOINMUNE}",
                f"{_AUTOINMUNE} como -/la fibromialgia",
            ),
        ),
        (
            AUTOIMMUNE,
            SPANISH_NOT,
            (f"fibromialgia es/como -/una -/{_ENFERMEDAD} {_AUTOINMUNE}",),
        ),
        (MEDICINE, NO_EXCUSE, (MEDICINE_NAMES["es"],)),
    ),
}
"""Rules for every text."""


def cautions(texts: Sequence[FoundText], languages: Sequence[str]) -> Iterator[Problem]:
    """Yield a warning for each phrase that is better left out, in the texts where it matters."""
    for language in languages:
        everywhere = [text for text in texts if text[0] == language]
        by_answer = [text for text in everywhere if depends_on_answers(text[3])]
        yield from _one_each(find_phrases(everywhere, rules_for(language, EVERYWHERE), WARNING))
        yield from _one_each(find_phrases(by_answer, rules_for(language, BY_ANSWER), WARNING))


def _one_each(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the first problem of each text that has this remedy: it is about the text as a whole."""
    seen: set[tuple[int, int, str]] = set()
    for problem in problems:
        key = problem.line, problem.column, problem.remedy
        if key not in seen:
            seen.add(key)
            yield problem


def depends_on_answers(place: Place) -> bool:
    """Return whether only those read the text at this place who answered in a certain way."""
    section, key = keys(place)[0], keys(place)[-1]
    if section in {"symptoms", "factors"}:
        return key in FOR_AN_ANSWER
    return section == "follow_ups" or (section == "words" and key in _FOR_NO_ANSWER)
