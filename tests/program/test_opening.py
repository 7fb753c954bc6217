"""The opening page, shown before the libraries that read keys are loaded, or before the whole program."""

import pytest

from fibrocheck.content.model import Content
from tests.program.conftest import Start
from tests.program.terminal import CTRL_C, EARLY, Terminal
from tests.program.visits import start_asking

SIZES = [(80, 24), (40, 12), (160, 50)]
TAKES_CLICKS = b"\x1b[?1000h"


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", ["xterm-256color", "xterm", "linux"])
@pytest.mark.parametrize("arguments", [(), ("--language", "en")], ids=["language", "welcome"])
def test_the_opening_page_is_the_page_that_the_screen_then_draws(
    arguments: tuple[str, ...], name: str, size: tuple[int, int], start: Start, content: Content
) -> None:
    """The same character, colour and weight in every cell, and the cursor in the same place."""
    terminal = start(*arguments, size=size, environment={"TERM": name}, held=True)
    terminal.wait_for(content.words.hide["en"])
    terminal.wait_until_held()
    opening, looks, cursor = terminal.text, terminal.looks, terminal.cursor
    assert terminal.row.lstrip("│┃█ ").startswith(("❯", "▶", ">")) or size == (160, 50)
    assert TAKES_CLICKS not in terminal.written
    terminal.release()
    terminal.wait_for(lambda terminal: TAKES_CLICKS in terminal.written and terminal.text != "")
    assert terminal.text == opening
    assert terminal.cursor == cursor
    assert terminal.looks == looks
    terminal.press(CTRL_C)
    assert terminal.exit_code == 130


def shown_early(start: Start, content: Content, *arguments: str, **environment: str) -> Terminal:
    """A terminal with the first page, in which the program itself is not loaded yet."""
    terminal = start(*(arguments or ("--language", "en")), environment=environment, held=EARLY)
    terminal.wait_for(content.words.hide["en"])
    terminal.wait_until_held()
    return terminal


def test_keys_at_the_first_page_are_not_shown_and_drop_when_it_takes_keys(
    start: Start, content: Content
) -> None:
    """They are read by the page itself, as they always were."""
    terminal = shown_early(start, content)
    before = terminal.text
    terminal.press("1")
    terminal.release()
    terminal.wait_for(content.symptoms[0].ask["en"])
    assert terminal.text != before
    assert b"\r\n1" not in terminal.written
    terminal.leave()
    assert terminal.exit_code == 130
    assert terminal.is_as_found


def test_a_window_that_changes_its_size_meanwhile_gets_the_page_of_the_new_one(
    start: Start, content: Content
) -> None:
    terminal = shown_early(start, content)
    terminal.resize(160, 50)
    terminal.release()
    start_asking(terminal, content)
    terminal.leave()
    assert terminal.exit_code == 130
    assert terminal.is_as_found


def test_a_window_that_becomes_too_small_meanwhile_gets_lines(start: Start, content: Content) -> None:
    """On the ordinary screen, where what is typed is shown."""
    terminal = shown_early(start, content)
    terminal.resize(30, 8)
    terminal.release()
    terminal.wait_for(content.words.plain_go_on["en"])
    assert not terminal.is_full_screen
    terminal.press(CTRL_C)
    assert terminal.exit_code == 130
    assert terminal.is_as_found


def test_an_error_at_the_first_page_is_said_on_the_ordinary_screen(start: Start, content: Content) -> None:
    """Whatever goes wrong before anybody could restore the terminal."""
    spoiled = "import fibrocheck.content.loader as each; each.load_for = lambda *_: 1 / 0"
    terminal = shown_early(start, content, SPOILED_BY=spoiled)
    terminal.release()
    assert terminal.exit_code == 1
    assert terminal.is_as_found
    assert "ZeroDivisionError" in terminal.ordinary_words
