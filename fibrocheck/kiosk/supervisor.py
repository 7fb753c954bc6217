"""One patient after another: a supervisor that never sees an answer, and a process for each visit.

The supervisor learns only how a visit ended. Whatever that was, the terminal's modes are put back,
the screen and what has scrolled off it are erased, and the next patient finds the first page.
"""

import contextlib
import gc
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple, Self

from fibrocheck.asking.ascii_text import readable
from fibrocheck.asking.idle import IdleTimer
from fibrocheck.asking.keyboard import typed_within
from fibrocheck.asking.switching import SwitchingAsker
from fibrocheck.content.loader import load_for
from fibrocheck.content.model import Content
from fibrocheck.copies.copier import Keeper
from fibrocheck.errors import STAFF_LEFT, StaffError, VisitEnded, place_of
from fibrocheck.kiosk.secrets import die_with_parent, keep_secrets
from fibrocheck.kiosk.staff_code import StaffCode
from fibrocheck.visit.flow import Visit

CRASHED = 70
"""The exit code of a visit that an error of ours ended (EX_SOFTWARE in sysexits.h)."""

HUNG_AFTER = 30.0
"""Seconds without a sign of life after which a visit is killed. Printing may take 20 of them."""

CRASHES, WITHIN, REST = 5, 60.0, 30.0
"""After so many crashes within so many seconds, the kiosk rests so many seconds."""

MOST_LINES = 10
"""So many lines, at most, tell staff at the end what ended visits."""

_SORRY = 6.0  # seconds that the calm sentence stands after a crash, unless a key is pressed
_LOOK = 1.0  # seconds between two looks at whether a visit still lives
_ALIVE = b"."
_LONGEST_PLACE = 200  # bytes
_STD_OUTPUT, _VIRTUAL_TERMINAL = -11, 4  # winbase.h, wincon.h
_KEYBOARD_SIGNALS = ("SIGINT", "SIGQUIT", "SIGTSTP", "SIGTTOU", "SIGBREAK")
_DISABLED = b"\0"  # _POSIX_VDISABLE
_HANDED_ON = "FIBROCHECK_VISIT"
_ERASE = (
    "\x1b[?1049l"  # leave the alternate screen
    "\x1b[?1000;1002;1003;1006;1015l\x1b[?2004l"  # no mouse reports, no bracketed paste
    "\x1b[?25h\x1b[?7h\x1b[m\x1b(B\x1b[r"  # cursor and wrapping on; no colours, other letters or region
    "\x1b[H\x1b[2J\x1b[3J"  # the screen, then what has scrolled off it: in this order
)


class Settings(NamedTuple):
    """How the kiosk was started. Times are in seconds."""

    content: Content
    staff_code: StaffCode
    questions: Path | None = None
    language: str | None = None
    plain: bool = False
    large: bool = False
    idle: float = 180
    warning: float = 45
    printer: str = ""


class Ending(NamedTuple):
    """How a visit ended: its exit code (or minus the signal), and where an error of ours was."""

    exit_code: int
    place: str = ""

    @property
    def crashed(self) -> bool:
        """Whether it ended in a way that no person and no clock brings about."""
        return self.exit_code < 0 or self.exit_code == CRASHED


def require_terminal() -> None:
    """`StaffError` where there is no terminal to serve patients at."""
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise StaffError("The kiosk needs a terminal for its input and output. Start it on one.")


def run(settings: Settings) -> None:
    """Serve patients until staff leave by their code.

    `VisitEnded` on SIGTERM, SIGHUP or when the terminal is gone.
    """
    keep_secrets()
    _load_what_a_visit_needs(settings)
    errors: Counter[str] = Counter()
    try:
        with _ended_by_signals() as check, _Terminal() as terminal:
            _serve(settings, terminal, check, errors)
    finally:
        _report_all(errors)


def _serve(
    settings: Settings, terminal: "_Terminal", check: Callable[[], None], errors: Counter[str]
) -> None:
    """Start visit after visit, until one of them ends by the staff code. Errors are counted."""
    crashes: list[float] = []
    while True:
        ending = _one_visit(settings, terminal, check)
        if ending.exit_code == STAFF_LEFT:
            return
        if ending.crashed:
            crashes = [*crashes[1 - CRASHES :], time.monotonic()]
            _report(ending, errors)
            is_resting = _too_many(crashes)
            if is_resting or ending.exit_code == CRASHED:
                terminal.take_single_keys()
                _say_sorry(settings, is_resting=is_resting)
                terminal.erase()


def _one_visit(settings: Settings, terminal: "_Terminal", check: Callable[[], None]) -> Ending:
    """Start a visit in a process of its own, wait for it to end, and clear up after it."""
    visit = _Forked(settings) if hasattr(os, "fork") else _Fresh(settings)
    try:
        return visit.ending(check)
    finally:
        visit.end()
        terminal.erase()


class _Forked:
    """A visit in a copy of this process, with everything loaded: the next patient does not wait."""

    def __init__(self, settings: Settings) -> None:
        self._report, report = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            os.close(self._report)
            os._exit(_visit(settings, lambda told: _tell(report, told)))
        os.close(report)
        self._is_over = False

    def ending(self, check: Callable[[], None]) -> Ending:
        """Wait until the visit is over; one that shows no sign of life for long is killed."""
        place, heard = b"", time.monotonic()
        while True:
            check()
            if select.select([self._report], [], [], _LOOK)[0]:
                told, heard = os.read(self._report, _LONGEST_PLACE), time.monotonic()
                if not told:
                    break
                place += told.lstrip(_ALIVE)
            elif time.monotonic() - heard > HUNG_AFTER:
                os.kill(self._child, signal.SIGKILL)
        _, status = os.waitpid(self._child, 0)
        self._is_over = True
        return Ending(os.waitstatus_to_exitcode(status), place.decode(errors="replace"))

    def end(self) -> None:
        """See to it that the visit is over."""
        if not self._is_over:
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
        os.close(self._report)


class _Fresh:
    """A visit in a new interpreter, where there is no fork. It starts in about a second."""

    def __init__(self, settings: Settings) -> None:
        handed_on = {
            "questions": settings.questions and str(settings.questions),
            "language": settings.language,
            "plain": settings.plain,
            "large": settings.large,
            "idle": settings.idle,
            "warning": settings.warning,
            "printer": settings.printer,
            "staff_code": settings.staff_code.as_text(),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "fibrocheck.kiosk.supervisor"],
            env={**os.environ, _HANDED_ON: json.dumps(handed_on)},
            stderr=subprocess.PIPE,
        )
        self._heard = time.monotonic()
        self._told = b""
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def ending(self, check: Callable[[], None]) -> Ending:
        """Wait until the visit is over; one that shows no sign of life for long is killed."""
        while True:
            check()
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = self._process.wait(_LOOK)
                self._listener.join()
                return Ending(code, self._told.decode(errors="replace"))
            if time.monotonic() - self._heard > HUNG_AFTER:
                self._process.kill()

    def end(self) -> None:
        """See to it that the visit is over."""
        self._process.kill()
        self._process.wait()

    def _listen(self) -> None:
        assert self._process.stderr is not None  # noqa: S101 - it is a pipe, as asked for above
        while told := self._process.stderr.read(1):
            self._heard = time.monotonic()
            self._told = (self._told + told).lstrip(_ALIVE)[:_LONGEST_PLACE]


def _visit(settings: Settings, tell: Callable[[bytes], None]) -> int:
    """One patient's visit, in its own process; returns its exit code, and never raises."""
    try:
        die_with_parent()
        # A forked visit ignores the keyboard's signals already; a fresh one on Windows does not.
        how = dict.fromkeys(("SIGTERM", "SIGHUP"), signal.SIG_DFL)
        for name, does in (how | dict.fromkeys(_KEYBOARD_SIGNALS, signal.SIG_IGN)).items():
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), does)
        timer = IdleTimer(settings.idle, settings.warning, lambda: tell(_ALIVE))
        shown = readable(settings.content)
        keeper = Keeper(settings.content, printer=settings.printer, may_save=False)
        language = settings.language or next(iter(shown.languages))
        with SwitchingAsker(
            shown,
            language,
            plain=settings.plain,
            large=settings.large,
            timer=timer,
            staff_code=settings.staff_code,
        ) as asker:
            Visit(shown, asker, settings.language, keeper).run()
    except VisitEnded as ending:
        return ending.exit_code
    except BaseException as error:  # noqa: BLE001 - no traceback may reach the patient's screen
        tell(place_of(error).encode()[:_LONGEST_PLACE])
        return CRASHED
    return 0


def _tell(report: int, told: bytes) -> None:
    """Write to the supervisor, which may be gone."""
    with contextlib.suppress(OSError):
        os.write(report, told)


def _too_many(crashes: list[float]) -> bool:
    return len(crashes) == CRASHES and crashes[-1] - crashes[0] <= WITHIN


def _say_sorry(settings: Settings, *, is_resting: bool) -> None:
    """After a crash, send people to the front desk: for a moment, or for as long as the kiosk rests."""
    content = readable(settings.content)
    text = content.words.resting if is_resting else content.words.trouble
    languages = [settings.language] if settings.language else list(content.languages)
    sys.stdout.write("\r\n".join(["", *(f"  {text[language]}" for language in languages), ""]))
    sys.stdout.flush()
    if is_resting:
        time.sleep(REST)
    else:
        typed_within(sys.stdin, _SORRY)


def _report(ending: Ending, errors: Counter[str]) -> None:
    """Tell staff what kind of error it was and where; later, where the patient's screen would show it."""
    how = ending.place or f"signal {-ending.exit_code}"
    if sys.stderr.isatty():
        errors[how] += 1
    else:
        _tell_staff(_ended(1, how))


