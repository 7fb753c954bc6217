"""The questionnaire that comes with the program.

These tests hold whatever a clinic changes: it can fill in its phone, link and approval, and add or
reword questions and languages, without changing a test.
"""

from pathlib import Path

import pytest

from fibrocheck.asking.screen.layout import LayoutBuilder
from fibrocheck.asking.screen.page_layout import Glyphs, Size
from fibrocheck.content.check import check
from fibrocheck.content.model import Content
from fibrocheck.content.parsing import parse
from fibrocheck.content.source_file import shipped_path
from fibrocheck.pages.sections import getting_help
from fibrocheck.pages.voice import Voice
from fibrocheck.records.code_system import code_system
from fibrocheck.visit.pages import text_page, welcome_page

AGREED = [
    *("muscle-pain", "widespread-pain", "tenderness", "fatigue", "sleep", "morning-stiffness"),
    *("headaches", "brain-fog"),
    *("duration", "pain-areas", "most-in-the-way"),
    *("viral-illness", "immune-changes", "stress-trauma", "nervous-system", "hormonal"),
    *("ptsd-emotional", "autoimmune"),
]
"""The ids in saved records, in their order. More can be added; none of these is ever changed or removed."""

ALLOWED = ("has not been approved", "still an example", "reading grades were not measured", "reads harder")
"""Allowed warnings: what only the clinic can fill in, what it may word itself, and an optional package."""


def test_it_has_all_agreed_ids_in_their_order(shipped: Content) -> None:
    assert [question.id for question in shipped.questions if question.id in AGREED] == AGREED


def test_the_check_gives_only_allowed_warnings() -> None:
    for problem in check(Path(shipped_path()).read_bytes()):
        assert any(words in problem.what for words in ALLOWED), problem


def test_it_has_no_errors_and_no_text_that_sounds_like_a_diagnosis() -> None:
    """Such wording is an error; that it is found, `test_wording` shows."""
    assert parse(Path(shipped_path()).read_bytes()).problems == ()


AGREED_AREAS = [
    *("head", "jaw", "neck", "shoulders", "upper-back", "lower-back", "chest", "belly"),
    *("arms", "hands", "hips", "legs", "feet", "all-over"),
]
"""The codes of the places that hurt, as above."""


def test_it_has_all_agreed_places_in_the_record_and_its_code_system(shipped: Content) -> None:
    codes = [choice.id for choice in shipped.question("pain-areas").choices]
    assert [code for code in codes if code in AGREED_AREAS] == AGREED_AREAS
    known = {concept["code"] for concept in code_system(shipped)["concept"]}
    assert {*AGREED_AREAS} <= known


def test_the_questions_that_are_most_private_are_marked(shipped: Content) -> None:
    assert {"stress-trauma", "ptsd-emotional"} <= {item.id for item in shipped.items if item.sensitive}


def test_each_factor_has_words_for_a_clinician(shipped: Content) -> None:
    """And each of them differs from the question, which is for the patient."""
    for factor in shipped.factors:
        assert factor.chart is not None
        assert not {*factor.chart.values()} & {*factor.ask.values()}, factor.id


@pytest.mark.parametrize("can_go_back", [False, True])
def test_the_welcome_page_is_one_screen_with_start(shipped: Content, *, can_go_back: bool) -> None:
    """At 80 x 24, in every language."""
    for language in shipped.languages:
        page = welcome_page(Voice(shipped, language), can_go_back=can_go_back)
        layout = LayoutBuilder(shipped, language, Size(80, 24), Glyphs())
        (screenful,) = layout.screenfuls(page)
        assert screenful
        shown = layout.reading(page, 0)
        assert not shown.scrolls
        assert shipped.words.start[language] in str(shown.options)


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_most_urgent_is_on_the_first_screen_of_the_help_page(shipped: Content, language: str) -> None:
    """A list of warning signs is read at once, or not at all; what can wait for a day has a screen more."""
    section = getting_help(Voice(shipped, language))
    page = text_page(section.id, Voice(shipped, language), section.title, section.groups)
    first, *others = LayoutBuilder(shipped, language, Size(80, 24), Glyphs()).screenfuls(page)
    shown = " ".join("".join(span.text for span in line).strip() for line in first)
    urgent = (*shipped.safety.emergency, *shipped.get_help.emergency, shipped.safety.crisis)
    assert not [each[language] for each in (*urgent, shipped.safety.no_triage) if each[language] not in shown]
    assert len(others) <= 1


OUR_OWN_ENGLISH = (
    " and others",
    "abstract",
    "on the site",
    "Review of",
    "archived",
    "study",
    ", for ",
    ", on ",
    "reply",
    "symptoms",
    "causes",
    "criteria",
)
"""Words in the titles of sources that are ours: no work has them in its title."""


def test_the_spanish_lines_of_sources_have_no_english_of_ours(shipped: Content) -> None:
    """The titles of works stay as they are."""
    voice = Voice(shipped, "es")
    titles = [voice.title_of(source) for source in shipped.sources]
    assert [title for title in titles if any(words in title for words in OUR_OWN_ENGLISH)] == []
    in_spanish = [each for each in shipped.sources.values() if each.title_in]
    assert all(each.title_in.keys() == {"es"} and each.title_in["es"] != each.title for each in in_spanish)
    assert Voice(shipped, "en").title_of("W16") == "Wolfe and others, 2016 criteria, abstract"


def test_every_source_is_named_somewhere(shipped: Content) -> None:
    """And every https address in the list is the page itself, without a tracker or a test host."""
    pages = (shipped.safety, shipped.get_help, shipped.about, shipped.care)
    named = [each.sources for each in shipped.items] + [each.sources for each in shipped.faq]
    named += [each.sources for each in pages]
    assert {id_ for ids in named for id_ in ids} == shipped.sources.keys()
    addresses = [source.url for source in shipped.sources.values()]
    assert not [url for url in addresses if "gad=" in url or "//uat." in url or "dopt=" in url]
