"""What is said is written for ears."""

import re

import pytest

from fibrocheck.content.model import Content
from fibrocheck.speech.spoken import for_ears, sentences
from tests.speech.listing import listing

SAID = re.compile(r"[A-Za-z0-9áéíóúüñÁÉÍÓÚÑ .,;:?!¿¡'’-]+")
"""The signs that a voice gets: letters, digits, and those at which it pauses."""


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Call 911 now.", "Call 9 1 1 now."),
        ("Text 988", "Text 9 8 8"),
        ("Call (555) 010-0100.", "Call 5 5 5, 0 1 0, 0 1 0 0."),
        ("In 2018, 26 people", "In 2018, 26 people"),
        ("this number: 273", "this number: 2 7 3"),
        ("stress, PTSD", "stress, P T S D"),
        ("A page to print (.html)", "A page to print"),
        ("Saved as /home/ana/my lists/my-list.html.", "Saved as my-list."),
        ("NOT FINISHED", "NOT FINISHED"),
        ("la palabra AYUDA", "la palabra AYUDA"),
        ("Private answers (stress, PTSD): on the list", "Private answers, stress, P T S D: on the list"),
        ("Your code: BCDFG-HJKMN-PQ24", "Your code: B, C, D, F, G. H, J, K, M, N. P, Q, 2, 4"),
        ("stress / pain – both", "stress, pain, both"),
        ("“quoted” • listed", "quoted, listed"),
        ("at https://www.clinic.example/book?x=1.", "at clinic example."),
        ("", ""),
    ],
)
def test_what_is_written_for_eyes_is_said_for_ears(written: str, said: str) -> None:
    assert for_ears(written) == said


def test_each_sentence_ends_with_a_sign_at_which_a_voice_pauses() -> None:
    assert list(sentences("First one. Is this two? And the last")) == [
        "First one.",
        "Is this two?",
        "And the last.",
    ]


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_text_has_anything_that_a_voice_stumbles_over(shipped: Content, language: str) -> None:
    """`python -m tests.speech.listing es` prints all of it, to be read through or heard."""
    said = listing(shipped, language)
    assert len(said) > 500
    for sentence in said:
        assert SAID.fullmatch(sentence), sentence
        assert not re.search(r"\b(?:\d{3}|\d{5,})\b", sentence), sentence
        assert sentence.endswith((".", "?", "!", ":")), sentence
