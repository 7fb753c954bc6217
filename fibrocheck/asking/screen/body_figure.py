"""The body beside the list of "Where it hurts", in characters: outlines, and what is marked is filled."""

from collections.abc import Callable, Collection, Sequence
from itertools import groupby

from fibrocheck.asking.contract import Option
from fibrocheck.asking.screen.boxes import Box
from fibrocheck.asking.screen.option_lines import OptionLines
from fibrocheck.asking.screen.page_layout import POINTER_COLUMNS, Glyphs, PageLayout
from fibrocheck.content.body import ALL_OVER, BACK, BACK_LINES, FRONT, FRONT_LINES, LETTERS
from fibrocheck.pages.text_layout import STRONG, TEXT, Line, Span, cells
from fibrocheck.pages.voice import Voice

_GAP = "   "
WIDTH = len(FRONT[0]) + len(_GAP) + len(BACK[0])
"""The columns of both sides."""

_MIN_LIST = 40
"""The figure stands at least so far to the right: not close to short words."""

_MIN_COLUMNS = 80
"""On a narrower terminal the list of areas stands alone, marked or not."""

_WIDER = 5
"""By less than this the left one of two columns of boxes may be wider than half of the room, in columns."""

_AROUND_WAY = 9
"""The columns of the key and the sign before the words of the last row, and of its other key after them."""

_ROOM, BOX_ROOM = 3, 1
"""The least empty columns before the figure: beside a list, and beside boxes."""


def with_body(
    layout: PageLayout, marked: Collection[str], columns: int, voice: Voice, glyphs: Glyphs
) -> PageLayout:
    """Return a page with the body beside its options; without it if it does not fit."""
    if columns < _MIN_COLUMNS:
        return layout
    used = _used(layout, voice)
    used = max((sum(cells(span.text) for span in line) for line in layout.drawn), default=used)
    gap = BOX_ROOM if layout.drawn else _ROOM
    lines = _lines(marked, voice, glyphs)
    room = columns - 2 * layout.margin - WIDTH
    at = min(max(used + gap, _MIN_LIST), room)
    if len(lines) > layout.option_rows or used + gap > room or layout.scrolls:
        return layout
    return layout._replace(beside=lines, beside_at=at)


def boxes_beside(
    columns: int, gap: int, answers: Sequence[Option], boxes_of: Callable[[int, int], list[Box]]
) -> list[Box]:
    """Return areas as boxes for two columns in what the body leaves of a page, as low as can be.

    `boxes_of` makes them in columns of two widths, between which there is a gap. None if a word would be
    broken.
    """
    room = columns - WIDTH - BOX_ROOM - gap
    words = {word for each in answers for word in each.label.split()}
    tries = (boxes_of(left, room - left) for left in range(room // 2, room // 2 + _WIDER))
    whole = [each for each in tries if words <= _words(each)]
    return min(whole, key=_height, default=[])


def _words(boxes: Sequence[Box]) -> set[str]:
    return {word for box in boxes for line in box.lines for span in line for word in span.text.split()}


def _height(boxes: Sequence[Box]) -> int:
    half = -(-len(boxes) // 2)
    return sum(max(len(box.lines) for box in boxes[row::half]) for row in range(half))


def _used(layout: PageLayout, voice: Voice) -> int:
    """Return the columns of the list, whether its last row skips or goes on: the figure does not move."""
    words = voice.content.words
    last = POINTER_COLUMNS + max(cells(voice.say(each)) for each in (words.skip, words.go_on)) + _AROUND_WAY
    return max(last, *(_width(option) for option in layout.options[:-1]))


def _width(option: OptionLines) -> int:
    return POINTER_COLUMNS + max(sum(cells(span.text) for span in line) for line in option.lines)


def _lines(marked: Collection[str], voice: Voice, glyphs: Glyphs) -> tuple[Line, ...]:
    """Return both sides, with what they are called above them."""
    words = voice.content.words
    names = (voice.say(text).center(len(FRONT[0])) for text in (words.front, words.back_view))
    title: Line = (Span(TEXT, _GAP.join(names)),)
    sides = zip(FRONT, FRONT_LINES, BACK, BACK_LINES, strict=True)
    return (title, *(_row(_GAP.join(row[::2]), _GAP.join(row[1::2]), marked, glyphs) for row in sides))


def _row(letters: str, outline: str, marked: Collection[str], glyphs: Glyphs) -> Line:
    """Return one row of both sides: the outlines of the areas, and those that are marked filled."""
    drawn = outline.translate(str.maketrans(Glyphs().box, glyphs.box))
    filled = [LETTERS.get(letter) in marked or (letter != " " and ALL_OVER in marked) for letter in letters]
    spans: list[Span] = []
    for is_filled, run in groupby(zip(filled, drawn, strict=True), key=lambda each: each[0]):
        text = "".join(sign for _, sign in run)
        spans.append(Span(STRONG, glyphs.filled * len(text)) if is_filled else Span(TEXT, text))
    return tuple(spans)
