"""The ways at the foot of a wide page as boxes in rows."""

from collections.abc import Sequence

from fibrocheck.asking.screen.actions import Action
from fibrocheck.asking.screen.boxes import EDGES, Box, beside_each_other
from fibrocheck.asking.screen.foot import FootKey
from fibrocheck.asking.screen.page_layout import Glyphs
from fibrocheck.pages.text_layout import BLANK, STRONG, TEXT, Line, Span, cells

BOX_GAP = 2
"""The empty columns between boxes beside each other."""

_MAX_FOOT_BOX = 26


def wrapped(boxes: Sequence[Box], room: int, gap: int = BOX_GAP) -> list[list[Box]]:
    """Return boxes in as few rows as they need."""
    rows: list[list[Box]] = []
    for box in boxes:
        used = sum(each.width + gap for each in rows[-1]) if rows else room
        if used + box.width > room:
            rows.append([])
        rows[-1].append(box)
    return rows


def foot_box(key: FootKey, action: Action, pad: int) -> Box:
    """Return a key of the foot as a box, with empty columns at either side of its text."""
    name = Span(STRONG if key.does else TEXT, key.name)
    does = [Span(TEXT, f" {key.does}")] if key.does else []
    line = (name, *does)
    return Box(action, (line,), sum(cells(span.text) for span in line) + 2 * pad + EDGES)


def _gap_between(boxes: Sequence[Box], room: int) -> int:
    """Return the empty columns between the boxes of a row: fewer if that makes them fit."""
    width = sum(box.width for box in boxes)
    return BOX_GAP if width + BOX_GAP * (len(boxes) - 1) <= room else 1


def foot_lines(rows: Sequence[Sequence[Box]], room: int, glyphs: Glyphs) -> list[Line]:
    """Return rows of boxes that fill the column as lines, with an empty line between."""
    lines: list[Line] = []
    for row in rows:
        filled = _evenly(row, room)
        lines += [*([BLANK] if lines else []), *beside_each_other(filled, glyphs, _gap_between(filled, room))]
    return lines


def _evenly(boxes: Sequence[Box], room: int) -> list[Box]:
    """Return boxes that fill the column, or are all as wide as is pleasant; their text is in the middle."""
    room -= _gap_between(boxes, room) * (len(boxes) - 1)
    width = min(room // len(boxes), _MAX_FOOT_BOX)
    if all(box.width <= width for box in boxes):
        widths = [width] * len(boxes)
    else:
        more = (room - sum(box.width for box in boxes)) // len(boxes)
        widths = [box.width + more for box in boxes]
    if width < _MAX_FOOT_BOX:
        widths[-1] += room - sum(widths)
    return [_centred(box, each) for box, each in zip(boxes, widths, strict=True)]


def _centred(box: Box, width: int) -> Box:
    (line,) = box.lines
    space = (width - EDGES - sum(cells(span.text) for span in line)) // 2
    return box._replace(lines=((Span(TEXT, " " * space), *line),), width=width)
