"""Every way in which a visit can end early, on every kind of page."""

import os
import re
import resource
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from fibrocheck.asking.keyboard import ending_signals
from fibrocheck.content.model import Content
from tests.program.conftest import Start
from tests.program.terminal import CTRL_C, CTRL_D, EARLY, ESCAPE, Terminal
from tests.program.visits import TO_THE_LIST, skip_to_next_step, start_asking

Reach = Callable[[Start, Content, bool], Terminal]

NO_ONE, FINISH = "3", "1"
"""Lines that give the list to no one, and finish."""


def at_the_opening(start: Start, content: Content, leads: bool) -> Terminal:
    """The opening page is shown, and none of the libraries that read keys is loaded."""
    terminal = start("--language", "en", held=True, leads=leads)
    terminal.wait_for(content.words.hide["en"])
    terminal.wait_until_held()
    return terminal


def at_the_early_page(start: Start, content: Content, leads: bool) -> Terminal:
    """The opening page is shown, and nothing of the program is loaded that could restore the terminal."""
    terminal = start("--language", "en", held=EARLY, leads=leads)
    terminal.wait_for(content.words.hide["en"])
    terminal.wait_until_held()
    return terminal


def at_a_question(start: Start, content: Content, leads: bool) -> Terminal:
    """The second question, after an answer."""
    terminal = start("--language", "en", leads=leads)
    start_asking(terminal, content)
    terminal.turn("1")
    terminal.wait_for(content.symptoms[1].ask["en"])
    return terminal


def at_the_next_step(start: Start, content: Content, leads: bool) -> Terminal:
    """The first page after the answers were confirmed."""
    terminal = start("--language", "en", leads=leads)
    start_asking(terminal, content)
    skip_to_next_step(terminal, content)
    terminal.wait_for(content.next_step.title["en"])
    return terminal


def in_plain_lines(start: Start, content: Content, leads: bool) -> Terminal:
    """The second question in plain mode, after an answer."""
    terminal = start("--language", "en", "--plain", leads=leads)
    for before in (content.words.plain_go_on["en"], content.symptoms[0].ask["en"]):
        terminal.wait_for(before)
        terminal.wait_for(lambda terminal: terminal.row == ">")
        terminal.press("1\n")
    terminal.wait_for(content.symptoms[1].ask["en"])
    terminal.wait_for(lambda terminal: terminal.row == ">")
    return terminal


STARTS = (at_the_early_page, at_the_opening)
REACHES = [*STARTS, at_a_question, at_the_next_step, in_plain_lines]
PAGES = REACHES[:-1]


@pytest.mark.parametrize("reach", REACHES)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_visit_and_restores_the_terminal(
    number: signal.Signals, reach: Reach, start: Start, content: Content
) -> None:
    """The exit code names the signal."""
    terminal = reach(start, content, False)
    os.kill(terminal.pid, number)
    terminal.release()
    assert terminal.exit_code == 128 + number
    leaves_nothing(terminal, content, says_so=number == signal.SIGINT)


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_ctrl_c_and_ctrl_d_in_plain_lines_ask_before_the_answers_are_erased(
    key: str, start: Start, content: Content
) -> None:
    """However often they are pressed."""
    terminal = in_plain_lines(start, content, False)
    asks = content.words.stop_ask["en"]
    for times in (1, 2):
        terminal.press(key)
        terminal.wait_for(partial(_has_asked, asks, times))
    terminal.press("2\n")
    assert terminal.exit_code == 130
    leaves_nothing(terminal, content, says_so=True)


def _has_asked(asks: str, times: int, terminal: Terminal) -> bool:
    return terminal.row == ">" and terminal.ordinary_words.count(asks) == times


NAMED = sorted(number for number in ending_signals() if isinstance(number, signal.Signals))


