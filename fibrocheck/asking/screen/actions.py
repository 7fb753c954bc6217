"""The actions of a page: what a person, the terminal or the clock can request there.

The only module that knows how an action is represented. The layout puts actions into its lines,
the application reports which one was requested, and the asker acts on it.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from typing import NamedTuple

from fibrocheck.asking.contract import SKIP, Option
from fibrocheck.pages.text_layout import Span


class Action(NamedTuple):
    """One request; `id` is the option's id if an option is chosen, otherwise empty."""

    name: str
    id: str = ""

    @property
    def is_choice(self) -> bool:
        """Whether the action chooses an option."""
        return self.name == CHOOSE


CHOOSE, PRESS = "choose", "press"
"""The names of actions with an id: of an option, or of one of a page's own keys."""

BACK, FORWARD, WHY, HIDE, MENU, LANGUAGE, LEAVE, SWITCH, STAFF, SETTINGS, LISTEN, INVITE = map(
    Action,
    (
        *("back", "forward", "why", "hide", "menu", "language", "leave", "switch", "staff", "settings"),
        *("listen", "invite"),
    ),
)
"""By a key or a click. `FORWARD` keeps what there is to keep; `SWITCH` continues in plain mode; `STAFF`
asks for a kiosk's staff code;
`LISTEN` reads aloud, and `INVITE` offers it to someone who may not see the page."""

TOO_SMALL, IDLE, TICK = map(Action, ("too-small", "idle", "tick"))
"""By the terminal's size, by the idle timer, and at the end of the time a page is shown for."""

UP, DOWN = -1, 1
TURN_UP, TURN_DOWN = Action("turn-up"), Action("turn-down")
"""What a tap at the edges of a list that scrolls does."""

HOTKEYS = "123456789abcdefghijklmnopqrstuvwxyz"
"""The key of each option, in order; the pointer reaches those after the last."""

SKIP_KEY = "s"
"""Skips a question, as in plain mode; the option's own key depends on the number of answers."""

MENU_KEYS = "0.,"
"""Open the menu on every page, so that digits alone reach every action; the dot and the comma are beside
0 on numeric keypads."""


def choose(option_id: str) -> Action:
    """Return the action that chooses an option."""
    return Action(CHOOSE, option_id)


def press(key: str) -> Action:
    """Return the action that one of a page's own keys requests (see `Page.keys`)."""
    return Action(PRESS, key)


def action_of(span: Span) -> Action | None:
    """Return the action that a click on a span requests, if any."""
    return span.action if isinstance(span.action, Action) else None


def keys_of(options: Sequence[Option]) -> Iterator[str]:
    """Yield the key of each option, as wide as all others; blank after the last key, empty for rows."""
    if options[-1].is_row:
        return repeat("")
    if options[-1].is_way_on:
        letters = HOTKEYS[HOTKEYS.index("a") :]
        rows = len(options) - 1
        return chain((letters + " " * rows)[:rows], HOTKEYS[0])
    return chain(HOTKEYS, repeat(" "))


def other_key(option: Option, key: str) -> str:
    """Return what chooses an option besides its key: a letter that is no answer's key, or nothing."""
    is_free = key.strip() and HOTKEYS.index(key) < HOTKEYS.index(SKIP_KEY)
    return SKIP_KEY if option.id == SKIP and is_free else ""
