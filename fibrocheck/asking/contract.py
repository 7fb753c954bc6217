"""The contract of an asker: how a page reaches a person, and how the reply comes back.

There are two ways to ask: `ScreenAsker` fills the terminal, `PlainAsker` writes line by line. Both
return the same replies, so a visit does not depend on which of them it has.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from fibrocheck.pages.text_layout import Group

GO_ON = "go-on"
"""The id of the only option of a page that is read."""

SKIP = "-skip"
"""The id of the option that leaves a question without an answer. No id in a questionnaire begins so."""


class Page(NamedTuple):
    """A page without its options; all text is in the person's language.

    `id` names the page in every language: a question's id, or the name of another page.
    `waits` on a page without an idle warning: a kiosk shows it until the next person begins.
    `can_change_language` is false on a page whose language does not matter.
    A page that is read may have `ways`: options below the one that goes on. `picture` is drawn beside or
    above its text if there is room: rows of half blocks, light on dark. `note` stays below the options.
    It `stays_whole` if it is one screenful wherever it fits on one, also without its air and rules.
    `undelivered` if the idle warning says that no one has the list yet. `settles` on a page that takes no
    key at first, because the keys of the page before must not answer it.
    `acts` if its options do something and none is an answer: the one chosen before only has the pointer.
    `closes_in`: the seconds without a key after which the first option is chosen, and no idle warning
    comes before; 0 if the page stays.
    `kept` says what is not erased if the person stops there.
    `place` is for a question on a wide terminal: its number in the whole visit, and its part.
    `shows_body` if its options are areas of the body, which are drawn beside them if there is room.
    `progress`: how many questions are behind the person, and how many there are in all; zeros if unknown.

    The front desk's pages have more: `keys` beside those of the options, each a reply of its own;
    `follows` if each move of the pointer is one too; `continues` if it is the page before with a change, so
    that keys typed meanwhile count; `takes_text` if any other line of plain mode is a reply; `refreshes`: the
    seconds without one after which the screen asks for the page anew; 0 if it does not. `largest`: a page
    that changes, as it is when it says most; there is always room for that, so that nothing moves.
    `takes_line` if a line is typed there: every character is text, so that the menu has no key.
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
    id: str = ""
    can_change_language: bool = True
    ways: "tuple[Option, ...]" = ()
    picture: tuple[str, ...] = ()
    note: str = ""
    undelivered: bool = False
    settles: bool = False
    closes_in: int = 0
    kept: str = ""
    place: str = ""
    progress: tuple[int, int] = (0, 0)
    shows_body: bool = False
    keys: "tuple[Key, ...]" = ()
    follows: bool = False
    continues: bool = False
    takes_text: bool = False
    refreshes: int = 0
    acts: bool = False
    largest: "Page | None" = None
    takes_line: bool = False
    stays_whole: bool = False

    def offers(self, other_languages: Sequence[str]) -> bool:
        """Return whether the page offers to be read in one of these other languages."""
        return self.can_change_language and len(other_languages) > 0

    def on_screenful(self, number: int, total: int) -> "Page":
        """Return a page that is read as it is on one of its screenfuls, counted from 0.

        From each but the first, there is a way back; on the last, there is nothing to skip.
        """
        back = self.can_go_back or number > 0
        page = self if number + 1 < total else self.without_skips()
        return page._replace(can_go_back=back)

    def without_skips(self) -> "Page":
        """Return the page without the ways past the rest of its text."""
        return self._replace(ways=tuple([each for each in self.ways if not each.skips]))

    def with_skips(self) -> "Page":
        """Return the page with them wherever it is read, as a person needs who hears a text."""
        return self._replace(ways=tuple([each._replace(skips=False) for each in self.ways]))


class Key(NamedTuple):
    """A key of a page beside those of its options, and what it does; not shown at the foot if that is empty.

    Where letters are keys, capitals are the same. `name` is how the key is shown if not as the character.
    `at_once` if it acts before it is known whether a scanner types: the page undoes it if one does.
    """

    key: str
    does: str = ""
    name: str = ""
    at_once: bool = False


