"""Shows the first page of a visit at once, before the rest of the program is loaded.

What is written was painted when the program was built (`visit.painting`): for terminals of 80 columns, and
for wide ones. It is used only while nothing has changed that it shows: the questionnaire, and in a checkout
the code that lays pages out. All else is left to `asking.screen.first_paint`, which paints the same page a
little later. So that it is shown soon, only `termios` is loaded here that Python has not loaded itself.
"""

import os
import sys

from fibrocheck import surroundings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import ModuleType

    Height = tuple[int, int, int, bytes, bytes, tuple[int, int]]
    """A page for some heights: the first and the last of them, how many rows are not blank, those above and
    those below the blank ones, and the row and column of the cursor from 0."""

    Pages = Mapping[tuple[str, str, bool], Sequence[Height]]
    """By language, empty for the choice of one; by set of signs; wide or not."""

PAINTED = "painted_pages"
"""The module with the pages; a checkout may have none."""

USUAL_COLUMNS, WIDE_COLUMNS, COLUMN = 80, 90, 84
"""For which terminals there are pages: those as wide as the usual one, and those at least so wide. A wide
page has its own width; only the empty columns at its left depend on the terminal's."""

MARGIN = b"\0"
"""What stands for these columns in a wide page."""

_OPTION = "--language"
_OTHERWISE = ("FIBROCHECK_QUESTIONS", "FIBROCHECK_RECORDS", "_FIBROCHECK_COMPLETE")
"""Variables that change the first page, or what must be checked before it."""

ENTER, LEAVE = "\x1b[?1049h\x1b[H\x1b[2J", "\x1b[?1049l"
HIDE_CURSOR, SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"
_PACKAGE = os.path.dirname(__file__)
_INPUT, _OUTPUT = 0, 1


class EarlyPage:
    """The first page on the alternate screen, in a terminal that shows no keys.

    Signals wait until somebody can restore the terminal and calls `hear_signals`.
    """

    def __init__(self, page: bytes) -> None:
        """Show a page. Any error says that it cannot be shown; the terminal is as it was then."""
        import termios

        # `signal` itself loads enum
        from _signal import (  # type: ignore[import-not-found]
            SIG_BLOCK,
            pthread_sigmask,
            valid_signals,
        )

        self._modes, self._is_open = termios.tcgetattr(_INPUT), True
        self._heard = pthread_sigmask(SIG_BLOCK, valid_signals())
        try:
            quiet = [*self._modes]
            quiet[3] &= ~(termios.ECHO | termios.ICANON)
            termios.tcsetattr(_INPUT, termios.TCSADRAIN, quiet)
            # It may arrive in parts; the cursor is shown when it is whole.
            _write(b"".join(((ENTER + HIDE_CURSOR).encode(), page, SHOW_CURSOR.encode())))
        except BaseException:
            self.close()
            raise

    def hear_signals(self) -> None:
        """From now on, signals do what is set for them; first those that came meanwhile."""
        from _signal import SIG_SETMASK, pthread_sigmask

        pthread_sigmask(SIG_SETMASK, self._heard)

    def close(self) -> None:
        """Restore the terminal, once."""
        if not self._is_open:
            return
        self._is_open = False
        import termios

        try:
            termios.tcsetattr(_INPUT, termios.TCSAFLUSH, self._modes)
            _write(LEAVE.encode())
        except (OSError, termios.error):
            pass  # the terminal is gone
        finally:
            self.hear_signals()


def show_early(arguments: "Sequence[str]") -> EarlyPage | None:
    """Show the first page of the visit that the command line asks for; `None` if it must be painted first."""
    try:
        page = _page(arguments)
        return None if page is None else EarlyPage(page)
    except Exception:  # noqa: BLE001 - whatever it is: the page is painted a little later
        return None


def _page(arguments: "Sequence[str]") -> bytes | None:
    language = _language(arguments)
    if language is None or any(map(os.environ.get, _OTHERWISE)) or not _has_terminal():
        return None
    painted: ModuleType = __import__(f"{__package__}.{PAINTED}", fromlist=[PAINTED])
    page = page_for(painted.PAGES, language)
    if page is None or not is_as_painted(painted):
        return None
    return page if surroundings.shows_colours() else without(painted.COLOURS, page)


def _language(arguments: "Sequence[str]") -> str | None:
    """Return the language that is all the command line says, empty if it says nothing; otherwise `None`."""
    option, _, language = "=".join(arguments).partition("=")
    if not arguments:
        return ""
    return language if option == _OPTION and language.isalpha() else None


def _has_terminal() -> bool:
    """Return whether this program may write to a terminal now: it waits for nothing, and for nobody else."""
    return (
        os.name == "posix"
        and surroundings.screen_works()
        and (sys.stdin.fileno(), sys.stdout.fileno()) == (_INPUT, _OUTPUT)
        and os.get_blocking(_OUTPUT)
        and os.tcgetpgrp(_INPUT) == os.getpgrp()
    )


def page_for(pages: "Pages", language: str) -> bytes | None:
    """Return the page for this terminal's signs and size; `None` if there is none."""
    columns, rows = surroundings.columns_and_rows()
    is_wide = surroundings.has_room_for_boxes(columns, rows)
    if columns < WIDE_COLUMNS if is_wide else columns != USUAL_COLUMNS:
        return None
    margin = (columns - COLUMN) // 2 if is_wide else 0
    for first, last, used, above, below, (row, column) in pages[language, surroundings.signs(), is_wide]:
        if first <= rows <= last:
            page = above + b"\r\n" * (rows - used + 1) + below
            return page.replace(MARGIN, b" " * margin) + b"\x1b[%d;%dH" % (row + 1, margin + column + 1)
    return None


def is_as_painted(painted: "ModuleType") -> bool:
    """Return whether nothing has changed since these pages were painted."""
    file = questionnaire()
    if checksum([file]) != painted.QUESTIONS:
        return False
    is_installed = os.path.dirname(file) == _PACKAGE
    return is_installed or checksum(os.path.join(_PACKAGE, name) for name in painted.FILES) == painted.CODE


def questionnaire() -> str:
    """Return the path of the questionnaire that comes with the program, as `content.source_file` does."""
    inside = os.path.join(_PACKAGE, "questions.yaml")
    return inside if os.path.exists(inside) else os.path.join(os.path.dirname(_PACKAGE), "questions.yaml")


def checksum(files: "Iterable[str]") -> bytes:
    """Return a checksum of what is in these files, of 64 bits. The one that Python has loaded for modules."""
    from _imp import source_hash  # `importlib.util` loads much to offer it

    found = bytearray()
    for name in files:
        file = os.open(name, os.O_RDONLY)
        found += os.read(file, os.fstat(file).st_size)
        os.close(file)
    return source_hash(0, found)


def without(sequences: "Iterable[bytes]", page: bytes) -> bytes:
    """Return a page without some escape sequences."""
    for each in sequences:
        page = page.replace(each, b"")
    return page


def _write(data: bytes) -> None:
    while data:
        data = data[os.write(_OUTPUT, data) :]
