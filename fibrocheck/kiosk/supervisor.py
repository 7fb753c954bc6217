"""Serve one patient after another. The supervisor never sees an answer.

It learns only how each visit ended. However that was, the terminal's modes are reset, the screen and
the scrollback are erased, and the next patient gets the first page.
"""

import gc
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from fibrocheck.asking.ascii_text import readable
from fibrocheck.asking.keyboard import ended_by_signals, typed_within
from fibrocheck.content.loader import load_for
from fibrocheck.copies.copier import roads_in
from fibrocheck.errors import STAFF_LEFT
from fibrocheck.kiosk.rehearsal import rehearse
from fibrocheck.kiosk.secrets import get_staff_code
from fibrocheck.kiosk.settings import Settings
from fibrocheck.kiosk.staff_code import StaffCode, is_too_short
from fibrocheck.kiosk.staff_report import StaffReport
from fibrocheck.kiosk.tty import KEYBOARD_SIGNALS, KioskTerminal, require_terminal
from fibrocheck.kiosk.visits import CRASHED, Ending, Kiosk, Listener, load_before_visits, start_visit
from fibrocheck.process import made_apart, protect_memory

if TYPE_CHECKING:
    from fibrocheck.copies.folder.desk_folder import Folder

CRASHES, WITHIN, REST = 5, 60.0, 30.0
"""After CRASHES crashes within WITHIN seconds, pause for REST seconds."""

APOLOGY = 6.0
"""The apology after a crash disappears after this many seconds, or with any key."""


def run(settings: Settings) -> None:
    """Serve patients until staff leave with their code.

    Raise `VisitEnded` on a signal that ends programs, and if the terminal is gone. Before the first patient:
    `StaffError` without a terminal or if no list can be given to the front desk, `ContentError` for a
    questionnaire that cannot be used, and `WrongUsage` for a language or a staff code that cannot.
    """
    roads_in(settings.ways, printer=settings.printer, records=settings.records, may_save=False)
    require_terminal()
    content = load_for(settings.questions, settings.language)
    protect_memory()
    report = StaffReport()
    folder = _folder(settings, report)
    code = get_staff_code()
    if is_too_short(code):
        report.note_short_code()
    kiosk = Kiosk(content, _hashed(code), settings, folder)
    del code
    load_before_visits(settings)
    rehearse(readable(content), settings)
    gc.collect()
    gc.freeze()
    try:
        with ended_by_signals(ignored=KEYBOARD_SIGNALS) as check, KioskTerminal() as terminal:
            _serve(kiosk, terminal, check, report)
    finally:
        report.write_kept()


def _hashed(code: str) -> StaffCode:
    """Return the staff code as a hash, which another process makes: OpenSSL stays out of all visits."""
    return StaffCode.from_text(made_apart(lambda: StaffCode(code).as_text().encode()).decode())


def _folder(settings: Settings, report: StaffReport) -> "Folder | None":
    """Return the front desk's folder, if there is one; `FolderError` if no list can be given there.

    A wrong clock is only reported: patients can print their list meanwhile, and the clock may be set
    without the kiosk.
    """
    if settings.records is None:
        return None
    from fibrocheck.copies.folder.desk_folder import ClockError, Folder

    folder = Folder(settings.records)
    try:
        folder.check_ready()
    except ClockError as error:
        report.note_clock(str(error))
    return folder


def _serve(kiosk: Kiosk, terminal: KioskTerminal, check: Callable[[], None], report: StaffReport) -> None:
    """Run visit after visit until one ends by the staff code; report locks, and errors that ended visits."""
    crashes: list[float] = []
    while True:
        ending = _serve_one(kiosk, terminal, check, report)
        kiosk = kiosk._replace(after=ending.exit_code)
        if ending.exit_code == STAFF_LEFT:
            return
        if ending.crashed:
            crashes = [*crashes[1 - CRASHES :], time.monotonic()]
            report.note_error(ending.place or f"signal {-ending.exit_code}")
            must_rest = _too_many(crashes)
            if must_rest or ending.exit_code == CRASHED:
                terminal.read_single_keys()
                _apologize(kiosk, must_rest=must_rest)
                terminal.erase()


def _serve_one(
    kiosk: Kiosk, terminal: KioskTerminal, check: Callable[[], None], report: StaffReport
) -> Ending:
    """Run one visit in a process of its own, and erase the terminal after it."""

    def wrong_code() -> None:
        if seconds := kiosk.staff_code.note_wrong():
            report.note_lock(seconds)

    visit = start_visit(kiosk, Listener(wrong_code, report.note_trouble))
    try:
        return visit.wait(check)
    finally:
        visit.close()
        terminal.erase()
        gc.collect()  # the little that a visit leaves here, so that a thousand leave no more than one


def _too_many(crashes: list[float]) -> bool:
    return len(crashes) == CRASHES and crashes[-1] - crashes[0] <= WITHIN


def _apologize(kiosk: Kiosk, *, must_rest: bool) -> None:
    """After a crash, send people to the front desk: for a moment, or while the kiosk pauses."""
    content = readable(kiosk.content)
    text = content.words.resting if must_rest else content.words.trouble
    chosen = kiosk.settings.language
    languages = [chosen] if chosen else list(content.languages)
    sys.stdout.write("\r\n".join(["", *(f"  {text[language]}" for language in languages), ""]))
    sys.stdout.flush()
    if must_rest:
        time.sleep(REST)
    else:
        typed_within(sys.stdin, APOLOGY)