def test_the_signals_that_end_programs_are_known() -> None:
    """Also the ones that are seldom sent."""
    names = {number.name for number in NAMED}
    assert names >= {"SIGQUIT", "SIGABRT", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGXCPU"}
    assert not names & {"SIGKILL", "SIGSTOP", "SIGSEGV", "SIGCHLD", "SIGWINCH", "SIGPIPE"}


@pytest.mark.parametrize(
    ("number", "reach"),
    [
        *((number, at_a_question) for number in NAMED),
        *((number, in_plain_lines) for number in (signal.SIGQUIT, signal.SIGUSR1, signal.SIGRTMAX)),
    ],
)
def test_every_signal_that_can_be_caught_restores_the_terminal(
    number: int, reach: Reach, start: Start, content: Content
) -> None:
    """The exit code names the signal."""
    terminal = reach(start, content, False)
    os.kill(terminal.pid, number)
    assert terminal.exit_code == 128 + number
    assert terminal.is_as_found
    assert b"Traceback" not in terminal.written


@pytest.fixture
def unlimited_core() -> Iterator[None]:
    """Allow core dumps, as `ulimit -c unlimited` does."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_CORE, before)


@pytest.mark.parametrize("reach", REACHES[2:])
@pytest.mark.usefixtures("unlimited_core")
def test_a_visit_with_answers_cannot_dump_core(reach: Reach, start: Start, content: Content) -> None:
    """And only root can read its memory. The visit does not catch SIGSEGV, a fault of the program itself."""
    terminal = reach(start, content, False)
    limits = Path(f"/proc/{terminal.pid}/limits").read_text()
    assert re.search(r"Max core file size +([01]) +\1 +bytes", limits)
    if os.geteuid() != 0:
        with pytest.raises(PermissionError):
            Path(f"/proc/{terminal.pid}/environ").read_bytes()
    os.kill(terminal.pid, signal.SIGSEGV)
    assert terminal.exit_code == -signal.SIGSEGV
    assert list(terminal.home.iterdir()) == []


@pytest.mark.parametrize("reach", REACHES)
def test_ctrl_c_leaves(reach: Reach, start: Start, content: Content) -> None:
    """After a question, on every page; at once while the program still starts."""
    terminal = reach(start, content, False)
    terminal.press(CTRL_C)
    terminal.release()
    if reach not in STARTS:
        terminal.wait_for(content.words.stop_ask["en"])
        terminal.press("2\n")
    assert terminal.exit_code == 130
    leaves_nothing(terminal, content, says_so=True)


@pytest.mark.parametrize("reach", PAGES)
def test_esc_and_stop_leave(reach: Reach, start: Start, content: Content) -> None:
    """Esc hides everything until any key is pressed; Stop in the menu asks, then erases and ends."""
    terminal = reach(start, content, False)
    terminal.press(ESCAPE)
    terminal.release()
    hidden = terminal.wait_for(content.words.hidden["en"])
    assert content.symptoms[1].term["en"] not in hidden
    assert content.words.hidden["en"] not in terminal.turn("2")
    if reach in STARTS:  # nobody has begun: there is nothing to ask
        terminal.press(CTRL_C)
    else:
        terminal.leave()
    assert terminal.exit_code == 130
    leaves_nothing(terminal, content, says_so=True)


@pytest.mark.parametrize("reach", REACHES)
def test_a_closed_window_ends_the_visit(reach: Reach, start: Start, content: Content) -> None:
    """By the hang-up signal, and without a message that no one could read."""
    terminal = reach(start, content, True)
    terminal.close()
    terminal.release()
    assert terminal.exit_code == 129
    assert terminal.errors.read_bytes() == b""


@pytest.mark.parametrize("reach", REACHES)
def test_a_terminal_that_closes_without_a_signal_ends_the_visit(
    reach: Reach, start: Start, content: Content
) -> None:
    """The session leader may not pass on the hang-up signal, but the input has ended."""
    terminal = reach(start, content, False)
    terminal.close()
    terminal.release()
    assert terminal.exit_code == 130


def test_who_has_the_last_lines_erased_is_not_asked_again(start: Start, content: Content) -> None:
    """The choice on the last page says that the screen is erased: with it the program ends."""
    terminal = start("--language", "en", "--plain")
    terminal.wait_for(lambda terminal: terminal.row == ">")
    for line in [*TO_THE_LIST.splitlines(), NO_ONE, FINISH]:
        terminal.turn(f"{line}\n")
        terminal.wait_for(lambda terminal: terminal.row == ">")
    assert content.words.done["en"] in terminal.ordinary_words
    terminal.press("1\n")
    assert terminal.exit_code == 0
    assert terminal.ordinary_words == content.words.goodbye["en"]


def leaves_nothing(terminal: Terminal, content: Content, *, says_so: bool) -> None:
    """Assert that the terminal is as before, no page is on its ordinary screen, and no traceback."""
    assert terminal.is_as_found
    assert b"Traceback" not in terminal.written
    assert list(terminal.home.iterdir()) == []
    # The screen and the scrollback of plain lines are cleared too, with whatever was there before.
    assert terminal.ordinary_text == (content.words.erased["en"] if says_so else "")
