"""Files one saved list at a server, exactly once, or withdraws it. The saved list is never changed.

"Filed" is said only after the stored copy was read back and compared. A list is looked for before each
try to file it, since the try before may have arrived although no reply came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.content.model import NO, YES
from fibrocheck.errors import system_words
from fibrocheck.file_reading import read_regular_file
from fibrocheck.questions import labels
from fibrocheck.records.reading import read_saved
from fibrocheck.records.record import AMENDED, COMPLETED, IN_PROGRESS, RecordError
from fibrocheck.records.strict_json import MAX_BYTES, parse
from fibrocheck.records.times import local_now, written
from fibrocheck.sending import receipts
from fibrocheck.sending.comparing import ENTERED_IN_ERROR, WITHDRAWN, difference, page_in
from fibrocheck.sending.people import LINK_AGAIN, OTHERS, linked
from fibrocheck.sending.problems import NoReply, SendError
from fibrocheck.sending.receipts import FILED, SENDING, Receipt, one_sender
from fibrocheck.sending.replies import FHIR_ID, Reply, json_in, place_in, place_of
from fibrocheck.sending.resources import (
    DOCUMENT_REFERENCE,
    as_bytes,
    identifier_of,
    is_draft,
    kind_of,
    to_send,
)
from fibrocheck.text_safety import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fibrocheck.content.model import Content, Question
    from fibrocheck.records.elements import Resource
    from fibrocheck.records.reading import SavedRecord
    from fibrocheck.sending.checking import Abilities
    from fibrocheck.sending.connection import Connection, Stored
    from fibrocheck.sending.resources import Link
    from fibrocheck.sending.settings import Settings

_OK, _CREATED, _PRECONDITION = 200, 201, 412
_CLEARLY_REFUSED = range(400, 500)
_LOOK = "Look in the patient's chart"


SENDABLE = (COMPLETED, AMENDED)
"""The lists that are sent."""

_NOT_SENT = {
    IN_PROGRESS: ("this call is not finished", "Finish it at the desk"),
    ENTERED_IN_ERROR: (
        "this list was entered in error",
        "Leave it; correct it at the desk if that is not so",
    ),
}
"""Why another list that can be read is not sent, and what to do."""


class SavedList(NamedTuple):
    """A saved list, and the bytes of its file."""

    path: Path
    data: bytes
    saved: SavedRecord


class Filed(NamedTuple):
    """Where a list is at the server. `was_there` if it was there before this run."""

    location: str
    version: str
    was_there: bool = False


def open_list(path: Path, content: Content, statuses: Sequence[str] = SENDABLE) -> SavedList:
    """Return a saved list as `report` reads it; `StaffError` if it cannot be used, or has another status."""
    shown = printable(str(path))
    try:
        data = read_regular_file(path, MAX_BYTES)
    except (OSError, ValueError) as error:
        reason = system_words(error)
        raise SendError(f"{shown}: {reason}", "Name a saved record that can be read") from None
    try:
        item = SavedList(path, data, read_saved(data, content, (*SENDABLE, *_NOT_SENT)))
    except RecordError as error:
        what, _, remedy = str(error).rstrip(".").rpartition(". ")
        raise SendError(f"{shown}: {what}", remedy) from None
    check_status(item, statuses)
    return item


def check_content(content: Content) -> None:
    """Raise `SendError` unless the clinic has decided to send: patients read about it on the first page."""
    if not content.clinic.sends_to_chart:
        what = "this clinic does not send lists to its server (clinic.sends_to_chart in questions.yaml)"
        raise SendError(what, "Set it to true, so that patients are told")


def check_wording(item: SavedList, *, allow_draft: bool) -> None:
    """Raise `SendError` for a list with a draft's wording or an example's address, unless that is allowed."""
    if not allow_draft and is_draft(item.saved):
        what = f"{printable(str(item.path))}: its wording is not approved, or its address is an example's"
        raise SendError(what, "Fill in url and approval in questions.yaml; --allow-draft is for trials only")


def check_status(item: SavedList, statuses: Sequence[str] = SENDABLE) -> None:
    """Raise `SendError` for a call that is not finished, or another patient's list, unless that is meant."""
    status = item.saved.record.status
    if status not in statuses:
        what, remedy = _NOT_SENT[status]
        raise SendError(f"{printable(str(item.path))}: {what}", remedy)


def scopes_for(settings: Settings, *, visit: bool = False, replacing: bool = False) -> Sequence[str]:
    """Return the least that a token must permit (SMART App Launch 2.2, scopes)."""
    lists = f"system/{kind_of(settings.mode)}.{'crus' if replacing else 'crs'}"
    return (lists, "system/Patient.rs", *(["system/Encounter.rs"] if visit else []))


