"""What the front desk notes on a record: the appointment it belongs to, and who corrected it."""

from datetime import date, datetime
from typing import Any

from fibrocheck.content.model import Content
from fibrocheck.records.addresses import APPOINTMENTS, CORRECTION, address, is_address
from fibrocheck.records.elements import Resource
from fibrocheck.records.record import CORRECTIONS, Correction, checked_reference
from fibrocheck.records.times import Moment, kept_as, written
from fibrocheck.text_safety import printable

VISIT_NUMBER = {
    "coding": [
        {
            "system": "http://terminology.hl7.org/CodeSystem/v2-0203",
            "code": "VN",
            "display": "Visit number",
        }
    ]
}
"""HL7's type of identifier for the number of an appointment. Without it, it might be the patient's own."""

PATIENT_NUMBER = {
    "coding": [
        {
            "system": "http://terminology.hl7.org/CodeSystem/v2-0203",
            "code": "MR",
            "display": "Medical record number",
        }
    ]
}
"""HL7's type of identifier for the number of a patient at the clinic."""

_MAX_BY = 40
_BY, _AT, _WHY = ("by", "valueString"), ("at", "valueDateTime"), ("why", "valueCode")


def encounter(number: str, day: date | None, content: Content) -> Resource:
    """Return the member of a record that names its appointment; none without a number.

    Clinics use numbers again, so the day is the period in which the number means this appointment.
    `RecordError` for a number that cannot be kept.
    """
    if not number:
        return {}
    system, value = address(content, APPOINTMENTS), checked_reference(number)
    identifier: Resource = {"type": VISIT_NUMBER, "system": system, "value": value}
    if day is not None:
        identifier["period"] = {"start": day.isoformat(), "end": day.isoformat()}
    return {"encounter": {"identifier": identifier}}


def day_of_appointment(identifier: Resource) -> date | None:
    """Return the day of an appointment, by the identifier of its encounter; `None` if that is not known."""
    period = identifier.get("period")
    start = period.get("start") if isinstance(period, dict) else None
    try:
        return date.fromisoformat(start[:10]) if isinstance(start, str) else None
    except ValueError:
        return None


def correction_extension(correction: Correction, content: Content) -> Resource:
    """Return the extension that says who corrected a record. FHIR R4 has no element for it."""
    values = ((_BY, correction.by), (_AT, written(kept_as(correction.at))), (_WHY, correction.why))
    parts = [{"url": url, key: value} for (url, key), value in values]
    return {"url": address(content, CORRECTION), "extension": parts}


def is_correction(extension: object, content: Content) -> bool:
    """Return whether an extension is ours that says who corrected a record."""
    url = extension.get("url") if isinstance(extension, dict) else None
    return isinstance(url, str) and is_address(url, content, CORRECTION)


def read_correction(extensions: list[Any], content: Content) -> Correction | None:
    """Return who corrected a record, by its extensions; `None` if nobody did or it cannot be read."""
    ours: Resource = next((each for each in extensions if is_correction(each, content)), {})
    parts = ours.get("extension")
    found = {str(each.get("url")): each for each in _objects_in(parts)}
    by, at, why = (found.get(url, {}).get(key) for url, key in (_BY, _AT, _WHY))
    moment = _moment(at)
    if moment is None or why not in CORRECTIONS or not isinstance(by, str):
        return None
    return Correction(printable(by, _MAX_BY), moment, why)


def _objects_in(value: object) -> list[Resource]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _moment(text: object) -> Moment | None:
    """Return a time with its zone, or only a day; `None` for anything else."""
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
        return kept_as(found)
    except ValueError:
        return None
