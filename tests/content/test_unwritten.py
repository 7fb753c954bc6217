"""Texts that nobody has written yet are warnings: another language's, or the name of their key."""

import pytest

from fibrocheck.content.check import check

from .examples import completed
from .test_check import APPROVED, PASSAGE, warnings_in

pytestmark = pytest.mark.usefixtures("small_dictionary")

ENGLISH_TEXTS = (
    "Sleep disruption", "How you sleep", "Keep warm. Stretch gently.", "You can skip any question.",
    "What the pain feels like", "We ask because sleep and pain can affect each other.",
)  # fmt: skip
SPANISH_TEXTS = (
    "Problemas para dormir", "El dolor va y viene", "Preguntamos porque el sue\u00f1o y el dolor se afectan.",
    "Si la luz o el ruido le molestan", "D\u00f3nde le duele y desde cu\u00e1ndo.",
)  # fmt: skip


@pytest.mark.parametrize("words", [*ENGLISH_TEXTS, *SPANISH_TEXTS])
def test_one_text_in_two_languages_is_a_warning(words: str) -> None:
    (what, *_) = warnings_in((PASSAGE % (words, words)).encode())
    assert what.startswith("about, paragraphs, entry 1, ")
    assert " is also the English text" in what or " reads as Spanish" in what


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("Bring a list of what you take.", "Bring a list of what you take now."),
        ("Traiga una lista de lo que toma.", "Traiga la lista de lo que toma."),
    ],
)
def test_a_text_of_another_language_is_a_warning_though_it_is_not_the_same(
    english: str, spanish: str
) -> None:
    (what,) = warnings_in((PASSAGE % (english, spanish)).encode())
    assert what.endswith(("reads as English", "reads as Spanish"))


@pytest.mark.parametrize(
    "words", ["No", "Enter", "iMsk & Spine Group", "A-17", "911 or 988", "Dr. Ana Ruiz", "Total"]
)
def test_names_numbers_and_single_words_may_be_the_same(words: str) -> None:
    assert warnings_in((PASSAGE % (words, words)).encode()) == []


@pytest.mark.parametrize(("english", "spanish"), [*zip(ENGLISH_TEXTS, SPANISH_TEXTS, strict=False)])
def test_each_language_in_its_place_is_right(english: str, spanish: str) -> None:
    assert warnings_in((PASSAGE % (english, spanish)).encode()) == []


def test_a_text_that_is_the_same_in_other_languages_is_a_warning() -> None:
    data = completed(APPROVED).replace(b"es: Espa", b"pt: Espa").replace(b" es:", b" pt:")
    data = data.replace(b"Dura mucho tiempo.", b"It lasts a long time.")
    assert 'about, paragraphs, entry 1, Portuguese: "It lasts a long time." is also the English text' in [
        problem.what for problem in check(data)
    ]


FAQ = b"""faq:
  - id: real
    question: {en: "%s", es: "P"}
    answer: {en: "A", es: "P"}
    sources: [BOOK]
"""
KEYS = {
    "faq_title, English": b'faq_title: {en: "faq_title", es: "P"}\n',
    "about, title, English": (PASSAGE % ("A", "P")).encode().replace(b'en: "T"', b'en: "title"'),
    "faq real, question, English": FAQ % b"real",
    "words, go_on, Spanish": b'words:\n  go_on: {en: "Go on", es: "go_on"}\n',
}


@pytest.mark.parametrize("where", KEYS)
def test_a_text_that_is_its_own_key_or_id_is_a_warning(where: str) -> None:
    (what,) = warnings_in(KEYS[where])
    assert what.startswith(f"{where}: ")
    assert what.endswith(" is the name of its own key")


@pytest.mark.parametrize(
    "example", [FAQ % b"Real", b'words:\n  start: {en: "start", es: "Inicio"}\n'], ids=["label", "word"]
)
def test_a_text_may_be_its_id_or_key_as_a_word(example: bytes) -> None:
    assert warnings_in(example) == []
