"""The command `fibrocheck`, and the one place that turns an error into a message and an exit code."""

import gc

# Imports allocate a lot and free little: garbage collection would only slow the start.
gc.disable()

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TextIO

from fibrocheck.errors import LEFT, StaffError, VisitEnded, location_of
from fibrocheck.visit.terminal import one_visit

gc.freeze()
gc.enable()


def main() -> None:
    """Run the command line and exit with its code (README, "Exit codes")."""
    sys.exit(exit_code_of(lambda: run(sys.argv[1:])))


def run(arguments: Sequence[str]) -> None:
    """Run what the command line asks for.

    A busy front desk starts a visit for every caller, with no option or only a language. That does
    not wait for the command-line library to load.
    """
    match arguments:
        case [] if "FIBROCHECK_QUESTIONS" not in os.environ:
            one_visit()
        case ["--language", language] if "FIBROCHECK_QUESTIONS" not in os.environ:
            one_visit(language=language)
        case _:
            from fibrocheck.cli import app

            app(arguments, prog_name="fibrocheck")


def exit_code_of(command: Callable[[], None]) -> int:
    """Run a command and return its exit code, after writing any error to stderr in a few clear lines."""
    try:
        command()
        sys.stdout.flush()
    except VisitEnded as ending:
        return ending.exit_code
    except (KeyboardInterrupt, BrokenPipeError):
        return LEFT
    except StaffError as error:
        return _report(error, error.exit_code)
    except Exception as error:  # noqa: BLE001 - a traceback could print answers; its location cannot
        return _report(
            f"fibrocheck: internal error ({location_of(error)}). Nothing was saved."
            " Please start again, and report this to the person who maintains the program.",
            1,
        )
    finally:
        _flush(sys.stdout)
        _flush(sys.stderr)
    return 0


def _flush(stream: TextIO) -> None:
    """Write what is left. If the reader has gone, keep Python from trying again as it exits."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _report(message: object, exit_code: int) -> int:
    with suppress(OSError):  # the reader may have gone
        sys.stderr.write(f"{message}\n")
    return exit_code


if __name__ == "__main__":
    main()
