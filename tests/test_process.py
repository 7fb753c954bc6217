"""What is asked of the system for a process that holds answers."""

import os
import sys

import pytest

from fibrocheck.process import made_apart
from tests.fresh_python import printed_by

PROTECT = "import sys; from fibrocheck.process import protect_memory; "
IS_PROTECTED = (
    "protect_memory(); had = 'ctypes' in sys.modules; import ctypes; print(ctypes.CDLL(None).prctl(3), had)"
)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no prctl")
@pytest.mark.parametrize(
    ("without", "expected"),
    [("", "0 False"), ("import _ctypes; del _ctypes.call_function; ", "0 True")],
    ids=["by what ctypes is made of", "by ctypes"],
)
def test_memory_is_protected_without_ctypes_or_with_it(without: str, expected: str) -> None:
    """PR_GET_DUMPABLE says so. Where the parts of ctypes are others, all of it is loaded."""
    program = f"{without}{PROTECT}{IS_PROTECTED}"
    assert printed_by(program).strip() == expected


def test_what_is_made_apart_comes_from_another_process() -> None:
    assert made_apart(lambda: str(os.getpid()).encode()) not in {b"", str(os.getpid()).encode()}


def test_what_a_child_cannot_make_is_made_here(capfd: pytest.CaptureFixture[str]) -> None:
    """Such as where there is no memory for another process's share of it. Nothing is printed."""
    here = os.getpid()

    def make() -> bytes:
        assert os.getpid() == here
        return b"made"

    assert made_apart(make) == b"made"
    assert capfd.readouterr() == ("", "")
