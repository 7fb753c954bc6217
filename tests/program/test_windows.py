"""What can be seen here of Windows: the paths taken there, with what it has and has not played by others.

No test runs on Windows itself, and the full screen, which is the library's there, not at all.
"""

import ctypes
import sys
from collections import deque
from pathlib import Path
from types import SimpleNamespace

import pytest

from fibrocheck.asking.erasing import KEEP_TITLE, erase_sequence
from fibrocheck.asking.keyboard import drop_typed_ahead, hidden_typing, typed_within
from fibrocheck.content.model import Content
from fibrocheck.kiosk.tty import KioskTerminal
from tests.program.terminal import PATIENCE, one_line, piped

WITHOUT = """
import os, runpy, select, signal, sys
for module in ("termios", "tty", "pty", "fcntl", "resource", "pwd", "grp"):
    sys.modules[module] = None
for name in ("SIGHUP", "SIGQUIT", "SIGTSTP", "SIGTTOU", "SIGKILL", "pthread_sigmask", "SIG_BLOCK"):
    delattr(signal, name)
for name in ("fork", "killpg", "O_NOFOLLOW", "O_DIRECTORY"):
    delattr(os, name)
def no_socket(*_):
    raise OSError(10038, "not a socket")
select.select = no_socket
"""
"""Makes a Python that lacks what only POSIX has."""

PYTHON = (sys.executable, "-c")


def test_every_module_can_be_imported_there(tmp_path: Path) -> None:
    """All but what paints the opening page, which needs a POSIX terminal."""
    done = piped(
        *PYTHON,
        WITHOUT + "import fibrocheck, importlib, pkgutil\n"
        "for each in pkgutil.walk_packages(fibrocheck.__path__, 'fibrocheck.'):\n"
        "    if each.name.rpartition('.')[2] not in {'first_paint', 'painting', '__main__'}:\n"
        "        importlib.import_module(each.name)\n"
        "        print(each.name)\n",
        home=tmp_path,
    )
    assert done.stderr == ""
    assert {"fibrocheck.kiosk.supervisor", "fibrocheck.kiosk.visits", "fibrocheck.asking.screen.app"} <= set(
        done.stdout.split()
    )


def test_a_visit_in_plain_lines_ends_and_is_saved_there(content: Content, tmp_path: Path) -> None:
    """With a copy, which is only its owner's as far as the system knows owners."""
    done = piped(
        *PYTHON,
        WITHOUT + "sys.argv = ['fibrocheck', '--plain', '--language', 'en', '--save', 'visit.txt']\n"
        "runpy.run_module('fibrocheck', run_name='__main__')\n",
        home=tmp_path,
        typed="1\n" * 100,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    words = content.words
    saved = words.saved["en"].replace("{file}", "visit.txt")
    assert one_line(done.stdout).endswith(f"{words.goodbye['en']} {saved}")
    assert content.next_step.advice["en"] in one_line((tmp_path / "visit.txt").read_text())


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> deque[str]:
    """What waits at a Windows keyboard."""
    waiting: deque[str] = deque()
    console = SimpleNamespace(kbhit=lambda: bool(waiting), getwch=waiting.popleft)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", console)
    return waiting


def test_keys_typed_ahead_are_dropped_there(keys: deque[str]) -> None:
    """All of them."""
    keys.extend("11")
    drop_typed_ahead(0)
    assert not keys


def test_a_key_is_waited_for_there(keys: deque[str]) -> None:
    """And it stays to be read; without one the wait ends."""
    assert not typed_within(sys.stdin, 0)
    keys.append("1")
    assert typed_within(sys.stdin, PATIENCE)
    assert keys == deque("1")


@pytest.mark.usefixtures("keys")
def test_the_kiosk_uses_no_posix_terminal_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """It turns on escape sequences in the console, and erases with them."""
    done: list[object] = []

    class Console:
        """The part of kernel32 that a kiosk uses."""

        def GetStdHandle(self, number: int) -> int:  # noqa: N802 - Windows' own names
            """Return the handle of the standard output."""
            assert number == -11
            return 7

        def GetConsoleMode(self, handle: int, _mode: object) -> int:  # noqa: N802 - as above
            """Return whether it is a console."""
            return handle == 7

        def SetConsoleMode(self, handle: int, mode: int) -> None:  # noqa: N802 - as above
            """Note the mode that was set."""
            done.append((handle, mode))

    out = SimpleNamespace(write=done.append, flush=lambda: None, encoding="utf-8")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=Console()), raising=False)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setitem(sys.modules, "termios", None)
    with hidden_typing(sys.stdin), KioskTerminal() as terminal:
        terminal.read_single_keys()
    assert done == [(7, 4), KEEP_TITLE, erase_sequence(), erase_sequence()]
