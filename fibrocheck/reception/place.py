"""What every page of the desk works with: the asker, the folder, the printer, and who is there."""

from __future__ import annotations

from contextlib import suppress
from copy import copy
from typing import TYPE_CHECKING, TypeVar

from fibrocheck.asking.contract import Chosen, Problem
from fibrocheck.desk.scanner import scanned
from fibrocheck.errors import StaffError
from fibrocheck.reception.contract import Scan, Typed
from fibrocheck.reception.pages import YES
from fibrocheck.reception.staff_asker import StaffAsker
from fibrocheck.records.times import local_now

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from pathlib import Path

    from fibrocheck.asking.contract import Page
    from fibrocheck.content.model import Content
    from fibrocheck.content.text import Text
    from fibrocheck.copies.folder.desk_folder import Folder
    from fibrocheck.copies.visit_copy import VisitCopy
    from fibrocheck.desk.in_tray import InTray
    from fibrocheck.desk.lists import Lists
    from fibrocheck.desk.log import Action
    from fibrocheck.pages.voice import Voice
    from fibrocheck.reception.contract import DeskAsker
    from fibrocheck.reception.lock import DeskTimer, Lock
    from fibrocheck.reception.sender import Sender
    from fibrocheck.visit.pages import ChoicePage

_Result = TypeVar("_Result")


class Place:
    """A desk. `folder`, `lists` and `tray` are there or not together; `sender` where sending is set up."""

    def __init__(
        self,
        content: Content,
        voice: Voice,
        asker: DeskAsker,
        timer: DeskTimer,
        lock: Lock,
        *,
        printer: str = "",
        folder: Folder | None = None,
    ) -> None:
        self.content, self.voice, self.asker = content, voice, StaffAsker(asker, voice)
        self.timer, self.lock, self.printer, self.folder = timer, lock, printer, folder
        self.lists: Lists | None = None
        self.tray: InTray | None = None
        self.sender: Sender | None = None

    def through(self, asker: StaffAsker) -> Place:
        """Return the same desk, asked through another asker."""
        other = copy(self)
        other.asker = asker
        return other

    @property
    def initials(self) -> str:
        """Who works here."""
        return self.lock.staff.who.initials if self.lock.staff else ""

    def now(self) -> datetime:
        """Return the time by the folder's clock, or this computer's."""
        return self.folder.now() if self.folder else local_now()

    @property
    def today(self) -> date:
        """Today by the same clock."""
        return self.now().date()

    def say(self, text: Text, **values: object) -> str:
        """Return a text in the language of the desk."""
        return self.voice.say(text, **values)

    def tell(self, text: Text, **values: object) -> None:
        """Show a message with the next page."""
        self.asker.tell(self.say(text, **values))

    def problem(self, text: Text, **values: object) -> None:
        """Show what is wrong with the next page, so that it does not look like good news."""
        self.asker.tell(Problem(self.say(text, **values)))

    def fail(self, error: StaffError) -> None:
        """Show why something could not be done with the next page."""
        self.problem(self.content.words.for_staff, reason=error.on_page)

    def tried(self, action: Callable[[], _Result]) -> _Result | None:
        """Do something; if it cannot be done, say why with the next page and return `None`."""
        try:
            return action()
        except StaffError as error:
            self.fail(error)
            return None

    def logged(self, action: Action, number: str = "") -> None:
        """Write a line in the log, if there is one; `FolderError` if that cannot be done: then do not act."""
        if self.lists is not None:
            self.lists.log.write(action, self.lists.who, number)

    def logged_if_possible(self, action: Action) -> None:
        """Write a line in the log about something that happens all the same."""
        if self.lock.staff is not None:
            with suppress(StaffError):
                self.logged(action)

    def is_code(self, text: str) -> bool:
        """Return whether a text is a code, as a scanner types it."""
        return scanned(text, self.content, self.today).code is not None

    def agrees(self, asked: ChoicePage) -> bool:
        """Return whether staff say yes on a page that asks before something is done."""
        return self.asker.ask(*asked) == Chosen((YES,))

    def write(self, page: Page, text: str = "") -> str | None:
        """Have a line typed, without spaces around it; `None` to go back. A code is never taken as a text.

        The first character that is typed takes the place of `text`.
        """
        reply = self.asker.write(page, text=text, is_selected=True)
        if not isinstance(reply, Typed):
            return None
        if self.is_code(reply.text):
            raise Scan(reply.text)
        return reply.text.strip()

    # What is made of a list, with a folder or without

    def print(self, copy: VisitCopy, *, large: bool) -> str:
        """Print a list, and return the job's name; `PrintError` if that cannot be done."""
        from fibrocheck.copies.formats import printed
        from fibrocheck.copies.printer import print_document

        form = printed()
        document = form.render(copy._replace(large_print=large))
        return print_document(self.printer, document, form.media_type)

    def chart_text(self, copy: VisitCopy) -> str:
        """Return a list's text for the chart."""
        from fibrocheck.copies.formats import CHART

        return str(CHART.render(copy))

    def save_folder(self) -> Path:
        """Return the folder that pages are saved into; `StaffError` if there is none."""
        return self._page().parent

    def save(self, copy: VisitCopy) -> str:
        """Save a list as a page, and return where; `StaffError` if that cannot be done."""
        from fibrocheck.copies.files import save_numbered
        from fibrocheck.copies.formats import HTML

        return str(save_numbered(self._page(), HTML.render(copy)))

    def _page(self) -> Path:
        from fibrocheck.copies.copier import Copier
        from fibrocheck.copies.formats import HTML

        for place in Copier(self.content).places(HTML):
            return place
        raise StaffError("there is no folder to save into. Print it instead.")
