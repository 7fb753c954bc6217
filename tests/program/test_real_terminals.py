"""In tmux and GNU screen, which draw their own idea of what the program sends, and keep some keys."""

import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from fibrocheck.content.model import Content
from tests.program.conftest import Start
from tests.program.terminal import CTRL_C, DOWN, ENTER, ESCAPE, F2, LEFT, PATIENCE, Terminal
from tests.program.visits import start_asking


class Multiplexer(NamedTuple):
    """A program that shows terminals inside a terminal."""

    name: str
    start: tuple[str, ...]
    stop: tuple[str, ...]
    has_mouse: bool


@pytest.fixture(params=["tmux", "screen"])
def multiplexer(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Multiplexer]:
    """One that is installed here; ended when the test is over."""
    name: str = request.param
    program = shutil.which(name)
    if program is None:
        pytest.skip(f"{name} is not installed")
    (tmp_path / "sockets").mkdir(mode=0o700)
    settings = tmp_path / "tmux.conf"
    settings.write_text(
        "set -g terminal-overrides '*:indn@'\n"
    )  # the tests' emulator knows no such scrolling
    tmux = (program, "-S", str(tmp_path / "sockets" / "tmux"), "-f", str(settings))
    there_are = {
        "tmux": Multiplexer("tmux", (*tmux, "new-session"), (*tmux, "kill-server"), has_mouse=True),
        # With mouse reports on it keeps an Esc to itself, so the program leaves them off.
        "screen": Multiplexer(
            "screen",
            (program, "-c", "/dev/null", "-S", "visit"),
            (program, "-S", "visit", "-X", "quit"),
            has_mouse=False,
        ),
    }
    yield there_are[name]
    subprocess.run(
        there_are[name].stop,
        check=False,  # most have ended with the visit
        capture_output=True,
        env={"SCREENDIR": str(tmp_path / "sockets")},
        timeout=PATIENCE,
    )


@pytest.fixture
def terminal(multiplexer: Multiplexer, start: Start, tmp_path: Path) -> Terminal:
    """The program in it, at 80 x 24."""
    folder = str(tmp_path / "sockets")
    return start("--language", "en", environment={"SCREENDIR": folder}, inside=multiplexer.start)


def test_every_way_to_answer_works(multiplexer: Multiplexer, terminal: Terminal, content: Content) -> None:
    """Digits, arrows and Enter, Back, Why, Hide, plain lines and back, and clicks where there are any."""
    first, second, third, *_ = content.symptoms
    start_asking(terminal, content)
    press(terminal, "1", second.ask["en"])
    press(terminal, DOWN, "❯ 2 Sometimes")
    press(terminal, ENTER, third.ask["en"])
    press(terminal, LEFT, "❯ 2 ● Sometimes")
    press(terminal, "?", second.why["en"])
    press(terminal, "1", second.term["en"])
    press(terminal, ESCAPE, content.words.hidden["en"])
    press(terminal, "1", "❯ 2 ● Sometimes")
    press(terminal, LEFT, "❯ 1 ● Most days")
    press(terminal, F2, content.words.plain_choose["en"].replace("{last}", "5"))
    press(terminal, f"{F2}\r", "❯ 1 ● Most days")
    if multiplexer.has_mouse:
        terminal.click("Sometimes")
        terminal.wait_for(second.ask["en"])
        terminal.click(content.words.back["en"])
        terminal.wait_for(first.ask["en"])
        terminal.wait_for("❯ 2 ● Sometimes")
    terminal.leave()
    terminal.wait_for(lambda terminal: first.ask["en"] not in terminal.words)
    assert terminal.exit_code == 0  # the multiplexer's own


def test_a_resize_shows_the_page_again(terminal: Terminal, content: Content) -> None:
    """Larger and smaller, and in plain lines where it is too small."""
    start_asking(terminal, content)
    for columns, rows, width, third in [
        (100, 30, 80, "3 ○ No"),  # a column with boxes
        (40, 14, 38, "3 No"),
        (60, 15, 58, "3 No"),
        (80, 24, 78, "3 No"),
    ]:
        terminal.resize(columns, rows)
        terminal.wait_for(partial(shows, width=width, words=[content.symptoms[0].ask["en"], third]))
    terminal.resize(30, 24)
    terminal.wait_for(content.words.too_small["en"])
    terminal.wait_for(lambda it: it.row == ">")  # keys typed before it are dropped
    press(terminal, CTRL_C, content.words.stop_ask["en"])
    terminal.press("2\r")
    assert terminal.exit_code == 0


def press(terminal: Terminal, keys: str, wanted: str) -> None:
    """Press keys and wait until something stands on the screen."""
    terminal.press(keys)
    terminal.wait_for(wanted)


def shows(terminal: Terminal, *, width: int, words: list[str]) -> bool:
    """Whether the page stands there in its whole width."""
    return "─" * width in terminal.text and all(each in terminal.words for each in words)
