"""How the desk's pages are asked: as a visit's are, with replies by a page's own keys, texts and scans."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from fibrocheck.asking.contract import Chosen, GoBack, Option, Page

MOVED, TICK = "-moved", "-tick"
"""Not keys: the pointer moved on a page that follows it, and some seconds passed without a key."""


class Pressed(NamedTuple):
    """The reply by one of a page's own keys, and what there was on the page by then.

    `at` is the option that the pointer was on, `text` the line typed so far.
    """

    key: str
    at: str = ""
    text: str = ""


class Typed(NamedTuple):
    """The reply with a line of text."""

    text: str


Answer = Chosen | GoBack | Pressed | Typed


Noted = Callable[[frozenset[str]], None]
"""What gets the ids of the options that are marked, after each mark."""


def nothing_noted(_marked: frozenset[str]) -> None:
    """Note nothing."""


class Scan(Exception):  # noqa: N818 - what somebody did, not an error
    """A scanner typed something on a page that takes no text.

    None of it has acted on the page, but for its first character if `has_acted` (see `Key.at_once`).
    """

    def __init__(self, burst: str, *, has_acted: bool = False) -> None:
        """Keep what was typed."""
        super().__init__("a scan")
        self.burst, self.has_acted = burst, has_acted


class Closed(Exception):  # noqa: N818 - a time that is over
    """A page that is shown for a while only has been hidden."""


class DeskAsker(Protocol):
    """A way to ask at the desk. Every method may raise `Scan`, `Closed` and `VisitEnded`."""

    language: str

    def ask(self, page: Page, options: Sequence[Option], current: str | None = None) -> Answer:
        """Have an option chosen, or one of the page's own keys pressed."""
        ...

    def choose_many(
        self,
        page: Page,
        options: Sequence[Option],
        current: frozenset[str] = frozenset(),
        noted: Noted = nothing_noted,
    ) -> Chosen | GoBack:
        """Have any number of options chosen (see `asking.contract.Asker.choose_many`).

        One of the page's own keys is chosen like an option, and comes before those that are marked.
        `noted` gets what is marked on the way, so that it is known if the page ends without a reply.
        """
        ...

    def write(
        self, page: Page, *, is_hidden: bool = False, text: str = "", is_selected: bool = False
    ) -> Typed | GoBack | Pressed:
        """Have a line typed, possibly an empty one; a hidden one is shown as asterisks, or not at all.

        One of the page's own keys is no text there. `text` is there already; if it `is_selected`, the first
        character that is typed takes its place.
        """
        ...

    def read(self, page: Page, *, at: float = 0.0) -> Chosen | GoBack:
        """Show a text (see `asking.contract.Asker.read`); a key of the page is chosen like an option."""
        ...

    def tell(self, message: str) -> None:
        """Show a message with the next page."""
        ...

    def busy(self, message: str) -> None:
        """Show a message at once."""
        ...

    def was_stopped(self, message: str) -> bool:
        """Show a message at once; return whether a key was pressed since the last one like it."""
        ...
