"""Codes made and read: answers, language and day -> a code, and back.

A code is not secret: whoever has it can read the answers.
"""

import os
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from fibrocheck.content.model import Content
from fibrocheck.copies.code import packing, problems, spelling
from fibrocheck.questions import Answers

_A_DAY = timedelta(days=1)


class LookAlike(NamedTuple):
    """A typed character that no code has, what it was read as, and its place (from 1)."""

    typed: str
    read: str
    place: int


class ReadCode(NamedTuple):
    """What a code holds."""

    letters: str
    """The code in capitals, without dashes."""
    answers: Answers
    language: str
    day: date
    is_other_wording: bool
    """Whether the questions had another wording then; the code does not hold their words."""
    look_alikes: tuple[LookAlike, ...]
    """What was read otherwise than typed, in order; to be shown to whoever typed it."""


def make_code(content: Content, answers: Answers, language: str, day: date, chance: int) -> str:
    """Return the code of these answers, without dashes; `chance` is below 1,024.

    `ValueError` for an answer that the question does not have.
    """
    packed = packing.Packed(answers, language, packing.day_number(day), chance, packing.wording_of(content))
    return spelling.written(packing.pack(packed, content), code_length(content))


def new_code(
    content: Content,
    answers: Answers,
    language: str,
    day: date,
    is_taken: Callable[[str], bool] = lambda _letters: False,
) -> str:
    """Return a code of these answers that is not taken, without dashes.

    Chance is drawn, and counted up until there is one. `ValueError` if all 1,024 are taken.
    """
    first = int.from_bytes(os.urandom(2))
    for chance in range(first, first + packing.CHANCES):
        letters = make_code(content, answers, language, day, chance % packing.CHANCES)
        if not is_taken(letters):
            return letters
    raise ValueError("all codes of these answers are taken on this day")


def read_code(typed: str, content: Content, today: date) -> ReadCode:
    """Return what is in a typed or scanned code.

    Small letters, spaces and dashes of any kind are fine. A character of the alphabet is never taken for
    another one; one outside it is read as a look-alike if exactly one reading checks out. Raises
    `CodeError` for a code with a slip, of another questionnaire, of a day after tomorrow (it may be
    tomorrow in another time zone), and for what is no code.
    """
    found, length = spelling.characters(typed), code_length(content)
    if len(found) != length:
        raise problems.wrong_length(len(found), length)
    places = [place for place, each in enumerate(found) if not each.is_in_alphabet]
    fitting = spelling.readings(found)
    if len(fitting) != 1:
        raise problems.unclear(places) if places else problems.slip()
    (letters,) = fitting
    look_alikes = tuple(LookAlike(found[place].character, letters[place], place + 1) for place in places)
    return _unpacked(letters, content, today)._replace(look_alikes=look_alikes)


def code_length(content: Content) -> int:
    """Return how many characters the codes of a questionnaire have, without dashes."""
    return spelling.length_for(packing.capacity(content))


def _unpacked(letters: str, content: Content, today: date) -> ReadCode:
    number = spelling.number_of(letters)
    if not packing.is_of(number, content):
        raise problems.of_another_questionnaire()
    try:
        packed = packing.unpack(number, content)
    except ValueError:  # such as a follow-up without its reason
        raise problems.slip() from None
    day = packing.day_before(packed.day, today + _A_DAY)
    if day is None:
        raise problems.of_the_future(packing.FIRST_DAY + timedelta(packed.day), today)
    is_other = packed.wording != packing.wording_of(content)
    return ReadCode(letters, packed.answers, packed.language, day, is_other, ())
