"""What the pages of a handout have in common: the visit that they are about, and labelled values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt

    from fibrocheck.questions import Answers


LONGEST_NUMBER = 12
"""The longest number that is shown large; such as an appointment's."""


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
    appointment_day: dt.date | None = None
    corrected_by: str = ""
    corrected_on: dt.date | None = None


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
