"""What a scanner typed: a burst of characters -> the code in it, or why there is none.

A scanner types like a very fast keyboard. Depending on its settings it puts an identifier before the code
(`]Q1`, by ISO/IEC 15424) or stars around it, ends it with Enter, Tab or nothing, and types it twice or two
codes one after the other. Caps lock turns the case round, and another keyboard layout than the scanner
expects turns letters and dashes into others.
"""

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import NamedTuple

from fibrocheck.content.model import Content
from fibrocheck.copies.code.codes import ReadCode, code_length, read_code
from fibrocheck.copies.code.problems import CodeError, Problem
from fibrocheck.copies.code.spelling import ALPHABET, checks_out

MIN_BURST = 5
"""Characters that arrive together and were not typed by hand: a fast typist's arrive one or two at a time."""

_MAX_BURST = 400
"""Characters that are looked at: more than any code read several times. What was pasted may be a book."""

_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_GERMAN = str.maketrans("yzYZß?´`", "zyZY----")
_FRENCH = str.maketrans("&é\"'(-è_çà)°aqzwAQZW", "1234567890--qawzQAWZ")
_LAYOUTS = (_GERMAN, _FRENCH)
"""What a keyboard of another layout makes of a code, and what it was."""


PAUSE = 0.025
"""Seconds without a character that end a burst. A scanner types one every 1 to 20 ms, a key that is held
down repeats every 30 ms or more, and the fastest fingers take 60."""


class Pace:
    """Tells what a scanner types from what a person types, where a burst arrives in several pieces.

    Give it every character before a page acts on it, and act on what `taken` returns. Times are seconds of
    a clock that only goes forward.
    """

    def __init__(self) -> None:
        self._typed = ""
        self._last = 0.0

    def arrived(self, characters: str, now: float) -> str:
        """Add characters that arrived; return those typed before, if a pause lies between."""
        before = self.taken(now)
        self._typed += characters
        self._last = now
        return before

    @property
    def waiting(self) -> int:
        """How many characters were typed since the last pause and not taken yet."""
        return len(self._typed)

    def taken(self, now: float) -> str:
        """Return what was typed together, once the pause after it is over; empty before that.

        See `is_burst` for whether a scanner typed it.
        """
        return "" if self.seconds_left(now) else self.ended()

    def ended(self) -> str:
        """Return what was typed together, if a key that is no character ended it; empty if nothing was."""
        typed, self._typed = self._typed, ""
        return typed

    def seconds_left(self, now: float) -> float:
        """Return how long to wait before asking `taken`; 0 if there is nothing, or nothing to wait for.

        A burst is over with its Enter or Tab, so that a page answers at once.
        """
        is_over = is_burst(self._typed) and self._typed.endswith(("\r", "\n", "\t"))
        return max(self._last + PAUSE - now, 0.0) if self._typed and not is_over else 0.0


class Why(Enum):
    """Why a burst opens nothing, for pages that say it in their own words."""

    NO_CODE = "nothing that could be a code"
    CUT_OFF = "too few characters: some were lost, or it is another kind of code"
    DAMAGED = "it does not check out: scan it again"
    SEVERAL = "two different codes: scan one again with the other covered"
    LAYOUT = "it checks out only with another keyboard layout: set the scanner to this computer's"
    OTHER_QUESTIONNAIRE = "a code of another questionnaire"
    FUTURE = "a code of a day in the future"


class Scanned(NamedTuple):
    """What a burst was: a code, or the reason why it is none."""

    code: ReadCode | None = None
    why: Why | None = None


def is_burst(typed: str) -> bool:
    """Return whether characters that arrived together are from a scanner, or were pasted.

    Arrows and other keys that send an escape sequence are not.
    """
    return len(typed.strip("\r\n\t")) >= MIN_BURST and "\x1b" not in typed


def scanned(burst: str, content: Content, today: date) -> Scanned:
    """Return the code in a burst of characters, whatever surrounds it, or why there is none.

    A character is never exchanged for another one: a scanner does not misread, it loses characters.
    """
    burst = burst[:_MAX_BURST]
    found = list(_codes_in(burst, content))
    if len(found) == 1:
        return _read(found[0], content, today)
    if found:
        return Scanned(why=Why.SEVERAL)
    return Scanned(why=_why_not(burst, content, today))


def _read(letters: str, content: Content, today: date) -> Scanned:
    try:
        return Scanned(read_code(letters, content, today))
    except CodeError as error:
        return Scanned(why=_REASONS[error.problem])


_REASONS = {
    Problem.NO_CODE: Why.NO_CODE,
    Problem.LENGTH: Why.CUT_OFF,
    Problem.SLIP: Why.DAMAGED,
    Problem.UNCLEAR: Why.DAMAGED,
    Problem.OTHER_QUESTIONNAIRE: Why.OTHER_QUESTIONNAIRE,
    Problem.FUTURE: Why.FUTURE,
}


def _why_not(burst: str, content: Content, today: date) -> Why:
    letters, length = _letters(burst), code_length(content)
    if not letters:
        return Why.NO_CODE
    if any(_is_code(burst.translate(layout), content, today) for layout in _LAYOUTS):
        return Why.LAYOUT
    return Why.CUT_OFF if len(letters) < length else Why.DAMAGED


def _is_code(burst: str, content: Content, today: date) -> bool:
    return any(_read(each, content, today).code for each in _codes_in(burst, content))


def _codes_in(burst: str, content: Content) -> Iterator[str]:
    """Yield every different code in a burst, each once, in the order in which they were scanned.

    Those that `read_code` refuses for what they hold come only if no other is there: any twenty
    characters in a row have a check character that fits by chance once in 28 times.
    """
    whole, found = _letters(burst), dict[str, None]()
    length, start = code_length(content), 0
    while start + length <= len(whole):
        letters = whole[start : start + length]
        fits = set(letters) <= _ALPHABET and checks_out(letters) and _is_ours(letters, content)
        if fits:
            found[letters] = None
        start += length if fits else 1
    if not found and len(whole) == length and set(whole) <= _ALPHABET and checks_out(whole):
        found[whole] = None
    yield from found


_ALPHABET = frozenset(ALPHABET)


def _is_ours(letters: str, content: Content) -> bool:
    """Return whether these letters hold answers to this questionnaire, on whatever day."""
    try:
        read_code(letters, content, date.max.replace(year=date.max.year - 1))
    except CodeError:
        return False
    return True


def _letters(burst: str) -> str:
    """Return the letters and digits of a burst in capitals, without what scanners and dashes add."""
    plain = _SYMBOLOGY.sub(" ", burst)
    return "".join(each for each in plain if each.isascii() and each.isalnum()).upper()
