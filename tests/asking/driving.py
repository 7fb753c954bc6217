"""Plays a script to either asker: the same steps as keys on the screen or as lines."""

import asyncio
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size as TerminalSize
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from fibrocheck.asking.contract import Asker
from fibrocheck.asking.plain import PlainAsker
from fibrocheck.asking.screen.actions import HOTKEYS
from fibrocheck.asking.screen.app import ScreenApp
from fibrocheck.asking.screen.asker import ScreenAsker
from fibrocheck.asking.screen.page_layout import Glyphs
from fibrocheck.content.model import Content
from fibrocheck.copies.copier import Copier
from fibrocheck.errors import VisitEnded
from fibrocheck.questions import Answers
from fibrocheck.summary import Summary
from fibrocheck.visit.flow import Visit

BACK, WHY, STOP, LANGUAGE = "back", "why", "stop", "language"


class Row(NamedTuple):
    """A row of the check page, counted from 1: a letter on the screen, a number from 2 in plain mode."""

    number: int


Step = int | tuple[int, ...] | Row | str
"""Choose a number, mark several and go on, choose a row, or one of the actions above."""


@dataclass
class Outcome:
    """How a visit ended, and how many steps of the script were not used."""

    answers: Answers = field(default_factory=dict)
    summary: Summary | None = None
    language: str = ""
    ended: bool = False
    unused: int = 0


RIGHT = "\x1b[C"


class _TallOutput(DummyOutput):
    """A screen so tall that every text is one screenful."""

    def get_size(self) -> TerminalSize:
        return TerminalSize(rows=120, columns=100)


def keys_of(steps: Iterable[Step]) -> list[str]:
    """Return the steps as keys, one at a time."""
    keys: list[str] = []
    for step in steps:
        if isinstance(step, int):
            keys.append(HOTKEYS[step - 1])
        elif isinstance(step, Row):
            keys.append(HOTKEYS[8 + step.number])
        elif isinstance(step, tuple):
            keys += [*(HOTKEYS[number - 1] for number in step), RIGHT]
        else:
            # Why opens a page that 1 closes; Ctrl-C opens a page on which 2 stops.
            keys += {BACK: ["\x1b[D"], WHY: ["?", "1"], STOP: ["\x03", "2"], LANGUAGE: ["0", "5"]}[step]
    return keys


def lines_of(steps: Iterable[Step]) -> list[str]:
    """Return the steps as lines of plain mode."""
    return [line for step in steps for line in _lines_of(step)]


def _lines_of(step: Step) -> list[str]:
    if isinstance(step, str):
        return {BACK: ["b"], WHY: ["?"], STOP: ["q", "2"], LANGUAGE: ["l"]}[step]
    if isinstance(step, Row):
        return [str(step.number + 1)]
    return [" ".join(map(str, step if isinstance(step, tuple) else [step]))]


def on_screen(
    content: Content, steps: Iterable[Step], language: str | None = "en", copier: Copier | None = None
) -> Outcome:
    """Play a script through the full screen, one key after each drawing of a page."""
    return press(content, keys_of(steps), language, copier)


def _asks(app: ScreenApp) -> bool:
    """Return whether a page waits for a key.

    One without rows for options only says that the program is busy, or settles; whether it is drawn at all
    when it stays for no time depends on how fast the machine is.
    """
    return app._windows is not None and app._windows.layout.option_rows > 0 and not app._requested.done()


def at_each_page(asker: ScreenAsker, press_one: Callable[[], None]) -> None:
    """Call a function when the first page has been drawn, and after each key, when what followed has been.

    The function must press one key, or close the input.
    """
    app = asker._app
    sent = handled = 0

    def pressed(_: object) -> None:
        nonlocal handled
        handled += 1
        app._application.invalidate()  # also after a key that does nothing

    def drawn(_: object) -> None:
        nonlocal sent
        if sent == handled and _asks(app):
            sent += 1
            asyncio.get_running_loop().call_soon(press_one)

    app._application.key_processor.after_key_press += pressed
    app._application.after_render += drawn


def press(
    content: Content,
    keys: list[str],
    language: str | None = "en",
    copier: Copier | None = None,
    timeout: float = 20,
) -> Outcome:
    """Play keys through the full screen; each is sent when the page has been drawn after the one before.

    What is no key is given up after `timeout` seconds, unless it was only read late: on a slow machine the
    next key would be taken for one that was typed ahead.
    """
    left = list(keys)
    with (
        create_pipe_input() as terminal,
        create_app_session(input=terminal, output=_TallOutput()),
        ScreenAsker(content, language or "en", Glyphs()) as asker,
    ):
        application = asker._app._application
        sent = handled = 0

        def count(_: object) -> None:
            nonlocal handled
            handled += 1
            application.invalidate()  # also after a key that does nothing

        def send(_: object) -> None:
            if sent <= handled and _asks(asker._app):
                send_next()

        def send_next() -> None:
            nonlocal sent
            sent += 1
            asyncio.get_running_loop().call_later(timeout, go_on_without, sent, handled)
            if left:
                terminal.send_text(left.pop(0))
            else:
                terminal.close()

        def go_on_without(number: int, before: int) -> None:
            """Give up on what made no key."""
            nonlocal handled
            if (sent, handled) == (number, before):
                handled = max(handled, number)
                send_next()

        application.key_processor.after_key_press += count
        application.after_render += send
        outcome = play(content, asker, language, copier)
    outcome.unused = len(left)
    return outcome


def in_lines(
    content: Content, steps: Iterable[Step], language: str | None = "en", copier: Copier | None = None
) -> Outcome:
    """Play a script through plain mode."""
    return write(content, lines_of(steps), language, copier)[0]


def write(
    content: Content, lines: list[str], language: str | None = "en", copier: Copier | None = None
) -> tuple[Outcome, str]:
    """Play lines through plain mode; return also what was written."""
    answers = io.StringIO("".join(f"{line}\n" for line in lines))
    out = io.StringIO()
    outcome = play(content, PlainAsker(content, language or "en", answers, out), language, copier)
    outcome.unused = len(answers.read().splitlines())
    return outcome, out.getvalue()


def play(
    content: Content, asker: ScreenAsker | PlainAsker, language: str | None, copier: Copier | None
) -> Outcome:
    """Run a visit to its end."""
    # Neither script presses F2, so `OtherWay` is never returned.
    visit = Visit(content, cast(Asker, asker), language, copier)
    outcome = Outcome()
    try:
        visit.run()
    except VisitEnded:
        outcome.ended = True
    outcome.answers, outcome.summary = visit.answers, visit.summary
    outcome.language = visit.language
    return outcome
