"""What a person would see of the bytes that a program sends to its terminal."""

import re

import pyte
from wcwidth import wcwidth

ALTERNATE = frozenset({47, 1047, 1049})
SHOWS_CURSOR, WRAPS = 25, 7
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_REPORT = re.compile(rb"\x1b\[\?[0-9;]*n")  # tmux 3.8 asks whether the colours are dark; pyte fails on it
_UNFINISHED = re.compile(rb"\x1b(\[(\?[0-9;]*)?)?$")
_SCROLLBACK = 10_000  # lines


class Emulator:
    """A terminal's two screens, its scrollback, its cursor and its modes.

    pyte knows no alternate screen: the ordinary screen is kept apart from it here.
    """

    def __init__(self, columns: int, rows: int) -> None:
        """An empty terminal of this size."""
        self.ordinary = pyte.HistoryScreen(columns, rows, history=_SCROLLBACK)
        self.alternate = pyte.Screen(columns, rows)
        self.modes = {SHOWS_CURSOR, WRAPS}
        self._ordinary_stream = pyte.ByteStream(self.ordinary)
        self._alternate_stream = pyte.ByteStream(self.alternate)
        self._unfinished = b""
        self._rows: dict[pyte.Screen, list[str]] = {}

    @property
    def is_alternate(self) -> bool:
        """Whether the alternate screen is shown."""
        return bool(self.modes & ALTERNATE)

    @property
    def screen(self) -> pyte.Screen:
        """The screen that is shown."""
        return self.alternate if self.is_alternate else self.ordinary

    @property
    def rows(self) -> list[str]:
        """The rows of the screen that is shown."""
        return self._rows_of(self.screen)

    @property
    def text(self) -> str:
        """The screen that is shown."""
        return "\n".join(self.rows).rstrip()

    @property
    def ordinary_text(self) -> str:
        """All of the ordinary screen, from the top of its scrollback to its last row."""
        gone = (
            "".join(row[column].data for column in range(self.ordinary.columns))
            for row in self.ordinary.history.top
        )
        return "\n".join([*(row.rstrip() for row in gone), *self._rows_of(self.ordinary)]).strip()

    def feed(self, data: bytes) -> None:
        """Show what a program has sent."""
        self._rows.clear()
        data = self._unfinished + data
        unfinished = _UNFINISHED.search(data)
        self._unfinished = unfinished[0] if unfinished else b""
        data = _REPORT.sub(b"", data[: len(data) - len(self._unfinished)])
        shown = 0
        for found in _MODE.finditer(data):
            self._show(data[shown : found.start()])
            shown = found.end()
            for mode in found[1].split(b";"):
                self._set(int(mode), is_on=found[2] == b"h")
        self._show(data[shown:])

    def resize(self, columns: int, rows: int) -> None:
        """Become larger or smaller."""
        self._rows.clear()
        self.ordinary.resize(rows, columns)
        self.alternate.resize(rows, columns)

    def _rows_of(self, screen: pyte.Screen) -> list[str]:
        """Return what pyte displays, until something else is shown: tests look at it again and again.

        pyte measures every cell, also those where nothing stands: half of what a test at a terminal cost.
        """
        if screen not in self._rows:
            rows = [_row_of(screen, y) for y in range(screen.lines)]
            shown = screen.display if None in rows else filter(None, rows)
            self._rows[screen] = [row.rstrip() for row in shown]
        return self._rows[screen]

    def _show(self, data: bytes) -> None:
        (self._alternate_stream if self.is_alternate else self._ordinary_stream).feed(data)

    def _set(self, mode: int, *, is_on: bool) -> None:
        if mode in ALTERNATE and is_on:
            self.alternate.reset()
        self._show(b"\x1b[?%d%c" % (mode, b"lh"[is_on]))
        if is_on:
            self.modes.add(mode)
        else:
            self.modes.discard(mode)


def _row_of(screen: pyte.Screen, y: int) -> str | None:
    """Return a row of a screen, whole; `None` if not each character in it has a cell of its own."""
    cells = [" "] * screen.columns
    for x, cell in screen.buffer[y].items():
        if x < screen.columns:
            cells[x] = cell.data
    row = "".join(cells)
    return None if len(row) != screen.columns or any(wcwidth(each) > 1 for each in {*row}) else row
