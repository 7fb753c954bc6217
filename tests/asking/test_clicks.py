"""A double click counts as one click."""

import pytest

from fibrocheck.asking.screen import app
from fibrocheck.content.model import Content
from tests.asking.driving import press
from tests.program.terminal import clicked


@pytest.mark.parametrize(("seconds", "answered"), [(60.0, 1), (0.0, 2)], ids=["soon", "later"])
def test_a_second_click_on_the_same_cell_counts_unless_it_ends_a_double_click(
    seconds: float, answered: int, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first click has turned the page before the second one arrives."""
    monkeypatch.setattr(app, "_DOUBLE_CLICK", seconds)
    first, second, *_ = content.symptoms
    row = 7  # of the first option
    answers = press(content, ["1", clicked(8, row), clicked(8, row)], timeout=1).answers
    assert len([each for each in (first, second) if each.id in answers]) == answered
