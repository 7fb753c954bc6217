"""Printing by `lp`: the document goes to it through a pipe, never through a file or a shell."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress

from fibrocheck.errors import StaffError
from fibrocheck.text_safety import printable, quoted

PLAIN_TEXT = "text/plain"
TITLE = "fibrocheck"
"""What the print queue shows. Everybody near the printer may read it, so it is the same for all."""

PATIENCE = 20.0
"""Seconds until `lp` must have taken the document. It only queues it, which takes less than one."""

_KEPT = ("PATH", "CUPS_SERVER")
"""What `lp` learns of the environment: where programs are, and which print server staff chose."""


class PrintError(StaffError):
    """A page that could not be printed: where, what happened, what to do."""


def print_text(printer: str, document: bytes, mime: str = PLAIN_TEXT, *, patience: float = PATIENCE) -> None:
    """Hand a document to a printer's queue; `PrintError` if it was not taken."""
    command = _command(printer, mime)
    with _started(command, printer) as lp:
        try:
            _, complaint = lp.communicate(document, timeout=patience)
        except BaseException as error:
            _end(lp)
            if isinstance(error, subprocess.TimeoutExpired):
                what = f"lp did not answer within {patience:g} seconds"
                raise _error(printer, what, "Check that the printer is on and connected") from None
            raise
    if lp.returncode != 0:
        raise _error(printer, _first_line(complaint), "Check the printer's name with: lpstat -e")


def _command(printer: str, mime: str) -> list[str]:
    """The command line; a printer's name must not be able to become an option of it."""
    if not printer or printer.startswith("-") or not printer.isprintable():
        raise _error(printer, "no printer can have that name", "List the printers with: lpstat -e")
    program = shutil.which("lp")
    if program is None:
        raise _error(printer, "there is no lp on this computer", "Install cups-client")
    return [program, "-d", printer, "-t", TITLE, "-o", f"document-format={mime}"]


def _started(command: list[str], printer: str) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        return subprocess.Popen(  # noqa: S603 - a list and no shell; the printer's name was looked at
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,  # "request id is …" would stand in the middle of a page
            stderr=subprocess.PIPE,
            env={**environment, "LC_ALL": "C.UTF-8"},
            start_new_session=True,  # without a terminal, lp cannot ask the patient for a password
        )
    except OSError as error:
        raise _error(printer, f"lp cannot be started ({error.strerror})", "Check that lp works") from None


def _end(lp: subprocess.Popen[bytes]) -> None:
    """End lp and whatever it started."""
    with suppress(ProcessLookupError):
        os.killpg(lp.pid, signal.SIGKILL)
    for pipe in (lp.stdin, lp.stderr):
        if pipe is not None:
            with suppress(OSError):  # what lp did not take is lost with it
                pipe.close()


def _first_line(complaint: bytes) -> str:
    """What lp said, on one line that is safe to show."""
    lines = complaint.decode(errors="replace").strip().splitlines() or ["lp gave no reason"]
    return printable(lines[0].strip().rstrip("."), 160)


def _error(printer: str, what: str, remedy: str) -> PrintError:
    return PrintError(f"Printer {quoted(printer)}: not printed, {what}. {remedy}.")
