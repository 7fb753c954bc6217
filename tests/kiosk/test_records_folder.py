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
    visits._ask_patient(visits.Kiosk(content, code, Settings(records=tmp_path), folder), code, lambda: None)
    (copier,) = copiers
    assert copier.folder is folder
    assert not copier.may_save


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
