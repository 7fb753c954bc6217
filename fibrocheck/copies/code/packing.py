"""A visit's answers, language and day as one number, and back.

The number has a digit for each thing, and each digit a base of its own. From the lowest: fingerprint of
the questionnaire (11 bits), version of the wording (2), chance (10), day (12), language, then the
questions in their order. The first four have the same place in every code, so that a code of another
questionnaire is known as one.

A question with one choice is a digit in the base of its choices and one more, zero for "not answered".
One with several choices is a bit for each. A follow-up has its digit whether it was asked or not.
"Not answered" is therefore the same for a question that was skipped, one that was not asked, and an
answer that was left off: nothing shows which.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from fibrocheck.content.model import Content, FollowUp, Question
from fibrocheck.hashes import sha256
from fibrocheck.questions import Answer, Answers, asked_questions, checked, chosen, labels, takes_several

FIRST_DAY = date(2026, 1, 1)
"""The day with the number 0, before any code was made. Day 4,096 (2037-03-20) has the number 0 again."""

FINGERPRINTS, WORDINGS, CHANCES, DAYS = 1 << 11, 1 << 2, 1 << 10, 1 << 12
_FIXED = (FINGERPRINTS, WORDINGS, CHANCES, DAYS)


class Packed(NamedTuple):
    """What is in a code."""

    answers: Answers
    language: str
    day: int
    """Days since `FIRST_DAY`, modulo `DAYS`."""
    chance: int
    """Tells lists with the same answers, language and day apart."""
    wording: int
    """As `wording_of` gives it."""


def capacity(content: Content) -> int:
    """Return how many numbers a questionnaire needs: each is below this one."""
    found = len(content.languages)
    for base in (*_FIXED, *_bases(content)):
        found *= base
    return found


def pack(packed: Packed, content: Content) -> int:
    """Return the number. A follow-up without its reason is left out, as in a saved record.

    `ValueError` for an answer that the question does not have.
    """
    answers = packed.answers
    kept = {
        each.id: checked(each, answers[each.id], content, answers)
        for each in asked_questions(content, answers)
        if each.id in answers
    }
    digits = (
        fingerprint_of(content),
        packed.wording,
        packed.chance,
        packed.day,
        list(content.languages).index(packed.language),
        *(_digit(kept.get(each.id), each, content) for each in content.questions),
    )
    number = 0
    bases = (*_FIXED, len(content.languages), *_bases(content))
    for digit, base in zip(reversed(digits), reversed(bases), strict=True):
        number = number * base + digit
    return number


def unpack(number: int, content: Content) -> Packed:
    """Return what was packed. The fingerprint has to be this questionnaire's.

    `ValueError` for a number that no answers give.
    """
    rest, wording = divmod(number // FINGERPRINTS, WORDINGS)
    rest, chance = divmod(rest, CHANCES)
    rest, day = divmod(rest, DAYS)
    rest, language = divmod(rest, len(content.languages))
    answers: dict[str, Answer] = {}
    for question, base in zip(content.questions, _bases(content), strict=True):
        rest, digit = divmod(rest, base)
        if digit:
            answers[question.id] = _answer(digit, question, content)
    packed = Packed(answers, list(content.languages)[language], day, chance, wording)
    if pack(packed, content) != number:
        raise ValueError("no answers have this number")
    return packed


def is_of(number: int, content: Content) -> bool:
    """Return whether a number was packed with this questionnaire's questions, as the fingerprint tells."""
    return number % FINGERPRINTS == fingerprint_of(content)


def fingerprint_of(content: Content) -> int:
    """Return 11 bits that depend on ids, choices, rules of follow-ups and languages, and on their order."""
    import json  # not before the answers are confirmed

    parts = [content.id, [*content.languages], [_shape(each, content) for each in content.questions]]
    mark = sha256(json.dumps(parts).encode())
    return int.from_bytes(mark) % FINGERPRINTS


def wording_of(content: Content) -> int:
    """Return 2 bits of the version of the wording.

    It is the sum of the version's numbers and other characters, so 2026.11.0 differs from 2026.11.1,
    2026.12.0 and 2027.1.0. With two bits of a hash, every fourth new version would be like the one before.
    """
    digits = "".join(each if each.isdecimal() else " " for each in content.version)
    others = sum(ord(each) for each in content.version if not each.isdecimal())
    return (sum(map(int, digits.split())) + others) % WORDINGS


def day_number(day: date) -> int:
    """Return the number of a day. A clock that stands before `FIRST_DAY` is wrong: it gives that day."""
    return max((day - FIRST_DAY).days, 0) % DAYS


def day_before(number: int, latest: date) -> date | None:
    """Return the last day with that number which is not after `latest`; `None` if it is before `FIRST_DAY`.

    That means a day in the future, until there are days with a number used before.
    """
    days = (latest - FIRST_DAY).days
    found = days - (days - number) % DAYS
    return FIRST_DAY + timedelta(found) if found >= 0 else None


def _bases(content: Content) -> list[int]:
    return [_base(each, content) for each in content.questions]


def _base(question: Question, content: Content) -> int:
    choices = len(labels(question, content))
    return 1 << choices if takes_several(question) else choices + 1


def _digit(answer: Answer | None, question: Question, content: Content) -> int:
    if answer is None:
        return 0
    codes = list(labels(question, content))
    places = [codes.index(code) for code in chosen(answer)]
    return sum(1 << place for place in places) if takes_several(question) else places[0] + 1


def _answer(digit: int, question: Question, content: Content) -> Answer:
    codes = list(labels(question, content))
    if takes_several(question):
        return tuple(code for place, code in enumerate(codes) if digit >> place & 1)
    return codes[digit - 1]


def _shape(question: Question, content: Content) -> Sequence[object]:
    """Return what decides which answers a question can have, and when."""
    rules: Mapping[str, object] = {}
    if isinstance(question, FollowUp):
        rules = {
            "if_marked": question.if_marked,
            "at_least": question.at_least,
            "offer_marked": question.offer_marked,
        }
    return question.part, question.id, question.kind, [*labels(question, content)], rules
