"""The text of a page as lines, broken at a given width and height.

A `Section` consists of groups, a group of blocks. A group stays on one screen if it fits. Lines carry
the names of styles; the screen, the printer and the terminal each decide what these look like.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, zip_longest
from typing import NamedTuple

TEXT, STRONG, QUIET, ACCENT, LABEL, AGAIN = "text", "strong", "quiet", "accent", "label", "again"
"""Names of styles. `LABEL` is for words beside a text, `ACCENT` and `QUIET` for lines and signs, as they
are too pale to read; `AGAIN` is a heading repeated above what continues from the page before."""

PICTURE, PICTURE_LIGHT = "picture", "picture-light"
"""White on black and black on white, whatever the terminal's colours are."""

DETAIL = "detail"
"""The style of what is said below a choice: as text, and no stronger when the choice has the focus."""

PROBLEM = "problem"
"""The style of a message that says what is wrong."""
ASIDE = "aside"
"""The style of what is to be read, but not first: quiet where the background is known, otherwise as text.
No grey is far enough from both white and black: thin letters of it had 4.2 : 1 on a screen.
"""

CURSOR = "cursor"
"""The style of a span without text where the terminal's cursor stands."""

MEASURE = 72
"""The longest line of text, in columns. Longer lines are hard to follow."""

LARGE_MEASURE = 48
"""The longest line of large text, in columns."""

_LATIN_ENDS = "\u0300"
_SIGNS = ((0x2010, 0x2027), (0x2030, 0x205E), (0x2190, 0x21FF), (0x2500, 0x25FC))
_NARROW = frozenset(
    ("\u20ac", "\u2122", "\u276f", *(chr(sign) for first, last in _SIGNS for sign in range(first, last + 1)))
)
"""What is narrow beyond Latin letters; tests/pages/test_text_layout.py compares it with wcwidth.

No pattern: compiling it for the first dash took as long as laying out a page.
"""

_LABEL_COLUMN = 30
_ROOM_FOR_LABELS = 64
_ASIDE_GAP = 2
_MIN_LABELS = 28  # the least columns of long labels beside their values
_TALL = 16
"""From this height on, the gaps inside a group are kept if the group fits with them."""


class Span(NamedTuple):
    """A run of text in one style, and the action that a click on it requests, if any."""

    style: str
    text: str
    action: object = None
    """Opaque here: only the screen, which sets it, knows its type."""


Line = tuple[Span, ...]
BLANK: Line = ()


class Paragraph(NamedTuple):
    """Running text. `hang` precedes its first line, and the other lines are indented by as much."""

    text: str
    style: str = TEXT
    hang: str = ""

    def lines(self, width: int) -> Iterator[Line]:
        """Return the paragraph, broken between words."""
        lead, columns = self.hang, cells(self.hang)
        for row in wrap(self.text, width - columns):
            yield (Span(self.style, lead + row),)
            lead = " " * columns


class Heading(NamedTuple):
    """A line in bold with an aside at its right; below it if there is no room, or if it `is_above`."""

    text: str
    aside: str = ""
    is_above: bool = False

    def lines(self, width: int) -> Iterator[Line]:
        """Return one line, or more if the heading or its aside does not fit on it."""
        if self.aside and not self.is_above and self.has_room(width):
            return pair(Span(STRONG, self.text), Span(TEXT, self.aside), width)
        rows = [Span(STRONG, row) for row in balanced(self.text, width)]
        below = [Span(TEXT, f"  {row}") for row in wrap(self.aside, width - 2) if self.aside]
        return ((span,) for span in (*rows, *below))

    def has_room(self, width: int) -> bool:
        """Return whether the aside has room beside the heading."""
        return not self.aside or cells(self.text) + _ASIDE_GAP + cells(self.aside) <= width


