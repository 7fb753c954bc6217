"""The actions of a page: what a person, the terminal or the clock can request there.

The only module that knows how an action is represented. The layout puts actions into its lines,
the application reports which one was requested, and the asker acts on it.
"""

from typing import NamedTuple

from fibrocheck.pages.text_layout import Span


class Action(NamedTuple):
    """One request; `id` is the option's id if an option is chosen, otherwise empty."""

    name: str
    id: str = ""

    @property
    def is_choice(self) -> bool:
        """Whether the action chooses an option."""
        return self.name == _CHOOSE


_CHOOSE = "choose"

ENTER = Action("enter")
"""Go on from a page on which several options may be marked."""

BACK, WHY, HIDE, MENU, LEAVE, SWITCH, STAFF = map(
    Action, ("back", "why", "hide", "menu", "leave", "switch", "staff")
)
"""By a key or a click. `SWITCH` continues in plain mode; `STAFF` asks for a kiosk's staff code."""

TYPED = Action("typed")
"""Something was typed on a page that takes text."""

TOO_SMALL, IDLE, TICK = map(Action, ("too-small", "idle", "tick"))
"""By the terminal's size, by the idle timer, and at the end of the time a page is shown for."""

HOTKEYS = "1234567890abcdefghijklmnopqrstuvwxyz"
"""The key of each option, in order."""

MENU_KEY = "0"
"""Opens the menu, so that digits alone reach every action. If a page has ten options or more, it is
the key of the tenth."""

OTHER_MENU_KEYS = ".,"
"""Open the menu on a page with any number of options: the key beside 0 on a numeric keypad."""


def choose(option_id: str) -> Action:
    """Return the action that chooses an option."""
    return Action(_CHOOSE, option_id)


def action_of(span: Span) -> Action | None:
    """Return the action that a click on a span requests, if any."""
    return span.action if isinstance(span.action, Action) else None
