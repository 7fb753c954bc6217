"""The note for a chart: few lines, the patient's own report, each factor by what was asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.pages.chart import MAX_LINES, render_chart
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import Answers
from fibrocheck.text_safety import is_hidden
from tests.pages.test_handout import every_answer
from tests.pages.visits import ALL, CONTENT, FEW, NONE, visit

LANGUAGES = st.sampled_from(sorted(CONTENT.languages))


@given(answers=every_answer(), language=LANGUAGES, read=LANGUAGES)
def test_a_note_has_at_most_ten_lines_and_every_question(answers: Answers, language: str, read: str) -> None:
    """Each item once, by its chart text if it is a factor; no totals and no hidden characters."""
    details = {"reference": "A-17", "number": "273", "source": "Patient", "device": "kiosk"}
    note = render_chart(visit(answers, read, **details), Voice(CONTENT, language))
    assert len(note.splitlines()) <= MAX_LINES
    for item in CONTENT.items:
        name = (item.chart or item.term)[language]
        assert name in note
    for word in ("own_answers", "never_asked", "awaiting_review"):
        assert CONTENT.words._asdict()[word][language] in note
    assert {c for c in note if is_hidden(c)} == {"\n"}


@pytest.mark.parametrize("answers", [NONE, FEW, ALL])
def test_a_factor_is_named_by_what_was_asked_and_never_by_its_term_alone(answers: Answers) -> None:
    """The term alone would read as a finding."""
    note = render_chart(visit(answers), Voice(CONTENT, "en"))
    assert not any(item.term["en"] in note for item in CONTENT.factors)


def test_an_unfinished_list_says_so_first() -> None:
    """Before all else."""
    note = render_chart(visit(FEW, is_finished=False), Voice(CONTENT, "en"))
    assert note.startswith(CONTENT.words.not_finished["en"])


def test_answers_to_another_version_are_said_to_be() -> None:
    """In the last line, with the wording."""
    note = render_chart(visit(FEW, is_other_version=True), Voice(CONTENT, "en"))
    assert CONTENT.words.other_version["en"] in note.splitlines()[-1]
