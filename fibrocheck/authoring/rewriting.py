"""Reads a questions.yaml to change it, and writes it back: completely or not at all."""

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from fibrocheck.content.editing import EditError
from fibrocheck.content.parsing import Findings, parse
from fibrocheck.content.problems import ContentError
from fibrocheck.content.source_file import decoded, read_bytes
from fibrocheck.copies.files import flush_folder, reason_of, remove, write_temporary
from fibrocheck.text_safety import printable

_BOM = b"\xef\xbb\xbf"
_MODE = 0o777


class Opened(NamedTuple):
    """A file: its place, its bytes, the text in them with plain line ends, and its content."""

    path: Path
    data: bytes
    text: str
    findings: Findings


def opened(file: Path, *, in_work: bool = False) -> Opened:
    """Return a file to be changed. `ContentError` with every problem if it has errors.

    A file that is `in_work`, such as one that is being translated, may have them; it must be YAML.
    """
    path = Path(os.path.realpath(file))  # a link stays a link
    data = read_bytes(path)
    findings = parse(data)
    usable = findings.reader and findings.reader.languages if in_work else findings.content
    if not usable:
        raise ContentError(str(file), findings.problems)
    return Opened(path, data, decoded(data, []) or "", findings)


def rewrite(file: Opened, text: str) -> None:
    """Replace the file by another text, with the line ends, owner and permissions that it had.

    `EditError` if that cannot be done, or if it was changed meanwhile by somebody else.
    """
    if read_bytes(file.path) != file.data:
        raise EditError(
            f"{printable(str(file.path))}: not changed, somebody else saved it just now. Try again."
        )
    put(file.path, as_bytes(text, like=file.data))


def put(path: Path, data: bytes) -> None:
    """Write a file whose permissions stay as they were; a new one can be read by everyone."""
    try:
        before = path.stat() if path.exists() else None
        temporary = write_temporary(path.parent, data, before.st_mode & _MODE if before else 0o644)
        try:
            if before is not None:
                with suppress(OSError, AttributeError):  # only root may, and not every system has owners
                    os.chown(temporary, before.st_uid, before.st_gid)
            temporary.replace(path)
        finally:
            remove(temporary)
    except OSError as error:
        what, remedy = reason_of(error)
        raise EditError(f"{printable(str(path))}: not changed, {what}. {remedy}.") from None
    flush_folder(path.parent)


def as_bytes(text: str, *, like: bytes) -> bytes:
    """Return a text in the form of other bytes: with their line ends, and their byte order mark if any."""
    data = text.replace("\n", "\r\n").encode() if b"\r\n" in like else text.encode()
    return _BOM + data if like.startswith(_BOM) else data
