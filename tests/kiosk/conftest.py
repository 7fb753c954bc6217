"""What tests of a kiosk share."""

from pathlib import Path

import pytest

from .made_up_system import made_up_system


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A system on which every kind of kiosk can be installed."""
    return made_up_system(tmp_path / "system")
