"""Plain mode: numbered lines and one prompt at a time, for pipes, simple terminals and screen readers.

Nothing is redrawn and the cursor never moves. Only a line that names a choice is an answer:
neither an empty line nor the end of the input is one.

Screen readers speak a line at a time and pause after each. So a text that takes several lines has
each sentence on its own, and what stands side by side on the screen follows one after the other here.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TextIO

from fibrocheck.asking.contract import GO_ON, SKIP, Chosen, GoBack, Option, OtherWay, Page, Reply, StaffLock
from fibrocheck.asking.idle import Watch
from fibrocheck.asking.keyboard import drop_typed_ahead, hidden_typing, typed_within
from fibrocheck.content.model import Content, Text
from fibrocheck.errors import IDLE_TOO_LONG, STAFF_LEFT, VisitEnded
from fibrocheck.pages.text_layout import (
    BLANK,
    MEASURE,
    Block,
    Gap,
    Heading,
    Labelled,
    Line,
    Paragraph,
    Row,
    cells,
    unstyled,
)
from fibrocheck.pages.voice import Voice

_LONGEST_LINE = 200
_WARNINGS = (45, 20, 10)
"""Seconds before the end at which an idle person is warned."""

_STAFF = {"f12", "\x1b[24~"}
_SWITCH = {"f2", "\x1boq", "\x1b[12~", "\x1b[[b"}
"""F12 and F2 as terminals send them, in lower case, and as words."""

_BETWEEN_SENTENCES = r"""(?:(?<=[.?!])|(?<=[.?!]["”»)]))\s+"""


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
        watch: Watch | None = None,
        staff_code: StaffLock | None = None,
    ) -> None:
        """Read answers from one stream and write to the other, in lines of `width` columns at most.

        `may_switch` where F2 leads to the full screen. With a staff code, only F12 and the code
        leave the program, and the end of the input (Ctrl-D) does not.
        """
        self.language = language
        self._content = content
        self._answers = answers
        self._out = out
        self.width = width
        self._may_switch = may_switch
        self._watch = watch
        self._staff_code = staff_code
        self._heard = ""

    @property
    def _measure(self) -> int:
        return min(self.width, MEASURE)

    def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply | OtherWay:
        """Ask for the number of one option."""
        words = self._content.words
        how = words.plain_choose if len(options) > 1 else words.plain_choose_only
        prompt = self._say(how, last=len(options))
        return self._ask(page, options, frozenset({current}), prompt, _one_number)

    def choose_many(
        self, page: Page, options: Sequence[Option], current: frozenset[str] = frozenset()
    ) -> Reply | OtherWay:
        """Ask for the numbers of any options, all on one line."""
        words = self._content.words
        prompt = self._say(words.plain_choose_many, last=len(options))
        return self._ask(page, options, current, prompt, _numbers, several=True)

    def read(self, page: Page, *, from_end: bool = False) -> Reply | OtherWay:  # noqa: ARG002 - all of it is read
        """Write a text, then wait for the person to go on; here an empty line will do."""
        prompt = self._say(self._content.words.plain_go_on)

        def say() -> None:
            self._write_heading(page)
            for group in page.groups:
                self._write(line for block in group for line in _lines(block, self._measure))
                self._write([BLANK])
            self._write_keys(page, prompt, skippable=False)

        go_on = (Option(GO_ON, page.go_on),)
        return self._answer(page, go_on, say, prompt, lambda line, last: _one_number(line or "1", last))

    def tell(self, message: str) -> None:
        """Say one thing on a line of its own, instead of what was heard last."""
        self._heard = ""
        self._write([BLANK])
        self._write_text(message)

    def busy(self, message: str) -> None:
        """Say so on a line of its own."""
        self.tell(message)
        self._out.flush()

    def _ask(
        self,
        page: Page,
        options: Sequence[Option],
        marked: frozenset[str | None],
        prompt: str,
        numbers: Callable[[str, int], tuple[int, ...]],
        *,
        several: bool = False,
    ) -> Reply | OtherWay:
        skippable = several or any(option.id == SKIP for option in options)

        def say() -> None:
            self._write_heading(page)
            self._write_text(page.ask)
            self._write_text(f"({page.term})" if page.term else "")
            self._write_options(options, marked)
            self._write_keys(page, prompt, skippable=skippable)

        reply = self._answer(page, options, say, prompt, numbers, skippable=skippable)
        if isinstance(reply, Chosen) and page.position:
            self._repeat_back(options, reply)
        return reply

    def _answer(
        self,
        page: Page,
        options: Sequence[Option],
        say: Callable[[], None],
        prompt: str,
        numbers: Callable[[str, int], tuple[int, ...]],
        *,
        skippable: bool = False,
    ) -> Reply | OtherWay:
        """Say what is asked, and take lines until one of them is a choice or a way to go.

        An empty line has it all said again; any other that will not do, only what it takes to go on.
        """
        say()
        while True:
            line = self._line(page)
            if line == "b" and page.can_go_back:
                return GoBack()
            if line in _STAFF and self._staff_code is not None:
                self._let_staff_out(page, self._staff_code)
            elif line in _SWITCH and self._may_switch:
                return OtherWay()
            if line == "s" and skippable:
                return Chosen((SKIP,))
            if chosen := numbers(line, len(options)):
                return Chosen(tuple(options[number - 1].id for number in chosen))
            if not line:
                say()
                continue
            help_line = self._say(self._content.words.plain_not_understood, last=len(options))
            self._write_text(page.why if line == "?" and page.why else help_line)
            self._write_text(page.ask)
            self._write_text(prompt)

    def _repeat_back(self, options: Sequence[Option], chosen: Chosen) -> None:
        """Have the answer said before the next page, unless something else is said about it."""
        words = self._content.words
        labels = [option.label for option in options if option.id in chosen.ids]
        skipped = not labels or chosen.ids == (SKIP,)
        self._heard = self._say(words.skipped if skipped else words.you_chose, answer=", ".join(labels))

    def _write_keys(self, page: Page, prompt: str, *, skippable: bool) -> None:
        self._write_text(prompt)
        for row in _joined(self._ways(page, skippable=skippable), self._measure):
            self._write(Paragraph(row).lines(self._measure))

    def _ways(self, page: Page, *, skippable: bool) -> list[str]:
        words = self._content.words
        ways = (
            (words.plain_back, page.can_go_back),
            (words.plain_why, bool(page.why)),
            (words.plain_skip, skippable),
            (words.plain_stop, True),
        )
        return [self._say(way) for way, is_open in ways if is_open]

    def _forget_typed_ahead(self) -> None:
        """At a terminal, a line typed before its question was asked answers nothing; piped lines do."""
        if self._answers.isatty():
            drop_typed_ahead(self._answers.fileno())

    def _line(self, page: Page) -> str:
        """One line in lower case; the visit ends at the end of the input, or by "q"."""
        self._out.write("> ")
        self._out.flush()
        self._wait_for_line(page)
        line = start = self._answers.readline(_LONGEST_LINE)
        while line and not line.endswith("\n"):
            line = self._answers.readline(_LONGEST_LINE)
        if not line or start.strip().lower() == "q":
            self._out.write("\n")
            raise VisitEnded
        return start.strip().lower()

    def _wait_for_line(self, page: Page) -> None:
        """Where somebody watches the time: wait, and say so when nobody seems to be there any more."""
        watch = self._watch
        if watch is None:
            return
        watch.touch()
        announced = [math.inf]
        while not typed_within(self._answers, 1):
            watch.beat()
            # Where the full screen is usual, whoever left it for these lines has begun a visit.
            if watch.is_due and (self._may_switch or not page.waits):
                self._warn(watch.seconds_left, announced)

    def _warn(self, seconds: float, announced: list[float]) -> None:
        """Say how long there is, once for each of the moments of the design; in the end, stop."""
        if seconds <= 0:
            self._out.write("\n")
            raise VisitEnded(IDLE_TOO_LONG)
        passed = [moment for moment in _WARNINGS if seconds <= moment < announced[-1]]
        if announced == [math.inf] or passed:
            announced.append(min([*passed, seconds]))
            words = self._content.words
            self._out.write("\n")
            self._write_text(self._say(words.still_there))
            self._write_text(self._say(words.plain_erased_in, seconds=math.ceil(seconds)))
            self._out.flush()

    def _let_staff_out(self, page: Page, code: StaffLock) -> None:
        """Ask for the staff code, without showing it; the right one ends the kiosk."""
        words = self._content.words
        if seconds := math.ceil(code.seconds_to_wait()):
            self._write_text(self._say(words.staff_wait, seconds=seconds))
            return
        with hidden_typing(self._answers):
            self._out.write(f"{self._say(words.staff_code)}: ")
            self._out.flush()
            self._wait_for_line(page)
            typed = self._answers.readline(_LONGEST_LINE).strip()
        self._out.write("\n")
        if code.opens(typed):
            raise VisitEnded(STAFF_LEFT)
        self._write_text(self._say(words.staff_wrong))

    def _write_heading(self, page: Page) -> None:
        self._forget_typed_ahead()
        self._write_text(self._heard)
        self._heard = ""
        where = f"{page.section} {page.position}".strip()
        self._write([BLANK, *Paragraph(where).lines(self._measure)])

    def _write_options(self, options: Sequence[Option], marked: frozenset[str | None]) -> None:
        words = self._content.words
        for number, option in enumerate(options, start=1):
            self._write_text(option.heading)
            label = f"{option.label}: {option.value}" if option.value else option.label
            now = f" {self._say(words.plain_marked)}" if option.id in marked else ""
            self._write(Paragraph(label + now, hang=f"{number:>3}. ").lines(self._measure))

    def _write_text(self, text: str) -> None:
        if text:
            self._write(_lines(Paragraph(text), self._measure))

    def _write(self, lines: Iterable[Line]) -> None:
        self._out.write(unstyled(lines))

    def _say(self, text: Text, **values: object) -> str:
        return Voice(self._content, self.language).say(text, **values)


def _lines(block: Block, width: int) -> Iterator[Line]:
    """A block as lines that can be heard one after the other, each at most `width` columns."""
    match block:
        case Gap():
            yield BLANK
        case Heading(text, aside):
            yield from _sentences(text, width)
            yield from _sentences(aside, width) if aside else ()
        case Row(label, value):
            yield from _sentences(f"{label}: {value}", width, hang="  ")
        case Labelled(label, text):
            yield from _sentences(f"{label}:", width)
            yield from _sentences(text, width, hang="  ")
        case Paragraph(text, _, hang):
            yield from _sentences(text, width, hang=hang)


def _sentences(text: str, width: int, *, hang: str = "") -> Iterator[Line]:
    """A text on one line if it fits, otherwise with a line or more for each of its sentences."""
    fits = cells(hang + text) <= width
    for sentence in [text] if fits else re.split(_BETWEEN_SENTENCES, text):
        yield from Paragraph(sentence, hang=hang).lines(width)
        hang = " " * cells(hang)


def _joined(ways: Iterable[str], width: int) -> list[str]:
    """The ways one after the other, a new line begun where the next one does not fit as a whole."""
    rows: list[str] = []
    for way in ways:
        if rows and cells(f"{rows[-1]}, {way}") <= width:
            rows[-1] += f", {way}"
        else:
            rows.append(way)
    return rows


def _one_number(line: str, last: int) -> tuple[int, ...]:
    """The one number on the line, if it is from 1 to `last`; otherwise none."""
    numbers = _numbers(line, last)
    return numbers if len(numbers) == 1 else ()


def _numbers(line: str, last: int) -> tuple[int, ...]:
    """The numbers on the line, in order and each once, if all are from 1 to `last`; otherwise none."""
    words = line.replace(",", " ").split()
    if not all(word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= last for word in words):  # noqa: PLR2004 - digits
        return ()
    return tuple(sorted({int(word) for word in words}))
