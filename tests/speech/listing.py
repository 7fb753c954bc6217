"""Everything that the texts of a questionnaire would have spoken: `python -m tests.speech.listing es`.

For a person who reads it through, or listens: words that a voice stumbles over are found by ear only.
"""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from fibrocheck.content.loader import load
from fibrocheck.content.model import Content
from fibrocheck.content.program_words import by_name
from fibrocheck.speech.spoken import sentences


def texts_in(value: Any, language: str) -> Iterator[str]:
    """Yield every text in a part of a questionnaire, in one language."""
    if isinstance(value, Mapping):
        if language in value and isinstance(value[language], str):
            yield value[language]
            return
        for each in value.values():
            yield from texts_in(each, language)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts_in(each, language)


def patient_texts(content: Content, language: str) -> list[str]:
    """Return every text that a patient may hear: not the words of the front desk, nor those on paper."""
    words = by_name(content.words)
    heard = {name: text for name, text in words.items() if not name.startswith(("desk_", "plain_"))}
    return [*texts_in(content._replace(words=None), language), *texts_in(heard, language)]  # type: ignore[arg-type]


def listing(content: Content, language: str) -> list[str]:
    """Return what would be spoken, a sentence a line."""
    return [said for text in patient_texts(content, language) for said in sentences(text)]


if __name__ == "__main__":
    sys.stdout.write("\n".join(listing(load(), sys.argv[1])) + "\n")
