"""The whole program in a real terminal, and the log that it leaves."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from fibrocheck.content.loader import load
from tests.bench.terminal import Terminal
from tests.kiosk.test_supervisor import rss
from tests.program.terminal import Terminal as Screen

CONTENT = load()
FINGERS = 0.06
"""Seconds between two keys of the fastest fingers; several keys that come sooner are a scanner's."""

PROGRAM = (sys.executable, "-m", "fibrocheck", "desk", "--language", "en")
CONFIRM, KEPT = re.compile("Keep it"), re.compile(r"Kept as number (\d{3})")


def opened(folder: Path) -> Terminal:
    """Return a terminal in which the desk has just been started."""
    folder.mkdir(mode=0o700)
    return Terminal((*PROGRAM, "--records", str(folder)), str(folder.parent))


def test_a_call_in_a_terminal(tmp_path: Path) -> None:
    """From the initials to the number, and the log says who did it and no answer."""
    folder = tmp_path / "lists"
    with opened(folder) as terminal:
        terminal.until(re.compile("initials"), after="\x1b[?2004h")
        for keys, words in (
            ("MR\r", "PIN"),
            ("\r", "To do: 0"),
            ("n", "May I start"),
            ("1", "for yourself"),
            ("1", "number of the visit"),
            ("\r", "ache or burn"),
        ):
            terminal.press(keys)
            terminal.until(re.compile(words))
        for _ in range(15):
            terminal.press("3")
            terminal.frame(FINGERS)
        terminal.press("\r")
        terminal.until(CONFIRM)
        terminal.press("1")
        terminal.until(KEPT)
        terminal.press("\x03")
        terminal.until(re.compile("leave the front desk"))
        terminal.press("2")
        terminal.until_gone()
    (day,) = folder.iterdir()
    done = subprocess.run(
        [*PROGRAM, "--records", str(folder), "--log", day.name],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    said = [line.split("\t")[1:] for line in done.stdout.splitlines()]
    assert [each[-1] for each in said] == ["started", "call kept", "number given", "ended"]
    assert {each[0] for each in said} == {"MR"}


def call(screen: Screen) -> None:
    """Lead through one call from the start page, and back to it; there is no folder."""
    for keys, words in (("n", "May I start"), ("1", "for yourself"), ("1", "number of the visit")):
        screen.press(keys)
        screen.wait_for(words)
    asks = [item.ask["en"] for item in CONTENT.items]
    for keys, words in zip(("\r", *("3" * len(asks))), (*asks, "❯ Done"), strict=True):
        screen.press(keys)
        screen.wait_for(words)
    for keys, words in (("\r", "Keep it"), ("1", "Save the page"), ("3", "patient answers here")):
        screen.press(keys)
        screen.wait_for(words)


@pytest.mark.soak
def test_a_thousand_callers_leave_no_trace_in_memory(tmp_path: Path) -> None:
    """Less than a page of memory each, after the first hundred."""
    with Screen("desk", "--language", "en", folder=tmp_path, shipped=True) as screen:
        screen.wait_for("initials")
        screen.press("MR\r")
        screen.wait_for("PIN")
        screen.press("\r")
        screen.wait_for("patient answers here")
        for _ in range(100):
            call(screen)
        before = rss(screen.pid)
        for _ in range(1000):
            call(screen)
        assert rss(screen.pid) - before < 1000  # KiB


def test_a_folder_that_is_missing_is_refused(tmp_path: Path) -> None:
    """It is never made: the share may only be gone."""
    command = [*PROGRAM, "--records", str(tmp_path / "gone")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "gone").exists()


def test_the_log_needs_a_folder_and_a_day() -> None:
    """Both are said in one line."""
    for options in (["--log", "2026-11-25"], ["--log", "yesterday"]):
        done = subprocess.run([*PROGRAM, *options], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("way", ["option", "environment"])
def test_settings_for_sending_that_cannot_be_used_are_said_before_anything_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """As `fibrocheck send` says it: one line with what to do."""
    file = tmp_path / "clinic.yaml"
    file.write_text("server: http://clinic.org/fhir\n", encoding="utf-8")
    options = ["--send-config", str(file)] if way == "option" else []
    if way == "environment":
        monkeypatch.setenv("FIBROCHECK_SEND", str(file))
    command = [*PROGRAM, *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "would send answers unencrypted" in done.stderr


def test_the_desk_starts_and_says_what_will_not_work(tmp_path: Path) -> None:
    """`clinic.sends_to_chart` is not set in the questionnaire that ships, and nothing here can print."""
    file, folder = tmp_path / "clinic.yaml", tmp_path / "lists"
    file.write_text("server: https://clinic.org/fhir\n", encoding="utf-8")
    folder.mkdir(mode=0o700)
    command = [*PROGRAM, "--plain", "--records", str(folder), "--send-config", str(file), "--printer", "desk"]
    done = subprocess.run(
        command,
        input="MR\n\nq\n2\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"PATH": str(folder)},  # no lp
    )
    assert (done.returncode, done.stderr) == (0, "")
    said = " ".join(done.stdout.split())
    assert "does not send lists to its server" in said
    assert said.count("the lp command is not installed") == 1
