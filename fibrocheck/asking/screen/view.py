"""A page as prompt_toolkit draws it: windows for what a frame lays out, and where the focus is.

The list of choices is questionary's. What the mouse can do stands here too, because it can do it
only where something is drawn; what the keys do is for the stage to know.
"""

from collections.abc import Callable, Iterable
from typing import Any

from prompt_toolkit.data_structures import Point
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout import HSplit, ScrollOffsets, VSplit, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.mouse_events import MouseEvent, MouseEventType
from questionary import Choice, Separator
from questionary.prompts.common import InquirerControl

from fibrocheck.asking.screen.layout import CHOOSE, POINTER_COLUMNS, Frame, Glyphs, OptionLines, Size
from fibrocheck.pages.text_layout import Line

UP, DOWN = -1, 1


class View:
    """A page while it is shown: how it is laid out for a size, and where the person is on it."""

    def __init__(
        self,
        frame: Callable[[Size], Frame],
        focus: str = "",
        *,
        many: bool = False,
        waits: bool = False,
        typed: str | None = None,
    ) -> None:
        """A page as it is first shown."""
        self.frame = frame
        self.focus = focus
        """What Enter would act on: `choose:ID` or an action at the foot; empty at first."""
        self.many = many
        """Whether several choices may be marked before going on."""
        self.waits = waits
        """Whether nobody is hurried on this page."""
        self.typed = typed
        """The letters and digits typed so far, where they are not keys of choices; otherwise `None`."""

    @property
    def on_choice(self) -> bool:
        """Whether the focus is on one of the choices, and not at the foot."""
        return self.focus.startswith(CHOOSE)


