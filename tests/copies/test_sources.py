"""`report` shows a list from its code as it shows a saved record, and says what staff need to know."""

import json
import re
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from fibrocheck.content.model import Content
from fibrocheck.copies.code.codes import make_code
from fibrocheck.copies.code.identity import identifier_of
from fibrocheck.copies.code.spelling import grouped
from fibrocheck.copies.formats import REPORT_NAMES
from fibrocheck.copies.sources import CAN_BE_SEEN, OTHER_WORDING
from fibrocheck.records.elements import to_json
from fibrocheck.records.reading import read_saved
from fibrocheck.records.record import Record
from fibrocheck.records.response import write_response
from fibrocheck.records.times import local_now
from tests.copies.code.samples import everything
from tests.fixture import FIXTURE as FILE
from tests.fixture import questionnaire
from tests.program.terminal import PROGRAM, one_line, piped

CONTENT = questionnaire()
ANSWERS = everything(CONTENT)
TODAY = local_now().date()
CODE = make_code(CONTENT, ANSWERS, "es", TODAY, 1000)
RECORD = Record(ANSWERS, "es", TODAY, identifier_of(CODE))


def report(*arguments: str, folder: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run `report` between pipes; a PDF is not text."""
    return piped(*PROGRAM, "report", *arguments, home=folder, typed=typed, errors="surrogateescape")


def same_report(folder: Path, *options: str) -> str:
    """Return the report of a record, after checking that its code as an argument gives the same."""
    (folder / "v.json").write_text(to_json(write_response(RECORD, CONTENT)), encoding="utf-8")
    record = report("v.json", *options, folder=folder)
    assert (record.returncode, record.stderr) == (0, "")
    assert record.stdout
    argument = report(grouped(CODE), *options, folder=folder)
    assert (argument.returncode, argument.stdout) == (0, record.stdout)
    assert argument.stderr == f"{CAN_BE_SEEN}\n"
    return record.stdout


@pytest.mark.parametrize("form", REPORT_NAMES)
def test_a_code_and_its_record_give_the_same_report(form: str, tmp_path: Path) -> None:
    """In every format."""
    same_report(tmp_path, "--format", form)


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("language", [(), ("--language", "en")], ids=["its own", "another"])
def test_they_do_on_standard_input_and_in_another_language_too(
    form: str, language: tuple[str, ...], tmp_path: Path
) -> None:
    """A text and a record: the other formats are made of the same."""
    options = ("--format", form, *language)
    shown = same_report(tmp_path, *options)
    for typed in (f"{grouped(CODE).lower()}\n", (tmp_path / "v.json").read_text(encoding="utf-8")):
        read = report("-", *options, folder=tmp_path, typed=typed)
        assert (read.returncode, read.stdout, read.stderr) == (0, shown, "")


def test_the_record_of_a_code_has_its_answers_language_identifier_and_day(tmp_path: Path) -> None:
    """Saved, it can be read again."""
    assert report("-", "--output", "v.json", folder=tmp_path, typed=CODE).returncode == 0
    saved = read_saved((tmp_path / "v.json").read_bytes(), CONTENT)
    assert saved.record == RECORD
    assert type(saved.record.authored) is date
    assert not saved.is_other_version


def test_an_existing_file_comes_before_a_code(tmp_path: Path) -> None:
    """Whatever its name."""
    (tmp_path / CODE).write_text(to_json(write_response(RECORD._replace(language="en"), CONTENT)))
    shown = report(CODE, folder=tmp_path)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert CONTENT.words.told_us["en"] in shown.stdout


@pytest.mark.parametrize(
    ("source", "typed", "message"),
    [
        (
            "missing.json",
            "",
            "missing.json: no such file or directory. Name a saved record that can be read.",
        ),
        ("", "", ": no such file or directory. Name a saved record that can be read."),
        (
            "missing",
            "",
            "no file has this name, and the code has 7 characters, but those of this questionnaire",
        ),
        (CODE[:-1], "", "no file has this name, and the code has 19 characters"),
        (CODE[1] + CODE[0] + CODE[2:], "", "the code does not check out"),
        (make_code(CONTENT, {}, "en", TODAY + timedelta(9), 0), "", "the code was made on "),
        (
            make_code(CONTENT._replace(id="x"), {}, "en", TODAY, 0),
            "",
            "the code belongs to another questionnaire",
        ),
        ("-", "", "there is no code."),
        ("-", "\n", "there is no code."),
        ("-", "visit.json\n", "this is not a code, character 6 is"),
        ("-", CODE * 2, "the code has 40 characters"),
        ("-", "{", "standard input: the record is not JSON"),
        ("-", "[]", "this is not a code, character 1 is"),
        ("-", "2" * 1001, "the code has 1001 characters"),
        ("-", "{" * (1 << 22), "standard input: the record is"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(
    source: str, typed: str, message: str, tmp_path: Path
) -> None:
    """Exit 1, and nothing is shown; no part of a code is repeated."""
    assert CODE[0] != CODE[1]
    ended = report(source, folder=tmp_path, typed=typed)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(message)
    assert ended.stderr.count("\n") == 1
    assert CODE[2:] not in ended.stderr


def test_without_a_source_and_a_terminal_the_command_is_not_valid(tmp_path: Path) -> None:
    """A pipe that nobody named is not read."""
    ended = report(folder=tmp_path, typed=CODE)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("Missing argument: a saved record, a code, or - for standard input.")


def test_look_alikes_are_named(tmp_path: Path) -> None:
    """So that staff compare them."""
    wide = CODE[:3] + chr(ord(CODE[3]) + 0xFEE0) + CODE[4:]
    shown = report("-", folder=tmp_path, typed=wide)
    assert shown.returncode == 0
    assert f'"{wide[3]}" as {CODE[3]}.' in shown.stderr
    assert len(shown.stderr.splitlines()) == 1


@pytest.mark.parametrize("form", ["text", "html", "json"])
def test_other_wording_is_said(form: str, tmp_path: Path, content: Content) -> None:
    """On stderr, on the page in the person's language, and by a record that names no version."""
    words = FILE.read_text(encoding="utf-8")
    changed, count = re.subn(r"^version: .*$", "version: 2027.1.0", words, flags=re.MULTILINE)
    assert count == 1
    (tmp_path / "q.yaml").write_text(changed, encoding="utf-8")
    shown = report("-", "--questions", "q.yaml", "--format", form, folder=tmp_path, typed=CODE)
    assert (shown.returncode, shown.stderr) == (0, f"{OTHER_WORDING}\n")
    if form == "json":
        assert "|" not in json.loads(shown.stdout)["questionnaire"]
        assert read_saved(shown.stdout, content._replace(version="2027.1.0")).is_other_version
    else:
        assert one_line(content.words.other_version["es"]) in one_line(shown.stdout)
