"""`report` shows what the patient saw, through the command line as staff use it."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.copies.copier import Copier
from fibrocheck.copies.formats import JSON
from fibrocheck.pages.summary_text import render_summary
from fibrocheck.pages.text_layout import MEASURE
from fibrocheck.questions import Answers
from fibrocheck.records.reading import read_response
from fibrocheck.summary import summarise
from tests.fixture import questionnaire
from tests.program.terminal import PROGRAM, piped

CONTENT = questionnaire()
ANSWERS: st.SearchStrategy[Answers] = st.fixed_dictionaries(
    {}, optional={item.id: st.sampled_from([c.id for c in item.choices]) for item in CONTENT.items}
)


@given(ANSWERS, st.sampled_from(list(CONTENT.languages)))
def test_a_record_gives_the_same_summary_as_its_visit(answers: Answers, language: str) -> None:
    """With any answers, in either language."""
    record = JSON.render(Copier(CONTENT).copy(answers, language))
    back = read_response(record, CONTENT)
    assert back.answers == answers
    assert summarise(CONTENT, back.answers) == summarise(CONTENT, answers)


def run(*arguments: str, lines: str = "", folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the program between pipes, in a folder."""
    return piped(*PROGRAM, *arguments, home=folder, typed=lines)


def test_a_visit_is_saved_and_shown_again(tmp_path: Path) -> None:
    """Saved by --save, private, not overwritten; shown as text, as a page, in another language."""
    ones = "1\n" * 60
    saved = run(
        "--plain", "--language", "en", "--save", "v.json", "--reference", "A-17", lines=ones, folder=tmp_path
    )
    assert saved.returncode == 0
    record = tmp_path / "v.json"
    assert record.stat().st_mode & 0o777 == 0o600
    assert json.loads(record.read_bytes())["subject"]["identifier"]["value"] == "A-17"
    assert "A-17" not in saved.stdout

    shown = run("report", "v.json", folder=tmp_path)
    answers = read_response(record.read_bytes(), CONTENT).answers
    assert shown.stdout == render_summary(summarise(CONTENT, answers), CONTENT, "en", MEASURE)
    in_spanish = run("report", "v.json", "--language", "es", folder=tmp_path)
    assert CONTENT.words.told_us["es"] in in_spanish.stdout
    again = run("report", "v.json", "--format", "json", folder=tmp_path)
    assert again.stdout == record.read_text(encoding="utf-8")
    assert run("report", "v.json", "--format", "html", "--output", "v.html", folder=tmp_path).returncode == 0
    assert "<script" not in (tmp_path / "v.html").read_text(encoding="utf-8")

    refused = run("--plain", "--save", "v.json", lines=ones, folder=tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.startswith("v.json: not saved, the file already exists")
    assert (
        run(
            "--plain", "--language", "en", "--save", "v.json", "--force", lines=ones, folder=tmp_path
        ).returncode
        == 0
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["report", "missing.json"], "missing.json: no such file"),
        (["report", "empty.json"], "empty.json: the record is not JSON"),
        (["--save", "visit.doc"], "visit.doc: not saved"),
        (["--save", "no/such/folder.txt"], "the folder does not exist"),
        (["--reference", "two\nlines"], "the reference has a hidden character"),
        (["--reference", ""], "the reference is empty"),
    ],
)
def test_what_cannot_be_done_is_reported_in_one_sentence(
    arguments: list[str], message: str, tmp_path: Path
) -> None:
    """Exit 1 before any page is shown, and no traceback."""
    (tmp_path / "empty.json").touch()
    ended = run(*arguments, folder=tmp_path)
    assert ended.returncode == 1
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""
