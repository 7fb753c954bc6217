"""The desk's asker: on the full screen or line by line, as the terminal can and staff prefer."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from fibrocheck.asking.contract import GoBack, Option, Page, Reply
from fibrocheck.asking.switching import SwitchingAsker, screen_size
from fibrocheck.reception.contract import Noted, nothing_noted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fibrocheck.asking.plain import PlainAsker
    from fibrocheck.asking.screen.asker import ScreenAsker
    from fibrocheck.asking.screen.page_layout import Glyphs
    from fibrocheck.content.model import Content
    from fibrocheck.reception.contract import Answer, Pressed, Typed
    from fibrocheck.reception.lock import DeskTimer, Lock


class SwitchingDesk(SwitchingAsker):
    """Asks the desk's pages. Use as a context manager."""

    def __init__(
        self,
        content: Content,
        language: str,
        *,
        plain: bool,
        large: bool,
        timer: DeskTimer,
        lock: Lock,
        is_scan: Callable[[str], bool],
        why_no_code: Callable[[str], str],
    ) -> None:
        """Prepare to ask; `is_scan` returns whether a line is a code, `why_no_code` why a scan is none."""
        super().__init__(content, language, plain=plain, large=large, timer=timer)
        self._desk_timer, self._lock, self._is_scan = timer, lock, is_scan
        self._why_no_code = why_no_code

    def ask(self, page: Page, options: Sequence[Option], current: str | None = None) -> Answer:
        """Have an option chosen, or one of the page's own keys pressed."""
        return cast("Answer", self._ask(lambda asker, _: cast(Any, asker).ask(page, options, current)))

    def choose_many(
        self,
        page: Page,
        options: Sequence[Option],
        current: frozenset[str] = frozenset(),
        noted: Noted = nothing_noted,
    ) -> Reply:
        """Have any number of options chosen; `noted` gets what is marked on the way."""

        def asked(asker: object, ids: tuple[str, ...] | None) -> Any:
            marked = current if ids is None else frozenset(ids)
            return cast(Any, asker).choose_many(page, options, marked, noted)

        return self._ask(asked)

    def write(
        self, page: Page, *, is_hidden: bool = False, text: str = "", is_selected: bool = False
    ) -> Typed | GoBack | Pressed:
        """Have a line typed."""

        def asked(asker: object, _: object) -> Any:
            return cast(Any, asker).write(page, is_hidden=is_hidden, text=text, is_selected=is_selected)

        return cast("Typed | GoBack | Pressed", self._ask(asked))

    def was_stopped(self, message: str) -> bool:
        """Show a message at once; return whether a key was pressed since the last one like it."""
        return bool(cast(Any, self._current).was_stopped(message))

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """Give the terminal to another program, and take it back afterwards."""
        was_plain = self.is_plain
        self._close_plain()
        self._held.close()
        self._screen = None
        try:
            yield
        finally:
            if not was_plain:
                self._use_screen()

    def come_back(self) -> None:
        """Have staff bring the screen back, after it was hidden while the terminal was not the desk's."""
        cast(Any, self._current).come_back()

    def _new_plain(self) -> PlainAsker:
        from fibrocheck.reception.plain import DeskPlain

        return DeskPlain(
            self._content,
            self._language,
            sys.stdin,
            sys.stdout,
            width=screen_size().columns,
            may_switch=self._may_switch,
            timer=self._timer,
            lock=self._lock,
            is_scan=self._is_scan,
        )

    def _new_screen(self, glyphs: Glyphs) -> ScreenAsker:
        from fibrocheck.asking.screen.light_imports import load_screen_libraries

        load_screen_libraries()
        from fibrocheck.reception.screen import DeskScreen

        return DeskScreen(
            self._content,
            self._language,
            glyphs,
            self._desk_timer,
            self._lock,
            large=self._looks.large,
            why_no_code=self._why_no_code,
        )
