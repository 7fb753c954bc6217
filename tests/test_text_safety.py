"""Which text is safe to show: no hidden characters, no escapes, nothing too long, no disguised links."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck import text_safety
from fibrocheck.text_safety import (
    first_hidden,
    hidden_in,
    hidden_name,
    is_hidden,
    is_https,
    printable,
    quoted,
)


@given(st.text(st.characters()), st.integers(10, 300))
def test_printable_text_can_be_shown_and_is_short_enough(words: str, max_length: int) -> None:
    shown = printable(words, max_length)
    assert shown.isprintable()
    assert len(shown) <= max_length


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=200))
def test_printable_leaves_short_printable_text_as_it_is(words: str) -> None:
    assert printable(words) == words


def test_a_long_text_ends_in_three_dots() -> None:
    assert printable("a" * 201) == "a" * 197 + "..."
    assert quoted("a" * 41) == f'"{"a" * 37}..."'


@given(st.text(st.characters(codec="utf-8")), st.text(st.sampled_from("aé·́‑\u200dаΑﬁ’¿ªß")))
def test_letters_to_compare_are_those_of_each_word_by_itself(words: str, likely: str) -> None:
    """Sign by sign over the whole text gives what letter by letter gives."""
    text = f"{words}{likely}"
    assert text_safety.plain_letters(text) == letter_by_letter(text)


def letter_by_letter(words: str) -> str:
    for apostrophe in text_safety._APOSTROPHES:
        words = words.replace(apostrophe, "'")
    words = unicodedata.normalize("NFKD", words).casefold()
    kept = "".join(each for each in words if unicodedata.category(each) not in {"Mn", "Cf"})
    for hyphen in text_safety.HYPHENS[1:]:
        kept = kept.replace(hyphen, "-")
    return "".join(text_safety._LOOKALIKES.get(each, each) for each in kept)


def test_a_character_that_cannot_be_shown_is_named_by_its_number() -> None:
    assert printable("a\x1b[31m\u202eb") == "a<U+001B>[31m<U+202E>b"


@pytest.mark.parametrize(
    "character", "\x00\x1b\x7f\x9b\u061c\u200b\u202e\u2028\u2066\ufeff\ufff9\ud800\U000e0041\uffff"
)
def test_characters_that_can_change_what_is_shown_are_hidden(character: str) -> None:
    assert is_hidden(character)
    assert first_hidden(f"a{character}b") == character
    assert hidden_in(f"a{character}b") == {character}


@pytest.mark.parametrize("character", "aé漢¿ \u00a0\u00ad\u0301\u200c\u200d\u3000\U0001f600")
def test_characters_that_languages_are_written_with_are_not_hidden(character: str) -> None:
    assert not is_hidden(character)
    assert first_hidden(f"a{character}b") is None
    assert hidden_in(f"a{character}b") == set()


def test_all_control_format_and_surrogate_characters_are_hidden_but_for_joiners_and_marks() -> None:
    """Format characters that are not hidden: joiners, the soft hyphen, and signs of some scripts."""
    control = ("Cc", "Cs", "Cf", "Zl", "Zp")
    every = (chr(code) for code in range(sys.maxunicode + 1))
    left = {each for each in every if unicodedata.category(each) in control and not is_hidden(each)}
    assert {"\u00ad", "\u200c", "\u200d"} <= left
    assert {unicodedata.category(each) for each in left} == {"Cf"}


def test_a_hidden_character_has_a_number_and_a_name() -> None:
    assert hidden_name("\u202e") == "U+202E RIGHT-TO-LEFT OVERRIDE"
    assert hidden_name("\x1b") == "U+001B control character"


@pytest.mark.parametrize(
    "link",
    [
        "https://clinic.example",
        "https://clinic.example/",
        "https://clinic.example:8443/book?from=a#b",
        "https://clinic.example?x=a@b",
        "https://123.example/~me",
    ],
)
def test_a_plain_https_link_is_accepted(link: str) -> None:
    assert is_https(link)


@pytest.mark.parametrize(
    "link",
    [
        "",
        "https://",
        "http://clinic.example",
        "HTTPS://clinic.example",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://good.example@bad.example/",
        "https://clinic.example:port/",
        "https://clinic.example:",
        "https://.clinic.example",
        "https://clinic.example.",
        "https://clinic example",
        "https://clinic.example/a b",
        "https://clínica.example",
        "https://clinic.example/\u202e",
        "https://[::1]/",
        "https:///path",
        " https://clinic.example",
    ],
)
def test_any_other_link_is_refused(link: str) -> None:
    assert not is_https(link)
