"""A kiosk in a terminal, and what patients and staff do there."""

import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.program.terminal import ESCAPE, PATIENCE, Terminal

CODE = "front1"
F12 = "\x1b[24~"
FIRST_PAGE = "Choose your language"
NO_FORK = "import os; del os.fork"


def start_kiosk(
    folder: Path, *options: str, broken_by: str = "", leads: bool = False, anew: bool = False
) -> Terminal:
    """Return a kiosk that runs in a terminal.

    `broken_by` is Python code that breaks the program before it starts. With `leads`, the kiosk's
    stderr is a file, as if a service ran it. `anew` as in `Terminal`.
    """
    environment = {"FIBROCHECK_STAFF_CODE": CODE}
    if broken_by:
        environment["SPOILED_BY"] = broken_by
    own = Path(tempfile.mkdtemp(dir=folder))
    return Terminal("kiosk", *options, folder=own, environment=environment, leads=leads, anew=anew)


def children(pid: int) -> list[int]:
    """Return the running child processes of a process."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def read_until(terminal: Terminal, is_so: Callable[[], bool]) -> None:
    """Read what the terminal gets until something is so, whatever is on the screen meanwhile."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, terminal.text
        terminal._read(1)


def leave(terminal: Terminal) -> int:
    """Leave as staff do, and return the exit code."""
    terminal.press(F12)
    terminal.wait_for("Staff code")
    terminal.press(CODE)
    terminal.wait_for("*" * len(CODE))
    terminal.press("\r")
    return terminal.exit_code


def answer_one_and_stop(terminal: Terminal) -> None:
    """Go through a short visit: English, start, one answer, hide and show again, stop and erase."""
    terminal.wait_for(FIRST_PAGE)
    terminal.press("1")
    terminal.wait_for("Call 911")
    terminal.press("1")
    terminal.wait_for("Symptoms 1 of 8")
    terminal.press("1")
    terminal.wait_for("Symptoms 2 of 8")
    terminal.press(ESCAPE)
    terminal.wait_for("The screen is hidden")
    terminal.press("2")
    terminal.wait_for("Symptoms 2 of 8")
    stop_and_erase(terminal)
    terminal.wait_for(FIRST_PAGE)


def stop_and_erase(terminal: Terminal) -> None:
    """Stop a visit from the menu of its page, as a patient does."""
    terminal.press(".")
    terminal.wait_for("Stop and erase")
    key = re.search(r"(\d)  Stop and erase", terminal.text)
    assert key
    terminal.press(key[1])
    terminal.wait_for("Stop and erase your answers?")
    terminal.press("2")


def first_question(terminal: Terminal) -> None:
    """Go from the first page, which may take several screens, to the first question."""
    terminal.wait_for("This is not a diagnosis")
    while "Symptoms 1 of 8" not in terminal.words:
        terminal.turn("1")


def skip_to_check_page(terminal: Terminal) -> None:
    """Skip every question."""
    first_question(terminal)
    for number in range(1, 9):
        terminal.wait_for(f"Symptoms {number} of 8")
        terminal.press("5")
    terminal.wait_for("None is a cause")
    terminal.press("1")
    for number in range(1, 8):
        terminal.wait_for(f"factors {number} of 7")
        terminal.press("4")
