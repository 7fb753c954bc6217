"""Runs one visit in this terminal, and leaves nothing of it there, however it ends."""

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from fibrocheck.asking.aloud import ReadAloud
from fibrocheck.asking.ascii_text import readable
from fibrocheck.asking.keyboard import ended_by_signals
from fibrocheck.asking.switching import Opening, SwitchingAsker
from fibrocheck.content.loader import load_for
from fibrocheck.content.model import Content
from fibrocheck.errors import LEFT, StaffError, VisitEnded, internal_error
from fibrocheck.visit.pages import in_each, opening_page

if TYPE_CHECKING:
    from fibrocheck.asking.aloud import Reader
    from fibrocheck.copies.copier import Copier
    from fibrocheck.early_page import EarlyPage
    from fibrocheck.file_reading import File
    from fibrocheck.visit.flow import Visit

CLEAR = "\x1b[m\x1b[H\x1b[2J\x1b[3J"
"""What erases a terminal's screen, then its scrollback: in this order."""


def one_visit(
    *,
    language: str | None = None,
    questions: "File | None" = None,
    plain: bool = False,
    large: bool = False,
    show: bool = False,
    speech: bool = True,
    speak: bool = False,
    copier: "Callable[[Content], Copier] | None" = None,
    early: "EarlyPage | None" = None,
) -> None:
    """Lead one person through a visit in this terminal; `VisitEnded` if they leave before its end.

    `show` prints the summary after it. Pages can be read aloud unless `speech` is off, and are from the
    first one on with `speak`. `copier` makes the copier from the questionnaire. `early` shows the first page
    already; without it, `ContentError` and `WrongUsage` are raised before anything is shown. Also raises
    `StaffError` afterwards if something that was wanted could not be made.
    """
    whole = load_for(questions, language)
    content = readable(whole)
    first = language or next(iter(content.languages))
    with ended_by_signals() as check:
        unheard: list[str] = []
        aloud = ReadAloud(partial(_reader, content), tell_staff=unheard.append) if speech else ReadAloud()
        opening = laid_out(content, language)
        asker = SwitchingAsker(
            content, first, plain=plain, large=large, opening=opening, aloud=aloud, early=early
        )
        visit = _Ending(content, asker)
        try:
            with asker:
                # Not before the first page is on the screen. It holds no answer.
                from fibrocheck.copies.copier import Copier
                from fibrocheck.process import protect_memory
                from fibrocheck.visit.flow import Visit

                protect_memory()
                check()  # Python drops what a signal raises in a finalizer, as imports have them
                if speak and (refusal := aloud.turn_on()):
                    asker.tell_briefly(in_each(refusal, content, language))
                visit.begun = Visit(content, asker, language, (copier or Copier)(whole))
                visit.begun.run()
            visit.finished(show=show)
        except VisitEnded as ending:
            visit.left(ending.exit_code)
            raise VisitEnded(ending.exit_code, "\n".join(filter(None, [visit.unmet, *unheard[:1]]))) from None
        except OSError as error:
            # The reader of the lines, or the terminal, has gone: no one is left to ask.
            if error.errno in {errno.EPIPE, errno.EIO}:
                raise VisitEnded(LEFT, visit.unmet) from None
            raise
        except Exception as error:  # noqa: BLE001 - a traceback could print answers
            raise internal_error(error, kept=visit.kept) from None
    if visit.unmet:
        raise StaffError(visit.unmet)
    if unheard and speak:
        raise StaffError(unheard[0])
    for why in unheard[:1]:
        sys.stderr.write(f"{why}\n")


class _Ending:
    """What is left of a visit in its terminal, and what is said about it."""

    def __init__(self, content: Content, asker: SwitchingAsker) -> None:
        self._content = content
        self._asker = asker
        self.begun: Visit | None = None

    @property
    def unmet(self) -> str:
        """What could not be made although it was wanted, a line each; empty if there is nothing."""
        return "\n".join(map(str, self.begun.copies.unmet)) if self.begun else ""

    @property
    def kept(self) -> str:
        """What was saved, in English for staff."""
        files = ", ".join(map(str, self.begun.copies.saved)) if self.begun else ""
        return f"Saved as {files}" if files else "Nothing was saved"

    def finished(self, *, show: bool) -> None:
        """Leave one line. In plain mode too, the last page was left by the choice to have it erased."""
        from fibrocheck.pages.voice import Voice
        from fibrocheck.visit.end_pages import farewell

        visit = self.begun
        if visit is None:
            return
        # Where lines stay, as in a pipe, the last of them says goodbye already.
        if self._clear() or not self._asker.wrote_lines:
            _say(farewell(Voice(self._content, visit.language), visit.copies.delivered))
        if show:
            from fibrocheck.pages.console import print_summary  # rich, needed only here

            print_summary(visit.summary, self._content, visit.language)

    def left(self, exit_code: int) -> None:
        """Clear the screen unasked, and say what is true: what was saved, or that all is erased."""
        with suppress(OSError):  # the reader may have gone
            stays = self._asker.wrote_lines and not self._clear()
            if exit_code == LEFT:
                _say(self._given or self._saved_as or self._gone(stays=stays))

    @property
    def _saved_as(self) -> str:
        if self.begun is None or not self.begun.copies.saved:
            return ""
        from fibrocheck.pages.voice import Voice
        from fibrocheck.visit.end_pages import saved_as

        return saved_as(Voice(self._content, self._asker.language), self.begun.copies.delivered)

    @property
    def _given(self) -> str:
        """The line that stays after a visit, if the front desk has the list: it is not erased."""
        if self.begun is None or not self.begun.copies.delivered.number:
            return ""
        from fibrocheck.pages.voice import Voice
        from fibrocheck.visit.end_pages import farewell

        return farewell(Voice(self._content, self._asker.language), self.begun.copies.delivered)

    def _gone(self, *, stays: bool) -> str:
        words = self._content.words
        return (words.left_early if stays else words.erased)[self._asker.language]

    @property
    def _can_clear(self) -> bool:
        """Whether lines were written to a terminal that can be cleared."""
        simple = os.name != "posix" or os.environ.get("TERM", "") in {"", "dumb"}
        return self._asker.wrote_lines and not simple and sys.stdin.isatty() and sys.stdout.isatty()

    def _clear(self) -> bool:
        """Clear the screen and its scrollback if it has lines of this visit; return whether it was done."""
        if not self._can_clear:
            return False
        sys.stdout.write(CLEAR)
        sys.stdout.flush()
        return True


def _reader(content: Content) -> "Reader":
    from fibrocheck.speech.start import start_reading  # only when a person wants to listen

    return start_reading(content)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def laid_out(content: Content, language: str | None) -> Opening:
    """Return the first page of a visit, ready to be laid out."""
    page, options = opening_page(content, language)
    if options:
        return lambda layout: layout.question(page, options)
    return lambda layout: layout.reading(page, 0)
