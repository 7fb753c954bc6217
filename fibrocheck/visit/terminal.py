"""One visit in this terminal: how it is asked, how it ends, and what stays to be read."""

import errno
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

from fibrocheck.asking.ascii_text import readable
from fibrocheck.asking.switching import Opening, SwitchingAsker
from fibrocheck.content.loader import load_for
from fibrocheck.content.model import Content
from fibrocheck.copies.copier import Keeper
from fibrocheck.errors import LEFT, VisitEnded
from fibrocheck.visit.flow import Visit, opening_page

if TYPE_CHECKING:
    from pathlib import Path


def one_visit(
    *,
    language: str | None = None,
    questions: "Path | None" = None,
    plain: bool = False,
    large: bool = False,
    keeper: Callable[[Content], Keeper] = Keeper,
) -> None:
    """Lead one person through a visit in this terminal; `VisitEnded` if they leave before its end.

    `keeper` makes the one that keeps copies, if any are asked for. Also `ContentError` and
    `WrongUsage`, before anything is shown.
    """
    whole = load_for(questions, language)
    content = readable(whole)
    first = language or next(iter(content.languages))
    with _signals_end_the_visit():
        asker = SwitchingAsker(content, first, plain=plain, large=large, opening=_opening(content, language))
        try:
            with asker:
                visit = Visit(content, asker, language, keeper(whole))
                visit.run()
                asked_on_screen = not asker.is_plain
        except VisitEnded as ending:
            if ending.exit_code == LEFT:
                with suppress(OSError):  # nobody may be there to read it
                    sys.stdout.write(f"{content.words.erased[asker.language]}\n")
            raise
        except OSError as error:
            # The reader of the lines, or the terminal, has gone: there is nobody to ask any more.
            if error.errno in {errno.EPIPE, errno.EIO}:
                raise VisitEnded from None
            raise
        if asked_on_screen:
            from fibrocheck.pages.console import print_summary  # rich, wanted only at the end

            print_summary(visit.summary, content, visit.language)


def _opening(content: Content, language: str | None) -> Opening:
    """The first page of a visit, for whatever layout it gets."""
    page, options = opening_page(content, language)
    if options:
        return lambda layout: layout.question(page, options)
    return lambda layout: layout.reading(page, 0)


@contextmanager
def _signals_end_the_visit() -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM and SIGHUP into an ordinary ending, so that the terminal is given back."""

    def end(number: int, _frame: FrameType | None) -> None:
        raise VisitEnded(128 + number)

    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), end) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
