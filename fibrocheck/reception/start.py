"""The start page: the in-tray of a day, and the way to everything else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fibrocheck.asking.contract import Chosen
from fibrocheck.desk.in_tray import Group, Limits, Row, arrived
from fibrocheck.desk.removing import due, remove_due
from fibrocheck.errors import StaffError
from fibrocheck.reception import pages, start_pages
from fibrocheck.reception.calling import new_call
from fibrocheck.reception.contract import TICK, Closed, Pressed, Scan, Typed
from fibrocheck.reception.finding_page import find, find_scan, find_text
from fibrocheck.reception.open_list import open_list, show_list
from fibrocheck.reception.rows import row_id, time_of
from fibrocheck.records.record import IN_PROGRESS

if TYPE_CHECKING:
    from collections.abc import Callable

    from fibrocheck.reception.contract import Answer
    from fibrocheck.reception.place import Place
    from fibrocheck.visit.pages import ChoicePage

_CHECKED = 20
"""Rows that are read wholly: at least as many as a screen shows."""


class StartPage:
    """The start page of a desk, with the day and the group of lists that it shows."""

    def __init__(self, place: Place, show_patient: Callable[[], None], limits: Limits) -> None:
        self._place, self._show_patient, self._limits = place, show_patient, limits
        self._day, self._group = place.today, Group.TO_DO
        self._rows: tuple[Row, ...] = ()
        self._checked: dict[str, Row] = {}
        self._new = ""
        self._is_known = False

    def run(self) -> None:
        """Show it for ever; the asker raises `VisitEnded` when staff leave."""
        current: str | None = None
        continues = False
        while True:
            page, options = self._page()
            ids = {each.id for each in options}
            try:
                at = current if current in ids else None
                reply = self._place.asker.ask(page._replace(continues=continues), options, at)
                current, continues = self._took(reply)
            except Scan as scan:
                current, continues = None, False
                self._guarded(partial(find_scan, self._place, scan.burst))
            except Closed:
                continues = False

    def _guarded(self, action: Callable[[], object]) -> None:
        """Do something; a code scanned meanwhile is opened instead, and goes on from there."""
        todo: list[Callable[[], object]] = [action]
        while todo:
            try:
                todo.pop()()
            except Scan as scan:
                todo.append(partial(find_scan, self._place, scan.burst))
            except Closed:
                pass
            except StaffError as error:
                self._place.fail(error)

    def _took(self, reply: Answer) -> tuple[str | None, bool]:
        """Do what a reply says; return the row to point at, and whether it is the same page."""
        if isinstance(reply, Pressed) and reply.key == TICK:
            return reply.at, True
        self._new = ""
        if isinstance(reply, Chosen):
            self._guarded(self._call if reply.ids[0] == pages.EMPTY else lambda: self._open(reply.ids[0]))
            return reply.ids[0], False
        if isinstance(reply, Typed):
            self._guarded(lambda: find_text(self._place, self._day, reply.text))
        if isinstance(reply, Pressed):
            self._guarded(lambda: self._pressed(reply.key))
            return reply.at, False
        return None, False

    def _open(self, name: str) -> None:
        row = next((each for each in self._rows if row_id(each) == name), None)
        if row is not None and self._place.lists is not None:
            open_list(self._place, self._place.lists, row.day, row.number)

    def _pressed(self, key: str) -> None:
        groups = {pages.TO_DO: Group.TO_DO, pages.DONE: Group.DONE}
        match key:
            case pages.NEW:
                self._call()
            case pages.FIND:
                find(self._place, self._day)
            case pages.UNCLAIMED:
                self._show_unclaimed()
            case pages.OLDER | pages.NEWER:
                self._turn(-1 if key == pages.OLDER else 1)
            case pages.PATIENT:
                self._show_patient()
            case _ if key in groups:
                self._group = groups[key]
            case _ if key.isdigit():
                find(self._place, self._day, key)

    def _call(self) -> None:
        kept = new_call(self._place)
        if kept is not None and self._place.lists is not None and kept.record.status != IN_PROGRESS:
            show_list(self._place, self._place.lists, kept)

    def _turn(self, days: int) -> None:
        """Show the next or the previous day that has lists, or today."""
        if self._place.tray is None:
            return
        known = sorted({*self._place.tray.days(), self._place.today})
        later = [each for each in known if (each > self._day if days > 0 else each < self._day)]
        if later:
            self._day = later[0] if days > 0 else later[-1]
            self._is_known = False
        else:
            words = self._place.content.words.desk
            self._place.tell(words.no_later if days > 0 else words.no_earlier)

    # What is shown

    def _page(self) -> ChoicePage:
        place = self._place
        self._read_rows()
        keys = start_pages.start_keys(place.voice, self._group, has_folder=place.tray is not None)
        initials = place.initials
        return start_pages.start_page(
            place.voice, initials, self._day, self._rows, self._group,
            prints=bool(place.printer), new=self._new, keys=keys,
        )  # fmt: skip

    def _read_rows(self) -> None:
        """Read the day's lists again, and note what is new."""
        tray = self._place.tray
        if tray is None:
            return
        rows = self._place.tried(lambda: tray.rows(self._day))
        if rows is None:
            return
        if self._is_known and (new := arrived(self._rows, rows)):
            self._new = self._said_of(new[0])
        self._is_known = True
        self._rows = self._wholly_read(rows)

    def _wholly_read(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """Have the rows that a screen shows first read wholly, each once: a quick look misses some damage."""
        tray, read = self._place.tray, list(rows)
        if tray is None:
            return rows
        shown = [at for at, row in enumerate(rows) if row.group is self._group][:_CHECKED]
        for at in shown:
            if self._checked.get(row_id(rows[at])) is not rows[at]:
                read[at] = tray.checked(rows[at])
                self._checked[row_id(rows[at])] = read[at]
        return tuple(read)

    def _said_of(self, row: Row) -> str:
        words, content = self._place.content.words, self._place.content
        language = content.languages.get(row.language, row.language)
        time = time_of(row.time)
        text = words.desk.new if time else words.desk.new_no_time
        return self._place.say(text, number=row.number, language=language, time=time)

    # What goes

    def _show_unclaimed(self) -> None:
        """Show the lists of other days whose time is over, and remove them after a yes."""
        place = self._place
        self._group = Group.UNCLAIMED
        if place.folder is None or place.tray is None or place.lists is None:
            return
        folder, lists, days = place.folder, place.lists, place.tray.days
        place.asker.busy(place.say(place.content.words.one_moment))
        found = place.tried(lambda: list(due(folder, place.content, self._limits, days())))
        if not found:
            place.tell(place.content.words.desk.nothing_due)
            return
        if not place.agrees(start_pages.due_page(place.voice, found)):
            return
        gone = place.tried(
            lambda: [
                is_gone
                for _, is_gone in remove_due(found, folder, place.content, self._limits, lists.log, lists.who)
            ]
        )
        if gone is not None:
            place.tell(place.content.words.desk.removed_number, number=sum(gone))
