"""Makes copies of one visit and delivers them: to a file, or to a printer.

A copy is made from the answers when the person or staff want it, and goes straight where it is sent.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.content.model import Content
from fibrocheck.questions import Answers

if TYPE_CHECKING:
    from pathlib import Path

    from fibrocheck.copies.formats import Format
    from fibrocheck.copies.visit_copy import VisitCopy

_FOLDERS = ("", "Desktop", "Documents", "Downloads")
_MAX_COPIES = 100


class Copier(NamedTuple):
    """Makes and delivers copies of one visit, as far as this place allows.

    `reference` is put on every copy. `printer` is a print queue's name, empty if there is none.
    `may_save` is false if nothing may reach the disk. `save_to` is the file that `--save` named, and
    `force` allows replacing it.
    """

    content: Content
    reference: str = ""
    printer: str = ""
    may_save: bool = True
    save_to: "Path | None" = None
    force: bool = False
    large_print: bool = False

    def places(self, form: "Format") -> Iterator["Path"]:
        """Yield free file names for a copy, in the folders where people look for their files."""
        from pathlib import Path  # not before a copy is saved

        home = Path.home()
        folders = dict.fromkeys([Path.cwd(), *(home / name for name in _FOLDERS)])
        for folder in folders:
            if folder.is_dir():
                yield _free_name(folder, form.suffix)

    def save(self, path: "Path", answers: Answers, language: str, *, force: bool = False) -> None:
        """Write a copy in the format of the file's suffix; `SaveError` if that cannot be done."""
        from fibrocheck.copies.files import save
        from fibrocheck.copies.formats import format_of

        save(path, format_of(path).render(self.copy(answers, language)), force=force)

    def print(self, answers: Answers, language: str) -> None:
        """Send the page to the printer through a pipe; `PrintError` if it was not accepted."""
        from fibrocheck.copies.formats import PRINTED
        from fibrocheck.copies.printer import print_document

        print_document(self.printer, PRINTED.render(self.copy(answers, language)), PRINTED.media_type)

    def copy(self, answers: Answers, language: str) -> "VisitCopy":
        """Return what a copy of these answers is made of, as of now, under a new identifier."""
        import uuid  # not before a copy is made, like the rest

        from fibrocheck.copies.visit_copy import VisitCopy
        from fibrocheck.records.record import COMPUTER, Record
        from fibrocheck.records.times import local_now

        now, device = local_now(), COMPUTER
        record = Record(answers, language, now, uuid.uuid4(), self.reference, device=device)
        return VisitCopy(self.content, record, self.large_print)


def _free_name(folder: "Path", suffix: str) -> "Path":
    """Return a name that is not taken and says neither who nor what, such as fibrocheck-2026-11-30.txt."""
    from datetime import datetime

    today = datetime.now().astimezone().date().isoformat()
    names = (f"fibrocheck-{today}{'' if n == 1 else f'-{n}'}{suffix}" for n in range(1, _MAX_COPIES))
    return next(
        (folder / name for name in names if not (folder / name).exists()), folder / f"fibrocheck{suffix}"
    )
