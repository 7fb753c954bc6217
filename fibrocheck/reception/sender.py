"""The clinic's server as the desk uses it. Loaded only where sending is set up."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from fibrocheck.desk.day_files import LIST
from fibrocheck.records.record import AMENDED
from fibrocheck.sending import people, receipts
from fibrocheck.sending.connecting import connected
from fibrocheck.sending.deadline import Deadline
from fibrocheck.sending.filing import (
    SavedList,
    check_content,
    check_status,
    check_wording,
    scopes_for,
    send,
    withdraw,
)
from fibrocheck.sending.problems import SendError
from fibrocheck.sending.receipts import FILED
from fibrocheck.sending.resources import Link

if TYPE_CHECKING:
    from collections.abc import Callable

    from fibrocheck.content.model import Content
    from fibrocheck.desk.lists import OpenList
    from fibrocheck.records.elements import Resource
    from fibrocheck.sending.checking import Abilities
    from fibrocheck.sending.connection import Connection
    from fibrocheck.sending.filing import Filed
    from fibrocheck.sending.people import Named, Patient
    from fibrocheck.sending.settings import Settings

SECONDS = 60.0
"""The longest that staff wait: to find a patient, to send, or to withdraw. Then it is said that the server
did not answer, and the same can be done again. Only looking up the server's name is not bounded by it, as
the system does not let a program end that."""

OLDER = "older"
"""The list was changed since it was filed."""


class Sender:
    """Sends lists, and takes them back. Everything raises a `StaffError`, one sentence with what to do."""

    def __init__(self, settings: Settings, content: Content) -> None:
        """Connect to nothing yet."""
        self._settings, self._content = settings, content
        self._deadline = Deadline()
        self._able: Abilities | None = None
        self.tell: Callable[[str], object] = lambda _: None
        """Takes a line, in English, when a try was in vain and another follows."""

    @property
    def is_on(self) -> bool:
        """Whether the clinic has decided to send: patients read about it on the first page."""
        return self._content.clinic.sends_to_chart

    @property
    def takes_numbers(self) -> bool:
        """Whether a patient's number is enough, because the settings have the system of numbers."""
        return bool(self._settings.patient_system)

    def check_clinic(self) -> None:
        """Raise `SendError` if nothing is sent because the clinic's questionnaire says so."""
        check_content(self._content)

    def check(self, shown: OpenList) -> None:
        """Raise `SendError` if this list is never sent, such as for its wording."""
        check_content(self._content)
        check_status(_item(shown))
        check_wording(_item(shown), allow_draft=False)

    def named(self, typed: str) -> Named:
        """Return whom staff named; `WrongUsage` if that names no one."""
        return people.named(typed, system=self._settings.patient_system)

    def patient_of(self, shown: OpenList) -> Named | None:
        """Return the patient that a list was linked to before."""
        return people.linked(shown.saved.resource, self._settings.server)

    def subject_of(self, who: Named) -> Resource:
        """Return the member of a record that names this patient."""
        return people.subject_of(who)

    def find(self, shown: OpenList, who: Named) -> Patient:
        """Return the one patient; `SendError` for none or several, or if the list is another's."""
        server = self._ready(shown)
        patient = people.find(server, who)
        if who != self.patient_of(shown):
            people.check_own(server, shown.saved.resource, patient)
        return patient

    def send(self, shown: OpenList, patient: Patient) -> Filed:
        """File a list, and read it back."""
        server = self._ready(shown)
        self._able = self._able or self._ask_abilities(server)
        return send(server, self._settings, _item(shown), Link(patient.place), self._able)

    def withdraw(self, shown: OpenList) -> Filed:
        """Mark the list at the server as entered in error."""
        return withdraw(self._ready(shown, replacing=True), _item(shown))

    def receipt(self, shown: OpenList) -> str:
        """Return how far sending a list came: a state of `receipts`, or `OLDER`; "" if it was not sent."""
        with suppress(SendError):  # a damaged one is said when the list is sent
            found = receipts.read(_item(shown).path, self._settings.server)
            if found and found.state == FILED and found.sha256 != receipts.sha256_of(shown.data):
                return OLDER
            return found.state if found else ""
        return ""

    @cached_property
    def _server(self) -> Connection:
        return connected(self._settings, lambda line: self.tell(line), self._deadline)  # noqa: PLW0108 - set later

    def _ready(self, shown: OpenList, *, replacing: bool = False) -> Connection:
        """Return the connection, whose deadline begins now."""
        server = self._server
        is_corrected = shown.record.status == AMENDED
        server.scopes = scopes_for(self._settings, replacing=replacing or is_corrected)
        self._deadline.start(SECONDS)
        return server

    def _ask_abilities(self, server: Connection) -> Abilities:
        from fibrocheck.sending.checking import abilities

        return abilities(server, self._settings.mode)


def _item(shown: OpenList) -> SavedList:
    return SavedList(shown.files.place / f"{shown.number}{LIST}", shown.data, shown.saved)
