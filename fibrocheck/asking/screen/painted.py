"""Windows that write lines to the screen in whole pieces, and keep them from one frame to the next.

prompt_toolkit writes each character of each line again with each key, and compares and sends them one
by one: most of the time that a key takes on a large screen. Here a piece of text is one cell, as wide as the
text, and a row of cells is copied at once. Blanks in the terminal's own colours are not written, but for the
one or two between words: what reads the output aloud needs those.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from prompt_toolkit.application import get_app
from prompt_toolkit.data_structures import Point
from prompt_toolkit.layout import Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.layout.mouse_handlers import MouseHandler, MouseHandlers
from prompt_toolkit.layout.screen import Char, Screen, WritePosition

from fibrocheck.asking.screen.actions import Action, action_of
from fibrocheck.pages.palette import BLACK_ON_WHITE, COLOURS_OFF, WHITE_ON_BLACK
from fibrocheck.pages.text_layout import BLANK, CURSOR, PICTURE, PICTURE_LIGHT, TEXT, Line, Span, cells

_GAP = "   "
"""Blanks that are not written: three or more between words."""


_PICTURES = {PICTURE: WHITE_ON_BLACK, PICTURE_LIGHT: BLACK_ON_WHITE}


class _Piece(Char):
    """A piece of text as one cell. No cache of the library keeps it: it may be an answer."""

    __slots__ = ()

    def __init__(self, text: str, style: str, width: int) -> None:
        self.char, self.style, self.width = text, style, width


_COVERED = _Piece("", "", 1)
"""What is in the columns that a piece covers: unlike any text, so that what comes next there is written."""


class _Row(NamedTuple):
    """A line as cells: by column, the pieces, what the mouse does, and sequences to send before one."""

    pieces: dict[int, Char]
    handlers: dict[int, MouseHandler]
    sequences: dict[int, str]
    cursor: list[int]


class Painted(Window):
    """A window that shows lines."""

    def __init__(
        self,
        lines: Callable[[], Sequence[Line]],
        click: Callable[[Action], MouseHandler],
        *,
        without_focus: Callable[[], Sequence[Line]] = tuple,
        can_have_focus: bool = False,
        elsewhere: MouseHandler | None = None,
        width: int | None = None,
    ) -> None:
        """Prepare to show what `lines` returns at that moment; the window is as high as that.

        `click` returns what the mouse does on an action. In a window that has `elsewhere`, this is what it
        does beside one, and the last action of a line reaches to the right edge.
        `without_focus` returns the lines as they are when the focus is in another window: they are kept while
        it is here.
        """
        super().__init__(FormattedTextControl(focusable=can_have_focus), width=width)
        self._lines = lines
        self._without_focus = without_focus
        self._click = click
        self._elsewhere = elsewhere
        self._place: tuple[range, str] | None = None
        self._known: dict[Line, _Row] = {}

    def preferred_height(self, width: int, max_available_height: int) -> Dimension:  # noqa: ARG002
        """Return the number of lines: neither more nor less."""
        return Dimension.exact(len(self._lines()))

    def write_to_screen(
        self,
        screen: Screen,
        mouse_handlers: MouseHandlers,
        write_position: WritePosition,
        parent_style: str,
        erase_bg: bool,  # noqa: ARG002, FBT001 - the library's signature; only floats ask for it
        z_index: int | None,  # noqa: ARG002
    ) -> None:
        """Copy the rows to the screen, and put the cursor where they have it."""
        at = write_position
        columns = range(at.xpos, at.xpos + at.width)
        screen.visible_windows_to_write_positions[self] = at
        screen.height = max(screen.height, at.ypos + at.height)
        if get_app().layout.current_window is self:
            screen.set_cursor_position(self, Point(at.xpos, at.ypos))
            screen.show_cursor = True
        rows = self._rows(columns, parent_style.strip(), at.height)
        for y, row in zip(range(at.ypos, at.ypos + at.height), rows, strict=False):
            screen.data_buffer[y].update(row.pieces)
            if row.handlers:
                mouse_handlers.mouse_handlers[y].update(row.handlers)
            if row.sequences:
                screen.zero_width_escapes[y].update(row.sequences)
            for x in row.cursor:
                screen.set_cursor_position(self, Point(x, y))

    def _rows(self, columns: range, style: str, height: int) -> list[_Row]:
        """Return the rows as they are now; those that were shown last, or are without the focus, are kept.

        Below them, a window that is higher is filled with the colours of a set.
        """
        known = self._known if self._place == (columns, style) else {}
        lines = self._lines()
        filled = [BLANK] * (height - len(lines)) if style else []
        shown = (*lines, *filled)
        self._place = columns, style
        self._known = {
            line: known[line] if line in known else _row(line, columns, style, self._click, self._elsewhere)
            for line in dict.fromkeys((*self._without_focus(), *shown))
        }
        return [self._known[line] for line in shown]


def _row(
    line: Line,
    columns: range,
    style: str,
    click: Callable[[Action], MouseHandler],
    elsewhere: MouseHandler | None,
) -> _Row:
    """Return a line as cells in these columns, with blanks in the colours of a set if there is a style."""
    row = _Row({}, dict.fromkeys(columns, elsewhere) if elsewhere else {}, {}, [])
    blank = Span(TEXT, " " * (len(columns) - sum(cells(span.text) for span in line)) if style else "")
    x = columns.start
    for span in (*line, blank):
        if span.style == CURSOR:
            row.cursor.append(x)
            continue
        # In a set of colours, which everything is drawn in, a picture's are among them.
        is_picture = span.style in _PICTURES and not style
        # The library resets the colours where the style changes: all pictures have the same.
        looks = f"{style} class:{PICTURE if is_picture else span.style}".lstrip()
        if is_picture and x > columns.start:
            # Whatever is written first in a row resets the colours: that is not the picture then.
            row.pieces.setdefault(x - 1, _Piece(" ", looks, 1))
        for start, text in _written(span.text, is_whole=bool(style) or is_picture):
            _add(row.pieces, x + start, text, looks, columns.stop)
        end = x + cells(span.text)
        if action := action_of(span):
            row.handlers.update(dict.fromkeys(range(x, end), click(action)))
        if is_picture:
            # The row's own colours, which `NO_COLOR` does not leave out; off again with the next cell.
            row.sequences.update({x: _PICTURES[span.style], end: COLOURS_OFF})
            row.pieces[end] = _Piece(" ", style, 1)
        x = end
    if elsewhere and line and (action := action_of(line[-1])):
        row.handlers.update(dict.fromkeys(range(x, columns.stop), click(action)))
    return row


def _written(text: str, *, is_whole: bool) -> Iterator[tuple[int, str]]:
    """Yield what is written of a text, with the columns before it."""
    if is_whole or _GAP not in text:
        yield 0, text
        return
    at = 0
    for part in text.split(_GAP) if text.strip(" ") else ():
        if part and (words := part.strip(" ")):
            yield cells(text[: at + part.index(words)]), words
        at += len(part) + len(_GAP)


def _add(row: dict[int, Char], x: int, text: str, style: str, stop: int) -> None:
    """Add a piece at a column to a row, without what is beyond the last column.

    A window grown narrow is drawn once before it is laid out, and a word may be wider than any window.
    """
    if x >= stop:
        return
    while x + (width := cells(text)) > stop:
        text = text[:-1]
    if width > 0:
        row.update(dict.fromkeys(range(x, x + width), _COVERED))
        row[x] = _Piece(text, style, width)
