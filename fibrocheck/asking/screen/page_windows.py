"""A page as prompt_toolkit draws it: windows for the parts of its layout, and the focus in them.

A list of choices is questionary's; one of rows without keys is not (see `row_list`). What the mouse does is
here too, because it depends on what is drawn where; what the keys do is the application's business.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout import HSplit, VSplit, Window
from prompt_toolkit.layout.mouse_handlers import MouseHandler
from prompt_toolkit.mouse_events import MouseEvent, MouseEventType
from questionary.prompts.common import Choice, InquirerControl, Separator

from fibrocheck.asking.contract import OWN, Looks
from fibrocheck.asking.screen.actions import DOWN, TURN_DOWN, TURN_UP, UP, Action, action_of, choose
from fibrocheck.asking.screen.corner import Heading
from fibrocheck.asking.screen.option_lines import OptionLines
from fibrocheck.asking.screen.page_layout import POINTER_COLUMNS, Glyphs, PageLayout, Size
from fibrocheck.asking.screen.painted import Painted
from fibrocheck.asking.screen.row_list import rows_in_sight
from fibrocheck.asking.screen.splits import Columns, Stack
from fibrocheck.pages.text_layout import BLANK, CURSOR, TEXT, Line, Span

_TURNS = {TURN_UP: UP, TURN_DOWN: DOWN}
"""What a tap on the signs at the edges of a list does. It stays here: nothing is requested."""

_WHEEL = {MouseEventType.SCROLL_UP: UP, MouseEventType.SCROLL_DOWN: DOWN}


class PageWindows:
    """A page laid out for one size of terminal."""

    def __init__(
        self,
        layout: PageLayout,
        size: Size,
        glyphs: Glyphs,
        looks: Looks,
        *,
        pressed: Callable[[Action], None],
        clicked: Callable[[Action, Point], None],
        corner: Callable[[bool], None],
        focused: Callable[[Window], None],
    ) -> None:
        """Build the windows.

        `pressed` is called with an action when the mouse is pressed on it, `clicked` with it and the position
        when it is let go there, `focused` with the window that has the focus, and `corner` when the upper
        left corner is pressed or let go.
        """
        self.size = size
        self.focus: Action | None = None
        """What Enter acts on: an option or an action at the foot."""
        self.steps = 0
        """How often a key moved the focus: also where there is one option only, it is a sign of life."""
        self._glyphs, self._pointer, self._looks = glyphs, glyphs.pointer, looks
        self._colours = looks.colours
        self._pressed, self._clicked = pressed, clicked
        self._corner = corner
        self._focused = focused
        self._show(layout)
        self._choices = _Choices(self._titles(), self._pointer, self._turn_wheel)
        self._list = self._list_of_options()
        self._way_on = self._focusable(lambda: self.layout.way_on)
        self._heading = self._new_heading()
        self._foot = Painted(
            self._foot_now, self._click, without_focus=lambda: self.layout.foot, can_have_focus=True
        )
        self.container = self._container()

    def shows(self, layout: PageLayout, size: Size) -> bool:
        """Show a page as it is laid out now and return true, if it has the parts that are there already.

        Its list begins where that of a new page does. A list of questionary's is always made anew.
        """
        is_same = size == self.size and self._looks.colours == self._colours
        if not is_same or self._is_questionarys or _parts(layout) != self._parts:
            return False
        self._show(layout)
        return True

    def _show(self, layout: PageLayout) -> None:
        self.layout, self._parts = layout, _parts(layout)
        self._targets = [*(choose(option.id) for option in layout.options), *layout.foot_actions]
        self._sight = layout.in_sight(0, 0)
        self._has_row_above = layout.more is not None and layout.top[-1:] == (BLANK,)

    @property
    def _is_questionarys(self) -> bool:
        return bool(self.layout.option_rows) and not (self.layout.drawn or self.layout.has_plain_rows)

    @property
    def is_on_option(self) -> bool:
        """Whether the focus is on an option, and not at the foot."""
        return self.focus is not None and self.focus.is_choice

    @property
    def _pinned(self) -> Action | None:
        """The way on, if it stands below the list."""
        return choose(self.layout.options[-1].id) if self.layout.way_on else None

    @property
    def _is_in_list(self) -> bool:
        return self.is_on_option and self.focus != self._pinned

    def move_focus_to(self, target: Action | None) -> None:
        """Focus an option or an action at the foot; the first option if the target is not on the page."""
        if not self.layout.option_rows:
            return
        self.focus = focus = target if target in self._targets else self._targets[0]
        self._choices.pointer = self._pointer if self._is_in_list else None
        if self._is_in_list and not self.layout.drawn:
            if self._is_questionarys:
                self._choices.point_at(focus.id)
            self._sight = self.layout.in_sight(self._sight.start, self._index)
        self._focused(self._window_of(focus))

    def _window_of(self, target: Action) -> Window:
        if target.is_choice and self.layout.has_cursor:
            return self._heading
        if target == self._pinned:
            return self._way_on
        return self._list if target.is_choice else self._foot

    def step(self, step: int, *, among_options: bool = False) -> None:
        """Focus the next (1) or the previous (-1) target, from the last on to the first and back.

        `among_options`: from the last option on to the first. Whoever looks for more choices must not meet
        Back; the foot is before the first option then.
        """
        if self.focus is None:
            return
        index, options = self._targets.index(self.focus), len(self.layout.options)
        self.steps += 1
        ends = among_options and step == DOWN and index == options - 1
        self.move_focus_to(self._targets[0 if ends else (index + step) % len(self._targets)])

    # The windows

    def _container(self) -> Stack:
        layout = self.layout
        more = [Painted(self._more_line, self._click, elsewhere=self._in_list)] if layout.more else []
        # Every cell is filled with the colours of a set. The terminal's own need none, which is much faster.
        style = "" if self._colours == OWN else "class:page"
        way_on = [self._way_on] if layout.way_on else []
        middle = [self._middle()] if layout.option_rows else []
        return Stack([self._heading, *middle, *more, *way_on], self._foot, self._painted(tuple), style)

    def _new_heading(self) -> Painted:
        """Return what is above the options. It has the focus where the cursor stands in it."""
        has_cursor = self.layout.has_cursor
        if self._looks.touch:
            return Heading(self._top_now, self._click, self._corner, can_have_focus=has_cursor)
        return Painted(self._top_now, self._click, can_have_focus=has_cursor)

    def _top_now(self) -> Sequence[Line]:
        """Return what is above the options, with how many are out of sight there if that has a row."""
        if not (self._sight.start and self._has_row_above):
            return self.layout.top
        from fibrocheck.asking.screen.out_of_sight import line_of_more  # few lists scroll

        return (*self.layout.top[:-1], line_of_more(self.layout, self._sight, (UP,)))

    def _middle(self) -> Window | HSplit | VSplit:
        """Return the list with what is beside it."""
        layout = self.layout
        listed: Window | HSplit | VSplit = self._list
        if not (layout.scrolls or layout.beside or self._is_questionarys):
            return listed
        margin = self._painted(tuple, layout.margin)
        # With a fixed height, what depends on how far the list has scrolled is drawn after it.
        edge = [self._painted(self._edge_lines, layout.margin)] if layout.scrolls else []
        beside = [self._painted(lambda: self.layout.beside)] if layout.beside else []
        before = [] if layout.has_plain_rows or (layout.drawn and not beside) else [margin]
        # What is left of the height of a list that scrolls stays empty.
        if layout.scrolls and self._is_questionarys:
            listed = HSplit([listed, Window()])
        elif beside:
            listed = VSplit([listed], width=layout.beside_at)
        return Columns([*before, listed, *beside, *edge], height=lambda: self._height)

    @property
    def _height(self) -> int:
        """The rows of the list and of what is beside it."""
        layout = self.layout
        return layout.option_rows if layout.scrolls else max(layout.rows_needed, len(layout.beside))

    def _painted(self, lines: Callable[[], Sequence[Line]], width: int | None = None) -> Painted:
        return Painted(lines, self._click, width=width)

    def _focusable(self, lines: Callable[[], Sequence[Line]]) -> Painted:
        """Return a window with lines of boxes, one of which may have the focus."""
        return Painted(
            lambda: self._with_focus(lines()), self._click, without_focus=lines, can_have_focus=True
        )

    def _list_of_options(self) -> Window:
        if self.layout.drawn:
            return self._focusable(self._boxes)
        if not self.layout.has_plain_rows:
            return self._list_window()
        return Painted(self._rows_now, self._click_in_list, can_have_focus=True, elsewhere=self._in_list)

    def _list_window(self) -> Window:
        """Return questionary's list, as high as the options that are whole in sight."""
        return Window(
            self._choices,
            height=lambda: len(self.layout.rows_of(self._sight)),
            get_vertical_scroll=lambda _: self.layout.rows_of(self._sight).start,
            cursorline=Condition(lambda: self._is_in_list),
        )

    def _boxes(self) -> Sequence[Line]:
        """Return the options as boxes. Their focus is `self.focus`; there is no list of questionary's."""
        drawn: Sequence[Line] = self.layout.drawn
        if self.layout.beside:
            return drawn
        # One window is drawn sooner than three beside each other.
        margin = Span(TEXT, " " * self.layout.margin)
        return tuple([(margin, *line) for line in drawn])

    def _rows_now(self) -> Sequence[Line]:
        focus = self.focus if self._is_in_list else None
        return rows_in_sight(self.layout, self._sight, focus, self._pointer, self.size.columns)

    # Their text

    def _titles(self) -> list[Choice]:
        listed = self.layout.listed if self._is_questionarys else ()
        return [title for option in listed for title in self._title(option)] or [Choice(" ", value="")]

    def _title(self, option: OptionLines) -> list[Choice]:
        hang = " " * POINTER_COLUMNS
        title: list[Any] = []
        for number, line in enumerate(option.lines):
            title += [("", "\n" + hang)] if number else []
            title += self._fragments([line])
        gap = ("", " " * (self.size.columns - 2 * self.layout.margin), self._click(choose(option.id)))
        for _ in range(option.gap):
            title += [("", "\n"), gap]
        headings: list[Choice] = [Separator(heading or " ") for heading in option.heading]
        return [*headings, Choice(title, value=option.id)]

    def _foot_now(self) -> Sequence[Line]:
        """Return the foot with the focus in it, if it is there."""
        if self.is_on_option:
            return self.layout.foot
        if self.layout.has_foot_boxes:
            return self._with_focus(self.layout.foot)
        return [_pointed(line, self.focus, self._pointer) for line in self.layout.foot]

    def _with_focus(self, lines: Sequence[Line]) -> Sequence[Line]:
        from fibrocheck.asking.screen.boxes import with_focus  # loaded by the layout that has boxes

        return with_focus(lines, self.focus, self._glyphs)

    def _more_line(self) -> Sequence[Line]:
        """Return how many options are below the list, and above it too if that has no row of its own."""
        from fibrocheck.asking.screen.out_of_sight import line_of_more  # few lists scroll

        return [line_of_more(self.layout, self._sight, (DOWN,) if self._has_row_above else (DOWN, UP))]

    def _edge_lines(self) -> Sequence[Line]:
        from fibrocheck.asking.screen.out_of_sight import edge_lines  # few lists scroll

        return edge_lines(self.layout, self._sight)

    def _fragments(self, lines: Iterable[Line]) -> StyleAndTextTuples:
        """Return lines as prompt_toolkit's fragments; a click on an action's text requests the action."""
        fragments: StyleAndTextTuples = []
        for number, line in enumerate(lines):
            fragments += [("", "\n")] if number else []
            for span in line:
                action = action_of(span)
                click = (self._click(action),) if action else ()
                fragments.append((f"class:{span.style}", span.text, *click))
        return fragments

    # What the mouse does

    def _click(self, action: Action) -> Callable[[MouseEvent], None]:
        def clicked(event: MouseEvent) -> None:
            if action in _TURNS:
                self._turn_by_tap(_TURNS[action], event)
            elif event.event_type is MouseEventType.MOUSE_DOWN:
                self._pressed(action)
            elif event.event_type is MouseEventType.MOUSE_UP:
                self._clicked(action, event.position)

        return clicked

    def _turn_by_tap(self, direction: int, event: MouseEvent) -> None:
        if event.event_type is MouseEventType.MOUSE_UP:
            self.turn_page(direction)

    def _click_in_list(self, action: Action) -> MouseHandler:
        """Return what the mouse does on an action in a list that its wheel scrolls."""
        click = self._click(action)

        def clicked(event: MouseEvent) -> None:
            (self._in_list if event.event_type in _WHEEL else click)(event)

        return clicked

    def _in_list(self, event: MouseEvent) -> Any:
        """Scroll by the wheel; nothing else does anything beside an action."""
        return self._turn_wheel(_WHEEL[event.event_type]) if event.event_type in _WHEEL else NotImplemented

    def turn_page(self, direction: int) -> None:
        """Show the next (1) or the previous (-1) options of a list that scrolls; focus their first."""
        if not self.layout.scrolls:
            return
        if direction > 0:
            at = min(self._sight.stop, len(self.layout.listed) - 1)
            self._sight = self.layout.in_sight(self.layout.page_of(at), at)
        else:
            self._sight = self.layout.in_sight(0, max(self._sight.start - 1, 0))
            at = self._sight.start
        self.move_focus_to(self._targets[at])

    def _turn_wheel(self, direction: int) -> None:
        if self.layout.scrolls:
            self._move_on(direction)

    @property
    def _index(self) -> int:
        """The index of the focused option; 0 if the focus is at the foot."""
        focus = self.focus
        return self._targets.index(focus) if focus is not None and focus.is_choice else 0

    def _move_on(self, steps: int) -> None:
        """Focus the option that many further on, or the last one in that direction."""
        self.move_focus_to(self._targets[min(max(self._index + steps, 0), len(self.layout.options) - 1)])

    def go_to_end(self, direction: int) -> None:
        """Focus the last option (1) or the first one (-1)."""
        if self.focus is not None:
            at = len(self.layout.listed) - 1 if direction > 0 else 0
            self.move_focus_to(self._targets[at])  # the list is turned, also if the way on is below it
            self._move_on(direction * len(self.layout.options))


