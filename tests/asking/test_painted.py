"""What is on the screen and what a tap does there, on every page: drawn in pieces, kept, and drawn again."""

import re
from functools import cache
from itertools import accumulate
from operator import methodcaller

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.asking.contract import OWN, Page
from fibrocheck.asking.screen.actions import DOWN
from fibrocheck.asking.screen.app import ScreenApp
from fibrocheck.asking.screen.page_layout import Glyphs, PageLayout, Size
from fibrocheck.asking.screen.painted import _row, _written
from fibrocheck.asking.switching import layout_for
from fibrocheck.pages.palette import DARK, SETS
from fibrocheck.pages.qr import letters_qr
from fibrocheck.pages.text_layout import PICTURE, PICTURE_LIGHT, TEXT, Paragraph, Span, cells
from tests.asking.showing import Screen, Steps, jumping, tapped
from tests.asking.test_pages import CONTENT
from tests.asking.test_wide_layout import pages_of

SEEN = [(Size(160, 50), "en"), (Size(100, 30), "es"), (Size(80, 24), "en"), (Size(40, 12), "es")]


@cache
def laid_out(language: str, size: Size) -> dict[str, list[PageLayout]]:
    """Return every page of a typical visit as this terminal shows it."""
    layout = layout_for(CONTENT, language, size, Glyphs())
    return {name: draw(layout) for name, draw in pages_of(language).items()}


def compared(screen: Screen, app: ScreenApp, layout: PageLayout) -> Steps:
    """Move the focus twice; compare what is on the screen with a drawing of everything."""
    for moves in range(3):
        shown = screen.look()
        app._application.renderer._last_screen = None
        yield
        screen.expect(f"after {moves} moves", holds=screen.look() == shown)
        is_filled = app.looks.colours == OWN or "default" not in {cell.bg for cell in shown[:-1]}
        screen.expect("all in the colours of the set", holds=is_filled)
        if layout.option_rows:
            app._move(methodcaller("step", DOWN))
        yield


@pytest.mark.parametrize("colours", [OWN, DARK])
def test_what_has_changed_is_drawn_as_a_whole_drawing_would_be(
    colours: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From page to page and from focus to focus, in the terminal's colours and in a set."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    kinds = ("welcome", "muscle-pain", "pain-areas", "check", "take-list", "menu")
    pages = laid_out("es", Size(160, 50))
    Screen(Size(160, 50)).show({each: pages[each] for each in kinds}, compared, colours=colours)


@given(st.text("ab   ", max_size=20))
def test_every_character_is_written_in_its_column(text: str) -> None:
    """Blanks only between words, and no more than two of them."""
    pieces = [*_written(text, is_whole=False)]
    shown = {at + number: each for at, piece in pieces for number, each in enumerate(piece)}
    assert {at: each for at, each in shown.items() if each != " "} == {
        at: each for at, each in enumerate(text) if each != " "
    }
    assert not any("   " in piece for _, piece in pieces)
    gaps = [gap.span() for gap in re.finditer(r"(?<=[ab]) {1,2}(?=[ab])", text)]
    assert all(at in shown for start, end in gaps for at in range(start, end))


@pytest.mark.parametrize("columns", [4, 10, 11, 12])
def test_what_is_beyond_the_last_column_is_not_written(columns: int) -> None:
    """Nor what begins there: a word at the foot may be wider than the screen."""
    line = (Span(TEXT, "a" * 10), Span(TEXT, "b"), Span(TEXT, "c" * 10))
    row = _row(line, range(columns), "", lambda _: lambda _: None, None)
    assert [*row.pieces] == [*range(columns)]


PICTURES = {PICTURE, PICTURE_LIGHT}
CODE = "3Y4JBVH9Y2T4JQH7BPQ4"
BRIGHT, EXACT = ("black", "brightwhite"), ("000000", "ffffff")
IN_A_PICTURE = {BRIGHT, BRIGHT[::-1], EXACT, EXACT[::-1]}
PIXELS = 4
"""The height of half a cell, and the width of a cell."""

BLACK = {"black", "000000"}


def seen_by_a_camera(screen: Screen, app: ScreenApp, layout: PageLayout) -> Steps:
    """Look at each cell of a picture: a camera reads it, and no block that a font draws is a whole square."""
    shown, pixels = screen.look(), list[bytes]()
    for y, line in enumerate(layout.top):
        above, below = list[int](), list[int]()
        for x, span in zip(accumulate((cells(each.text) for each in line), initial=0), line, strict=False):
            if span.style in PICTURES:
                start = y * screen.size.columns + x
                for cell in shown[start : start + cells(span.text)]:
                    screen.expect(f"row {y}: {cell}", holds=(cell.fg, cell.bg) in IN_A_PICTURE)
                    screen.expect(f"row {y}: {cell.data}", holds=cell.data in " ▄")
                    back, front = (0 if colour in BLACK else 255 for colour in (cell.bg, cell.fg))
                    above += [back] * PIXELS
                    below += [front if cell.data == "▄" else back] * PIXELS
        pixels += [bytes(each) for each in (above, below) if each for _ in range(PIXELS)]
    image = memoryview(b"".join(pixels)).cast("B", (len(pixels), len(pixels[0])))
    screen.expect("a code", holds=[each.text for each in zxingcpp.read_barcodes(image)] == [CODE])
    is_filled = app.looks.colours == OWN or "default" not in {cell.bg for cell in shown[:-1]}
    screen.expect("what is beside it in the colours of the set", holds=is_filled)
    yield


@pytest.mark.parametrize("colours", [OWN, *SETS])
def test_a_picture_has_its_own_colours_to_its_last_cell(colours: str) -> None:
    """A camera reads no code whose dark and light are exchanged, as on a white terminal without them."""
    code = letters_qr(CODE)
    assert code is not None
    page = Page("", groups=((Paragraph("A code"),),), go_on="Go on", picture=code.lines)
    for size in (Size(80, 24), Size(160, 50)):
        layout = layout_for(CONTENT, "en", size, Glyphs())
        Screen(size).show({"code": [layout.reading(page, 0)]}, seen_by_a_camera, colours=colours)


def test_a_high_screen_shows_whole_squares() -> None:
    """A font that leaves a hairline between half blocks draws none there; a lower screen has only those."""
    code = letters_qr(CODE)
    assert code is not None
    page = Page("", groups=((Paragraph("A code"),),), go_on="Go on", picture=code.lines)
    for size, rows, signs in ((Size(160, 50), code.size + 1, " "), (Size(100, 30), len(code.lines), " ▄")):
        layout = layout_for(CONTENT, "en", size, Glyphs()).reading(page, 0)
        drawn = [[span.text for span in line if span.style in PICTURES] for line in layout.top]
        assert len([*filter(None, drawn)]) == rows
        assert set("".join(text for line in drawn for text in line)) == set(signs)


@pytest.mark.parametrize(("size", "language"), SEEN, ids=str)
def test_nothing_moves_when_only_the_focus_does(size: Size, language: str) -> None:
    """Edges of boxes become heavier, and the pointer comes and goes; no other character changes."""
    assert not list(jumping(laid_out(language, size), size))


@pytest.mark.parametrize(("size", "language"), SEEN, ids=str)
def test_a_tap_on_each_corner_of_each_box_requests_what_it_says(size: Size, language: str) -> None:
    """On every page, at the foot too; a tap beside a box never does what the box would."""
    Screen(size).show(laid_out(language, size), tapped)
