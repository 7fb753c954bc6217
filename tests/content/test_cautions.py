"""Wording that is better left out is a warning, in both languages, in the texts where it matters."""

import pytest

from fibrocheck.content.cautions import BY_ANSWER, EVERYWHERE, cautions
from fibrocheck.content.check import check
from fibrocheck.content.parsing import parse
from fibrocheck.content.problems import WARNING

from .examples import SMALLEST
from .test_loader import as_words, dumped

pytestmark = pytest.mark.usefixtures("small_dictionary")

URGENT = {
    "en": """Call 911 for a very bad headache.
Call or text 988.
Go to the emergency room today.
This is an emergency.
Get care the same day if it gets worse.
Tell a clinician right away.
Call your doctor today.
It needs care immediately.
Go to the ER.
Get urgent care.
If it gets worse, go to the nearest hospital.
Call us as soon as possible.""",
    "es": """Llame al 911 por un dolor muy fuerte.
Llame o escriba al 988.
Vaya a urgencias.
Esto es una emergencia.
Busque atención el mismo día si empeora.
Avise de inmediato.
Llame a su médico hoy.
Pida ayuda ahora mismo.
Acuda al hospital.
Llame cuanto antes.
Es urgente.""",
}
SAYS_FIBROMYALGIA = {
    "en": """Headaches and fibromyalgia often come together.
Some call it "fibro fog."
In people with Fibro-myalgia, nerves work in another way.""",
    "es": """El dolor de cabeza y la fibromialgia a menudo se dan juntos.
Algunas lo llaman "fibroniebla".
En la FIBROMIALGIA, los nervios cambian.""",
}
HOW_COMMON = {
    "en": """It is more common in people with lupus.
This is less frequent among older people.""",
    "es": """Es más frecuente en las personas con lupus.
Es menos común entre los hombres.""",
}
OTHER_AUTOIMMUNE = {
    "en": """Other autoimmune diseases, such as lupus
People often have another autoimmune condition.
Autoimmune conditions such as fibromyalgia last long.
Fibromyalgia is an autoimmune disease.""",
    "es": """Otras enfermedades autoinmunitarias, como el lupus
¿Tiene otra enfermedad autoinmune?
Enfermedades autoinmunes como la fibromialgia duran mucho.
La fibromialgia es una enfermedad autoinmune.""",
}
NAMES_A_MEDICINE = {
    "en": """Some people find that ibuprofen helps.
Medicines such as Duloxetine are used.""",
    "es": """A algunas personas les ayuda el ibuprofeno.
Se usan medicinas como la pregabalina.""",
}
FINE_FOR_AN_ANSWER = {
    "en": """Many people with long-lasting pain also get headaches.
A clinician can help tell which kind.
Many conditions can cause pain in more than one place.
How often they come, and how long they last.
Go to bed and get up at the same time each day.
Whether the pain came on the day after you were active.
You do not need to stop right away.
Heat and cold bother some people more.
These conditions can also cause pain and make people tired.
Tell us about your day.""",
    "es": """Muchas personas con dolor que dura mucho también tienen dolores de cabeza.
En su visita pueden ayudarle a saber de qué tipo son.
Muchas afecciones pueden causar dolor en varias partes.
Acuéstese y levántese cada día a la misma hora.
Una enfermedad autoinmune también puede causar dolor y cansancio.
No tiene que parar de inmediato.
Si al día siguiente se siente peor.
A menudo es peor en la misma posición.""",
}
FINE_EVERYWHERE = {
    "en": """Coexisting autoimmune conditions such as lupus
Lupus and other autoimmune conditions can cause pain.
Fibromyalgia is not an autoimmune disease.
Has a clinician told you of an autoimmune condition?
Fibromyalgia is a condition that lasts a long time.
Call 911 right away for any of these:
Keep a list of your medicines.
They may be medicine, tips for daily life or treatments.""",
    "es": """Enfermedades autoinmunes que se dan a la vez, como el lupus
El lupus y otras enfermedades autoinmunes pueden causar dolor.
La fibromialgia no es una enfermedad autoinmune.
La fibromialgia es una afección que dura mucho tiempo.
Llame al 911 de inmediato por una de estas señales:
Lleve una lista de sus medicinas.""",
}
BY_RULE = {
    "triage": URGENT,
    "the answer meant fibromyalgia": SAYS_FIBROMYALGIA,
    "how common": HOW_COMMON,
}
OF_EVERY_TEXT = {"which nobody has shown": OTHER_AUTOIMMUNE, "no medicine": NAMES_A_MEDICINE}

