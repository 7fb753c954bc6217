"""The desk line by line: a page's own keys are letters and digits on a line, and anything else is text."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from fibrocheck.asking.contract import GO_ON, Chosen, GoBack, Option, OtherWay, Page, Reply
from fibrocheck.asking.lines import END_KEY
from fibrocheck.asking.plain import PlainAsker
from fibrocheck.asking.typed_choices import Choices, folded
from fibrocheck.errors import VisitEnded
from fibrocheck.reception import pages
from fibrocheck.reception.contract import Answer, Closed, Noted, Pressed, Scan, Typed, nothing_noted
from fibrocheck.visit.terminal import CLEAR

if TYPE_CHECKING:
    from fibrocheck.asking.idle import Announcements, IdleTimer
    from fibrocheck.pages.text_layout import Line
    from fibrocheck.reception.lock import Lock

SAID_EVERY = 5.0
"""Seconds between two lines that say how far something is that takes long."""

_BACK, _STOP, _WHY, _SWITCH = "b", "q", "?", {"f2", "0", "."}


class _KeyPressed(Exception):  # noqa: N818 - as below
    """One of the page's own keys was typed where several options may be chosen."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class _Hidden(Exception):  # noqa: N818 - as below
    """The screen was hidden while a line was typed, and came back."""


