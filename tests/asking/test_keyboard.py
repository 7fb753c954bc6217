"""Signals that end a program at a terminal."""

import os
import signal
import sys
from typing import Any

import pytest

from fibrocheck.asking.keyboard import ended_by_signals
from fibrocheck.errors import VisitEnded


class Dies:
    """Does something when it is gone."""

    def __init__(self, act: Any) -> None:
        """Keep what is done."""
        self._act = act

    def __del__(self) -> None:
        """Python reports what is raised here, and drops it."""
        self._act()


def end_in_a_finalizer() -> None:
    """Get a signal where Python drops what it raises, and an error of another kind."""
    with ended_by_signals() as check:
        Dies(lambda: signal.raise_signal(signal.SIGHUP))
        Dies(lambda: 1 / 0)
        check()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGHUP")
def test_a_signal_in_a_finalizer_is_not_reported_and_is_raised_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in those of imports, while the program starts. Other errors there are reported."""
    reported: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda found: reported.append(found.exc_value))
    hook = sys.unraisablehook
    with pytest.raises(VisitEnded) as ended:
        end_in_a_finalizer()
    assert ended.value.exit_code == 129
    assert [type(each) for each in reported] == [ZeroDivisionError]
    assert sys.unraisablehook is hook
