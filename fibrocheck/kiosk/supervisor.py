"""Serve one patient after another. The supervisor never sees an answer.

It learns only how each visit ended. However that was, the terminal's modes are reset, the screen and
the scrollback are erased, and the next patient gets the first page.
"""

import contextlib
import gc
import sys
import time
from collections import Counter
from collections.abc import Callable

from fibrocheck.asking.ascii_text import readable
from fibrocheck.asking.keyboard import typed_within
from fibrocheck.content.loader import load_for
from fibrocheck.errors import STAFF_LEFT
from fibrocheck.kiosk.secrets import get_staff_code
from fibrocheck.kiosk.settings import Settings
from fibrocheck.kiosk.tty import KEYBOARD_SIGNALS, KioskTerminal, require_terminal
from fibrocheck.kiosk.visits import CRASHED, Ending, Kiosk, load_before_visits, start_visit
from fibrocheck.process import ended_by_signals, protect_memory

CRASHES, WITHIN, REST = 5, 60.0, 30.0
"""After CRASHES crashes within WITHIN seconds, pause for REST seconds."""

APOLOGY = 6.0
"""The apology after a crash disappears after this many seconds, or with any key."""

MAX_LINES = 10
"""The most lines with which staff learn, at the end, which errors ended visits."""


def run(settings: Settings) -> None:
    """Serve patients until staff leave with their code.

    Raise `VisitEnded` on a signal that ends programs, and if the terminal is gone. Before the first patient:
    `StaffError` without a terminal, `ContentError` for a questionnaire that cannot be used, and
    `WrongUsage` for a language or a staff code that cannot.
    """
    require_terminal()
    content = load_for(settings.questions, settings.language)
    kiosk = Kiosk(content, get_staff_code(), settings)
    protect_memory()
    load_before_visits(settings)
    gc.collect()
    gc.freeze()
    errors: Counter[str] = Counter()
    try:
        with ended_by_signals(ignored=KEYBOARD_SIGNALS) as check, KioskTerminal() as terminal:
            _serve(kiosk, terminal, check, errors)
    finally:
        _report_all(errors)


def _serve(kiosk: Kiosk, terminal: KioskTerminal, check: Callable[[], None], errors: Counter[str]) -> None:
    """Run visit after visit until one ends by the staff code; count the errors that ended visits."""
    crashes: list[float] = []
    while True:
        ending = _serve_one(kiosk, terminal, check)
        if ending.exit_code == STAFF_LEFT:
            return
        if ending.crashed:
            crashes = [*crashes[1 - CRASHES :], time.monotonic()]
            _report_error(ending, errors)
            must_rest = _too_many(crashes)
            if must_rest or ending.exit_code == CRASHED:
                terminal.read_single_keys()
                _apologize(kiosk, must_rest=must_rest)
                terminal.erase()


def _serve_one(kiosk: Kiosk, terminal: KioskTerminal, check: Callable[[], None]) -> Ending:
    """Run one visit in a process of its own, and erase the terminal after it."""
    visit = start_visit(kiosk)
    try:
        return visit.wait(check)
    finally:
        visit.close()
        terminal.erase()


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


def _report_error(ending: Ending, errors: Counter[str]) -> None:
    """Report the kind of an error and its place; if patients would see the report, keep it for later."""
    error = ending.place or f"signal {-ending.exit_code}"
    if sys.stderr.isatty():
        errors[error] += 1
    else:
        _write_to_staff(_visits_ended(1, error))


def _report_all(errors: Counter[str]) -> None:
    """Report the errors that were kept while patients used the terminal, the most frequent first."""
    lines = [_visits_ended(number, error) for error, number in errors.most_common()]
    if len(lines) > MAX_LINES:
        lines[MAX_LINES - 1 :] = [f"{len(lines) - MAX_LINES + 1} more kinds of error"]
    for line in lines:
        _write_to_staff(line)


def _visits_ended(number: int, error: str) -> str:
    visits = "a visit was" if number == 1 else f"{number} visits were"
    return f"{visits} ended by an error ({error})"


def _write_to_staff(line: str) -> None:
    with contextlib.suppress(OSError):  # stderr may be closed
        sys.stderr.write(f"fibrocheck kiosk: {line}.\n")
        sys.stderr.flush()