class DeskPlain(PlainAsker):
    """Asks at the desk line by line."""

    keeps_line = True
    clock: Callable[[], float] = time.monotonic
    lock: Lock
    is_scan: Callable[[str], bool]

    def __init__(self, *arguments: Any, lock: Lock, is_scan: Callable[[str], bool], **options: Any) -> None:
        """Take what a `PlainAsker` takes; `is_scan` returns whether a line is a code."""
        self.lock, self.is_scan = lock, is_scan
        self._kept = ""
        self._says_next = 0.0
        super().__init__(*arguments, **options)

    def ask(self, page: Page, options: Sequence[Option], current: str | None = None) -> Answer | OtherWay:
        """Have an option chosen by its number or words, or one of the page's own keys typed."""
        if page.id != pages.LEAVING:
            self._kept = page.kept
        self._write_whole(page, options, current, is_short=page.continues)
        while True:
            try:
                line = self._line(page)
            except _Hidden:
                line = ""
            if line == _WHY and page.why:
                self._write_text(page.why)
                continue
            if reply := self._meaning(line, page, options, current):
                return reply
            if line in {_STOP, END_KEY}:
                if key := self._leave(page):
                    return Pressed(key, current or "")
                line = ""
            if line:
                self._write_text(self._say(self._content.words.desk.not_understood))
            self._write_whole(page, options, current, is_short=False)

    def write(
        self, page: Page, *, is_hidden: bool = False, text: str = "", is_selected: bool = False
    ) -> Typed | GoBack | Pressed | OtherWay:
        """Have a line typed; `b` alone goes back."""
        del text, is_selected
        while True:
            keys = [self._say(self._content.words.plain_back)] if page.can_go_back else []
            self._write_page(self._text.question(page, (), frozenset(), ["", *_own_keys(page), *keys]))
            try:
                typed = self._typed(page, is_hidden=is_hidden)
            except _Hidden:
                continue
            if typed == END_KEY:
                if key := self._leave(page):
                    return Pressed(key)
            elif typed.strip().lower() == _BACK and page.can_go_back:
                return GoBack()
            elif key := _key_of(typed.strip(), page):
                return Pressed(key)
            else:
                return Typed(typed)

    def read(self, page: Page, *, at: float = 0.0) -> Reply | OtherWay:
        """Show a text, and what follows it."""
        del at
        reply = self.ask(page, (Option(GO_ON, page.go_on), *page.ways))
        if isinstance(reply, Pressed):
            return Chosen((reply.key,))
        return reply if isinstance(reply, Chosen | GoBack | OtherWay) else Chosen((GO_ON,))

    def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply | OtherWay:
        """Have an option chosen on a page without keys of its own."""
        reply = self.ask(page, options, current)
        return reply if isinstance(reply, Chosen | GoBack | OtherWay) else GoBack()

    def choose_many(
        self,
        page: Page,
        options: Sequence[Option],
        current: frozenset[str] = frozenset(),
        noted: Noted = nothing_noted,
    ) -> Reply | OtherWay:
        """Have any number of options chosen; a line is an answer at once, and there is nothing to note."""
        del noted
        while True:
            try:
                return super().choose_many(page, options, current)
            except _KeyPressed as pressed:
                return Chosen((pressed.key, *current))
            except _Hidden:
                continue

    def _was_aside(self, page: Page, line: str, command: str) -> bool:
        if key := _key_of(line, page):
            raise _KeyPressed(key)
        return super()._was_aside(page, line, command)

    def _other_keys(self, page: Page, *, skippable: bool) -> list[str]:
        return [*_own_keys(page), *super()._other_keys(page, skippable=skippable)]

    def was_stopped(self, message: str) -> bool:
        """Return whether something was typed since the last call, and drop it.

        The message is written for the first of several calls, and then once in a while.
        """
        if self.clock() >= self._says_next:
            self.busy(message)
            self._says_next = self.clock() + SAID_EVERY
        return self._lines.was_typed()

    def _stop(self, page: Page) -> None:
        if key := self._leave(page):
            raise _KeyPressed(key)

    def _meaning(
        self, line: str, page: Page, options: Sequence[Option], current: str | None
    ) -> Answer | OtherWay | None:
        if key := _key_of(line, page):
            return Pressed(key, current or "")
        if line == _BACK and page.can_go_back:
            return GoBack()
        if line in _SWITCH and self._may_switch:
            return OtherWay()
        if chosen := self._chosen(line, options):
            return Chosen((chosen,))
        if self.is_scan(line):
            raise Scan(line)
        return Typed(line) if page.takes_text and line not in {"", _STOP, END_KEY} else None

    def _chosen(self, line: str, options: Sequence[Option]) -> str:
        """Return the id of the option that a line chooses; empty if it chooses none."""
        ordered = [options[-1], *options[:-1]] if options[-1].is_way_on else list(options)
        if not line or (options[-1].is_row and line.isdigit() and len(line) < 3):  # noqa: PLR2004 - see below
            return ""  # rows have no numbers but those of lists, which have three digits or more
        labels = [each.label for each in ordered]
        numbers = Choices(labels, self._say(self._content.words.number_words)).one(line)
        if not numbers and options[-1].is_row:
            begin = [each.id for each in ordered if folded(each.id) == folded(line)]
            return begin[0] if len(begin) == 1 else ""
        return ordered[numbers[0] - 1].id if numbers else ""

    def _write_whole(
        self, page: Page, options: Sequence[Option], current: str | None, *, is_short: bool
    ) -> None:
        words = self._content.words
        own = _own_keys(page)
        own += [self._say(words.plain_why)] if page.why else []
        back = [self._say(words.plain_back)] if page.can_go_back else []
        back += [] if page.id == pages.LEAVING else [f"{_STOP}: {self._say(words.desk.leave)}"]
        if is_short:
            page = page._replace(section="", position="", groups=())
            options = [each for each in options if each.id == current]
        lines: list[Line] = self._text.question(page, options, frozenset(), ["", *own, *back])
        self._write_page(lines)

    def _typed(self, page: Page, *, is_hidden: bool) -> str:
        self._out.write("> ")
        self._out.flush()
        line = self._read(page, is_hidden=is_hidden)
        if is_hidden or line is None:
            self._out.write("\n")
        if line is None:
            raise VisitEnded
        return line

    def _line(self, page: Page) -> str:
        line = self._typed(page, is_hidden=False)
        return line if line == END_KEY else line.strip().lower()

    def _read(self, page: Page, *, is_hidden: bool = False) -> str | None:
        self._says_next = 0.0
        try:
            return super()._read(page, is_hidden=is_hidden)
        except Closed:
            self._clear()
            raise
        except _Hidden:
            self._hide()
            raise

    def _warn_idle(self, timer: IdleTimer, announcements: Announcements, *, undelivered: bool) -> None:
        del timer, announcements, undelivered
        raise _Hidden

    def come_back(self) -> None:
        """Stay hidden until staff bring the screen back."""
        self._hide()

    def _hide(self) -> None:
        self.lock.hide()
        self._clear()
        while self.lock.is_hidden:
            self._write_text(pages.locked_text(self._voice, self.lock))
            typed = self._unheard()
            if self.lock.has_pin:
                if not self.lock.unlock(typed):
                    self._write_text(self._say(self._content.words.desk.pin_wrong))
            else:
                self.lock.key()
        if self._timer is not None:
            self._timer.touch()

    def _unheard(self) -> str:
        """Return a line that is typed while the screen is hidden."""
        self._out.write("> ")
        self._out.flush()
        line = self._lines.read(is_hidden=True)
        self._out.write("\n")
        if line is None:
            raise VisitEnded
        return line

    def _clear(self) -> None:
        """Clear the terminal with its scrollback; lines in a pipe stay."""
        if self._is_terminal and sys.stdout.isatty():
            self._out.write(CLEAR)
            self._out.flush()

    def _leave(self, page: Page) -> str:
        """Ask whether to leave the desk; return the key of the page that was pressed there, or nothing."""
        leaving, options = pages.leave_page(self._voice, self._kept)
        reply = self.ask(leaving._replace(keys=pages.signs_of(page)), options)
        if reply == Chosen((pages.LEAVE,)):
            raise VisitEnded
        return reply.key if isinstance(reply, Pressed) else ""


def _own_keys(page: Page) -> list[str]:
    """Return the keys of a page as lines that say what they do."""
    return [f"{each.name or each.key}: {each.does}" for each in page.keys if each.does]


def _key_of(line: str, page: Page) -> str:
    """Return the key of a page that a line names; empty if it names none."""
    return next((each.key for each in page.keys if line and line in {each.key, each.name.lower()}), "")
