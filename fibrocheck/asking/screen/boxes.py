"""Options and the ways at the foot as boxes: lines in which a tap counts anywhere, also on the edge of a box.

Loaded only where boxes fit, so that a smaller terminal starts without it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fibrocheck.asking.screen.actions import Action
from fibrocheck.asking.screen.page_layout import POINTER_COLUMNS, Glyphs
from fibrocheck.pages.text_layout import BLANK, CURSOR, QUIET, STRONG, TEXT, Line, Span, cells

EDGES = 2
"""The columns, and the rows, that the edges of a box take."""

_LEAD = "lead"
"""The style of the columns in which the pointer is drawn."""

_POINTER = "pointer"


class Box(NamedTuple):
    """A box: its action, the lines in it, and its columns with the edges. `leads` if it has a pointer."""

    action: Action
    lines: tuple[Line, ...]
    width: int
    leads: bool = False


def beside_each_other(boxes: Sequence[Box], glyphs: Glyphs, gap: int) -> Iterator[Line]:
    """Yield boxes beside each other as lines, all as high as the highest, with empty columns between."""
    height = max(len(box.lines) for box in boxes)
    between = Span(TEXT, " " * gap)
    for parts in zip(*(_drawn(box, height, glyphs) for box in boxes), strict=True):
        first, *others = parts
        yield (*first, *(span for part in others for span in (between, *part)))


def with_focus(lines: Sequence[Line], focus: Action | None, glyphs: Glyphs) -> list[Line]:
    """Return lines with the box of an action drawn with heavier edges, the pointer and the cursor in it.

    Lines without it are the same objects.
    """
    heavier = str.maketrans(dict(zip(glyphs.box, glyphs.focused_box, strict=True)))
    drawn: list[Line] = []
    is_pointed = False
    for line in lines:
        if focus is None or all(span.action != focus for span in line):
            drawn.append(line)
            continue
        spans: list[Span] = []
        for span in line:
            if span.action != focus:
                spans.append(span)
            elif span.style == QUIET and set(span.text) <= set(glyphs.box):
                spans.append(span._replace(style=_POINTER, text=span.text.translate(heavier)))
            elif is_pointed:
                spans.append(_stronger(span))
            else:
                spans += _pointed(span, glyphs)
                is_pointed = bool(span.text.strip()) or span.style == _LEAD
        drawn.append(tuple(spans))
    return drawn


def _drawn(box: Box, height: int, glyphs: Glyphs) -> Iterator[Line]:
    """Yield the lines of one box: its top, what is in it, its bottom."""
    left_top, right_top, left_bottom, right_bottom, rule, side = list(glyphs.box)
    inner = box.width - EDGES
    edge = Span(QUIET, side, box.action)
    yield (Span(QUIET, left_top + rule * inner + right_top, box.action),)
    above = (height - len(box.lines)) // 2
    for number in range(height):
        line = box.lines[number - above] if 0 <= number - above < len(box.lines) else BLANK
        style = _LEAD if number == above else TEXT
        lead = [Span(style, " " * POINTER_COLUMNS, box.action)] if box.leads else []
        text = (*lead, *(span._replace(action=box.action) for span in line))
        pad = Span(TEXT, " " * (inner - sum(cells(span.text) for span in text)), box.action)
        yield (edge, *text, pad, edge)
    yield (Span(QUIET, left_bottom + rule * inner + right_bottom, box.action),)


def _pointed(span: Span, glyphs: Glyphs) -> tuple[Span, ...]:
    """Return the first span of the box that has the focus, with the pointer and the cursor."""
    if span.style == _LEAD:
        # Before the pointer, so that a cursor drawn as a block hides no key.
        return Span(CURSOR, ""), span._replace(style=_POINTER, text=f" {glyphs.pointer} ")
    return (Span(CURSOR, ""), _stronger(span)) if span.text.strip() else (span,)


def _stronger(span: Span) -> Span:
    return span._replace(style=STRONG) if span.style == TEXT else span
