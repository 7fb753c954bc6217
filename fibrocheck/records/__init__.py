"""The question set and a visit's answers as HL7 FHIR R4 (4.0.1) resources, and the way back.

The saved record is a FHIR QuestionnaireResponse, so there is no form of our own to explain.
"""

from fibrocheck.records.questionnaire import questionnaire
from fibrocheck.records.reading import read_response
from fibrocheck.records.record import Record, RecordError, checked_reference
from fibrocheck.records.response import response
from fibrocheck.records.shared import to_json

__all__ = [
    "Record",
    "RecordError",
    "checked_reference",
    "questionnaire",
    "read_response",
    "response",
    "to_json",
]
