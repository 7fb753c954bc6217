"""A voice by espeak-ng: one process for each utterance, which gets the text through a pipe.

Stopping is killing the process. One that outlived a visit would finish its sentence in front of the next
patient, so it ends with the visit (see `processes`).
"""

import os
import select
import shutil
import subprocess
import time
from contextlib import suppress
from functools import cached_property

from fibrocheck.speech.processes import start_with_visit
from fibrocheck.speech.voices import Manner, Utterance, VoiceError, base_language, longest

_WORDS_A_MINUTE = (120, 150, 185, 225, 275, 330)
_AMPLITUDES = (25, 50, 75, 100, 140, 190)  # 100 is espeak-ng's usual, 200 its most
_PREFERRED = {"en": "en-us", "es": "es-419"}
"""The regions of a language whose sounds are taken: those of the United States and Latin America."""

_SOON = 5.0  # seconds


_PROGRAM = "espeak-ng"
_NOT_INSTALLED = "espeak-ng is not installed. Install it with: apt install espeak-ng"


def missing() -> str:
    """Return why there is no espeak-ng, in English for staff; empty if there is one."""
    return "" if shutil.which(_PROGRAM) else _NOT_INSTALLED


class EspeakVoice:
    """Speaks by espeak-ng."""

    def __init__(self, program: str = _PROGRAM) -> None:
        """Find the program; `VoiceError` if it is not installed."""
        found = shutil.which(program)
        if found is None:
            raise VoiceError(_NOT_INSTALLED)
        self._program = found
        self._process: subprocess.Popen[bytes] | None = None

    def speaks(self, language: str) -> bool:
        """Return whether espeak-ng has this language."""
        return base_language(language) in self._languages

    def speak(self, utterance: Utterance, manner: Manner, wake: int) -> None:
        """Speak one utterance; see `SynthVoice`."""
        process = self._started(utterance.language, manner)
        try:
            self._feed(process, utterance.text)
            self._wait(process, wake, longest(utterance))
        finally:
            self._end()

    def close(self) -> None:
        """Kill the process."""
        self._end()

    def _started(self, language: str, manner: Manner) -> "subprocess.Popen[bytes]":
        name = _PREFERRED.get(base_language(language), language)
        command = [self._program, "--stdin", "-v", name]
        command += ["-s", str(_WORDS_A_MINUTE[manner.rate]), "-a", str(_AMPLITUDES[manner.volume])]
        try:
            # Its output is a pipe only because that ends with it, and can be waited for.
            self._process = start_with_visit(command, errors=subprocess.PIPE)
        except OSError as error:
            raise VoiceError(f"espeak-ng could not be started: {error.strerror}") from None
        return self._process

    def _feed(self, process: "subprocess.Popen[bytes]", text: str) -> None:
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        with suppress(BrokenPipeError):  # its exit code says more
            process.stdin.write(f"{text}\n".encode())  # far less than a pipe holds: it never waits
            process.stdin.close()

    def _wait(self, process: "subprocess.Popen[bytes]", wake: int, seconds: float) -> None:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        output = process.stdout.fileno()
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select([output, wake], [], [], left)
            if wake in ready:
                return
            if ready and not os.read(output, 4096):
                if _has_failed(process):
                    raise VoiceError(
                        "espeak-ng cannot speak. Is there a sound device, and is this user in group audio?"
                    )
                return
        raise VoiceError("espeak-ng does not answer")

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout, process.stderr):
            with suppress(OSError):
                if stream is not None:
                    stream.close()
        with suppress(subprocess.TimeoutExpired):  # it hangs in the sound device: the system collects it
            process.wait(_SOON)

    @cached_property
    def _languages(self) -> frozenset[str]:
        """The languages that there are voices for, without their regions."""
        try:
            listed = subprocess.run(  # noqa: S603 - as above
                [self._program, "--voices"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=True,
                timeout=_SOON,
                text=True,
            )
        except (OSError, subprocess.SubprocessError):
            raise VoiceError("espeak-ng does not say which languages it has") from None
        return languages_in(listed.stdout)


def languages_in(listed: str) -> frozenset[str]:
    """Return the languages, without their regions, in what `espeak-ng --voices` wrote: the second column."""
    rows = (line.split() for line in listed.splitlines()[1:])
    return frozenset(base_language(row[1]) for row in rows if len(row) > 1)


def _has_failed(process: "subprocess.Popen[bytes]") -> bool:
    """Return whether espeak-ng, which has ended, could not speak.

    Without a sound device, espeak-ng 1.51 ends with 0, and says only "error: No such file or directory".
    Lines of ALSA are warnings.
    """
    assert process.stderr is not None  # noqa: S101 - it is a pipe
    code, said = process.wait(_SOON), process.stderr.read()
    return code != 0 or any(line.lower().startswith(b"error") for line in said.splitlines())
