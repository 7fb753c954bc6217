"""A fixed date of release, so that the tests' dates stay right when a version is released."""

import pytest

from fibrocheck.copies.folder import desk_folder
from tests.copies.folder.killed import RELEASED


@pytest.fixture(autouse=True)
def _released(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_folder, "_RELEASED", RELEASED)
