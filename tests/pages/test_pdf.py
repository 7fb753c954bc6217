"""The PDF, read back by kept tools: tags, language, fonts, pages, and every word of the handout."""

import io
import random
from typing import Any

import pikepdf
import pytest

from fibrocheck.content.model import FACTOR, Content
from fibrocheck.pages.handout import Handout, handout
from fibrocheck.pages.pdf import render_pdf
from fibrocheck.questions import Answers
from tests.pages.printed import Printed, places_of_rows, read, squeezed
from tests.pages.visits import ALL, CONTENT, FEW, LINK, NONE, hostile_clinic, visit

CODE = "3Y4JB-VH9Y2-T4JQH-7BPQ4"

MARKED = (0, 2, 4, None)
EVERY_SIZE = pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
EVERY_COUNT = pytest.mark.parametrize("count", MARKED)
EVERY_LANGUAGE = pytest.mark.parametrize("language", ["en", "es"])
LEAST_MARGIN = 18.0
"""In points, 6.3 millimetres: what printers leave empty at the edges."""


def answers_with(content: Content, count: int | None) -> Answers:
    """Return answers in which this many items are marked, the longest ones; all of them for `None`.

    With the longest follow-up answers that they lead to.
    """
    longest = sorted(content.items, key=lambda item: -len(item.tell_your_clinician["es"]))[:count]
    marked = {item.id: "yes" if item.part == FACTOR else "most-days" for item in longest}
    return {**{item.id: "no" for item in content.items}, **marked, **(FOLLOWED if count != 0 else {})}


FOLLOWED: Answers = {
    "duration": "6-to-24-months",
    "pain-areas": tuple(area.id for area in CONTENT.question("pain-areas").choices),
    "most-in-the-way": "fatigue",
}


def addressed(content: Content) -> Content:
    """Return the content with a clinic of which everything is known."""
    clinic = content.clinic._replace(
        phone="(555) 555-0100", address="1200 Example Avenue, Suite 300, Springfield, NY", booking_url=LINK
    )
    return content._replace(clinic=clinic)


_PRINTED: dict[object, tuple[Handout, Printed]] = {}
"""What was printed for one test, for others that look at the same pages."""


def printed(content: Content, answers: Answers, language: str, *, large: bool) -> tuple[Handout, Printed]:
    """Return a handout with all that may stand on one, and what its PDF shows; each is printed once."""
    key = (id(content), repr(answers), language, large)  # the questionnaires stay for the whole run
    if key not in _PRINTED:
        _PRINTED[key] = _printed(content, answers, language, large=large)
    return _PRINTED[key]


def _printed(content: Content, answers: Answers, language: str, *, large: bool) -> tuple[Handout, Printed]:
    details = {"number": "273", "reference": "A-10427", "code": CODE, "source": "Patient", "device": "kiosk"}
    answered = visit(answers, language, **details)
    made = handout(addressed(content), answered, large_print=large, with_ways=True)
    return made, read(render_pdf(made))


@EVERY_SIZE
@EVERY_COUNT
@EVERY_LANGUAGE
def test_a_handout_is_one_sheet_and_two_in_large_print(
    content: Content, language: str, count: int | None, *, large: bool
) -> None:
    """Whatever is marked. A patient who read Spanish has one more page, for the clinic."""
    _, shown = printed(content, answers_with(content, count), language, large=large)
    assert shown.pages == (4 if large else 2) + (language == "es")


@pytest.mark.soak
@EVERY_SIZE
@EVERY_LANGUAGE
def test_any_combination_of_marks_is_one_sheet_and_two_in_large_print(
    content: Content, language: str, *, large: bool
) -> None:
    """Chosen by chance, of each number of marks."""
    chance = random.Random(language)
    for count in range(len(content.items) + 1):
        for _ in range(3):
            marked = chance.sample([item.id for item in content.items], count)
            answers = {**dict.fromkeys(marked, "not-sure"), **(FOLLOWED if count else {})}
            _, shown = printed(content, answers, language, large=large)
            assert shown.pages == (4 if large else 2) + (language == "es"), marked


@EVERY_SIZE
@EVERY_COUNT
@EVERY_LANGUAGE
def test_nothing_is_cut_from_the_shipped_pages(
    shipped: Content, language: str, count: int | None, *, large: bool
) -> None:
    """Every text of page 1, the next step and help are there, each letter inside the margins.

    In normal print, so is all that is worth telling, whatever is marked.
    """
    made, shown = printed(shipped, answers_with(shipped, count), language, large=large)
    clinicians = [made.clinician, *filter(None, [made.in_clinic_language])]
    said = [text for page in clinicians for text in texts(page._replace(figure=None, language=""))]
    patient = made.ways[0][1]
    said += texts(patient._replace(language="", telling=(), sources=None, tips_label="", telling_title=""))
    if not large:
        said += [text for each in patient.telling for text in (each.term, each.tell)]
    assert [text for text in said if not shown.says(text)] == []
    assert min(each.left for each in shown.letters) >= LEAST_MARGIN
    assert max(each.right for each in shown.letters) <= shown.width - LEAST_MARGIN
    assert max(each.top for each in shown.letters) <= shown.height - LEAST_MARGIN
    assert min(each.bottom for each in shown.letters) >= 10  # the page's number


