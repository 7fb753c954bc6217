"""What someone wished to keep is kept, however the visit ends; or the failure is said and is no exit 0."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fibrocheck.content.model import Content
from tests.fixture import questionnaire
from tests.program.conftest import Start
from tests.program.terminal import PATIENCE, PROGRAM, piped, surroundings
from tests.program.visits import FINISH, READ_ON, TO_CHECK, TO_THE_LIST, skip_to_next_step, start_asking

if sys.platform == "win32":
    pytest.skip("needs POSIX signals and permissions", allow_module_level=True)

SAVE, NO_ONE = "2\n", "3\n"
"""The ways to take the list along, without a printer and before anything is taken."""
FINISH_WITHOUT = "1\n" * 2
"""Lines that finish after the list was given to no one."""
PLAIN = ("--plain", "--language", "en")
AS_ROOT = os.geteuid() == 0


def answers_in(file: Path) -> int:
    """Return how many questions a record has answers to."""
    groups = json.loads(file.read_bytes())["item"]
    return sum(len(group["item"]) for group in groups)


@pytest.mark.parametrize(
    "after", ["", "\n", READ_ON, READ_ON + SAVE, READ_ON + NO_ONE, f"{READ_ON}{NO_ONE}1\n"], ids=repr
)
@pytest.mark.parametrize("leave", ["", "q\n"], ids=["end of input", "q"])
def test_a_file_of_save_stays_when_the_person_leaves_after_the_check_page(
    leave: str, after: str, tmp_path: Path, content: Content
) -> None:
    """On any page: exit 130, and the last line says where it is."""
    done = piped(*PROGRAM, *PLAIN, "--save", "v.json", home=tmp_path, typed=f"{TO_CHECK}1\n{after}{leave}")
    assert (done.returncode, done.stderr) == (130, "")
    assert answers_in(tmp_path / "v.json") == len(content.items) + len(content.follow_ups)
    assert done.stdout.splitlines()[-1] == "Saved as v.json"
    assert content.words.erased["en"] not in done.stdout


@pytest.mark.parametrize("before", [0, 1, 10, len(TO_CHECK)])
def test_before_the_answers_are_confirmed_nothing_is_kept(
    before: int, tmp_path: Path, content: Content
) -> None:
    """And that is said."""
    done = piped(*PROGRAM, *PLAIN, "--save", "v.json", home=tmp_path, typed=TO_CHECK[:before])
    assert (done.returncode, done.stderr) == (130, "")
    assert done.stdout.splitlines()[-1] == content.words.left_early["en"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("end", ["ctrl-c", "sigterm", "closed window", "kill"])
def test_a_file_of_save_stays_however_the_visit_ends(end: str, start: Start, content: Content) -> None:
    """On the full screen, after the answers were confirmed."""
    terminal = start("--language", "en", "--save", "v.json", leads=end == "closed window")
    start_asking(terminal, content)
    skip_to_next_step(terminal, content)
    {
        "ctrl-c": terminal.leave,
        "sigterm": lambda: os.kill(terminal.pid, signal.SIGTERM),
        "kill": lambda: os.kill(terminal.pid, signal.SIGKILL),
        "closed window": terminal.close,
    }[end]()
    code = {"ctrl-c": 130, "sigterm": 143, "closed window": 129, "kill": -9}[end]
    assert terminal.exit_code == code
    assert "QuestionnaireResponse" in (terminal.home / "v.json").read_text(encoding="utf-8")
    assert end != "ctrl-c" or terminal.ordinary_text == "Saved as v.json"


def test_a_finished_visit_leaves_one_line_that_says_where_its_copy_is(start: Start, content: Content) -> None:
    """On the full screen."""
    terminal = start("--language", "en", "--save", "v.json")
    start_asking(terminal, content)
    skip_to_next_step(terminal, content)
    while terminal.is_full_screen:
        terminal.turn("1")
    assert terminal.exit_code == 0
    assert terminal.ordinary_text == f"{content.words.goodbye['en']} Saved as v.json"


def test_an_answer_that_is_changed_later_changes_the_file(tmp_path: Path) -> None:
    """Back from the next step to the check page, where it is confirmed again."""
    change = "b\n3\n3\n"  # the second question: No
    lines = f"{TO_CHECK}1\n{change}1\nq\n"
    assert piped(*PROGRAM, *PLAIN, "--save", "a.json", home=tmp_path, typed=lines).returncode == 130
    assert '"no"' in (tmp_path / "a.json").read_text(encoding="utf-8")


def test_all_files_and_copies_of_a_visit_are_one_record(tmp_path: Path) -> None:
    """Two of --save, one from the page."""
    options = ["--save", "a.json", "--save", "b.json"]
    done = piped(*PROGRAM, *PLAIN, *options, home=tmp_path, typed=f"{TO_THE_LIST}{SAVE}3\n1\n{FINISH}")
    assert (done.returncode, done.stderr) == (0, "")
    assert len({file.read_bytes() for file in tmp_path.glob("*.json")}) == 1
    assert len([*tmp_path.glob("*.json")]) == 3


FAILS = {
    "taken": "(: > v.json)",
    "a folder": "mkdir v.json",
    "a link": "ln -s nowhere v.json",
    "folder gone": "cd ..; rm -r visit",
}
"""What can happen between the start of a visit and its check page, as a line of a shell."""


@pytest.mark.parametrize("happens", FAILS)
@pytest.mark.parametrize("rest", [READ_ON + NO_ONE + FINISH_WITHOUT, "", "q\n"], ids=["finished", "end", "q"])
def test_a_file_that_could_not_be_written_is_never_exit_0(happens: str, rest: str, tmp_path: Path) -> None:
    """The person is told, stderr says why in a line, and what is there stays."""
    folder = tmp_path / "visit"
    folder.mkdir()
    lines = f"{TO_CHECK}1\n{rest}".encode()
    with subprocess.Popen(
        (*PROGRAM, *PLAIN, "--save", folder / "v.json"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=surroundings(tmp_path),
    ) as visit:
        assert visit.stdout
        visit.stdout.read(1)  # the first page: the file was checked
        subprocess.run(["sh", "-c", FAILS[happens]], check=True, cwd=folder)
        written, complaint = visit.communicate(lines, PATIENCE)
    assert visit.returncode == (1 if NO_ONE in rest else 130)
    assert questionnaire().words.not_saved["en"] in " ".join(written.decode().split())
    (line,) = complaint.decode().splitlines()
    assert "v.json: not saved, " in line
    assert b"Traceback" not in written


@pytest.mark.parametrize(
    ("made", "message"),
    [
        ("", "the folder does not exist"),
        ("mkdir sub; : > sub/v.json", "the file already exists"),
        ("ln -s sub sub", "form a loop"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_before_the_first_page(
    made: str, message: str, tmp_path: Path
) -> None:
    """Exit 1; nothing is asked."""
    subprocess.run(["sh", "-c", made], check=True, cwd=tmp_path)
    done = piped(*PROGRAM, *PLAIN, "--save", "a.html", "--save", "sub/v.json", home=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert message in done.stderr
    assert not (tmp_path / "a.html").exists()


def test_the_early_try_is_a_real_write(tmp_path: Path) -> None:
    """A disk that is full, or a folder that only looks writable, is found before the person answers."""
    if not AS_ROOT:
        pytest.skip("only root can mount a file system")
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", disk], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("cannot mount a file system here")
    try:
        done = piped(*PROGRAM, *PLAIN, "--save", f"{disk}/v.json", home=tmp_path)
        assert (done.returncode, done.stdout) == (1, "")
        assert "the disk is full" in done.stderr
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("place", ["no folder", "no home", "home of a file"])
def test_no_look_for_places_ends_a_visit(place: str, tmp_path: Path) -> None:
    """A place that cannot be used is left out; without any, staff learn what to do."""
    (tmp_path / "gone").mkdir()
    (tmp_path / "file").touch()
    home = {"no folder": "", "no home": "", "home of a file": str(tmp_path / "file")}[place]
    leave = "cd gone; rmdir ../gone;" if place == "no folder" else ""
    unset = "unset HOME;" if place != "home of a file" else ""
    program = (
        "import pwd; pwd.getpwuid = lambda _: {}['no entry'];"
        "from fibrocheck.__main__ import main; import sys; sys.argv[0] = 'fibrocheck'; main()"
    )
    line = f'{leave} {unset} {sys.executable} -c "{program}" {" ".join(PLAIN)}'
    then = NO_ONE + FINISH_WITHOUT if place == "no folder" else f"1\n{FINISH}"
    done = piped(*("sh", "-c", line), home=tmp_path, typed=f"{TO_THE_LIST}{SAVE}3\n{then}", HOME=home)
    saved = list(tmp_path.glob("fibrocheck-*.json"))
    assert "Traceback" not in done.stderr
    if place == "no folder":
        assert (done.returncode, saved) == (1, [])
        assert "There is no folder here" in done.stderr
    else:
        assert (done.returncode, done.stderr) == (0, "")
        assert len(saved) == 1


@pytest.mark.parametrize(
    ("then", "code"),
    [
        (f"4\n{FINISH_WITHOUT}", 1),  # no one
        (f"2\n2\n1\n{FINISH}", 0),  # a copy
        ("1\n1\n1\n1\n", 0),  # the code
        (f"3\n1\n4\n{FINISH_WITHOUT}", 1),  # another try, which is now the last road
        ("", 130),
    ],
)
def test_a_page_that_was_not_printed_counts_unless_a_copy_was_taken(
    then: str, code: int, tmp_path: Path
) -> None:
    """The reason is on stderr too. The road that failed is offered after the others."""
    (tmp_path / "lp").write_text("#!/bin/sh\necho lp: off >&2; exit 1\n")
    (tmp_path / "lp").chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    options = ("--printer", "desk")
    done = piped(*PROGRAM, *PLAIN, *options, home=tmp_path, typed=f"{TO_THE_LIST}1\n1\n{then}", PATH=path)
    assert done.returncode == code
    assert ("not printed, lp: off" in done.stderr) is (code != 0)


def test_prints_end_with_the_front_desk(tmp_path: Path, content: Content) -> None:
    """Two pages of the same answers."""
    (tmp_path / "lp").write_text("#!/bin/sh\ncat >/dev/null; echo >>printed\n")
    (tmp_path / "lp").chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    normal_print, came_out = "1\n", "1\n"
    first, again = f"1\n{normal_print}{came_out}", f"2\n{normal_print}{came_out}"
    lines = TO_THE_LIST + first + again + "2\n" * 18 + FINISH
    done = piped(*PROGRAM, *PLAIN, "--printer", "desk", home=tmp_path, typed=lines, PATH=path)
    assert (done.returncode, done.stderr) == (0, "")
    assert len((tmp_path / "printed").read_text().splitlines()) == 2
    said = " ".join(done.stdout.split())
    assert said.count(content.words.printed_enough["en"]) == 18


@pytest.mark.parametrize("saved", [False, True])
def test_an_error_of_the_program_says_what_was_saved(saved: bool, tmp_path: Path) -> None:
    """Nothing, or the file; and no answer."""
    program = (
        "import fibrocheck.visit.flow as flow; flow.End.run = None;"
        "from fibrocheck.__main__ import main; main()"
    )
    options = ["--save", "v.json"] if saved else []
    done = piped(sys.executable, "-c", program, *PLAIN, *options, home=tmp_path, typed=f"{TO_CHECK}1\n")
    assert done.returncode == 1
    assert done.stderr.startswith("fibrocheck: internal error (TypeError at flow.py:")
    assert ("Saved as v.json." in done.stderr) is saved
    assert ("Nothing was saved." in done.stderr) is not saved