class Row(NamedTuple):
    """A label at the left and its value at the right.

    `widest`: the columns of the longest label and value of its list. If not all have room beside each other,
    labels are broken, or every value is below its label.
    """

    label: str
    value: str
    indent: int = 2
    widest: tuple[int, int] = (0, 0)

    def lines(self, width: int) -> Iterator[Line]:
        """Return one line, or more if label and value do not fit beside each other."""
        room = width - self.indent
        labels, values = self.widest
        values = min(values, max(room // 2, room - labels - _ASIDE_GAP))
        has_column = room - values >= min(_MIN_LABELS, labels + _ASIDE_GAP)
        most = (values if has_column else 0) if sum(self.widest) + _ASIDE_GAP > room else None
        lines = pair(Span(TEXT, self.label), Span(TEXT, self.value), room, most)
        return ((Span(TEXT, " " * self.indent), *line) for line in lines)


class Labelled(NamedTuple):
    """A text with a label: beside the text on a wide page, above it on a narrow one."""

    label: str
    text: str

    def lines(self, width: int) -> Iterator[Line]:
        """Return the label with the text beside or below it."""
        if width < _ROOM_FOR_LABELS:
            yield from Paragraph(self.label, LABEL).lines(width)
            yield from Paragraph(self.text, hang="  ").lines(width)
            return
        labels = wrap(self.label, _LABEL_COLUMN - _ASIDE_GAP)
        for label, row in zip_longest(labels, wrap(self.text, width - _LABEL_COLUMN), fillvalue=""):
            yield (Span(LABEL, label.ljust(_LABEL_COLUMN)), Span(TEXT, row))


class Fixed(NamedTuple):
    """A line that is laid out already, such as one of a table."""

    text: str

    def lines(self, _width: int) -> Iterator[Line]:
        """Return the line as it is."""
        yield (Span(TEXT, self.text),)


class Gap:
    """An empty line, left out if the screen is low."""

    def lines(self, _width: int) -> Iterator[Line]:
        """Return one empty line."""
        yield BLANK


class Barred(NamedTuple):
    """A block with a bar at its left, which sets a warning apart; `more` columns wider than other text."""

    block: Paragraph | Heading
    bar: str
    more: int = 0

    def lines(self, width: int) -> Iterator[Line]:
        """Return the lines of the block, each after the bar."""
        lead = Span(ACCENT, self.bar)
        return ((lead, *line) for line in self.block.lines(width + self.more - cells(self.bar)))


Block = Paragraph | Heading | Row | Labelled | Fixed | Gap | Barred
Group = tuple[Block, ...]


class Section(NamedTuple):
    """A titled part of a text. An empty title is not printed."""

    title: str
    groups: tuple[Group, ...]
    id: str = ""


def paginate(groups: Sequence[Group], width: int, height: int) -> list[list[Line]]:
    """Return the groups as screenfuls of at most `height` lines of at most `width` columns.

    What fits on one screenful is not split: neither a group nor, in a longer group, a paragraph, nor in a
    longer paragraph a sentence. If a group continues on the next screenful, its heading is repeated there: a
    list of warning signs must not lose "Call 911". What must be split leaves no single line for the last
    screenful. There is always at least one screenful, perhaps empty.
    """
    screenfuls: list[list[Line]] = [[]]
    for group in alike(groups, width):
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


def offset_of(screenfuls: Sequence[Sequence[Line]], number: int) -> int:
    """Return the offset at which a screenful begins.

    An offset counts the text's characters without spaces, so it is the same for every window size.
    """
    return sum(map(_characters, screenfuls[:number]))


def offset_at_end(screenfuls: Sequence[Sequence[Line]]) -> int:
    """Return the offset of a text's end; it lies in the last screenful."""
    return offset_of(screenfuls, len(screenfuls))


def screenful_at(screenfuls: Sequence[Sequence[Line]], offset: int) -> int:
    """Return the number of the screenful that contains an offset."""
    begins = accumulate(map(_characters, screenfuls[:-1]), initial=0)
    return sum(begin <= offset for begin in begins) - 1


def _characters(lines: Sequence[Line]) -> int:
    spans = (span for line in lines for span in line if span.style != AGAIN)
    return sum(len("".join(span.text.split())) for span in spans)


def alike(groups: Sequence[Group], width: int) -> Sequence[Group]:
    """Return the groups of a text with every heading above its aside if one has no room beside it."""
    headings = (block for group in groups for block in group if isinstance(block, Heading))
    if all(each.has_room(width) for each in headings):
        return groups
    return [
        tuple(each._replace(is_above=True) if isinstance(each, Heading) else each for each in group)
        for group in groups
    ]


def _title(group: Group, width: int) -> list[Line]:
    """Return the heading of a group without its aside, as lines; none if it has no heading."""
    heading = group[0]
    return [*Paragraph(heading.text, AGAIN).lines(width)] if isinstance(heading, Heading) else []


def _portions(group: Group, width: int, height: int) -> Iterator[list[Line]]:
    """Return a group in the largest portions that each fit on one screenful."""
    for gaps in (True, False):
        lines = group_lines(group, width, gaps=gaps and height >= _TALL)
        if len(lines) <= height:
            yield lines
            return
    blocks = [block for block in group if not isinstance(block, Gap)]
    heading: list[Line] = []
    for block in blocks:
        for piece in _by_sentences(block, width, height - len(heading)):
            lines = [*heading, *piece.lines(width)]
            heading = lines if isinstance(block, Heading) else []
            yield from () if heading else _pieces(lines, height)
    if heading:
        yield heading


def _by_sentences(block: Block, width: int, height: int) -> list[Block]:
    """Return a paragraph that is higher than a screenful as pieces of whole sentences that are not.

    A sentence that is itself too high is a piece of its own; any other block is one.
    """
    if not isinstance(block, Paragraph) or len([*block.lines(width)]) <= height:
        return [block]
    pieces: list[Block] = []
    begun = block._replace(text="")
    for sentence in in_sentences(block.text):
        longer = begun._replace(text=f"{begun.text} {sentence}".strip())
        if begun.text and len([*longer.lines(width)]) > height:
            pieces.append(begun)
            longer = block._replace(text=sentence, hang=" " * cells(block.hang))
        begun = longer
    return [*pieces, begun]


def _pieces(lines: list[Line], height: int) -> Iterator[list[Line]]:
    """Return lines in as few pieces of at most `height` as can be, the last of them no single line."""
    starts = [*range(0, len(lines), height)]
    if len(lines) - starts[-1] == 1 < len(starts) and height > 2:  # noqa: PLR2004 - two are left before it
        starts[-1] -= 1
    return (lines[start:end] for start, end in zip(starts, (*starts[1:], len(lines)), strict=True))


def group_lines(group: Group, width: int, *, gaps: bool = True) -> list[Line]:
    """Return a group as lines of at most `width` columns."""
    return [line for block in group if gaps or not isinstance(block, Gap) for line in block.lines(width)]


def unstyled(lines: Iterable[Line]) -> str:
    """Return lines as text without styles, each ended by a newline."""
    return "".join(["".join([span.text for span in line]).rstrip() + "\n" for line in lines])


# Only single texts are remembered, never which of them a person was shown together.
@lru_cache(maxsize=4096)
def wrap(text: str, width: int) -> tuple[str, ...]:
    """Return text broken at spaces into rows of at most `width` columns; longer words are broken too."""
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


@lru_cache(maxsize=4096)  # single texts, as above
def balanced(text: str, width: int) -> tuple[str, ...]:
    """Return text in as few rows as `wrap` does, none of them with a word left over.

    Sentences have a row each if that is as few; other rows are about as long as each other.
    """
    rows = wrap(text, width)
    if len(rows) == 1:
        return rows
    if len(sentences := in_sentences(text)) == len(rows) and max(map(cells, sentences)) <= width:
        return tuple(sentences)
    if len(rows) == 2 and is_narrow(text):  # noqa: PLR2004 - the usual case, much sooner than below
        whole = " ".join(rows)
        ends = whole.find(" ", len(whole) // 2), whole.rfind(" ", 0, len(whole) // 2 + 1)
        halves = [(whole[:end], whole[end + 1 :]) for end in ends if end > 0]
        return min([rows, *halves], key=lambda both: max(map(len, both)))
    least = max(cells(text) // len(rows), *map(cells, text.split()))
    narrower = (wrap(text, each) for each in range(least, width))
    return next((found for found in narrower if len(found) == len(rows)), rows)


def in_sentences(text: str) -> list[str]:
    """Return the sentences of a text; a quotation or a bracket that ends one belongs to it."""
    from re import split  # not at the start: no first page has so long a paragraph

    return split(r"""(?:(?<=[.?!])|(?<=[.?!]["”»)]))\s+""", text)


def cells(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    if is_narrow(text):
        return len(text)
    from wcwidth import wcswidth  # its tables take a twelfth of a start: not before they are needed

    # After a blank, as it will stand: a mark takes a column beside what it is on, and none alone.
    return max(wcswidth(f" {text}") - 1, 0)


def is_narrow(text: str) -> bool:
    """Return whether a text has only characters of one column that are known without a table.

    Latin letters, dashes and quotes, arrows, and the signs that the program draws.
    """
    if text.isascii() or max(text) < _LATIN_ENDS:
        return True
    others = set(text) - _NARROW
    return not others or max(others) < _LATIN_ENDS


def _broken(word: str, width: int) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and cells(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def pair(left: Span, right: Span, width: int, most: int | None = None) -> Iterator[Line]:
    """Return a text with another at its right, in `most` columns; below it for 0, or for lack of room."""
    space = width - cells(left.text) - cells(right.text)
    if not right.text:
        yield from ((Span(left.style, row),) for row in wrap(left.text, width))
    elif space >= _ASIDE_GAP and most != 0:
        yield (left, Span(TEXT, " " * space), right)
    elif most:
        ends = wrap(right.text, most)
        at = width - max(map(cells, ends))
        *above, last = wrap(left.text, at - _ASIDE_GAP)  # whole, for those who read row after row
        yield from ((Span(left.style, row),) for row in above)
        for one, end in zip_longest((last,), ends, fillvalue=""):
            yield (Span(left.style, one + " " * (at - cells(one))), Span(right.style, end))
    else:
        yield from ((Span(left.style, row),) for row in wrap(left.text, width))
        yield from ((Span(right.style, "  " + row),) for row in wrap(right.text, width - 2))
