"""A keypad on the screen, for staff at a touch screen without a keyboard."""

from collections.abc import Iterator

from fibrocheck.asking.screen.actions import HIDE, Action, press
from fibrocheck.asking.screen.boxes import EDGES, Box, beside_each_other
from fibrocheck.asking.screen.page_layout import Glyphs, PageLayout
from fibrocheck.pages.text_layout import BLANK, TEXT, Line, Span, cells
from fibrocheck.pages.voice import Voice

ERASE = press("erase")
"""Takes the last character away."""

_ROWS = ("1234567890", "abcdefghij", "klmnopqrst", "uvwxyz")
_HEADER = 2
"""The rows of the header that stay as they are."""

_KEY = 6
"""The columns of a key."""


def with_keypad(layout: PageLayout, columns: int, voice: Voice, glyphs: Glyphs) -> PageLayout:
    """Return a page with a keypad above its options; without it if there is no room."""
    # All rows that can be spared go to the keys: staff look for nothing else here.
    said = [line for line in layout.top[_HEADER:] if "".join(span.text for span in line).strip()]
    top = (*layout.top[:_HEADER], BLANK, *said, BLANK)
    layout = layout._replace(top=top, option_rows=layout.option_rows + len(layout.top) - len(top))
    keypad = list(_keypad(layout, columns, voice, glyphs))
    rows = layout.option_rows - len(keypad)
    widest = max(sum(cells(span.text) for span in line) for line in keypad)
    if rows < layout.rows_needed or widest > columns:
        return layout
    return layout._replace(top=(*layout.top, *keypad), option_rows=rows)


def _keypad(layout: PageLayout, columns: int, voice: Voice, glyphs: Glyphs) -> Iterator[Line]:
    """Yield the keys in rows, with an empty row between if they fit so."""
    gap = [BLANK] if layout.option_rows > (3 + 1) * len(_ROWS) + layout.rows_needed else []
    apart = 1 if columns < _KEY * len(_ROWS[0]) + 2 * len(_ROWS[0]) + 2 * layout.margin else 2
    margin = Span(TEXT, " " * layout.margin)
    for row in _ROWS:
        boxes = [_key(key, press(key), _KEY) for key in row]
        if row is _ROWS[-1]:
            back = voice.say(voice.content.words.back)
            boxes += [_key(glyphs.back, ERASE, _KEY), _key(back, HIDE, cells(back) + 2 * EDGES + 2)]
        for line in beside_each_other(boxes, glyphs, apart):
            yield (margin, *line)
        yield from gap


def _key(label: str, action: Action, width: int) -> Box:
    space = " " * ((width - EDGES - cells(label)) // 2)
    return Box(action, ((Span(TEXT, space + label),),), width)
