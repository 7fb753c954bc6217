"""A call that is not finished: what was skipped and what nobody has asked yet are two things."""

import pytest

from fibrocheck.copies.formats import CHART, HANDOUT_TEXT, HTML, SUMMARY_TEXT, Format
from fibrocheck.copies.visit_copy import VisitCopy
from fibrocheck.pages.clinician_page import NO_MARK, clinician_page
from fibrocheck.pages.paper import Visit
from fibrocheck.pages.text_layout import unstyled
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import open_questions
from fibrocheck.reception.pages import answers_page
from fibrocheck.records.record import COMPLETED, DESK, IN_PROGRESS, Record, not_asked_yet
from tests.desk.lists import CONTENT, TODAY, record

WORDS = CONTENT.words
FIRST, SECOND, *_ = CONTENT.items
FORMS = (SUMMARY_TEXT, HTML, HANDOUT_TEXT, CHART)


def call(status: str = IN_PROGRESS, skipped: tuple[str, ...] = (SECOND.id,)) -> Record:
    """Return a call in which one question was answered and one was skipped."""
    return record({FIRST.id: "no"}, device=DESK, status=status, skipped=skipped)


@pytest.mark.parametrize("language", CONTENT.languages)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_page_tells_them_apart(form: Format, language: str) -> None:
    """Once it is finished, what has no answer was left out."""
    said = WORDS.no_mark if form in {HTML, HANDOUT_TEXT} else WORDS.not_asked_yet
    shown = {
        status: " ".join(str(form.render(VisitCopy(CONTENT, call(status), shown_in=language))).split())
        for status in (IN_PROGRESS, COMPLETED)
    }
    assert {status: said[language] in text for status, text in shown.items()} == {
        IN_PROGRESS: True,
        COMPLETED: False,
    }


def test_what_was_not_asked_yet_has_no_mark_on_paper() -> None:
    """The mark of one that was skipped is in the last column, that of an answer in its own."""
    visit = Visit({FIRST.id: "no"}, "en", TODAY, is_finished=False, not_asked=not_asked_yet(call(), CONTENT))
    symptoms, factors = clinician_page(visit, Voice(CONTENT, "en")).tables
    assert [row.column for row in symptoms.rows[:3]] == [2, len(symptoms.columns) - 1, NO_MARK]
    assert {row.column for row in factors.rows} == {NO_MARK}


def test_a_note_for_the_chart_has_them_under_two_labels() -> None:
    """A symptom by its term, a factor by what was asked."""
    note = str(CHART.render(VisitCopy(CONTENT, call())))
    for words, item in ((WORDS.not_answered, SECOND), (WORDS.not_asked_yet, CONTENT.items[2])):
        assert f"{words['en']}: {item.term['en']}" in note
    last = CONTENT.factors[-1]
    assert last.chart is not None
    not_asked = note.rpartition(WORDS.not_asked_yet["en"])[2]
    assert last.chart["en"] in not_asked


def test_the_desk_shows_them_apart_too() -> None:
    """A symptom under its title, a factor beside its question."""
    page = answers_page(call(), Voice(CONTENT, "en"), "")
    text = unstyled(line for group in page.groups for block in group for line in block.lines(200))
    (skipped,) = (line for line in text.splitlines() if line.startswith(WORDS.not_answered["en"]))
    assert SECOND.term["en"] in skipped
    assert FIRST.term["en"] not in skipped
    (factor,) = (line for line in text.splitlines() if CONTENT.factors[0].ask["en"] in line)
    assert factor.endswith(WORDS.not_asked_yet["en"])


def test_what_is_open_was_neither_answered_nor_skipped() -> None:
    """A follow-up is open once it has a reason."""
    marked = {FIRST.id: "most-days"}
    found = open_questions(CONTENT, marked, {SECOND.id})
    assert not [each for each in found if each in (FIRST, SECOND)]
    assert [each for each in found if each in CONTENT.follow_ups]
    assert not [each for each in open_questions(CONTENT, {}, ()) if each in CONTENT.follow_ups]
