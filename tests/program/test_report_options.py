"""The options of `report` that are read without the command-line library mean what they mean to it."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given

from fibrocheck import cli
from fibrocheck.content.loader import load
from fibrocheck.copies.formats import IDENTIFYING, REPORT_NAMES
from fibrocheck.records.elements import to_json
from fibrocheck.records.record import Record
from fibrocheck.records.response import write_response
from fibrocheck.report_options import ReportOptions, read_plainly
from tests.command_lines import alike, by_library, command_lines, environments
from tests.records.samples import AUTHORED, IDENTIFIER

TEXTS = ("--format", "--output", "--identify", "--language", "--questions")
FLAGS = ("--force", "--large-print")
VALUES = (
    *(*REPORT_NAMES, *IDENTIFYING, "time,number", "time,", ","),
    *("en", "x.csv", "./a//b.yaml", "-", "", "a b"),
)
OTHERS = ("-h", "--help", "--", "--form", "--records", "--sources", "--force=1", "txt")


def by_typer(arguments: Sequence[str]) -> ReportOptions | None:
    """Return the options of the report that the command-line library makes; `None` if it makes none."""
    options: ReportOptions | None = by_library(cli, "show_report", "report", *arguments)
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
        ["visit.json"],
        ["--format", "csv", "lists", "--identify", "time,number", "a=b.json", "--output", "x.csv", "--force"],
        ["--format=html", "--language=es", "--large-print", "--questions", "q.yaml", "visit.json"],
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
        *(
            ["--format"],
            ["--format", "xml"],
            ["--format", ""],
            ["--format", "csv"] * 2,
            ["--identify", "name"],
        ),
        *(["--identify", "time,"], ["-"], ["--", "visit.json"], ["-h"], ["--help"], ["--form", "csv"], [""]),
        *(["--force", "--force"], ["--force=1"], ["--sources", "visit.json"], ["--output", "-x"]),
    ],
)
def test_anything_else_is_left_to_the_library(arguments: list[str]) -> None:
    """Its messages are the only ones about a command line."""
    assert read_plainly(arguments, {}) is None


def test_the_options_of_a_report_are_all_known() -> None:
    """A new one has a field, and stands in a table of how it is written."""
    names = {f"--{name.replace('_', '-')}" for name in ReportOptions._fields}
    assert names == {*TEXTS, *FLAGS, "--sources"}


def test_a_table_needs_few_modules(tmp_path: Path) -> None:
    """No library for the command line, and nothing that asks; about 130 modules in all, of 400 before."""
    record = to_json(write_response(Record({}, "en", AUTHORED, IDENTIFIER), load()))
    for name in ("1.json", "2.json"):
        (tmp_path / name).write_text(record, encoding="utf-8")
    command = (sys.executable, "-X", "importtime", "-m", "fibrocheck", "report", "--format", "csv", ".")
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert len(done.stdout.splitlines()) == len(("header", "1", "2"))
    names = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if "import time:" in line}
    unused = ("typer", "click", "rich", "yaml", "pathlib", "hashlib", "fibrocheck.asking")
    assert not [name for name in names if name.startswith(unused)]
    assert len(names) < 140 + 10 * (sys.version_info >= (3, 15))  # Python itself has more there
