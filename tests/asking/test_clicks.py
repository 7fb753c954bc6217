"""A double click counts as one click, and a tap repeated by accident erases nothing."""

import pytest

from fibrocheck.asking.screen import clicks
from fibrocheck.asking.screen.layout import LayoutBuilder
from fibrocheck.asking.screen.page_layout import Glyphs, Size
from fibrocheck.asking.stopping import stop_page
from fibrocheck.content.model import Content
from fibrocheck.pages.voice import Voice
from tests.asking.driving import press
from tests.asking.test_every_page import rows_of
from tests.program.terminal import clicked


@pytest.mark.parametrize(("seconds", "answered"), [(60.0, 1), (0.0, 2)], ids=["soon", "later"])
def test_a_second_click_on_the_same_cell_counts_unless_it_ends_a_double_click(
    seconds: float, answered: int, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first click has turned the page before the second one arrives."""
    monkeypatch.setattr(clicks, "_DOUBLE_CLICK", seconds)
    first, second, *_ = content.symptoms
    row = 7  # of the first option
    answers = press(content, ["1", clicked(8, row), clicked(8, row)], timeout=1).answers
    assert len([each for each in (first, second) if each.id in answers]) == answered


@pytest.mark.parametrize(("seconds", "erased"), [(60.0, False), (0.0, True)], ids=["soon", "later"])
def test_a_repeated_tap_does_not_confirm_that_the_answers_are_erased(
    seconds: float, erased: bool, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the tap before was: for a moment the page takes none for a Yes."""
    monkeypatch.setattr(clicks, "_SOON", seconds)
    layout = LayoutBuilder(content, "en", Size(100, 200), Glyphs())
    (row,) = rows_of(layout.question(*stop_page(Voice(content, "en"))), "leave")
    keys = ["1", "1", "\x03", clicked(8, row), "1"]
    assert press(content, keys, timeout=1).unused == (1 if erased else 0)
