"""The question set and a visit's answers as HL7 FHIR R4 (4.0.1) resources, and the way back.

A saved record is a FHIR QuestionnaireResponse, so there is no format of our own to explain.
"""
