"""Lines that a person types or a program sends: whole, of bounded length, and with an echo of our own.

A terminal's own echo repeats control characters, and a terminal obeys some of them. So its echo and its
line editing are off while lines are read from it, and only printable characters are repeated.
"""

import codecs
import os
import re
import select
import sys
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from typing import TextIO

from fibrocheck.asking.key_spellings import ESCAPE, SEVEN_BIT, usual_spelling
from fibrocheck.asking.keyboard import drop_typed_ahead, hidden_typing, hide_typing, typed_within
from fibrocheck.pages.text_layout import cells

MAX_LINE = 200
"""The characters of a line that are read; the rest is thrown away, and the line chooses nothing."""

END_KEY = "\x04"
"""The line that Ctrl-C makes, and Ctrl-D if nothing else is typed: a key, and not the end of the input."""

_TOO_LONG = "\0"
_INTERRUPT, _ERASE_LINE, _ERASE = "\x03", "\x15", {"\x7f", "\b"}
_SEQUENCE = re.compile(r"\x1b(\[(\[.|(?!\[)[0-?]*[ -/]*[@-~])|O[0-9;]*[ -~]|[^\[O])")
_MAX_SEQUENCE = 32
_CHUNK = 4096  # bytes
_TICK = 1.0  # seconds


class LineReader:
    """Reads lines from a terminal, a pipe, or any other stream. `close` gives the terminal back."""

    def __init__(self, stream: TextIO, echo: TextIO, typed: Callable[[], None] | None = None) -> None:
        """Read from one stream, and repeat on the other what is typed at a terminal.

        `typed` is called for each key, or burst of keys, at once.
        """
        self._typed = typed
        self._stream = stream
        self._echo = echo
        self._descriptor = _descriptor(stream)
        self._is_terminal = self._descriptor is not None and stream.isatty()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._waiting: deque[str] = deque()
        self._held = ExitStack()
        self._is_open = self._has_ended = False

    def open(self) -> None:
        """Turn off a terminal's own echo and what it does at Ctrl-C.

        They may be off already, and are not on for a moment then: Ctrl-C would end the program.
        """
        if self._is_open:
            hide_typing(self._stream)
        elif self._is_terminal:
            self._held.enter_context(hidden_typing(self._stream))
            self._is_open = True

    def close(self) -> None:
        """Turn the terminal's own echo on again."""
        self._is_open = False
        self._held.close()

    def drop_typed_ahead(self) -> None:
        """Drop what was typed at a terminal before now; piped lines stay."""
        if self._is_terminal and self._descriptor is not None:
            drop_typed_ahead(self._descriptor)
            self._waiting.clear()

    def was_typed(self) -> bool:
        """Return whether something was typed at a terminal that was not read yet, and drop it."""
        was_typed = self._is_terminal and (bool(self._waiting) or typed_within(self._stream, 0.0))
        self.drop_typed_ahead()
        return was_typed

    def read(self, tick: Callable[[], None] | None = None, *, is_hidden: bool = False) -> str | None:
        """Return the next line without its end, or `None` at the end of the input.

        `tick` is called about once a second until then. A hidden line is not repeated.
        """
        if self._descriptor is None:
            return self._read_stream(tick)
        echo = self._echo if self._is_terminal and not is_hidden else None
        line = _Line(echo, is_typed=self._is_terminal)
        while not line.is_whole:
            if not self._waiting and not self._fill(tick):
                return line.text if line.text and not self._is_terminal else None
            line.add(self._waiting.popleft())
        return line.text

    def _fill(self, tick: Callable[[], None] | None) -> bool:
        """Wait for more characters; return whether there are any, or the input has ended."""
        descriptor = self._descriptor or 0
        while not self._has_ended:
            if tick is not None and not select.select([descriptor], [], [], _TICK)[0]:
                tick()
                continue
            try:
                data = os.read(descriptor, _CHUNK)
            except BlockingIOError:
                select.select([descriptor], [], [])
                continue
            self._has_ended = not data
            if self._typed is not None and data:
                self._typed()
            self._waiting.extend(self._decoder.decode(data, final=not data))
            if self._waiting:
                return True
        return False

    def _read_stream(self, tick: Callable[[], None] | None) -> str | None:
        """Read a line from a stream that is not a file of this system."""
        while tick is not None and not typed_within(self._stream, _TICK):
            tick()
        start = part = self._stream.readline(MAX_LINE)
        while part and not part.endswith("\n"):
            part = self._stream.readline(MAX_LINE)
            start += _TOO_LONG if part.strip() else ""
        return start.rstrip("\n") if start else None


class _Line:
    """One line as it is typed. Control characters have their usual effect, or none."""

    def __init__(self, echo: TextIO | None, *, is_typed: bool) -> None:
        self._echo = echo
        self._is_typed = is_typed
        self._signs: list[str] = []
        self._sequence = ""
        self._is_too_long = False
        self.is_whole = False

    @property
    def text(self) -> str:
        """The line so far; if it is too long, nothing that chooses anything."""
        return "".join(self._signs) + (_TOO_LONG if self._is_too_long else "")

    def add(self, sign: str) -> None:
        """Add a character, or do what it does."""
        for each in SEVEN_BIT.get(sign, sign) if self._is_typed else sign:
            self._add(each)

    def _add(self, sign: str) -> None:
        if sign in "\r\n" and (self._is_typed or sign == "\n"):
            self.is_whole = True
            self._write("\n")
        elif not self._is_typed:
            self._keep(sign)
        elif self._sequence or sign == ESCAPE:
            self._add_to_sequence(sign)
        elif sign in _ERASE:
            self._erase(1)
        elif sign == _ERASE_LINE:
            self._erase(len(self._signs))
        elif sign == _INTERRUPT or (sign == END_KEY and not self._signs):
            self._signs, self.is_whole = [END_KEY], True
        elif sign.isprintable():
            self._keep(sign)

    def _add_to_sequence(self, sign: str) -> None:
        """Add a character to the keys that a terminal spells with several; keep them as one, unseen."""
        self._sequence = self._sequence[:_MAX_SEQUENCE] + sign
        if not _SEQUENCE.fullmatch(self._sequence):
            return
        usual, self._sequence = usual_spelling(self._sequence), ""
        if len(usual) == 1 and usual != ESCAPE:
            self._add(usual)
        elif usual.startswith((f"{ESCAPE}[", f"{ESCAPE}O")) and len(self._signs) < MAX_LINE:
            self._signs.append(usual)

    def _keep(self, sign: str) -> None:
        if len(self._signs) >= MAX_LINE:
            self._is_too_long = self._is_too_long or not sign.isspace()
        else:
            self._signs.append(sign)
            self._write(sign)

    def _erase(self, count: int) -> None:
        for _ in range(count):
            if self._signs:
                gone = self._signs.pop()
                self._write("" if gone.startswith(ESCAPE) else "\b \b" * cells(gone))

    def _write(self, text: str) -> None:
        if self._echo is not None and text:
            self._echo.write(text)
            self._echo.flush()


def _descriptor(stream: TextIO) -> int | None:
    """Return the file descriptor of a stream; `None` if it has none that can be waited for."""
    try:
        return None if sys.platform == "win32" else stream.fileno()
    except OSError:  # not a file, such as a text in a test
        return None
