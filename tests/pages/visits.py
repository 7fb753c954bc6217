"""Visits shared by the tests of the handout: some answers, all, none; a clinic with an address."""

from datetime import date
from typing import Any

from fibrocheck.content.model import FACTOR, Content
from fibrocheck.pages.handout import Handout, handout
from fibrocheck.pages.paper import Visit
from fibrocheck.questions import Answers
from tests.fixture import questionnaire

CONTENT = questionnaire()
LINK = "https://book.example.org/spine-group/new-patient"
ADDRESSED = CONTENT._replace(
    clinic=CONTENT.clinic._replace(
        phone="(555) 555-0100",
        address="1200 Example Avenue, Suite 300, Springfield, NY 10000",
        booking_url=LINK,
    ),
)
DAY = date(2026, 11, 30)

NONE: Answers = {}
FEW: Answers = {
    "fatigue": "most-days",
    "sleep": "sometimes",
    "headaches": "not-sure",
    "muscle-pain": "no",
    "viral-illness": "no",
    "duration": "over-2-years",
    "most-in-the-way": "sleep",
}
ALL: Answers = {
    **{item.id: "yes" if item.part == FACTOR else "most-days" for item in CONTENT.items},
    "duration": "6-to-24-months",
    "pain-areas": tuple(area.id for area in CONTENT.question("pain-areas").choices),
    "most-in-the-way": "brain-fog",
}


def visit(answers: Answers, language: str = "en", **details: Any) -> Visit:
    """Return one visit on a fixed day."""
    return Visit(answers, language, DAY, **details)


def page(
    answers: Answers,
    language: str = "en",
    content: Content = ADDRESSED,
    *,
    large_print: bool = False,
    **details: Any,
) -> Handout:
    """Return the handout of one visit."""
    return handout(content, visit(answers, language, **details), large_print=large_print)


def saying(words: str, value: Any) -> Any:
    """Return the content with every text replaced by these words, in every language."""
    if isinstance(value, dict) and set(value) == {"en", "es"}:
        return dict.fromkeys(value, words)
    if isinstance(value, dict):
        return {key: saying(words, each) for key, each in value.items()}
    if isinstance(value, tuple):
        return getattr(value, "_make", tuple)(saying(words, each) for each in value)
    return value


def hostile_clinic(words: str) -> Content:
    """Return a content in which every text and every detail of the clinic is these words."""
    content: Content = saying(words, {"content": CONTENT})["content"]
    clinic = content.clinic._replace(name=words, phone=words, address=words, booking_url=LINK)
    return content._replace(
        clinic=clinic,
        languages=CONTENT.languages,
        approval=content.approval._replace(approved_by=words, approved_on="2026-11-30"),
    )
