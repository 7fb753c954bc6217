"""Prints with `lp`. The document goes through a pipe, never through a file or a shell."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from contextlib import suppress

from fibrocheck.errors import StaffError
from fibrocheck.text_safety import is_queue_name, printable, quoted

TITLE = "fibrocheck"
"""The job's title in the print queue. Everyone near the printer may read it, so it is always the same."""

LP_TIMEOUT = 20.0
"""Seconds until `lp` must have accepted the document. It only queues it, which takes less than one."""

_JOB = re.compile(rb"request id is ([A-Za-z0-9._-]+-[0-9]+)")
"""What lp says in English when it has queued a job (lp(1))."""

_SIDES = ("-o", "sides=two-sided-long-edge")
"""The clinician's page and the patient's page are one sheet. Printers that cannot do it ignore it."""

_KEPT = ("PATH", "CUPS_SERVER")
"""The environment variables that `lp` gets: where programs are, and which print server staff chose."""


class PrintError(StaffError):
    """A document could not be printed."""

    def __init__(self, printer: str, what: str, remedy: str) -> None:
        """Say in one line which printer, what happened, and what to do."""
        super().__init__(f"Printer {quoted(printer)}: not printed, {what}. {remedy}.")


def print_document(
    printer: str, document: str | bytes, media_type: str, *, timeout: float = LP_TIMEOUT
) -> str:
    """Queue a document on a printer, and return the job's name, such as "desk-12"; empty if lp gave none.

    `PrintError` if `lp` does not accept it within `timeout` seconds.
    """
    data = document.encode() if isinstance(document, str) else document
    command = _command(printer, media_type)
    with _started(command, printer) as lp:
        try:
            said, complaint = lp.communicate(data, timeout=timeout)
        except BaseException as error:
            _end(lp)
            if isinstance(error, subprocess.TimeoutExpired):
                what = f"lp did not answer within {timeout:g} seconds"
                raise PrintError(printer, what, "Check that the printer is on and connected") from None
            raise
    if lp.returncode != 0:
        raise PrintError(printer, _first_line(complaint), "Check the printer's name with: lpstat -e")
    job = _JOB.match(said)
    return job[1].decode("ascii") if job else ""


def check_printer(printer: str) -> None:
    """Raise `PrintError` if the name is none, or there is no `lp`; whether the queue exists is not asked."""
    _command(printer, "text/plain")


def cancel(job: str, *, timeout: float = LP_TIMEOUT) -> None:
    """Have a job dropped from its queue; nothing is reported: it may have been printed meanwhile."""
    program = shutil.which("cancel")
    if program is None or not job:
        return
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(  # noqa: S603 - a list and no shell; the name is one that lp gave
            [program, job],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=timeout,
            check=False,
            start_new_session=True,
        )


def _command(printer: str, media_type: str) -> list[str]:
    """Return the command line. A printer's name must not be able to become an option of it."""
    if not is_queue_name(printer):
        raise PrintError(printer, "this is not a valid printer name", "List the printers with: lpstat -e")
    program = shutil.which("lp")
    if program is None:
        raise PrintError(printer, "the lp command is not installed", "Install cups-client")
    return [program, "-d", printer, "-t", TITLE, "-o", f"document-format={media_type}", *_SIDES]


def _started(command: list[str], printer: str) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - a list and no shell; the printer's name was checked
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,  # "request id is …" would appear in the middle of a page
            stderr=subprocess.PIPE,
            env=_environment(),
            start_new_session=True,  # without a terminal, lp cannot ask the patient for a password
        )
    except OSError as error:
        what = f"lp could not be started ({error.strerror})"
        raise PrintError(printer, what, "Check that lp works") from None


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8"}


def _end(lp: subprocess.Popen[bytes]) -> None:
    """End lp and every process that it started."""
    with suppress(ProcessLookupError):
        os.killpg(lp.pid, signal.SIGKILL)
    for pipe in (lp.stdin, lp.stdout, lp.stderr):
        if pipe is not None:
            with suppress(OSError):  # what lp did not read is lost with it
                pipe.close()


def _first_line(complaint: bytes) -> str:
    """Return the first line of what lp wrote, safe to show."""
    lines = complaint.decode(errors="replace").strip().splitlines() or ["lp gave no reason"]
    return printable(lines[0].strip().rstrip("."), 160)
