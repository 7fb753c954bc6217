"""The numbers that people tell the front desk: a few digits, the last of which checks the others.

The check digit is Damm's: H. Michael Damm, "Total anti-symmetrische Quasigruppen" (dissertation, Marburg
2004), the quasigroup of order 10 printed there. It notices every single wrong digit and every swap of two
neighbours, also with the check digit itself.
"""

from collections.abc import Iterator
from random import SystemRandom

LENGTHS = (3, 4, 5, 6)
"""How many digits a number has: longer ones are only for a week in which all shorter ones are used."""

_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_DIGITS = frozenset("0123456789")


def is_number(text: str) -> bool:
    """Return whether a text is a number that can have been given, as `numbers_at_random` yields them."""
    return len(text) in LENGTHS and _DIGITS.issuperset(text) and text[0] != "0" and _remainder(text) == 0


def numbers_at_random(length: int) -> Iterator[str]:
    """Yield every number of this length once, in an order that cannot be guessed.

    None begins with a zero: people leave it out when they say the number. Three digits are 90 numbers.
    """
    first, end = 10 ** (length - 2), 10 ** (length - 1)
    # Not the module's own generator: every visit of a kiosk is forked with the same state of it.
    for body in SystemRandom().sample(range(first, end), end - first):
        yield f"{body}{_remainder(str(body))}"


def _remainder(digits: str) -> int:
    """Return the check digit of these digits; zero if the last one is their check digit."""
    state = 0
    for digit in digits:
        state = _DAMM[state][int(digit)]
    return state
