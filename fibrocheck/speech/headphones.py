"""Whether headphones are plugged in, as far as the sound card reports it.

ALSA has a control for each jack; `amixer` of alsa-utils reads it, and reports its changes, with no more
rights than the voice has (group audio). A card without such a control, or a USB headset, reports nothing.
"""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress

CARDS = "/proc/asound"
_CARD = re.compile(r"card(\d+)", re.ASCII)
_JACK = re.compile(
    r"name='[^'\n]*(?:Headphone|Headset)[^'\n]*Jack'[^\n]*\n(?:[^\n]*\n)*?\s*: values=(on|off)"
)
_SOON = 2.0  # seconds


class Jack:
    """Watches the jacks in threads of its own. Where nothing is reported, there are none."""

    def __init__(self) -> None:
        self.is_in: bool | None = None
        """Whether headphones are in; `None` while no jack has reported it."""
        self.changed: Callable[[], None] = nothing_to_do
        """Called in another thread after each change."""
        self._was_put_in = False
        self._is_closed = False
        self._programs: list[subprocess.Popen[bytes]] = []

    def watch(self) -> None:
        """Begin to watch, in threads; this returns at once."""
        cards = sound_cards()
        program = shutil.which("amixer") if cards else None
        for card in cards if program else ():
            threading.Thread(target=self._watch, args=(program, card), daemon=True).start()

    def was_put_in(self) -> bool:
        """Return whether headphones have been put in since the last call."""
        was, self._was_put_in = self._was_put_in, False
        return was

    def close(self) -> None:
        """Stop watching."""
        self._is_closed = True
        for program in self._programs:
            program.kill()
            with suppress(subprocess.TimeoutExpired):
                program.wait(_SOON)

    def _watch(self, program: str, card: str) -> None:
        from fibrocheck.speech.processes import start_with_visit  # only where there is a sound card

        with suppress(OSError):
            events = start_with_visit([program, "-c", card, "events"])
            self._programs.append(events)
            state = jack_state(program, card)
            self.is_in = self.is_in or state
            if self._is_closed or state is None:
                events.kill()
            assert events.stdout is not None  # noqa: S101 - it is a pipe
            for line in events.stdout:
                if b"Jack" in line:
                    self._note(jack_state(program, card))

    def _note(self, state: bool | None) -> None:  # noqa: FBT001 - what the jack reports
        if state is None or state == self.is_in:
            return
        self.is_in, self._was_put_in = state, state
        self.changed()


def jack_state(program: str, card: str) -> bool | None:
    """Return whether headphones are in a jack of a card; `None` if it reports none."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no text of a page
            [program, "-c", card, "contents"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_SOON,
            text=True,
            errors="replace",
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return jack_in(done.stdout)


def jack_in(contents: str) -> bool | None:
    """Return the same from what `amixer contents` wrote."""
    found = _JACK.findall(contents)
    return "on" in found if found else None


def sound_cards() -> list[str]:
    """Return the numbers of the sound cards that the system has."""
    try:
        names = os.listdir(CARDS)
    except OSError:  # no sound, or another system
        return []
    return sorted(found[1] for name in names if (found := _CARD.fullmatch(name)))


def nothing_to_do() -> None:
    """Do nothing after a change."""
