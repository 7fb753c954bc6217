"""The PDF, read back by a kept tool: tags, language, fonts, pages, and every word of the handout."""

import io
from typing import Any

import pikepdf
import pytest

from fibrocheck.content.model import FACTOR, Content
from fibrocheck.pages.handout import handout
from fibrocheck.pages.pdf import render_pdf
from fibrocheck.questions import Answers
from tests.pages.visits import ALL, FEW, LINK, NONE, hostile_clinic, visit

MARKED = (0, 2, 4, None)


def answers_with(content: Content, count: int | None) -> Answers:
    """Return answers in which this many items are marked, the longest ones; all of them for `None`."""
    longest = sorted(content.items, key=lambda item: -len(item.tell_your_clinician["es"]))[:count]
    marked = {item.id: "yes" if item.part == FACTOR else "most-days" for item in longest}
    return {**{item.id: "no" for item in content.items}, **marked}


def opened(document: bytes) -> Any:
    """Return the PDF as objects."""
    return pikepdf.open(io.BytesIO(document))


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("count", MARKED)
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_shipped_handout_is_one_sheet_and_two_in_large_print(
    shipped: Content, language: str, count: int | None, *, large: bool
) -> None:
    """Whatever is marked. A patient who read Spanish has one more page, for the clinic."""
    clinic = shipped.clinic._replace(
        phone="(555) 555-0100", address="1200 Example Avenue, Suite 300, Springfield, NY", booking_url=LINK
    )
    content = shipped._replace(clinic=clinic)
    made = handout(content, visit(answers_with(content, count), language, number="273"), large_print=large)
    with opened(render_pdf(made)) as document:
        assert len(document.pages) == (4 if large else 2) + (language == "es")


@pytest.mark.parametrize("answers", [NONE, FEW, ALL])
def test_a_pdf_is_tagged_with_its_language_its_title_and_embedded_fonts(
    answers: Answers, content: Content
) -> None:
    """As PDF/UA-1 wants it, on a page that fits on A4 and on Letter."""
    with opened(render_pdf(handout(content, visit(answers, "es")))) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang) == "es"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert content.words.list_title["es"] in str(document.docinfo["/Title"])
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        tags = {str(each.get("/S")) for each in document.objects if _is_element(each)}
        assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/Figure", "/P"} <= tags
        pictures = [each for each in document.objects if _is_element(each) and each.get("/S") == "/Figure"]
        assert all(str(each.get("/Alt", "")) for each in pictures)
        fonts = [each for each in document.objects if _is_a(each, "/FontDescriptor")]
        assert fonts
        assert all({"/FontFile2", "/FontFile3", "/FontFile"} & set(each.keys()) for each in fonts)
        width, height = (float(each) for each in document.pages[0].MediaBox[2:])
        assert width <= 596
        assert height <= 792


@pytest.mark.parametrize(
    "words", ["#panic()", "*bold* _x_ $x$ @x <x>", '"\\n#{', "#import sys", "a" * 3000, "ñ¿中文אב"]
)
def test_no_words_are_read_as_markup(words: str) -> None:
    """They cannot change the document, load a file or end the run."""
    made = handout(hostile_clinic(words), visit(FEW, "en", reference=words))
    assert render_pdf(made).startswith(b"%PDF-")


def _is_a(value: Any, kind: str) -> bool:
    return isinstance(value, pikepdf.Dictionary) and value.get("/Type") == kind


def _is_element(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary) and "/S" in value and "/P" in value
