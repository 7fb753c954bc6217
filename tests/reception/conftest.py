"""As for the desk itself: a fixed date of release, and a folder with its lists."""

from pathlib import Path

import pytest

from fibrocheck.copies.folder.desk_folder import Folder
from tests.desk.conftest import _released as released
from tests.desk.lists import folder_in
from tests.sending.conftest import system_certificates_are_read_once

__all__ = ["released", "system_certificates_are_read_once"]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return an empty folder whose clock stands at noon."""
    return folder_in(tmp_path / "lists")