def _parts(layout: PageLayout) -> tuple[object, ...]:
    """Return what decides which windows a page has."""
    sizes = layout.margin, layout.beside_at, bool(layout.option_rows)
    parts = layout.drawn, layout.more, layout.beside, layout.way_on
    return *sizes, layout.scrolls, layout.has_plain_rows, layout.has_cursor, *map(bool, parts)


class _Choices(InquirerControl):
    """questionary's list of choices, with a handler for the mouse wheel."""

    def __init__(self, choices: list[Choice], pointer: str, wheel: Callable[[int], None]) -> None:
        """Prepare to show choices; `wheel` is called with `UP` or `DOWN`."""
        self._wheel = wheel
        super().__init__(
            choices, pointer=pointer, use_indicator=False, show_description=False, focusable=True
        )

    def point_at(self, value: str) -> None:
        """Put the pointer on the choice with a value."""
        self.pointed_at = [choice.value for choice in self.choices].index(value)

    def mouse_handler(self, mouse_event: MouseEvent) -> Any:
        """Scroll by the wheel, or request the action under the mouse."""
        if mouse_event.event_type in _WHEEL:
            return self._wheel(_WHEEL[mouse_event.event_type])
        return super().mouse_handler(mouse_event)


def _pointed(line: Line, focus: Action | None, pointer: str) -> Line:
    """Return a line with the pointer in the last column before a focused action, and the cursor on that."""
    at = next((number for number, span in enumerate(line) if focus and span.action == focus), None)
    if not at:
        return line
    before = line[at - 1]
    pointed = (before._replace(text=before.text[:-1]), Span("pointer", pointer), Span(CURSOR, ""))
    return (*line[: at - 1], *pointed, *line[at:])
