"""How a record changes at the desk: only what was asked changes, and what other systems added stays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fibrocheck.desk.states import LINKED, UNLINKED, is_patient_undone
from fibrocheck.errors import StaffError
from fibrocheck.records.desk_notes import correction_extension, encounter, is_correction
from fibrocheck.records.elements import to_json
from fibrocheck.records.record import (
    AMENDED,
    ENTERED_IN_ERROR,
    IN_PROGRESS,
    WRONG_PATIENT,
    RecordError,
    checked_reference,
)
from fibrocheck.records.response import write_response

if TYPE_CHECKING:
    from fibrocheck.content.model import Content
    from fibrocheck.desk.states import State
    from fibrocheck.questions import Answers
    from fibrocheck.records.elements import Resource
    from fibrocheck.records.reading import SavedRecord
    from fibrocheck.records.record import Correction

_OF_ANSWERS = ("language", "text", "questionnaire", "_questionnaire")
"""The members of a record that are written anew with its answers, besides `item`."""


class CorrectionError(StaffError):
    """The answers of this list cannot be corrected."""


def as_linked(saved: SavedRecord, state: State, content: Content) -> bytes | None:
    """Return a record that names whose list it is by what staff did last; `None` if it does already.

    That is its appointment, and no patient whose name was undone or who was named before it was linked
    anew. A list that was never linked or unlinked, and a patient that staff did not name, stay.
    """
    kept = _without_undone(saved.resource, state)
    if any(each.action in {LINKED, UNLINKED} for each in state.history):
        kept = _with_appointment(kept, saved, state, content)
    return None if kept is saved.resource else _bytes(kept)


def with_patient(saved: SavedRecord, subject: Resource) -> bytes:
    """Return a record that names a patient, by `subject` as FHIR has it."""
    return _bytes(saved.resource | {"subject": subject})


def _without_undone(resource: Resource, state: State) -> Resource:
    if "subject" in resource and is_patient_undone(state):
        return {key: value for key, value in resource.items() if key != "subject"}
    return resource


def _with_appointment(resource: Resource, saved: SavedRecord, state: State, content: Content) -> Resource:
    number = _checked(state.linked.appointment) if state.linked else ""
    day = _day(state.linked.appointment_date) if state.linked and number else None
    if (saved.record.reference, saved.record.appointment_date) == (number, day):
        return resource
    kept = {key: value for key, value in resource.items() if key != "encounter"}
    return kept | encounter(number, day, content)


def corrected(saved: SavedRecord, answers: Answers, by: Correction, content: Content) -> bytes:
    """Return a record with other answers, or marked as entered in error if it was the wrong patient.

    Its identifier, its time, its author and what other systems added stay. With other answers, a list that
    was marked so by mistake is a list again. `CorrectionError` for a call that is not finished, and for a
    list with other wording: today's questions may not be those that were answered.
    """
    (_check_finished if by.why == WRONG_PATIENT else check_correctable)(saved)
    others = saved.resource.get("extension") or []
    noted = [
        *(each for each in others if not is_correction(each, content)),
        correction_extension(by, content),
    ]
    if by.why == WRONG_PATIENT:
        return _bytes(saved.resource | {"status": ENTERED_IN_ERROR, "extension": noted})
    new = write_response(saved.record._replace(answers=answers, reference=""), content)
    kept = {key: value for key, value in saved.resource.items() if key != "item"}
    anew = {key: new[key] for key in (*_OF_ANSWERS, "item") if key in new}
    return _bytes(kept | anew | {"status": AMENDED, "extension": noted})


def check_correctable(saved: SavedRecord) -> None:
    """Raise `CorrectionError` if the answers of a list cannot be corrected."""
    _check_finished(saved)
    if saved.is_other_version:
        what = "the questions had other wording when this list was answered, so it cannot be corrected"
        raise CorrectionError(f"{what}. Ask the questions again as a new list.")


def _check_finished(saved: SavedRecord) -> None:
    if saved.record.status == IN_PROGRESS:
        raise CorrectionError("only a finished list can be corrected. Finish the call first.")


def _checked(number: str) -> str:
    """Return a number that can be kept; empty for one that cannot, which only a damaged file has."""
    try:
        return checked_reference(number)
    except RecordError:
        return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _bytes(resource: Resource) -> bytes:
    return to_json(resource).encode()
