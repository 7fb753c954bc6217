"""Whole keys only: nothing that a terminal sends becomes a key unless it is one.

A key such as ↑ is sent as several characters, and terminals send other such sequences too: that
the window has the focus, which colours it has, where its cursor is. Read character by character, a
sequence that the library does not know is an Esc and then letters and digits, which choose options.
So is a sequence whose Esc came alone over a slow line, with the rest a moment later.
"""

import re
import time
from collections.abc import Callable
from typing import Protocol

from prompt_toolkit.input.ansi_escape_sequences import ANSI_SEQUENCES

from fibrocheck.asking.key_spellings import SEVEN_BIT, usual_spelling

STALE = 2.0
"""Seconds after which an unfinished sequence is dropped: no terminal sends one so slowly, and an
unterminated paste would otherwise swallow every later key."""

_ESCAPE, _BELL = "\x1b", "\x07"
_TERMINATED = "]PX^_"
"""After ESC: the characters that open a string ended by BEL or ESC and a backslash (ECMA-48, 8.3)."""

_OPENING = "[O" + _TERMINATED
_MAX_LENGTH = 32
"""The characters of a sequence that are kept; every key and click is shorter."""

_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"

# A control sequence: parameters and a final character (ECMA-48, 5.4). Also function keys of the
# Linux console, old mouse reports with three characters of any kind, keypad keys.
_WHOLE = re.compile(r"\x1b(\[(\[.|M[\s\S]{3}|(?![\[M])[0-?]*[ -/]*[@-~])|O([0-9;]*[@-~]| ))")
_CLICK = re.compile(r"\x1b\[(?:(?P<sgr><?)(?P<button>\d+);\d+;\d+[Mm]|M[\s\S]{3})")
_MOVES = 32  # the bit of a button's code that says so (xterm's ctlseqs, "Mouse Tracking")


class Parser(Protocol):
    """The part of the library that turns characters into keys."""

    def feed(self, data: str) -> None:
        """Read characters."""
        ...

    def flush(self) -> None:
        """Treat an Esc so far as a key, because nothing followed it for a moment."""
        ...


class KeyFilter:
    """A filter before the library's parser, which passes on whole keys and clicks and nothing else."""

    def __init__(self, parser: Parser, clock: Callable[[], float] = time.monotonic) -> None:
        """Filter what goes to a parser. `clock` returns seconds, and is replaced in tests."""
        self._parser = parser
        self._clock = clock
        self._begun = ""
        self._since = self._escaped = float("-inf")
        self._is_late = self._is_pasting = False

    def feed(self, data: str) -> None:
        """Read characters as they arrive."""
        for sign in data:
            # The three characters of an old mouse report may be any.
            for each in sign if self._begun.startswith("\x1b[M") else SEVEN_BIT.get(sign, sign):
                self._feed(each)

    def _feed(self, sign: str) -> None:
        if self._is_pasting:
            self._begun = (self._begun + sign)[-len(_PASTED) :]
            self._is_pasting = self._begun != _PASTED
            self._begun = self._begun if self._is_pasting else ""
        elif self._begun:
            self._go_on(sign)
        else:
            self._begin(sign)

    def flush(self) -> None:
        """Treat a lone Esc as a key, because nothing followed for a moment; its rest may still arrive."""
        if self._begun == _ESCAPE and not self._is_pasting:
            self._begun, self._escaped = "", self._clock()
            self._parser.feed(_ESCAPE)
        self._parser.flush()

    def give_up_stale(self) -> None:
        """Drop a sequence that was begun long ago."""
        if self._begun and self._clock() - self._since >= STALE:
            self._begun, self._is_pasting = "", False

    def _begin(self, sign: str) -> None:
        now = self._clock()
        self._is_late = sign in _OPENING and now - self._escaped < STALE
        self._escaped = float("-inf")
        if sign == _ESCAPE or self._is_late:
            self._begun, self._since = _ESCAPE + (sign if self._is_late else ""), now
        else:
            self._parser.feed(sign)

    def _go_on(self, sign: str) -> None:
        """Add a character to the sequence that has begun."""
        before = self._begun[:_MAX_LENGTH]
        self._begun = before + sign
        if before == _ESCAPE:
            self._choose_kind(sign)
        elif before[1] in _TERMINATED:
            self._go_on_with_text(sign)
        elif self._begun in ANSI_SEQUENCES or _WHOLE.fullmatch(self._begun):
            self._end()
        elif not sign.isprintable() and not before.startswith("\x1b[M"):
            self._break_off(sign)

    def _choose_kind(self, sign: str) -> None:
        """Take the character after Esc: it opens a sequence, or was pressed with Alt or after Esc."""
        if sign == _ESCAPE:
            self._begun = ""
            self._parser.feed(_ESCAPE)
            self._parser.flush()
            self._begin(sign)
        elif sign not in _OPENING:
            begun, self._begun = self._begun, ""
            self._parser.feed(begun)

    def _go_on_with_text(self, sign: str) -> None:
        """Add a character to a string, of which only its kind and an Esc at its end are kept."""
        if sign == _BELL or self._begun.endswith("\x1b\\"):
            self._begun = ""
        elif self._begun.endswith(_ESCAPE, 2):
            self._begun = self._begun[:2] + _ESCAPE
        elif self._begun[2:3] == _ESCAPE:
            self._begun = _ESCAPE
            self._go_on(sign)
        elif sign.isprintable():
            self._begun = self._begun[:2]
        else:
            self._break_off(sign)

    def _break_off(self, sign: str) -> None:
        """Drop the sequence: it cannot contain this character, which is a key of its own."""
        self._begun = ""
        self._begin(sign)

    def _end(self) -> None:
        """End a sequence; pass it on if it is a key or a click that arrived in one piece."""
        whole, self._begun = self._begun, ""
        if whole == _PASTE:
            self._is_pasting = True
            self._begun = whole
            return
        usual = usual_spelling(whole) or (whole if whole in ANSI_SEQUENCES else "")
        if self._is_late or not usual:
            return
        if len(usual) == 1 or usual in ANSI_SEQUENCES or _is_click(whole):
            self._parser.feed(usual)
        if usual == _ESCAPE:
            self._parser.flush()


def _is_click(whole: str) -> bool:
    """Return whether a sequence reports a click or the wheel, and not only a movement of the mouse."""
    found = _CLICK.fullmatch(whole)
    if found is None:
        return False
    button = found["button"]
    # A number of its own in SGR reports; the older forms add 32, so that it is a printable character.
    code = int(button) - (0 if found["sgr"] else 32) if button else ord(whole[3]) - 32
    return not code & _MOVES
