"""What every test of sending may use: a stub, and a saved list."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fibrocheck.sending.filing import SavedList

from .lists import list_in
from .stub import Stub, served


@pytest.fixture
def stub() -> Iterator[Stub]:
    with served() as running:
        yield running


@pytest.fixture
def item(tmp_path: Path) -> SavedList:
    return list_in(tmp_path)
