"""Visits that crash, hang or are killed: what the next patient sees, and what staff learn."""

import os
import random
import signal
from functools import partial
from pathlib import Path

import pytest

from fibrocheck.kiosk.staff_report import StaffReport
from tests.kiosk.start import FIRST_PAGE, children, leave, skip_to_check_page, start_kiosk
from tests.program.terminal import Terminal

ERASED = b"\x1b[3J"
"""The last sequence that the kiosk sends between two visits. Keys pressed before it are dropped."""

BROKEN_CHECK_PAGE = "import fibrocheck.visit.flow as v; v.Visit._check_answers = lambda self: [][0]"
SORRY = "Something went wrong here"


def is_replaced(written: int, terminal: Terminal) -> bool:
    """Return whether the screen was erased after `written` bytes, and shows the first page again.

    The page alone is not enough: it may be the one that the killed visit had drawn.
    """
    return ERASED in terminal.written[written:] and FIRST_PAGE in terminal.words


def killed_visits(folder: Path, number: int) -> None:
    """Kill visits at random moments: the first page comes back, and the terminal works at the end."""
    never_rest = "import fibrocheck.kiosk.supervisor as k; k.CRASHES = 10_000"
    chance = random.Random(number)
    with start_kiosk(folder, broken_by=never_rest) as terminal:
        terminal.wait_for(FIRST_PAGE)
        for _ in range(number):
            for keys in ("1", "1", "1", "2", "?", "1")[: chance.randrange(7)]:
                terminal.turn(keys)
            (visit,) = children(terminal.pid)
            written = len(terminal.written)
            os.kill(visit, signal.SIGKILL)
            terminal.wait_for(partial(is_replaced, written))
        assert leave(terminal) == 0
        assert terminal.is_as_found


def test_a_killed_visit_is_followed_by_the_first_page(tmp_path: Path) -> None:
    """Twenty times, at any page."""
    killed_visits(tmp_path, 20)


@pytest.mark.soak
def test_two_hundred_killed_visits(tmp_path: Path) -> None:
    """As above."""
    killed_visits(tmp_path, 200)


def test_an_error_apologizes_to_the_patient_and_is_reported_to_staff(tmp_path: Path) -> None:
    """The patient gets a calm sentence, staff the kind and place of the error; no traceback, no value."""
    with start_kiosk(tmp_path, "--language", "en", broken_by=BROKEN_CHECK_PAGE, leads=True) as terminal:
        skip_to_check_page(terminal)
        terminal.wait_for(SORRY)
        assert "Traceback" not in terminal.text
        terminal.press("x")
        terminal.wait_for("Call 911")
        assert b"IndexError at <string>:1" in terminal.errors.read_bytes()
        assert b"Traceback" not in terminal.written


def test_errors_that_patients_would_read_are_reported_at_the_end(tmp_path: Path) -> None:
    """When staff have the terminal again: each kind and place of error, how often, and nothing else."""
    with start_kiosk(tmp_path, "--language", "en", broken_by=BROKEN_CHECK_PAGE) as terminal:
        for _ in range(2):
            skip_to_check_page(terminal)
            terminal.wait_for(SORRY)
            terminal.press("x")
        terminal.wait_for("Call 911")
        (visit,) = children(terminal.pid)
        os.kill(visit, signal.SIGKILL)
        terminal.wait_for(lambda it: children(it.pid) not in ([], [visit]))
        terminal.wait_for("Call 911")
        assert "ended by an error" not in terminal.text
        assert leave(terminal) == 0
        assert terminal.ordinary_text.splitlines() == [
            "fibrocheck kiosk: 2 visits were ended by an error (IndexError at <string>:1).",
            "fibrocheck kiosk: a visit was ended by an error (signal 9).",
        ]
        assert terminal.is_as_found


def test_the_report_has_ten_lines_at_most(capsys: pytest.CaptureFixture[str]) -> None:
    """The most frequent kinds of error, then the number of the others."""
    report = StaffReport()
    report._errors.update({f"signal {number}": number for number in range(1, 31)})
    report.write_kept()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10
    assert lines[0] == "fibrocheck kiosk: 30 visits were ended by an error (signal 30)."
    assert lines[-1] == "fibrocheck kiosk: 21 more kinds of error."


def test_a_visit_that_hangs_is_killed(tmp_path: Path) -> None:
    """Then the first page comes back."""
    hangs = (
        "import time, fibrocheck.kiosk.visits as k, fibrocheck.visit.flow as v; k.HUNG_AFTER = 2;"
        "v.Visit._check_answers = lambda self: time.sleep(1000)"
    )
    with start_kiosk(tmp_path, "--language", "en", broken_by=hangs) as terminal:
        skip_to_check_page(terminal)
        terminal.wait_for("Call 911")
        assert leave(terminal) == 0


def test_crash_after_crash_sends_people_to_the_front_desk(tmp_path: Path) -> None:
    """After five crashes within a minute, the kiosk says so and pauses; then it tries again."""
    fails = (
        "import fibrocheck.kiosk.supervisor as k, fibrocheck.visit.flow as v; k.REST = 2; k.APOLOGY = 0;"
        "v.Visit._choose_language = lambda self: [][0]"
    )
    with start_kiosk(tmp_path, broken_by=fails) as terminal:
        terminal.wait_for("This screen is not working right now")
        terminal.wait_for(lambda it: "This screen is not working right now" not in it.words)
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.exit_code == 143
        assert terminal.is_as_found
