"""A link or a list's code as a QR code: an SVG path for a printed page, half blocks for a terminal.

Of links, only https ones have a QR code.
"""

from __future__ import annotations

from typing import NamedTuple

from fibrocheck.postponing import later, postponing
from fibrocheck.text_safety import is_https

_QUIET = 4
"""Width of the quiet zone around the code, in squares (ISO/IEC 18004)."""


class QrCode(NamedTuple):
    """A QR code with its quiet zone, row by row from the top. `True` is a dark square."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def size(self) -> int:
        """Its width and height in squares."""
        return len(self.rows)

    @property
    def path(self) -> str:
        """The dark squares as an SVG path, run by run."""
        return "".join(
            f"M{start} {y}h{length}v1h-{length}z"
            for y, row in enumerate(self.rows)
            for start, length in _runs(row)
        )

    @property
    def lines(self) -> tuple[str, ...]:
        """The squares in half blocks, two rows of squares a line.

        The blocks are the light squares, so that the code is right on a dark terminal without colours. If
        the background is not known, show them in `palette.WHITE_ON_BLACK`.
        """
        light = (False,) * self.size  # below an odd last row, a little more of the quiet zone
        pairs = zip(self.rows[::2], (*self.rows[1::2], light), strict=False)
        return tuple("".join(map(_half_block, *pair)) for pair in pairs)


ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
"""The characters that a QR code packs two by two (ISO/IEC 18004, 7.4.4)."""


def qr_code(url: str) -> QrCode | None:
    """Return the code of a link; `None` if it is not https, or too long for a QR code."""
    if not is_https(url) or "\\" in url:  # some programs read a backslash as a slash
        return None
    return _drawn(url)


def letters_qr(letters: str) -> QrCode | None:
    """Return the code of capital letters and digits, without dashes; `None` if they are too many.

    Twenty give the smallest QR code: with its quiet zone 29 squares wide, in 15 lines of half blocks.
    `ValueError` for any other character.
    """
    if not letters or not set(letters) <= set(ALPHANUMERIC):
        raise ValueError("not capital letters and digits")
    return _drawn(letters)


def _drawn(text: str) -> QrCode | None:
    # Its writers of other formats would bring an HTTP client, which takes longer than all the rest of it.
    with postponing(
        {"gzip": {}, "urllib.parse": later("quote"), "xml.sax.saxutils": later("escape", "quoteattr")}
    ):
        import segno

    try:
        code = segno.make_qr(text, error="m")
    except segno.DataOverflowError:
        return None
    return QrCode(tuple(tuple(bool(square) for square in row) for row in code.matrix_iter(border=_QUIET)))


def _half_block(above: bool, below: bool) -> str:  # noqa: FBT001 - two squares, called by position
    return {(True, True): " ", (True, False): "▄", (False, True): "▀", (False, False): "█"}[above, below]


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Return each run of dark squares in a row: its start and its length."""
    runs: list[tuple[int, int]] = []
    for x, is_dark in enumerate(row):
        if is_dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif is_dark:
            runs.append((x, 1))
    return runs
