"""What stands between the answers and the choice of who gets the list is short, or the check warns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.content.check import check
from fibrocheck.content.end_length import (
    MAX_WORDS,
    MAX_WORDS_A_MARK,
    words_by_item,
    words_for_everyone,
)
from fibrocheck.content.loader import load
from fibrocheck.content.model import Content
from fibrocheck.content.problems import WARNING
from fibrocheck.pages.sections import advice_alone, learned_from_marks
from fibrocheck.pages.text_layout import Section, paginate
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import Answers
from fibrocheck.summary import summarise
from tests.fixture import questionnaire

from .examples import SMALLEST

pytestmark = pytest.mark.usefixtures("small_dictionary")

SHIPPED = load()
ANSWERS = {"symptom": ("most-days", "sometimes", "not-sure"), "factor": ("yes", "not-sure")}


def words_in(section: Section) -> int:
    """Return how many words a page shows, with its title."""
    (lines,) = paginate(section.groups, 10_000, 10_000)
    return len(section.title.split()) + sum(
        len("".join(each.text for each in line).split()) for line in lines
    )


def words_to_read(content: Content, answers: Answers, language: str) -> int:
    """Return the words of the pages from the answers to the choice of who gets the list."""
    voice = Voice(content, language)
    learned = learned_from_marks(summarise(content, answers), voice)
    return words_in(advice_alone(voice)) + words_in(learned)


def answers_of(content: Content) -> st.SearchStrategy[dict[str, str]]:
    """Return answers of which each leads to something to read."""
    return st.fixed_dictionaries(
        {},
        optional={
            item.id: st.sampled_from(ANSWERS["factor" if item in content.factors else "symptom"])
            for item in content.items
        },
    )


@given(answers=answers_of(SHIPPED), language=st.sampled_from([*SHIPPED.languages]))
def test_nobody_reads_more_than_is_promised(answers: dict[str, str], language: str) -> None:
    """Of the shipped words: for everyone, and for each mark."""
    if answers:
        found = words_to_read(SHIPPED, {**answers}, language)
        assert found <= MAX_WORDS + MAX_WORDS_A_MARK * len(answers)


@pytest.mark.parametrize("content", [SHIPPED, questionnaire()], ids=["shipped", "fixture"])
@pytest.mark.parametrize("language", SHIPPED.languages)
def test_the_check_counts_what_the_pages_show(content: Content, language: str) -> None:
    """With the longest answer to each question; the two titles of the second page may differ."""
    answers = {
        item.id: max(
            ANSWERS["factor" if item in content.factors else "symptom"],
            key=lambda code, item=item: words_to_read(content, {item.id: code}, language),  # type: ignore[misc]
        )
        for item in content.items
    }
    words = content.words
    titles = [len(text[language].split()) for text in (words.about_marked, words.about_not_sure)]
    counted = words_for_everyone(content, language) + sum(words_by_item(content, language).values())
    found = words_to_read(content, answers, language)
    assert counted - (max(titles) - min(titles)) <= found <= counted


def test_what_is_most_in_the_way_comes_first() -> None:
    """The others keep the questionnaire's order."""
    answers: Answers = {"fatigue": "most-days", "sleep": "sometimes", "headaches": "most-days"}
    voice = Voice(SHIPPED, "en")
    for first, order in (
        ("headaches", ["Headaches", "Fatigue and exhaustion", "Sleep disruption"]),
        ("not-sure", ["Fatigue and exhaustion", "Sleep disruption", "Headaches"]),
    ):
        section = learned_from_marks(summarise(SHIPPED, {**answers, "most-in-the-way": first}), voice)
        headings = [getattr(group[0], "text", "") for group in section.groups[1:]]
        assert headings == order


LONG = "Word. " * 150


@pytest.mark.parametrize(
    ("old", "text", "is_warned"),
    [
        ("Pain comes and goes.", "Word. " * 39, False),
        ("Pain comes and goes.", LONG, True),
        ("Bring this list.", LONG, True),
        ("Where it hurts.", LONG, False),
    ],
    ids=["short", "learn", "next step", "elsewhere"],
)
def test_a_long_way_to_the_list_is_a_warning(old: str, text: str, is_warned: bool) -> None:
    """In one line, with how much it is and what to shorten; at the longest text, or at the advice."""
    before = SMALLEST.decode()
    assert before.count(old) == 1
    lines = before.replace(old, text.strip()).encode()
    found = [each for each in check(lines) if "words to read" in each.what]
    assert [each.severity for each in found] == [WARNING] * is_warned
    for each in found:
        named = "Bring" if old.startswith("Bring") else old
        at = next(n for n, line in enumerate(before.splitlines(), start=1) if named in line)
        is_advice = before.splitlines()[each.line - 1].lstrip().startswith("advice:")
        assert is_advice if named == "Bring" else each.line == at
        assert each.remedy.startswith("Shorten next_step and other_conditions")
