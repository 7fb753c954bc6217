"""The body beside the list of "Where it hurts", drawn in characters: what is marked there is filled."""

from collections.abc import Collection, Sequence
from itertools import groupby

from fibrocheck.asking.screen.page_layout import POINTER_COLUMNS, Glyphs, OptionLines, PageLayout
from fibrocheck.content.body import ALL_OVER, BACK, FRONT, LETTERS
from fibrocheck.pages.text_layout import QUIET, STRONG, TEXT, Line, Span, cells
from fibrocheck.pages.voice import Voice

_GAP = "   "
WIDTH = len(FRONT[0]) + len(_GAP) + len(BACK[0])
"""The columns of both sides."""

_MIN_LIST = 40
"""The figure stands at least so far to the right: not close to short words."""

_ROOM = 3
"""The least empty columns between the list and the figure."""


def with_body(
    layout: PageLayout, marked: Collection[str], columns: int, voice: Voice, glyphs: Glyphs
) -> PageLayout:
    """Return a page with the body beside its options; without it if it does not fit."""
    used = max((_width(option) for option in layout.options), default=0)
    used = max((sum(cells(span.text) for span in line) for line in layout.drawn), default=used)
    lines = _lines(marked, voice, glyphs)
    room = columns - layout.margin - WIDTH - 1
    at = min(max(used + _ROOM, _MIN_LIST), room)
    if len(lines) > layout.option_rows or used + _ROOM > room or layout.scrolls:
        return layout
    return layout._replace(beside=lines, beside_at=at)


def _width(option: OptionLines) -> int:
    return POINTER_COLUMNS + max(sum(cells(span.text) for span in line) for line in option.lines)


def _lines(marked: Collection[str], voice: Voice, glyphs: Glyphs) -> tuple[Line, ...]:
    """Return both sides, with what they are called above them."""
    words = voice.content.words
    names = (voice.say(text).center(len(FRONT[0])) for text in (words.front, words.back_view))
    title: Line = (Span(QUIET, _GAP.join(names)),)
    return (title, *(_row(row, marked, glyphs) for row in zip(FRONT, BACK, strict=True)))


def _row(sides: Sequence[str], marked: Collection[str], glyphs: Glyphs) -> Line:
    spans: list[Span] = []
    for letter, run in groupby(_GAP.join(sides)):
        area = LETTERS.get(letter)
        count = len(list(run))
        if area is None:
            spans.append(Span(TEXT, " " * count))
        else:
            is_marked = area in marked or ALL_OVER in marked
            spans.append(Span(STRONG if is_marked else QUIET, glyphs.body[is_marked] * count))
    return tuple(spans)
