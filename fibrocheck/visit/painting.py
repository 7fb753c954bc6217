"""Makes the module `painted_pages`: the first page of a visit as a terminal is sent it, painted beforehand.

Loading what lays it out takes most of the time until the first words can be read. The build of the wheel
makes the module (`.ci/build_hook.py`), and `early_page` shows what fits the terminal.
"""

import os
from collections.abc import Iterator
from itertools import groupby

from fibrocheck.asking.ascii_text import in_ascii
from fibrocheck.asking.screen.first_paint import COLOURS, Painted, painted
from fibrocheck.asking.screen.page_layout import Size
from fibrocheck.asking.switching import GLYPHS, layout_for
from fibrocheck.content.baking import HEAD, write_module
from fibrocheck.content.loader import load
from fibrocheck.content.model import Content
from fibrocheck.early_page import COLUMN, MARGIN, PAINTED, USUAL_COLUMNS, WIDE_COLUMNS, checksum
from fibrocheck.surroundings import ASCII, USUAL_SIZE, has_room_for_boxes
from fibrocheck.visit.terminal import laid_out

MAX_ROWS = 100
"""The highest terminal that pages are painted for."""

LAYS_OUT = (
    *("early_page", "surroundings", "content/model", "content/program_words"),
    *(f"asking/{name}" for name in ("ascii_text", "contract", "switching")),
    *(f"asking/screen/{name}" for name in ("actions", "boxes", "first_paint", "foot", "foot_boxes")),
    *(f"asking/screen/{name}" for name in ("layout", "option_lines", "page_layout", "wide_layout")),
    *(f"pages/{name}" for name in ("palette", "sections", "text_layout", "voice")),
    *(f"visit/{name}" for name in ("pages", "painting", "terminal")),
)
"""The modules that the first page depends on."""


def module_in(root: str) -> str:
    """Return where the module belongs in a source tree."""
    return os.path.join(root, "fibrocheck", f"{PAINTED}.py")


def paint(questions: str, module: str, root: str) -> None:
    """Write the module for a questions.yaml to a file; `ContentError` if the questionnaire has errors.

    The code in the source tree `root` is the code that the pages belong to.
    """
    files = tuple(f"{name}.py" for name in LAYS_OUT)
    values = {
        "QUESTIONS": checksum([questions]),
        "FILES": files,
        "CODE": checksum(os.path.join(root, "fibrocheck", name) for name in files),
        "COLOURS": tuple(each.encode() for each in COLOURS),
        "PAGES": dict(_pages(load(questions))),
    }
    write_module(module, HEAD + "".join(f"{name} = {value!r}\n" for name, value in values.items()))


def _pages(content: Content) -> Iterator[tuple[object, object]]:
    for language in ("", *content.languages):
        for signs in GLYPHS:
            for columns in (USUAL_COLUMNS, WIDE_COLUMNS):
                is_wide = has_room_for_boxes(columns, MAX_ROWS)
                yield (language, signs, is_wide), tuple(_heights(content, language, signs, columns))


def _heights(content: Content, language: str, signs: str, columns: int) -> Iterator[object]:
    """Yield a page for each range of heights in which only the number of blank rows differs."""
    shown = in_ascii(content) if signs == ASCII else content
    first = USUAL_SIZE[1] + has_room_for_boxes(columns, MAX_ROWS)
    sizes = (Size(columns, rows) for rows in range(first, MAX_ROWS + 1))
    pages = ((size, _page(shown, language, signs, size)) for size in sizes)
    for (used, above, below, cursor), same in groupby(pages, lambda each: _without_blank(*each)):
        rows = [size.rows for size, _ in same]
        yield rows[0], rows[-1], used, above, below, cursor


def _page(content: Content, language: str, signs: str, size: Size) -> Painted:
    first = language or next(iter(content.languages))
    builder = layout_for(content, first, size, GLYPHS[signs], listens=True)
    return painted(laid_out(content, language or None)(builder), GLYPHS[signs], coloured=True)


def _without_blank(size: Size, page: Painted) -> tuple[int, bytes, bytes, tuple[int, int]]:
    """Return how many rows are not blank, those above and below the blank ones, and where the cursor is."""
    margin = (size.columns - COLUMN) // 2 if has_room_for_boxes(*size) else 0
    above, below = (
        b"\r\n".join(_marked(row.encode(), margin) for row in rows) for rows in (page.above, page.below)
    )
    row, column = page.cursor
    return size.rows - page.blank, above, below, (row, column - margin)


def _marked(row: bytes, margin: int) -> bytes:
    """Return a row with a mark for its margin, which depends on the terminal."""
    blank = b" " * margin
    return MARGIN + row.removeprefix(blank) if margin and row.startswith(blank) else row
