"""What a command line asks for, and the one place that turns an error into a message and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from fibrocheck import streams
from fibrocheck.errors import LEFT, StaffError, VisitEnded, internal_error
from fibrocheck.text_safety import printable

if TYPE_CHECKING:
    from fibrocheck.early_page import EarlyPage

_COMPLETES = "_FIBROCHECK_COMPLETE"
"""Set by a shell that asks the command-line library what can follow."""

MAX_LINE = 10_000
"""The longest line of a message in characters: a path with what is wrong in it."""

_CUT_SHORT = (
    "fibrocheck: the output could not be written, no space left on the disk. Free some space, or write to"
    " another place."
)


def run(arguments: Sequence[str], early: EarlyPage | None = None) -> int:
    """Do what the command line asks for, and return the exit code (README, "Exit codes").

    `early` shows the first page already; whatever happens, its terminal is restored before a message.
    """
    streams.prepare()
    return exit_code_of(lambda: _command(arguments, early))


def _command(arguments: Sequence[str], early: EarlyPage | None) -> int:
    """Run what the command line asks for, and return its exit code.

    A busy front desk starts a visit for every caller, with few options or none. That does not wait for
    the command-line library to load. Nor do a report, and a kiosk, which would keep it in memory.
    """
    if _COMPLETES not in os.environ:
        read = _PLAINLY.get(arguments[0], _visits) if arguments else _visits
        exit_code = read(arguments, early)
        if exit_code is not None:
            return exit_code
    from fibrocheck.cli import run_command

    return run_command(arguments)


def _visits(arguments: Sequence[str], early: EarlyPage | None) -> int | None:
    """Lead one person through a visit if its options can be read plainly; return the exit code, or `None`."""
    from fibrocheck.visit_options import read_plainly, start_visit  # asks: not needed by a report

    options = read_plainly(arguments, os.environ)
    if options is None:
        return None
    try:
        start_visit(options, early)
    finally:
        if early:
            early.close()
    return 0


def _reports(arguments: Sequence[str], _: EarlyPage | None) -> int | None:
    """Show saved records if the options of `report` can be read plainly; return the exit code, or `None`."""
    from fibrocheck.report_options import read_plainly, show_report

    options = read_plainly(arguments[1:], os.environ)
    return None if options is None else int(not show_report(options))


def _serves(arguments: Sequence[str], _: EarlyPage | None) -> int | None:
    """Serve patients if the options of a kiosk can be read plainly; return the exit code, or `None`."""
    from fibrocheck.kiosk.serving import read_plainly, serve  # not needed by a visit

    settings = read_plainly(arguments[1:], os.environ)
    if settings is None:
        return None
    serve(settings)
    return 0


_PLAINLY = {"kiosk": _serves, "report": _reports}
"""What does a command if its options are written plainly. Any other command is left to the library."""


def exit_code_of(command: Callable[[], int]) -> int:
    """Run a command and return its exit code, after writing any error to stderr in a few clear lines."""
    try:
        exit_code = command()
        sys.stdout.flush()
    except VisitEnded as ending:
        return _report(ending.for_staff, ending.exit_code)
    except (KeyboardInterrupt, BrokenPipeError):
        return LEFT
    except StaffError as error:
        return _report(error, error.exit_code)
    except Exception as error:  # noqa: BLE001 - a traceback could print answers; its location cannot
        is_full = isinstance(error, OSError) and error.errno in streams.OUT_OF_SPACE
        return _report(_CUT_SHORT if is_full else internal_error(error), 1)
    finally:
        _flush(sys.stdout)
        _flush(sys.stderr)
    return exit_code


def _flush(stream: TextIO) -> None:
    """Write what is left. If the reader has gone, keep Python from trying again as it exits."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _report(message: object, exit_code: int) -> int:
    """Write a message for staff and return the exit code.

    A file's name, an option or a printer's answer could control the terminal: no such character is
    written.
    """
    lines = [printable(line, MAX_LINE) for line in str(message).split("\n")] if str(message) else []
    with suppress(OSError):  # the reader may have gone
        sys.stderr.write("".join(f"{line}\n" for line in lines))
        sys.stderr.flush()
    return exit_code
