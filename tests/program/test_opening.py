"""The opening page, painted before the libraries that read keys are loaded."""

import pytest

from fibrocheck.content.model import Content
from tests.program.conftest import Start
from tests.program.terminal import CTRL_C

SIZES = [(80, 24), (40, 12)]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", ["xterm-256color", "xterm", "linux"])
@pytest.mark.parametrize("arguments", [(), ("--language", "en")], ids=["language", "welcome"])
def test_the_opening_page_is_the_page_that_the_screen_then_draws(
    arguments: tuple[str, ...], name: str, size: tuple[int, int], start: Start, content: Content
) -> None:
    """The same character, colour and weight in every cell, and the cursor in the same place."""
    terminal = start(*arguments, size=size, environment={"TERM": name}, held=True)
    terminal.wait_for(content.words.hide["en"])
    terminal.wait_for(lambda terminal: terminal.row.lstrip().startswith(("❯", "▶", ">")))
    opening, looks, cursor = terminal.text, terminal.looks, terminal.cursor
    assert b"\x1b[?1000h" not in terminal.written
    terminal.release()
    terminal.wait_for(lambda terminal: b"\x1b[?1000h" in terminal.written and terminal.text != "")
    assert terminal.text == opening
    assert terminal.cursor == cursor
    assert terminal.looks == looks
    terminal.press(CTRL_C)
    assert terminal.exit_code == 130
