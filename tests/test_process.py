"""What is asked of the system for a process that holds answers."""

import os

import pytest

from fibrocheck.process import made_apart


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
