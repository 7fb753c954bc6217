"""How many lines a text takes on paper, without a browser: by the widths of the letters.

The widths are those of Helvetica, which Arial, Liberation Sans and Arimo share (Adobe's font metrics of
the 14 standard fonts). A letter with an accent is as wide as the one without.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_WIDTHS = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556,) * 10,
    *(278, 278, 584, 584, 584, 556, 1015),
    *(667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611),
    *(722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333),
    *(556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278),
    *(556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
"""The widths of ASCII from the space on, in thousandths of the size of the type."""
_FIRST = 32
_WIDEST = 1000
"""Of every other character, such as Chinese."""
_BOLD = 1.08
"""Bold letters are at most this much wider."""


def lines(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Return how many lines a text takes in a column, both in points; one if it is empty."""
    return _lines(text, width * 1000 / size / (_BOLD if bold else 1))


@lru_cache(maxsize=4096)  # single texts, never which of them a person was shown together
def _lines(text: str, room: float) -> int:
    count, used = 1, 0.0
    for word in text.split():
        needed = _width(word)
        if used and used + _width(" ") + needed > room:
            count, used = count + 1, 0.0
        used += needed + (_width(" ") if used else 0)
        while used > room:  # a word longer than the line is broken
            count, used = count + 1, used - room
    return count


def _width(word: str) -> int:
    bare = (unicodedata.normalize("NFD", character)[0] for character in word)
    return sum(_WIDTHS[ord(c) - _FIRST] if " " <= c <= "~" else _WIDEST for c in bare)
