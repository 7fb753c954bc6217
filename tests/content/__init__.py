"""The questionnaire file: reading, refusing, checking."""
