"""What a person can take away: a record for the chart, a page to hold, a printed page.

Each is made from the answers at the moment it is asked for, and goes straight where it was asked
to go.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.content.model import Content
from fibrocheck.questions import Answers
from fibrocheck.summary import summarise

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

JSON, HTML, TXT = "json", "html", "txt"
_FOLDERS = ("", "Desktop", "Documents", "Downloads")
_MOST_COPIES = 100


class Keeper(NamedTuple):
    """Makes and delivers copies of one visit, as far as this place allows.

    `printer` is a print queue's name; `may_save` is false where nothing may reach the disk. `save_to`
    is the file that was asked for before the visit began.
    """

    content: Content
    reference: str = ""
    printer: str = ""
    may_save: bool = True
    save_to: "Path | None" = None
    force: bool = False
    large_print: bool = False

    def places(self, form: str) -> Iterator["Path"]:
        """Free file names for a copy, in the folders where people look for their files."""
        from pathlib import Path  # not before somebody wants a copy

        home = Path.home()
        folders = dict.fromkeys([Path.cwd(), *(home / name for name in _FOLDERS)])
        for folder in folders:
            if folder.is_dir():
                yield _free_name(folder, form)

    def save(self, path: "Path", answers: Answers, language: str, *, force: bool = False) -> None:
        """Write the copy whose form the file's suffix names; `SaveError` if that cannot be done."""
        from fibrocheck.copies.files import form_of, save

        save(path, self.document(form_of(path), answers, language), force=force)

    def print(self, answers: Answers, language: str) -> None:
        """Send the page to the printer by a pipe; `PrintError` if it was not taken."""
        from fibrocheck.copies.printer import print_text

        print_text(self.printer, self.document(TXT, answers, language).encode())

    def document(self, form: str, answers: Answers, language: str) -> str:
        """The copy in one of the three forms."""
        from datetime import datetime  # not before somebody wants a copy

        now = datetime.now().astimezone()
        if form == JSON:
            import uuid

            from fibrocheck.records.elements import to_json
            from fibrocheck.records.response import response

            record = response(
                self.content,
                answers,
                language=language,
                authored=now,
                identifier=uuid.uuid4(),
                reference=self.reference,
            )
            return to_json(record)
        return page(self.content, answers, language, form, now, self.reference, large_print=self.large_print)


def page(
    content: Content,
    answers: Answers,
    language: str,
    form: str,
    authored: "datetime",
    reference: str,
    *,
    large_print: bool = False,
) -> str:
    """The page to take home, as HTML or as text."""
    from fibrocheck.pages.handout import handout, render_text_handout
    from fibrocheck.pages.voice import Voice

    said = handout(
        summarise(content, answers), Voice(content, language), date=authored.date(), reference=reference
    )
    if form == TXT:
        return render_text_handout(said)
    from fibrocheck.pages.html import render_html

    return render_html(said, large_print=large_print)


def _free_name(folder: "Path", form: str) -> "Path":
    """A name that says neither who nor what, and is not taken."""
    from datetime import datetime

    today = datetime.now().astimezone().date().isoformat()
    names = (f"fibrocheck-{today}{'' if n == 1 else f'-{n}'}.{form}" for n in range(1, _MOST_COPIES))
    return next(
        (folder / name for name in names if not (folder / name).exists()), folder / f"fibrocheck.{form}"
    )
