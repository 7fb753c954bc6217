"""Terminals for the tests, taken away afterwards."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from tests.program.terminal import Terminal


class Start(Protocol):
    """Starts the program in a terminal of its own."""

    def __call__(
        self,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        held: bool | str = False,
        leads: bool = False,
        inside: Sequence[str] = (),
        shipped: bool = False,
        anew: bool = False,
    ) -> Terminal:
        """Start it with these arguments."""
        ...


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """A way to start the program in terminals; whatever still runs when the test is over is ended."""
    with ExitStack() as terminals:

        def start(
            *arguments: str,
            size: tuple[int, int] = (80, 24),
            environment: Mapping[str, str] | None = None,
            held: bool | str = False,
            leads: bool = False,
            inside: Sequence[str] = (),
            shipped: bool = False,
            anew: bool = False,
        ) -> Terminal:
            terminal = Terminal(
                *arguments,
                folder=tmp_path,
                size=size,
                environment=environment,
                held=held,
                leads=leads,
                inside=inside,
                shipped=shipped,
                anew=anew,
            )
            return terminals.enter_context(terminal)

        yield start
