"""One option of a page as lines, with its key, its details and its value."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from fibrocheck.asking.contract import GO_ON, SKIP, Option
from fibrocheck.asking.screen.actions import choose, other_key
from fibrocheck.pages.text_layout import DETAIL, STRONG, TEXT, Line, Span, balanced, cells, pair, wrap

_CUT, _LEAST_CUT = " …", 2
"""What stands for the rest of a label, and the rows of the lowest list in which a label is cut."""

_VALUE_GAP, VALUE_GAP = 2, 3
"""The columns between a label and its value: at the right edge, and in a column of values."""


class OptionLines(NamedTuple):
    """One option as lines, its key, if it has one, and the heading above it, if any.

    `gap` is the number of empty rows below it that belong to it. `is_apart` if it is no answer, but leads on
    without one; `is_way_on` as in `Option`. `other_key` chooses it too.
    """

    id: str
    key: str
    heading: tuple[str, ...]
    lines: tuple[Line, ...]
    gap: int = 0
    is_apart: bool = False
    is_way_on: bool = False
    other_key: str = ""

    @property
    def height(self) -> int:
        """The number of rows that the option needs."""
        return len(self.heading) + len(self.lines) + self.gap


def option_lines(option: Option, key: str, width: int, box: str, values: int | None = None) -> OptionLines:
    """Return an option as lines of at most `width` columns, with its key and what its box shows before it.

    `values`: the most columns of a value beside its label; 0 if it is below, `None` if where there is room.
    """
    heading = ("", *kept_or_wrapped(option.heading, width)) if option.heading else ()
    is_apart = option.is_apart or option.is_way_on or option.id in {SKIP, GO_ON}
    lead = f"{key}  {box}" if key else box
    option = option._replace(label=label_of(option, key))
    lines = (*_label_lines(option, lead, width, values), *_detail_lines(option, width, cells(lead)))
    return OptionLines(
        option.id,
        key.strip(),
        heading,
        lines,
        is_apart=is_apart,
        is_way_on=option.is_way_on,
        other_key=other_key(option, key),
    )


def apart(options: tuple[OptionLines, ...], rows: int) -> tuple[OptionLines, ...]:
    """Return options with empty rows above each that is set apart from those before it."""
    return tuple(
        each._replace(heading=("",) * rows) if each.is_apart and number and not each.heading else each
        for number, each in enumerate(options)
    )


def with_gaps(options: tuple[OptionLines, ...], rows: int, least: int = 0) -> tuple[OptionLines, ...]:
    """Return options with empty rows below each but the last, which belong to it; one of them is apart.

    With at least as many as make it `least` rows high.
    """
    gaps = [max(rows, least - len(each.lines)) for each in options] if least else [rows] * len(options)
    looser = [each._replace(gap=gap) for each, gap in zip(options[:-1], gaps, strict=False)]
    return apart((*looser, *options[-1:]), 1)


def label_of(option: Option, key: str) -> str:
    """Return an option's label, with the other key that chooses it."""
    other = other_key(option, key)
    return f"{option.label} ({other})" if other else option.label


def _detail_lines(option: Option, width: int, indent: int) -> Iterator[Line]:
    for row in wrap(option.details, width - indent) if option.details else ():
        yield (Span(DETAIL, " " * indent + row, choose(option.id)),)


def _label_lines(option: Option, lead: str, width: int, values: int | None) -> tuple[Line, ...]:
    action = choose(option.id)
    room = width - len(lead)
    space = room - cells(option.label) - cells(option.value)
    if option.value and space >= _VALUE_GAP and values != 0:
        return ((Span(TEXT, f"{lead}{option.label}{' ' * space}{option.value}", action),),)
    if values and option.value:
        beside = pair(Span(TEXT, option.label), Span(TEXT, option.value), room, values)
        label = ["".join([span.text for span in line]).rstrip() for line in beside]
    else:
        rows = kept_or_wrapped(option.label, room)
        label = [*_with_value_below(rows, option.value, room, is_alone=values == 0)]
    leads = [lead, *[" " * len(lead)] * (len(label) - 1)]
    style = STRONG if option.details else TEXT  # a name is apart from what is said about it
    return tuple((Span(style, before + row, action),) for before, row in zip(leads, label, strict=True))


def _with_value_below(label: Sequence[str], value: str, room: int, *, is_alone: bool) -> Iterator[str]:
    """Yield the rows of a label, with its value below it; or at the right of the last one, unless alone."""
    *rows, last = label
    yield from rows
    space = room - cells(last) - cells(value)
    if value and space >= _VALUE_GAP and not is_alone:
        yield f"{last}{' ' * space}{value}"
        return
    yield last
    yield from (f"  {row}" for row in wrap(value, room - 2) if value)


def cut_to(option: OptionLines, value: str, rows: int, width: int) -> OptionLines:
    """Return an option that is no higher than its list: its last row stays if its value is there."""
    if option.height <= rows or rows < _LEAST_CUT:
        return option
    last = option.lines[-1:] if value.endswith(option.lines[-1][-1].text.strip()) else ()
    *before, (*start, cut) = option.lines[: rows - len(last)]
    text = cut.text
    while cells(text) + cells(_CUT) > width:
        text = text.rpartition(" ")[0]
    lines = (*before, (*start, cut._replace(text=f"{text.rstrip()}{_CUT}")), *last)
    return option._replace(heading=(), lines=lines, gap=0)


def kept_or_wrapped(text: str, room: int) -> tuple[str, ...]:
    """Return a text as it is if it fits: a row of a table has its columns below those of the others."""
    return (text,) if cells(text) <= room else wrap(text, room)


def lead(key: str) -> str:
    """Return what stands before a label."""
    return f"{key}  " if key else ""


def with_value(option: Option, key: str, labels: int, width: int) -> OptionLines:
    """Return an option with its value beside its label, both broken where they must be."""
    whole = option_lines(option._replace(value=""), key, width, "")
    if not option.value:
        return whole
    before = lead(key)
    room = labels - cells(before)
    values = wrap(option.value, width - labels - VALUE_GAP)
    label_rows = (option.label,) if cells(option.label) <= room else balanced(option.label, room)
    rows = zip_longest(label_rows, values, fillvalue="")
    lines = [
        (
            Span(TEXT, before if not number else " " * cells(before), choose(option.id)),
            Span(TEXT, label + " " * (room - cells(label) + VALUE_GAP), choose(option.id)),
            Span(TEXT, value, choose(option.id)),
        )
        for number, (label, value) in enumerate(rows)
    ]
    return whole._replace(lines=tuple(lines))
