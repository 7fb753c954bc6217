"""The summary and the handout as plain text: whole documents, word for word."""

from pathlib import Path

import pytest

from fibrocheck.content.model import Approval, Content
from fibrocheck.pages.handout_text import render_text_handout
from fibrocheck.pages.summary_text import render_summary
from fibrocheck.questions import Answers
from fibrocheck.summary import summarise
from tests.expected_files import assert_as_in_file
from tests.pages.visits import ADDRESSED, ALL, CONTENT, FEW, NONE, page

EXPECTED = Path(__file__).with_name("expected")
APPROVED = ADDRESSED._replace(approval=Approval("Dr. Sample", "2026-11-30"))
VISITS: dict[str, tuple[Answers, Content, str]] = {
    "all-en": (ALL, APPROVED, "en"),
    "few-es": (FEW, CONTENT, "es"),
    "none-en": (NONE, CONTENT, "en"),
}


@pytest.mark.parametrize("name", VISITS)
def test_a_summary_reads_exactly_like_this(name: str) -> None:
    """On a wide terminal and, for the short visit, on a narrow one."""
    answers, content, language = VISITS[name]
    text = render_summary(summarise(content, answers), content, language, 40 if name == "few-es" else 72)
    assert_as_in_file(text, EXPECTED / f"summary-{name}.txt")


@pytest.mark.parametrize("name", VISITS)
def test_a_text_handout_reads_exactly_like_this(name: str) -> None:
    """With an address and a link, and without."""
    answers, content, language = VISITS[name]
    text = render_text_handout(page(answers, language, content, reference="A-17"))
    assert_as_in_file(text, EXPECTED / f"handout-{name}.txt")
