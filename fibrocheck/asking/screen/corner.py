"""The upper left corner of a touch screen, which staff hold to end the kiosk (`--touch`)."""

from collections.abc import Callable, Sequence
from typing import Any

from prompt_toolkit.layout.mouse_handlers import MouseHandler, MouseHandlers
from prompt_toolkit.layout.screen import Screen
from prompt_toolkit.mouse_events import MouseEvent, MouseEventType

from fibrocheck.asking.screen.actions import Action
from fibrocheck.asking.screen.page_layout import Size
from fibrocheck.asking.screen.painted import Painted
from fibrocheck.pages.text_layout import Line

CORNER = Size(columns=8, rows=3)
"""How large it is."""

_HELD = {MouseEventType.MOUSE_DOWN: True, MouseEventType.MOUSE_UP: False}


class Heading(Painted):
    """What is above the options; its upper left corner reports that it is pressed and let go."""

    def __init__(
        self,
        lines: Callable[[], Sequence[Line]],
        click: Callable[[Action], MouseHandler],
        corner: Callable[[bool], None],
        *,
        can_have_focus: bool = False,
    ) -> None:
        self._corner = corner
        super().__init__(lines, click, can_have_focus=can_have_focus)

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
