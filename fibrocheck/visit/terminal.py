"""Runs one visit in this terminal, however it ends, and prints the summary afterwards."""

import errno
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from fibrocheck.asking.ascii_text import readable
from fibrocheck.asking.switching import Opening, SwitchingAsker
from fibrocheck.content.loader import load_for
from fibrocheck.content.model import Content
from fibrocheck.copies.copier import Copier
from fibrocheck.errors import LEFT, VisitEnded
from fibrocheck.process import ended_by_signals, protect_memory
from fibrocheck.visit.pages import opening_page

if TYPE_CHECKING:
    from pathlib import Path


def one_visit(
    *,
    language: str | None = None,
    questions: "Path | None" = None,
    plain: bool = False,
    large: bool = False,
    copier: Callable[[Content], Copier] = Copier,
) -> None:
    """Lead one person through a visit in this terminal; `VisitEnded` if they leave before its end.

    `copier` makes the copier from the questionnaire. Also raises `ContentError` and `WrongUsage`,
    before anything is shown.
    """
    whole = load_for(questions, language)
    content = readable(whole)
    first = language or next(iter(content.languages))
    with ended_by_signals():
        asker = SwitchingAsker(content, first, plain=plain, large=large, opening=_opening(content, language))
        try:
            with asker:
                protect_memory()  # costs several milliseconds, and the first page holds no answer
                from fibrocheck.visit.flow import Visit  # not before the first page is on the screen

                visit = Visit(content, asker, language, copier(whole))
                visit.run()
                asked_on_screen = not asker.is_plain
        except VisitEnded as ending:
            if ending.exit_code == LEFT:
                with suppress(OSError):  # the reader may have gone
                    sys.stdout.write(f"{content.words.erased[asker.language]}\n")
            raise
        except OSError as error:
            # The reader of the lines, or the terminal, has gone: no one is left to ask.
            if error.errno in {errno.EPIPE, errno.EIO}:
                raise VisitEnded from None
            raise
        if asked_on_screen:
            from fibrocheck.pages.console import print_summary  # rich, needed only at the end

            print_summary(visit.summary, content, visit.language)


def _opening(content: Content, language: str | None) -> Opening:
    """Return the first page of a visit, ready to be laid out."""
    page, options = opening_page(content, language)
    if options:
        return lambda layout: layout.question(page, options)
    return lambda layout: layout.reading(page, 0)
