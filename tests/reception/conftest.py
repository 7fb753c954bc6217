"""As for the desk itself: a fixed date of release, and a folder with its lists."""

from pathlib import Path

import pytest

from fibrocheck.copies.folder.desk_folder import Folder
from tests.desk.conftest import _released as released
from tests.desk.lists import folder_in

__all__ = ["released"]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return an empty folder whose clock stands at noon."""
    return folder_in(tmp_path / "lists")