class Option(NamedTuple):
    """One option of a page: its id and label, a value at its right, a heading above and details below it.

    `is_apart` if an empty row above it sets it off from the others.
    `is_way_on` is for the last option of a list whose other options are rows to change: it is number 1,
    and the others have letters on the screen and the numbers from 2 in plain mode.
    `is_row` of all options of a page that leaves the digits to something else: the pointer chooses them, and
    in plain mode their words.
    `skips` of one of the `ways` of a page that is read: it leads past the rest of the text.
    """

    id: str
    label: str
    value: str = ""
    heading: str = ""
    is_way_on: bool = False
    details: str = ""
    is_apart: bool = False
    is_row: bool = False
    skips: bool = False


class Problem(str):
    """A message that says what is wrong; it is shown in a style of its own."""

    __slots__ = ()


class Chosen(NamedTuple):
    """The reply that chooses options: their ids in the page's order, possibly none."""

    ids: tuple[str, ...] = ()


class GoBack:
    """The reply that asks for the previous page.

    `marked` are the ids marked at that moment, in the page's order; `None` on a page that takes no marks.
    """

    __slots__ = ("marked",)

    def __init__(self, marked: tuple[str, ...] | None = None) -> None:
        """Keep the ids of what is marked."""
        self.marked = marked


class LanguageChosen(Exception):  # noqa: N818 - a wish of the person, not an error
    """The person wants the same page in another language; `ids` as in `OtherWay`, `at` as in `Asker.read`."""

    def __init__(self, language: str, ids: tuple[str, ...] | None = None, at: float = 0.0) -> None:
        """Keep the language, the ids of what was marked so far, and the place in a text."""
        super().__init__(language)
        self.language = language
        self.ids = ids
        self.at = at


class OtherWay(NamedTuple):
    """The request to ask the same page in the other way, by the person or because of a small window.

    Used between an asker and `SwitchingAsker`; a visit never gets it. `ids` are the options marked so
    far, or `None` if none were marked or unmarked.
    """

    ids: tuple[str, ...] | None = None


Reply = Chosen | GoBack


class Setting(NamedTuple):
    """One row of a page of settings; `apply` is called with the id of the choice."""

    id: str
    title: str
    choices: tuple[Option, ...]
    current: str
    apply: Callable[[str], None]


OWN = "own"
"""The name of the terminal's own colours."""


class Looks:
    """How pages look for one person: text large or not, and a set of colours; `touch` at a touch screen."""

    def __init__(self, *, large: bool = False, touch: bool = False) -> None:
        self.large = large
        self.touch = touch
        self.colours = OWN


class StaffLock(Protocol):
    """A kiosk's staff code, as far as askers need it."""

    def seconds_to_wait(self) -> float:
        """Return how long no code is accepted, after too many wrong ones."""
        ...

    def opens(self, code: str) -> bool:
        """Return whether the code is right; a wrong one is counted."""
        ...


class Asker(Protocol):
    """A way to ask. `language` is the language of its own words, and may change between pages.

    `choose`, `choose_many` and `read` raise `VisitEnded` if the person leaves, and `LanguageChosen` if
    they want the page in another language.
    """

    language: str

    def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply:
        """Have one option chosen; `current` is the id of the answer so far, or `SKIP`.

        On a page with a way on, `current` is the row where the pointer starts.
        """
        ...

    def choose_many(
        self, page: Page, options: Sequence[Option], current: frozenset[str] = frozenset()
    ) -> Reply:
        """Have any number of options chosen; `current` holds the ids marked so far.

        It holds `SKIP` alone if the question was skipped. The reply holds at least one id: options, or
        `SKIP`. A reply that goes back holds what is marked, which is not confirmed yet.
        """
        ...

    def read(self, page: Page, *, at: float = 0.0) -> Reply:
        """Show a text, one screenful at a time, beginning with the one at this part of it (0 to 1).

        The reply is to go on, or one of the page's `ways`.

        A person who comes back to a text begins at its end, 1.
        """
        ...

    def tell(self, message: str) -> None:
        """Show a message with the next page, such as "Changed to: sometimes"."""
        ...

    def busy(self, message: str) -> None:
        """Show a message at once, before something that may take seconds."""
        ...
