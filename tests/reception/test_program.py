"""The whole program in a real terminal, and the log that it leaves."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from tests.bench.terminal import Terminal

PROGRAM = (sys.executable, "-m", "fibrocheck", "desk", "--language", "en")
CONFIRM, KEPT = re.compile("Yes, keep it"), re.compile(r"Kept as number (\d{3})")


def opened(folder: Path) -> Terminal:
    """Return a terminal in which the desk has just been started."""
    folder.mkdir(mode=0o700)
    return Terminal((*PROGRAM, "--records", str(folder)), str(folder.parent))


def test_a_call_in_a_terminal(tmp_path: Path) -> None:
    """From the initials to the number, and the log says who did it and no answer."""
    folder = tmp_path / "lists"
    with opened(folder) as terminal:
        terminal.until(re.compile("initials"), after="\x1b[?2004h")
        for keys, words in (
            ("MR\r", "PIN"),
            ("\r", "To do: 0"),
            ("n", "May I start"),
            ("1", "for yourself"),
            ("1", "number of the visit"),
            ("\r", "ache or burn"),
        ):
            terminal.press(keys)
            terminal.until(re.compile(words))
        for _ in range(15):
            terminal.press("3")
            terminal.frame(FINGERS)
        terminal.press("\r")
        terminal.until(CONFIRM)
        terminal.press("1")
        terminal.until(KEPT)
        terminal.press("\x03")
        terminal.until(re.compile("leave the front desk"))
        terminal.press("2")
        terminal.until_gone()
    (day,) = folder.iterdir()
    done = subprocess.run(
        [*PROGRAM, "--records", str(folder), "--log", day.name],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    said = [line.split("\t")[1:] for line in done.stdout.splitlines()]
    assert [each[-1] for each in said] == ["started", "call kept", "number given", "ended"]
    assert {each[0] for each in said} == {"MR"}


START: tuple[tuple[str, str], ...] = (
    ("n", "May I start"),
    ("1", "for yourself"),
    ("1", "number of the visit"),
    ("\r", "ache or burn"),
)
FINGERS = 0.06
"""Seconds between two keys of the fastest fingers; several keys that come sooner are a scanner's."""

END = (("\r", "Yes, keep it"), ("1", "Save the page"), ("3", "patient answers here"))


def call(terminal: Terminal) -> None:
    """Lead through one call from the start page, and back to it; there is no folder."""
    for keys, words in START:
        terminal.press(keys)
        terminal.until(re.compile(words))
    for _ in range(15):
        terminal.press("3")
        terminal.frame(FINGERS)
    for keys, words in END:
        terminal.press(keys)
        terminal.until(re.compile(words))


@pytest.mark.soak
def test_a_thousand_callers_leave_no_trace_in_memory(tmp_path: Path) -> None:
    """Less than a page of memory each, after the first hundred."""
    with Terminal(PROGRAM, str(tmp_path)) as terminal:
        terminal.until(re.compile("initials"), after="\x1b[?2004h")
        for keys, words in (("MR\r", "PIN"), ("\r", "patient answers here")):
            terminal.press(keys)
            terminal.until(re.compile(words))
        for _ in range(100):
            call(terminal)
        before = terminal.peak
        for _ in range(1000):
            call(terminal)
        assert terminal.peak - before < 1000


def test_a_folder_that_is_missing_is_refused(tmp_path: Path) -> None:
    """It is never made: the share may only be gone."""
    command = [*PROGRAM, "--records", str(tmp_path / "gone")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "gone").exists()


def test_the_log_needs_a_folder_and_a_day() -> None:
    """Both are said in one line."""
    for options in (["--log", "2026-11-25"], ["--log", "yesterday"]):
        done = subprocess.run([*PROGRAM, *options], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
