"""What a clinic reads about a forbidden phrase, the clinic's own phrases, and how far an excuse reaches."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fibrocheck.content.parsing import parse
from fibrocheck.content.phrases import ENGLISH
from fibrocheck.content.problems import Problem
from fibrocheck.content.wording import AllWords
from tests.sampling import few

from .examples import completed


def problems(title: str, never_say: str = "") -> Sequence[Problem]:
    """Return what is wrong with a file whose third line holds the title, in English and Spanish."""
    lists = f"never_say: {{en: [{never_say}]}}\n\n" if never_say else "\n\n"
    return parse(completed(f'{lists}faq_title: {{es: P, en: "{title}"}}\n'.encode())).problems


def refused(title: str, never_say: str = "") -> list[str]:
    """Return the phrases found in a title."""
    return [problem.what.partition(" says ")[2].strip('"') for problem in problems(title, never_say)]


def test_a_phrase_is_reported_where_it_is_with_what_to_say_instead() -> None:
    (problem,) = problems("Your pain is caused by stress.")
    assert (problem.line, problem.column) == (3, 24)
    assert problem.what.startswith("faq_title")
    assert 'says "your pain is caused"' in problem.what
    assert problem.remedy in {remedy for remedy, _, _ in ENGLISH}
    assert problem.remedy.startswith('Say "may be linked for some people"')


def test_a_phrase_of_the_clinic_is_reported_with_the_list_that_forbids_it() -> None:
    (problem,) = problems("The fibro fog comes.", "fibro fog")
    assert (problem.line, problem.column) == (3, 24)
    assert 'says "fibro fog"' in problem.what
    assert problem.remedy == "Use other words: never_say in this file forbids these"


def test_a_message_holds_no_more_than_the_beginning_of_a_long_language_code() -> None:
    code = "en-" + "x" * 60
    file = f"languages: {{{code}: English}}\nfaq_title: {{{code}: Your score}}\n"
    (what,) = [each.what for each in parse(completed(file.encode())).problems if "score" in each.what]
    assert f"{code[:37]}..." in what
    assert code[:38] not in what


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("Fibro fog.", "The fibro fog comes."),
        ("Fog? Never!", "Fog never comes."),
        ("¿Fog?", "It is fog"),
        ("Fibro-Fog", "FIBRO, FOG."),
    ],
)
def test_the_signs_in_a_phrase_of_the_clinic_do_not_matter(phrase: str, text: str) -> None:
    assert len(refused(text, f'"{phrase}"')) == 1


def test_a_word_before_the_phrase_does_not_excuse_what_the_clinic_forbids() -> None:
    assert refused("This is not the fibro fog.", "fibro fog") == ["fibro fog"]


def test_every_excused_phrase_needs_its_own_excuse() -> None:
    """However many there are before it."""
    assert refused("This is not a score, and never a score.") == []
    assert refused("This is not a score and the answers you gave are yours and a score.") == ["score"]


@pytest.mark.parametrize("words", range(12))
def test_an_excuse_reaches_six_words_back(words: int) -> None:
    """Up to five words between the excuse and the phrase, wherever the phrase is in the sentence."""
    between = " ".join(["nice"] * words)
    expected = [] if words <= 5 else ["score"]
    assert refused(f"Not {between} score.") == expected
    assert refused(f"Not a score and not {between} score.") == expected


def test_an_excuse_after_the_phrase_excuses_nothing() -> None:
    assert refused("A score is not given.") == ["score"]


def test_an_excuse_is_found_between_long_words() -> None:
    """Six words of thirty letters, longer than any that patients read."""
    long = "w" * 30
    assert refused(f"Not a score, and not {long} {long} {long} {long} {long} score.") == []


@pytest.mark.parametrize("sign", ".!?:;…")
def test_each_of_these_signs_ends_a_sentence(sign: str) -> None:
    assert refused(f"Not now{sign} Your score") == ["score"]


@pytest.mark.parametrize("sign", [",", "(", ")", "“", "”", "«", "»", "—", "–", "-", "/", "*", "_", "¡", "|"])
def test_no_other_sign_ends_a_sentence_or_hides_a_phrase(sign: str) -> None:
    assert refused(f"Not now{sign} your score") == []
    assert refused(f"Your{sign}score{sign}") == ["score"]
    assert "in your head" in refused(f"It is in your{sign}head{sign}")


def test_a_phrase_is_reported_once_for_each_text() -> None:
    assert refused("A score, a score, and a score.") == ["score"]


def test_a_null_character_in_a_text_hides_no_phrase() -> None:
    """YAML has an escape for it. It is refused as a hidden character, beside the phrase."""
    whats = [problem.what for problem in problems("Your\\0score \\0 and more \\0")]
    assert len(whats) == 2
    assert any('says "score"' in what for what in whats)


@settings(max_examples=few(400))
@given(
    texts=st.lists(st.lists(st.sampled_from(["fog", "pain", "mist"]), max_size=5).map(" ".join), max_size=6),
    phrase=st.lists(st.sampled_from(["fog", "pain"]), min_size=1, max_size=3).map(tuple),
)
def test_a_phrase_is_found_in_each_text_that_has_it(texts: list[str], phrase: tuple[str, ...]) -> None:
    """Once in each, wherever it stands, and never across two texts."""
    having = [number for number, text in enumerate(texts) if f" {' '.join(phrase)} " in f" {text} "]
    assert list(AllWords.of(texts).texts_with(phrase, frozenset())) == having
