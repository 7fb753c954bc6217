"""Patient after patient: nothing is left of a visit, and the kiosk ends as it should."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kiosk.start import (
    FIRST_PAGE,
    NO_FORK,
    answer_one_and_stop,
    children,
    leave,
    read_until,
    start_kiosk,
    stop_and_erase,
)
from tests.program.terminal import RIGHT, Terminal


def holds(pid: int, wanted: bytes) -> bool:
    """Return whether these bytes are anywhere in a process's memory."""
    found = False
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            start, end = (int(part, 16) for part in line.split()[0].split("-"))
            if "r" not in line.split()[1] or "[v" in line:
                continue
            try:
                memory.seek(start)
                found = found or wanted in memory.read(end - start)
            except OSError:
                continue
    return found


def go_to_the_code(terminal: Terminal) -> str:
    """Confirm the answers, have the list's code shown, and return it without dashes."""
    for page in ("Your next step", "About what you marked", "Who should get your list?", "Your code"):
        terminal.press("1")
        terminal.wait_for(page)
    (code,) = re.findall(r"[2-9B-Z]{5}(?:-[2-9B-Z]{5})+", terminal.text)
    return str(code).replace("-", "")


def test_nothing_of_a_visit_is_left(tmp_path: Path) -> None:
    """Not on the screen, in the scrollback, in any file, or in the supervisor's memory."""
    # A text that exists only after these three areas were chosen together.
    canary = "Jaw, Belly, Feet"
    before = sorted(tmp_path.rglob("*"))
    with start_kiosk(tmp_path, "--language", "en", anew=True) as terminal:
        terminal.wait_for("Call 911")
        for keys, then in (("1", "1 of 8"), ("1", "2 of 8"), *(("5", f"{n} of 8") for n in range(3, 9))):
            terminal.press(keys)
            terminal.wait_for(f"Symptoms {then}")
        terminal.press("5")
        terminal.wait_for("How long have you felt")
        terminal.press("6")
        terminal.wait_for("Where do you hurt")
        for key, label in (("2", "[x] Jaw"), ("8", "[x] Belly"), ("d", "[x] Feet")):
            terminal.press(key)
            terminal.wait_for(label)
        terminal.press(RIGHT)
        terminal.wait_for("None is a cause")
        terminal.press("1")
        for number in range(1, 8):
            terminal.wait_for(f"factors {number} of 7")
            terminal.press("4")
        terminal.wait_for("Check your answers")
        code = go_to_the_code(terminal)
        terminal.press("1")
        terminal.wait_for("What now?")
        terminal.press("7")
        terminal.wait_for(canary)
        (visit,) = children(terminal.pid)
        texts = (canary.encode(), code.encode())
        if os.geteuid() == 0:
            assert all(holds(visit, each) for each in texts), "the search misses a text that is there"
        stop_and_erase(terminal)
        terminal.wait_for("Call 911")
        assert canary not in terminal.text
        assert code not in terminal.text
        assert terminal.ordinary_text == ""
        files = [path for path in tmp_path.rglob("*") if path not in before and path.is_file()]
        assert not any(each in path.read_bytes() for path in files for each in texts)
        if os.geteuid() != 0:
            pytest.skip("only root may read another process's memory")
        assert not any(holds(terminal.pid, each) for each in texts)


def rss(pid: int) -> int:
    """Return a process's resident memory that is not backed by files, in KiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("RssAnon:")[1].split()[0])


def libraries_of(pid: int) -> set[str]:
    """Return the files with code that a process has in its memory."""
    return {line.split()[-1] for line in Path(f"/proc/{pid}/maps").read_text().splitlines() if ".so" in line}


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_no_process_of_a_kiosk_holds_what_only_hashing_needs(tmp_path: Path) -> None:
    """OpenSSL is 3 MB, or 10% of all. A child process had it for the staff code, and is gone.

    Also where the list's code was shown. A list for the desk needs it, and a staff code that is typed.
    """
    unprotected = "import fibrocheck.process as p; p._prctl = lambda option, value: None"
    with start_kiosk(tmp_path, "--language", "en", broken_by=unprotected, anew=True) as terminal:
        terminal.wait_for("Call 911")
        for keys, then in (
            ("1", "Symptoms 1 of 8"),
            ("1", "2 of 8"),
            *(("5", f"{n} of 8") for n in range(3, 9)),
        ):
            terminal.press(keys)
            terminal.wait_for(then)
        for keys, then in (("5", "How long"), ("s", "Where do you hurt"), ("s", "None is a cause")):
            terminal.press(keys)
            terminal.wait_for(then)
        terminal.press("1")
        for number in range(1, 8):
            terminal.wait_for(f"factors {number} of 7")
            terminal.press("s")
        terminal.wait_for("Check your answers")
        go_to_the_code(terminal)
        (visit,) = children(terminal.pid)
        for pid in (terminal.pid, visit):
            assert not {name for name in libraries_of(pid) if "libcrypto" in name or "_hashlib" in name}
        assert leave(terminal) == 0


def many_visits(folder: Path, number: int) -> None:
    """Check that visit after visit, the supervisor does not grow or leave anything open."""
    # A kiosk protects its memory, and Linux then lets only root list its open files. Here it does not.
    unprotected = "import fibrocheck.process as p; p._prctl = lambda option, value: None"
    with start_kiosk(folder, broken_by=unprotected) as terminal:
        for _ in range(5):
            answer_one_and_stop(terminal)
        memory, files = rss(terminal.pid), len(os.listdir(f"/proc/{terminal.pid}/fd"))
        for _ in range(number):
            answer_one_and_stop(terminal)
        assert len(children(terminal.pid)) == 1
        assert len(os.listdir(f"/proc/{terminal.pid}/fd")) == files
        assert rss(terminal.pid) - memory <= 64  # a page or two of the allocator's own
        assert leave(terminal) == 0


def test_twenty_patients_leave_no_trace_in_the_supervisor(tmp_path: Path) -> None:
    """No more memory, processes or open files than before."""
    many_visits(tmp_path, 20)


@pytest.mark.soak
def test_a_thousand_patients_leave_no_trace_in_the_supervisor(tmp_path: Path) -> None:
    """As above, for about a busy week."""
    many_visits(tmp_path, 1000)


def test_without_fork_each_visit_is_a_fresh_interpreter(tmp_path: Path) -> None:
    """On systems that cannot fork, the next patient gets the first page, and staff leave with their code."""
    with start_kiosk(tmp_path, broken_by=NO_FORK) as terminal:
        answer_one_and_stop(terminal)
        assert leave(terminal) == 0
        assert terminal.is_as_found


def test_a_fresh_interpreter_gets_the_settings(tmp_path: Path) -> None:
    """Here the language, and plain mode."""
    with start_kiosk(tmp_path, "--language", "es", "--plain", broken_by=NO_FORK) as terminal:
        terminal.wait_for("Oprima Enter para seguir")
        assert "Llame al 911" in terminal.ordinary_words
        assert not terminal.is_full_screen
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.exit_code == 143
        assert terminal.is_as_found


@pytest.mark.parametrize("plain", [False, True], ids=["screen", "plain"])
def test_a_visit_whose_supervisor_was_killed_erases_the_terminal(plain: bool, tmp_path: Path) -> None:
    """In numbered lines too, where answers are on the ordinary screen and in its scrollback."""
    with start_kiosk(tmp_path, "--language", "en", *["--plain"][: int(plain)]) as terminal:
        terminal.wait_for("Press Enter to go on" if plain else "Start")
        terminal.press("1\r" if plain else "1")
        terminal.wait_for("Symptoms 1 of 8")
        written = len(terminal.written)
        os.kill(terminal.pid, signal.SIGKILL)
        assert terminal.exit_code == -signal.SIGKILL
        read_until(terminal, lambda: b"\x1b[3J" in terminal.written[written:])
        assert terminal.ordinary_text == ""
        assert not terminal.is_full_screen


def test_a_closed_terminal_ends_the_kiosk(tmp_path: Path) -> None:
    """The system sends SIGHUP when a terminal closes."""
    with start_kiosk(tmp_path) as terminal:
        terminal.wait_for(FIRST_PAGE)
        os.kill(terminal.pid, signal.SIGHUP)
        assert terminal.exit_code == 129


def test_a_kiosk_needs_a_terminal(tmp_path: Path) -> None:
    """With a pipe as its input it exits with 1."""
    ended = subprocess.run(
        [sys.executable, "-m", "fibrocheck", "kiosk"],
        input="",
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if name != "FIBROCHECK_STAFF_CODE"},
        cwd=tmp_path,
    )
    assert ended.returncode == 1
    assert "needs a terminal" in ended.stderr
