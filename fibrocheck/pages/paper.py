"""What the pages of a handout have in common: the visit that they are about, and labelled values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt

    from fibrocheck.pages.voice import Voice
    from fibrocheck.questions import Answer, Answers


LONGEST_NUMBER = 12
"""The longest number that is shown large; such as an appointment's."""


NO_ANSWER, NOT_YET = "-no-answer", "-not-asked-yet"
"""What stands for the answer to a question that was left out, and to one that nobody has asked yet."""


class Visit(NamedTuple):
    """One visit as its pages know it. What is not known is empty.

    `reference` is an appointment number, `number` the one that the patient tells the front desk, `code`
    the code with all answers. `source` and `device` are codes of a record: who answered, and on what.
    `language` is the one that the patient read. `appointment_day` is the day of the appointment,
    `corrected_by` the initials of who corrected the answers, on `corrected_on`.
    """

    answers: Answers
    language: str
    date: dt.date
    reference: str = ""
    number: str = ""
    code: str = ""
    source: str = ""
    device: str = ""
    is_other_version: bool = False
    """Whether the questions are not today's, although all other texts are."""
    is_finished: bool = True
    not_asked: frozenset[str] = frozenset()
    """The ids of the questions that nobody has asked yet, of a visit that is not finished."""
    appointment_day: dt.date | None = None
    corrected_by: str = ""
    corrected_on: dt.date | None = None


def without_answer(visit: Visit, voice: Voice) -> dict[str, str]:
    """Return the codes of questions without an answer with their words: `NOT_YET` if some may be open."""
    words = voice.content.words
    not_yet = {} if visit.is_finished else {NOT_YET: voice.say(words.not_asked_yet)}
    return {NO_ANSWER: voice.say(words.not_answered)} | not_yet


def answer_in(visit: Visit, question_id: str) -> Answer:
    """Return the answer to a question in a visit; without one, `NO_ANSWER` or `NOT_YET`."""
    return visit.answers.get(question_id, NOT_YET if question_id in visit.not_asked else NO_ANSWER)


class Fact(NamedTuple):
    """A label and its value; an empty value is a line to fill in by hand."""

    label: str
    value: str = ""

    @property
    def is_long(self) -> bool:
        """Whether the value, as a number, is too long to be shown large in a row."""
        return len(self.value) > LONGEST_NUMBER


def not_empty(*facts: Fact) -> tuple[Fact, ...]:
    """Return the facts that have a value."""
    return tuple(fact for fact in facts if fact.value.strip())
