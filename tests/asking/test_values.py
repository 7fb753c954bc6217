"""Where values stand: at the right edge beside every label of a list, or below every one."""

import pytest

from fibrocheck.asking.screen.page_layout import MIN_SIZE, Glyphs, PageLayout, Size
from fibrocheck.asking.switching import layout_for
from fibrocheck.pages.sections import what_you_told_us
from fibrocheck.pages.text_layout import Line, Row
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import Answers
from fibrocheck.summary import summarise
from tests.asking.test_pages import CONTENT, plain, sat

SIZES = (MIN_SIZE, Size(40, 12), Size(59, 16), Size(60, 11), Size(63, 20), Size(80, 24))
ANSWERS: Answers = {
    **dict.fromkeys((each.id for each in CONTENT.symptoms), "most-days"),
    "sleep": "sometimes",
    "duration": "6-to-24-months",
    "pain-areas": ("neck", "shoulders", "lower-back", "hands"),
    "most-in-the-way": "widespread-pain",
    **dict.fromkeys((each.id for each in CONTENT.factors), "yes"),
    "hormonal": "not-sure",
}


def place_of(value: str, lines: list[Line]) -> tuple[str, int]:
    """Return whether a value begins beside its label or below it, and its edge: the right or the left one."""
    rows = [plain(line).rstrip() for line in lines]
    for before, _, after in (row.rpartition("  ") for row in rows):
        if before.strip() and value.startswith(after.strip()):
            return "beside", max(map(len, rows))
    below = next(row for row in rows[1:] if row.strip() and value.startswith(row.strip()))
    return "below", len(below) - len(below.lstrip())


def check_page(language: str, size: Size) -> PageLayout:
    """Return the page on which the answers are checked."""
    sitter = sat(CONTENT, language)
    builder = layout_for(CONTENT, language, size, Glyphs(), listens=True)
    return builder.question(sitter.seen["check"], sitter.options["check"])


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_the_values_of_the_check_page_are_in_one_place(language: str, size: Size) -> None:
    """From 60 columns on at the right edge, so that a label has the rest; on a narrower page below."""
    values = {each.id: each.value for each in sat(CONTENT, language).options["check"]}
    layout = check_page(language, size)
    rows = [(values[each.id], [*each.lines]) for each in layout.listed if values[each.id]]
    kinds = {place_of(value, lines) for value, lines in rows}
    assert len(kinds) == 1
    assert kinds.pop()[0] == ("beside" if size.columns >= 60 else "below")
    for each in layout.listed:
        words = "".join("".join(map(plain, each.lines)).split())
        assert len(words) >= len("".join(values[each.id].split()))


@pytest.mark.parametrize("width", [32, 36, 38, 48, 54, 57, 60, 66, 72, 120])
@pytest.mark.parametrize("language", CONTENT.languages)
def test_the_values_of_each_list_of_answers_are_in_one_place(language: str, width: int) -> None:
    """Each label is whole before its value, as row after row is read; nothing is lost."""
    section = what_you_told_us(summarise(CONTENT, ANSWERS), Voice(CONTENT, language))
    lists = [[row for row in group if isinstance(row, Row)] for group in section.groups]
    for rows in filter(None, lists):
        drawn = [(row, [*row.lines(width)]) for row in rows]
        assert len({place_of(row.value, lines) for row, lines in drawn}) == 1
        for row, lines in drawn:
            assert max(len(plain(line)) for line in lines) <= width
            assert "".join("".join(map(plain, lines)).split()) == "".join(f"{row.label}{row.value}".split())


@pytest.mark.parametrize(("language", "at_most"), [("en", 5), ("es", 10)])
def test_values_beside_their_labels_need_few_rows_of_their_own(language: str, at_most: int) -> None:
    """On a screen of 63 columns: 3 and 8, of 8 and 12 if those without room on a row are below."""
    section = what_you_told_us(summarise(CONTENT, ANSWERS), Voice(CONTENT, language))
    rows = [row for group in section.groups for row in group if isinstance(row, Row)]
    alone = sum(len([*row._replace(value="").lines(57)]) for row in rows)
    assert sum(len([*row.lines(57)]) for row in rows) <= alone + at_most
