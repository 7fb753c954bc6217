"""A person at either asker, played by a script: the same steps as keys on the screen or as lines."""

import asyncio
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size as TerminalSize
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from fibrocheck.asking.contract import Asker
from fibrocheck.asking.plain import PlainAsker
from fibrocheck.asking.screen.asker import ScreenAsker
from fibrocheck.asking.screen.layout import HOTKEYS, Glyphs
from fibrocheck.content.model import Content
from fibrocheck.copies.copier import Copier
from fibrocheck.errors import VisitEnded
from fibrocheck.questions import Answers
from fibrocheck.summary import Summary
from fibrocheck.visit.flow import Visit

BACK, WHY, STOP = "back", "why", "stop"
Step = int | tuple[int, ...] | str
"""Choose a number, mark several and go on, or one of the words above."""


@dataclass
class Outcome:
    """How a visit ended, and what was left of the script."""

    answers: Answers = field(default_factory=dict)
    summary: Summary | None = None
    language: str = ""
    ended: bool = False
    unused: int = 0


class _TallOutput(DummyOutput):
    """A screen so large that every text is one screenful."""

    def get_size(self) -> TerminalSize:
        return TerminalSize(rows=200, columns=100)


def keys_of(steps: Iterable[Step]) -> list[str]:
    """The steps as keys, one at a time."""
    keys: list[str] = []
    for step in steps:
        if isinstance(step, int):
            keys.append(HOTKEYS[step - 1])
        elif isinstance(step, tuple):
            keys += [*(HOTKEYS[number - 1] for number in step), "\r"]
        else:
            # Why shows a page of its own, left with 1; stopping asks whether to stop, answered with 2.
            keys += {BACK: ["\x1b[D"], WHY: ["?", "1"], STOP: ["\x1b", "2"]}[step]
    return keys


def lines_of(steps: Iterable[Step]) -> list[str]:
    """The steps as lines of plain mode."""
    words = {BACK: "b", WHY: "?", STOP: "q"}
    return [
        words[step]
        if isinstance(step, str)
        else " ".join(map(str, step if isinstance(step, tuple) else [step]))
        for step in steps
    ]


def on_screen(
    content: Content, steps: Iterable[Step], language: str | None = "en", copier: Copier | None = None
) -> Outcome:
    """Play a script through the full screen, one key after each drawing."""
    return press(content, keys_of(steps), language, copier)


def press(
    content: Content,
    keys: list[str],
    language: str | None = "en",
    copier: Copier | None = None,
    patience: float = 20,
) -> Outcome:
    """Play keys through the full screen: each is sent when the one before has been dealt with and drawn."""
    left = list(keys)
    with (
        create_pipe_input() as terminal,
        create_app_session(input=terminal, output=_TallOutput()),
        ScreenAsker(content, language or "en", Glyphs()) as asker,
    ):
        application = asker._stage._application
        sent = dealt_with = 0

        def count(_: object) -> None:
            nonlocal dealt_with
            dealt_with += 1

        def send(_: object) -> None:
            # A page that has been answered is drawn once more before it goes; one without choices
            # only says that something is being done.
            stage = asker._stage
            asks = stage._sheet is not None and stage._sheet.frame.option_rows > 0
            if sent <= dealt_with and asks and not stage._asked.done():
                send_next()

        def send_next() -> None:
            nonlocal sent
            sent += 1
            asyncio.get_running_loop().call_later(patience, go_on_without, sent)
            if left:
                terminal.send_text(left.pop(0))
            else:
                terminal.close()

        def go_on_without(number: int) -> None:
            """Give up on a key that means nothing at all, not even a new drawing."""
            nonlocal dealt_with
            if sent == number:
                dealt_with = number
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
    """Play lines through plain mode; also what was written to the person."""
    answers = io.StringIO("".join(f"{line}\n" for line in lines))
    out = io.StringIO()
    outcome = play(content, PlainAsker(content, language or "en", answers, out), language, copier)
    outcome.unused = len(answers.read().splitlines())
    return outcome, out.getvalue()


def play(
    content: Content, asker: ScreenAsker | PlainAsker, language: str | None, copier: Copier | None
) -> Outcome:
    """Run a visit to whatever ends it."""
    # Neither script presses F2, the one reply that only the two together can deal with.
    visit = Visit(content, cast(Asker, asker), language, copier)
    outcome = Outcome()
    try:
        visit.run()
    except VisitEnded:
        outcome.ended = True
    outcome.answers, outcome.summary = visit.answers, visit.summary
    outcome.language = visit.language
    return outcome
