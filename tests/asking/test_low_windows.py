"""Lines in a window too small for the full screen: the question and its choices are what is in sight."""

import io

import pytest

from fibrocheck.asking.contract import Chosen, GoBack, Option, Page
from fibrocheck.asking.plain import PlainAsker
from fibrocheck.pages.text_layout import Paragraph
from fibrocheck.pages.voice import Voice
from fibrocheck.visit.pages import answer_options, question_page
from tests.asking.test_pages import CONTENT

SIZES = ((33, 10), (60, 10), (33, 12), (30, 9), (80, 10), (20, 24))


def asker(language: str, size: tuple[int, int], typed: str) -> tuple[PlainAsker, io.StringIO]:
    """Return what asks in a window of this size, and what it writes."""
    out = io.StringIO()
    asked = PlainAsker(CONTENT, language, io.StringIO(typed), out, width=size[0])
    asked.rows = size[1]
    return asked, out


def in_sight(written: str, rows: int) -> str:
    """Return the last rows, with the one in which a line is typed."""
    return " ".join(" ".join(written.split("\n")[-rows:]).split())


def wanted(page: Page, options: list[Option], size: tuple[int, int], language: str) -> list[str]:
    """Return the texts of a question that have room in a window of this size, the last choice first."""
    labels = [f"{number}. {each.label}" for number, each in enumerate(options, start=1)]
    room, found = size[1] - 1, []
    for text in (*reversed(labels), page.ask):
        hang = 5 * (text != page.ask)
        asked, out = asker(language, (size[0] - hang, 0), "")
        asked._write_text(text)
        room -= out.getvalue().count("\n")
        if room < 0:
            break
        found.append(text)
    return found


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_a_question_and_its_choices_are_in_sight(language: str, size: tuple[int, int]) -> None:
    """The first time, when all keys are explained, later, and after a line that is no answer."""
    voice = Voice(CONTENT, language)
    for question in CONTENT.questions:
        page = question_page(voice, question, CONTENT.questions)
        options = answer_options(voice, question, [each.id for each in question.choices])
        asked, out = asker(language, size, "b\nb\nx\nb\n")
        for _ in range(3):
            assert isinstance(asked.choose(page, options), GoBack)
        for written in out.getvalue().split("> ")[:4]:
            for text in wanted(page, options, size, language):
                assert text in in_sight(f"{written}> ", size[1]), (question.id, written)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_nothing_that_can_be_typed_is_left_out(language: str, size: tuple[int, int]) -> None:
    """It is above the question, and written as often as in a high window."""
    voice, question = Voice(CONTENT, language), CONTENT.questions[0]
    page = question_page(voice, question, CONTENT.questions)
    options = answer_options(voice, question, [each.id for each in question.choices])
    written = []
    for rows in (0, size[1]):
        asked, out = asker(language, (size[0], rows), "b\n\nb\n")
        for _ in range(2):
            asked.choose(page, options)
        written.append(sorted(filter(None, out.getvalue().replace("> ", "\n").split("\n"))))
    assert written[0] == written[1]


def test_why_is_said_with_the_question_below_it() -> None:
    """Not the choices, which would push it out of sight."""
    question = CONTENT.questions[0]
    page = question_page(Voice(CONTENT, "en"), question, CONTENT.questions)
    options = answer_options(Voice(CONTENT, "en"), question, [each.id for each in question.choices])
    asked, out = asker("en", (33, 10), "?\nb\n")
    asked.choose(page, options)
    seen = in_sight(out.getvalue().split("> ")[1] + "> ", 10)
    assert page.why in seen
    assert page.ask in seen


def test_the_prompt_of_a_text_is_its_last_line() -> None:
    """A text has no choices that must be in sight."""
    page = Page("Part", groups=((Paragraph("Word. " * 100),),), go_on="Go on", id="text")
    asked, out = asker("en", (33, 10), "\n")
    assert asked.read(page) == Chosen(("go-on",))
    assert out.getvalue().endswith(f"{CONTENT.words.plain_go_on['en']}\n> ")