@EVERY_COUNT
@EVERY_LANGUAGE
def test_large_print_is_eighteen_points_and_sixteen_in_tables(
    content: Content, language: str, count: int | None
) -> None:
    """No text for a patient is smaller, but for the cells of tables and what stands beside the figure."""
    made, shown = printed(content, answers_with(content, count), language, large=True)
    assert min(each.size for each in shown.on(3, 4).letters) >= 18
    first = shown.on(1, 2)
    assert {each.size for each in first.letters if each.size < 18} == {16}
    page = made.clinician
    outside = [page.clinic, page.title, page.own_answers, *page.blanks, *page.questions, page.never_asked]
    outside += [page.medicines, page.want_to_ask, *page.at_the_visit, page.foot]
    outside += [text for table in page.tables for text in (table.title, table.aside)]
    assert {text: min(first.sizes_of(text), default=0) for text in outside} == {
        text: max(18, min(first.sizes_of(text), default=0)) for text in outside
    }


@EVERY_LANGUAGE
def test_normal_print_is_nine_points_or_more_but_for_small_print(content: Content, language: str) -> None:
    """The smallest that the European Commission's guideline on package leaflets allows."""
    made, shown = printed(content, answers_with(content, None), language, large=False)
    second = shown.on(2)
    patient = made.ways[0][1]
    said = [patient.advice, *patient.help_texts, *(each.tell for each in patient.telling)]
    assert min(size for text in said for size in second.sizes_of(text)) >= 9


@EVERY_LANGUAGE
def test_large_print_has_no_bare_names_but_says_where_the_rest_is(shipped: Content, language: str) -> None:
    """As many items as two sides hold, with at least the first sentence of each: one more has no room."""
    made, shown = printed(shipped, answers_with(shipped, None), language, large=True)
    second = shown.on(3, 4)
    ways = [page._replace(language="", tips_label="") for _, page in made.ways]
    fitting = [page for page in ways if all(map(second.says, texts(page)))]
    telling, rest = fitting[0].telling, fitting[0].telling_rest
    assert telling
    assert all(entry.tell for entry in telling)
    if len(telling) < len(shipped.items):  # as the fonts here are; narrow ones have room for all
        assert rest == shipped.words.rest_in_normal_print[language]
        assert telling[0].term == shipped.question("fatigue").term[language]
    else:
        assert not rest


@EVERY_SIZE
@EVERY_LANGUAGE
def test_each_side_after_the_first_has_the_reference_and_the_date_beside_its_number(
    shipped: Content, language: str, *, large: bool
) -> None:
    """A loose side can be put back; the copy for the clinic has the date in the clinic's language."""
    made, shown = printed(shipped, answers_with(shipped, None), language, large=large)
    for side in range(2, shown.pages + 1):
        is_copy = language == "es" and side == shown.pages
        page = made.in_clinic_language if is_copy else made.clinician
        assert page
        assert shown.on(side).says(f"A-10427 · {page.date} · {side} / {shown.pages}")
    assert not shown.on(1).says(f"A-10427 · {made.clinician.date}")
    assert shown.on(1).says(f"1 / {shown.pages}")


def test_a_side_of_a_visit_without_numbers_has_the_date(shipped: Content) -> None:
    """Nothing else is known; a reference of hundreds of letters is not beside the number either."""
    for reference in ("", "A" * 300):
        shown = read(render_pdf(handout(shipped, visit(FEW, "en", reference=reference))))
        assert shown.text.endswith(squeezed(f"November 30, 2026 · {shown.pages} / {shown.pages}"))


@EVERY_LANGUAGE
def test_a_row_stands_in_the_same_place_whatever_was_answered(shipped: Content, language: str) -> None:
    """In normal print, on every page for a clinician: bold letters are wider, but no row is higher."""
    two = answers_with(shipped, 2)
    fewer = {"fatigue": "most-days", "sleep": "most-days", "brain-fog": "no"}
    visits: list[Answers] = [{}, answers_with(shipped, 0), two, fewer, answers_with(shipped, None)]
    nothing, *others = [places_of_rows(*printed(shipped, each, language, large=False)) for each in visits]
    assert len(nothing) == len(shipped.items) * (1 + (language == "es"))
    for other in others:
        assert [side for side, _ in other] == [side for side, _ in nothing]
        # In whole points the same place may be rounded up or down; another line is 12 points away.
        assert all(abs(y - z) <= 1 for (_, y), (_, z) in zip(other, nothing, strict=True))


def test_a_question_stands_on_the_same_side_as_its_factor(shipped: Content) -> None:
    """Its answer means nothing without it."""
    made, shown = printed(shipped, answers_with(shipped, None), "es", large=True)
    for row in made.clinician.tables[1].rows:
        assert sum(shown.on(side).says(row.label + row.question) for side in (1, 2)) == 1 or any(
            shown.on(side).says(row.label) and shown.on(side).says(row.question) for side in (1, 2)
        )


def texts(value: Any) -> list[str]:
    """Return every text in a value of named tuples that is not empty."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    return [text for each in value for text in texts(each)] if isinstance(value, tuple) else []


def opened(document: bytes) -> Any:
    """Return the PDF as objects."""
    return pikepdf.open(io.BytesIO(document))


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
