"""How a number is written as a code, with a check character, and how a typed code is read.

The alphabet has 28 letters and digits. Without vowels there are no words, and without 0, O, 1, I and L
nothing to mistake for them. Its places are the elements of the group GF(4) × GF(7): a place has a
remainder modulo 4, read as an element of GF(4), and one modulo 7. The last character makes the weighted
sum of all zero in both fields. Neighbours have different weights, none of them zero, in both fields, so
every wrong character and every swap of neighbours changes the sum. Three weights in turn instead of two
also catch two characters that are swapped over one between them, and a pair typed as another pair.
"""

import unicodedata
from collections.abc import Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from fibrocheck.copies.code.problems import not_a_code, nothing_typed
from fibrocheck.text_safety import plain_letters

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
GROUP = 5
"""Characters between two dashes."""

_BASE = len(ALPHABET)
_PLACES = {letter: place for place, letter in enumerate(ALPHABET)}

_TIMES_X, _TIMES_X_PLUS_1 = (0, 2, 3, 1), (0, 3, 1, 2)
_WEIGHTS_4 = ((0, 1, 2, 3), _TIMES_X, _TIMES_X_PLUS_1)
"""In GF(4), each element times 1, x and x + 1. Bits are coefficients, x² is x + 1, and a sum is `^`."""
_WEIGHTS_7 = (1, 2, 4)

LOOK_ALIKES = {
    "0": "8DGQ",
    "1": "7JT",
    "A": "4HR",
    "E": "3BF",
    "I": "7JTY",
    "L": "7CJ",
    "O": "CDGQ",
    "U": "JNVW",
}
"""What a character that no code has may stand for, in print or in handwriting."""

MAX_READINGS = 64
"""As many as three characters that no code has can give. With more, several readings nearly always fit."""

_OTHER_DASHES = "\u2053\u207b\u208b\u2212" + "\u02d7\u2043\u23af\u2500\u2501\u2796\u30fc\uff70"
"""Dashes outside Unicode's category Pd: the rest of its property Dash, then signs that look like one."""


def written(number: int, length: int) -> str:
    """Return a number as `length` characters, the last of them the check character.

    `ValueError` if it does not fit.
    """
    letters = ""
    for _ in range(length - 1):
        number, place = divmod(number, _BASE)
        letters = ALPHABET[place] + letters
    if number:
        raise ValueError("the number is too large for a code of this length")
    return next(letters + last for last in ALPHABET if checks_out(letters + last))


def number_of(letters: str) -> int:
    """Return the number that was written; the check character adds nothing."""
    number = 0
    for letter in letters[:-1]:
        number = number * _BASE + _PLACES[letter]
    return number


def length_for(capacity: int) -> int:
    """Return how many characters every number below `capacity` needs, with the check character."""
    length, numbers = 1, 1
    while numbers < capacity:
        length, numbers = length + 1, numbers * _BASE
    return length


def checks_out(letters: str) -> bool:
    """Return whether the check character fits the others."""
    in_4 = in_7 = 0
    for at, letter in enumerate(reversed(letters)):
        place, turn = _PLACES[letter], at % len(_WEIGHTS_7)
        in_4 ^= _WEIGHTS_4[turn][place % 4]
        in_7 += _WEIGHTS_7[turn] * (place % 7)
    return not in_4 and not in_7 % 7


def grouped(letters: str) -> str:
    """Return a code as it is shown: `TR2NJ-4C8XQ`, in groups of five."""
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


class Typed(NamedTuple):
    """A typed character, and the letters of the alphabet that it may stand for."""

    character: str
    letters: str

    @property
    def is_in_alphabet(self) -> bool:
        """Whether it is a character of the alphabet, small or capital."""
        return _is_in_alphabet(self.character)


def characters(typed: str) -> list[Typed]:
    """Return the typed characters without spaces, dashes and invisible marks.

    `CodeError` if there is none at all, or one that looks like no letter of the alphabet.
    """
    found = [Typed(each, _may_be(each)) for each in typed if not _separates(each)]
    for place, each in enumerate(found):
        if not each.letters:
            raise not_a_code(place)
    if not found:
        raise nothing_typed()
    return found


def readings(found: Sequence[Typed]) -> list[str]:
    """Return the texts that a typed code may stand for and whose check character fits; none if too many."""
    letters = [each.letters for each in found]
    if prod(map(len, letters)) > MAX_READINGS:
        return []
    return [*filter(checks_out, map("".join, product(*letters)))]


def _separates(character: str) -> bool:
    return (
        character.isspace()
        or character in _OTHER_DASHES
        or unicodedata.category(character) in {"Pd", "Cf"}  # dashes, and marks that show nothing
    )


def _may_be(character: str) -> str:
    """Return the letters of the alphabet that a character stands for or looks like."""
    if _is_in_alphabet(character):
        return character.upper()
    plain = plain_letters(character).upper()
    if len(plain) != 1:  # such as a ligature
        return ""
    return plain if plain in _PLACES else LOOK_ALIKES.get(plain, "")


def _is_in_alphabet(character: str) -> bool:
    return character.isascii() and character.upper() in _PLACES
