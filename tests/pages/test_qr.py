"""The QR code contains exactly the link, on paper and on a terminal, and only https links have one."""

import re

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.pages.qr import QrCode, qr_code, terminal_qr

LINK = "https://book.example.org/spine-group/new-patient"
BORDER = 4
HALVES = {" ": (True, True), "▄": (True, False), "▀": (False, True), "█": (False, False)}

paths = st.text(alphabet="abcXYZ019-._~/?&=%+#", max_size=200)


@given(paths)
def test_both_drawings_encode_the_link(path: str) -> None:
    """Read back from the path and from the half blocks, the squares are those of the library."""
    link = f"https://book.example.org/{path}"
    squares = _expected(link)
    code = qr_code(link)
    assert code is not None
    assert code.rows == squares
    assert _from_path(code) == squares
    assert _from_terminal(terminal_qr(link))[: code.size] == squares


@pytest.mark.parametrize(
    "link",
    [
        "",
        "http://book.example.org",
        "HTTPS://book.example.org",
        "javascript:alert(1)",
        "https://",
        "https:///path",
        "https://user@book.example.org",
        "https://book.example.org\\@evil.example.org",
        "https://book.example.org/a b",
        "https://book.example.org/\n",
        "https://b\u043e\u043ek.example.org",
        "https://book.example.org/" + "x" * 5_000,
    ],
)
def test_only_plain_https_links_are_drawn(link: str) -> None:
    """A link too long for a code has none either."""
    assert qr_code(link) is None
    assert terminal_qr(link) == ""


def test_a_terminal_code_is_only_half_blocks_and_fits_a_screen() -> None:
    """No escapes, lines of equal width, and low enough for the page between header and foot."""
    lines = terminal_qr(LINK).splitlines()
    assert set("".join(lines)) <= HALVES.keys()
    assert len({len(line) for line in lines}) == 1
    assert len(lines) <= 21


def _expected(link: str) -> tuple[tuple[bool, ...], ...]:
    matrix = segno.make_qr(link, error="m").matrix
    wide = len(matrix) + 2 * BORDER
    rows = [[False] * BORDER + [bool(square) for square in row] + [False] * BORDER for row in matrix]
    empty = [[False] * wide] * BORDER
    return tuple(tuple(row) for row in (*empty, *rows, *empty))


def _from_path(code: QrCode) -> tuple[tuple[bool, ...], ...]:
    squares = [[False] * code.size for _ in range(code.size)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", code.path):
        squares[int(y)][int(x) : int(x) + int(length)] = [True] * int(length)
    return tuple(map(tuple, squares))


def _from_terminal(text: str) -> tuple[tuple[bool, ...], ...]:
    rows: list[tuple[bool, ...]] = []
    for line in text.splitlines():
        above, below = zip(*(HALVES[block] for block in line), strict=True)
        rows += [above, below]
    return tuple(rows)
