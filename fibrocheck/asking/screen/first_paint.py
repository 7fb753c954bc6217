"""Paints the opening page before the libraries that read keys are loaded.

Loading them takes about 150 ms, in which the person is reading already. Keys typed at
the painted page wait in the terminal and count. The screen asker then draws the same page over it.
"""

import sys
import termios
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple, TextIO

from fibrocheck.asking.screen.actions import choose
from fibrocheck.asking.screen.page_layout import POINTER_COLUMNS, Glyphs, PageLayout
from fibrocheck.early_page import ENTER, HIDE_CURSOR, LEAVE, SHOW_CURSOR
from fibrocheck.pages.palette import ACCENT_INDEX, QUIET_INDEX
from fibrocheck.pages.text_layout import ACCENT, AGAIN, CURSOR, LABEL, QUIET, STRONG, TEXT, Line, cells
from fibrocheck.surroundings import shows_colours

_RESET = "\x1b[m"

COLOURS = (f"\x1b[38;5;{ACCENT_INDEX}m", f"\x1b[38;5;{QUIET_INDEX}m")
"""What sets a colour."""


@contextmanager
def opening_page_shown(page: PageLayout, glyphs: Glyphs, terminal: TextIO) -> Iterator[None]:
    """Show a page on the alternate screen with echo off; restore the terminal at the end."""
    with _quiet_keys(sys.stdin.fileno()):
        try:
            # It may arrive in parts; the cursor is shown when it is whole.
            terminal.write(f"{ENTER}{HIDE_CURSOR}{painted(page, glyphs)}{SHOW_CURSOR}")
            terminal.flush()
            yield
        finally:
            _leave(terminal)


class Painted(NamedTuple):
    """The characters that draw a page on an empty screen: rows, blank ones, and rows again.

    `cursor` is the row and the column of the cursor, from 0.
    """

    above: list[str]
    blank: int
    below: list[str]
    cursor: tuple[int, int]

    def __str__(self) -> str:
        rows = [*self.above, *[""] * self.blank, *self.below]
        row, column = self.cursor
        return "\r\n".join(rows) + f"\x1b[{row + 1};{column + 1}H"


def painted(page: PageLayout, glyphs: Glyphs, *, coloured: bool | None = None) -> Painted:
    """Return a page with the cursor on its first option; `coloured` as the terminal is if it is not given."""
    styles = _styles(coloured=shows_colours() if coloured is None else coloured)
    rows = [_drawn(line, styles) for line in page.top]
    focus_row = len(rows)
    pointer = f"{styles[ACCENT]}{styles[STRONG]} {glyphs.pointer} {_RESET}"
    listed: list[str] = []
    if page.drawn:
        from fibrocheck.asking.screen.boxes import with_focus  # loaded by the layout that has boxes

        drawn = with_focus(page.drawn, choose(page.options[0].id), glyphs)
        listed = [" " * page.margin + _drawn(line, styles) for line in drawn]
        return _whole(page, rows, listed, styles, _cursor_at(drawn, focus_row, page.margin))
    for option in page.options:
        listed += [""] * len(option.heading)
        for number, line in enumerate(option.lines):
            is_focused = option is page.options[0] and number == 0
            looks = {**styles, TEXT: styles[STRONG]} if is_focused else styles
            lead = pointer if is_focused else " " * POINTER_COLUMNS
            listed.append(" " * page.margin + lead + _drawn(line, looks))
        listed += [""] * option.gap
    return _whole(page, rows, listed, styles, (focus_row, page.margin + POINTER_COLUMNS))


def _whole(
    page: PageLayout, rows: list[str], listed: list[str], styles: dict[str, str], cursor: tuple[int, int]
) -> Painted:
    """Return the rows above, the options and the foot."""
    blank = max(page.option_rows - page.rows_needed, 0) + (page.more is not None)
    foot = [_drawn(line, styles) for line in page.foot]
    return Painted([*rows, *listed[: page.option_rows]], blank, foot, cursor)


def _cursor_at(lines: Sequence[Line], row: int, column: int) -> tuple[int, int]:
    """Return where the span for the cursor is, in lines that begin at this row and column."""
    for number, line in enumerate(lines):
        for at, span in enumerate(line):
            if span.style == CURSOR:
                return row + number, column + sum(cells(each.text) for each in line[:at])
    return row, column


def _drawn(line: Line, styles: dict[str, str]) -> str:
    return "".join(f"{styles.get(span.style, '')}{span.text}{_RESET}" for span in line)


def _styles(*, coloured: bool) -> dict[str, str]:
    """Return the escape sequence of each style: weights always, colours if they are shown."""
    accent, quiet = COLOURS if coloured else ("", "")
    bold = "\x1b[1m"
    return {
        "pointer": accent + bold,
        TEXT: "",
        STRONG: bold,
        LABEL: bold,
        AGAIN: bold,
        ACCENT: accent,
        QUIET: quiet,
    }


@contextmanager
def _quiet_keys(terminal: int) -> Iterator[None]:
    """Turn off echo and line editing, so that a key pressed early is not shown and needs no Enter."""
    before = termios.tcgetattr(terminal)
    quiet = termios.tcgetattr(terminal)
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    try:
        termios.tcsetattr(terminal, termios.TCSADRAIN, quiet)
        yield
    finally:
        with suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(terminal, termios.TCSAFLUSH, before)


def _leave(terminal: TextIO) -> None:
    with suppress(OSError):  # the terminal may be gone
        terminal.write(LEAVE)
        terminal.flush()
