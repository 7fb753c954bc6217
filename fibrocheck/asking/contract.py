"""How a question reaches a person, and how the answer comes back.

One contract, two ways: `ScreenAsker` fills the terminal, `PlainAsker` writes line by line. Both
answer with the same `Reply`, so the visit never knows which one it is talking to.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from fibrocheck.pages.text_layout import Group

GO_ON = "go-on"
"""The id of the one choice on a page that is only read."""


class Page(NamedTuple):
    """What stands on a page above its choices; every word is already in the person's language.

    `waits` where nobody is hurried: the page a kiosk shows when nobody is there.
    """

    section: str
    position: str = ""
    ask: str = ""
    term: str = ""
    groups: tuple[Group, ...] = ()
    why: str = ""
    go_on: str = ""
    waits: bool = False
    can_go_back: bool = True
    can_hide: bool = True


class Option(NamedTuple):
    """One choice on a page: its id, its words, and what stands at its right or above it."""

    id: str
    label: str
    value: str = ""
    heading: str = ""


class Chosen(NamedTuple):
    """The person chose: the ids of what they chose, in the page's order (none is possible)."""

    ids: tuple[str, ...] = ()


class GoBack:
    """The person wants the page before this one."""


class OtherWay(NamedTuple):
    """The person, or a terminal grown too small, wants the same page asked the other way.

    Only between an asker and the one that stands for both; a visit never sees it. `ids` are the
    choices marked so far, or `None` where nothing was marked or unmarked.
    """

    ids: tuple[str, ...] | None = None


Reply = Chosen | GoBack


SKIP = "skip"
"""The id of the choice that leaves a question without an answer."""


class StaffLock(Protocol):
    """What askers need of a kiosk's staff code."""

    def seconds_to_wait(self) -> float:
        """Return how long no code is accepted, after too many wrong ones."""
        ...

    def opens(self, code: str) -> bool:
        """Return whether that is the code; a wrong one is counted."""
        ...


class Asker(Protocol):
    """A way to ask. `language` is the one its own words are in, and may change between pages."""

    language: str

    def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply:
        """Have one option chosen; `current` is the answer so far. `VisitEnded` if the person leaves."""
        ...

    def choose_many(
        self, page: Page, options: Sequence[Option], current: frozenset[str] = frozenset()
    ) -> Reply:
        """Have any number of options chosen; `current` are those marked so far."""
        ...

    def read(self, page: Page, *, from_end: bool = False) -> Reply:
        """Show a text, a screenful at a time; `from_end` when the person comes back to it."""
        ...

    def tell(self, message: str) -> None:
        """Say one thing with the next page, such as "Changed to: sometimes"."""
        ...

    def busy(self, message: str) -> None:
        """Show that something is being done, before it is done: what comes next may take seconds."""
        ...
