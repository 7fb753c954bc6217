"""What stands on a terminal as an SVG: text, not pixels, and nothing from elsewhere."""

from itertools import groupby
from typing import NamedTuple
from xml.sax.saxutils import escape

WIDTH, HEIGHT, MARGIN = 9, 19, 16
"""A character cell and the space around the screen, in pixels."""
INK, PAPER, EDGE, ROUND = "#1a1a1a", "#ffffff", "#8a8a8a", 10
FONT = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"

NAMED = {
    "green": "#00784f",
    "brown": "#c9a25b",
    "red": "#d46a6a",
    "cyan": "#5fb3b3",
    "white": INK,
    "default": INK,
}
"""Colours of the terminal by pyte's names; any other is six hexadecimal digits."""

Sign = tuple[str, str, bool]
"""A character, its colour and whether it is bold."""


class Run(NamedTuple):
    """Characters side by side that look the same."""

    column: int
    row: int
    text: str
    colour: str
    bold: bool


def drawn(rows: list[list[Sign]], title: str) -> str:
    """Return the screen as an SVG with this title."""
    columns = max(len(row) for row in rows)
    width, height = columns * WIDTH + 2 * MARGIN, len(rows) * HEIGHT + 2 * MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" rx="{ROUND}" fill="{PAPER}" stroke="{EDGE}"/>',
        f'<g font-family="{FONT}" font-size="15" xml:space="preserve">',
        *(_text(run) for number, row in enumerate(rows) for run in _runs(number, row)),
        "</g>",
        "</svg>",
    ]
    return "\n".join([*lines, ""])


def _runs(number: int, row: list[Sign]) -> list[Run]:
    """Return the words of a row: runs without spaces, so that each begins in its own column."""
    found: list[Run] = []
    column = 0
    for (colour, bold, is_space), signs in groupby(row, key=lambda sign: (sign[1], sign[2], sign[0] == " ")):
        text = "".join(sign[0] for sign in signs)
        if not is_space:
            found.append(Run(column, number, text, colour, bold))
        column += len(text)
    return found


def _text(run: Run) -> str:
    x, y = MARGIN + run.column * WIDTH, MARGIN + run.row * HEIGHT + HEIGHT - 5
    weight = ' font-weight="bold"' if run.bold else ""
    colour = NAMED.get(run.colour, f"#{run.colour}")
    length = len(run.text) * WIDTH
    return f'<text x="{x}" y="{y}" fill="{colour}" textLength="{length}"{weight}>{escape(run.text)}</text>'
