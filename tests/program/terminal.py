"""A person at a real terminal in which the real program runs.

Nothing here sleeps: whatever is waited for is waited for on the screen.
"""

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import fibrocheck
from tests.fixture import program_folder
from tests.program import forked
from tests.program.emulator import SHOWS_CURSOR, Emulator
from tests.program.leader import LAST

HERE = Path(__file__).parent
PROGRAM = (sys.executable, "-m", "fibrocheck")
PATIENCE = 30  # seconds; never reached but by a fault
_AGAIN = 0.3  # seconds
LIBRARIES = "fibrocheck.asking.screen.light_imports"
"""Held there, the program has its opening page and not the libraries that read keys. A module of a library
will not do: that one finds them itself."""

EARLY = "fibrocheck.program"
"""Held there, nothing of the program is loaded but what shows the first page."""

BEFORE = "$ fibrocheck"
"""What stands on the ordinary screen before the program starts."""

UP, DOWN, LEFT, RIGHT = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[C"
F2, ESCAPE, CTRL_C, CTRL_D, ENTER = "\x1bOQ", "\x1b", "\x03", "\x04", "\r"

Wanted = str | Callable[["Terminal"], bool]
"""Words that shall stand on the screen, however they are broken into lines; or anything else."""


class Size(NamedTuple):
    """A terminal's size in character cells."""

    columns: int
    rows: int


class Terminal:
    """A terminal with the program running in it. Use as a context manager."""

    def __init__(
        self,
        *arguments: str,
        folder: Path,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        held: bool | str = False,
        leads: bool = False,
        inside: Sequence[str] = (),
        shipped: bool = False,
        anew: bool = False,
    ) -> None:
        """Start the program with these arguments. `folder` is for the notes of this terminal.

        It starts anew, with a Python of its own, where the test is about the start (`anew`, `held`), where
        another program starts it (`inside`), where the environment may change what Python or an import does
        (`forked.can_fork`), and for the shipped questionnaire. Other starts are forked (`forks`).

        `inside` is the command of another program that runs it here, such as `tmux new-session`.

        With `held` the program stops between its opening page and the libraries that read keys,
        until `release`; or where it loads another module, if that is named.

        With `leads` it leads its session, as it does where a terminal window or
        ssh runs it without a shell. Its home, the only folder that it knows, is in `folder`.
        `shipped` for the shipped questionnaire instead of the fixture.
        """
        self.home = folder / "home"
        self.home.mkdir()
        self.errors = folder / "errors"
        self.written = bytearray()
        self._exit_code: int | None = None
        self._leads = leads
        self._leader: subprocess.Popen[bytes] | None = None
        self._emulator = Emulator(*size)
        self._emulator.feed(f"{BEFORE}\r\n".encode())
        self._modes_found = frozenset(self._emulator.modes)
        self._master, self._slave = os.openpty()
        self._set_size(Size(*size))
        self._attributes_found = termios.tcgetattr(self._master)
        changes = {"TERM": "xterm-256color", **(environment or {})}
        self._barrier, self._reached, self._released = folder / "barrier", -1, -1
        if held:
            for each in (self._barrier, folder / "barrier.reached"):
                os.mkfifo(each)
            self._reached = os.open(folder / "barrier.reached", os.O_RDWR)
            changes["HELD_BY"] = str(self._barrier)
            changes["HELD_AT"] = held if isinstance(held, str) else LIBRARIES
        forks = not (anew or inside or shipped) and forked.can_fork(changes)
        found = surroundings(self.home, shipped=shipped, **changes)
        self._status, status = os.pipe()
        stays, self._stays = os.pipe()
        with self.errors.open("wb") as errors:
            # Where there is no shell, the terminal may be closed before the program ends.
            streams = (self._slave, self._slave, errors.fileno() if leads else self._slave)
            if forks:
                owner = "program" if leads else "shell"
                forked.fork(
                    arguments, found, self.home, streams=streams, status=status, stays=stays, terminal=owner
                )
            else:
                self._start((*inside, *PROGRAM, *arguments), found, streams, status, stays)
        os.close(status)
        os.close(stays)
        self.pid = self._leader.pid if self._leader and leads else int(self._status_line())

    def _start(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        streams: tuple[int, int, int],
        status: int,
        stays: int,
    ) -> None:
        told = "-" if self._leads else str(status)
        self._leader = subprocess.Popen(
            (sys.executable, "-I", "-S", HERE / "leader.py", told, str(stays), *command),
            stdin=streams[0],
            stdout=streams[1],
            stderr=streams[2],
            cwd=self.home,
            env=environment,
            start_new_session=True,
            pass_fds=() if self._leads else (status, stays),
        )

    def __enter__(self) -> Self:
        """Sit down at the terminal."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the terminal away, and the program if it still runs."""
        if self._exit_code is None:
            with suppress(ProcessLookupError):  # it may have ended by itself a moment ago
                os.kill(self.pid, signal.SIGKILL)
        opened = {self._stays, self._status, self._slave, self._master, self._reached, self._released}
        for descriptor in opened - {-1}:
            os.close(descriptor)
        if self._leader:
            self._leader.wait(PATIENCE)

    # What the person sees

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return self._emulator.text

    @property
    def words(self) -> str:
        """What stands on the screen, as one line."""
        return one_line(self.text)

    @property
    def row(self) -> str:
        """The row that the cursor stands on."""
        return self._emulator.rows[self.cursor[1]]

    @property
    def cursor(self) -> tuple[int, int]:
        """The column and the row of the cursor, from 0."""
        cursor = self._emulator.screen.cursor
        return cursor.x, cursor.y

    @property
    def looks(self) -> list[list[tuple[str, str, str, bool]]]:
        """Every row's signs with their two colours and weight; where there is none, nothing shows."""
        screen = self._emulator.screen
        rows = [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]
        return [
            [(each.data, each.fg, each.bg, each.bold) for each in row if each.data != " "] for row in rows
        ]

    @property
    def is_full_screen(self) -> bool:
        """Whether the program has taken the whole screen."""
        return self._emulator.is_alternate

    @property
    def ordinary_text(self) -> str:
        """What stands on the ordinary screen and in its scrollback, below what stood there before."""
        return self._emulator.ordinary_text.removeprefix(BEFORE).strip()

    @property
    def ordinary_words(self) -> str:
        """The ordinary screen and its scrollback, as one line."""
        return one_line(self.ordinary_text)

    # What the person does

    def press(self, keys: str | bytes) -> None:
        """Press keys, all at once."""
        os.write(self._master, keys.encode() if isinstance(keys, str) else keys)

    def turn(self, keys: str | bytes = "") -> str:
        """Press keys and wait until something else stands on the screen, or the program has ended."""
        before = self.text
        self.press(keys)
        # An empty screen is one that the program is just giving back.
        self._wait(lambda: self.text not in {before, ""} or self._exit_code is not None)
        return self.words

    def click(self, words: str) -> str:
        """Click on the first of these words on the screen, and wait as `turn` does."""
        rows = self._emulator.rows
        y = next(number for number, row in enumerate(rows) if words in row)
        return self.turn(clicked(rows[y].index(words), y))

    def wait_for(self, wanted: Wanted) -> str:
        """Wait until something stands on the screen."""
        self._wait(lambda: self._shows(wanted))
        return self.words

    def insist(self, keys: str, wanted: Wanted) -> str:
        """Press keys again and again until something stands on the screen; for keys that may be lost."""
        for _ in range(int(PATIENCE / _AGAIN)):
            self.press(keys)
            end = time.monotonic() + _AGAIN
            while time.monotonic() < end:
                if self._is_drawn and self._shows(wanted):
                    return self.words
                self._read(end - time.monotonic())
        return self.wait_for(wanted)

    def leave(self) -> None:
        """Stop on the full screen, and confirm that the answers are to be erased."""
        self.turn(CTRL_C)
        self.press("2")

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal's window."""
        self._emulator.resize(columns, rows)
        self._set_size(Size(columns, rows))

    def wait_until_held(self) -> None:
        """Wait until the program is where it is held; the page that it shows before is read already."""
        is_held = bool(select.select([self._reached], [], [], PATIENCE)[0])
        assert is_held, f"The program did not come to where it is held. On the screen:\n{self.text}"

    def release(self) -> None:
        """Let a program that is held go on.

        It waits until somebody writes to a pipe with a name. Nothing has to be kept open here until then, so
        nothing that is closed by mistake in this process lets it go.
        """
        if self._reached != -1:
            self._released = os.open(self._barrier, os.O_RDWR)

    def close(self) -> None:
        """Close the terminal's window."""
        os.close(self._master)
        self._master = -1

    # How it ends

    @property
    def exit_code(self) -> int:
        """The program's exit code, once it has ended; below 0 where a signal killed it."""
        self._wait(lambda: self._exit_code is not None)
        assert self._exit_code is not None
        return self._exit_code

    @property
    def has_ended(self) -> bool:
        """Whether the program has been seen to end."""
        return self._exit_code is not None

    @property
    def is_as_found(self) -> bool:
        """Whether the terminal works as it did before the program.

        Its attributes (echo, line editing, signals), the screen that is shown, its cursor, mouse,
        paste and key modes, and the look of what is written next.
        """
        screen = self._emulator.screen
        return (
            termios.tcgetattr(self._master) == self._attributes_found
            and self._emulator.modes == self._modes_found
            and screen.cursor.attrs == screen.default_char
            and screen.margins is None
        )

    # Underneath

    def _shows(self, wanted: Wanted) -> bool:
        return wanted in self.words if isinstance(wanted, str) else wanted(self)

    @property
    def _is_drawn(self) -> bool:
        """Whether no page is half drawn; the cursor is hidden meanwhile."""
        return SHOWS_CURSOR in self._emulator.modes

    def _wait(self, is_so: Callable[[], bool]) -> None:
        """Read until something is so and no page is half drawn."""
        end = time.monotonic() + PATIENCE
        while not (is_so() and (self._is_drawn or self._exit_code is not None)):
            if self._exit_code is not None:
                raise AssertionError(f"The program ended ({self._exit_code}) on:\n{self.text}")
            if time.monotonic() > end:
                raise AssertionError(f"Nothing came of it for {PATIENCE} s. On the screen:\n{self.text}")
            self._read(end - time.monotonic())

    def _read(self, seconds: float) -> None:
        """Show what the program writes next, or notice its end."""
        closed = self._master == -1
        if self._leads and self._leader and closed:
            self._exit_code = self._leader.wait(seconds)
            return
        ready, _, _ = select.select([self._status if closed else self._master], [], [], max(seconds, 0))
        if not ready:
            return
        data = b"" if closed else os.read(self._master, 65536)
        self.written += data.replace(LAST, b"")
        self._emulator.feed(data)
        if closed or LAST in data:
            self._exit_code = os.waitstatus_to_exitcode(int(self._status_line()))

    def _status_line(self) -> str:
        line = b""
        while not line.endswith(b"\n"):
            byte = os.read(self._status, 1)
            assert byte, "the leader of the session has gone"
            line += byte
        return line.decode()

    def _set_size(self, size: Size) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", size.rows, size.columns, 0, 0))


def surroundings(home: Path, *, shipped: bool = False, **changes: str) -> dict[str, str]:
    """The program's environment: a home of its own, and the `fibrocheck` that the tests import.

    It comes with the fixture as its questionnaire, or with the shipped one.
    """
    found = Path(fibrocheck.__file__).parents[1] if shipped else program_folder()
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{HERE / 'inside'}{os.pathsep}{found}",
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        **changes,
    }


def piped(
    *command: str, home: Path, typed: str = "", errors: str = "strict", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end between pipes, where nobody sits at a terminal.

    `errors` says what to do with output that is not text; by default the test fails. The program itself is
    forked, where `piped_anew` starts it with a Python of its own: see `Terminal`.
    """
    if command[: len(PROGRAM)] != PROGRAM or not forked.can_fork(environment, typed.encode()):
        return piped_anew(*command, home=home, typed=typed, errors=errors, **environment)
    arguments, found = command[len(PROGRAM) :], surroundings(home, shipped=False, **environment)
    code, *written = forked.run(arguments, found, home, typed.encode(), PATIENCE)
    return subprocess.CompletedProcess(command, code, *(each.decode("utf-8", errors) for each in written))


def piped_anew(
    *command: str, home: Path, typed: str = "", errors: str = "strict", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command as `piped` does, but never forked: for what is about the start."""
    return subprocess.run(
        command,
        input=typed,
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors=errors,
        cwd=home,
        env=surroundings(home, shipped=False, **environment),
        timeout=PATIENCE,
    )


def one_line(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())


def clicked(x: int, y: int) -> str:
    """A press and a release of the mouse on a cell, as terminals report them (SGR, from 1)."""
    return f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m"
