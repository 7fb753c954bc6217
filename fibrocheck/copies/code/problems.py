"""What can be wrong with a code, in one sentence each: where, what, and what to do."""

from datetime import date
from enum import Enum

from fibrocheck.errors import StaffError

_TYPE_AGAIN = "Compare it with the original, group by group, and type it again"
_USE_ITS_QUESTIONS = "use --questions with the questions.yaml that it was made with"


class Problem(Enum):
    """What is wrong with a code, for pages that say it in their own words."""

    NO_CODE = "nothing that could be a code"
    LENGTH = "too short or too long"
    SLIP = "a wrong character, or two that are swapped"
    UNCLEAR = "characters that no code has, and not exactly one way to read them"
    OTHER_QUESTIONNAIRE = "of another questionnaire"
    FUTURE = "of a day in the future"


class CodeError(StaffError):
    """A code that cannot be read. The message never repeats the code, because it holds answers."""

    def __init__(self, problem: Problem, what: str, remedy: str) -> None:
        """Put the problem and the remedy into one line."""
        super().__init__(f"{what}. {remedy}.")
        self.problem = problem


def nothing_typed() -> CodeError:
    """Return the error for a text without any letter or digit."""
    return CodeError(Problem.NO_CODE, "there is no code", "Type the letters and digits of the code")


def not_a_code(place: int) -> CodeError:
    """Return the error for a character at a place (from 0) that is neither a letter nor a digit."""
    what = f"this is not a code, character {place + 1} is neither a letter nor a digit"
    return CodeError(Problem.NO_CODE, what, "Type only the letters and digits of the code")


def wrong_length(found: int, length: int) -> CodeError:
    """Return the error for a code that is too short or too long."""
    what = f"the code has {found} characters, but those of this questionnaire have {length}"
    return CodeError(Problem.LENGTH, what, f"{_TYPE_AGAIN}, or {_USE_ITS_QUESTIONS}")


def slip() -> CodeError:
    """Return the error for a code whose check character does not fit."""
    what = "the code does not check out, a character is wrong or two are swapped"
    return CodeError(Problem.SLIP, what, _TYPE_AGAIN)


def unclear(places: list[int]) -> CodeError:
    """Return the error for characters at these places (from 0) that no code has."""
    found = ", ".join(str(place + 1) for place in places)
    what = f"the code has characters that no code has, such as 0, 1, L or a vowel (character {found})"
    return CodeError(Problem.UNCLEAR, what, _TYPE_AGAIN)


def of_another_questionnaire() -> CodeError:
    """Return the error for a code made with other questions, answers or languages."""
    what = "the code belongs to another questionnaire, or to this one with other questions"
    return CodeError(Problem.OTHER_QUESTIONNAIRE, what, f"To read it, {_USE_ITS_QUESTIONS}")


def of_the_future(day: date, today: date) -> CodeError:
    """Return the error for a code of a day that has not come yet."""
    what = f"the code was made on {day.isoformat()}, but today is {today.isoformat()} on this computer"
    return CodeError(Problem.FUTURE, what, "Set the clock of this computer, and read the code again")
