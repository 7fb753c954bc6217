"""Options that are read without the command-line library mean what they mean to it."""

import os
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given

from fibrocheck import cli
from fibrocheck.errors import StaffError
from fibrocheck.visit_options import VisitOptions, read_plainly, start_visit
from tests.command_lines import alike, by_library, command_lines, environments
from tests.fresh_python import printed_by

TEXTS = ("--language", "--reference", "--printer", "--ways", "--save", "--records", "--questions")
FLAGS = ("--plain", "--large", "--speak", "--no-speech", "--force", "--large-print", "--show")
VALUES = ("en", "A-17", "x.html", "./a//b.html", "-", "--plain", "", "a b", "=", "desk,print", "q/", "ñ")
OTHERS = ("-h", "--help", "--version", "--", "--lang", "kiosk", "--save=", "--plain=1")


def by_typer(arguments: Sequence[str]) -> VisitOptions | None:
    """Return the options of the visit that the command-line library starts; `None` if it starts none."""
    options: VisitOptions | None = by_library(cli, "start_visit", *arguments)
    return options


@given(command_lines(TEXTS, FLAGS, VALUES, OTHERS), environments())
def test_what_is_read_plainly_is_what_the_library_reads(
    arguments: list[str], environment: dict[str, str]
) -> None:
    """Or it is left to the library."""
    read = read_plainly(arguments, environment)
    if read is not None:
        with patch.dict(os.environ, environment):
            assert alike(read) == alike(by_typer(arguments))


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--language", "es"],
        ["--reference", "A-17", "--save", "x.html", "--save=y.txt", "--force"],
        ["--records", "lists", "--printer", "desk", "--ways", "desk,print", "--large-print"],
        ["--questions=q.yaml", "--plain", "--show", "--large"],
    ],
)
def test_usual_options_are_read_plainly(arguments: list[str]) -> None:
    """Each option once at least, so that the property above is not empty."""
    read = read_plainly(arguments, {})
    assert read is not None
    assert alike(read) == alike(by_typer(arguments))


@pytest.mark.parametrize(
    "arguments",
    [
        *(["--language"], ["--language", "--plain"], ["--language", ""], ["--language", "en"] * 2),
        *(["kiosk"], ["-h"], ["--help"], ["--version"], ["--"], ["--lang", "en"], ["--plain=1"], [""]),
        *(["--printer", "-x"], ["--printer", "a\nb"], ["--save", "-"], ["--plain", "--plain"]),
    ],
)
def test_anything_else_is_left_to_the_library(arguments: list[str]) -> None:
    """Its messages are the only ones about a command line."""
    assert read_plainly(arguments, {}) is None


def test_the_options_of_a_visit_are_all_known() -> None:
    """A new one has a field, and stands in a table of how it is written."""
    names = {f"--{name.replace('_', '-')}" for name in VisitOptions._fields}
    assert names == {*TEXTS, *FLAGS}


def test_a_path_is_shown_as_one() -> None:
    """So that a message about the file names it as before."""
    read = read_plainly(["--questions", "./a//b.yaml"], {})
    assert read is not None
    assert str(read.questions) == str(Path("./a//b.yaml")) == "a/b.yaml"


def test_a_path_needs_no_addresses_and_can_still_be_one() -> None:
    """`pathlib` imports what takes as long as itself, for one of its methods."""
    program = (
        "import sys; from fibrocheck.visit_options import read_plainly\n"
        "(path,) = read_plainly(['--save', '/a b.html'], {}).save\n"
        "print('ipaddress' in sys.modules, path.as_uri())"
    )
    assert printed_by(program).split() == ["False", "file:///a%20b.html"]


def test_a_pdf_that_cannot_be_made_is_told_before_the_visit(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As a name without a suffix is: a patient would have answered for nothing."""
    visits: list[object] = []
    monkeypatch.setattr("fibrocheck.visit_options.one_visit", lambda **options: visits.append(options))
    options = VisitOptions(save=(tmp_path / "a.json", tmp_path / "a.PDF"))
    start_visit(options)
    assert len(visits) == 1
    monkeypatch.setattr("fibrocheck.pages.pdf.can_make_pdf", lambda: False)
    start_visit(options._replace(save=options.save[:1]))
    with pytest.raises(StaffError, match="A PDF cannot be made here"):
        start_visit(options)
    assert len(visits) == 2
