"""In a window of xterm on a screen that nobody sees, with real keys and a real mouse."""

import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from fibrocheck.content.model import Content
from tests.program.emulator import Emulator
from tests.program.terminal import HERE, PATIENCE, PROGRAM, one_line, surroundings

pytestmark = pytest.mark.desktop

COLUMNS, ROWS = 80, 24


class Window:
    """The program in a window."""

    def __init__(self, environment: dict[str, str], written: int) -> None:
        self._environment = environment
        self._written = written
        self._emulator = Emulator(COLUMNS, ROWS)
        self._id = self._do("search", "--sync", "--onlyvisible", "--class", "xterm").split()[-1]
        self._do("windowfocus", "--sync", self._id)
        told = dict(
            line.split("=") for line in self._do("getwindowgeometry", "--shell", self._id).splitlines()
        )
        self._cell = int(told["WIDTH"]) / COLUMNS, int(told["HEIGHT"]) / ROWS

    def press(self, key: str) -> None:
        """Press a key of the keyboard."""
        self._do("key", key)

    def click(self, words: str, button: int = 1, times: int = 1) -> None:
        """Click in the middle of the first of these words, as often as that within a moment."""
        rows = self._emulator.rows
        y = next(number for number, row in enumerate(rows) if words in row)
        x = rows[y].index(words) + len(words) / 2
        place = (str(int(x * self._cell[0])), str(int((y + 0.5) * self._cell[1])))
        self._do(
            "mousemove",
            "--window",
            self._id,
            *place,
            *("click", "--repeat", str(times), "--delay", "100", str(button)),
        )

    def wait_for(self, *words: str) -> str:
        """Wait until all these words stand on the screen, and return the whole of it."""
        end = time.monotonic() + PATIENCE
        while not all(each in one_line(self._emulator.text) for each in words):
            assert select.select([self._written], [], [], end - time.monotonic())[0], self._emulator.text
            self._emulator.feed(os.read(self._written, 65536))
        return one_line(self._emulator.text)

    def _do(self, *arguments: str) -> str:
        return subprocess.run(
            ("xdotool", *arguments),
            check=True,
            capture_output=True,
            text=True,
            env=self._environment,
            timeout=PATIENCE,
        ).stdout


@pytest.fixture(params=[("black", "white"), ("white", "black")], ids=["light", "dark"])
def window(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Window]:
    """An xterm in these colours, in which the program has begun."""
    for program in ("Xvfb", "xterm", "xdotool"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    letters, background = request.param
    (tmp_path / "home").mkdir()
    os.mkfifo(tmp_path / "written")
    with ExitStack() as stack:
        told, tells = os.pipe()
        stack.callback(os.close, told)
        screen = subprocess.Popen(
            ("Xvfb", "-displayfd", str(tells), "-screen", "0", "1280x800x24"),
            pass_fds=(tells,),
            stderr=subprocess.DEVNULL,
        )
        os.close(tells)
        stack.callback(screen.wait, PATIENCE)
        stack.callback(screen.terminate)
        display = os.read(told, 20).decode().strip()
        environment = surroundings(
            tmp_path / "home", DISPLAY=f":{display}", COPY_TO=str(tmp_path / "written")
        )
        xterm = subprocess.Popen(
            (
                *("xterm", "-b", "0", "-fg", letters, "-bg", background, "-geometry", f"{COLUMNS}x{ROWS}"),
                *("-e", sys.executable, "-I", "-S", HERE / "relay.py", "0", *PROGRAM, "--language", "en"),
            ),
            env=environment,
            cwd=tmp_path / "home",
        )
        stack.callback(xterm.wait, PATIENCE)
        stack.callback(xterm.terminate)
        written = os.open(tmp_path / "written", os.O_RDONLY)
        stack.callback(os.close, written)
        yield Window(environment, written)


def test_keys_clicks_and_the_wheel_do_in_xterm_what_they_should(window: Window, content: Content) -> None:
    """Choices, Back, Why and Hide by the mouse; arrows, Enter, F2; the wheel chooses nothing."""
    words, (first, second, third, *_) = content.words, content.symptoms
    window.wait_for(words.start["en"], words.hide["en"])
    window.press("1")
    window.wait_for(first.ask["en"], words.hide["en"])
    window.click("Sometimes")
    window.wait_for(second.ask["en"], words.hide["en"])
    window.click(words.back["en"])
    window.wait_for(first.ask["en"], "❯ 2 ● Sometimes")
    window.click(words.why["en"])
    window.wait_for(first.why["en"], f"1 {words.go_on['en']}")
    window.press("Return")
    window.wait_for(first.term["en"], words.hide["en"])
    window.click(words.hide["en"])
    window.wait_for(words.hidden["en"])
    window.press("1")
    window.wait_for(first.ask["en"], words.hide["en"])
    for wheel in (4, 5):
        window.click("Not sure", wheel)
    window.press("Down")
    assert first.ask["en"] in window.wait_for("❯ 3 ○ No")
    window.press("Return")
    window.wait_for(second.ask["en"], words.hide["en"])
    window.press("F2")
    window.wait_for(words.plain_choose["en"].replace("{last}", "5"))
    window.press("1")
    window.press("Return")
    window.wait_for(third.ask["en"])


def test_a_double_click_in_xterm_answers_one_question(window: Window, content: Content) -> None:
    """Its second half comes when the next page stands there already."""
    words, (first, second, *_) = content.words, content.symptoms
    window.wait_for(words.start["en"], words.hide["en"])
    window.press("1")
    window.wait_for(first.ask["en"], words.hide["en"])
    window.click("Sometimes", times=2)
    window.press("question")
    window.wait_for(second.why["en"])
