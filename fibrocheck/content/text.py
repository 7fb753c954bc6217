"""The words of one text."""

from collections.abc import Mapping

Text = Mapping[str, str]
"""The same words in every language of the file: `{"en": "Fatigue", "es": "Fatiga"}`."""
