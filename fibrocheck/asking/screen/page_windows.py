"""A page as prompt_toolkit draws it: windows for the parts of its layout, and the focus in them.

The list of options is questionary's. What the mouse does is here too, because it depends on what is
drawn where; what the keys do is the application's business.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout import HSplit, VSplit, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.layout.mouse_handlers import MouseHandler, MouseHandlers
from prompt_toolkit.layout.screen import Screen
from prompt_toolkit.mouse_events import MouseEvent, MouseEventType
from questionary.prompts.common import Choice, InquirerControl, Separator

from fibrocheck.asking.contract import OWN, Looks
from fibrocheck.asking.screen.actions import Action, action_of, choose
from fibrocheck.asking.screen.page_layout import POINTER_COLUMNS, Glyphs, OptionLines, PageLayout, Size
from fibrocheck.asking.screen.painted import Painted
from fibrocheck.pages.text_layout import CURSOR, TEXT, Line, Span

UP, DOWN = -1, 1
CORNER = Size(columns=8, rows=3)
"""The upper left corner, which staff at a touch screen hold (`--touch`)."""

_HELD = {MouseEventType.MOUSE_DOWN: True, MouseEventType.MOUSE_UP: False}
_EDGE = 3
"""The columns at the right of a list in the middle of which its scroll signs are."""


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
        self.layout = layout
        self.size = size
        self.focus: Action | None = None
        """What Enter acts on: an option or an action at the foot."""
        self.steps = 0
        """How often a key moved the focus: also where there is one option only, it is a sign of life."""
        self._glyphs, self._pointer, self._looks = glyphs, glyphs.pointer, looks
        self._pressed, self._clicked = pressed, clicked
        self._corner = corner
        self._focused = focused
        self._targets = [*(choose(option.id) for option in layout.options), *layout.foot_actions]
        self._sight = layout.in_sight(0, 0)
        self._choices = _Choices(self._titles(), self._pointer, self._turn_wheel)
        self._list = self._box_window() if layout.drawn else self._list_window()
        self._way_on = Painted(layout.way_on, self._click, now=lambda: self._with_focus(layout.way_on))
        self._heading = _Heading(layout.top, self._click, self._corner)
        self._foot = Painted(layout.foot, self._click, now=self._foot_now)
        self.container = self._container()

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
            self._choices.point_at(focus.id)
            self._sight = self.layout.in_sight(self._sight.start, self._index)
        self._focused(self._window_of(focus))

    def _window_of(self, target: Action) -> Window:
        if target.is_choice and self._heading.has_cursor:
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

    def _container(self) -> HSplit:
        edge = [self._edge_window()] if self.layout.scrolls else []
        # With a fixed height the number of options out of sight is drawn after the list has scrolled.
        more = [Window(FormattedTextControl(self._more_fragments), height=1)] if self.layout.more else []
        beside = [Painted(self.layout.beside, self._click)] if self.layout.beside else []
        # What is left of the height of a list that scrolls stays empty.
        listed: Window | HSplit | VSplit = self._list
        if self.layout.scrolls:
            listed = HSplit([self._list, Window()])
        elif beside:
            listed = VSplit([self._list], width=self.layout.beside_at)
        is_alone = self.layout.drawn and not beside
        middle = listed if is_alone else Columns([Window(width=self.layout.margin), listed, *beside, *edge])
        middles = [middle] if self.layout.option_rows else []
        # Every cell is filled with the colours of a set. The terminal's own need none, which is much faster.
        style = "" if self._looks.colours == OWN else "class:page"
        way_on = [self._way_on] if self.layout.way_on else []
        return HSplit([self._heading, *middles, *more, *way_on, Window(), self._foot], style=style)

    def _list_window(self) -> Window:
        """Return the list, as high as the options that are whole in sight."""
        return Window(
            self._choices,
            height=lambda: len(self.layout.rows_of(self._sight)),
            get_vertical_scroll=lambda _: self.layout.rows_of(self._sight).start,
            cursorline=Condition(lambda: self._is_in_list),
        )

    def _box_window(self) -> Window:
        """Return the options as boxes. Their focus is `self.focus`; there is no list of questionary's."""
        drawn: Sequence[Line] = self.layout.drawn
        if not self.layout.beside:  # one window is drawn sooner than three beside each other
            margin = Span(TEXT, " " * self.layout.margin)
            drawn = tuple((margin, *line) for line in drawn)
        return Painted(drawn, self._click, now=lambda: self._with_focus(drawn))

    def _edge_window(self) -> Window:
        # With a fixed height it is drawn only after the list has scrolled to its position.
        return Window(
            FormattedTextControl(self._edge_fragments),
            width=self.layout.margin,
            height=self.layout.option_rows,
        )

    # Their text

    def _titles(self) -> list[Choice]:
        listed = () if self.layout.drawn else self.layout.listed
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

    def _more_fragments(self) -> StyleAndTextTuples:
        """Return how many options are below and above the list; a tap on either turns the list there."""
        counts = len(self.layout.listed) - self._sight.stop, self._sight.start
        fragments: StyleAndTextTuples = [("", " " * self.layout.margin)]
        for direction, count, said in zip((DOWN, UP), counts, self.layout.more or (), strict=False):
            if count:
                text = said.replace("{number}", str(count))
                fragments += [("", " " * POINTER_COLUMNS), ("class:aside", text, self._turn_page(direction))]
        return fragments

    def _edge_fragments(self) -> StyleAndTextTuples:
        """Return the edge of a list that scrolls: signs for more above and below; a tap scrolls there."""
        rows = self.layout.option_rows
        below = self._sight.stop < len(self.layout.listed)
        signs = {0: "^" if self._sight.start else " ", rows - 1: "v" if below else " "}
        return [
            (
                "class:scroll",
                signs.get(row, " ").center(min(self.layout.margin, _EDGE)).ljust(self.layout.margin)
                + ("\n" if row < rows - 1 else ""),
                self._turn_page(UP if row < rows // 2 else DOWN),
            )
            for row in range(rows)
        ]

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
            if event.event_type is MouseEventType.MOUSE_DOWN:
                self._pressed(action)
            elif event.event_type is MouseEventType.MOUSE_UP:
                self._clicked(action, event.position)

        return clicked

    def _turn_page(self, direction: int) -> Callable[[MouseEvent], None]:
        def turned(event: MouseEvent) -> None:
            if event.event_type is MouseEventType.MOUSE_UP:
                self.turn_page(direction)

        return turned

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


class Columns(VSplit):
    """Windows beside each other. If one has no width of its own, it takes the columns that the others leave.

    The library gives them out one by one, twice for each frame: a tenth of what a key costs.
    """

    def _divide_widths(self, width: int) -> list[int] | None:
        """Return the width of each window; `None` if there is not enough space."""
        widths = [getattr(each, "width", None) for each in self._all_children]
        own = [each for each in widths if isinstance(each, int)]
        left = width - sum(own)
        if left >= 0 and None in widths and len(own) == len(widths) - 1:
            return [left if each is None else each for each in widths]
        return super()._divide_widths(width)


class _Heading(Painted):
    """What is above the options; its upper left corner reports that it is pressed and let go."""

    def __init__(
        self, lines: Sequence[Line], click: Callable[[Action], MouseHandler], corner: Callable[[bool], None]
    ) -> None:
        self._corner = corner
        self.has_cursor = any(span.style == CURSOR for line in lines for span in line)
        super().__init__(lines, click, now=(lambda: lines) if self.has_cursor else None)

    def write_to_screen(self, screen: Screen, mouse_handlers: MouseHandlers, *place: Any) -> None:
        """Draw it, and listen to the corner."""
        super().write_to_screen(screen, mouse_handlers, *place)
        for y in range(CORNER.rows):
            row = mouse_handlers.mouse_handlers[y]
            row.update({x: self._reporting(row.get(x)) for x in range(CORNER.columns)})

    def _reporting(self, handler: MouseHandler | None) -> MouseHandler:
        """Return what reports the corner, and does what the text under the mouse does."""

        def report(mouse_event: MouseEvent) -> Any:
            if mouse_event.event_type in _HELD:
                self._corner(_HELD[mouse_event.event_type])
            return handler(mouse_event) if handler else NotImplemented

        return report


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
        turns = {MouseEventType.SCROLL_UP: UP, MouseEventType.SCROLL_DOWN: DOWN}
        if mouse_event.event_type in turns:
            return self._wheel(turns[mouse_event.event_type])
        return super().mouse_handler(mouse_event)


def _pointed(line: Line, focus: Action | None, pointer: str) -> Line:
    """Return a line with the pointer in the last column before a focused action, and the cursor on that."""
    at = next((number for number, span in enumerate(line) if focus and span.action == focus), None)
    if not at:
        return line
    before = line[at - 1]
    pointed = (before._replace(text=before.text[:-1]), Span("pointer", pointer), Span(CURSOR, ""))
    return (*line[: at - 1], *pointed, *line[at:])
