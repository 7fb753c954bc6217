"""Many records in one run of `report`: a folder, a table, and what cannot be shown."""

import csv
import errno
import io
import json
import os
from pathlib import Path

import pytest

from fibrocheck.copies.batch import is_batch, number_of, records_in
from fibrocheck.copies.code.spelling import grouped
from fibrocheck.copies.copier import Copier
from fibrocheck.copies.formats import IDENTIFYING, JSON
from fibrocheck.errors import StaffError
from fibrocheck.questions import Answers
from fibrocheck.records.csv_table import OPTIONAL_COLUMNS
from tests.fixture import questionnaire
from tests.pages.visits import ALL, FEW, NONE
from tests.program.terminal import PROGRAM, piped

CONTENT = questionnaire()
VISITS: dict[str, tuple[Answers, str]] = {"131": (NONE, "en"), "273": (FEW, "es"), "314": (ALL, "en")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a day of three lists, and a file that is no record."""
    day = tmp_path / "records" / "2026-11-25"
    day.mkdir(parents=True)
    for number, (answers, language) in VISITS.items():
        copy = Copier(CONTENT, reference=f"A-{number}").copy(answers, language)
        (day / f"{number}.json").write_text(str(JSON.render(copy)), encoding="utf-8")
    (day / "notes.txt").write_text("not a record")
    hidden = day / ".old"
    hidden.mkdir()
    (hidden / "1.json").write_text("{}")
    return tmp_path


def report(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Return the exit code and what was written to both streams."""
    done = piped(*PROGRAM, "report", *arguments, home=folder)
    return done.returncode, done.stdout, done.stderr


def test_a_folder_becomes_one_table_with_a_line_for_each_record(folder: Path) -> None:
    """Codes, no totals, and nothing that tells who it was."""
    code, table, errors = report(folder, "records", "--format", "csv")
    assert (code, errors) == (0, "")
    head, *rows = csv.reader(io.StringIO(table))
    assert head[:5] == ["date", "language", "status", "source", "device"]
    assert head[5:] == [question.id for question in CONTENT.questions]
    assert [row[1] for row in rows] == ["en", "es", "en"]
    assert [row[head.index("fatigue")] for row in rows] == ["", "most-days", "most-days"]
    assert rows[2][head.index("pain-areas")].split(" ") == list(ALL["pain-areas"])
    assert not any(private in table for private in ("A-273", "273", ":"))


def test_what_tells_who_it_was_is_in_the_table_only_if_asked_for(folder: Path) -> None:
    """Number, appointment and time, by name; an unknown name is wrong usage."""
    _, table, _ = report(folder, "records", "--format", "csv", "--identify", "number,appointment,time")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["number"] for row in rows] == list(VISITS)
    assert [row["appointment"] for row in rows] == [f"A-{number}" for number in VISITS]
    assert all(":" in row["time"] for row in rows)
    assert report(folder, "records", "--format", "csv", "--identify", "name")[0] == 2
    assert report(folder, "records", "--identify", "number")[0] == 2


def test_a_bad_record_is_named_and_the_others_are_shown(folder: Path) -> None:
    """Exit 1 at the end."""
    (folder / "records" / "2026-11-25" / "200.json").write_text("{")
    code, table, errors = report(folder, "records", "missing.json", "--format", "csv")
    assert code == 1
    assert len(table.splitlines()) == 1 + len(VISITS)
    assert [line.split(": ")[0] for line in errors.splitlines()] == [
        os.path.join("records", "2026-11-25", "200.json"),
        "missing.json",
    ]


def test_a_list_of_another_patient_is_left_out_of_a_folder(folder: Path) -> None:
    """In one line, and that is no failure; it is one if the list itself is asked for."""
    wrong = "records/2026-11-25/273.json"
    made = json.loads((folder / wrong).read_text(encoding="utf-8")) | {"status": "entered-in-error"}
    (folder / wrong).write_text(json.dumps(made), encoding="utf-8")
    code, table, errors = report(folder, "records", "--format", "csv")
    assert (code, len(table.splitlines())) == (0, 1 + len(VISITS) - 1)
    (line,) = errors.splitlines()
    assert line.startswith(f"Left out: {wrong}: staff marked this list as another patient's.")
    code, _, errors = report(folder, wrong)
    assert (code, "Left out" in errors, "another patient's" in errors) == (1, False, True)
    assert report(folder, "records", wrong, "--format", "csv")[0] == 1


def test_chart_notes_follow_one_another_each_under_its_file(folder: Path) -> None:
    """In the clinic's language, whatever the patient read."""
    code, notes, _ = report(folder, "records", "--format", "chart")
    assert code == 0
    assert [line for line in notes.splitlines() if line.startswith("# ")] == [
        f"# {os.path.join('records', '2026-11-25', number)}.json" for number in VISITS
    ]
    assert notes.count(CONTENT.words.list_title["en"]) == len(VISITS)


@pytest.mark.parametrize("form", ["html", "pdf", "json"])
def test_documents_that_cannot_follow_one_another_go_into_a_folder(folder: Path, form: str) -> None:
    """Named after the records; never over a file that is there. Without a folder it is wrong usage."""
    assert report(folder, "records", "--format", form)[0] == 2
    (folder / "out").mkdir()
    arguments = ("records", "--format", form, "--output", "out")
    assert report(folder, *arguments)[:2] == (0, "")
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        f"{number}.{form}" for number in VISITS
    ]
    if form == "json":  # how files are saved is the same for all
        assert report(folder, *arguments)[0] == 1
        assert report(folder, *arguments, "--force")[0] == 0


def test_a_folder_without_records_is_an_error(tmp_path: Path) -> None:
    """Named, with what to do."""
    with pytest.raises(StaffError, match="no saved records in this folder"):
        list(records_in([str(tmp_path)]))


def test_a_folder_that_may_not_be_read_is_not_said_to_be_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may read every folder, so it is refused here."""

    def refused(folder: str) -> list[str]:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), folder)

    monkeypatch.setattr("os.scandir", refused)
    monkeypatch.setattr("os.listdir", refused)
    with pytest.raises(StaffError, match=r": permission denied\. Choose a folder that you can read\."):
        list(records_in([str(tmp_path)]))


def test_several_names_or_a_folder_are_a_batch(tmp_path: Path) -> None:
    """One file or one code is not."""
    assert is_batch(["a", "b"])
    assert is_batch([str(tmp_path)])
    assert not is_batch(["a"])
    assert not is_batch([])


@pytest.mark.parametrize(
    ("path", "number"),
    [("records/2026-11-25/273.json", "273"), ("273.json", ""), ("2026-11-25/27.json", ""), ("", "")],
)
def test_the_number_is_that_of_the_file_in_a_folder_of_a_day(path: str, number: str) -> None:
    """Any other file has none."""
    assert number_of(path) == number


def test_a_code_is_in_the_table_if_asked_for(folder: Path) -> None:
    """Only where the list came from one: a record does not have it. What there is to say of it is said."""
    code = grouped(Copier(CONTENT).stamp(FEW, "es").code)
    status, table, errors = report(folder, code, "records", "--format", "csv", "--identify", "code")
    assert status == 0
    assert "Other users of this computer can see a code" in errors
    assert [row["code"] for row in csv.DictReader(io.StringIO(table))] == [code, "", "", ""]


def test_the_columns_to_ask_for_are_those_of_the_table() -> None:
    """The command line names them without importing the table."""
    assert tuple(OPTIONAL_COLUMNS) == IDENTIFYING
