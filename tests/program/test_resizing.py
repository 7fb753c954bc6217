"""The window changes its size in the middle of every page, in either direction."""

import re
from functools import partial

import pytest

from fibrocheck.asking.screen.layout import FLOOR, Glyphs, Layout, Size
from fibrocheck.content.model import Content
from tests.asking.test_pages import ANSWERS, NAMES, sat, text_of
from tests.program.conftest import Start
from tests.program.terminal import CTRL_C, ENTER, Terminal

USUAL = Size(80, 24)
SIZES = (Size(40, 12), Size(160, 50), FLOOR, USUAL)
POINTER, MORE_SIGNS = "❯", {"^", "v"}

KEYS = {
    "most-days": "1", "sometimes": "2", "no": "3", "not-sure": "4", "skip": "5",
    "6-to-24-months": "3", ("neck", "lower-back"): ENTER, "fatigue": "3",
}  # fmt: skip
MARKS = {"pain-areas": "36"}
FACTOR_KEYS = {"yes": "1", "no": "2", "not-sure": "3", "skip": "4"}


def keys() -> list[str]:
    """The keys that lead through the same typical visit as in `test_pages`, page by page, to its end."""
    symptoms, factors = ANSWERS[:11], ANSWERS[11:18]
    asked = ["1", *(KEYS[answer] for answer in symptoms), "1", *(FACTOR_KEYS[str(each)] for each in factors)]
    return [*asked, *["1"] * (NAMES.index("what-now") - len(asked))]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_is_whole_again_after_each_change_of_size(
    language: str, start: Start, content: Content
) -> None:
    """As it would stand there in a window of that size; a list that is longer than the window says so."""
    drawn = sat(content, language).pages
    terminal = start("--language", language, size=USUAL)
    for name, key in zip(NAMES, keys(), strict=False):
        for mark in MARKS.get(name, ""):
            terminal.turn(mark)
        for size in SIZES:
            terminal.resize(*size)
            frame = drawn[name](Layout(content, language, size, Glyphs()))[0]
            if frame.scrolls:
                top = "\n".join(text_of(frame, size).splitlines()[: len(frame.top)])
                terminal.wait_for(partial(scrolls_under, top))
            else:
                terminal.wait_for(partial(stands_there, text_of(frame, size)))
        terminal.turn(key)
        read_to_the_end(terminal, content.words.go_on[language])
    terminal.wait_for(content.words.what_now[language])
    terminal.press(CTRL_C)
    assert terminal.exit_code == 130


def read_to_the_end(terminal: Terminal, go_on: str) -> None:
    """Turn the screenfuls of a long text until the next page begins."""
    while (
        re.search(r" (?:[2-9]|1\d) (?:of|de) ", terminal.text.splitlines()[0])
        and f"1 {go_on}" in terminal.words
    ):
        terminal.turn("1")


def bare(text: str) -> list[str]:
    """A page's rows without the pointer."""
    return [row.replace(POINTER, " ").rstrip() for row in text.rstrip().splitlines()]


def stands_there(page: str, terminal: Terminal) -> bool:
    """Whether that page stands on the screen, and nothing else."""
    return bare(terminal.text) == bare(page) and POINTER in terminal.row


def scrolls_under(top: str, terminal: Terminal) -> bool:
    """Whether the question stands there, with a sign that there are more choices than are shown."""
    rows = terminal.text.splitlines()
    above = len(top.splitlines())
    at_the_edge = "".join(row[-1:] for row in rows[above:])
    is_told = bool(MORE_SIGNS & set(at_the_edge))
    return bare(top) == bare("\n".join(rows[:above])) and is_told and POINTER in terminal.row
