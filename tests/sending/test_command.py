"""`fibrocheck send` as staff use it: what it asks, what it says, and its exit codes."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fibrocheck.content.loader import load
from fibrocheck.errors import WrongUsage
from fibrocheck.sending.command import WHO_READS, Wish, run
from fibrocheck.sending.connecting import connected
from fibrocheck.sending.filing import SavedList
from fibrocheck.sending.settings import Settings
from tests.fixture import FIXTURE

from . import stub as stubs
from .lists import linked_to, list_in, refused
from .stub import PATIENT, Stub, answers, wait_until_asked


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture as the questionnaire of a clinic that sends."""
    text = FIXTURE.read_text(encoding="utf-8")
    for old, new in (
        ("https://example.org/fibrocheck", "https://imsk-spine.com/fibrocheck"),
        ('approved_by: ""', 'approved_by: "Dr. Gray"'),
        ('approved_on: ""', 'approved_on: "2026-11-20"'),
        ("clinic: {", "clinic: {sends_to_chart: true, "),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path_factory.mktemp("clinic") / "questions.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def item(tmp_path: Path, questions: Path) -> SavedList:
    return list_in(tmp_path, content=load(questions))


def typed(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(line))


def wish(stub: Stub, item: SavedList, questions: Path) -> Wish:
    return Wish(item.path, stub.base, "Patient/p1", questions=questions)


def test_staff_type_the_year_of_birth(
    stub: Stub,
    item: SavedList,
    questions: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    typed(monkeypatch, "1980\n")
    assert run(wish(stub, item, questions)) == 0
    shown = capsys.readouterr()
    assert "Ana Rivera, born 1980-05-04, female (Patient/p1)" in shown.err
    assert WHO_READS in shown.err
    assert shown.out.startswith("Filed, and read back: http://127.0.0.1")
    typed(monkeypatch, "1980\n")
    assert run(wish(stub, item, questions)) == 0
    assert "had it already" in capsys.readouterr().out


@pytest.mark.parametrize("line", ["1981\n", "\n", "", "yes\n"])
def test_another_year_sends_nothing(
    stub: Stub, item: SavedList, questions: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    typed(monkeypatch, line)
    with refused("not confirmed"):
        run(wish(stub, item, questions))
    assert not stub.lists()


def test_yes_answers_only_for_an_exact_patient(
    stub: Stub, item: SavedList, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "")
    number = wish(stub, item, questions)._replace(patient="https://clinic.test/mrn|12|34", yes=True)
    with refused("not confirmed"):
        run(number)
    assert run(number._replace(patient="Patient/p1")) == 0


def test_a_patient_without_a_birth_date_cannot_be_confirmed(
    stub: Stub, item: SavedList, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub.put({key: value for key, value in PATIENT.items() if key != "birthDate"})
    typed(monkeypatch, "\n")
    with refused("no date of birth"):
        run(wish(stub, item, questions))
    assert not stub.lists()


def test_a_draft_and_a_clinic_that_does_not_send_are_refused(stub: Stub, tmp_path: Path) -> None:
    draft = list_in(tmp_path, content=load(FIXTURE))
    with refused("sends_to_chart"):
        run(Wish(draft.path, stub.base, "Patient/p1", questions=FIXTURE, yes=True, allow_draft=True))
    sends = tmp_path / "sends.yaml"
    text = FIXTURE.read_text(encoding="utf-8").replace("clinic: {", "clinic: {sends_to_chart: true, ")
    sends.write_text(text, encoding="utf-8")
    trial = Wish(draft.path, stub.base, "Patient/p1", questions=sends, yes=True)
    with refused("--allow-draft"):
        run(trial)
    assert not stub.asked
    assert run(trial._replace(allow_draft=True)) == 0


WRONG = {
    "no record": Wish(server="https://h.org"),
    "no patient": Wish(Path("visit.json"), "https://h.org"),
    "a wrong address": Wish(Path("visit.json"), "h.org", "Patient/1"),
    "an open line": Wish(Path("visit.json"), "http://h.org", "Patient/1"),
    "one patient for a folder": Wish(Path(), "https://h.org", "Patient/1"),
    "a visit for a folder": Wish(Path(), "https://h.org", encounter="Encounter/1"),
    "check and a record": Wish(Path("visit.json"), "https://h.org", check=True),
    "withdraw and a patient": Wish(Path("visit.json"), "https://h.org", "Patient/1", withdraw=True),
    "withdraw a folder": Wish(Path(), "https://h.org", withdraw=True),
    "check and yes": Wish(server="https://h.org", check=True, yes=True),
    "check and a draft": Wish(server="https://h.org", check=True, allow_draft=True),
    "withdraw and a mode": Wish(Path("visit.json"), "https://h.org", mode="document", withdraw=True),
    "not a patient": Wish(Path("visit.json"), "https://h.org", "Rivera"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_usage_is_one_sentence(what: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        run(WRONG[what])
    assert str(caught.value).endswith((".", "--help"))


def test_check_writes_nothing(stub: Stub, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(Wish(server=stub.base, check=True)) == 0
    shown = capsys.readouterr().out
    assert "Takes lists as QuestionnaireResponse: yes" in shown
    assert shown.endswith("Nothing was written there.\n")
    assert [method for method, _ in stub.asked] == ["GET"]


def test_withdrawing_is_asked(
    stub: Stub, item: SavedList, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(wish(stub, item, questions)._replace(yes=True))
    away = Wish(item.path, stub.base, questions=questions, withdraw=True)
    typed(monkeypatch, "\n")
    with refused("not withdrawn"):
        run(away)
    typed(monkeypatch, "y\n")
    assert run(away) == 0
    assert stub.lists()[0]["status"] == "entered-in-error"


def test_without_the_extra_it_says_what_to_install(
    stub: Stub, item: SavedList, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "urllib3", None)
    for name in ("transport", "connection"):
        monkeypatch.delitem(sys.modules, f"fibrocheck.sending.{name}", raising=False)
    with refused("pip install 'fibrocheck[send]'"):
        connected(Settings(stub.base), lambda _: None)
    assert item.path.exists()
    assert questions.exists()


def folder_of(tmp_path: Path, questions: Path, stub: Stub, *linked: str) -> Path:
    """Return a folder of lists: one for each patient, and one that is not linked."""
    folder = tmp_path / "2026-11-25"
    folder.mkdir()
    for number, patient in enumerate(linked):
        list_in(folder, f"{number}00.json", content=load(questions), change=linked_to(patient))
        stub.put({**PATIENT, "id": patient.partition("/")[2], "identifier": []})
    list_in(folder, "999.json", content=load(questions))
    return folder


def test_a_folder_is_sent_where_each_list_has_its_own_patient(
    stub: Stub, tmp_path: Path, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_of(tmp_path, questions, stub, "Patient/a", "Patient/b", "Patient/c", "Patient/c")
    todo = Wish(folder, stub.base, questions=questions, yes=True)
    assert run(todo) == 1
    assert sorted(each["subject"]["reference"] for each in stub.lists()) == ["Patient/a", "Patient/b"]
    shown = capsys.readouterr()
    assert shown.out == "Filed: 2. There already: 0. Not sent: 3. Try again later: 0.\n"
    assert "999.json: not sent, it is not linked to a patient." in shown.err
    assert shown.err.count("the same patient as another list") == 2
    asked = len(stub.asked)
    assert run(todo) == 1
    assert "There already: 2" in capsys.readouterr().out
    assert len(stub.asked) == asked + 1  # what the server can do


def test_an_interrupted_folder_goes_on_where_it_was(
    stub: Stub, tmp_path: Path, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    folder = folder_of(tmp_path, questions, stub, "Patient/a", "Patient/b", "Patient/c", "Patient/d")
    (folder / "999.json").unlink()
    stub.deeds.extend([stubs.good, *[answers(503)] * 20])
    todo = Wish(folder, stub.base, questions=questions, yes=True)
    assert run(todo) == 75
    assert len(stub.lists()) == 1
    stub.deeds.clear()
    assert run(todo) == 0
    assert len(stub.lists()) == 4


# The program itself, in a process of its own.


def program(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "fibrocheck", "send", *map(str, arguments)]


def ended(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(program(*arguments), capture_output=True, text=True, timeout=60, check=False)


def arguments_for(stub: Stub, item: SavedList, questions: Path) -> tuple[str | Path, ...]:
    return (item.path, "--server", stub.base, "--patient", "Patient/p1", "--questions", questions, "--yes")


def test_the_program_files_a_list(stub: Stub, item: SavedList, questions: Path) -> None:
    done = ended(*arguments_for(stub, item, questions))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(stub.lists()) == 1
    assert stub.lists()[0]["identifier"]["value"] == item.saved.record.identifier.urn


def test_killed_while_it_waits_for_the_reply_the_next_run_finds_the_list(
    stub: Stub, item: SavedList, questions: Path
) -> None:
    stub.deeds.append(stubs.store_and_be_slow)
    arguments = arguments_for(stub, item, questions)
    running = subprocess.Popen(program(*arguments))
    wait_until_asked(stub, 4)
    while not stub.lists():
        os.sched_yield()
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    done = ended(*arguments)
    assert done.returncode == 0, done.stderr
    assert "had it already" in done.stdout
    assert len(stub.lists()) == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--check", "--server", "http://127.0.0.1:9/fhir", "--mode", "fax"), 2),
        (("--check", "--server", "ftp://h"), 2),
        (("none.json", "--server", "http://127.0.0.1:9/fhir", "--patient", "Patient/1"), 1),
    ],
)
def test_exit_codes_of_the_program(
    arguments: tuple[str, ...], code: int, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIBROCHECK_QUESTIONS", str(questions))
    done = ended(*arguments)
    assert done.returncode == code
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
