"""The window changes its size on every page, in either direction."""

import re
from functools import partial

import pytest

from fibrocheck.asking.screen.page_layout import MIN_SIZE, Glyphs, Size
from fibrocheck.asking.screen.wide_layout import WideLayout
from fibrocheck.asking.switching import layout_for
from fibrocheck.content.model import Content
from tests.asking.test_pages import A_CODE, SHORT, sat, text_of
from tests.asking.test_wide_layout import rows_of
from tests.asking.test_wide_layout import text_of as wide_text
from tests.program.conftest import Start
from tests.program.terminal import RIGHT, Terminal

USUAL = Size(80, 24)
SIZES = (Size(40, 12), Size(160, 50), MIN_SIZE, USUAL)
LIGHTER = str.maketrans(Glyphs().focused_box, Glyphs().box)
"""Draws the box that has the focus as the others are."""

POINTER, MORE_SIGNS = "❯", {"^", "v"}

A_PICTURE = re.compile("[▄ ]*▄[▄ ]*")
"""A row of half blocks, and the space around it."""

KEYS = {
    "most-days": "1", "sometimes": "2", "no": "3", "not-sure": "4", "skip": "5",
    "6-to-24-months": "3", ("neck", "lower-back"): RIGHT, "fatigue": "3",
}  # fmt: skip
MARKS = {"pain-areas": "36"}
FACTOR_KEYS = {"yes": "1", "no": "2", "not-sure": "3", "skip": "4"}


def keys(names: list[str]) -> list[str]:
    """Return the keys that lead through the typical visit of `test_pages`, page by page, to its end."""
    symptoms, factors = SHORT[:11], SHORT[11:18]
    asked = ["1", *(KEYS[answer] for answer in symptoms), "1", *(FACTOR_KEYS[str(each)] for each in factors)]
    return [*asked, *["1"] * (names.index("what-now") - len(asked))]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_is_whole_again_after_each_change_of_size(
    language: str, start: Start, content: Content
) -> None:
    """As in a window that always had that size; a list longer than its window has a scroll sign."""
    drawn = sat(content, language, SHORT).pages
    terminal = start("--language", language, size=USUAL)
    for name, key in zip(drawn, keys([*drawn]), strict=False):
        for mark in MARKS.get(name, ""):
            terminal.turn(mark)
        for size in SIZES:
            terminal.resize(*size)
            layout = layout_for(content, language, size, Glyphs(), listens=True)
            page = drawn[name](layout)[0]
            is_wide = isinstance(layout, WideLayout)
            text = wide_text(rows_of(page, size)) if is_wide else text_of(page, size)
            if page.scrolls:
                top = "\n".join(text.splitlines()[: len(page.top)])
                terminal.wait_for(partial(scrolls_under, top))
            else:
                terminal.wait_for(partial(shows, text))
        terminal.turn(key)
        read_to_the_end(terminal, content.words.go_on[language])
    terminal.wait_for(content.words.what_now[language])
    terminal.leave()
    assert terminal.exit_code == 130


def read_to_the_end(terminal: Terminal, go_on: str) -> None:
    """Go through the screenfuls of a long text until the next page begins."""
    while (
        re.search(r" (?:[2-9]|1\d) (?:of|de) ", terminal.text.splitlines()[0])
        and f"1 {go_on}" in terminal.words
    ):
        terminal.turn("1")


def bare(text: str) -> list[str]:
    """Return a page's rows without the pointer; a list's code and its picture are others each time."""
    text = text.translate(LIGHTER)
    text = A_PICTURE.sub("▄", A_CODE.sub("22222-22222-22222-22222", text.replace(POINTER, " ")))
    return [row.rstrip() for row in text.rstrip().splitlines()]


def shows(page: str, terminal: Terminal) -> bool:
    """Return whether the screen shows that page and nothing else."""
    return bare(terminal.text) == bare(page) and POINTER in terminal.row


def scrolls_under(top: str, terminal: Terminal) -> bool:
    """Return whether the question is shown, with a sign that there are more options than rows."""
    rows = terminal.text.splitlines()
    above = len(top.splitlines())
    at_the_edge = "".join(row[-1:] for row in rows[above:])
    has_sign = bool(MORE_SIGNS & set(at_the_edge))
    return bare(top) == bare("\n".join(rows[:above])) and has_sign and POINTER in terminal.row
