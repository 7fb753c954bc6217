"""Tests of the saved record: what is written is valid FHIR R4, and anything else is refused."""
