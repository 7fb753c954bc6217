"""The full screen or plain lines, whichever this terminal can do and the person prefers.

Both can be had on the same page: F2 (or a window grown too small) goes from one to the other with
every answer kept.
"""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Self

from fibrocheck.asking.ascii_text import speaks_ascii_only
from fibrocheck.asking.contract import Option, OtherWay, Page, Reply, StaffLock
from fibrocheck.asking.idle import Watch
from fibrocheck.asking.keyboard import signals_wait
from fibrocheck.asking.plain import PlainAsker
from fibrocheck.asking.screen.layout import ASCII_GLYPHS, FLOOR, Frame, Glyphs, Layout, Size
from fibrocheck.content.model import Content

if TYPE_CHECKING:
    from fibrocheck.asking.screen.asker import ScreenAsker


_USUAL = Size(columns=80, rows=24)


def screen_works() -> bool:
    """Whether a full screen can be drawn here: a terminal on both sides that can move its cursor."""
    is_terminal = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
    simple = os.environ.get("TERM", "") in {"", "dumb"} and os.name == "posix"
    wants_plain = os.environ.get("ACCESSIBLE", "0") not in {"", "0"}
    return is_terminal and not simple and not wants_plain


def screen_size() -> Size:
    """The terminal's size now."""
    try:
        size = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):  # no terminal: the size that text is usually set for
        return _USUAL
    return Size(size.columns, size.lines)


def fits(size: Size) -> bool:
    """Whether a terminal is large enough for the full screen."""
    return size.columns >= FLOOR.columns and size.rows >= FLOOR.rows


def fitting_glyphs() -> Glyphs:
    """The frame's signs that this terminal can show."""
    # The Linux console has 256 glyphs, and the pointer is not among them.
    only_ascii = os.environ.get("TERM") == "linux" or speaks_ascii_only(sys.stdout.encoding)
    return ASCII_GLYPHS if only_ascii else Glyphs()


Opening = Callable[[Layout], Frame]
"""The first page, for any layout."""


class EitherAsker:
    """Asks on the full screen where it can, line by line otherwise. Use as a context manager."""

    def __init__(
        self,
        content: Content,
        language: str,
        *,
        plain: bool,
        large: bool = False,
        opening: Opening | None = None,
        watch: Watch | None = None,
        staff_code: StaffLock | None = None,
    ) -> None:
        """Prepare to ask.

        `opening` is the first page, shown while the libraries of the screen load. `watch` and
        `staff_code` are a kiosk's.
        """
        self._content = content
        self._language = language
        self._opening = opening
        self._large = large
        self._watch = watch
        self._staff_code = staff_code
        self._may_switch = screen_works() and not plain
        self._held = ExitStack()
        self._grown_too_small = False
        self._screen: ScreenAsker | None = None
        self._plain = PlainAsker(
            content,
            language,
            sys.stdin,
            sys.stdout,
            width=screen_size().columns,
            may_switch=self._may_switch,
            watch=watch,
            staff_code=staff_code,
        )

    def __enter__(self) -> Self:
        """Take the screen if it is large enough."""
        if self._may_switch:
            with ExitStack() as undone:
                undone.callback(self._held.close)
                self._use_screen()
                undone.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the terminal back as it was found."""
        self._held.__exit__(kind, error, trace)

    @property
    def language(self) -> str:
        """The language that the program's own words are in."""
        return self._language

    @language.setter
    def language(self, language: str) -> None:
        self._language = self._plain.language = language
        if self._screen:
            self._screen.language = language

    @property
    def is_plain(self) -> bool:
        """Whether the person is being asked line by line now."""
        return self._screen is None

    def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply:
        """Have one option chosen, in one way or the other."""
        return self._either(lambda asker, _ids: asker.choose(page, options, current))

    def choose_many(
        self, page: Page, options: Sequence[Option], current: frozenset[str] = frozenset()
    ) -> Reply:
        """Have any number of options chosen, in one way or the other."""
        return self._either(
            lambda asker, ids: asker.choose_many(page, options, current if ids is None else frozenset(ids))
        )

    def read(self, page: Page, *, from_end: bool = False) -> Reply:
        """Show a text, in one way or the other."""
        return self._either(lambda asker, _ids: asker.read(page, from_end=from_end))

    def tell(self, message: str) -> None:
        """Say one thing with the next page."""
        (self._screen or self._plain).tell(message)

    def busy(self, message: str) -> None:
        """Show that something is being done."""
        (self._screen or self._plain).busy(message)

    def _either(
        self, ask: Callable[["ScreenAsker | PlainAsker", tuple[str, ...] | None], Reply | OtherWay]
    ) -> Reply:
        """Ask, and go on asking the other way for as long as that is wanted."""
        if self._grown_too_small and fits(screen_size()):
            self._use_screen()
        marked: tuple[str, ...] | None = None
        while isinstance(reply := ask(self._screen or self._plain, marked), OtherWay):
            marked = marked if reply.ids is None else reply.ids
            self._switch()
        return reply

    def _switch(self) -> None:
        if self._screen is None:
            self._use_screen()
        else:
            self._use_plain(too_small=not fits(screen_size()))

    def _use_plain(self, *, too_small: bool) -> None:
        self._held.close()
        self._screen = None
        self._grown_too_small = too_small
        self._plain.width = screen_size().columns
        words = self._content.words
        self._plain.tell((words.too_small if too_small else words.plain_switched)[self._language])

    def _use_screen(self) -> None:
        """Take the screen, the first page painted at once; stay plain where it is too small."""
        if not fits(screen_size()):
            self._use_plain(too_small=True)
            return
        self._grown_too_small = False
        glyphs = fitting_glyphs()
        if self._opening and os.name == "posix":
            from fibrocheck.asking.screen.first_paint import opened  # needs a POSIX terminal

            frame = self._opening(Layout(self._content, self._language, screen_size(), glyphs, self._large))
            opening = opened(frame, glyphs, sys.stdout)
            with signals_wait():
                # From Python 3.15 on, `enter_context` imports inspect, and the page would wait for it.
                opening.__enter__()
                self._held.callback(opening.__exit__, None, None, None)
        self._opening = None
        # Loading the libraries that read keys takes most of the start-up time: the person is
        # reading the opening page by now. Without the collector they load about 5% faster.
        gc.disable()
        from fibrocheck.asking.screen.asker import ScreenAsker

        gc.freeze()
        gc.enable()
        asker = ScreenAsker(
            self._content, self._language, glyphs, self._watch, self._staff_code, large=self._large
        )
        with signals_wait():
            self._screen = self._held.enter_context(asker)
