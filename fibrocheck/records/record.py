"""A saved record as the program knows it, and the error for one that it cannot use."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.errors import StaffError
from fibrocheck.questions import open_questions

if TYPE_CHECKING:
    import uuid
    from datetime import date

    from fibrocheck.content.model import Content
    from fibrocheck.questions import Answers
    from fibrocheck.records.times import Moment

IDENTIFIER_SYSTEM = "urn:ietf:rfc:3986"
"""FHIR's name for the system of identifiers that are URNs."""

MAX_REFERENCE_LENGTH = 100

COMPLETED, AMENDED = "completed", "amended"
"""The status of a record, and of one that was corrected after that."""

IN_PROGRESS, ENTERED_IN_ERROR = "in-progress", "entered-in-error"
"""The status of a call that is not finished, and of a record that belongs to another patient."""

SHOWN = (COMPLETED, AMENDED, IN_PROGRESS)
"""The records that pages can be made of. What was entered in error is shown to nobody but the front desk."""

PATIENT_CHANGED, TYPED_WRONG, WRONG_PATIENT = "patient-changed", "typed-wrong", "wrong-patient"
CORRECTIONS = (PATIENT_CHANGED, TYPED_WRONG, WRONG_PATIENT)
"""Why staff can correct a record."""

KIOSK, DESK, COMPUTER = "kiosk", "front-desk", "computer"
DEVICES = {KIOSK: "Kiosk", DESK: "Front desk computer", COMPUTER: "Computer"}
"""What a record can have been made on, by code, with the words for staff. It never names the computer."""

PATIENT, RELATED_PERSON, PRACTITIONER = "Patient", "RelatedPerson", "Practitioner"
SOURCES = {PATIENT: "Patient", RELATED_PERSON: "Related person", PRACTITIONER: "Staff"}
"""Who can have answered, by FHIR's type, with the words for staff."""

# Remedies
USE_UNDAMAGED_COPY = "Use an undamaged copy"
USE_SAVED_FILE = "Use a file that fibrocheck saved"
USE_ITS_QUESTIONS = "Use --questions with the questions.yaml that the record was made with"


class Correction(NamedTuple):
    """Who corrected a record, when, and why: one of `CORRECTIONS`."""

    by: str
    at: Moment
    why: str


class Record(NamedTuple):
    """One visit's answers, and what is noted with them.

    `language` is the one that the person read. `authored` has a time zone, or is only a day. `reference` is
    an appointment number. `device` and `source` are among `DEVICES` and `SOURCES`. What is not known is
    empty.
    """

    answers: Answers
    language: str
    authored: Moment
    identifier: uuid.UUID
    reference: str = ""
    status: str = COMPLETED
    device: str = ""
    source: str = ""
    appointment_date: date | None = None
    correction: Correction | None = None
    """The last one, if there was one."""
    skipped: tuple[str, ...] = ()
    """The questions that were asked and left without an answer, as far as the record tells them from those
    that were not asked: only a call that is not finished has such. In any other, all that have no answer
    were skipped."""


def not_asked_yet(record: Record, content: Content) -> frozenset[str]:
    """Return the ids of the questions that nobody has asked yet; only an unfinished call has some."""
    if record.status != IN_PROGRESS:
        return frozenset()
    return frozenset(each.id for each in open_questions(content, record.answers, record.skipped))


class RecordError(StaffError):
    """A saved record that cannot be used. The message never repeats an answer or the reference."""

    def __init__(self, what: str, remedy: str = USE_UNDAMAGED_COPY) -> None:
        """Put the problem and the remedy into one line."""
        super().__init__(f"{what}. {remedy}.")


class OtherPatientError(RecordError):
    """A record that staff marked as another patient's. Nothing is made of it."""

    def __init__(self, where: str = "") -> None:
        """Say what it is, and where that can be undone; `where` is its file."""
        what = "staff marked this list as another patient's"
        super().__init__(f"{where}: {what}" if where else what, "If it is not, correct it at the front desk")


def checked_reference(reference: str) -> str:
    """Return the reference unchanged.

    Raises `RecordError` if it is empty, too long, or not safe to show and print.
    """
    if not reference or len(reference) > MAX_REFERENCE_LENGTH:
        what = f"the reference is empty or longer than {MAX_REFERENCE_LENGTH} characters"
        raise RecordError(what, "Use a short one, such as an appointment number")
    if not reference.isprintable() or reference != reference.strip():
        what = "the reference has a hidden character, or begins or ends with a space"
        raise RecordError(what, "Type it again by hand")
    return reference
