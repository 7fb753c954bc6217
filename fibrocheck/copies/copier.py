"""Makes copies of one visit and delivers them: to a file, or to a printer.

A copy is made from the answers when the person or staff want it, and goes straight where it is sent.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.content.model import Content
from fibrocheck.errors import WrongUsage
from fibrocheck.questions import Answers
from fibrocheck.text_safety import quoted

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable
    from datetime import date, datetime
    from pathlib import Path

    from fibrocheck.copies.folder.desk_folder import Folder
    from fibrocheck.copies.formats import Format
    from fibrocheck.copies.visit_copy import VisitCopy

DESK, PRINT, CODE, SAVE = ROADS = ("desk", "print", "code", "save")
"""The ways in which a person can take a list along, the best first: to the front desk, on paper, as a
code, as a file."""


def roads_in(ways: str, *, printer: str, records: "Path | None", may_save: bool = True) -> tuple[str, ...]:
    """Return the roads that `--ways` lists, all of them for an empty text.

    `WrongUsage` for one that does not exist, or that leads nowhere here.
    """
    if not ways:
        return ROADS
    named = tuple(way.strip() for way in ways.split(","))
    for way in named:
        if way not in ROADS:
            raise WrongUsage(f"--ways {quoted(way)} is not known. Name some of {','.join(ROADS)}.")
    if DESK in named and records is None:
        raise WrongUsage("--ways desk needs --records FOLDER: add it, or leave out desk.")
    if PRINT in named and not printer:
        raise WrongUsage("--ways print needs --printer NAME: add it, or leave out print.")
    if SAVE in named and not may_save:
        raise WrongUsage("--ways save has no effect at a kiosk, which saves no copies: leave out save.")
    return named


_FOLDERS = ("Desktop", "Documents", "Downloads")


class Stamp(NamedTuple):
    """What tells one visit's record from another's, and when its answers were confirmed."""

    code: str
    """The first code of the list, without dashes. It stays if the list is corrected."""
    authored: "datetime"

    @property
    def identifier(self) -> "uuid.UUID":
        """The identifier of the list, made from its first code. It takes a moment."""
        from fibrocheck.copies.code.identity import identifier_of

        return identifier_of(self.code)


class Version(NamedTuple):
    """The answers as a person confirmed them, the language they read, and the stamp of all copies."""

    answers: Answers
    language: str
    stamp: Stamp


class Copier(NamedTuple):
    """Makes and delivers copies of one visit, as far as this place allows.

    `reference` is put on every copy. `printer` is a print queue's name, empty if there is none.
    `may_save` is false if nothing may reach the disk. `save_to` are the files that `--save` named, and
    `force` allows replacing them. `folder` is the front desk's. `ways` are the roads that the clinic has.
    `is_kiosk` if the next person comes to the same screen; `tell_staff` is then called for what staff have
    to know, because nobody of them may be there.
    """

    content: Content
    reference: str = ""
    printer: str = ""
    may_save: bool = True
    save_to: tuple["Path", ...] = ()
    force: bool = False
    large_print: bool = False
    folder: "Folder | None" = None
    ways: tuple[str, ...] = ROADS
    is_kiosk: bool = False
    tell_staff: "Callable[[str], None]" = lambda _: None

    def places(self, form: "Format") -> Iterator["Path"]:
        """Yield free file names for a copy, in the folders where people look for their files.

        A folder that cannot be used is left out.
        """
        from fibrocheck.copies.files import is_taken, numbered  # not before a copy is saved

        for folder in dict.fromkeys(_folders()):
            if _is_usable(folder):
                names = numbered(folder / f"fibrocheck-{_today()}{form.suffix}")
                yield next(path for path in names if not is_taken(path))

    def save(self, path: "Path", version: Version, *, force: bool = False) -> None:
        """Write a copy in the format of the file's suffix; `SaveError` if that cannot be done."""
        from fibrocheck.copies.files import save

        save(path, self._document(path, version), force=force)

    def save_new(self, path: "Path", version: Version) -> "Path":
        """Write a copy like `save`, under another number if the name is taken by now; return its path."""
        from fibrocheck.copies.files import save_numbered

        return save_numbered(path, self._document(path, version))

    def record(self, version: Version) -> bytes:
        """Return the record of a visit, as it is filed."""
        from fibrocheck.copies.formats import JSON

        document = JSON.render(self.copy(*version))
        return document.encode() if isinstance(document, str) else document

    def print(self, version: Version, *, large: bool = False, number: str = "", code: str = "") -> str:
        """Send the page to the printer through a pipe, and return the job's name.

        With the number that the front desk has the list under, and its code where the clinic uses codes.
        `PrintError` if it was not accepted.
        """
        from fibrocheck.copies.code.spelling import grouped
        from fibrocheck.copies.formats import printed
        from fibrocheck.copies.printer import print_document

        form, copy = printed(), self.copy(*version)
        shown_code = grouped(code) if CODE in self.ways else ""
        copy = copy._replace(large_print=copy.large_print or large, number=number, code=shown_code)
        document = form.render(copy)
        return print_document(self.printer, document, form.media_type)

    def cancel_print(self, job: str) -> None:
        """Have the printer drop a job, if it still has it."""
        from fibrocheck.copies.printer import cancel

        cancel(job)

    def copy(self, answers: Answers, language: str, stamp: Stamp | None = None) -> "VisitCopy":
        """Return what a copy of these answers is made of; without a stamp it gets one of its own."""
        from fibrocheck.copies.visit_copy import VisitCopy
        from fibrocheck.records.record import COMPUTER, KIOSK, Record

        stamp = stamp or self.stamp(answers, language)
        identifier, authored = stamp.identifier, stamp.authored
        device = KIOSK if self.is_kiosk else COMPUTER
        record = Record(answers, language, authored, identifier, self.reference, device=device)
        return VisitCopy(self.content, record, self.large_print)

    def stamp(self, answers: Answers, language: str, code: str = "") -> Stamp:
        """Return a stamp of this moment, with a new code of these answers unless one is given.

        No list in the front desk's folder has that code, if there is such a folder.
        """
        from fibrocheck.records.times import local_now  # not before a copy is made, like the rest

        now = local_now()
        return Stamp(code or self._new_code(answers, language, now.date()), now)

    def _new_code(self, answers: Answers, language: str, day: "date") -> str:
        from fibrocheck.copies.code.codes import new_code

        with suppress(ValueError):  # after 1,024 lists with the same answers on one day
            return new_code(self.content, answers, language, day, self._is_taken)
        return new_code(self.content, answers, language, day)

    def _is_taken(self, code: str) -> bool:
        from fibrocheck.copies.code.identity import identifier_of

        return self.folder is not None and not self.folder.is_new(identifier_of(code))

    def _document(self, path: "Path", version: Version) -> str | bytes:
        from fibrocheck.copies.formats import format_of

        return format_of(path).render(self.copy(*version))


def _folders() -> Iterator["Path"]:
    """Yield the current folder and those at home. Either may not exist, or not be known to the system."""
    from pathlib import Path

    with suppress(OSError):
        yield Path.cwd()
    with suppress(OSError, RuntimeError):
        home = Path.home()
        yield from (home, *(home / name for name in _FOLDERS))


def _is_usable(folder: "Path") -> bool:
    """Return whether a file can be made in a folder, as far as the system says so beforehand."""
    return os.path.isdir(folder) and os.access(folder, os.W_OK | os.X_OK)


def _today() -> str:
    """Return today's date: a file's name says neither who nor what."""
    from fibrocheck.records.times import local_now

    return local_now().date().isoformat()
