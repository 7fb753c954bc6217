"""A patient's visit in a process of its own, and what the supervisor learns of it: how it ended.

Where the system can fork, the process is a copy of the supervisor, otherwise a new interpreter that
runs this module.
"""

import contextlib
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.asking.aloud import ReadAloud, Reader
from fibrocheck.asking.ascii_text import readable
from fibrocheck.asking.contract import StaffLock
from fibrocheck.asking.idle import IdleTimer
from fibrocheck.asking.keyboard import ended_by_signals
from fibrocheck.asking.switching import SwitchingAsker
from fibrocheck.content.loader import load_for
from fibrocheck.content.model import Content
from fibrocheck.copies.copier import Copier, roads_in
from fibrocheck.errors import IDLE_TOO_LONG, TIME_IS_UP, VisitEnded, location_of
from fibrocheck.kiosk.settings import Settings, from_json, to_json
from fibrocheck.kiosk.staff_code import ReportedCode, StaffCode
from fibrocheck.kiosk.tty import KEYBOARD_SIGNALS, erase_after_supervisor
from fibrocheck.postponing import loaded, postponing
from fibrocheck.process import die_with_parent, protect_memory
from fibrocheck.visit.flow import Visit
from fibrocheck.visit.pages import in_each

if TYPE_CHECKING:
    from fibrocheck.copies.folder.desk_folder import Folder
    from fibrocheck.speech.headphones import Jack

CRASHED = 70
"""The exit code of a visit that was ended by an error in this program (EX_SOFTWARE in sysexits.h)."""

HUNG_AFTER = 30.0
"""A visit is killed after this many seconds without a sign of life. Printing may take 20 of them."""

_POLL = 1.0  # seconds between two checks whether a visit is still alive
_ALIVE, _WRONG_CODE, _TROUBLE = b"\x01", b"\x02", b"\x03"
"""What a visit reports: that it runs, that a wrong staff code was typed, and, before and after a sentence for
staff, that a list could not be given or printed. All else is a place."""

_MAX_PLACE, _MAX_TROUBLE = 200, 500  # bytes
_STDERR = 2
_SETTINGS, _STAFF_CODE = "FIBROCHECK_KIOSK_SETTINGS", "FIBROCHECK_KIOSK_CODE"
_AFTER = "FIBROCHECK_KIOSK_AFTER"

_HEADPHONES = "fibrocheck.speech.headphones"
_BEFORE_VISITS = (
    "fibrocheck.asking.screen.asker",
    "fibrocheck.asking.screen.body_figure",
    _HEADPHONES,
    "prompt_toolkit.input.vt100",
    "prompt_toolkit.patch_stdout",
)
"""What every visit would load: the last two, because the library imports them late."""


class Kiosk(NamedTuple):
    """All that a visit needs: the questionnaire, the staff code, and how the kiosk was started.

    `folder` is the front desk's, checked when the kiosk started. `after` is the exit code of the visit
    before, if there was one.
    """

    content: Content
    staff_code: StaffCode
    settings: Settings
    folder: "Folder | None" = None
    after: int = 0


class Ending(NamedTuple):
    """How a visit ended: its exit code, or minus the signal; after an error, where that was."""

    exit_code: int
    place: str = ""

    @property
    def crashed(self) -> bool:
        """Whether the visit crashed or was killed."""
        return self.exit_code < 0 or self.exit_code == CRASHED


class Listener(NamedTuple):
    """What is called for each wrong staff code in a visit, and for each sentence for staff."""

    wrong_code: Callable[[], None]
    trouble: Callable[[str], None]


