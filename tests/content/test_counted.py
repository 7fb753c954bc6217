"""Numbers of symptoms and factors in texts agree with the questionnaire, and with their nouns."""

import pytest

from fibrocheck.content.parsing import parse

from .examples import completed
from .test_check import PASSAGE, warnings_in

pytestmark = pytest.mark.usefixtures("small_dictionary")

COUNTED = PASSAGE % ("We ask about %s factors and %s symptoms.", "Son %s factores y %s s\u00edntomas.")
"""The smallest questionnaire has one of each."""


def test_the_program_counts_symptoms_and_factors() -> None:
    example = (COUNTED % (("{factors}", "{symptoms}") * 2)).encode()
    data = completed(example).replace(b"  - id: pain", SECOND + b"  - id: pain")
    content = parse(
        data.replace(b"  - id: stress", SECOND.replace(b"ache", b"past") + b"  - id: stress")
    ).content
    assert content
    assert content.about.paragraphs[0] == {
        "en": "We ask about 2 factors and 2 symptoms.",
        "es": "Son 2 factores y 2 s\u00edntomas.",
    }


SECOND = b"""  - id: ache
    term: {en: "Ache", es: "Molestia"}
    ask: {en: "A?", es: "\xc2\xbfA?"}
    why: {en: "W.", es: "P."}
    learn: {en: "L.", es: "A."}
    tell_your_clinician: {en: "T.", es: "D."}
    sources: [BOOK]
"""


def test_a_number_of_one_would_not_agree_with_its_noun() -> None:
    whats = warnings_in((COUNTED % (("{factors}", "{symptoms}") * 2)).encode())
    assert [what.partition(": ")[2] for what in whats] == [
        "{factors} is 1 here, so the words after it may not agree",
        "{symptoms} is 1 here, so the words after it may not agree",
    ] * 2


@pytest.mark.parametrize(
    "words",
    [
        *("seven factors", "7 symptoms", "Eight questions", "15 questions", "eight common symptoms"),
        *("siete factores", "ocho s\u00edntomas", "8 preguntas", "ocho sintomas", "siete posibles factores"),
        *("twenty symptoms", "diecis\u00e9is preguntas", "TWO FACTORS"),
    ],
)
def test_a_number_that_was_counted_by_hand_is_a_warning(words: str) -> None:
    for text in (f"We ask about {words} here.", words):
        (what,) = warnings_in((PASSAGE % (text, "P")).encode())
        assert what.endswith(f'"{words}" is counted by hand')


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Several factors may work together.",
            "Two of these symptoms",
            "One symptom",
            "1 symptom",
            "1 pregunta",
        ),
        *(
            "Some questions",
            "Call 911. Symptoms vary.",
            "One or more factors",
            "Unos s\u00edntomas",
            "2 seconds",
        ),
        *("2 seconds", "The second symptom", "Dos o m\u00e1s", "Seventeen people"),
    ],
)
def test_other_numbers_may_stand_in_a_text(words: str) -> None:
    assert warnings_in((PASSAGE % (words, "P")).encode()) == []
