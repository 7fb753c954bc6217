"""The rows that tests look at are those that pyte displays, however they were come by."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from tests.program.emulator import Emulator

PIECES = (
    "abc ", "漢字", "é", "e\u0301", "─│❯", "🙂", "words " * 5, "\n", "\r",
    "\x1b[5;7H", "\x1b[2J", "\x1b[3P", "\x1b[K", "\x1b[1;31m", "\x1b[?1049h", "\x1b[?1049l",
)  # fmt: skip


@given(
    pieces=st.lists(st.sampled_from(PIECES) | st.tuples(st.integers(8, 30), st.integers(3, 9)), max_size=25)
)
def test_rows_are_those_that_pyte_displays(pieces: list[str | tuple[int, int]]) -> None:
    """Where pyte fails, as on half of a wide character, there is nothing to compare."""
    emulator = Emulator(20, 6)
    for piece in pieces:
        if isinstance(piece, str):
            emulator.feed(piece.encode())
        else:
            emulator.resize(*piece)
        for screen in (emulator.ordinary, emulator.alternate):
            with suppress(IndexError):
                displayed = [row.rstrip() for row in screen.display]
                assert emulator._rows_of(screen) == displayed
