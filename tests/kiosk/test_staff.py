"""The staff code: the only way to leave a kiosk."""

import os
import signal
from pathlib import Path

import pytest

from fibrocheck.kiosk.staff_code import StaffCode
from tests.kiosk.start import (
    CODE,
    F12,
    FIRST_PAGE,
    NO_FORK,
    answer_one_and_stop,
    children,
    leave,
    start_kiosk,
)
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
        assert "6 to 32 letters a to z and digits" in terminal.words


def test_a_code_is_prompted_for_twice(tmp_path: Path) -> None:
    """Two different codes are refused."""
    with Terminal("kiosk", folder=tmp_path) as terminal:
        terminal.wait_for("Staff code")
        terminal.press("abcde1\r")
        terminal.wait_for("Repeat the staff code")
        terminal.press("abcde2\r")
        assert terminal.exit_code == 2
        assert "differ" in terminal.words


def test_the_code_is_not_in_proc_environ(tmp_path: Path) -> None:
    """Neither of the supervisor nor of a visit, although that file shows how a process was started."""
    with start_kiosk(tmp_path, anew=True) as terminal:
        terminal.wait_for(FIRST_PAGE)
        for pid in (terminal.pid, *children(terminal.pid)):
            environment = Path(f"/proc/{pid}/environ")
            if os.geteuid() == 0:
                assert CODE.encode() not in environment.read_bytes()
            else:
                with pytest.raises(PermissionError):
                    environment.read_bytes()
        assert leave(terminal) == 0


def test_locks_double_up_to_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each after three wrong codes, and the count survives the way to another process."""
    now = 1000.0
    monkeypatch.setattr("fibrocheck.kiosk.staff_code.time.monotonic", lambda: now)
    code, locks = StaffCode("front1"), []
    for _ in range(10):
        assert [code.note_wrong(), code.note_wrong()] == [0, 0]
        code = StaffCode.from_text(code.as_text())
        locks.append(code.note_wrong())
        assert code.seconds_to_wait() == locks[-1]
        now += locks[-1]
        assert code.seconds_to_wait() == 0
    assert locks == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    assert code.opens("FRONT1 ")


@pytest.mark.parametrize("typed", ["\udcff\udc80", "\ud800", "\0", "\x9b4h", "x" * 100_000, "\U0010ffff", ""])
def test_whatever_is_typed_is_a_wrong_code_and_no_error(typed: str) -> None:
    """Also bytes that are no text."""
    assert not StaffCode("front1").opens(typed)


def test_an_older_short_code_works_and_locks_after_one_wrong_try(tmp_path: Path) -> None:
    """Staff get a warning and a line for the lock, neither with a code in it."""
    code = "ab12"
    with Terminal(
        "kiosk", folder=tmp_path, environment={"FIBROCHECK_STAFF_CODE": code}, leads=True
    ) as terminal:
        terminal.wait_for(FIRST_PAGE)
        assert b"fewer than 6 characters" in terminal.errors.read_bytes()
        type_code(terminal, "wrong9")
        terminal.wait_for("That is not the staff code")
        terminal.press(F12)
        terminal.wait_for("Please wait")
        terminal.wait_for(lambda it: b"no code is accepted for 30 seconds" in it.errors.read_bytes())
        assert code.encode() not in terminal.errors.read_bytes()
        assert b"wrong9" not in terminal.errors.read_bytes()


def test_a_new_short_code_is_refused(tmp_path: Path) -> None:
    """When it is typed at the start."""
    with Terminal("kiosk", folder=tmp_path) as terminal:
        for prompt in ("Staff code", "Repeat the staff code"):
            terminal.wait_for(prompt)
            terminal.press("abcd1\r")
        assert terminal.exit_code == 2
        assert "6 to 32 letters" in terminal.words


@pytest.mark.parametrize("broken_by", ["", NO_FORK], ids=["forked", "fresh"])
def test_wrong_codes_are_counted_for_the_whole_kiosk(broken_by: str, tmp_path: Path) -> None:
    """Two in one visit and one in the next lock the code, also where each visit is a fresh interpreter."""
    with start_kiosk(tmp_path, broken_by=broken_by, leads=True) as terminal:
        terminal.wait_for(FIRST_PAGE)
        for wrong in ("wrong1", "wrong2"):
            type_code(terminal, wrong)
            terminal.wait_for("That is not the staff code")
        answer_one_and_stop(terminal)
        type_code(terminal, "wrong3")
        terminal.wait_for("That is not the staff code")
        answer_one_and_stop(terminal)
        terminal.press(F12)
        terminal.wait_for("Please wait")
        assert terminal.errors.read_bytes().count(b"no code is accepted") == 1


def type_code(terminal: Terminal, code: str) -> None:
    """Type a staff code on the screen."""
    terminal.press(F12)
    terminal.wait_for("Staff code")
    terminal.press(code)
    terminal.wait_for("*" * len(code))
    terminal.press("\r")


@pytest.mark.parametrize("way", [(), ("--plain",)], ids=["screen", "lines"])
@pytest.mark.parametrize("length", [33, 20_000])
def test_a_code_too_long_is_one_wrong_code(length: int, way: tuple[str, ...], tmp_path: Path) -> None:
    """Also with its Enter in the same burst, as a scanner sends it: nothing of it answers a page."""
    with start_kiosk(tmp_path, "--language", "en", *way) as terminal:
        terminal.wait_for("Call 911")
        terminal.press("f12\r" if way else F12)
        terminal.wait_for("Staff code")
        burst = "1" * length + "\r"
        for at in range(0, len(burst), 1000):  # less than a terminal holds before it is read
            terminal.press(burst[at : at + 1000])
            terminal.wait_for(lambda _: True)
        terminal.wait_for("That is not the staff code")
        assert "Symptoms" not in terminal.words


def test_a_code_and_its_enter_in_one_burst_leave(tmp_path: Path) -> None:
    """As a scanner sends them."""
    with start_kiosk(tmp_path) as terminal:
        terminal.wait_for(FIRST_PAGE)
        terminal.press(F12)
        terminal.wait_for("Staff code")
        terminal.press(f"{CODE}\r")
        assert terminal.exit_code == 0


@pytest.mark.parametrize("way", [(), ("--plain",)], ids=["screen", "lines"])
def test_a_kiosk_in_one_language_offers_the_other_on_its_first_page(
    way: tuple[str, ...], tmp_path: Path
) -> None:
    """And the next visit begins in the kiosk's own again."""
    with start_kiosk(tmp_path, "--language", "es", "--idle", "2", "--warning", "1", *way) as terminal:
        terminal.wait_for("Llame al 911")
        if way:
            terminal.press("l\r")
        else:
            terminal.click("English")
        terminal.wait_for("Call 911")
        terminal.press("1\r" if way else "1")
        terminal.wait_for("Symptoms 1 of 8")
        terminal.wait_for("Llame al 911")
