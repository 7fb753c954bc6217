"""Printing with `lp`, here replaced by a script that records how it was called."""

import os
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from fibrocheck.copies.printer import PrintError, print_document

DOCUMENT, TEXT = "Su resumen\nSueño: sí\n", "text/plain"


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder the whole PATH; its `lp` records its arguments, environment and document there."""
    program(
        tmp_path,
        f'for a in "$@"; do echo "$a"; done > \'{tmp_path}/arguments\'\n'
        f"/usr/bin/env > '{tmp_path}/environment'\n/bin/cat > '{tmp_path}/document'\necho request id is 7",
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(folder: Path, script: str) -> None:
    """Make the script the `lp` of a folder."""
    path = folder / "lp"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_the_document_goes_through_a_pipe_under_a_neutral_title(
    lp: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """To the named printer, with the same title for everyone and no file; nothing appears on the screen."""
    monkeypatch.setenv("FIBROCHECK_STAFF_CODE", "1234")
    print_document("front-desk", DOCUMENT, TEXT)
    expected = ["-d", "front-desk", "-t", "fibrocheck", "-o", "document-format=text/plain"]
    expected += ["-o", "sides=two-sided-long-edge"]
    assert (lp / "arguments").read_text().splitlines() == expected
    assert (lp / "document").read_text(encoding="utf-8") == DOCUMENT
    names = {line.split("=")[0] for line in (lp / "environment").read_text().splitlines()}
    assert names <= {"PATH", "LC_ALL", "PWD", "SHLVL", "_", "OLDPWD"}
    assert capfd.readouterr() == ("", "")


def test_lp_gets_the_print_server_that_staff_chose(lp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise `lp` would ask another one."""
    monkeypatch.setenv("CUPS_SERVER", "/run/cups/other.sock")
    print_document("front-desk", DOCUMENT, TEXT)
    assert "CUPS_SERVER=/run/cups/other.sock" in (lp / "environment").read_text()


@pytest.mark.parametrize("printer", ["", "-o", "--help", "-dother", "a\nb", "a\0b", "\x1b[2J"])
def test_a_printer_name_that_could_be_an_option_is_refused(lp: Path, printer: str) -> None:
    """Nothing is started."""
    assert "this is not a valid printer name" in refused(printer)
    assert not (lp / "arguments").exists()


@pytest.mark.parametrize("printer", ["a b; touch /tmp/x", "$(id)", "a'b\"c", "büro"])
def test_no_shell_interprets_the_printer_name(lp: Path, printer: str) -> None:
    """It arrives unchanged."""
    print_document(printer, DOCUMENT, TEXT)
    assert (lp / "arguments").read_text().splitlines()[1] == printer


def test_without_lp_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without CUPS."""
    monkeypatch.setenv("PATH", str(tmp_path))
    message = 'Printer "desk": not printed, the lp command is not installed. Install cups-client.'
    assert refused("desk") == message


def test_the_error_quotes_lp_on_one_safe_line(lp: Path) -> None:
    """Its first line, without escapes."""
    program(lp, "printf 'lp: The printer\\033[31m does not exist.\\nmore\\n' >&2; exit 1")
    message = refused("desk")
    assert "not printed, lp: The printer<U+001B>[31m does not exist. Check the printer's name" in message


def test_lp_may_fail_without_a_message(lp: Path) -> None:
    """And without reading the document."""
    program(lp, "exec 0<&-; exit 3")
    assert "lp gave no reason" in refused("desk", DOCUMENT * 100_000)


def test_an_lp_that_cannot_be_started_is_reported(lp: Path) -> None:
    """Such as one built for another kind of computer."""
    (lp / "lp").write_bytes(b"\x7fELF nothing")
    assert "lp could not be started" in refused("desk")


@pytest.mark.parametrize(
    "script", ["exec /bin/sleep 600", "/bin/sleep 600 & wait", "trap '' TERM; /bin/sleep 600"]
)
def test_an_lp_that_hangs_is_ended_with_every_process_it_started(
    lp: Path, script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The patient can go on after the timeout, not ten minutes later, and no process is left."""
    started: list[int] = []

    class Started(subprocess.Popen[bytes]):
        """Notes its process: a slow machine may end the script before it has said it."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            started.append(self.pid)

    monkeypatch.setattr("fibrocheck.copies.printer.subprocess.Popen", Started)
    program(lp, script)
    message = refused("desk", DOCUMENT * 100_000, timeout=0.5)
    assert "lp did not answer within 0.5 seconds. Check that the printer is on and connected." in message
    (group,) = started
    for _ in range(1000):  # the init process may take a moment to reap orphans
        try:
            os.killpg(group, 0)
        except (ProcessLookupError, PermissionError):
            return
        time.sleep(0.02)
    pytest.fail("a process is left")


def test_lp_has_no_terminal_where_it_could_ask_for_a_password(lp: Path) -> None:
    """It runs in its own session."""
    program(
        lp,
        "/bin/cat >/dev/null; read -r a b c d e f rest < /proc/$$/stat\n"
        f"echo $f > '{lp}/session'; echo $$ > '{lp}/pid'",
    )
    if not Path("/proc/self/stat").exists():
        pytest.skip("needs /proc")
    print_document("desk", DOCUMENT, TEXT)
    assert (lp / "session").read_text() == (lp / "pid").read_text()


def refused(printer: str, document: str = DOCUMENT, *, timeout: float = 20) -> str:
    """Return the message of the error when a document is not printed."""
    with pytest.raises(PrintError) as refusal:
        print_document(printer, document, TEXT, timeout=timeout)
    assert str(refusal.value).isprintable()
    return str(refusal.value)
