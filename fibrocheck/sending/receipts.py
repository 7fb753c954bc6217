"""What was sent, beside each list: `273.json` has `273.json.sent`. It holds no answer and no name.

It is written before the list goes ("sending") and again after it was read back ("filed"). So after a kill at
any moment, the next run knows that the server may have the list.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.copies.files import (
    RECEIPT,
    SENDERS_LOCK,
    flush_folder,
    reason_of,
    remove,
    write_temporary,
)
from fibrocheck.file_reading import read_regular_file
from fibrocheck.sending.problems import SendError, TryLater
from fibrocheck.text_safety import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SENDING, FILED, WITHDRAWN = STATES = ("sending", "filed", "withdrawn")
_MAX_BYTES = 16 * 1024


class Receipt(NamedTuple):
    """What is known about sending a list to one server."""

    state: str
    time: str
    """When the state was reached, as FHIR writes times."""
    server: str
    identifier: str
    sha256: str
    """Of the saved list, as it was when it went."""
    kind: str
    """The type of resource that it was sent as."""
    location: str = ""
    """`TYPE/ID` on the server; empty until it is known."""
    version: str = ""


_DAMAGED = Receipt("", "", "", "", "", "")


def path_of(record: Path) -> Path:
    """Return where the receipt of a list is."""
    return record.with_name(record.name + RECEIPT)


def sha256_of(data: bytes) -> str:
    """Return what a receipt holds of a list to tell whether it was changed."""
    return hashlib.sha256(data).hexdigest()


def read(record: Path, server: str) -> Receipt | None:
    """Return the receipt of a list from one server, or `None`; `SendError` if it is damaged."""
    return next((each for each in _all(record) if each.server == server), None)


def write(record: Path, receipt: Receipt) -> None:
    """Write a receipt in place of an earlier one from the same server; `SendError` if that cannot be done."""
    others = [each for each in _all(record) if each.server != receipt.server]
    _write_all(record, [*others, receipt])


def forget(record: Path, server: str) -> None:
    """Remove the receipt from a server that certainly does not have the list."""
    _write_all(record, [each for each in _all(record) if each.server != server])


def _all(record: Path) -> list[Receipt]:
    path = path_of(record)
    try:
        found = json.loads(read_regular_file(path, _MAX_BYTES))
        receipts = [Receipt(**each) for each in found] if isinstance(found, list) else [_DAMAGED]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, RecursionError):
        receipts = [_DAMAGED]
    if not all(each.state in STATES and all(isinstance(part, str) for part in each) for each in receipts):
        what = f"{printable(str(path))}: this receipt is damaged"
        raise SendError(
            what, "Look in the patient's chart whether the list is there, then remove the receipt"
        )
    return receipts


def _write_all(record: Path, receipts: list[Receipt]) -> None:
    path = path_of(record)
    data = json.dumps([each._asdict() for each in receipts], indent=2).encode()
    try:
        # Whoever may read the list may read its receipt.
        mode = stat.S_IMODE(record.stat().st_mode) & 0o660 | 0o600
        temporary = write_temporary(path.parent, data, mode)
        try:
            temporary.replace(path)
        finally:
            remove(temporary)
    except (OSError, ValueError) as error:
        what, remedy = reason_of(error)
        raise SendError(f"{printable(str(path))}: the receipt was not written, {what}", remedy) from None
    flush_folder(path.parent)


@contextmanager
def one_sender(folder: Path) -> Iterator[None]:
    """Be the only one that sends from a folder. The lock ends with the process, however that ends.

    `TryLater` if another program is sending from it, `SendError` if the system cannot tell.
    """
    descriptor = _lock(folder)
    try:
        yield
    finally:
        os.close(descriptor)


def _lock(folder: Path) -> int:
    path = folder / SENDERS_LOCK
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        import fcntl

        descriptor = os.open(path, flags, 0o660)
        try:
            with suppress(PermissionError):  # it is another account's
                # Whoever may send from the folder may take the lock, whatever the umask was.
                os.fchmod(descriptor, stat.S_IMODE(os.stat(folder).st_mode) & 0o660 | 0o600)
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BaseException:
            os.close(descriptor)
            raise
    except BlockingIOError:
        what = f"{printable(str(folder))}: another program is sending from this folder"
        raise TryLater(what, "Wait until it has finished") from None
    except (ImportError, OSError) as error:
        what = f"{printable(str(folder))}: no lock, so that two programs could send at once"
        reason = "this system has none" if isinstance(error, ImportError) else reason_of(error)[0]
        raise SendError(f"{what} ({reason})", "Send from a folder on this computer's disk") from None
    return descriptor
