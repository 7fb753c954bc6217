"""What the asker has shown, and what it gets back: a view of a page, and an event on it."""

from collections.abc import Callable
from typing import NamedTuple

from fibrocheck.asking.screen.actions import Action
from fibrocheck.asking.screen.page_layout import PageLayout, Size


class View(NamedTuple):
    """A page as it is first shown.

    `lay_out` returns its layout for a size; on a page that takes text it is asked again after each
    character. `focus` is the action that Enter requests at first; without one it is the first option's.
    On a page that takes text, `typed` is the text so far, and every printable character is text.
    """

    lay_out: Callable[[Size], PageLayout]
    focus: Action | None = None
    detour: Action | None = None
    """What Tab focuses next, before it goes on from where the focus is."""
    waits: bool = False
    """Whether the page is shown without an idle warning (see `Page.waits`)."""
    typed: str | None = None
    is_selected: bool = False
    """Whether the first character that is typed takes the place of the text."""
    any_key: bool = False
    """Whether any key at all chooses the first option, and is a sign of life (see `IdleTimer.touch`)."""
    invites: bool = False
    """Whether a key without a meaning, the dot and Tab offer to read aloud."""
    not_clicked_at_once: Action | None = None
    """An option that no click chooses for a moment: a tap repeated by accident must not choose it."""
    not_clicked: Action | None = None
    """An option that only the keyboard can choose."""


class Event(NamedTuple):
    """The end of showing a view: the action requested, and the focus and the text typed by then."""

    action: Action
    focus: Action | None = None
    typed: str | None = None