def send(
    server: Connection,
    settings: Settings,
    item: SavedList,
    link: Link,
    able: Abilities,
    *,
    allow_draft: bool = False,
) -> Filed:
    """File a list for a patient, unless the server has it; read it back, compare it, write the receipt.

    `able` is what `checking.abilities` says. Raises `SendError` if the list is not filed, must not be, or
    is there otherwise; `TryLater` if that is not known yet: the same call may then be made again.
    """
    check_content(item.saved.content)
    check_status(item)
    check_wording(item, allow_draft=allow_draft)
    own = linked(item.saved.resource, server.base)
    if own is not None and own.place not in {"", link.patient}:
        raise SendError(f"{printable(str(item.path))}: {OTHERS}", LINK_AGAIN)
    sent = to_send(item.saved, link, settings, local_now())
    filing = _Filing(server, item, sent, able)
    server.private = _private(item.saved)
    with one_sender(item.path.absolute().parent):
        return filing.run()


def withdraw(server: Connection, item: SavedList) -> Filed:
    """Mark a list that was filed from here as entered in error, if nobody has changed it since.

    Raises `SendError` if there is no receipt, or the server has another version.
    """
    server.private = _private(item.saved)
    with one_sender(item.path.absolute().parent):
        receipt = receipts.read(item.path, server.base)
        if receipt is None or not receipt.location:
            what = f"{printable(str(item.path))}: no receipt says that it was filed at {server.base}"
            raise SendError(what, f"{_LOOK}, and withdraw it there")
        return _withdrawn(server, item, receipt)


class _Filing:
    """One list on its way."""

    def __init__(self, server: Connection, item: SavedList, sent: Resource, able: Abilities) -> None:
        self.server = server
        self.item = item
        self.sent = sent
        self.able = able
        self.kind: str = sent["resourceType"]
        self.identifier = identifier_of(item.saved)
        self.body = as_bytes(sent)
        self.is_unclear = False

    def run(self) -> Filed:
        """Return where the list is, once it was read back."""
        before = receipts.read(self.item.path, self.server.base)
        if before is not None and before.state == receipts.WITHDRAWN:
            raise self._error(f"this list was withdrawn ({before.location})", _LOOK)
        if before is not None and before.kind != self.kind:
            what = f"this list went to the server as a {before.kind}"
            raise self._error(what, "Use the --mode that it was sent with")
        place = self._there() or self._noted(before)
        was_there = bool(place)
        if not place:
            self._check_unknown(before)
            place = self._create(before)
        stored = self._compared(place, before, was_there=was_there)
        self._note(FILED, place, stored.version)
        return Filed(place, stored.version, was_there)

    def _there(self) -> str:
        """Return the place of the list at the server; empty if it is not there, or cannot be looked for."""
        if not self.able.finds:
            return ""
        found = self.server.search(self.kind, self.identifier)
        places = [f"{self.kind}/{each.get('id')}" for each in found if _has_id(each)]
        if len(places) > 1:
            raise self._error(f"the server has this list twice ({', '.join(places[:4])})", _LOOK)
        return places[0] if places else ""

    def _noted(self, before: Receipt | None) -> str:
        """Return where a receipt says that the list is, at a server that cannot look for it."""
        return before.location if before and before.state == FILED and not self.able.finds else ""

    def _check_unknown(self, before: Receipt | None) -> None:
        """Raise unless it is certain that filing the list now does not file it twice."""
        if before is None:
            return
        if before.state == FILED:
            what = f"the server no longer has this list, which was filed as {before.location}"
            raise self._error(what, f"{_LOOK}; to file it again, remove {self._receipt_name()}")
        if not (self.able.finds or self.able.is_conditional):
            what = "the server may have this list already, and cannot be asked for it"
            raise self._error(what, f"{_LOOK}; if it is not there, remove {self._receipt_name()}")

    def _create(self, before: Receipt | None) -> str:
        if before is None:
            self._note(SENDING)
        reply = self.server.repeated(self._attempt)
        if reply.status in {_OK, _CREATED}:
            if place := place_in(reply, self.kind) or self._there():
                return place
            raise self._error("the server did not say where it filed the list", f"{_LOOK}, and send it again")
        if reply.status == _PRECONDITION:
            self._there()  # names both
        if before is None and not self.is_unclear and reply.status in _CLEARLY_REFUSED:
            receipts.forget(self.item.path, self.server.base)
        raise self.server.refusal(reply, f"{printable(str(self.item.path))}, filing the list")

    def _attempt(self) -> Reply:
        """Try to file the list, unless an earlier try has arrived by now."""
        if self.is_unclear and (place := self._there()):
            return Reply(_OK, {"location": place}, b"")
        if self.is_unclear and not (self.able.finds or self.able.is_conditional):
            what = "the server may have this list: it went, and no reply came"
            raise self._error(what, f"{_LOOK}; if it is not there, remove {self._receipt_name()}")
        try:
            reply = self.server.create(self.kind, self.body, self.identifier)
        except NoReply as error:
            self.is_unclear = self.is_unclear or error.may_have_arrived
            raise
        self.is_unclear = self.is_unclear or reply.status in {408, 502, 503, 504}
        return reply

    def _compared(self, place: str, before: Receipt | None, *, was_there: bool) -> Stored:
        """Return the stored copy; `SendError` unless it is what was sent."""
        stored = self.server.read(place, "reading the list back")
        differs = self._difference(stored)
        if differs and was_there and differs != WITHDRAWN and self._may_correct(before, stored):
            stored = _replaced(self.server, place, as_bytes(self.sent | {"id": _id(place)}), stored.version)
            differs = self._difference(stored)
        if differs == WITHDRAWN:
            raise self._error(f"this list was withdrawn ({place})", _LOOK)
        if differs:
            raise self._error(f"the server has this list {differs} ({place})", f"Not filed. {_LOOK}")
        return stored

    def _difference(self, stored: Stored) -> str:
        data = stored.data
        if self.kind == DOCUMENT_REFERENCE:
            data = _page(self.server, stored.resource)
        return difference(stored.resource, data, self.sent, self.item.saved, self.server.base)

    def _may_correct(self, before: Receipt | None, stored: Stored) -> bool:
        """Return whether the stored copy is the one that we filed, and ours a correction of it."""
        is_ours = before is not None and before.state == FILED and before.version == stored.version != ""
        subject = stored.resource.get("subject")
        of = str(subject.get("reference", "")) if isinstance(subject, dict) else ""
        is_theirs = of.removeprefix(f"{self.server.base}/") == self.sent["subject"]["reference"]
        return self.item.saved.record.status == AMENDED and is_ours and is_theirs

    def _note(self, state: str, location: str = "", version: str = "") -> None:
        _note(self.server, self.item, state, self.kind, location, version)

    def _receipt_name(self) -> str:
        return printable(str(receipts.path_of(self.item.path)))

    def _error(self, what: str, remedy: str) -> SendError:
        return SendError(f"{printable(str(self.item.path))}: {what}", remedy)


