"""Over a line that takes 300 ms each way, and from terminals that send what nobody asked for."""

import sys

import pytest

from fibrocheck.content.model import Content
from tests.asking.test_screen_keys import REPORTS
from tests.program.conftest import Start
from tests.program.terminal import DOWN, ESCAPE, HERE, UP, Terminal
from tests.program.visits import choose_first_everywhere, start_asking

RELAY = (sys.executable, "-I", "-S", str(HERE / "relay.py"))
SLOW, QUICK = (*RELAY, "0.3"), (*RELAY, "0.02")

REST_OF_A_KEY = [
    "[A",
    "OB",
    "[1;5C",
    "[2~",
    "[24~",
    "[<0;9;8M",
    "[200~1\r2\x1b[201~",
    "]11;rgb:2222/2222/2222\x07",
]


def at_the_pain_areas(terminal: Terminal, content: Content) -> str:
    """From the start to the page on which even letters choose."""
    start_asking(terminal, content)
    while "[ ]" not in terminal.text:
        terminal.turn("1")
    return terminal.words


def wait_for_whole_page(terminal: Terminal, rows: int, *words: str) -> None:
    """Wait until a page with these words stands on the screen from its first row to its last."""
    terminal.wait_for(lambda terminal: all(each in terminal.words for each in words))
    terminal.wait_for(lambda terminal: len(terminal.text.splitlines()) == rows)


def test_a_visit_over_a_slow_line(start: Start, content: Content) -> None:
    """A double press answers one question; arrows, clicks and Esc arrive whole."""
    terminal = start("--language", "en", inside=SLOW)
    first, second, *_ = content.symptoms
    start_asking(terminal, content)
    assert second.ask["en"] in terminal.turn("11")
    assert "❯ 2 Sometimes" in terminal.turn(DOWN)
    assert first.ask["en"] in terminal.click(content.words.back["en"])
    assert content.words.hidden["en"] in terminal.turn(ESCAPE)
    assert first.ask["en"] in terminal.turn("2")
    terminal.leave()
    assert terminal.exit_code == 130
    assert terminal.is_as_found


def test_the_first_choice_everywhere_reaches_the_end_over_a_line(start: Start, content: Content) -> None:
    """With nothing lost on the way and nothing left behind."""
    terminal = start("--language", "en", inside=QUICK)
    terminal.wait_for(content.words.hide["en"])
    pages = choose_first_everywhere(terminal)
    assert content.words.done["en"] in pages[-2]
    assert terminal.exit_code == 0
    assert terminal.is_as_found
    assert terminal.ordinary_words == content.words.goodbye["en"]


def test_a_window_resized_over_a_slow_line_shows_the_page_again(start: Start, content: Content) -> None:
    """In either direction."""
    terminal = start("--language", "en", inside=SLOW)
    start_asking(terminal, content)
    for columns, rows in [(40, 12), (80, 24)]:
        terminal.resize(columns, rows)
        wait_for_whole_page(terminal, rows, content.symptoms[0].ask["en"], "3 No")
    terminal.leave()
    assert terminal.exit_code == 130


def test_the_rest_of_a_key_that_follows_its_esc_late_does_nothing(start: Start, content: Content) -> None:
    """The Esc hides the page, which comes back as it was: nothing marked, nothing erased."""
    terminal = start("--language", "en")
    page = at_the_pain_areas(terminal, content)
    for rest in REST_OF_A_KEY:
        terminal.turn(ESCAPE)
        assert content.words.hidden["en"] in terminal.words
        terminal.press(rest)
        # Had it been a key, it would show the page, and this one would move the pointer there.
        assert terminal.turn(DOWN) == page, rest
    terminal.leave()
    assert terminal.exit_code == 130


def test_a_report_that_nobody_asked_for_changes_nothing(start: Start, content: Content) -> None:
    """On the page on which even letters choose; the page is not even hidden."""
    terminal = start("--language", "en")
    page = at_the_pain_areas(terminal, content)
    second = terminal.turn(DOWN)
    terminal.turn(UP)
    for name, report in REPORTS.items():
        terminal.press(report)
        assert terminal.turn(DOWN) == second, name
        assert terminal.turn(UP) == page, name
    assert b"Traceback" not in terminal.written
    terminal.leave()
    assert terminal.exit_code == 130


@pytest.mark.parametrize("name", ["xterm", "vt100", "linux", "no-such-terminal"])
def test_no_terminal_is_asked_where_its_cursor_is(name: str, start: Start, content: Content) -> None:
    """So none that gives no answer is waited for, or warned about."""
    terminal = start("--language", "en", environment={"TERM": name})
    start_asking(terminal, content)
    terminal.turn("1")
    terminal.leave()
    assert terminal.exit_code == 130
    assert b"\x1b[6n" not in terminal.written
    assert b"WARNING" not in terminal.written
