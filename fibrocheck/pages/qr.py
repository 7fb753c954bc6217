"""A link as a QR code: squares for a printed page, half-blocks for a terminal. https links only."""

from __future__ import annotations

from typing import NamedTuple

_QUIET = 4
"""Light squares that a reader needs around the code."""


class Code(NamedTuple):
    """A QR code, row by row from the top, its light border included. `True` is a dark square."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def size(self) -> int:
        """How many squares it is wide, and high."""
        return len(self.rows)

    @property
    def path(self) -> str:
        """The dark squares as an SVG path, one run of squares after another."""
        return "".join(
            f"M{start} {y}h{length}v1h-{length}z"
            for y, row in enumerate(self.rows)
            for start, length in _runs(row)
        )


def qr_code(url: str) -> Code | None:
    """The code of a link; None for anything but https, and for a link too long to draw."""
    if not _is_https(url):
        return None
    import segno

    try:
        code = segno.make_qr(url, error="m")
    except segno.DataOverflowError:
        return None
    return Code(tuple(tuple(bool(square) for square in row) for row in code.matrix_iter(border=_QUIET)))


def terminal_qr(url: str) -> str:
    """The code in half-blocks, two rows of squares a line; empty where there is none.

    The blocks are the light squares, so that it reads right on a dark terminal without any colour.
    Where the background is not known, print it in white on black.
    """
    code = qr_code(url)
    if code is None:
        return ""
    dark = (True,) * code.size  # below an odd last row, the terminal's own background
    pairs = zip(code.rows[::2], (*code.rows[1::2], dark), strict=False)
    return "".join("".join(map(_half_block, *pair)) + "\n" for pair in pairs)


def _half_block(above: bool, below: bool) -> str:  # noqa: FBT001 - two squares, called by position
    return {(True, True): " ", (True, False): "▄", (False, True): "▀", (False, False): "█"}[above, below]


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Where dark squares begin in a row, and how many follow each other."""
    runs: list[tuple[int, int]] = []
    for x, is_dark in enumerate(row):
        if is_dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif is_dark:
            runs.append((x, 1))
    return runs


def _is_https(url: str) -> bool:
    """Whether a patient may be led there: https, and nothing that hides where it leads."""
    host = url.removeprefix("https://").split("/")[0].split("?")[0].split("#")[0]
    return (
        url.startswith("https://")
        and url.isascii()
        and url.isprintable()
        and host != ""
        and not any(mark in url for mark in " \\")
        and "@" not in host
    )