def _withdrawn(server: Connection, item: SavedList, receipt: Receipt) -> Filed:
    name = printable(str(item.path))
    place = receipt.location
    stored = server.read(place, "reading the list")
    was_there = stored.resource.get("status") == ENTERED_IN_ERROR
    if not was_there:
        if not stored.version or stored.version != receipt.version:
            what = f"{name}: somebody has changed the list at the server since it was filed ({place})"
            raise SendError(what, f"{_LOOK}, and withdraw it there")
        whole = parse(stored.data)
        resource = whole if isinstance(whole, dict) else stored.resource
        body = as_bytes(resource | {"status": ENTERED_IN_ERROR})
        stored = _replaced(server, place, body, stored.version)
    if stored.resource.get("status") != ENTERED_IN_ERROR:
        raise SendError(f"{name}: the server did not withdraw the list ({place})", _LOOK)
    _note(server, item, receipts.WITHDRAWN, receipt.kind, place, stored.version)
    return Filed(place, stored.version, was_there)


def _replaced(server: Connection, place: str, body: bytes, version: str) -> Stored:
    """Replace one version of a resource, and return what the server has then.

    Repeating is safe: once it has been replaced, the version no longer matches.
    """
    reply = server.repeated(lambda: server.replace(place, body, version))
    if reply.status not in {_OK, _CREATED, _PRECONDITION}:
        raise server.refusal(reply, "replacing the list")
    return server.read(place, "reading the list back")


def _note(server: Connection, item: SavedList, state: str, kind: str, location: str, version: str) -> None:
    receipt = Receipt(
        state,
        written(local_now()),
        server.base,
        item.saved.record.identifier.urn,
        receipts.sha256_of(item.data),
        kind,
        location,
        version,
    )
    receipts.write(item.path, receipt)


def _page(server: Connection, document: Resource) -> bytes:
    """Return the page in a stored document; some servers put it into a Binary of their own."""
    data, url = page_in(document)
    if data is not None:
        return data
    place = place_of(url, "Binary")
    is_here = url in {place, f"{server.base}/{place}"} or url.startswith(
        (f"{place}/", f"{server.base}/{place}/")
    )
    if not place or not is_here:
        return b""
    reply = server.get(place, "reading the page back")
    binary = json_in(reply, "reading the page back") if reply.body[:1] == b"{" else {}
    return page_in({"content": [{"attachment": binary}]})[0] or reply.body


def _private(saved: SavedRecord) -> set[str]:
    """Return the words of answers. Short ones stay: they are in every sentence."""
    questions: tuple[Question, ...] = (
        *saved.content.symptoms,
        *saved.content.follow_ups,
        *saved.content.factors,
    )
    words = {
        word
        for question in questions
        for code, label in labels(question, saved.content).items()
        for word in (code, *label.values())
    }
    return {word for word in words if len(word) > len("not")} - {YES, NO}


def _has_id(resource: Resource) -> bool:
    return isinstance(resource.get("id"), str) and FHIR_ID.fullmatch(resource["id"]) is not None


def _id(place: str) -> str:
    return place.partition("/")[2]


def is_filed(item: SavedList, server: Connection) -> bool:
    """Return whether a receipt says that this list, as it is now, was filed at the server."""
    receipt = receipts.read(item.path, server.base)
    return receipt is not None and receipt.state == FILED and receipt.sha256 == receipts.sha256_of(item.data)
