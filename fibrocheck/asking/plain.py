"""Plain mode: numbered lines and one prompt at a time, for pipes, simple terminals and screen readers.

Nothing is redrawn and the cursor never moves. Only a line that names an option is an answer: an
empty line is not, and neither is the end of the input.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

from fibrocheck.asking.aloud import ReadAloud, Shown
from fibrocheck.asking.contract import (
    GO_ON,
    SKIP,
    Chosen,
    GoBack,
    Looks,
    Option,
    OtherWay,
    Page,
    Reply,
    StaffLock,
)
from fibrocheck.asking.idle import Announcements, IdleTimer
from fibrocheck.asking.languages import change_language
from fibrocheck.asking.line_commands import (
    ALOUD,
    BACK,
    LANGUAGE,
    LEAVE_OUT,
    MORE_TIME,
    SETTINGS,
    STOP,
    WHY,
    LineCommands,
    not_understood,
)
from fibrocheck.asking.lines import END_KEY, LineReader
from fibrocheck.asking.plain_text import PlainText, idle_warning, in_number_order, number_keys, repeated_back
from fibrocheck.asking.stopping import stop_page
from fibrocheck.asking.typed_choices import Choices
from fibrocheck.content.model import Content
from fibrocheck.content.text import Text
from fibrocheck.errors import STAFF_LEFT, VisitEnded
from fibrocheck.pages.text_layout import BLANK, LARGE_MEASURE, MEASURE, Line, unstyled
from fibrocheck.pages.voice import Voice

_STAFF = {"f12", "\x1b[24~"}
_SWITCH = {"f2", "\x1boq", "\x1b[12~", "\x1b[[b", "0", "."}
_LISTEN = {"f4", "\x1bos", "\x1b[14~", "\x1b[[d"}
"""F12, F2 and F4 as terminals send them, in lower case, and as words; 0 and the dot as on the screen."""

_Numbers = Callable[[Choices, str], tuple[int, ...]]
"""Returns the numbers that a line chooses; none if the line is not a valid choice."""


class _Closed(Exception):  # noqa: N818 - no error
    """A page has closed by itself."""


class _Enlarged(Exception):  # noqa: N818 - no error
    """A window that was too small for the full screen has room for it."""


class PlainAsker:
    """Asks line by line on two text streams."""

    has_room: Callable[[], bool] | None = None
    """Returns whether the full screen has room by now; `None` if that is not why lines are used."""
    rows = 0
    """The rows of a window that is too small for the full screen; 0 if it is not."""
    keeps_line = False
    """Whether a line may be a text: then the full screen comes back only when it is asked for."""

    def __init__(
        self,
        content: Content,
        language: str,
        answers: TextIO,
        out: TextIO,
        *,
        width: int = MEASURE,
        may_switch: bool = False,
        timer: IdleTimer | None = None,
        staff_code: StaffLock | None = None,
        aloud: ReadAloud | None = None,
        looks: Looks | None = None,
    ) -> None:
        """Read answers from one stream and write to the other, in lines of at most `width` columns.

        `may_switch` if F2 leads to the full screen. With a staff code, only F12 and the code leave the
        program; the end of the input (Ctrl-D) does not. Without a timer the input is not polled. `aloud`
        reads the pages if the person wants it. With `looks` the person may change the settings.
        """
        self._looks = looks
        self._aloud = aloud or ReadAloud()
        self.language = language
        self._content = content
        self._lines = LineReader(answers, out, typed=self._aloud.interrupt)
        self._is_terminal = answers.isatty()
        self._out = out
        self.width = width
        self._may_switch = may_switch
        self._timer = timer
        self._staff_code = staff_code
        self._heard = ""
        self._offers_more_time = False
        self._explained: set[str] = set()

    def open(self) -> None:
        """Prepare the terminal for lines."""
        self._lines.open()

    def close(self) -> None:
        """Give the terminal back as it was."""
        self._lines.close()

    def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply | OtherWay:
        """Have one option chosen by its number, or by its words."""
        words = self._content.words
        how = words.plain_choose if len(options) > 1 else words.plain_choose_only
        how = words.plain_choose_to_change if options[-1].is_way_on else how
        marked = frozenset() if options[-1].is_way_on or page.acts else frozenset({current})
        return self._ask(page, options, marked, how, Choices.one)

    def choose_many(
        self, page: Page, options: Sequence[Option], current: frozenset[str] = frozenset()
    ) -> Reply | OtherWay:
        """Have any number of options chosen by their numbers on one line."""
        how = self._content.words.plain_choose_many
        reply = self._ask(page, options, current, how, Choices.several, several=True)
        marked = tuple(option.id for option in options if option.id in current)
        return GoBack(marked) if isinstance(reply, GoBack) else reply  # a line is an answer at once

    def read(self, page: Page, *, at: float = 0.0) -> Reply | OtherWay:  # noqa: ARG002 - all is shown
        """Write a text, then wait until the person goes on; here an empty line is enough.

        All of it is written, so that nothing is left to skip but for a person who hears it.
        """
        page = page if self._aloud.reader else page.without_skips()
        words = self._content.words
        how = words.plain_choose if page.ways else words.plain_go_on
        ways = (Option(GO_ON, page.go_on), *page.ways)
        prompt = self._say(how, last=len(ways))

        def lines(*, is_full: bool) -> list[Line]:
            keys = self._other_keys(page, skippable=False) if is_full else []
            return self._text.reading(page, [prompt, *keys])

        return self._reply(
            page, ways, how, lines, prompt, lambda choices, line: choices.one(line or "1"), skippable=False
        )

    def tell(self, message: str) -> None:
        """Write a message, which replaces the repeated answer."""
        self._heard = ""
        self._write([BLANK, *self._text.text(message)])
        self._aloud.tell(message, self.language)

    def tell_briefly(self, message: str) -> None:
        """Write a message; it cannot disappear from lines."""
        self.tell(message)

    def busy(self, message: str) -> None:
        """Write a message at once."""
        self.tell(message)
        self._out.flush()

    def _ask(
        self,
        page: Page,
        options: Sequence[Option],
        marked: frozenset[str | None],
        how: Text,
        numbers: _Numbers,
        *,
        several: bool = False,
    ) -> Reply | OtherWay:
        skippable = several or any(option.id == SKIP for option in options)
        prompt = self._say(how, last=len(options))

        def lines(*, is_full: bool) -> list[Line]:
            if is_full:
                keys = [prompt, *self._other_keys(page, skippable=skippable)]
            else:
                numbers = self._say(self._content.words.plain_range, last=len(options))
                first = [prompt] if options[-1].is_way_on else ["", numbers]
                keys = [*first, *self._commands(page, skippable=skippable).short_texts()]
            return self._text.question(page, options, marked, keys)

        reply = self._reply(page, options, how, lines, prompt, numbers, marked=marked, skippable=skippable)
        if isinstance(reply, Chosen) and page.position:
            self._heard = repeated_back(options, reply, self._voice)
        return reply

    def _reply(
        self,
        page: Page,
        options: Sequence[Option],
        how: Text,
        lines: Callable[..., Sequence[Line]],
        prompt: str,
        numbers: _Numbers,
        *,
        marked: frozenset[str | None] = frozenset(),
        skippable: bool,
    ) -> Reply | OtherWay:
        """Write a page's lines, and read lines until one of them is a reply.

        How to answer is explained the first time only. An empty line repeats the page with all of it;
        after any other line only the question and how to answer follow.
        """
        ordered = in_number_order(options)
        choices = Choices([option.label for option in ordered], self._say(self._content.words.number_words))
        several = how == self._content.words.plain_choose_many
        shown = Shown(page, tuple(options), number_keys(options), marked, several, by_line=True)
        template = how[self.language]
        self._write_page(lines(is_full=template not in self._explained))
        self._explained.add(template)
        self._aloud.page(shown, self.language)
        while True:
            line = self._line(page)
            command = self._commands(page, skippable=skippable).named(line)
            if command == BACK:
                return GoBack()
            if command == LEAVE_OUT:
                return Chosen((SKIP,))
            if line in _SWITCH and self._may_switch:
                return OtherWay()
            if self._was_aside(page, line, command):
                line = ""
            elif line in _STAFF and self._staff_code is not None:
                self._ask_staff_code(page, self._staff_code)
            elif chosen := numbers(choices, line):
                ids = {ordered[number - 1].id for number in chosen}
                return Chosen(tuple(option.id for option in options if option.id in ids))
            if line:
                keys = self._other_keys(page, skippable=skippable)
                said = page.why if command == WHY else not_understood(choices, line, several, self._voice)
                self._help(page, said, [prompt, *keys], [] if command == WHY else lines(is_full=False))
            else:
                self._write_page(lines(is_full=True))
                self._aloud.page(shown, self.language)

    def _was_aside(self, page: Page, line: str, command: str) -> bool:
        """Do what leads away from a page and back to it; return whether the line was for that."""
        if line == MORE_TIME and self._offers_more_time and self._timer is not None:
            self._timer.prolong()
        elif command == STOP:
            self._stop(page)
        elif command == LANGUAGE:
            change_language(self._voice, self.choose)
        elif command == SETTINGS and self._looks is not None:
            from fibrocheck.asking.settings import change_line_settings  # only if they are wanted

            change_line_settings(self.choose, self._voice, self._looks, self._aloud.reader)
        elif command == ALOUD or (line in _LISTEN and self._aloud.is_offered):
            self._write_text(self._aloud.listen(self._voice, self.choose))
        else:
            return False
        return True

    def _stop(self, page: Page) -> None:
        """Ask whether to erase the answers. Raise `VisitEnded` if so, or if nobody has begun."""
        if page.waits:
            self._out.write("\n")
            raise VisitEnded
        words = self._content.words
        asked, options = stop_page(self._voice, page.kept)
        choices = Choices([option.label for option in options], self._say(words.number_words))
        prompt = self._say(words.plain_choose, last=len(options))
        chosen: tuple[int, ...] = ()
        while not chosen:
            self._write_page(self._text.question(asked, options, frozenset(), [prompt]))
            line = self._line(page)
            chosen = (1,) if line == BACK or line in _SWITCH else choices.one(line)
        if chosen == (2,):
            self._out.write("\n")
            raise VisitEnded

    def _help(self, page: Page, said: str, keys: Sequence[str], whole: Sequence[Line]) -> None:
        """Write what there is to say to a line that was no answer; then the question, and what to type."""
        self._write(self._text.helped(said, page, keys, whole))
        self._aloud.warn(said, self.language)

    def _other_keys(self, page: Page, *, skippable: bool) -> list[str]:
        return self._commands(page, skippable=skippable).texts()

    def _commands(self, page: Page, *, skippable: bool) -> LineCommands:
        return LineCommands(self._voice, page, skippable, self._aloud.is_offered, self._looks is not None)

    # Lines that are read

    def _line(self, page: Page) -> str:
        """Return one line in lower case. Raise `VisitEnded` at the end of the input."""
        self._out.write("> ")
        self._out.flush()
        line = self._read(page)
        if line is None:
            self._out.write("\n")
            raise VisitEnded
        if line == END_KEY and self._is_terminal:
            # Ctrl-C and Ctrl-D ask, as "q" does. In a kiosk they do nothing.
            self._out.write("\n")
            return STOP if self._staff_code is None else ""
        return line.strip().lower()

    def _read(self, page: Page, *, is_hidden: bool = False) -> str | None:
        """Return the next line; with a timer, write the idle warnings until it is there."""
        timer, announcements = self._timer, Announcements()
        self._offers_more_time = False
        self._lines.open()
        if timer is None and self.has_room is None:
            return self._lines.read(is_hidden=is_hidden)
        # If the full screen is usual here, a person who switched to plain mode has begun a visit.
        waits = page.waits and not self._may_switch

        def tick() -> None:
            if not (is_hidden or self.keeps_line) and self.has_room is not None and self.has_room():
                raise _Enlarged
            if timer is None:
                return
            timer.beat()
            self._aloud.turn_on_if_wanted()
            if page.closes_in and timer.seconds_until(page.closes_in) == 0:
                raise _Closed
            if timer.is_due(waits=waits or page.closes_in > 0):
                self._warn_idle(timer, announcements, undelivered=page.undelivered)

        try:
            line = self._lines.read(tick, is_hidden=is_hidden)
        except _Closed:
            return "1"
        except _Enlarged:
            return "0"
        if timer is not None:
            timer.touch(line)
            timer.dismiss()  # a last call has been read by then
        is_empty = line is not None and not line.strip()
        return "0" if is_empty and self.has_room is not None and self.has_room() else line

    def _warn_idle(self, timer: IdleTimer, announcements: Announcements, *, undelivered: bool) -> None:
        """Write how many seconds are left, if it is due. Raise `VisitEnded` if there are none left."""
        try:
            seconds = timer.seconds_left()
        except VisitEnded:
            self._out.write("\n")
            raise
        if announcements.is_due(seconds):
            self._out.write("\n")
            texts = idle_warning(timer, seconds, self._voice, undelivered=undelivered)
            self._offers_more_time = timer.is_last_call and timer.may_prolong
            for text in texts:
                self._write_text(text)
            self._aloud.warn(" ".join(texts), self.language)
            self._out.flush()

    def _ask_staff_code(self, page: Page, code: StaffLock) -> None:
        """Ask for the staff code without showing it. Raise `VisitEnded` if it is right."""
        words = self._content.words
        if seconds := math.ceil(code.seconds_to_wait()):
            self._write_text(self._voice.say_seconds(words.staff_wait_one, words.staff_wait, seconds))
            return
        self._out.write(f"{self._say(words.staff_code)}: ")
        self._out.flush()
        typed = (self._read(page._replace(waits=False), is_hidden=True) or "").strip()
        self._out.write("\n")
        if typed == END_KEY:
            return
        if code.opens(typed):
            raise VisitEnded(STAFF_LEFT)
        self._write_text(self._say(words.staff_wrong))

    # Lines that are written

    @property
    def _voice(self) -> Voice:
        return Voice(self._content, self.language)

    @property
    def _text(self) -> PlainText:
        is_large = self._looks is not None and self._looks.large
        width = min(self.width, LARGE_MEASURE if is_large else MEASURE)
        return PlainText(self._voice, width, is_large, self.rows)

    def _write_page(self, lines: Iterable[Line]) -> None:
        """Write a page, with the answer before it repeated first."""
        self._lines.drop_typed_ahead()
        self._write_text(self._heard)
        self._heard = ""
        self._write(lines)

    def _write_text(self, text: str) -> None:
        self._write(self._text.text(text))

    def _write(self, lines: Iterable[Line]) -> None:
        self._out.write(unstyled(lines))

    def _say(self, text: Text, **values: object) -> str:
        return self._voice.say(text, **values)
