"""A program in a real pseudo-terminal, and when its bytes came."""

import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE = 20.0
"""Seconds to wait for something before the measurement is given up."""

QUIET = 0.02
"""Seconds without a byte after which a frame is complete."""

_LONG = 0.3
"""Seconds after which nothing comes any more."""

_USUAL = (24, 80)  # rows and columns
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])")
_WHERE_IS_THE_CURSOR, _HERE = b"\x1b[6n", b"\x1b[1;1R"
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
_SHARE = re.compile(r"(?m)^Pss:\s+(\d+) kB")
_OURS = re.compile("PYTHON|PIP_|COLUMNS|LINES|FIBROCHECK|NO_COLOR|ACCESSIBLE|LC_|LANG")


class Gone(Exception):  # noqa: N818 - an ordinary end, where it is expected
    """The program has ended."""


class Terminal:
    """Starts a program. Use as a context manager, which ends it."""

    def __init__(
        self, argv: Sequence[str], folder: str, *, size: tuple[int, int] = _USUAL, **environment: str
    ) -> None:
        kept = {name: value for name, value in os.environ.items() if not _OURS.match(name)}
        kept |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", **environment}
        self.seconds = 0.0
        """From the start, or the last key, to the last byte that came."""
        self.peak = 0
        """The most memory it had at once, in kB (Linux; elsewhere 0)."""
        self.shown = ""
        """What came since then."""
        self._began = time.perf_counter()
        self._process, self._terminal = os.forkpty()
        if self._process == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
                os.chdir(folder)
                os.execvpe(argv[0], list(argv), kept)
            finally:
                os._exit(127)

    def __enter__(self) -> Self:
        """Already running."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the program."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._terminal)

    def press(self, keys: str) -> None:
        """Type keys; time counts from now on."""
        self.shown = ""
        self._began = time.perf_counter()
        os.write(self._terminal, keys.encode())

    def until(self, words: re.Pattern[str], *, after: str = "") -> float:
        """Seconds until the words had come, after a control sequence if one is named."""
        self._wait(lambda: words.search(_text(self.shown.partition(after)[2] if after else self.shown)))
        return self.seconds

    def frame(self, quiet: float = QUIET) -> float:
        """Seconds until something had come and nothing more came for `quiet` seconds."""
        self._wait(lambda: self.shown)
        self.settled(quiet)
        return self.seconds

    def frame_if_any(self) -> None:
        """Read a frame after a key that may do nothing."""
        if self._take(_LONG):
            self.settled()

    def settled(self, quiet: float = QUIET) -> None:
        """Read what there is until nothing more comes for `quiet` seconds."""
        while self._take(quiet):
            pass

    @property
    def shared_out(self) -> float:
        """The memory of the program and its children in kB, the shared part once; 0 if not known."""
        mine = str(self._process)
        try:
            children = _text_of(f"/proc/{mine}/task/{mine}/children").split()
            shares = [_SHARE.search(_text_of(f"/proc/{each}/smaps_rollup")) for each in (mine, *children)]
        except OSError:  # another system, or not root: a kiosk's memory is protected
            return 0
        return sum(int(share[1]) for share in shares if share)

    def until_gone(self) -> float:
        """Seconds until the program had ended."""
        with contextlib.suppress(Gone):
            self._wait(lambda: False)
        return self.seconds

    def says(self, words: re.Pattern[str]) -> bool:
        """Whether the words have come since the last key."""
        return words.search(_text(self.shown)) is not None

    def _wait(self, is_there: Callable[[], object]) -> None:
        while not is_there():
            left = self._began + PATIENCE - time.perf_counter()
            if not self._take(max(left, 0)):
                raise TimeoutError(f"nothing more came after {_text(self.shown)[-60:]!r}")

    def _take(self, seconds: float) -> bool:
        """Wait for bytes and note when they came; `Gone` when there can be no more."""
        if not select.select([self._terminal], [], [], seconds)[0]:
            return False
        try:
            came = os.read(self._terminal, 65536)
        except OSError:  # on Linux the last reader gets EIO
            came = b""
        self.seconds = time.perf_counter() - self._began
        if not came:
            raise Gone
        if _WHERE_IS_THE_CURSOR in came:
            os.write(self._terminal, _HERE)  # as a terminal does; questionary waits for it
        self.shown += came.decode(errors="replace")
        with contextlib.suppress(OSError), open(f"/proc/{self._process}/status", encoding="ascii") as status:
            found = _PEAK.search(status.read())
            self.peak = max(self.peak, int(found[1]) if found else 0)
        return True


def _text_of(file: str) -> str:
    return Path(file).read_text(encoding="ascii")


def _text(shown: str) -> str:
    """What came, without what only moves the cursor or sets colours."""
    return _ESCAPES.sub("", shown)
