"""A link as a QR code: an SVG path for a printed page, half blocks for a terminal. https links only."""

from __future__ import annotations

from typing import NamedTuple

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


def qr_code(url: str) -> QrCode | None:
    """Return the code of a link; `None` if it is not https, or too long for a QR code."""
    if not is_https(url) or "\\" in url:  # some programs read a backslash as a slash
        return None
    import segno

    try:
        code = segno.make_qr(url, error="m")
    except segno.DataOverflowError:
        return None
    return QrCode(tuple(tuple(bool(square) for square in row) for row in code.matrix_iter(border=_QUIET)))


def terminal_qr(url: str) -> str:
    """Return the code in half blocks, two rows of squares a line; empty if the link has no code.

    The blocks are the light squares, so that it is right on a dark terminal without colours. If the
    background is not known, print it in white on black.
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
    """Return each run of dark squares in a row: its start and its length."""
    runs: list[tuple[int, int]] = []
    for x, is_dark in enumerate(row):
        if is_dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif is_dark:
            runs.append((x, 1))
    return runs
