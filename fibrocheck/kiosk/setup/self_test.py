"""What only a person at the kiosk can tell: keys, letters and colours, touch, sound, printer and staff code.

For staff and the technician, before patients use it. Nothing of it is kept.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple, TextIO

from fibrocheck.asking.key_spellings import usual_spelling
from fibrocheck.asking.keyboard import drop_typed_ahead, hidden_typing, typed_within
from fibrocheck.copies.printer import PrintError, print_document
from fibrocheck.errors import StaffError
from fibrocheck.kiosk.setup.machine import Machine
from fibrocheck.kiosk.setup.plan import ENVIRONMENT, code_in
from fibrocheck.kiosk.setup.state import known_state
from fibrocheck.kiosk.setup.wish import Wish
from fibrocheck.text_safety import printable

GOOD, BAD, SKIPPED = "ok", "fix", "skipped"
YES, NO, SKIP, STOP = "y", "n", "s", "\x03"

KEYS = {
    "1": "1",
    "9": "9",
    "0": "0",
    "?": "?",
    "Tab": "\t",
    "Enter": "\r",
    "Esc": "\x1b",
    "↑": "\x1b[A",
    "↓": "\x1b[B",
    "←": "\x1b[D",
    "→": "\x1b[C",
    "F2": "\x1bOQ",
    "F12": "\x1b[24~",
}
"""The keys that a patient or staff need, as terminals usually send them."""

_ON_CONSOLE = {"\x1b[[B": KEYS["F2"], "\x1bOA": KEYS["↑"], "\x1bOB": KEYS["↓"], "\n": "\r"}
_ON_CONSOLE |= {"\x1bOC": KEYS["→"], "\x1bOD": KEYS["←"], "\x1b[12~": KEYS["F2"]}
"""Other spellings: those of the Linux console, and of arrows in the other mode of a terminal."""

_SEQUENCE = re.compile(r"\x1b\[\[.|\x1b\[[0-?]*[ -/]*[@-~]|\x1bO.|[\s\S]")
_CLICK = re.compile(r"\x1b\[<0;(\d+);(\d+)M")
_MOMENT = 0.05
"""Seconds after which nothing more belongs to an Esc."""

_ERROR = re.compile(r"error", re.IGNORECASE)
_MOUSE_ON, _MOUSE_OFF = "\x1b[?1000h\x1b[?1006h", "\x1b[?1006l\x1b[?1000l"
_CLEAR = "\x1b[2J\x1b[H"
_LETTERS = "á é í ó ú ñ ü ¿ ¡  — “ ”"
_OTHERWISE = f"Press {NO} if one does nothing, {SKIP} to skip what this kiosk does not have."
_LOOKS = "\x1b[1mthis is bold\x1b[0m, \x1b[32mthis has a colour\x1b[0m, \x1b[7mthis is reversed\x1b[0m"
_SENTENCES = {"en": "This is the sound of the kiosk.", "es": "Este es el sonido del quiosco."}
_SPEAKERS = (("espeak-ng", "-v"), ("spd-say", "--wait", "-l"))
"""The voices of a kiosk, that which it takes first, each with its option for the language."""


class Outcome(NamedTuple):
    """What a person found about one thing."""

    about: str
    state: str


class Seat:
    """The terminal of the kiosk: what is written to it, and the keys that come from it."""

    def write(self, text: str) -> None:
        """Show text."""
        sys.stdout.write(text.replace("\n", "\r\n"))
        sys.stdout.flush()

    def pressed(self) -> Iterator[str]:
        """Yield each key as it is pressed, and each click; end when the terminal is gone.

        `KeyboardInterrupt` at Ctrl-C, which sends no signal while typing is hidden.
        """
        while data := _burst(sys.stdin):
            for key in keys_in(data.decode(errors="replace")):
                if key == STOP:
                    raise KeyboardInterrupt
                yield key


def _burst(keyboard: TextIO) -> bytes:
    """Return what arrives together, so that a key of several characters is whole; empty at the end."""
    data = os.read(keyboard.fileno(), 1024)
    while b"\x1b" in data and typed_within(keyboard, _MOMENT):
        more = os.read(keyboard.fileno(), 1024)
        if not more:
            break
        data += more
    return data


def keys_in(text: str) -> list[str]:
    """Return the keys and clicks in what a terminal sent, in their usual spelling."""
    found = [_ON_CONSOLE.get(each, each) for each in _SEQUENCE.findall(text)]
    return [usual for each in found if (usual := each if _CLICK.fullmatch(each) else usual_spelling(each))]


def run(wish: Wish, say: Callable[[str], None]) -> bool:
    """Go through all of it with the person at this terminal; return whether nothing is to fix.

    `StaffError` without a terminal.
    """
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise StaffError("The test needs the kiosk's keyboard and screen. Run it in its terminal.")
    seat, machine = Seat(), Machine(wish)
    drop_typed_ahead(sys.stdin.fileno())
    with hidden_typing(sys.stdin):
        outcomes = [outcome for step in STEPS for outcome in step(seat, machine, wish)]
        seat.write(_CLEAR)
    for outcome in outcomes:
        say(f"{outcome.state:<8}{outcome.about}")
    return all(outcome.state != BAD for outcome in outcomes)


def _looks(seat: Seat, _: Machine, __: Wish) -> list[Outcome]:
    seat.write(f"{_CLEAR}Letters and colours\n\n  {_LETTERS}\n\n  {_LOOKS}\n")
    return [Outcome("letters and colours", _ask(seat, "Are all letters right, and the words as they say?"))]


def _keys(seat: Seat, _: Machine, __: Wish) -> list[Outcome]:
    left, key = dict(KEYS), SKIP
    seat.write(f"{_CLEAR}Keys: press each of these once.\n{_OTHERWISE}\n\n  {' '.join(left)}")
    for key in seat.pressed():
        left = {name: spelling for name, spelling in left.items() if spelling != key}
        if not left or key in {NO, SKIP}:
            break
        seat.write(f"\r\x1b[K  {' '.join(left)}")
    return [_found("keys", f"not pressed: {', '.join(left)}" if left else "", key)]


def _found(about: str, left: str, key: str) -> Outcome:
    """Return what was found where something may be left: by the key that ended it, a fault or none."""
    state = GOOD if not left else BAD if key == NO else SKIPPED
    return Outcome(f"{about}, {left}" if left else about, state)


def _touch(seat: Seat, _: Machine, __: Wish) -> list[Outcome]:
    if os.environ.get("TERM", "").startswith("linux"):
        return [Outcome("touch, a text console gets no taps", SKIPPED)]
    columns, rows = os.get_terminal_size(sys.stdout.fileno())
    corners = {(1, 4), (columns - 4, 4), (1, rows), (columns - 4, rows)}
    seat.write(f"{_CLEAR}Touch or mouse: tap each box.\n{_OTHERWISE}{_MOUSE_ON}")
    try:
        for column, row in corners:
            seat.write(f"\x1b[{row};{column}H[   ]")
        left, key = _tapped(seat, corners)
    finally:
        seat.write(_MOUSE_OFF)
    return [_found("touch", f"boxes left: {left}" if left else "", key)]


def _tapped(seat: Seat, corners: set[tuple[int, int]]) -> tuple[int, str]:
    """Return how many boxes are left when the person has tapped them or ended it, and the last key."""
    left, key = set(corners), SKIP
    for key in seat.pressed():
        if key in {NO, SKIP}:
            break
        if click := _CLICK.fullmatch(key):
            at = int(click[1]), int(click[2])
            hit = {(column, row) for column, row in left if at[1] == row and column <= at[0] < column + 5}
            for column, row in hit:
                seat.write(f"\x1b[{row};{column}H[ x ]")
            left -= hit
        if not left:
            break
    return len(left), key


def _sound(seat: Seat, machine: Machine, _: Wish) -> list[Outcome]:
    speaker = next((each for each in _SPEAKERS if machine.has_program(each[0])), None)
    if speaker is None:
        return [Outcome("sound, no voice is installed", SKIPPED)]
    seat.write(f"{_CLEAR}Sound\n")
    if _ask(seat, "Shall the kiosk say a sentence in each language?") != GOOD:
        return [Outcome("sound", SKIPPED)]
    for language, sentence in _SENTENCES.items():
        code, said = machine.run([*speaker, language, sentence])
        # espeak-ng ends with 0 without a sound device, and only says so.
        if failed := next((line for line in said.splitlines() if code or _ERROR.match(line)), ""):
            return [Outcome(f"sound, {speaker[0]} says: {printable(failed, 100)}", BAD)]
    return [Outcome("sound", _ask(seat, "Did you hear both?"))]


def _printer(seat: Seat, _: Machine, wish: Wish) -> list[Outcome]:
    state = known_state(wish)
    name = wish.printer or (state.options.get("printer", "") if state else "")
    if not name:
        return [Outcome("printer, none named", SKIPPED)]
    seat.write(f"{_CLEAR}Printer {name}: a page is on its way.\n")
    try:
        print_document(name, f"Test page of the kiosk\n\n{_LETTERS}\n", "text/plain")
    except PrintError as error:
        return [Outcome(str(error), BAD)]
    return [Outcome("printer", _ask(seat, "Did the page come out, with all letters?"))]


def _code(seat: Seat, machine: Machine, _: Wish) -> list[Outcome]:
    text = machine.text(ENVIRONMENT)
    if not text:
        why = "root has to test it" if machine.has(ENVIRONMENT) else "no kiosk is installed here"
        return [Outcome(f"staff code, {why}", SKIPPED)]
    code = code_in(text)
    if not code:
        return [Outcome("staff code, none is set, so the kiosk does not start", BAD)]
    seat.write(f"{_CLEAR}Type the staff code on the kiosk's keyboard, then press Enter.\n")
    seat.write("Enter alone skips it.\n\n  ")
    typed = _typed(seat).strip().lower()
    if not typed:
        return [Outcome("staff code", SKIPPED)]
    is_right = typed == code.lower()
    return [Outcome("staff code", GOOD) if is_right else Outcome("staff code, another one was typed", BAD)]


def _typed(seat: Seat) -> str:
    typed = ""
    for key in seat.pressed():
        if key == "\r":
            break
        typed = typed[:-1] if key == "\x7f" else typed + key if key.isprintable() else typed
        seat.write(f"\r\x1b[K  {'*' * len(typed)}")
    return typed


def _ask(seat: Seat, question: str) -> str:
    """Return what the person says to a question."""
    seat.write(f"\n{question} {YES} yes, {NO} no, {SKIP} skip ")
    answers = {YES: GOOD, NO: BAD, SKIP: SKIPPED}
    return next((answers[key.lower()] for key in seat.pressed() if key.lower() in answers), SKIPPED)


STEPS = (_looks, _keys, _touch, _sound, _printer, _code)
