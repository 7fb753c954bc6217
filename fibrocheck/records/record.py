"""A saved record as the program knows it, and what is said about one that it cannot use."""

import uuid
from datetime import datetime
from typing import NamedTuple

from fibrocheck.errors import StaffError
from fibrocheck.questions import Answers

IDENTIFIER_SYSTEM = "urn:ietf:rfc:3986"
"""What FHIR calls an identifier that is a URN."""

ANOTHER_COPY = "Use an undamaged copy of it"
LONGEST_REFERENCE = 100


class Record(NamedTuple):
    """One visit's answers, read back, and what was noted with them."""

    answers: Answers
    language: str
    authored: datetime
    identifier: uuid.UUID
    reference: str


class RecordError(StaffError):
    """A saved record that cannot be used. Its words never repeat an answer or the reference."""

    def __init__(self, what: str, remedy: str = ANOTHER_COPY) -> None:
        """One line: what is wrong, and what to do."""
        super().__init__(f"{what}. {remedy}.")


def checked_reference(reference: str) -> str:
    """The same reference; `RecordError` when it cannot be kept in a record, shown and printed."""
    if not reference or len(reference) > LONGEST_REFERENCE:
        what = f"the reference has no characters, or more than {LONGEST_REFERENCE}"
        raise RecordError(what, "Use a short one, such as an appointment number")
    if not reference.isprintable() or reference != reference.strip():
        what = "the reference has a hidden character, or a space at an end"
        raise RecordError(what, "Type it again by hand")
    return reference
