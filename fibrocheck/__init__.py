"""A calm questionnaire about fibromyalgia symptoms for the terminal. It never diagnoses."""

__version__ = "0.2.0"

__released__ = "2026-11-01"
"""The month of this version: a clock that shows an earlier day is wrong. Change it with the version."""
