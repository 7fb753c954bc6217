"""The staff code: the only way to leave a kiosk."""

import os
import signal
from pathlib import Path

import pytest

from tests.kiosk.start import CODE, F12, FIRST_PAGE, children, leave, start_kiosk
from tests.program.terminal import Terminal


def test_only_the_staff_code_ends_the_kiosk(tmp_path: Path) -> None:
    """A wrong code returns to the visit, the third locks the prompt, and the right code ends the kiosk."""
    with start_kiosk(tmp_path) as terminal:
        terminal.wait_for(FIRST_PAGE)
        for wrong in ("wrong1", "wrong2", "wrong3"):
            terminal.press(F12)
            terminal.wait_for("Staff code")
            terminal.press(wrong)
            terminal.wait_for("*" * len(wrong))
            terminal.press("\r")
            terminal.wait_for("That is not the staff code")
        terminal.press(F12)
        terminal.wait_for("Please wait")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.exit_code == 143
        assert terminal.is_as_found
    with start_kiosk(tmp_path) as terminal:
        terminal.wait_for(FIRST_PAGE)
        assert leave(terminal) == 0
        assert terminal.is_as_found
        assert terminal.ordinary_text == ""


@pytest.mark.parametrize("code", ["", "abc", "with space", "ñandú1", "x" * 33])
def test_a_code_that_cannot_be_typed_is_refused(code: str, tmp_path: Path) -> None:
    """At the start. After an empty one there is no prompt either: a patient would answer it."""
    with Terminal("kiosk", folder=tmp_path, environment={"FIBROCHECK_STAFF_CODE": code}) as terminal:
        assert terminal.exit_code == 2
        assert "4 to 32 letters a to z and digits" in terminal.words


def test_a_code_is_prompted_for_twice(tmp_path: Path) -> None:
    """Two different codes are refused."""
    with Terminal("kiosk", folder=tmp_path) as terminal:
        terminal.wait_for("Staff code")
        terminal.press("abcd1\r")
        terminal.wait_for("Repeat the staff code")
        terminal.press("abcd2\r")
        assert terminal.exit_code == 2
        assert "differ" in terminal.words


def test_the_code_is_not_in_proc_environ(tmp_path: Path) -> None:
    """Neither of the supervisor nor of a visit, although that file shows how a process was started."""
    with start_kiosk(tmp_path) as terminal:
        terminal.wait_for(FIRST_PAGE)
        for pid in (terminal.pid, *children(terminal.pid)):
            environment = Path(f"/proc/{pid}/environ")
            if os.geteuid() == 0:
                assert CODE.encode() not in environment.read_bytes()
            else:
                with pytest.raises(PermissionError):
                    environment.read_bytes()
        assert leave(terminal) == 0
