"""The front desk's folder at a kiosk: checked once, and each visit gets it."""

from datetime import datetime
from pathlib import Path
from typing import Self

import pytest

from fibrocheck.content.model import Content
from fibrocheck.copies.copier import Copier
from fibrocheck.copies.folder import desk_folder
from fibrocheck.copies.folder.access import FolderError
from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.kiosk import supervisor, visits
from fibrocheck.kiosk.settings import Settings, to_json
from fibrocheck.kiosk.staff_code import StaffCode
from fibrocheck.kiosk.staff_report import StaffReport
from tests.kiosk.start import NO_FORK, leave, skip_to_check_page, start_kiosk, stop_and_erase
from tests.program.terminal import Terminal


def test_each_visit_gets_the_folder_that_was_checked(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same, so that it also knows on which disk the folder was."""
    folder = Folder(tmp_path)
    copiers: list[Copier] = []

    class Nothing:
        """A visit and an asker that do nothing."""

        def __init__(self, *arguments: object, **_: object) -> None:
            copiers.extend(each for each in arguments if isinstance(each, Copier))

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            """End."""

        def run(self) -> None:
            """Ask nothing."""

    monkeypatch.setattr(visits, "SwitchingAsker", Nothing)
    monkeypatch.setattr(visits, "Visit", Nothing)
    code = StaffCode("front1")
    kiosk = visits.Kiosk(content, code, Settings(records=tmp_path), folder)
    told: list[str] = []
    visits._ask_patient(kiosk, code, lambda: None, told.append)
    (copier,) = copiers
    assert copier.folder is folder
    assert not copier.may_save
    copier.tell_staff("the disk is full")
    assert told == ["the disk is full"]


def test_a_visit_in_a_fresh_interpreter_gets_the_folder_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On systems that cannot fork."""
    for records in (tmp_path, None):
        monkeypatch.setenv(visits._SETTINGS, to_json(Settings(records=records)))
        monkeypatch.setenv(visits._STAFF_CODE, StaffCode("front1").as_text())
        monkeypatch.setenv(visits._AFTER, "0")
        folder = visits._inherited_kiosk().folder
        assert (folder.path if folder else None) == records


def test_a_kiosk_without_the_option_has_no_folder() -> None:
    """Nothing is tried, and nothing is said."""
    assert supervisor._folder(Settings(), StaffReport()) is None


def test_a_folder_that_cannot_be_used_ends_the_kiosk_before_the_first_patient(tmp_path: Path) -> None:
    """In one sentence."""
    with pytest.raises(FolderError, match="does not exist"):
        supervisor._folder(Settings(records=tmp_path / "missing"), StaffReport())


def test_a_wrong_clock_is_told_to_staff_and_the_kiosk_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Patients can print their list meanwhile; giving it is refused until the clock is set."""
    tmp_path.chmod(0o700)
    wrong = datetime(1970, 1, 1).astimezone()
    monkeypatch.setattr(desk_folder.Folder.__init__, "__defaults__", (lambda: wrong,))
    folder = supervisor._folder(Settings(records=tmp_path), StaffReport())
    assert folder is not None
    assert "fibrocheck kiosk: " in capsys.readouterr().err
    with pytest.raises(FolderError, match="before this program was made"):
        folder.check_clock()


def confirm_and_give(terminal: Terminal) -> None:
    """Confirm the answers, and give the list to the front desk."""
    for page in ("Your next step", "About what you marked", "Who should get your list?"):
        terminal.press("1")
        terminal.wait_for(page)
    terminal.press("1")


@pytest.mark.parametrize("broken_by", ["", NO_FORK], ids=["fork", "no fork"])
def test_a_folder_that_vanishes_is_told_to_the_patient_and_to_staff(broken_by: str, tmp_path: Path) -> None:
    """In a sentence each, and the staff's names no answer; the answers are there, and the code is offered."""
    lists = tmp_path / "lists"
    lists.mkdir(mode=0o700)
    options = ("--language", "en", "--records", str(lists))
    with start_kiosk(tmp_path, *options, broken_by=broken_by) as terminal:
        skip_to_check_page(terminal)
        terminal.wait_for("Check your answers")
        lists.rename(tmp_path / "elsewhere")
        confirm_and_give(terminal)
        terminal.wait_for("The front desk did not get your list. Your answers are still here.")
        assert "lists" not in terminal.words
        assert "1 Show a code" in terminal.words
        assert terminal.words.index("Show a code") < terminal.words.index("Give it to the front desk")
        (tmp_path / "elsewhere").rename(lists)
        terminal.press("2")
        terminal.wait_for("Tell the front desk your name and this number")
        stop_and_erase(terminal)
        terminal.wait_for("Call 911")
        assert leave(terminal) == 0
        assert "does not exist" in "".join(terminal.ordinary_text.splitlines())
    assert len([*lists.glob("*/*.json")]) == 1


def test_what_a_visit_reports_for_staff_arrives_whole_or_in_parts() -> None:
    """Among signs of life, wrong codes and the place of an error."""
    written = b"\x01\x03/lists: full\x03\x02\x01at flow.py\x03again\x03\x01"
    for size in (1, 2, 7, len(written)):
        wrong, told = [], list[str]()
        reports = visits._Reports(visits.Listener(lambda: wrong.append(1), told.append))  # noqa: B023
        for start in range(0, len(written), size):
            reports.add(written[start : start + size])
        assert told == ["/lists: full", "again"]
        assert len(wrong) == 1
        assert reports.ending(70) == (70, "at flow.py")
