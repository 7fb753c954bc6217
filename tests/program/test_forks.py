"""A start that is forked is as one that is not: most tests of the program rely on it."""

import os
import re
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fibrocheck.content.model import Content
from tests.program.forked import can_fork
from tests.program.terminal import CTRL_C, PROGRAM, Terminal, piped, piped_anew
from tests.program.visits import start_asking

if sys.platform != "linux":
    pytest.skip("only Linux has /proc", allow_module_level=True)

MASKS = re.compile(r"^(?:Umask|Threads|Sig(?:Pnd|Blk|Ign|Cgt)|Shd\w+|NoNewPrivs|Seccomp):.*", re.MULTILINE)
"""Not SigQ: the signals that wait for all processes of the user."""
LINES = "1\n" * 60


@pytest.fixture
def own_limits() -> Iterator[None]:
    """Other limits than usual, which a start inherits."""
    umask, files = os.umask(0o026), resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files[0] - 1, files[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, files)
    os.umask(umask)


def state(terminal: Terminal) -> dict[str, object]:
    """Return all that the system says of a process and that a start decides."""
    found = Path(f"/proc/{terminal.pid}")
    parent, group, session, tty, foreground = map(
        int, (found / "stat").read_text().rpartition(")")[2].split()[1:6]
    )
    can_look = os.access(found / "fd", os.R_OK)  # not at a process that protects its memory, but for root
    return {
        "signals": MASKS.findall((found / "status").read_text()),
        "limits": (found / "limits").read_text(),
        "open": sorted(found_in(found / "fd")) if can_look else None,
        "folder": os.readlink(found / "cwd") == str(terminal.home) if can_look else None,
        "leads": (group == terminal.pid, session == terminal.pid, group == session),
        "foreground": foreground == group and tty != 0,
        "parent": parent in {session, os.getpid()} or session == terminal.pid,
    }


def found_in(folder: Path) -> Iterator[tuple[int, str]]:
    """Yield each open descriptor with its kind."""
    for each in folder.iterdir():
        yield int(each.name), re.sub(r"\d+|/.*/", "", os.readlink(each))


@pytest.mark.usefixtures("own_limits")
@pytest.mark.parametrize("leads", [False, True])
@pytest.mark.parametrize("arguments", [("--language", "en"), ("kiosk", "--language", "en")], ids=" ".join)
def test_a_forked_program_is_as_one_that_was_started(
    arguments: tuple[str, ...], leads: bool, tmp_path: Path, content: Content
) -> None:
    """Signals, limits, descriptors, folder, session, terminal; and its end by a signal."""
    states, ends = [], []
    for anew in (False, True):
        folder = tmp_path / str(anew)
        folder.mkdir()
        code = {"FIBROCHECK_STAFF_CODE": "front1"}
        with Terminal(*arguments, folder=folder, environment=code, leads=leads, anew=anew) as terminal:
            start_asking(terminal, content)
            states.append(state(terminal))
            if not leads:
                os.kill(terminal.pid, signal.SIGTERM)
                ends.append((terminal.exit_code, terminal.ordinary_text, terminal.is_as_found))
    assert states[0] == states[1]
    assert leads or ends[0] == ends[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        ("--help",),
        ("--plain", "--language", "es", "--save", "v.json"),
        ("report", "nothing.json"),
        ("--nonsense\udcff",),
        ("kiosk",),
    ],
    ids=ascii,
)
def test_a_forked_command_says_and_does_the_same(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """The same output, messages, exit code and files; only the code of a list is new each time."""
    done = []
    for anew in (False, True):
        home = tmp_path / str(anew)
        home.mkdir()
        run = piped_anew if anew else piped
        done.append((run(*PROGRAM, *arguments, home=home, typed=LINES), os.listdir(home)))
    (forked, files), (started, same_files) = done
    assert (forked.returncode, forked.stderr, files) == (started.returncode, started.stderr, same_files)
    assert without_codes(forked.stdout) == without_codes(started.stdout)


def without_codes(text: str) -> str:
    """Return a text without the codes of lists and their pictures."""
    return re.sub(r"[█▀▄ ]*[█▀▄][█▀▄ ]*|\b\w{5}(?:-\w{1,5})+\b", "", text)


def test_ctrl_c_reaches_only_the_forked_program(tmp_path: Path, content: Content) -> None:
    """What forks it goes on."""
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        with Terminal("--plain", "--language", "en", folder=folder) as terminal:
            terminal.wait_for(content.words.plain_go_on["en"])
            terminal.press(CTRL_C)
            assert terminal.exit_code == 130


@pytest.mark.parametrize("name", ["LC_ALL", "LANG", "PYTHONUTF8", "PYTHONPATH", "HELD_BY", "SPOILED_BY"])
def test_what_python_reads_at_its_start_is_never_forked(name: str) -> None:
    """Nor what the tests put into it."""
    assert not can_fork({name: "1"})
    assert can_fork({"TERM": "xterm", "FIBROCHECK_RECORDS": "lists"})
