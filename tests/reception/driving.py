"""Plays a script to the desk: the same steps as keys on the screen or as lines."""

import io
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, NamedTuple, cast

from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input

from fibrocheck.asking.screen.actions import HOTKEYS
from fibrocheck.asking.screen.page_layout import Glyphs
from fibrocheck.asking.screen.view import View
from fibrocheck.content.model import Content
from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.desk.in_tray import InTray, Limits
from fibrocheck.desk.lists import Lists
from fibrocheck.desk.log import Log, entries
from fibrocheck.desk.scanner import PAUSE
from fibrocheck.desk.staff import Staff
from fibrocheck.errors import VisitEnded
from fibrocheck.pages.voice import Voice
from fibrocheck.reception.desk_app import DeskApp
from fibrocheck.reception.finding_page import why_no_code
from fibrocheck.reception.lock import DeskTimer, Lock
from fibrocheck.reception.place import Place
from fibrocheck.reception.plain import DeskPlain
from fibrocheck.reception.screen import DeskScreen
from fibrocheck.reception.sender import Sender
from fibrocheck.reception.start import StartPage
from tests.asking.driving import _TallOutput
from tests.desk.lists import CONTENT, TODAY

BACK, FIRST, DONE = "back", "first", "done"
"""Go back; open the first list of the start page; the Done line of a call."""


class Line(NamedTuple):
    """A line that is typed."""

    text: str


class Burst(NamedTuple):
    """What a scanner types."""

    text: str


Step = int | str | Line | Burst
Play = Callable[..., str]


def as_keys(step: Step) -> str:
    """Return a step as what a terminal sends at once."""
    match step:
        case int():
            return HOTKEYS[step - 1]
        case Line(text):
            return f"{text}\r"
        case Burst(text):
            return text
    return {BACK: "\x1b[D", FIRST: "\r", DONE: "\x1b[C"}.get(step, step)


def as_line(step: Step, first: str) -> str:
    """Return a step as a line of plain mode; `first` is the number of the first list."""
    match step:
        case int():
            return str(step)
        case Line(text) | Burst(text):
            return text.strip()
    return {BACK: "b", FIRST: first}.get(step, step)


def place_in(
    folder: Folder | None,
    make: Callable[..., Any],
    *,
    content: Content = CONTENT,
    sender: Sender | None = None,
    **more: Any,
) -> Place:
    """Return a desk where MR works, with an asker made of a content, a timer, a lock and what is a code."""
    timer, lock = DeskTimer(lambda: 0.0), Lock(lambda: None, lambda: 0.0)
    lock.staff = Staff("MR", "", 0.0, computer="front")
    place = Place(content, Voice(content, "en"), make(timer, lock), timer, lock, folder=folder, **more)
    place.sender = sender
    if folder is not None:
        log = Log(folder, "front")
        place.lists = Lists(folder, content, log, lambda: lock.staff.who if lock.staff else None)  # type: ignore[arg-type, return-value] # there is staff
        place.tray = InTray(folder, content)
    return place


def run(place: Place) -> None:
    """Show the start page until the script is over."""
    with suppress(VisitEnded):
        StartPage(place, lambda: None, Limits()).run()


def in_lines(folder: Folder | None, steps: Iterable[Step], first: str = "278", **more: Any) -> str:
    """Play a script line by line; return what was written, wherever a long name has broken its lines."""
    typed, out = io.StringIO("".join(f"{as_line(step, first)}\n" for step in steps)), io.StringIO()

    def make(_timer: DeskTimer, lock: Lock) -> DeskPlain:
        return DeskPlain(CONTENT, "en", typed, out, lock=lock, is_scan=lambda text: place.is_code(text))  # noqa: PLW0108 - made below

    place = place_in(folder, make, **more)
    run(place)
    assert not typed.read()
    return " ".join(out.getvalue().split())


def on_screen(
    folder: Folder | None,
    steps: Iterable[Step],
    first: str = "278",
    *,
    see: Callable[[str, View], None] = lambda _name, _view: None,
    **more: Any,
) -> str:
    """Play a script on the screen, each step when the page after the one before is drawn; return notices.

    `see` gets each page's id, and the page as it is shown.
    """
    del first
    left, said = [as_keys(step) for step in steps], []
    with create_pipe_input() as terminal, create_app_session(input=terminal, output=_TallOutput()):
        screens: list[DeskScreen] = []

        def make(timer: DeskTimer, lock: Lock) -> DeskScreen:
            screens.append(
                DeskScreen(
                    CONTENT,
                    "en",
                    Glyphs(),
                    timer,
                    lock,
                    large=False,
                    why_no_code=lambda burst: why_no_code(place, burst),
                )
            )
            return screens[0]

        place = place_in(folder, make, **more)
        (screen,) = screens
        with screen:
            app = cast(DeskApp, screen._app)
            shown = app.show
            is_sent = False

            def show(view: View, **options: Any) -> Any:
                nonlocal is_sent
                is_sent = False
                said.append(screen._notice)
                see(app._page.id, view)
                return shown(view, **options)

            def send(_: object) -> None:
                nonlocal is_sent
                if is_sent or app._requested.done() or not (app._windows and app._windows.layout.option_rows):
                    return
                if app._pace.waiting or app._scan_waits:  # nobody scans within 25 ms of pressing a key
                    app._loop.call_later(PAUSE, send, None)
                    return
                is_sent = True
                if left:
                    terminal.send_text(left.pop(0))
                else:
                    terminal.close()

            app.show = show  # type: ignore[method-assign] # to see what is shown
            app._application.after_render += send
            run(place)
    assert not left, left
    return "\n".join(said)


def actions(folder: Folder) -> list[str]:
    """Return what the log says was done."""
    return [f"{'not ' * each.failed}{each.action}" for each in entries(folder, TODAY)]
