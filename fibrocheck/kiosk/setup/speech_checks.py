"""Looks at what reading aloud needs: voices in each language that nothing logs, sound, headphones."""

import re

from fibrocheck.kiosk.setup.found import FIX, OK, UNKNOWN, Check, Found
from fibrocheck.kiosk.setup.install import ACCOUNT
from fibrocheck.kiosk.setup.machine import Machine
from fibrocheck.kiosk.setup.plan import ENVIRONMENT
from fibrocheck.kiosk.setup.state import State

_LANGUAGES = {"en": "English", "es": "Spanish"}
_DAEMON = "/etc/speech-dispatcher/speechd.conf"
_MAX_LOG_LEVEL = 3
"""From level 4 on, Speech Dispatcher's log has the texts (speechd.conf(5))."""

_AUDIO = "audio"
"""Debian's group of those who may use the sound card."""

_NOT_OFFERED = OK, "none is needed: --no-speech", ""


def _if_offered(check: Check) -> Check:
    """Return a check that finds nothing to fix where nothing is read aloud."""

    def checked(machine: Machine, state: State | None) -> Found:
        return _NOT_OFFERED if "--no-speech" in _options(machine, state) else check(machine, state)

    return checked


def _options(machine: Machine, state: State | None) -> list[str]:
    """Return the options for reading aloud: those of the installation, and those in the environment file."""
    installed = state.options.get("speech", "") if state else ""
    added = re.search(r"^FIBROCHECK_OPTIONS=(.*)$", machine.text(ENVIRONMENT), re.MULTILINE)
    return [*installed.split(), *(added[1].strip("\"'").split() if added else ())]


def _voices(machine: Machine, _: State | None) -> Found:
    if not machine.has_program("espeak-ng"):
        if machine.has_program("speech-dispatcher"):
            return UNKNOWN, "only those of Speech Dispatcher", "Try them as in the kiosk's README"
        return FIX, "none, so nothing can be read aloud", "Run: apt-get install espeak-ng"
    from fibrocheck.speech.espeak import languages_in  # only for a check

    code, said = machine.run(["espeak-ng", "--voices"])
    if code:
        return UNKNOWN, "which languages espeak-ng has is not known", "Run: espeak-ng --voices"
    found = languages_in(said)
    missing = [name for language, name in _LANGUAGES.items() if language not in found]
    if missing:
        remedy = "Run: apt-get install --reinstall espeak-ng-data"
        return FIX, f"espeak-ng has none for {' and '.join(missing)}", remedy
    return OK, f"espeak-ng, with {' and '.join(_LANGUAGES.values())}", ""


def _daemon(machine: Machine, _: State | None) -> Found:
    if not machine.has_program("speech-dispatcher"):
        return OK, "no Speech Dispatcher", ""
    level = re.search(r"^\s*LogLevel\s+(\d)", machine.text(_DAEMON), re.MULTILINE)
    if level and int(level[1]) > _MAX_LOG_LEVEL:
        what = f"Speech Dispatcher writes what it says into its log (level {level[1]})"
        return FIX, what, f"Set LogLevel {_MAX_LOG_LEVEL} in {_DAEMON}, and restart it"
    if not machine.has_program("espeak-ng"):
        what = "Speech Dispatcher still has sentences in its memory after a visit"
        return FIX, what, "Run: apt-get install espeak-ng, which has not, and is used first"
    return OK, "Speech Dispatcher logs no texts", ""


def _sound(machine: Machine, _: State | None) -> Found:
    if not re.search(r"^\s*\d+ \[", machine.text("/proc/asound/cards"), re.MULTILINE):
        return FIX, "no sound card is found", "Connect one, or install with --no-speech"
    group = re.search(rf"^{_AUDIO}:.*:(.*)$", machine.text("/etc/group"), re.MULTILINE)
    if group is None or ACCOUNT not in group[1].split(","):
        return FIX, f"{ACCOUNT} may not use the sound card", f"Run: adduser {ACCOUNT} {_AUDIO}"
    return OK, f"a card, and {ACCOUNT} is in group {_AUDIO}", ""


def _headphones(machine: Machine, state: State | None) -> Found:
    trusted = {"--headphones", "--loudspeaker"}.intersection(_options(machine, state))
    if trusted:
        return OK, f"staff say so: {min(trusted)}", ""
    if not machine.has_program("amixer"):
        return FIX, "whether any are plugged in cannot be seen", "Run: apt-get install alsa-utils"
    if _reports_jack(machine):
        return OK, "the sound card reports when they are plugged in", ""
    what = "no sound card reports whether they are plugged in, so nothing is read aloud"
    return FIX, what, "Install with --headphones if a pair is always there"


def _reports_jack(machine: Machine) -> bool:
    from fibrocheck.speech.headphones import jack_in  # only for a check

    cards = re.findall(r"^\s*(\d+) \[", machine.text("/proc/asound/cards"), re.MULTILINE)
    said = (machine.run(["amixer", "-c", card, "contents"])[1] for card in cards)
    return any(jack_in(each) is not None for each in said)


_ALL: dict[str, Check] = {
    "voices": _voices,
    "voice daemon": _daemon,
    "sound": _sound,
    "headphones": _headphones,
}
SPEECH_CHECKS = tuple((about, _if_offered(check)) for about, check in _ALL.items())
"""What each check is about, and the check."""