class _Reports:
    """What a visit has reported so far: signs of life, and at most one place of an error."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._place = b""
        self._trouble: bytes | None = None
        self._last = time.monotonic()

    def add(self, report: bytes) -> None:
        """Take the next bytes that the visit wrote, of a whole report or of a part of one."""
        self._last = time.monotonic()
        for _ in range(report.count(_WRONG_CODE)):
            self._listener.wrong_code()
        before, *others = report.translate(None, _ALIVE + _WRONG_CODE).split(_TROUBLE)
        self._add_text(before)
        for text in others:
            self._turn()
            self._add_text(text)

    def _add_text(self, text: bytes) -> None:
        if self._trouble is None:
            self._place = (self._place + text)[:_MAX_PLACE]
        else:
            self._trouble = (self._trouble + text)[:_MAX_TROUBLE]

    def _turn(self) -> None:
        """Begin a sentence for staff, or pass on the one that has ended."""
        ended, self._trouble = self._trouble, b"" if self._trouble is None else None
        if ended is not None:
            self._listener.trouble(ended.decode(errors="replace"))

    @property
    def has_stopped(self) -> bool:
        """Whether the last sign of life is too long ago."""
        return time.monotonic() - self._last > HUNG_AFTER

    def ending(self, exit_code: int) -> Ending:
        return Ending(exit_code, self._place.decode(errors="replace"))


class _ForkedVisit:
    """A visit in a copy of this process. Everything is loaded, so the next patient does not wait."""

    def __init__(self, kiosk: Kiosk, listener: Listener) -> None:
        self._reports = _Reports(listener)
        self._pipe, pipe = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            os.close(self._pipe)
            os._exit(_run_visit(kiosk, pipe))
        os.close(pipe)
        self._is_over = False

    def wait(self, check: Callable[[], None]) -> Ending:
        """Return how the visit ended, once it has; kill it if it hangs. Call `check` every second."""
        while True:
            check()
            if select.select([self._pipe], [], [], _POLL)[0]:
                report = os.read(self._pipe, _MAX_PLACE)
                if not report:
                    break
                self._reports.add(report)
            elif self._reports.has_stopped:
                os.kill(self._child, signal.SIGKILL)
        _, status = os.waitpid(self._child, 0)
        self._is_over = True
        return self._reports.ending(os.waitstatus_to_exitcode(status))

    def close(self) -> None:
        """Kill the visit if it still runs."""
        if not self._is_over:
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
        os.close(self._pipe)


class _FreshVisit:
    """A visit in a new interpreter, for systems that cannot fork. It starts within a second."""

    def __init__(self, kiosk: Kiosk, listener: Listener) -> None:
        import subprocess  # nothing else at a kiosk needs it: where processes can fork, none is started

        self._reports = _Reports(listener)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "fibrocheck.kiosk.visits"],
            env={
                **os.environ,
                _SETTINGS: to_json(kiosk.settings),
                _STAFF_CODE: kiosk.staff_code.as_text(),
                _AFTER: str(kiosk.after),
            },
            stderr=subprocess.PIPE,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait(self, check: Callable[[], None]) -> Ending:
        """Return how the visit ended, once it has; kill it if it hangs. Call `check` every second."""
        while self._reader.is_alive():  # as long as the visit can report anything
            check()
            self._reader.join(_POLL)
            if self._reports.has_stopped:
                self._process.kill()
        return self._reports.ending(self._process.wait())

    def close(self) -> None:
        """Kill the visit if it still runs."""
        self._process.kill()
        self._process.wait()

    def _read(self) -> None:
        assert self._process.stderr is not None  # noqa: S101 - it is the pipe made above
        while report := self._process.stderr.read(1):
            self._reports.add(report)


def start_visit(kiosk: Kiosk, listener: Listener) -> _ForkedVisit | _FreshVisit:
    """Start the next patient's visit in a process of its own, and call the listener for what it reports."""
    kind = _ForkedVisit if hasattr(os, "fork") else _FreshVisit
    return kind(kiosk, listener)


def load_before_visits(settings: Settings) -> None:
    """Import what forked visits need, so that each starts with everything loaded."""
    if hasattr(os, "fork") and not settings.plain:
        from fibrocheck.asking.screen.light_imports import load_screen_libraries

        load_screen_libraries()
        with postponing({"bz2": {}, "lzma": {}}):  # only archives need them
            for name in _BEFORE_VISITS:
                loaded(name)
            if sys.modules[_HEADPHONES].sound_cards():  # then each visit watches them for headphones
                loaded("fibrocheck.speech.processes")
                _ = loaded("shutil").which  # executes it, where it was postponed


def _run_visit(kiosk: Kiosk, pipe: int) -> int:
    """Run one visit in its own process and return its exit code. Never raises."""
    supervisor = os.getppid()
    try:
        die_with_parent()
        protect_memory()  # a forked visit's is protected already
        with ended_by_signals(ignored=KEYBOARD_SIGNALS) as check:
            code = ReportedCode(kiosk.staff_code, lambda: _report(pipe, _WRONG_CODE))
            _ask_patient(kiosk, code, lambda: _beat(pipe, check), lambda what: _report_trouble(pipe, what))
    except VisitEnded as ending:
        return ending.exit_code
    except BaseException as error:  # noqa: BLE001 - the patient's screen must not show a traceback
        _report(pipe, location_of(error).encode()[:_MAX_PLACE])
        return CRASHED
    finally:
        if os.getppid() != supervisor:  # killed, so nothing else erases the terminal
            erase_after_supervisor()
    return 0


