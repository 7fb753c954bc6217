"""The JSON Schema of questions.yaml, for editors, made from the description that reads the file."""

from typing import Any

from fibrocheck.content.schema.questionnaire import FILE
from fibrocheck.content.values.texts import NO_BRACES, languages_schema


def json_schema() -> dict[str, Any]:
    """Return a JSON Schema 2020-12.

    Rules about several keys together are beyond it: `fibrocheck content check` has them all.
    """
    words = {"type": "string", "pattern": NO_BRACES}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "fibrocheck questionnaire",
        "description": "Every word a patient sees, in every language.",
        **FILE.schema(),
        "$defs": {"text": languages_schema(words)},
    }
