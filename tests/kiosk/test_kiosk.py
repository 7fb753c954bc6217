"""The kiosk: locked, forgetful, and there again whatever happens to a visit."""

import os
import random
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from fibrocheck.kiosk.supervisor import _report_all
from tests.program.terminal import ESCAPE, F2, Terminal, one_line

CODE = "front1"
F12 = "\x1b[24~"
FIRST_PAGE = "Choose your language"
SORRY = "Something went wrong here"


def kiosk(folder: Path, *options: str, broken_by: str = "", leads: bool = False) -> Terminal:
    """A kiosk in a terminal; `broken_by` is Python that spoils the program from within."""
    environment = {"FIBROCHECK_STAFF_CODE": CODE}
    if broken_by:
        environment["SPOILED_BY"] = broken_by
    own = Path(tempfile.mkdtemp(dir=folder))
    return Terminal("kiosk", *options, folder=own, environment=environment, leads=leads)


def children(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def leave(terminal: Terminal) -> int:
    """Leave as staff do; the program's exit code."""
    terminal.press(F12)
    terminal.wait_for("Staff code")
    terminal.press(CODE)
    terminal.wait_for("*" * len(CODE))
    terminal.press("\r")
    return terminal.exit_code


def answer_one_and_stop(terminal: Terminal) -> None:
    """A short visit: English, start, one answer, hide, stop and erase."""
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
    terminal.wait_for(FIRST_PAGE)


def test_staff_leave_with_their_code_and_nobody_else_does(tmp_path: Path) -> None:
    """A wrong code goes on, the third makes everybody wait, and the right one then ends the kiosk."""
    with kiosk(tmp_path) as terminal:
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
    with kiosk(tmp_path) as terminal:
        terminal.wait_for(FIRST_PAGE)
        assert leave(terminal) == 0
        assert terminal.is_as_found
        assert terminal.ordinary_text == ""


LOCKED = {
    "Ctrl-C": "\x03",
    "Ctrl-D": "\x04",
    "Ctrl-Q": "\x11",
    "Ctrl-S": "\x13",
    "Ctrl-Z": "\x1a",
    "Ctrl-backslash": "\x1c",
    "F1": "\x1bOP",
    "F10": "\x1b[21~",
    "Alt-x": "\x1bx",
    "a paste": "\x1b[200~1\r1\r\x03\x1b[201~",
}


def test_no_key_leaves_stops_or_freezes_it(tmp_path: Path) -> None:
    """After each of them the question can still be answered, and Back takes the answer up again."""
    with kiosk(tmp_path, "--language", "en") as terminal:
        terminal.wait_for("Call 911")
        terminal.press("1")
        for name, keys in LOCKED.items():
            terminal.wait_for("Symptoms 1 of 8")
            terminal.press(keys)
            if keys.startswith("\x1bx"):
                terminal.wait_for("The screen is hidden")
                terminal.press("1")
                terminal.wait_for("Symptoms 1 of 8")
            terminal.press("2")
            terminal.wait_for("Symptoms 2 of 8")
            assert children(terminal.pid), name
            terminal.press("\x1b[D")
            terminal.wait_for("Symptoms 1 of 8")
        assert leave(terminal) == 0


def holds(pid: int, wanted: bytes) -> bool:
    """Whether a process has these bytes anywhere in its memory."""
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


def test_nothing_of_a_visit_is_left(tmp_path: Path) -> None:
    """Not on the screen, in the scrollback, in any file, or in the memory that goes on running."""
    # An answer that exists only where somebody chose these three areas together.
    canary = "Jaw, Belly, Feet"
    before = sorted(tmp_path.rglob("*"))
    with kiosk(tmp_path, "--language", "en") as terminal:
        terminal.wait_for("Call 911")
        for keys, then in (("1", "1 of 8"), ("1", "2 of 8"), *(("5", f"{n} of 8") for n in range(3, 9))):
            terminal.press(keys)
            terminal.wait_for(f"Symptoms {then}")
        terminal.press("5")
        terminal.wait_for("How long have you felt")
        terminal.press("6")
        terminal.wait_for("Where do you hurt")
        for key, label in (("2", "[x] Jaw"), ("8", "[x] Belly"), ("c", "[x] Feet")):
            terminal.press(key)
            terminal.wait_for(label)
        terminal.press("\r")
        terminal.wait_for("None is a cause")
        terminal.press("1")
        for number in range(1, 8):
            terminal.wait_for(f"factors {number} of 7")
            terminal.press("4")
        terminal.wait_for("Check your answers")
        terminal.press("1")
        terminal.wait_for(canary)
        (visit,) = children(terminal.pid)
        if os.geteuid() == 0:
            assert holds(visit, canary.encode()), "the search itself does not find what is there"
        terminal.press(ESCAPE)
        terminal.wait_for("The screen is hidden")
        terminal.press("2")
        terminal.wait_for("Call 911")
        assert canary not in terminal.text
        assert terminal.ordinary_text == ""
        files = [path for path in tmp_path.rglob("*") if path not in before and path.is_file()]
        assert all(canary.encode() not in path.read_bytes() for path in files)
        if os.geteuid() != 0:
            pytest.skip("only root may read another process's memory")
        assert not holds(terminal.pid, canary.encode())


def rss(pid: int) -> int:
    """A process's resident memory that is not shared with files, in KiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("RssAnon:")[1].split()[0])


def many_visits(folder: Path, number: int) -> None:
    """Visit after visit: the supervisor grows by nothing and leaves nothing open."""
    # A kiosk hides its memory, and Linux then lists its open files for root only: here it hides nothing.
    hides_nothing = "import fibrocheck.kiosk.secrets as own; own._prctl = lambda option, value: None"
    with kiosk(folder, broken_by=hides_nothing) as terminal:
        for _ in range(5):
            answer_one_and_stop(terminal)
        memory, files = rss(terminal.pid), len(os.listdir(f"/proc/{terminal.pid}/fd"))
        for _ in range(number):
            answer_one_and_stop(terminal)
        assert len(children(terminal.pid)) == 1
        assert len(os.listdir(f"/proc/{terminal.pid}/fd")) == files
        assert rss(terminal.pid) - memory <= 64  # a page or two of the allocator's own
        assert leave(terminal) == 0


def test_fifty_patients_leave_the_supervisor_as_it_was(tmp_path: Path) -> None:
    """No memory, process or open file more."""
    many_visits(tmp_path, 50)


@pytest.mark.soak
def test_a_thousand_patients_leave_the_supervisor_as_it_was(tmp_path: Path) -> None:
    """As above, for as long as a busy week."""
    many_visits(tmp_path, 1000)


ERASED = b"\x1b[3J"
"""The last of what the kiosk sends between two visits; keys pressed before it are nobody's."""


def is_followed(written: int, terminal: Terminal) -> bool:
    """Whether the screen has been erased since so many bytes, and the first page is there for the next.

    That the page stands there is not enough: it may be the one that the killed visit had drawn.
    """
    return ERASED in terminal.written[written:] and FIRST_PAGE in terminal.words


def killed_visits(folder: Path, number: int) -> None:
    """A visit killed at any moment is followed by the first page, and the terminal works at the end."""
    never_rest = "import fibrocheck.kiosk.supervisor as kiosk; kiosk.CRASHES = 10_000"
    chance = random.Random(number)
    with kiosk(folder, broken_by=never_rest) as terminal:
        terminal.wait_for(FIRST_PAGE)
        for _ in range(number):
            for keys in ("1", "1", "1", "2", "?", "1")[: chance.randrange(7)]:
                terminal.turn(keys)
            (visit,) = children(terminal.pid)
            written = len(terminal.written)
            os.kill(visit, signal.SIGKILL)
            terminal.wait_for(partial(is_followed, written))
        assert leave(terminal) == 0
        assert terminal.is_as_found


def test_a_killed_visit_is_followed_by_the_first_page(tmp_path: Path) -> None:
    """Twenty times, at any page."""
    killed_visits(tmp_path, 20)


@pytest.mark.soak
def test_two_hundred_killed_visits(tmp_path: Path) -> None:
    """As above."""
    killed_visits(tmp_path, 200)


BROKEN_CHECK_PAGE = "import fibrocheck.visit.flow as v; v.Visit._check_answers = lambda self: [][0]"


def to_the_check_page(terminal: Terminal) -> None:
    """Skip everything."""
    terminal.wait_for("Call 911")
    terminal.press("1")
    for number in range(1, 9):
        terminal.wait_for(f"Symptoms {number} of 8")
        terminal.press("5")
    terminal.wait_for("None is a cause")
    terminal.press("1")
    for number in range(1, 8):
        terminal.wait_for(f"factors {number} of 7")
        terminal.press("4")


def test_an_error_of_ours_says_sorry_and_tells_staff_where(tmp_path: Path) -> None:
    """A calm sentence for the patient, the kind and place for staff, no traceback, no value."""
    with kiosk(tmp_path, "--language", "en", broken_by=BROKEN_CHECK_PAGE, leads=True) as terminal:
        to_the_check_page(terminal)
        terminal.wait_for(SORRY)
        assert "Traceback" not in terminal.text
        terminal.press("x")
        terminal.wait_for("Call 911")
        assert b"IndexError at <string>:1" in terminal.errors.read_bytes()
        assert b"Traceback" not in terminal.written


def test_where_patients_would_read_it_staff_are_told_at_the_end(tmp_path: Path) -> None:
    """The terminal is theirs again then: each kind and place of error, how often, and nothing else."""
    with kiosk(tmp_path, "--language", "en", broken_by=BROKEN_CHECK_PAGE) as terminal:
        for _ in range(2):
            to_the_check_page(terminal)
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


def test_staff_are_told_in_ten_lines_at_most(capsys: pytest.CaptureFixture[str]) -> None:
    """The most frequent kinds of error, then how many more there were."""
    _report_all(Counter({f"signal {number}": number for number in range(1, 31)}))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10
    assert lines[0] == "fibrocheck kiosk: 30 visits were ended by an error (signal 30)."
    assert lines[-1] == "fibrocheck kiosk: 21 more kinds of error."


def test_a_visit_that_hangs_is_ended(tmp_path: Path) -> None:
    """No sign of life for so long: the first page again."""
    hangs = (
        "import time, fibrocheck.kiosk.supervisor as k, fibrocheck.visit.flow as v; k.HUNG_AFTER = 2;"
        "v.Visit._check_answers = lambda self: time.sleep(1000)"
    )
    with kiosk(tmp_path, "--language", "en", broken_by=hangs) as terminal:
        to_the_check_page(terminal)
        terminal.wait_for("Call 911")
        assert leave(terminal) == 0


def test_crash_after_crash_sends_people_to_the_front_desk(tmp_path: Path) -> None:
    """Five in a row within a minute: a page that says so, then another try."""
    fails = (
        "import fibrocheck.kiosk.supervisor as k, fibrocheck.visit.flow as v; k.REST = 2; k._SORRY = 0;"
        "v.Visit._choose_language = lambda self: [][0]"
    )
    with kiosk(tmp_path, broken_by=fails) as terminal:
        terminal.wait_for("This screen is not working right now")
        terminal.wait_for(lambda it: "This screen is not working right now" not in it.words)
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.exit_code == 143
        assert terminal.is_as_found


def test_an_idle_person_is_warned_and_then_forgotten(tmp_path: Path) -> None:
    """Any key goes on; without one the first page comes back. Not even an open paste holds it up."""
    with kiosk(tmp_path, "--idle", "1", "--warning", "2") as terminal:
        terminal.wait_for(FIRST_PAGE)
        terminal.press("1")
        terminal.wait_for("Are you still there")
        terminal.press("x")
        terminal.wait_for("Call 911")
        terminal.press("1")
        terminal.wait_for("Symptoms 1 of 8")
        terminal.press("\x1b[200~1 1 1")
        terminal.wait_for("Are you still there")
        terminal.wait_for(FIRST_PAGE)
        terminal.press("1")
        terminal.wait_for("Call 911")
        terminal.press(ESCAPE)
        terminal.wait_for("The screen is hidden")
        terminal.wait_for("Are you still there")
        terminal.wait_for(FIRST_PAGE)
        assert leave(terminal) == 0


def test_the_next_person_finds_the_first_page_as_it_was(tmp_path: Path) -> None:
    """Whoever only opened the menu there, or went on line by line, is forgotten like everybody else."""
    with kiosk(tmp_path, "--idle", "1", "--warning", "1") as terminal:
        for keys, then in (("0", "Stop and erase"), (F2, "Type a number from 1 to 2")):
            terminal.wait_for(FIRST_PAGE)
            terminal.press(keys)
            terminal.wait_for(then)
            terminal.wait_for("Are you still there")
            terminal.wait_for(lambda it: it.is_full_screen and FIRST_PAGE in it.words)
        assert leave(terminal) == 0


def test_plain_lines_are_a_kiosk_too(tmp_path: Path) -> None:
    """Numbered lines: Ctrl-D and Ctrl-C do nothing, an idle person is told, staff leave with their code."""
    with kiosk(tmp_path, "--plain", "--idle", "2", "--warning", "2") as terminal:
        terminal.wait_for(FIRST_PAGE)
        terminal.press("\x04\x03\x1a\x1c\r")
        terminal.wait_for("That is not one of the choices")
        terminal.press("1\r")
        terminal.wait_for("Press Enter to go on")
        assert "Get ready" in terminal.ordinary_text  # by now it has scrolled off the screen
        terminal.wait_for("Are you still there")
        terminal.wait_for(lambda it: FIRST_PAGE in it.words and "Are you" not in it.words)
        assert "Get ready" not in terminal.ordinary_text
        terminal.press("f12\r")
        terminal.wait_for("Staff code")
        terminal.press(f"{CODE}\r")
        assert terminal.exit_code == 0
        assert CODE not in terminal.ordinary_text
        assert terminal.is_as_found


@pytest.mark.parametrize(("way", "goes_on", "f12"), [("--plain", "1\r", "f12\r"), ("--large", "1", F12)])
def test_whoever_asks_for_the_staff_code_and_leaves_is_forgotten(
    way: str, goes_on: str, f12: str, tmp_path: Path
) -> None:
    """In plain lines and on the screen: no question holds the kiosk up."""
    with kiosk(tmp_path, way, "--idle", "1", "--warning", "3") as terminal:
        terminal.wait_for(FIRST_PAGE)
        terminal.press(goes_on)
        terminal.wait_for("Press Enter to go on" if way == "--plain" else "This is not a diagnosis")
        terminal.press(f12)
        terminal.wait_for("Staff code")
        terminal.wait_for("Are you still there")
        terminal.wait_for(lambda it: FIRST_PAGE in it.words and "Are you" not in it.words)
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.exit_code == 143
        assert terminal.is_as_found


def test_without_fork_each_visit_is_a_fresh_interpreter(tmp_path: Path) -> None:
    """The way of systems that cannot fork: the next patient still gets the first page, staff still leave."""
    with kiosk(tmp_path, broken_by="import os; del os.fork") as terminal:
        answer_one_and_stop(terminal)
        assert leave(terminal) == 0
        assert terminal.is_as_found


def test_a_closed_terminal_ends_the_kiosk(tmp_path: Path) -> None:
    """There is nobody left to serve."""
    with kiosk(tmp_path) as terminal:
        terminal.wait_for(FIRST_PAGE)
        os.kill(terminal.pid, signal.SIGHUP)
        assert terminal.exit_code == 129


def noise(seed: int, number: int) -> Iterator[str]:
    """Bytes and sequences that a keyboard, a mouse or a cat can produce, mostly control characters."""
    chance = random.Random(seed)
    kinds = (
        lambda: chr(chance.randrange(32)),
        lambda: chr(chance.randrange(32, 127)),
        lambda: "\x1b" + chr(chance.randrange(128)),
        lambda: f"\x1b[{chance.randrange(40)}{chance.choice('~ABCDmMRhl')}",
        lambda: (
            f"\x1b[<{chance.randrange(70)};{chance.randrange(90)};{chance.randrange(30)}{chance.choice('Mm')}"
        ),
        lambda: f"\x1b[M{chr(32 + chance.randrange(90))}{chr(32 + chance.randrange(90))}!",
        lambda: "\x1b[200~" + "1\r" * chance.randrange(3) + chance.choice(["\x1b[201~", ""]),
        lambda: chr(chance.randrange(0x80, 0x3000)),
        lambda: chance.choice("1234567890\r\x1b"),
    )
    for _ in range(number):
        yield chance.choice(kinds)()


def withstands(folder: Path, pieces: int) -> None:
    """Noise, in bursts; then a visit can still be begun, and nothing of a traceback was ever shown."""
    with kiosk(folder, "--idle", "1", "--warning", "1") as terminal:
        terminal.wait_for(FIRST_PAGE)
        burst: list[str] = []
        for piece in noise(seed=pieces, number=pieces):
            burst.append(piece)
            if len(burst) == 50:
                terminal.press("".join(burst).encode("utf-8", "surrogatepass"))
                terminal._read(0.02)  # what it draws meanwhile is not waited for
                burst = []
        terminal.wait_for(FIRST_PAGE)
        # An unfinished paste may swallow the first key, for two seconds at most.
        terminal.insist("1", "Call 911")
        assert b"Traceback" not in terminal.written
        assert b"Press ENTER" not in terminal.written
        terminal.wait_for(FIRST_PAGE)
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.exit_code == 143
        assert terminal.is_as_found


def test_noise_neither_leaves_nor_freezes_it(tmp_path: Path) -> None:
    """Two thousand pieces of it."""
    withstands(tmp_path, 2_000)


@pytest.mark.soak
def test_much_noise_neither_leaves_nor_freezes_it(tmp_path: Path) -> None:
    """Two hundred thousand."""
    withstands(tmp_path, 200_000)


@pytest.mark.parametrize("code", ["", "abc", "with space", "ñandú1", "x" * 33])
def test_a_code_that_cannot_be_typed_is_refused(code: str, tmp_path: Path) -> None:
    """Said at the start, before any patient sits down. An empty one is not asked for: they would answer."""
    with Terminal("kiosk", folder=tmp_path, environment={"FIBROCHECK_STAFF_CODE": code}) as terminal:
        assert terminal.exit_code == 2
        assert "4 to 32 letters a to z and digits" in terminal.words


def test_a_code_that_is_asked_for_is_typed_twice(tmp_path: Path) -> None:
    """Two that differ are refused."""
    with Terminal("kiosk", folder=tmp_path) as terminal:
        terminal.wait_for("Staff code")
        terminal.press("abcd1\r")
        terminal.wait_for("again")
        terminal.press("abcd2\r")
        assert terminal.exit_code == 2
        assert "differ" in terminal.words


def test_the_code_is_not_in_what_linux_shows_of_a_process(tmp_path: Path) -> None:
    """Neither the supervisor nor a visit has it in its environment as it was at the start."""
    with kiosk(tmp_path) as terminal:
        terminal.wait_for(FIRST_PAGE)
        for pid in (terminal.pid, *children(terminal.pid)):
            environment = Path(f"/proc/{pid}/environ")
            if os.geteuid() == 0:
                assert CODE.encode() not in environment.read_bytes()
            else:
                with pytest.raises(PermissionError):
                    environment.read_bytes()
        assert leave(terminal) == 0


@pytest.mark.parametrize(
    ("option", "seconds"),
    [*(("--idle", each) for each in ("0", "-5", "nan", "inf", "1e9", "3601", "soon")), ("--warning", "nan")],
)
def test_times_that_would_keep_answers_are_refused(option: str, seconds: str, tmp_path: Path) -> None:
    """From a second to an hour, in whole seconds."""
    with kiosk(tmp_path, option, seconds) as terminal:
        assert terminal.exit_code == 2
        assert option in terminal.words
        assert "Write whole seconds from 1 to 3600, such as 180." in one_line(terminal.words.replace("│", ""))


def test_a_kiosk_needs_a_terminal(tmp_path: Path) -> None:
    """Behind a pipe there is nobody to serve."""
    import subprocess
    import sys

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
