"""A calm questionnaire about fibromyalgia symptoms for the terminal. It never diagnoses."""

__version__ = "0.1.0"
