"""Sends the lists in a folder that were linked to their own patients at the desk, and names the others."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.copies.batch import records_in
from fibrocheck.errors import StaffError
from fibrocheck.sending.filing import (
    SavedList,
    check_wording,
    is_filed,
    open_list,
    send,
)
from fibrocheck.sending.people import Named, find, linked
from fibrocheck.sending.problems import SendError, TryLater
from fibrocheck.sending.resources import Link
from fibrocheck.text_safety import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fibrocheck.content.model import Content
    from fibrocheck.sending.checking import Abilities
    from fibrocheck.sending.connection import Connection
    from fibrocheck.sending.people import Patient
    from fibrocheck.sending.settings import Settings

NOT_LINKED = "it is not linked to a patient"
SHARED = "it is linked to the same patient as another list here"
MAX_IN_VAIN = 3
"""Lists in a row for which the server could not be reached: then the rest waits for the next run."""


class Counts(NamedTuple):
    """What became of the lists in a folder."""

    filed: int = 0
    there: int = 0
    """Filed before, by this or another run."""
    refused: int = 0
    """Refused, or left because they are not linked."""
    later: int = 0

    @property
    def exit_code(self) -> int:
        """0 if all are filed; 1 if one was refused or left, otherwise 75 to try again later."""
        return 1 if self.refused else TryLater.exit_code if self.later else 0


class Batch(NamedTuple):
    """How the lists of a folder are sent."""

    server: Connection
    settings: Settings
    content: Content
    able: Abilities
    confirm: Callable[[Path, Named, Patient], None]
    """Raises `SendError` unless staff confirm the patient of a list."""
    tell: Callable[[str], object]
    """Takes a line about each list that was not filed."""
    allow_draft: bool = False


def send_linked(
    batch: Batch, folder: Path, progress: Callable[[Sequence[Path]], Iterable[Path]] = iter
) -> Counts:
    """Send the linked lists of a folder, one after the other, each to its own patient.

    Lists that a receipt says were filed are not sent again, so an interrupted run goes on where it was.
    A patient of two lists is named with both, and neither is sent: staff send them one by one. `progress`
    yields the paths it is given, and may show how far it is. Raises `StaffError` for a folder without lists.
    """
    paths = [Path(each) for each in records_in([str(folder)])]
    shared = _shared(batch, paths)
    counts: Counter[str] = Counter()
    patients: set[str] = set()
    in_vain = 0
    for path in progress(paths):
        if in_vain >= MAX_IN_VAIN:
            counts["later"] += 1
            continue
        what = _send_one(batch, path, shared, patients)
        in_vain = in_vain + 1 if what == "later" else 0
        counts[what] += 1
    return Counts(**counts)


def _send_one(batch: Batch, path: Path, shared: set[Named], patients: set[str]) -> str:
    """Send one list, and return what became of it: a field of `Counts`."""
    try:
        item = open_list(path, batch.content)
        if is_filed(item, batch.server):
            return "there"
        who = _linked(batch, item)
        if who in shared:
            raise _left(path, SHARED)
        check_wording(item, allow_draft=batch.allow_draft)
        patient = find(batch.server, who)
        if patient.place in patients:
            raise _left(path, SHARED)
        batch.confirm(path, who, patient)
        link = Link(patient.place)
        filed = send(batch.server, batch.settings, item, link, batch.able, allow_draft=batch.allow_draft)
    except StaffError as error:
        batch.tell(str(error))
        return "later" if isinstance(error, TryLater) else "refused"
    patients.add(patient.place)
    return "there" if filed.was_there else "filed"


def _linked(batch: Batch, item: SavedList) -> Named:
    who = linked(item.saved.resource, batch.server.base)
    if who is None:
        raise _left(item.path, NOT_LINKED, "Name the patient at the desk, or send it alone, with --patient")
    return who


def _shared(batch: Batch, paths: Iterable[Path]) -> set[Named]:
    """Return the patients to whom several lists are linked. Only the links are kept, no list."""
    links: Counter[Named] = Counter()
    for path in paths:
        with suppress(StaffError):  # named when it is its turn
            item = open_list(path, batch.content)
            if who := linked(item.saved.resource, batch.server.base):
                links[who] += 1
    return {who for who, number in links.items() if number > 1}


def _left(path: Path, why: str, remedy: str = "Send it alone, with --patient") -> SendError:
    return SendError(f"{printable(str(path))}: not sent, {why}", remedy)