ANSWERED = (
    *(("symptoms", 0, key) for key in ("learn", "tell_your_clinician", "self_care", "get_help")),
    *(("factors", 0, key) for key in ("learn", "tell_your_clinician", "self_care", "get_help")),
    *(("follow_ups", 0, key) for key in ("term", "ask", "why")),
    ("follow_ups", 0, "choices", 0, "label"),
    ("words", "told_nothing"),
    ("words", "about_none"),
)
"""Where the texts are that are shown only for an answer."""
FOR_EVERYONE = (
    *(("symptoms", 0, key) for key in ("term", "ask", "why")),
    *(("factors", 0, key) for key in ("term", "ask", "why")),
    ("safety", "emergency", 0),
    ("safety", "crisis"),
    ("about", "paragraphs", 0),
    ("faq", 0, "answer"),
    ("care", "lead"),
    ("next_step", "bring"),
    ("words", "getting_help"),
)


def rows(lines: dict[str, dict[str, str]]) -> list[tuple[str, str, str]]:
    """Return each line with what its remedy says, and its language."""
    return [
        (remedy, language, line)
        for remedy, texts in lines.items()
        for language, block in texts.items()
        for line in block.splitlines()
    ]


def warned(where: tuple[str | int, ...], language: str, words: str) -> list[str]:
    """Return the remedies of the warnings about a text at a place of the smallest file."""
    made = as_words(SMALLEST)
    at = made
    for key in where[:-1]:
        at = at[key]
    at[where[-1]] = {"en": "Words", "es": "Palabras"} | {language: words}
    findings = parse(dumped(made))
    assert findings.content, findings.problems
    assert findings.reader
    found = [*cautions(findings.reader.texts, [*findings.reader.languages])]
    assert all(problem.severity == WARNING for problem in found)
    return [problem.remedy for problem in found]


@pytest.mark.parametrize(("remedy", "language", "words"), rows(BY_RULE))
def test_warned_about_in_a_text_that_is_shown_for_an_answer_only(
    remedy: str, language: str, words: str
) -> None:
    assert any(remedy in each for each in warned(("symptoms", 0, "learn"), language, words))
    assert warned(("about", "paragraphs", 0), language, words) == []


@pytest.mark.parametrize(("remedy", "language", "words"), rows(OF_EVERY_TEXT))
def test_warned_about_in_every_text(remedy: str, language: str, words: str) -> None:
    for where in (("symptoms", 0, "term"), ("faq", 0, "answer"), ("words", "goodbye")):
        (found,) = warned(where, language, words)
        assert remedy in found


@pytest.mark.parametrize(("_", "language", "words"), rows({"": FINE_FOR_AN_ANSWER}))
def test_not_warned_about_for_an_answer(_: str, language: str, words: str) -> None:
    assert warned(("factors", 0, "learn"), language, words) == []


@pytest.mark.parametrize(("_", "language", "words"), rows({"": FINE_EVERYWHERE}))
def test_not_warned_about_anywhere_else(_: str, language: str, words: str) -> None:
    assert warned(("faq", 0, "answer"), language, words) == []


@pytest.mark.parametrize("where", ANSWERED, ids=str)
@pytest.mark.parametrize("words", ["Call 911.", "Some say fibromyalgia pain."])
def test_each_text_that_is_shown_for_an_answer_only(where: tuple[str | int, ...], words: str) -> None:
    assert len(warned(where, "en", words)) == 1


@pytest.mark.parametrize("where", FOR_EVERYONE, ids=str)
def test_each_text_that_is_the_same_for_everyone(where: tuple[str | int, ...]) -> None:
    assert warned(where, "en", "Call 911 the same day. Some say fibromyalgia pain.") == []


def test_a_text_has_one_warning_for_each_remedy() -> None:
    found = warned(("symptoms", 0, "learn"), "en", "Call 911 or 988 right away. Fibro is fibromyalgia.")
    assert len(found) == len({*found}) == 2


def test_the_check_of_a_file_gives_them_as_warnings() -> None:
    data = SMALLEST.replace(b"Stress comes and goes.", b"Call 911 for fibromyalgia.")
    found = [problem for problem in check(data) if problem.what.startswith("factor stress, learn, English")]
    assert [(problem.severity, problem.what.rpartition(" ")[2]) for problem in found] == [
        (WARNING, '"911"'),
        (WARNING, '"fibromyalgia"'),
    ]


def test_the_words_of_every_pattern_can_occur_in_a_text() -> None:
    """A pattern with an accent or a capital would never be found."""
    patterns = [
        pattern
        for rules in (BY_ANSWER, EVERYWHERE)
        for each in rules.values()
        for *_, row in each
        for pattern in row
    ]
    assert all(pattern.isascii() and pattern == pattern.casefold() for pattern in patterns)
