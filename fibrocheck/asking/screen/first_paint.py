"""The opening page, painted before the libraries that read keys are loaded.

They take about 150 ms; the person reads meanwhile. What is typed at the painted page
waits in the terminal and counts. The screen asker then draws the same page over it.
"""

import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from fibrocheck.asking.screen.layout import POINTER_COLUMNS, Frame, Glyphs
from fibrocheck.pages.palette import ACCENT_INDEX, QUIET_INDEX, shows_colours
from fibrocheck.pages.text_layout import ACCENT, AGAIN, QUIET, STRONG, TEXT, Line

_ENTER, _LEAVE = "\x1b[?1049h\x1b[H\x1b[2J", "\x1b[?1049l"
_RESET = "\x1b[m"


@contextmanager
def opened(frame: Frame, glyphs: Glyphs, terminal: TextIO) -> Iterator[None]:
    """Show a page on the alternate screen with echo off; give the terminal back at the end."""
    with _quiet_keys(sys.stdin.fileno()):
        try:
            terminal.write(_ENTER + painted(frame, glyphs))
            terminal.flush()
            yield
        finally:
            _leave(terminal)


def painted(frame: Frame, glyphs: Glyphs) -> str:
    """A page as the bytes that draw it on an empty screen, the cursor on its first choice."""
    styles = _styles()
    rows = [_drawn(line, styles) for line in frame.top]
    focus_row = len(rows)
    pointer = f"{styles[ACCENT]}{styles[STRONG]} {glyphs.pointer} {_RESET}"
    for option in frame.options:
        for number, line in enumerate(option.lines):
            is_focused = option is frame.options[0] and number == 0
            looks = {**styles, TEXT: styles[STRONG]} if is_focused else styles
            lead = pointer if is_focused else " " * POINTER_COLUMNS
            rows.append(" " * frame.margin + lead + _drawn(line, looks))
    rows += [""] * (frame.option_rows - frame.rows_needed)
    rows += [_drawn(line, styles) for line in frame.foot]
    return "\r\n".join(rows) + f"\x1b[{focus_row + 1};{frame.margin + POINTER_COLUMNS + 1}H"


def _drawn(line: Line, styles: dict[str, str]) -> str:
    return "".join(f"{styles[span.style]}{span.text}{_RESET}" for span in line)


def _styles() -> dict[str, str]:
    """The looks of the styles here: weights everywhere, colours where they can be had."""
    colours = (f"\x1b[38;5;{ACCENT_INDEX}m", f"\x1b[38;5;{QUIET_INDEX}m")
    accent, quiet = colours if shows_colours() else ("", "")
    return {TEXT: "", STRONG: "\x1b[1m", AGAIN: "\x1b[1m", ACCENT: accent, QUIET: quiet}


@contextmanager
def _quiet_keys(terminal: int) -> Iterator[None]:
    """No echo and no line editing, so that a key pressed early neither shows nor waits for Enter."""
    found = termios.tcgetattr(terminal)
    quiet = termios.tcgetattr(terminal)
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    try:
        termios.tcsetattr(terminal, termios.TCSADRAIN, quiet)
        yield
    finally:
        with suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(terminal, termios.TCSAFLUSH, found)


def _leave(terminal: TextIO) -> None:
    with suppress(OSError):  # the terminal may be gone
        terminal.write(_LEAVE)
        terminal.flush()
