"""The ways in which terminals spell a key, each turned into the usual one.

Sources: ECMA-48 (8-bit controls), xterm's control sequences (application keypad, modifyOtherKeys), and
the kitty keyboard protocol.
"""

import re

ESCAPE = "\x1b"

SEVEN_BIT = {chr(0x80 + ord(sign) - 0x40): ESCAPE + sign for sign in "NOPX[\\]^_"}
"""The 8-bit controls that begin or end a sequence, in 7 bits (ECMA-48, 5.3)."""

SEVEN_BIT |= {chr(0xDC00 + ord(control)): seven for control, seven in SEVEN_BIT.items()}
# The same as single bytes that are no UTF-8, as Python reads them (PEP 383).

_KEYPAD = dict(zip("pqrstuvwxyjklmnoX M", "0123456789*+,-./= \r", strict=True))
"""The application keypad: ESC O and one of these."""

_ARROWS = ("D", "C", "A", "B", "5~", "6~", "H", "F", "2~", "3~")
_ARROWS_OF_KEYPAD = dict(zip(range(57417, 57427), _ARROWS, strict=True))
_KEYPAD_SIGNS = dict(zip(range(57399, 57417), "0123456789./*-+\r=,", strict=True))
_NAMED = {9: "\t", 13: "\r", 27: ESCAPE, 127: "\x7f"} | _KEYPAD_SIGNS

_CHARACTERS = range(32, 0xD800)
"""Beyond them are the protocol's own numbers for keys that are no characters."""

_CONTROL_SEQUENCE = re.compile(r"\x1b\[([\d:;]*)([~A-Zu])")
_SHIFT, _ALT, _CTRL, _OTHERS = 1, 2, 4, 0b111000
"""The bits of the modifiers; Caps Lock and Num Lock, which come after them, do not change a key."""
_RELEASED = 3
_FUNCTION_KEYS = {f"{ESCAPE}[{last}" for last in "PQS"}
"""F1, F2 and F4 of the kitty protocol; the R of F3 would be a report of where the cursor is."""


def usual_spelling(sequence: str) -> str:
    """Return how most terminals spell the key of a whole sequence; empty if it is not pressed.

    A sequence that is none of the other spellings comes back as it is.
    """
    if len(sequence) == 3 and sequence.startswith("\x1bO"):  # noqa: PLR2004 - ESC O and a letter
        return _KEYPAD.get(sequence[2], sequence)
    found = _CONTROL_SEQUENCE.fullmatch(sequence)
    if found is None:
        return sequence
    numbers = [[int(part or 0) for part in each.split(":")] for each in found[1].split(";")]
    last = found[2]
    if last == "~" and len(numbers) == 3 and numbers[0][0] == 27:  # noqa: PLR2004 - xterm's modifyOtherKeys
        numbers, last = [numbers[2], numbers[1]], "u"
    modifiers, event = _modifiers(numbers[1] if len(numbers) > 1 else [])
    if event == _RELEASED:
        return ""
    if last == "u" and found[1]:
        return _by_number(numbers[0], modifiers)
    usual = _without_locks(sequence, found[1], numbers, last, modifiers)
    return f"{ESCAPE}O{last}" if usual in _FUNCTION_KEYS else usual


def _modifiers(numbers: list[int]) -> tuple[int, int]:
    """Return the bits of the modifiers without the locks, and whether the key was pressed or released."""
    bits = max((numbers[0] if numbers else 0) - 1, 0)
    return bits & (_SHIFT | _ALT | _CTRL | _OTHERS), numbers[1] if len(numbers) > 1 else 1


def _without_locks(sequence: str, given: str, numbers: list[list[int]], last: str, modifiers: int) -> str:
    """Return a key with a letter or a tilde at its end, without the locks and the kind of event."""
    if len(numbers) != 2 or (":" not in given and numbers[1][0] <= 64):  # noqa: PLR2004 - Caps Lock's bit
        return sequence
    if modifiers:
        return f"{ESCAPE}[{numbers[0][0]};{modifiers + 1}{last}"
    return f"{ESCAPE}[{numbers[0][0] if last == '~' else ''}{last}"


def _by_number(codes: list[int], modifiers: int) -> str:
    """Return a key that is given by the number of its character."""
    code = codes[0]
    if code in _ARROWS_OF_KEYPAD:
        return "" if modifiers else f"{ESCAPE}[{_ARROWS_OF_KEYPAD[code]}"
    if modifiers & _OTHERS or not (code in _NAMED or code in _CHARACTERS):
        return ""
    sign = _NAMED.get(code, chr(code))
    if modifiers & _CTRL:
        return chr(ord(sign) & 0x1F) if sign.isascii() and sign.isalpha() else ""
    if modifiers & _ALT:
        return ESCAPE
    return _shifted(sign, codes) if modifiers & _SHIFT else sign


def _shifted(sign: str, codes: list[int]) -> str:
    if sign == "\t":
        return f"{ESCAPE}[Z"
    return chr(codes[1]) if len(codes) > 1 and codes[1] else sign.upper()