class Sheet:
    """A view laid out for one size of terminal."""

    def __init__(
        self,
        view: View,
        size: Size,
        glyphs: Glyphs,
        clicked: Callable[[str, Point], None],
        focused: Callable[[Window], None],
    ) -> None:
        """Lay the view out. `clicked` gets an action and where; `focused` the window with the focus."""
        self.size = size
        self.frame = view.frame(size)
        self._view = view
        self._pointer = glyphs.pointer
        self._clicked = clicked
        self._focused = focused
        self._targets = [*(CHOOSE + option.id for option in self.frame.options), *self.frame.foot_actions]
        self._choices = _Choices(self._titles(), self._pointer, self._turn_wheel)
        self._list = self._list_window()
        self._foot = Window(
            FormattedTextControl(self._foot_fragments, focusable=True), height=len(self.frame.foot)
        )
        self.container = self._whole()

    def focus(self, target: str) -> None:
        """Put the pointer and the cursor on a choice, or on an action at the foot; else on the first."""
        if not self.frame.option_rows:
            return
        self._view.focus = target if target in self._targets else self._targets[0]
        on_choice = self._view.on_choice
        self._choices.pointer = self._pointer if on_choice else None
        if on_choice:
            values = [choice.value for choice in self._choices.choices]
            self._choices.pointed_at = values.index(self._view.focus.removeprefix(CHOOSE))
        self._focused(self._list if on_choice else self._foot)

    def step(self, step: int) -> None:
        """Focus the next choice or action, or the one before; round from the last to the first."""
        self.focus(self._targets[(self._targets.index(self._view.focus) + step) % len(self._targets)])

    # The windows

    def _whole(self) -> HSplit:
        top = Window(FormattedTextControl(self._fragments(self.frame.top)), height=len(self.frame.top))
        edge = [self._edge_window()] if self.frame.scrolls else []
        middle = VSplit([Window(width=self.frame.margin), self._list, *edge])
        return HSplit([top, *([middle] if self.frame.option_rows else []), Window(), self._foot])

    def _list_window(self) -> Window:
        options = self.frame.options
        return Window(
            self._choices,
            height=min(self.frame.option_rows, self.frame.rows_needed),
            cursorline=True,
            # The whole focused choice and the heading above it, not only the row of the cursor.
            scroll_offsets=ScrollOffsets(
                top=lambda: len(options[self._place].heading),
                bottom=lambda: len(options[self._place].lines) - 1,
            ),
        )

    def _edge_window(self) -> Window:
        # Its height is given, so that it is drawn only when the list has found its place.
        return Window(
            FormattedTextControl(self._edge_fragments),
            width=self.frame.margin,
            height=self.frame.option_rows,
        )

    # What stands in them

    def _titles(self) -> list[Choice]:
        return [title for option in self.frame.options for title in self._title(option)]

    def _title(self, option: OptionLines) -> list[Choice]:
        hang = " " * POINTER_COLUMNS
        title: list[Any] = []
        for number, line in enumerate(option.lines):
            title += [("", "\n" + hang)] if number else []
            title += self._fragments([line])
        headings: list[Choice] = [Separator(heading or " ") for heading in option.heading]
        return [*headings, Choice(title, value=option.id)]

    def _foot_fragments(self) -> StyleAndTextTuples:
        return self._fragments(self.frame.foot, "" if self._view.on_choice else self._view.focus)

    def _edge_fragments(self) -> StyleAndTextTuples:
        """The edge of a list that scrolls: signs for what is above and below; a tap leads there."""
        rows, above = self.frame.option_rows, self._list.vertical_scroll
        below = self.frame.rows_needed - rows - above
        signs = {0: "^" if above > 0 else " ", rows - 1: "v" if below > 0 else " "}
        return [
            (
                "class:scroll",
                signs.get(row, " ").center(self.frame.margin) + ("\n" if row < rows - 1 else ""),
                self._turn_page(UP if row < rows // 2 else DOWN),
            )
            for row in range(rows)
        ]

    def _fragments(self, lines: Iterable[Line], focus: str = "") -> StyleAndTextTuples:
        """Lines as prompt_toolkit wants them, a click on an action's words asking for it."""
        fragments: StyleAndTextTuples = []
        for number, line in enumerate(lines):
            if number:
                fragments.append(("", "\n"))
            for span in line:
                if span.action and span.action == focus:
                    _point_at(fragments, self._pointer)
                    focus = ""
                if span.action:
                    fragments.append((f"class:{span.style}", span.text, self._click(span.action)))
                else:
                    fragments.append((f"class:{span.style}", span.text))
        return fragments

    # What the mouse does

    def _click(self, action: str) -> Callable[[MouseEvent], None]:
        def clicked(event: MouseEvent) -> None:
            if event.event_type is MouseEventType.MOUSE_UP:
                self._clicked(action, event.position)

        return clicked

    def _turn_page(self, direction: int) -> Callable[[MouseEvent], None]:
        def turned(event: MouseEvent) -> None:
            if event.event_type is MouseEventType.MOUSE_UP:
                self._move_focus(direction * self.frame.choices_ahead(self._place, direction))

        return turned

    def _turn_wheel(self, direction: int) -> None:
        if self.frame.scrolls:
            self._move_focus(direction)

    @property
    def _place(self) -> int:
        """The focused choice, counted from 0; the first one where an action at the foot is focused."""
        return self._targets.index(self._view.focus) if self._view.on_choice else 0

    def _move_focus(self, step: int) -> None:
        """Focus a choice that many further on, as far as there are any."""
        last = len(self.frame.options) - 1
        self.focus(self._targets[min(max(self._place + step, 0), last)])


class _Choices(InquirerControl):
    """questionary's list of choices, which also tells of the mouse's wheel."""

    def __init__(self, choices: list[Choice], pointer: str, wheel: Callable[[int], None]) -> None:
        """Prepare to show choices; `wheel` gets `UP` or `DOWN`."""
        self._wheel = wheel
        super().__init__(
            choices, pointer=pointer, use_indicator=False, show_description=False, focusable=True
        )

    def mouse_handler(self, mouse_event: MouseEvent) -> Any:
        """Turn the wheel, or do what the words under the mouse are for."""
        turns = {MouseEventType.SCROLL_UP: UP, MouseEventType.SCROLL_DOWN: DOWN}
        if mouse_event.event_type in turns:
            return self._wheel(turns[mouse_event.event_type])
        return super().mouse_handler(mouse_event)


def _point_at(fragments: StyleAndTextTuples, pointer: str) -> None:
    """Turn the last column before a focused action into the pointer, and put the cursor there."""
    style, before, *_ = fragments.pop()
    fragments += [(style, before[:-1]), ("[SetCursorPosition]", ""), ("class:pointer", pointer)]
