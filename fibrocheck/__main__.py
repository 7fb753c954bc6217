"""`fibrocheck`: the way in, and the one place that turns an error into a message and an exit code."""

import gc

# Imports make much and drop little: the collector would only cost start-up time.
gc.disable()

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TextIO

from fibrocheck.errors import LEFT, StaffError, VisitEnded, place_of
from fibrocheck.visit.terminal import one_visit

gc.freeze()
gc.enable()


def main() -> None:
    """Run the command line and leave with its exit code (README, "Exit codes")."""
    sys.exit(ended(lambda: run(sys.argv[1:])))


def run(arguments: Sequence[str]) -> None:
    """Do what the command line asks for.

    A visit with nothing said but its language is what a busy front desk starts for every caller,
    so it does not wait for the command-line library to load.
    """
    match arguments:
        case [] if "FIBROCHECK_QUESTIONS" not in os.environ:
            one_visit()
        case ["--language", language] if "FIBROCHECK_QUESTIONS" not in os.environ:
            one_visit(language=language)
        case _:
            from fibrocheck.cli import app

            app(arguments, prog_name="fibrocheck")


def ended(command: Callable[[], None]) -> int:
    """Run a command; whatever ends it becomes an exit code and at most a few clear lines on stderr."""
    try:
        command()
        sys.stdout.flush()
    except VisitEnded as ending:
        return ending.exit_code
    except (KeyboardInterrupt, BrokenPipeError):
        return LEFT
    except StaffError as error:
        return _told(error, error.exit_code)
    except Exception as error:  # noqa: BLE001 - a traceback could print answers; its place cannot
        return _told(
            f"fibrocheck: something went wrong ({place_of(error)}). Nothing was saved."
            " Please start again, and tell whoever looks after this program.",
            1,
        )
    finally:
        _let_go(sys.stdout)
        _let_go(sys.stderr)
    return 0


def _let_go(stream: TextIO) -> None:
    """Write what is left; if whoever read it has gone, keep Python from trying again at its end."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _told(message: object, exit_code: int) -> int:
    with suppress(OSError):  # nobody may be there to read it
        sys.stderr.write(f"{message}\n")
    return exit_code


if __name__ == "__main__":
    main()
