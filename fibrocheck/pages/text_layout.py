"""Words into lines: what a page says, and how it breaks at a given width and height.

A `Section` is made of groups, a group of blocks. A group stays together on one screen where it
can. Lines carry the names of styles; the screen, the printer and the terminal each give these
names their own looks.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

TEXT, STRONG, QUIET, ACCENT, AGAIN = "text", "strong", "quiet", "accent", "again"
"""Names of styles. `AGAIN` is a heading that stands once more over what goes on from the page before."""

MEASURE = 72
"""The longest line of text, in columns: longer ones are hard to follow."""

_LABEL_COLUMN = 30
_ROOM_FOR_LABELS = 64


class Span(NamedTuple):
    """A run of text in one style, and the action that a click on it requests, if any."""

    style: str
    text: str
    action: object = None
    """Opaque here: only the screen, which sets it, knows its type."""


Line = tuple[Span, ...]
BLANK: Line = ()


class Paragraph(NamedTuple):
    """Running text; `hang` stands before its first line and the rest lines up behind it."""

    text: str
    style: str = TEXT
    hang: str = ""

    def lines(self, width: int) -> Iterator[Line]:
        """The paragraph, broken at words."""
        lead, columns = self.hang, cells(self.hang)
        for row in wrap(self.text, width - columns):
            yield (Span(self.style, lead + row),)
            lead = " " * columns


class Heading(NamedTuple):
    """A line that stands out, with an aside at its right where there is room."""

    text: str
    aside: str = ""

    def lines(self, width: int) -> Iterator[Line]:
        """One line, or two when the aside does not fit."""
        return _pair(Span(STRONG, self.text), Span(QUIET, self.aside), width)


class Row(NamedTuple):
    """A label at the left and its value at the right."""

    label: str
    value: str
    indent: int = 2

    def lines(self, width: int) -> Iterator[Line]:
        """One line, or more when the two do not fit beside each other."""
        pad = Span(TEXT, " " * self.indent)
        room = width - self.indent
        return ((pad, *line) for line in _pair(Span(TEXT, self.label), Span(TEXT, self.value), room))


class Labelled(NamedTuple):
    """A text with a label: in a column of its own on a wide page, above the text on a narrow one."""

    label: str
    text: str

    def lines(self, width: int) -> Iterator[Line]:
        """The label and the text behind or below it."""
        if width < _ROOM_FOR_LABELS:
            yield from Paragraph(self.label, ACCENT).lines(width)
            yield from Paragraph(self.text, hang="  ").lines(width)
            return
        label = self.label.ljust(_LABEL_COLUMN)
        for row in wrap(self.text, width - len(label)):
            yield (Span(ACCENT, label), Span(TEXT, row))
            label = " " * len(label)


class Gap:
    """An empty line, left out where height is short."""

    def lines(self, _width: int) -> Iterator[Line]:
        """One empty line."""
        yield BLANK


Block = Paragraph | Heading | Row | Labelled | Gap
Group = tuple[Block, ...]


class Section(NamedTuple):
    """A titled part of a text. An empty title is not printed."""

    title: str
    groups: tuple[Group, ...]
    id: str = ""


def paginate(groups: Sequence[Group], width: int, height: int) -> list[list[Line]]:
    """The groups as screenfuls of at most `height` lines, each at most `width` columns.

    What fits on one screenful is not split: neither a group nor, in a longer group, a paragraph.
    Where a group goes on, its heading stands over it again: a list of warning signs must not lose
    "Call 911". At least one (perhaps empty) screenful.
    """
    screenfuls: list[list[Line]] = [[]]
    for group in groups:
        for number, lines in enumerate(_portions(group, width, height)):
            above = [BLANK] if number == 0 and screenfuls[-1] else []
            if len(screenfuls[-1]) + len(above) + len(lines) <= height:
                screenfuls[-1] += [*above, *lines]
            elif screenfuls[-1]:
                again = _title(group, width) if number else []
                screenfuls.append([*again, *lines] if len(again) + len(lines) <= height else lines)
            else:
                screenfuls[-1] = lines
    return screenfuls


def _title(group: Group, width: int) -> list[Line]:
    """What a group that has a heading is about, without the aside beside it."""
    heading = group[0]
    return [*Paragraph(heading.text, AGAIN).lines(width)] if isinstance(heading, Heading) else []


def _portions(group: Group, width: int, height: int) -> Iterator[list[Line]]:
    """A group in the largest portions that each fit on one screenful."""
    for gaps in (True, False):
        lines = group_lines(group, width, gaps=gaps and height >= _TALL)
        if len(lines) <= height:
            yield lines
            return
    blocks = [block for block in group if not isinstance(block, Gap)]
    heading: list[Line] = []
    for block in blocks:
        lines = [*heading, *block.lines(width)]
        heading = lines if isinstance(block, Heading) else []
        for start in range(0, 0 if heading else len(lines), height):
            yield lines[start : start + height]
    if heading:
        yield heading


_TALL = 16
"""From this height on, the gaps inside a group are kept where the group fits with them."""


def group_lines(group: Group, width: int, *, gaps: bool = True) -> list[Line]:
    """A group as lines of at most `width` columns."""
    return [line for block in group if gaps or not isinstance(block, Gap) for line in block.lines(width)]


def plain(lines: Iterable[Line]) -> str:
    """Lines without their styles, each ended by a newline."""
    return "".join(["".join([span.text for span in line]).rstrip() + "\n" for line in lines])


# Only wraps are remembered, never which of them a person was shown together.
@lru_cache(maxsize=4096)
def wrap(text: str, width: int) -> tuple[str, ...]:
    """Text broken at spaces into rows of at most `width` columns; a longer word is broken too."""
    words = text.split()
    if cells(whole := " ".join(words)) <= width:
        return (whole,)
    rows: list[str] = []
    row = ""
    for word in words:
        joined = f"{row} {word}" if row else word
        if cells(joined) <= width:
            row = joined
            continue
        if row:
            rows.append(row)
        *full, row = _broken(word, max(width, 1))
        rows += full
    return (*rows, row)


def cells(text: str) -> int:
    """How many columns a text takes on a terminal."""
    if text.isascii() or max(text) < "\u0300":
        return len(text)
    from wcwidth import wcswidth  # dashes, quotes and scripts beyond Latin need its tables

    return max(wcswidth(text), 0)


def _broken(word: str, width: int) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and cells(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _pair(left: Span, right: Span, width: int) -> Iterator[Line]:
    space = width - cells(left.text) - cells(right.text)
    if not right.text:
        yield from ((Span(left.style, row),) for row in wrap(left.text, width))
    elif space >= 2:  # noqa: PLR2004 - two columns between a label and its value
        yield (left, Span(TEXT, " " * space), right)
    else:
        yield from ((Span(left.style, row),) for row in wrap(left.text, width))
        yield from ((Span(right.style, "  " + row),) for row in wrap(right.text, width - 2))
