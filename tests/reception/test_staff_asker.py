"""The key of the emergency words, on every page of the desk."""

from typing import Any, cast

import pytest

from fibrocheck.asking.contract import Chosen, Option, Page
from fibrocheck.pages.voice import Voice
from fibrocheck.reception.contract import DeskAsker, Pressed
from fibrocheck.reception.pages import EMERGENCY
from fibrocheck.reception.staff_asker import StaffAsker
from tests.desk.lists import CONTENT


class OnceTheKey:
    """Presses the key with the pointer at the second option, and then chooses the first."""

    def __init__(self) -> None:
        self.seen: list[tuple[bool, str | None]] = []

    def ask(self, page: Page, options: Any, current: str | None = None) -> Pressed | Chosen:
        """Note what is shown as an answer or has the pointer."""
        del options
        self.seen.append((page.acts, current))
        return Pressed(EMERGENCY, "second") if len(self.seen) == 1 else Chosen(("first",))

    def read(self, page: Page, *, at: float = 0.0) -> Chosen:
        """Go on."""
        del page, at
        return Chosen(("go-on",))


@pytest.mark.parametrize(
    ("acts", "current", "then"),
    [(False, None, (True, "second")), (False, "first", (False, "first")), (True, "first", (True, "second"))],
    ids=["no answer yet", "an answer", "options that act"],
)
def test_the_words_make_no_answer_of_where_the_pointer_was(
    acts: bool, current: str | None, then: tuple[bool, str | None]
) -> None:
    """An answer has a sign of its own; the pointer alone may stand anywhere."""
    asker = OnceTheKey()
    staff = StaffAsker(cast("DeskAsker", asker), Voice(CONTENT, "en"))
    page = Page("Title", acts=acts, id="a")
    staff.ask(page, [Option("first", "First"), Option("second", "Second")], current)
    assert asker.seen == [(acts, current), then]
