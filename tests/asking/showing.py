"""A terminal of one size that shows page after page, of a visit or of the desk, and taps on everything."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Point
from prompt_toolkit.data_structures import Size as TerminalSize
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.mouse_events import MouseButton, MouseEvent, MouseEventType
from prompt_toolkit.output.vt100 import Vt100_Output

from fibrocheck.asking.contract import OWN
from fibrocheck.asking.idle import IdleTimer
from fibrocheck.asking.screen.actions import LEAVE, Action, choose
from fibrocheck.asking.screen.app import ScreenApp
from fibrocheck.asking.screen.page_layout import Glyphs, PageLayout, Size
from fibrocheck.asking.screen.view import View
from tests.asking.test_wide_layout import actions_of, rows_of, text_of
from tests.program.emulator import Emulator

Steps = Generator[None, None, None]
Do = Callable[["Screen", ScreenApp, PageLayout], Steps]
Pages = Mapping[str, Sequence[PageLayout]]
"""Pages as they are laid out, by their names; a text has several."""


MakeApp = Callable[[], ScreenApp]


def visit_app() -> ScreenApp:
    """Return what shows the pages of a visit."""
    return ScreenApp(Glyphs(), IdleTimer(), locked=False)


class Screen:
    """A terminal of one size, and what was wrong on it."""

    def __init__(self, size: Size) -> None:
        self.size, self.faults, self.name = size, list[str](), ""
        self._emulator, self._sent = Emulator(*size), StringIO()

    def show(self, pages: Pages, do: Do, *, colours: str = OWN, make: MakeApp = visit_app) -> None:
        """Show pages, each over the one before; `do` says what to do after each drawing."""
        size = TerminalSize(self.size.rows, self.size.columns)
        output = Vt100_Output(self._sent, lambda: size, term="xterm-256color")
        with (
            create_pipe_input() as keyboard,
            create_app_session(input=keyboard, output=output),
            make() as app,
        ):
            app.looks.colours = colours
            for self.name, layouts in pages.items():
                for layout in layouts:
                    self._show(app, layout, do(self, app, layout))
        assert self.faults == []

    def _show(self, app: ScreenApp, layout: PageLayout, steps: Steps) -> None:
        def drawn(_: object) -> None:
            try:
                next(steps)
                app._application.invalidate()
            except StopIteration:
                app._request(LEAVE)

        app._application.after_render += drawn
        app.show(View(lambda _size: layout), fresh=False)
        app._application.after_render -= drawn

    def look(self) -> list[Any]:
        """Return the cells as they are now, and the cursor's position."""
        self._emulator.feed(self._sent.getvalue().encode())
        self._sent.seek(0)
        self._sent.truncate()
        screen = self._emulator.screen
        places = [(row, column) for row in range(self.size.rows) for column in range(self.size.columns)]
        return [*(screen.buffer[row][column] for row, column in places), (screen.cursor.x, screen.cursor.y)]

    def expect(self, what: str, *, holds: bool) -> None:
        """Note what is wrong."""
        if not holds:
            self.faults.append(f"{self.name}: {what}")


def jumping(pages: Pages, size: Size) -> Iterable[str]:
    """Yield the pages on which more than edges and the pointer changes when only the focus moves."""
    still = str.maketrans("┏┓┗┛━┃❯", "╭╮╰╯─│ ")
    for name, layouts in pages.items():
        for page in layouts:
            focuses = [*(choose(each.id) for each in page.options), *page.foot_actions]
            texts = {text_of(rows_of(page, size, focus)).translate(still) for focus in focuses}
            if len(texts) > 1:
                yield name


def tapped(screen: Screen, app: ScreenApp, layout: PageLayout) -> Steps:
    """Tap each corner of everything that has an action, and the cell beyond it."""
    taken: list[Action] = []
    app._clicked = lambda action, _position: taken.append(action)  # type: ignore[method-assign, assignment]
    app._windows = None  # made again, with this
    yield
    found = actions_of(rows_of(layout, screen.size))
    if not layout.drawn:  # what is out of sight
        edge = len(layout.top) + layout.option_rows
        way_on = choose(layout.options[-1].id) if layout.way_on else None
        found = {
            at: each for at, each in found.items() if at[0] < edge or not each.is_choice or each == way_on
        }
    for action in dict.fromkeys(found.values()):
        cells = [at for at, each in found.items() if each == action]
        (top, left), (bottom, right) = map(min, zip(*cells, strict=True)), map(max, zip(*cells, strict=True))
        is_box = layout.drawn if action.is_choice else layout.has_foot_boxes
        is_box = is_box or (bool(layout.way_on[1:]) and action == choose(layout.options[-1].id))
        corners = {(y, x) for y in (top, bottom) for x in (left, right)} if is_box else {min(cells)}
        has_edges = text_of(rows_of(layout, screen.size)[top : top + 1])[left] in "╭┏"
        screen.expect(f"{action}: three rows", holds=bottom - top >= 1 + has_edges or not is_box)
        for y, x in corners:
            screen.expect(f"{action} at {x}, {y}", holds=_tap(app, x, y, taken) == [action])
        for y, x in ((top - 1, left), (bottom + 1, right), (top, left - 1), (top, right + 1)):
            beyond = _tap(app, x, y, taken) if is_box else []
            screen.expect(f"{action} beyond at {x}, {y}", holds=action not in beyond)


def _tap(app: ScreenApp, x: int, y: int, taken: list[Action]) -> list[Action]:
    taken.clear()
    handler = app._application.renderer.mouse_handlers.mouse_handlers[y][x]
    handler(MouseEvent(Point(x, y), MouseEventType.MOUSE_UP, MouseButton.LEFT, frozenset()))
    return list(taken)