def _report_all(errors: Counter[str]) -> None:
    """Tell staff, once the terminal is theirs again, what could not be told while patients used it."""
    lines = [_ended(number, how) for how, number in errors.most_common()]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES - 1 :] = [f"{len(lines) - MOST_LINES + 1} more kinds of error"]
    for line in lines:
        _tell_staff(line)


def _ended(number: int, how: str) -> str:
    visits = "a visit was" if number == 1 else f"{number} visits were"
    return f"{visits} ended by an error ({how})"


def _tell_staff(line: str) -> None:
    with contextlib.suppress(OSError):  # nobody may be there to read it
        sys.stderr.write(f"fibrocheck kiosk: {line}.\n")
        sys.stderr.flush()


class _Terminal:
    """The kiosk's terminal: locked while it runs, erased between patients, at the end as it was found."""

    def __enter__(self) -> Self:
        self._found = self._locked = None
        if sys.platform == "win32":
            _have_escapes_understood()
        else:
            import termios

            self._found = termios.tcgetattr(sys.stdin)
            self._locked = termios.tcgetattr(sys.stdin)
            # Neither Ctrl-C, Ctrl-Z, Ctrl-\ nor Ctrl-S and Ctrl-Q may do anything, not even in the
            # moment between two visits; and Ctrl-D is no end of input.
            self._locked[0] &= ~(termios.IXON | termios.IXOFF)
            self._locked[3] &= ~termios.ISIG
            self._locked[6][termios.VEOF] = _DISABLED
        self.erase()
        return self

    def __exit__(self, *_: object) -> None:
        self._set(self._found)

    def erase(self) -> None:
        """Put the modes back and leave nothing of what was shown.

        `VisitEnded` when the terminal is gone: there is nobody left to serve.
        """
        self._set(self._locked)
        if not sys.stdin.isatty():
            raise VisitEnded(129)

    def take_single_keys(self) -> None:
        """Let any key count at once, without Enter and unseen, until the next `erase`."""
        if sys.platform != "win32" and self._locked is not None:
            import termios

            modes = [*self._locked]
            modes[3] &= ~(termios.ICANON | termios.ECHO)
            self._set(modes)

    def _set(self, modes: list[Any] | None) -> None:
        with contextlib.suppress(OSError):  # the terminal may be gone
            if sys.platform != "win32" and modes is not None:
                import termios

                with contextlib.suppress(termios.error):
                    termios.tcsetattr(sys.stdin, termios.TCSAFLUSH, modes)
            sys.stdout.write(_ERASE)
            sys.stdout.flush()


def _have_escapes_understood() -> None:
    """A Windows console shows escape sequences as letters until it is told not to."""
    if sys.platform == "win32":
        import ctypes

        mode, console = ctypes.c_ulong(), ctypes.windll.kernel32
        output = console.GetStdHandle(_STD_OUTPUT)
        if console.GetConsoleMode(output, ctypes.byref(mode)):
            console.SetConsoleMode(output, mode.value | _VIRTUAL_TERMINAL)


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[Callable[[], None]]:
    """SIGTERM and SIGHUP end the kiosk in good order; what a keyboard can send does not.

    Yields a check that raises again, because Python drops what a signal raises in a finalizer.
    """
    raised: list[VisitEnded] = []

    def end(number: int, _frame: FrameType | None) -> None:
        raised.append(VisitEnded(128 + number))
        raise raised[0]

    def check() -> None:
        if raised:
            raise raised[0]

    wanted = {"SIGTERM": end, "SIGHUP": end}
    ignored = dict.fromkeys(_KEYBOARD_SIGNALS, signal.SIG_IGN)
    known = {name: how for name, how in (wanted | ignored).items() if hasattr(signal, name)}
    before = {name: signal.signal(getattr(signal, name), how) for name, how in known.items()}
    try:
        yield check
    finally:
        for name, how in before.items():
            signal.signal(getattr(signal, name), how)


def _load_what_a_visit_needs(settings: Settings) -> None:
    """Import what is used in a visit, so that each of them starts with everything at hand."""
    if hasattr(os, "fork") and not settings.plain:
        import fibrocheck.asking.screen.asker  # noqa: F401 - loaded for the visits to come
    gc.collect()
    gc.freeze()


def _handed_on() -> Settings:
    """The settings that `_Fresh` handed to this process."""
    given = json.loads(os.environ.pop(_HANDED_ON))
    path = given.pop("questions")
    questions = Path(path) if path else None
    content = load_for(questions, given["language"])
    staff_code = StaffCode.from_text(given.pop("staff_code"))
    return Settings(content, staff_code, questions, **given)


if __name__ == "__main__":
    sys.exit(_visit(_handed_on(), lambda told: _tell(2, told)))
