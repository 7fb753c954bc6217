"""Runs inside an xterm: sets every mode that it has, erases, and writes down what is different.

    python xterm_modes.py FILE

The file gets a JSON object: what was set, and each state that erasing did not bring back.
"""

import json
import os
import re
import select
import sys
import tty
from pathlib import Path

from fibrocheck.asking.erasing import KEEP_TITLE, USER_SETTINGS, erase_sequence

PRIVATE = sorted({*range(1, 110), *range(1000, 1070), *range(2000, 2060), 5522, 9001} - USER_SETTINGS)
ANSI = range(1, 30)
IS_SET, IS_RESET = 1, 2  # what an xterm answers about a mode that can be changed
NOT_AT_ONCE = {"?2", "2", "12", "?38"}
"""After these, an xterm does not read other sequences as such, or sends back what it gets."""

ASKED = {
    **{name: f"\x1bP$q{name}\x1b\\" for name in ("m", "r", "s", " q", '"q', '"p')},
    "title": "\x1b[21t",
    "cursor": "\x1b[6n",
    "colours": "\x1b]11;?\x1b\\\x1b]4;1;?\x1b\\",
    "modified keys": "\x1b[?4m",
    "size": "\x1b[18t",
    "text": "\x1b[1;1;1;1;1;9*y",  # a checksum of the first characters
}
PUT = {
    "VT52": "\x1b[?2l",
    "an older terminal": '\x1b[61"p',
    "8-bit controls": "\x1b G",
    "a title without an end": "\x1b]2;abc",
    "a string without an end": "\x1bPabc",
    "a sequence without an end": "\x1b[3",
    "a printer": "\x1b[5i",
    "132 columns": "\x1b[?40h\x1b[?3h",
    "a locked keyboard": "\x1b[2h",
    "local echo": "\x1b[12l",
    "Tektronix": "\x1b[?38h",
    "protected text": "\x1bVSECRET",
    "text that is not to be erased": '\x1b[1"qSECRET',
    "looks": '\x1b[31;42;7m\x1b[3;5r\x1b(0\x0e\x1b[3 q\x1b[1"q',
    "colours": "\x1b]11;#ff0000\x1b\\\x1b]4;1;#00ff00\x1b\\",
    "a title": "\x1b]2;other\x1b\\",
    "keys": "\x1b[>4;2m\x1b=",
}


class Xterm:
    """The terminal that this runs in."""

    def __init__(self) -> None:
        self._terminal = os.open("/dev/tty", os.O_RDWR)
        tty.setraw(self._terminal)

    def write(self, text: str) -> None:
        """Write to it."""
        os.write(self._terminal, text.encode())

    def ask(self, questions: str) -> bytes:
        """Return its answers, up to the one to a last question that it always answers."""
        self.write(f"{questions}\x1b[5n")
        answers = b""
        while not answers.endswith(b"\x1b[0n") and select.select([self._terminal], [], [], 10)[0]:
            answers += os.read(self._terminal, 4096)
        return answers

    def modes(self) -> dict[str, int]:
        """Return the modes that can be changed, and whether they are set."""
        asked = "".join(f"\x1b[?{mode}$p" for mode in PRIVATE) + "".join(f"\x1b[{mode}$p" for mode in ANSI)
        found = re.findall(rb"\x1b\[(\??\d+);(\d)\$y", self.ask(asked))
        return {name.decode(): int(state) for name, state in found if int(state) in {IS_SET, IS_RESET}}

    def state(self) -> dict[str, object]:
        """Return the modes and all else that can be asked."""
        return {**self.modes(), **{name: repr(self.ask(question)) for name, question in ASKED.items()}}


def main() -> None:
    """Set, erase, compare."""
    xterm = Xterm()
    xterm.write(KEEP_TITLE + erase_sequence())
    found = xterm.state()
    modes = xterm.modes()
    other = {name: f"\x1b[{name}{'l' if state == IS_SET else 'h'}" for name, state in modes.items()}
    at_once = "".join(each for name, each in other.items() if name not in NOT_AT_ONCE)
    different: dict[str, str] = {}
    for name, sequence in {**PUT, "every mode": at_once, **other}.items():
        xterm.write(sequence + erase_sequence())
        now = xterm.state()
        different |= {f"{name}: {each}": str(state) for each, state in now.items() if state != found[each]}
    Path(sys.argv[1]).write_text(json.dumps({"modes": list(modes), "different": different}))


if __name__ == "__main__":
    main()
