"""What only a person at the kiosk can tell: keys, letters and colours, touch, sound, printer and staff code.

For staff and the technician, before patients use it. Nothing of it is kept.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from fibrocheck.asking.key_spellings import usual_spelling
from fibrocheck.asking.keyboard import drop_typed_ahead, hidden_typing
from fibrocheck.copies.printer import PrintError, print_document
from fibrocheck.errors import StaffError
from fibrocheck.kiosk.setup.machine import Machine
from fibrocheck.kiosk.setup.plan import ENVIRONMENT
from fibrocheck.kiosk.setup.wish import Wish

GOOD, BAD, SKIPPED = "ok", "fix", "skipped"
YES, NO, SKIP = "y", "n", "s"

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
_MOUSE_ON, _MOUSE_OFF = "\x1b[?1000h\x1b[?1006h", "\x1b[?1006l\x1b[?1000l"
_CLEAR = "\x1b[2J\x1b[H"
_LETTERS = "á é í ó ú ñ ü ¿ ¡  — “ ”"
_LOOKS = "\x1b[1mthis is bold\x1b[0m, \x1b[32mthis has a colour\x1b[0m, \x1b[7mthis is reversed\x1b[0m"
_SENTENCE = "This is the sound of the kiosk. Este es el sonido del quiosco."
_SPEAKERS = (("spd-say", "--wait"), ("espeak-ng",))


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
        """Yield each key as it is pressed, and each click; end when the terminal is gone."""
        while data := os.read(sys.stdin.fileno(), 1024):
            yield from keys_in(data.decode(errors="replace"))


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
    left = dict(KEYS)
    seat.write(
        f"{_CLEAR}Keys: press each of these once. {SKIP} ends it, if the kiosk does not have them all.\n"
    )
    seat.write(f"\n  {' '.join(left)}")
    for key in seat.pressed():
        left = {name: spelling for name, spelling in left.items() if spelling != key}
        if key == SKIP or not left:
            break
        seat.write(f"\r\x1b[K  {' '.join(left)}")
    missing = ", ".join(left)
    return [Outcome(f"keys{f', not pressed: {missing}' if left else ''}", SKIPPED if left else GOOD)]


def _touch(seat: Seat, _: Machine, __: Wish) -> list[Outcome]:
    columns, rows = os.get_terminal_size(sys.stdout.fileno())
    corners = {(1, 3), (columns - 4, 3), (1, rows), (columns - 4, rows)}
    seat.write(f"{_CLEAR}Touch or mouse: tap each box. {SKIP} if there is none.{_MOUSE_ON}")
    try:
        for column, row in corners:
            seat.write(f"\x1b[{row};{column}H[   ]")
        left = _tapped(seat, corners)
    finally:
        seat.write(_MOUSE_OFF)
    return [Outcome("touch" if not left else f"touch, {len(left)} boxes left", SKIPPED if left else GOOD)]


def _tapped(seat: Seat, corners: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the boxes that are left after the person tapped them, or skipped."""
    left = set(corners)
    for key in seat.pressed():
        if key == SKIP:
            break
        if click := _CLICK.fullmatch(key):
            at = int(click[1]), int(click[2])
            hit = {(column, row) for column, row in left if at[1] == row and column <= at[0] < column + 5}
            for column, row in hit:
                seat.write(f"\x1b[{row};{column}H[ x ]")
            left -= hit
        if not left:
            break
    return left


def _sound(seat: Seat, machine: Machine, _: Wish) -> list[Outcome]:
    speaker = next((each for each in _SPEAKERS if machine.has_program(each[0])), None)
    if speaker is None:
        return [Outcome("sound, no voice is installed", SKIPPED)]
    seat.write(f"{_CLEAR}Sound\n")
    if _ask(seat, "Shall the kiosk say a sentence?") != GOOD:
        return [Outcome("sound", SKIPPED)]
    code, said = machine.run([*speaker, _SENTENCE])
    if code:
        return [Outcome(f"sound: {said.strip()[:100]}", BAD)]
    return [Outcome("sound", _ask(seat, "Did you hear it?"))]


def _printer(seat: Seat, _: Machine, wish: Wish) -> list[Outcome]:
    if not wish.printer:
        return [Outcome("printer, none named", SKIPPED)]
    seat.write(f"{_CLEAR}Printer: a page is on its way.\n")
    try:
        print_document(wish.printer, f"Test page of the kiosk\n\n{_LETTERS}\n", "text/plain")
    except PrintError as error:
        return [Outcome(f"printer: {error}", BAD)]
    return [Outcome("printer", _ask(seat, "Did the page come out, with all letters?"))]


def _code(seat: Seat, machine: Machine, _: Wish) -> list[Outcome]:
    found = re.search(r"^FIBROCHECK_STAFF_CODE=[\"']?([^\"'\n]+)", machine.text(ENVIRONMENT), re.MULTILINE)
    if found is None:
        return [Outcome("staff code, none is set or root has to test it", SKIPPED)]
    seat.write(f"{_CLEAR}Type the staff code on the kiosk's keyboard, then press Enter.\n\n  ")
    right = _typed(seat).strip().lower() == found[1].strip().lower()
    return [Outcome("staff code", GOOD if right else BAD)]


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
