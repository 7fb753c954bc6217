"""A QR code contains exactly the link or the letters, on paper and on a terminal; links are https."""

import re
from collections.abc import Sequence

import pyte
import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.copies.code.spelling import ALPHABET
from fibrocheck.pages.palette import COLOURS_OFF, WHITE_ON_BLACK
from fibrocheck.pages.qr import ALPHANUMERIC, QrCode, letters_qr, qr_code
from tests.fresh_python import printed_by

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
    assert _from_terminal(code.lines)[: code.size] == squares


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


def test_a_terminal_code_is_only_half_blocks_and_fits_a_screen() -> None:
    """No escapes, lines of equal width, and low enough for the page between header and foot."""
    code = qr_code(LINK)
    assert code is not None
    lines = code.lines
    assert set("".join(lines)) <= HALVES.keys()
    assert len({len(line) for line in lines}) == 1
    assert len(lines) <= 21


CODE = "TR2NJ4C8XQ9BCDFGHKMP"
LIGHT, DARK = 255, 0
WIDTH, HEIGHT = 4, 8  # of a cell, in pixels; half of it is a square


@pytest.mark.parametrize(("letters", "size"), [(CODE, 29), (CODE[:5], 29), (CODE + "2", 33), (CODE * 2, 37)])
def test_twenty_letters_fit_the_smallest_code(letters: str, size: int) -> None:
    """21 squares and the quiet zone: 15 lines of 29 columns. A longer code is larger."""
    code = letters_qr(letters)
    assert code is not None
    assert code.size == size
    assert len(code.lines) == size // 2 + 1
    assert {len(line) for line in code.lines} == {size}
    assert set("".join(code.lines)) <= HALVES.keys()
    assert set(code.lines[-1]) == {"█"}  # no half row of the terminal's background below it


def test_other_characters_have_no_small_code() -> None:
    """No small letters and no empty text; too many have none at all."""
    for letters in ("", "abc", "Ñ", "2\n"):
        with pytest.raises(ValueError, match="capital letters"):
            letters_qr(letters)
    assert letters_qr(ALPHANUMERIC) is not None
    assert letters_qr("2B" * 3000) is None


@pytest.mark.parametrize("colours", [("white", "black"), ("black", "white")], ids=["dark", "light"])
@pytest.mark.parametrize("letters", [CODE, CODE[:7], ALPHABET * 2])
def test_a_camera_reads_it_from_a_terminal(letters: str, colours: tuple[str, str]) -> None:
    """In the colours that are set, on a dark and on a light terminal; without them, in the terminal's own."""
    code = letters_qr(letters)
    assert code is not None
    shown = _cells([f"{WHITE_ON_BLACK}{line}{COLOURS_OFF}" for line in code.lines], colours)
    assert {cell[1:] for row in shown for cell in row} == {(LIGHT, DARK)}
    assert _seen(shown) == letters
    assert _seen(_cells(code.lines, colours)) == letters


def test_a_camera_reads_it_from_paper() -> None:
    """Dark squares on white."""
    code = letters_qr(CODE)
    assert code is not None
    squares = _from_path(code)
    pixels = [
        [DARK if square else LIGHT for square in row for _ in range(4)] for row in squares for _ in range(4)
    ]
    assert _read(pixels) == CODE


def _cells(lines: Sequence[str], colours: tuple[str, str]) -> list[list[tuple[str, int, int]]]:
    """Return the cells that a terminal with these colours of its own shows: block, foreground, background."""
    size = len(lines) * 2
    screen = pyte.Screen(size, len(lines))
    pyte.Stream(screen).feed("\r\n".join(lines))
    own = dict(zip(("fg", "bg"), colours, strict=True))

    def shade(cell: pyte.screens.Char, part: str) -> int:
        colour = getattr(cell, part)
        return DARK if (own[part] if colour == "default" else colour) == "black" else LIGHT

    width = max(x for x in range(size) if any(screen.buffer[y][x].data != " " for y in range(len(lines)))) + 1
    rows = ([screen.buffer[y][x] for x in range(width)] for y in range(len(lines)))
    return [[(cell.data, shade(cell, "fg"), shade(cell, "bg")) for cell in row] for row in rows]


def _seen(cells: list[list[tuple[str, int, int]]]) -> str:
    """Return what a camera reads from these cells."""
    pixels: list[list[int]] = []
    for row in cells:
        for half in (0, 1):
            line = [
                background if HALVES[block][half] else foreground
                for block, foreground, background in row
                for _ in range(WIDTH)
            ]
            pixels += [line] * (HEIGHT // 2)
    return _read(pixels)


def _read(pixels: list[list[int]]) -> str:
    image = memoryview(bytes(each for row in pixels for each in row))
    (found,) = zxingcpp.read_barcodes(image.cast("B", (len(pixels), len(pixels[0]))))
    return str(found.text)


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


def _from_terminal(lines: Sequence[str]) -> tuple[tuple[bool, ...], ...]:
    rows: list[tuple[bool, ...]] = []
    for line in lines:
        above, below = zip(*(HALVES[block] for block in line), strict=True)
        rows += [above, below]
    return tuple(rows)


def test_a_code_needs_no_http_client_and_the_library_stays_whole() -> None:
    """Its writers of other formats, which are not used here, take functions from modules that import much."""
    program = (
        "import io, sys; from fibrocheck.pages.qr import letters_qr; letters_qr('BCDF')\n"
        "print({'urllib.request', 'ssl', 'ipaddress', '_compression'} & {*sys.modules})\n"
        "import segno; out = io.BytesIO(); segno.make('x').save(out, kind='svg', title='a<b')\n"
        "print(b'a&lt;b' in out.getvalue(), segno.make('x').svg_data_uri()[:19])"
    )
    assert printed_by(program).split() == ["set()", "True", "data:image/svg+xml;"]
