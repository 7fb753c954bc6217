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
from fibrocheck.summary import summarise
from tests.fixture import questionnaire
from tests.program.terminal import PROGRAM, piped
from tests.records.written import read_response

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
    assert json.loads(record.read_bytes())["encounter"]["identifier"]["value"] == "A-17"
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


@pytest.mark.parametrize(
    "settings",
    [
        {"TZ": "UTC-15", "LC_ALL": "C"},
        {"TZ": "XYZ-00:19:32", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "xx_XX"},
        {"TZ": "No/Where", "PYTHONIOENCODING": "latin-1"},
        {"TZ": "UTC+24:59:59", "PYTHONIOENCODING": "ascii", "LANG": "de_DE.ISO-8859-1"},
    ],
    ids=lambda settings: settings["TZ"],
)
def test_a_record_is_saved_and_printed_alike_in_every_locale_and_time_zone(
    settings: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In UTF-8, whatever the terminal's encoding: what `report` prints can be read again."""
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    reference = "Núñez 中 17"
    saving = ("--plain", "--language", "es", "--save", "v.json", "--reference", reference)
    assert run(*saving, lines="1\n" * 60, folder=tmp_path).returncode == 0
    printed = subprocess.run(
        [*PROGRAM, "report", "v.json", "--format", "json"], cwd=tmp_path, capture_output=True, check=True
    )
    assert printed.stdout == (tmp_path / "v.json").read_bytes()
    record = read_response(printed.stdout, CONTENT)
    assert (record.language, record.reference) == ("es", reference)


def test_what_a_server_added_is_still_there_after_report(tmp_path: Path) -> None:
    """Another language changes the narrative and nothing else."""
    run("--plain", "--language", "en", "--save", "v.json", lines="1\n" * 60, folder=tmp_path)
    record = json.loads((tmp_path / "v.json").read_bytes())
    added = {"id": "77", "meta": {"versionId": "2"}, "subject": {"reference": "Patient/1"}, "basedOn": []}
    (tmp_path / "v.json").write_text("\ufeff" + json.dumps(record | added), encoding="utf-8")
    same = run("report", "v.json", "--format", "json", folder=tmp_path)
    assert json.loads(same.stdout) == record | added
    spanish = run("report", "v.json", "--format", "json", "--language", "es", folder=tmp_path)
    changed = json.loads(spanish.stdout)
    assert [key for key, value in changed.items() if value != (record | added)[key]] == ["text"]


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        ((), "Questionnaire"),
        (("--as", "questionnaire"), "Questionnaire"),
        (("--as", "codesystem"), "CodeSystem"),
        (("--as", "bundle"), "Bundle"),
    ],
)
def test_the_questionnaire_its_codes_or_both_can_be_printed(
    arguments: tuple[str, ...], kind: str, tmp_path: Path
) -> None:
    """For the clinic's server; the questionnaire if nothing else is asked for."""
    printed = run("content", "fhir", *arguments, folder=tmp_path)
    assert json.loads(printed.stdout)["resourceType"] == kind
    assert run("content", "fhir", "--as", "record", folder=tmp_path).returncode == 2
