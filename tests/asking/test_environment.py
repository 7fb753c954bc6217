"""What the environment says about colours, plain mode and the size is understood as it is documented."""

import os
import sys
from collections.abc import Mapping

import pytest

from fibrocheck.asking import switching
from fibrocheck.asking.screen.page_layout import Size
from fibrocheck.surroundings import is_on, shows_colours

VARIABLES = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "COLUMNS", "LINES")


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "0"}, False),
        ({"NO_COLOR": ""}, True),
        ({"CLICOLOR": "0"}, False),
        ({"CLICOLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": ""}, True),
        ({"FORCE_COLOR": "1", "TERM": "vt100"}, True),
        ({"CLICOLOR_FORCE": "1", "TERM": "vt100"}, True),
        ({"CLICOLOR_FORCE": "0", "TERM": "vt100"}, False),
        ({"CLICOLOR_FORCE": "1", "CLICOLOR": "0"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"TERM": "vt100"}, False),
    ],
    ids=str,
)
def test_colours(environment: Mapping[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR before all others, then what forces, then CLICOLOR, then the terminal's name."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", **environment}.items():
        monkeypatch.setenv(name, value)
    assert shows_colours() is coloured


def test_a_variable_turns_on_or_off() -> None:
    """By any of the usual words."""
    assert not any(map(is_on, ["", "0", "no", "No", "false", "off", " 0 "]))
    assert all(map(is_on, ["1", "yes", "true", "on", "2"]))


@pytest.mark.parametrize(
    ("reported", "environment", "size"),
    [
        ((0, 0), {}, (80, 24)),
        ((0, 0), {"COLUMNS": "100", "LINES": "30"}, (100, 30)),
        ((0, 40), {"COLUMNS": "x"}, (80, 40)),
        ((120, 50), {"COLUMNS": "10", "LINES": "10"}, (120, 50)),
    ],
)
def test_a_size_of_0_is_no_size(
    reported: tuple[int, int],
    environment: Mapping[str, str],
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The environment says it then, or it is the usual one."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(os, "get_terminal_size", lambda _descriptor: os.terminal_size(reported))
    monkeypatch.setattr(sys.stdout, "fileno", lambda: 1, raising=False)
    assert switching.screen_size() == Size(*size)
