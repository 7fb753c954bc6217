"""The saved record: what we write holds to FHIR R4, and what does not hold is not read."""
