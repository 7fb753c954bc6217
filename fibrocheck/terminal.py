"""One visit in this terminal: how it is asked, how it ends, and what stays to be read."""

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

from fibrocheck.asking.either import EitherAsker, Opening
from fibrocheck.asking.folding import folded, speaks_ascii_only
from fibrocheck.content.loader import load
from fibrocheck.content.model import Content
from fibrocheck.endings import LEFT, VisitEnded, WrongUsage
from fibrocheck.keeping import Keeper
from fibrocheck.visit import Visit, opening_page

if TYPE_CHECKING:
    from pathlib import Path

    from fibrocheck.staff import StaffCode  # brings hashlib, which only a kiosk needs


def opened(questions: "Path | None" = None, language: str | None = None) -> Content:
    """The questionnaire, from its own file or another.

    `ContentError` if the file cannot be used, `WrongUsage` if it lacks the language.
    """
    content = load(questions)
    if language is not None and language not in content.languages:
        there_are = ", ".join(content.languages)
        raise WrongUsage(f"There is no language {language!r} here. Choose one of: {there_are}.")
    return content


def readable(content: Content) -> Content:
    """The questionnaire in letters that this terminal can show."""
    return folded(content) if speaks_ascii_only(sys.stdout.encoding) else content


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
    whole = opened(questions, language)
    content = readable(whole)
    first = language or next(iter(content.languages))
    with _signals_end_the_visit():
        asker = EitherAsker(content, first, plain=plain, large=large, opening=_opening(content, language))
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
            from fibrocheck.rendering.console import print_summary  # rich, wanted only at the end

            print_summary(visit.summary, content, visit.language)


def asked_staff_code() -> "StaffCode":
    """The code that leaves the kiosk: from the environment, or typed twice at the terminal.

    An empty one in the environment is a mistake, and not a reason to ask: at a kiosk that starts by
    itself a patient would answer. `WrongUsage` if it cannot be typed at a kiosk or the two differ.
    """
    from fibrocheck.staff import LONGEST, SHORTEST, StaffCode, is_usable

    code = _taken_from_environment("FIBROCHECK_STAFF_CODE")
    if code is None and sys.stdin.isatty():
        from getpass import getpass

        code = getpass("Staff code, to leave the kiosk with F12: ")
        if getpass("The same code again: ") != code:
            raise WrongUsage("The two staff codes differ. Start again and type the same one twice.")
    if code is None or not is_usable(code):
        raise WrongUsage(
            f"A staff code has {SHORTEST} to {LONGEST} letters a to z and digits."
            " Set FIBROCHECK_STAFF_CODE, or type one that fits."
        )
    return StaffCode(code)


def _taken_from_environment(name: str) -> str | None:
    """A value from the environment, which then is nowhere in it any more.

    Linux shows what a process and its children were started with as /proc/PID/environ, whatever they
    have changed since, so it is overwritten there.
    """
    value = os.environ.get(name)
    if value and sys.platform == "linux":
        import ctypes

        getenv = ctypes.CDLL(None).getenv
        getenv.restype = ctypes.c_void_p
        ctypes.memset(getenv(name.encode()), 0, len(os.fsencode(value)))
    os.environ.pop(name, None)
    return value


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
