"""A real Speech Dispatcher with espeak-ng, and espeak-ng alone, their sound in a sink that nobody hears.

What the daemon was asked to say is read from its own log, which has it at level 5 and not at 3.
"""

import array
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("the voices are those of Linux", allow_module_level=True)

from fibrocheck.content.model import Content
from tests.program.terminal import Terminal
from tests.speech.fakes import wait_until

pytestmark = pytest.mark.speech

HEARD = 1000
"""Of 32,767: silence is 0, and quiet speech is far above."""


@pytest.fixture(scope="module")
def sink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Start PulseAudio with a null sink; return the environment in which programs find it."""
    home = tmp_path_factory.mktemp("sound")
    address = f"unix:{home / 'pulse.sock'}"
    surroundings = {**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
    command = ["pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n", "-L", "module-null-sink"]
    command += ["-L", f"module-native-protocol-unix auth-anonymous=1 socket={home / 'pulse.sock'}"]
    daemon = subprocess.Popen(command, env=surroundings, stderr=subprocess.DEVNULL)
    wait_until((home / "pulse.sock").exists)
    yield {"PULSE_SERVER": address}
    daemon.terminate()
    daemon.wait()


def dispatcher(folder: Path, sink: dict[str, str], level: int) -> "tuple[subprocess.Popen[bytes], Path]":
    """Start a Speech Dispatcher with a log level; return it and its log."""
    logs = folder / "logs"
    logs.mkdir()
    command = ["speech-dispatcher", "-s", "-t", "0", "-l", str(level), "-L", str(logs)]
    command += ["-S", str(folder / "speechd.sock"), "-c", "unix_socket"]
    surroundings = {**os.environ, **sink, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    daemon = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until((folder / "speechd.sock").exists)
    return daemon, logs


def logged(logs: Path) -> str:
    """Return all that the daemon and its modules have logged."""
    return "\n".join(each.read_text(errors="replace") for each in logs.rglob("*.log"))


def loudest(sink: dict[str, str], seconds: int) -> int:
    """Return how loud the next seconds in the sink are at most."""
    rate = 8000
    recorder = subprocess.Popen(
        ["parec", "--format=s16le", f"--rate={rate}", "--channels=1"],
        env={**os.environ, **sink},
        stdout=subprocess.PIPE,
    )
    assert recorder.stdout is not None
    samples = array.array("h", recorder.stdout.read(2 * rate * seconds))
    recorder.send_signal(signal.SIGTERM)
    recorder.wait()
    return max(map(abs, samples))


@pytest.mark.parametrize(("level", "is_logged"), [(5, True), (3, False)])
def test_speech_dispatcher_says_the_pages_and_logs_them_only_at_level_5(
    content: Content, tmp_path: Path, sink: dict[str, str], level: int, is_logged: bool
) -> None:
    daemon, logs = dispatcher(tmp_path, sink, level)
    environment = {**sink, "SPEECHD_ADDRESS": f"unix_socket:{tmp_path / 'speechd.sock'}"}
    try:
        with Terminal("--language", "es", "--speak", folder=tmp_path, environment=environment) as terminal:
            terminal.wait_for(content.words.start["es"])
            assert loudest(sink, 3) > HEARD
            terminal.press("1")
            terminal.wait_for("1 de 8")
            terminal.press("2")
            terminal.wait_for("2 de 8")
            assert loudest(sink, 6) > HEARD
            terminal.leave()
            assert terminal.exit_code == 130
    finally:
        daemon.terminate()
        daemon.wait()
    assert (content.symptoms[1].ask["es"] in logged(logs)) == is_logged
    assert ("Pregunta 2 de 8" in logged(logs)) == is_logged


def test_espeak_ng_alone_says_the_pages(content: Content, tmp_path: Path, sink: dict[str, str]) -> None:
    """A program before it notes what it is given, and passes it on."""
    real = shutil.which("espeak-ng")
    tools = tmp_path / "tools"
    tools.mkdir()
    before = tools / "espeak-ng"
    before.write_text(f'#!/bin/sh\ntee -a {tmp_path / "given"} | exec {real} "$@"\n')
    before.chmod(0o700)
    environment = {
        **sink,
        "SPEECHD_ADDRESS": "unix_socket:/nowhere",
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
    }
    with Terminal("--language", "es", "--speak", folder=tmp_path, environment=environment) as terminal:
        terminal.wait_for(content.words.start["es"])
        assert loudest(sink, 3) > HEARD
        terminal.press("1")
        terminal.wait_for("1 de 8")
        wait_until(lambda: content.symptoms[0].ask["es"] in (tmp_path / "given").read_text())
        terminal.leave()
        assert terminal.exit_code == 130
