"""What staff learn about a running kiosk: on stderr, which systemd writes to its journal.

Lines name the kind and place of an error, or a lock, and never an answer or a code. If patients would
see them, because stderr is their terminal, they are kept until staff have it again.
"""

import contextlib
import sys
from collections import Counter

MAX_LINES = 10
"""The most lines that staff get at the end."""

_SHORT_CODE = "the staff code has fewer than 6 characters, so one wrong code locks it. Set a longer one"


class StaffReport:
    """The lines for staff."""

    def __init__(self) -> None:
        self._errors: Counter[str] = Counter()
        self._locks: list[int] = []
        self._others: list[str] = []

    def note_short_code(self) -> None:
        """Warn about a staff code of the length that only older ones have."""
        self._note(_SHORT_CODE)

    def note_clock(self, what: str) -> None:
        """Warn that lists cannot be given to the front desk, because the clock is wrong."""
        self._note(what.rstrip("."))

    def note_trouble(self, what: str) -> None:
        """Note why a patient's list could not be given to the front desk or printed."""
        self._note(what.rstrip("."))

    def _note(self, line: str) -> None:
        if sys.stderr.isatty():
            self._others = [*(each for each in self._others if each != line), line]
        else:
            _write(line)

    def note_error(self, error: str) -> None:
        """Note that a visit was ended by an error; `error` is its kind and place."""
        if sys.stderr.isatty():
            self._errors[error] += 1
        else:
            _write(_visits_ended(1, error))

    def note_lock(self, seconds: int) -> None:
        """Note that wrong staff codes have locked the code for so many seconds."""
        if sys.stderr.isatty():
            self._locks.append(seconds)
        else:
            _write(f"wrong staff codes: no code is accepted for {seconds} seconds")

    def write_kept(self) -> None:
        """Write what was kept while patients used the terminal, the most frequent errors first."""
        lines = [*self._others, *self._lock_lines()]
        lines += [_visits_ended(number, error) for error, number in self._errors.most_common()]
        if len(lines) > MAX_LINES:
            lines[MAX_LINES - 1 :] = [f"{len(lines) - MAX_LINES + 1} more kinds of error"]
        for line in lines:
            _write(line)

    def _lock_lines(self) -> list[str]:
        if not self._locks:
            return []
        times = "once" if len(self._locks) == 1 else f"{len(self._locks)} times"
        return [f"wrong staff codes locked the code {times}, last for {self._locks[-1]} seconds"]


def _visits_ended(number: int, error: str) -> str:
    visits = "a visit was" if number == 1 else f"{number} visits were"
    return f"{visits} ended by an error ({error})"


def _write(line: str) -> None:
    with contextlib.suppress(OSError):  # stderr may be closed
        sys.stderr.write(f"fibrocheck kiosk: {line}.\n")
        sys.stderr.flush()
