"""A page's picture: dark and light squares as cells of a terminal, with the text beside it or below it.

Fonts leave a hairline between blocks, so a square is a blank in a colour of its background where that can be.
"""

from collections.abc import Sequence
from itertools import groupby

from fibrocheck.asking.contract import Page
from fibrocheck.asking.screen.page_layout import ENDLESS, Size, side_by_side
from fibrocheck.pages.text_layout import BLANK, PICTURE, PICTURE_LIGHT, Line, Span, cells, paginate

_GAP, _MIN_BESIDE = 3, 32
"""The columns between a picture and the text beside it, and the fewest for such a text."""

_Cell = tuple[str, str]
"""The style and the sign of a cell."""

_HALVES: dict[str, _Cell] = {
    "█": (PICTURE_LIGHT, " "),
    " ": (PICTURE, " "),
    "▀": (PICTURE_LIGHT, "▄"),
    "▄": (PICTURE, "▄"),
}
"""Two squares above each other as one cell. In most fonts and sizes, the lower half reaches its edge."""

_SQUARES = {"█": ("█", "█"), " ": (" ", " "), "▀": ("█", " "), "▄": (" ", "█")}
"""The squares of a half block, each as a whole one."""


def with_picture(page: Page, room: Size, columns: int, *, is_large: bool) -> list[Line]:
    """Return a page's picture with the text beside it, or below it; no lines if it does not fit.

    `room` is that for text; picture and text beside it may have more `columns`. If the picture `is_large`, a
    square is a row high and two columns wide; otherwise half a row and one column.
    """
    picture = _large(page.picture) if is_large else _small(page.picture)
    width = sum(cells(span.text) for span in picture[0])
    beside = min(columns - width - _GAP, room.columns)
    if beside >= _MIN_BESIDE:
        (text,) = paginate(page.groups, beside, ENDLESS)
        if max(len(picture), len(text)) <= room.rows:
            return [*side_by_side(picture, text, width + _GAP)]
    (text,) = paginate(page.groups, room.columns, ENDLESS)
    fits = len(picture) + 1 + len(text) <= room.rows and width <= room.columns
    return [*picture, BLANK, *text] if fits else []


def _small(picture: Sequence[str]) -> list[Line]:
    return [_line([_HALVES[block] for block in row]) for row in picture]


def _large(picture: Sequence[str]) -> list[Line]:
    halves = [[_SQUARES[block][half] for block in row] for row in picture for half in (0, 1)]
    return [_line([_HALVES[square] for square in row for _ in range(2)]) for row in halves]


def _line(row: Sequence[_Cell]) -> Line:
    """Return cells as spans, one for each run in the same colours."""
    runs = groupby(row, key=lambda cell: cell[0])
    return tuple(Span(style, "".join(sign for _, sign in run)) for style, run in runs)