def _beat(pipe: int, check: Callable[[], None]) -> None:
    """Report to the supervisor that this visit runs, unless a signal has ended it (see `check`)."""
    check()
    _report(pipe, _ALIVE)


def _report_trouble(pipe: int, what: str) -> None:
    """Report why a list could not be given or printed. Control characters are escaped in it already."""
    _report(pipe, _TROUBLE + what.encode()[:_MAX_TROUBLE] + _TROUBLE)


def _ask_patient(
    kiosk: Kiosk, staff_code: StaffLock, beat: Callable[[], None], tell_staff: Callable[[str], None]
) -> None:
    """Take one patient through a visit, calling `beat` about once a second, and `tell_staff` for trouble."""
    settings, content = kiosk.settings, readable(kiosk.content)
    copier = Copier(
        kiosk.content,
        printer=settings.printer,
        may_save=False,
        folder=kiosk.folder,
        ways=roads_in(settings.ways, printer=settings.printer, records=settings.records),
        is_kiosk=True,
        tell_staff=tell_staff,
    )
    aloud = ReadAloud() if settings.no_speech else _read_aloud(content, settings, tell_staff)
    with SwitchingAsker(
        content,
        settings.language or next(iter(content.languages)),
        plain=settings.plain,
        large=settings.large,
        touch=settings.touch,
        timer=IdleTimer(settings.idle, settings.warning, beat, longest=settings.longest),
        staff_code=staff_code,
        aloud=aloud,
    ) as asker:
        if message := _message_after(kiosk.after, content, settings.language):
            asker.tell_briefly(message)
        if settings.speak and (refusal := aloud.turn_on()):
            is_unplugged = refusal == content.words.aloud_no_headphones
            text = content.words.aloud_plug_in if is_unplugged else refusal
            asker.tell_briefly(in_each(text, content, settings.language))
        Visit(content, asker, settings.language, copier).run()


def _read_aloud(content: Content, settings: Settings, tell_staff: Callable[[str], None]) -> ReadAloud:
    """Return what reads aloud when the patient wants it, or puts in headphones."""
    from fibrocheck.speech.headphones import Jack

    jack = Jack()
    jack.watch()
    return ReadAloud(
        partial(_reader, content, settings, jack),
        invites=True,
        was_plugged_in=jack.was_put_in,
        tell_staff=tell_staff,
    )


def _reader(content: Content, settings: Settings, jack: "Jack") -> Reader:
    from fibrocheck.speech.start import Place, start_reading  # only when a patient wants to listen

    place = Place(is_kiosk=True, headphones=settings.headphones, loudspeaker=settings.loudspeaker, jack=jack)
    return start_reading(content, place)


def _message_after(exit_code: int, content: Content, language: str | None) -> str:
    """Return what to tell the person who may come back after a visit that ended by itself, if it did."""
    words = content.words
    texts = {IDLE_TOO_LONG: words.erased_while_away, TIME_IS_UP: words.erased_time_was_up}
    if exit_code not in texts:
        return ""
    return in_each(texts[exit_code], content, language)


def _report(pipe: int, report: bytes) -> None:
    """Write to the supervisor."""
    with contextlib.suppress(OSError):  # the supervisor may be gone
        os.write(pipe, report)


def _inherited_kiosk() -> Kiosk:
    """Return the kiosk that `_FreshVisit` passed to this process."""
    settings = from_json(os.environ.pop(_SETTINGS))
    staff_code = StaffCode.from_text(os.environ.pop(_STAFF_CODE))
    after = int(os.environ.pop(_AFTER))
    folder = None
    if settings.records:
        from fibrocheck.copies.folder.desk_folder import Folder

        folder = Folder(settings.records)
    return Kiosk(load_for(settings.questions, settings.language), staff_code, settings, folder, after)


if __name__ == "__main__":
    sys.exit(_run_visit(_inherited_kiosk(), _STDERR))
