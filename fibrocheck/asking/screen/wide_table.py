"""Rows to change in two columns on a screen of 160 x 50: each a place for a finger, and nothing out of sight.

In one column 18 rows have one line each there, less than a finger is wide (9 mm). Two columns of the usual
width would have room for a label or its value in a line, not for both: this page is wider than others.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from fibrocheck.asking.contract import Option
from fibrocheck.asking.screen.actions import choose, keys_of
from fibrocheck.asking.screen.page_layout import LEAD, POINTER_COLUMNS, VALUE_GAP, with_value
from fibrocheck.pages.text_layout import BLANK, TEXT, Line, Span, cells

_GAP = 4
"""The columns between the columns."""

_PLACE = 2
"""The least rows of a place; there is an empty one between two places."""

_VALUE_SHARE = 0.38
"""Values take at most this part of a column."""

_HEADING = "separator"
"""The style of headings between rows, as in a list."""

_Part = list[tuple[str, Option]]
"""Options under one heading, each with its key."""


def in_columns(options: Sequence[Option], columns: int) -> Iterator[Line]:
    """Yield rows to change: the first parts at the left and the others at the right, about as high.

    All of them below each other if there is only one part.
    """
    width = (columns - _GAP) // 2
    parts = _parts(options)
    splits = (
        ([*_listed(parts[:at], width)], [*_listed(parts[at:], width)]) for at in range(1, len(parts) + 1)
    )
    for left, right in zip_longest(*min(splits, key=lambda both: max(map(len, both))), fillvalue=BLANK):
        used = sum(cells(span.text) for span in left)
        yield (*left, Span(TEXT, " " * (width + _GAP - used)), *right) if left or right else BLANK


def _listed(parts: Sequence[_Part], width: int) -> Iterator[Line]:
    for number, part in enumerate(parts):
        yield from [BLANK] if number else []
        yield Span(TEXT, " " * POINTER_COLUMNS), Span(_HEADING, part[0][1].heading)
        room = width - POINTER_COLUMNS
        values = max(cells(option.value) for _, option in part)
        labels = room - min(values, int(width * _VALUE_SHARE)) - VALUE_GAP
        for place, (key, option) in enumerate(part):
            yield from [BLANK] if place else []
            yield from _place(option, with_value(option._replace(heading=""), key, labels, room).lines, width)


def _parts(options: Sequence[Option]) -> list[_Part]:
    """Return options with their keys, by headings."""
    parts: list[_Part] = []
    for key, option in zip(keys_of([*options, Option("", "", is_way_on=True)]), options, strict=False):
        if option.heading or not parts:
            parts.append([])
        parts[-1].append((key, option))
    return parts


def _place(option: Option, lines: Sequence[Line], width: int) -> Iterator[Line]:
    """Yield the lines of a place, all of it a target for a tap."""
    action = choose(option.id)
    for number in range(max(len(lines), _PLACE)):
        line = lines[number] if number < len(lines) else BLANK
        used = POINTER_COLUMNS + sum(cells(span.text) for span in line)
        lead = Span(LEAD if number == 0 else TEXT, " " * POINTER_COLUMNS, action)
        yield lead, *line, Span(TEXT, " " * (width - used), action)
