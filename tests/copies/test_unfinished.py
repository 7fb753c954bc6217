"""A call that is not finished: what was skipped and what nobody has asked yet are two things."""

import pytest

from fibrocheck.copies.formats import CHART, HANDOUT_TEXT, HTML, SUMMARY_TEXT, Format
from fibrocheck.copies.visit_copy import VisitCopy
from fibrocheck.pages.text_layout import unstyled
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import open_questions
from fibrocheck.reception.pages import answers_page
from fibrocheck.records.record import COMPLETED, DESK, IN_PROGRESS, Record
from tests.desk.lists import CONTENT, record

WORDS = CONTENT.words
FIRST, SECOND, *_ = CONTENT.items
FORMS = (SUMMARY_TEXT, HTML, HANDOUT_TEXT, CHART)


def call(status: str = IN_PROGRESS, skipped: tuple[str, ...] = (SECOND.id,)) -> Record:
    """Return a call in which one question was answered and one was skipped."""
    return record({FIRST.id: "no"}, device=DESK, status=status, skipped=skipped)


def words_of(form: Format, status: str, language: str) -> list[str]:
    """Return the words on a page, in their order: the head of a column may be broken into rows."""
    return str(form.render(VisitCopy(CONTENT, call(status), shown_in=language))).split()


@pytest.mark.parametrize("language", CONTENT.languages)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_page_tells_them_apart(form: Format, language: str) -> None:
    """Once it is finished, what has no answer was left out."""
    *_, last = WORDS.not_asked_yet[language].split()
    shown = {status: " ".join(words_of(form, status, language)) for status in (IN_PROGRESS, COMPLETED)}
    if form is HANDOUT_TEXT:
        assert shown[IN_PROGRESS].split().count(last) > shown[COMPLETED].split().count(last)
    else:
        assert WORDS.not_asked_yet[language] in shown[IN_PROGRESS]
        assert WORDS.not_asked_yet[language] not in shown[COMPLETED]


def test_each_question_is_in_its_own_column() -> None:
    """On the clinician's page, and under its own label in a note for the chart."""
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
    (skipped,) = (line for line in text.splitlines() if line.startswith(WORDS.told_skipped["en"]))
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
