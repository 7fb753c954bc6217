"""What wide pages are made of: boxes, in which a tap counts anywhere, also on the edge, and bars.

Loaded only where boxes fit, so that a smaller terminal starts without it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fibrocheck.asking.screen.actions import Action
from fibrocheck.asking.screen.page_layout import LEAD, POINTER_COLUMNS, Glyphs
from fibrocheck.pages.text_layout import (
    BLANK,
    CURSOR,
    QUIET,
    STRONG,
    TEXT,
    Barred,
    Gap,
    Group,
    Heading,
    Line,
    Paragraph,
    Span,
    cells,
)

EDGES = 2
"""The columns, and the rows, that the edges of a box take."""

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
            elif span.style == LEAD:
                spans.append(span._replace(style=_POINTER, text=f" {glyphs.pointer} "))
            elif is_pointed or not span.text.strip():
                spans.append(_stronger(span))
            else:
                spans += _with_cursor(span)
                is_pointed = True
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
        style = LEAD if number == above else TEXT
        lead = [Span(style, " " * POINTER_COLUMNS, box.action)] if box.leads else []
        text = (*lead, *(span._replace(action=box.action) for span in line))
        pad = Span(TEXT, " " * (inner - sum(cells(span.text) for span in text)), box.action)
        yield (edge, *text, pad, edge)
    yield (Span(QUIET, left_bottom + rule * inner + right_bottom, box.action),)


def _with_cursor(span: Span) -> tuple[Span, ...]:
    """Return the first text of the option that has the focus, with the cursor on its first character."""
    blank = len(span.text) - len(span.text.lstrip())
    before = [span._replace(text=span.text[:blank])] if blank else []
    return *before, Span(CURSOR, ""), _stronger(span)._replace(text=span.text[blank:])


def _stronger(span: Span) -> Span:
    return span._replace(style=STRONG) if span.style == TEXT else span


def barred(group: Group, bar: str, more: int) -> Group:
    """Return a group with a bar at its left if it is a list of warnings: a heading over lines as strong.

    Such lines may have some more columns than others.
    """
    heading, *listed = group or (Gap(),)
    is_warning = bool(listed) and all(isinstance(each, Paragraph) and each.style == STRONG for each in listed)
    if not (isinstance(heading, Heading) and is_warning):
        return group
    return tuple(Barred(each, bar, more) for each in group if isinstance(each, Paragraph | Heading))
