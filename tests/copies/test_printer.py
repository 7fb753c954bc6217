"""Printing through `lp`, here a small program of ours that writes down how it was called."""

import os
import time
from pathlib import Path

import pytest

from fibrocheck.copies.printer import PrintError, print_text

DOCUMENT = "Su resumen\nSueño: sí\n".encode()


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH, with an `lp` that notes its arguments, environment and document."""
    program(
        tmp_path,
        f'for a in "$@"; do echo "$a"; done > \'{tmp_path}/arguments\'\n'
        f"/usr/bin/env > '{tmp_path}/environment'\n/bin/cat > '{tmp_path}/document'\necho request id is 7",
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(folder: Path, script: str) -> None:
    """Put an `lp` there that does this."""
    path = folder / "lp"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_the_document_goes_through_a_pipe_under_a_title_that_tells_nothing(
    lp: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The named printer, the same title for everybody, no file; and nothing appears on the screen."""
    monkeypatch.setenv("FIBROCHECK_STAFF_CODE", "1234")
    print_text("front-desk", DOCUMENT, "text/plain")
    expected = ["-d", "front-desk", "-t", "fibrocheck", "-o", "document-format=text/plain"]
    assert (lp / "arguments").read_text().splitlines() == expected
    assert (lp / "document").read_bytes() == DOCUMENT
    names = {line.split("=")[0] for line in (lp / "environment").read_text().splitlines()}
    assert names <= {"PATH", "LC_ALL", "PWD", "SHLVL", "_", "OLDPWD"}
    assert capfd.readouterr() == ("", "")


def test_the_print_server_that_staff_chose_is_kept(lp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise `lp` would ask another one."""
    monkeypatch.setenv("CUPS_SERVER", "/run/cups/other.sock")
    print_text("front-desk", DOCUMENT)
    assert "CUPS_SERVER=/run/cups/other.sock" in (lp / "environment").read_text()


@pytest.mark.parametrize("printer", ["", "-o", "--help", "-dother", "a\nb", "a\0b", "\x1b[2J"])
def test_a_printer_that_could_be_an_option_is_refused(lp: Path, printer: str) -> None:
    """Nothing is started."""
    assert "no printer can have that name" in refused(printer)
    assert not (lp / "arguments").exists()


@pytest.mark.parametrize("printer", ["a b; touch /tmp/x", "$(id)", "a'b\"c", "büro"])
def test_no_shell_reads_the_printers_name(lp: Path, printer: str) -> None:
    """It arrives letter for letter."""
    print_text(printer, DOCUMENT)
    assert (lp / "arguments").read_text().splitlines()[1] == printer


def test_without_lp_it_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without CUPS."""
    monkeypatch.setenv("PATH", str(tmp_path))
    told = refused("desk")
    assert told == 'Printer "desk": not printed, there is no lp on this computer. Install cups-client.'


def test_what_lp_complains_about_is_told_on_one_safe_line(lp: Path) -> None:
    """Its first line, without escapes."""
    program(lp, "printf 'lp: The printer\\033[31m does not exist.\\nmore\\n' >&2; exit 1")
    told = refused("desk")
    assert "not printed, lp: The printer<U+001B>[31m does not exist. Check the printer's name" in told


def test_an_lp_that_fails_without_a_word_is_told(lp: Path) -> None:
    """It may also go without reading the document."""
    program(lp, "exec 0<&-; exit 3")
    assert "lp gave no reason" in refused("desk", DOCUMENT * 100_000)


def test_an_lp_that_cannot_be_started_is_told(lp: Path) -> None:
    """Such as one for another kind of computer."""
    (lp / "lp").write_bytes(b"\x7fELF nothing")
    assert "lp cannot be started" in refused("desk")


@pytest.mark.parametrize(
    "script", ["exec /bin/sleep 60", "/bin/sleep 60 & wait", "trap '' TERM; /bin/sleep 60"]
)
def test_an_lp_that_hangs_is_ended_with_all_it_started(lp: Path, script: str) -> None:
    """The patient goes on after the time that was given, and no process stays behind."""
    program(lp, f"echo $$ > '{lp}/pid'; {script}")
    began = time.monotonic()
    told = refused("desk", DOCUMENT * 100_000, patience=0.5)
    assert "lp did not answer within 0.5 seconds. Check that the printer is on and connected." in told
    assert time.monotonic() - began < 10
    group = int((lp / "pid").read_text())
    for _ in range(1000):  # whoever cleans up after orphans may take its time
        try:
            os.killpg(group, 0)
        except (ProcessLookupError, PermissionError):
            return
        time.sleep(0.02)
    pytest.fail("a process stayed behind")


def test_lp_has_no_terminal_to_ask_for_a_password_at(lp: Path) -> None:
    """It runs in a session of its own."""
    program(
        lp,
        "/bin/cat >/dev/null; read -r a b c d e f rest < /proc/$$/stat\n"
        f"echo $f > '{lp}/session'; echo $$ > '{lp}/pid'",
    )
    if not Path("/proc/self/stat").exists():
        pytest.skip("there is no /proc here")
    print_text("desk", DOCUMENT)
    assert (lp / "session").read_text() == (lp / "pid").read_text()


def refused(printer: str, document: bytes = DOCUMENT, *, patience: float = 20) -> str:
    """What the error says when a document is not printed."""
    with pytest.raises(PrintError) as told:
        print_text(printer, document, patience=patience)
    assert str(told.value).isprintable()
    return str(told.value)
