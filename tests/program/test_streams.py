"""Input and output that are closed, full, cut short, not blocking, or left by their reader."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fibrocheck.content.model import Content
from fibrocheck.copies.copier import Copier
from fibrocheck.copies.formats import JSON
from tests.fixture import questionnaire
from tests.program.terminal import PATIENCE, PROGRAM, piped, surroundings
from tests.program.visits import FINISH, TO_THE_LIST

if sys.platform == "win32":
    pytest.skip("needs a shell and /dev/full", allow_module_level=True)

ONES = "1\n" * 60
FULL = "no space left on the disk"
WRITERS = ["--help", "--version", "learn", "report v.json", "content schema", "content fhir", "--plain"]
"""Commands that write to standard output, of every kind."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a folder with a record in it."""
    record = JSON.render(Copier(questionnaire()).copy({"sleep": "no"}, "en"))
    assert isinstance(record, str)
    (tmp_path / "v.json").write_text(record, encoding="utf-8")
    return tmp_path


def shell(line: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which $F is the program."""
    return piped("bash", "-c", line, home=home, typed=ONES, F=" ".join(PROGRAM), **environment)


CLOSED = [">&-", "2>&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-", "0>/dev/null", "1</dev/null", "2</dev/null"]


@pytest.mark.parametrize(
    ("closed", "command"),
    [
        # In each run, a visit in every way, and every way with half of the others.
        pytest.param(
            closed, command, marks=[pytest.mark.soak] * ((way + number) % 2 and command != "--plain")
        )
        for way, closed in enumerate(CLOSED)
        for number, command in enumerate(WRITERS)
    ],
)
def test_a_closed_stream_is_no_error(command: str, closed: str, home: Path) -> None:
    """Nor one that is open in the wrong direction. What was done, was done; without input a visit ends."""
    done = shell(f"$F {command} {closed}", home)
    ends_early = command == "--plain" and ("<&-" in closed or "0>" in closed)
    assert (done.returncode, done.stderr) == (130 if ends_early else 0, "")


@pytest.mark.parametrize("closed", ["", ">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_what_is_wrong_is_the_same_with_closed_streams(closed: str, home: Path) -> None:
    """Nothing is written into a file that was opened instead of the closed stream."""
    before = (home / "v.json").read_bytes()
    assert shell(f"$F report nothing.json {closed}", home).returncode == 1
    assert shell(f"$F --diagnose {closed}", home).returncode == 2
    assert shell(f"$F report v.json --output new.html {closed}", home).returncode == 0
    assert (home / "new.html").read_text(encoding="utf-8").startswith("<!")
    assert (home / "v.json").read_bytes() == before


def test_a_visit_saves_its_copy_with_every_stream_but_input_closed(home: Path) -> None:
    """The copy is complete."""
    assert shell("$F --plain --save w.json >&- 2>&-", home).returncode == 0
    assert (home / "w.json").read_bytes().endswith(b"}\n")


@pytest.mark.parametrize("command", WRITERS)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_named(command: str, unbuffered: str, home: Path) -> None:
    """Exit 1, in one line."""
    done = shell(f"$F {command} >/dev/full", home, PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 1
    assert FULL in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_output_that_is_cut_short_is_never_a_success(unbuffered: str, home: Path) -> None:
    """A limit on the size of files, as `ulimit -f` sets it."""
    line = "$F report v.json | wc -c; (ulimit -f 1; $F report v.json 2>&3 >out) 3>&2; echo $?"
    done = shell(line, home, PYTHONUNBUFFERED=unbuffered)
    whole, code = map(int, done.stdout.split())
    assert (home / "out").stat().st_size < whole
    assert code == 1
    assert FULL in done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_pipe_that_does_not_block_gets_everything(unbuffered: str, home: Path) -> None:
    """However slowly it is read."""
    expected = piped(*PROGRAM, "content", "schema", home=home).stdout
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with subprocess.Popen(
        (*PROGRAM, "content", "schema"),
        stdout=writing,
        cwd=home,
        env=surroundings(home, PYTHONUNBUFFERED=unbuffered),
    ) as program:
        os.close(writing)
        with os.fdopen(reading, "rb", buffering=0) as pipe:
            got = b"".join(iter(lambda: pipe.read(1000), b""))
        assert program.wait(PATIENCE) == 0
    assert got.decode() == expected


@pytest.mark.parametrize("command", WRITERS)
def test_a_reader_that_has_gone_causes_no_message(command: str, home: Path) -> None:
    """Nor a traceback. Nothing was left to do: the exit code is that of a person who left."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        (*PROGRAM, *command.split()),
        input=ONES.encode(),
        stdout=writing,
        stderr=subprocess.PIPE,
        cwd=home,
        env=surroundings(home),
        timeout=PATIENCE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (130, b"")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--save", "{}.doc"],
        ["--save", "{}/x.json"],
        ["report", "{}"],
        ["report", "v.json", "--output", "{}/x.txt"],
        ["report", "v.json", "--format", "json", "--output", "{}"],
        ["--questions", "{}"],
        ["learn", "{}"],
        ["content", "check", "{}"],
        ["--language", "{}"],
        ["--printer", "{}"],
        ["--reference", "{}"],
        ["{}"],
        ["--{}"],
        ["report", "v.json", "--format", "{}"],
        ["kiosk", "--idle", "{}"],
    ],
    ids=" ".join,
)
def test_nothing_from_outside_can_control_the_terminal(arguments: list[str], home: Path) -> None:
    """Escapes, 8-bit controls, a line break, bytes that are no text: none is written raw."""
    odd = os.fsdecode(b"b\x1b[31m\xc2\x9b4h\r\n\x07\xff\xe2\x80\xae")
    done = piped(*PROGRAM, *(each.replace("{}", odd) for each in arguments), home=home, typed=ONES)
    assert done.returncode in {1, 2}
    assert done.stdout == ""
    assert all(line.isprintable() for line in done.stderr.splitlines())
    assert done.stderr


def test_the_name_of_a_copy_cannot_control_the_terminal(home: Path, content: Content) -> None:
    """It is shown when it was saved, on the page that offers places, and at the end."""
    odd = home / "b\x1b[31m\x9b4h"
    odd.mkdir()
    options = ["--plain", "--language", "en", "--save", f"{odd}/v.json"]
    done = piped(*PROGRAM, *options, home=odd, typed=f"{TO_THE_LIST}2\n3\n1\n{FINISH}")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list(odd.iterdir())) == 2
    assert all(line.isprintable() for line in done.stdout.split("\n"))
    assert done.stdout.replace("\n", "").count("b<U+001B>[31m<U+009B>4h") >= 3
    assert content.words.goodbye["en"] in done.stdout


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8", "cp1252"])
def test_a_name_that_the_output_cannot_encode_is_no_error(encoding: str, home: Path) -> None:
    """Saved, said, and read again."""
    line = "$F --plain --save b日ñ.json >out && $F report b日ñ.json >out && ! $F report 日.json 2>out"
    done = shell(line, home, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert (home / "b日ñ.json").exists()
