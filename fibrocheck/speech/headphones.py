"""Whether headphones are plugged in, as far as the sound card reports it.

ALSA has a control for each jack; `amixer` of alsa-utils reads it, with no more rights than the voice has
(group audio). A card without such a control, or a USB headset, reports nothing.
"""

import re
import shutil
import subprocess

_JACK = re.compile(r"name='[^']*(?:Headphone|Headset)[^']*Jack'.*\n(?:.*\n)*?\s*: values=(on|off)")
_CARDS = 4
_SOON = 2.0  # seconds


def are_plugged_in() -> bool | None:
    """Return whether headphones are in a jack; `None` if no card reports it. Takes some milliseconds."""
    program = shutil.which("amixer")
    if program is None:
        return None
    found = [each for card in range(_CARDS) for each in _JACK.findall(_controls(program, card))]
    return "on" in found if found else None


def _controls(program: str, card: int) -> str:
    """Return what amixer says about a card; empty if there is no such card."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no text of a page
            [program, "-c", str(card), "contents"],
            capture_output=True,
            check=True,
            timeout=_SOON,
            text=True,
            errors="replace",
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout
