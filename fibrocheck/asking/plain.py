"""Plain mode: numbered lines and one prompt at a time, for pipes, simple terminals and screen readers.

Nothing is redrawn and the cursor never moves. Only a line that names an option is an answer: an
empty line is not, and neither is the end of the input.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

from fibrocheck.asking.contract import GO_ON, SKIP, Chosen, GoBack, Option, OtherWay, Page, Reply, StaffLock
from fibrocheck.asking.idle import Announcements, IdleTimer
from fibrocheck.asking.keyboard import drop_typed_ahead, hidden_typing, typed_within
from fibrocheck.asking.plain_text import PlainText
from fibrocheck.content.model import Content, Text
from fibrocheck.errors import STAFF_LEFT, VisitEnded
from fibrocheck.pages.text_layout import BLANK, MEASURE, Line, unstyled
from fibrocheck.pages.voice import Voice

_MAX_LINE = 200
"""The characters of a line that are read; the rest is dropped."""

_STAFF = {"f12", "\x1b[24~"}
_SWITCH = {"f2", "\x1boq", "\x1b[12~", "\x1b[[b"}
"""F12 and F2 as terminals send them, in lower case, and as words."""

_MORE_TIME = "m"

_Numbers = Callable[[str, int], tuple[int, ...]]
"""Returns the numbers on a line, from 1 to the given one; none if the line is not a valid choice."""


class PlainAsker:
    """Asks line by line on two text streams."""

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
    ) -> None:
        """Read answers from one stream and write to the other, in lines of at most `width` columns.

        `may_switch` if F2 leads to the full screen. With a staff code, only F12 and the code leave the
        program; the end of the input (Ctrl-D) does not. Without a timer the input is not polled.
        """
        self.language = language
        self._content = content
        self._answers = answers
        self._out = out
        self.width = width
        self._may_switch = may_switch
        self._timer = timer
        self._staff_code = staff_code
        self._heard = ""
        self._offers_more_time = False

    def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply | OtherWay:
        """Have one option chosen by its number."""
        words = self._content.words
        how = words.plain_choose if len(options) > 1 else words.plain_choose_only
        prompt = self._say(how, last=len(options))
        return self._ask(page, options, frozenset({current}), prompt, _one_number)

    def choose_many(
        self, page: Page, options: Sequence[Option], current: frozenset[str] = frozenset()
    ) -> Reply | OtherWay:
        """Have any number of options chosen by their numbers on one line."""
        prompt = self._say(self._content.words.plain_choose_many, last=len(options))
        return self._ask(page, options, current, prompt, _numbers, several=True)

    def read(self, page: Page, *, from_end: bool = False) -> Reply | OtherWay:  # noqa: ARG002 - all is shown
        """Write a text, then wait until the person goes on; here an empty line is enough."""
        prompt = self._say(self._content.words.plain_go_on)
        lines = self._text.reading(page, [prompt, *self._other_keys(page, skippable=False)])
        go_on = (Option(GO_ON, page.go_on),)
        return self._reply(page, go_on, lines, prompt, lambda line, last: _one_number(line or "1", last))

    def tell(self, message: str) -> None:
        """Write a message, which replaces the repeated answer."""
        self._heard = ""
        self._write([BLANK, *self._text.text(message)])

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
        prompt: str,
        numbers: _Numbers,
        *,
        several: bool = False,
    ) -> Reply | OtherWay:
        skippable = several or any(option.id == SKIP for option in options)
        keys = [prompt, *self._other_keys(page, skippable=skippable)]
        lines = self._text.question(page, options, marked, keys)
        reply = self._reply(page, options, lines, prompt, numbers, skippable=skippable)
        if isinstance(reply, Chosen) and page.position:
            self._repeat_back(options, reply)
        return reply

    def _reply(
        self,
        page: Page,
        options: Sequence[Option],
        lines: Sequence[Line],
        prompt: str,
        numbers: _Numbers,
        *,
        skippable: bool = False,
    ) -> Reply | OtherWay:
        """Write a page's lines, and read lines until one of them is a reply.

        An empty line repeats the page; after any other line only the question and the prompt follow.
        """
        self._write_page(lines)
        while True:
            line = self._line(page)
            if line == "b" and page.can_go_back:
                return GoBack()
            if line in _STAFF and self._staff_code is not None:
                self._ask_staff_code(page, self._staff_code)
            elif line in _SWITCH and self._may_switch:
                return OtherWay()
            elif line == _MORE_TIME and self._offers_more_time and self._timer is not None:
                self._timer.prolong()
                line = ""
            if line == "s" and skippable:
                return Chosen((SKIP,))
            if chosen := numbers(line, len(options)):
                return Chosen(tuple(options[number - 1].id for number in chosen))
            if line:
                self._help(page, line, prompt, len(options))
            else:
                self._write_page(lines)

    def _help(self, page: Page, line: str, prompt: str, last: int) -> None:
        """Write why the question is asked, if that was the line, or how to answer; then what to type."""
        help_line = self._say(self._content.words.plain_not_understood, last=last)
        self._write_text(page.why if line == "?" and page.why else help_line)
        self._write_text(page.ask)
        self._write_text(prompt)

    def _repeat_back(self, options: Sequence[Option], chosen: Chosen) -> None:
        """Have the answer written before the next page, unless a message about it is."""
        words = self._content.words
        labels = [option.label for option in options if option.id in chosen.ids]
        skipped = not labels or chosen.ids == (SKIP,)
        self._heard = self._say(words.skipped if skipped else words.you_chose, answer=", ".join(labels))

    def _other_keys(self, page: Page, *, skippable: bool) -> list[str]:
        words = self._content.words
        keys = (
            (words.plain_back, page.can_go_back),
            (words.plain_why, bool(page.why)),
            (words.plain_skip, skippable),
            (words.plain_stop, True),
        )
        return [self._say(key) for key, is_shown in keys if is_shown]

    # Lines that are read

    def _line(self, page: Page) -> str:
        """Return one line in lower case. Raise `VisitEnded` at the end of the input, or after "q"."""
        self._out.write("> ")
        self._out.flush()
        self._wait_for_line(page)
        line = start = self._answers.readline(_MAX_LINE)
        while line and not line.endswith("\n"):
            line = self._answers.readline(_MAX_LINE)
        self._note_sign_of_life(start)
        if not line or start.strip().lower() == "q":
            self._out.write("\n")
            raise VisitEnded
        return start.strip().lower()

    def _wait_for_line(self, page: Page) -> None:
        """With a timer: wait until a line is typed, and write the idle warnings meanwhile."""
        timer, announcements = self._timer, Announcements()
        self._offers_more_time = False
        if timer is None:
            return
        # If the full screen is usual here, a person who switched to plain mode has begun a visit.
        waits = page.waits and not self._may_switch
        while not typed_within(self._answers, 1):
            timer.beat()
            if timer.is_due(waits=waits):
                self._warn_idle(timer, announcements)

    def _warn_idle(self, timer: IdleTimer, announcements: Announcements) -> None:
        """Write how many seconds are left, if it is due. Raise `VisitEnded` if there are none left."""
        try:
            seconds = timer.seconds_left()
        except VisitEnded:
            self._out.write("\n")
            raise
        if announcements.is_due(seconds):
            self._out.write("\n")
            for text in self._warning(timer, seconds):
                self._write_text(text)
            self._out.flush()

    def _warning(self, timer: IdleTimer, seconds: int) -> list[str]:
        """Return what to write when the visit will end in so many seconds."""
        words, voice = self._content.words, Voice(self._content, self.language)
        if timer.is_last_call:
            ends_in = voice.say_seconds(words.time_ends_in_one, words.time_ends_in, seconds)
            self._offers_more_time = timer.may_prolong
            more_time = [self._say(words.plain_more_time)] if timer.may_prolong else []
            return [self._say(words.time_is_short), ends_in, *more_time]
        erased_in = voice.say_seconds(words.plain_erased_in_one, words.plain_erased_in, seconds)
        return [self._say(words.still_there), erased_in]

    def _note_sign_of_life(self, line: str) -> None:
        """Note a line that was typed; the last call has been read by then."""
        if self._timer is not None:
            self._timer.touch(line)
            self._timer.dismiss()

    def _ask_staff_code(self, page: Page, code: StaffLock) -> None:
        """Ask for the staff code without showing it. Raise `VisitEnded` if it is right."""
        words = self._content.words
        if seconds := math.ceil(code.seconds_to_wait()):
            wait = Voice(self._content, self.language).say_seconds(
                words.staff_wait_one, words.staff_wait, seconds
            )
            self._write_text(wait)
            return
        with hidden_typing(self._answers):
            self._out.write(f"{self._say(words.staff_code)}: ")
            self._out.flush()
            self._wait_for_line(page)
            typed = self._answers.readline(_MAX_LINE).strip()
            self._note_sign_of_life(typed)
        self._out.write("\n")
        if code.opens(typed):
            raise VisitEnded(STAFF_LEFT)
        self._write_text(self._say(words.staff_wrong))

    # Lines that are written

    @property
    def _text(self) -> PlainText:
        return PlainText(Voice(self._content, self.language), min(self.width, MEASURE))

    def _write_page(self, lines: Iterable[Line]) -> None:
        """Write a page, with the answer before it repeated first."""
        self._drop_typed_ahead()
        self._write_text(self._heard)
        self._heard = ""
        self._write(lines)

    def _drop_typed_ahead(self) -> None:
        """At a terminal, drop lines typed before their question was asked; piped lines stay."""
        if self._answers.isatty():
            drop_typed_ahead(self._answers.fileno())

    def _write_text(self, text: str) -> None:
        self._write(self._text.text(text))

    def _write(self, lines: Iterable[Line]) -> None:
        self._out.write(unstyled(lines))

    def _say(self, text: Text, **values: object) -> str:
        return Voice(self._content, self.language).say(text, **values)


def _one_number(line: str, last: int) -> tuple[int, ...]:
    """Return the number on the line, if it is the only one and from 1 to `last`."""
    numbers = _numbers(line, last)
    return numbers if len(numbers) == 1 else ()


def _numbers(line: str, last: int) -> tuple[int, ...]:
    """Return the numbers on the line, sorted and each once, if all are from 1 to `last`."""
    words = line.replace(",", " ").split()
    if not all(word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= last for word in words):  # noqa: PLR2004 - digits
        return ()
    return tuple(sorted({int(word) for word in words}))
