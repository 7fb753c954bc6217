"""Words that keep a statement from being a promise, such as "may" and "some people".

A clinician has to see that they are there, and there in every language: a translation that loses one
says more than is known.
"""

import re
from functools import cache
from typing import NamedTuple

from fibrocheck.content.reader import Place, base_language, keys

_ENGLISH = (
    "may might can could some sometimes often many most usually possible possibly seem seems likely few "
    "mixed studied studying suggest suggests"
)
_SPANISH = (
    "puede pueden podría podrían algunas algunos alguna algún muchas muchos suele suelen posible posibles "
    "quizá quizás parece parecen pocas pocos común frecuente "
    "estudia estudian sugiere sugieren"
)
HEDGES = {
    "en": (*_ENGLISH.split(), "not clear", "not known", "not always", "not sure"),
    "es": (
        *_SPANISH.split(),
        "a veces",
        "a menudo",
        "no siempre",
        "no se sabe",
        "no está claro",
        "la mayoría",
    ),
}
"""The hedges of each language; longer ones come first where two begin alike."""

TEACHING = frozenset(
    {"learn", "self_care", "answer", "paragraphs", "covers", "lead", "individual", "other_conditions"}
)
"""Keys of texts that state facts. Elsewhere "can" and "some" hedge nothing."""

HEDGE, FILLED_IN = "hedge", "filled"
_BRACES = r"\{\w+\}"


class Part(NamedTuple):
    """A piece of a text: its words, and `HEDGE`, `FILLED_IN` or nothing."""

    words: str
    kind: str = ""


def teaches(place: Place) -> bool:
    """Return whether the text at this place states facts."""
    return not TEACHING.isdisjoint(keys(place))


def has_list(language: str) -> bool:
    """Return whether the hedges of a language are known."""
    return base_language(language) in HEDGES


def parts_of(text: str, language: str, *, hedged: bool) -> tuple[Part, ...]:
    """Return a text in pieces: what the program fills in, its hedges if they are wanted, and the rest."""
    pattern = _pattern(base_language(language) if hedged else "")
    found, at = [], 0
    for match in pattern.finditer(text):
        found += [Part(text[at : match.start()]), Part(match[0], FILLED_IN if match[0][0] == "{" else HEDGE)]
        at = match.end()
    return tuple(part for part in (*found, Part(text[at:])) if part.words)


def is_hedged(text: str, language: str) -> bool:
    """Return whether a text has at least one of the language's hedges."""
    return any(part.kind == HEDGE for part in parts_of(text, language, hedged=True))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    hedges = sorted(HEDGES.get(language, ()), key=len, reverse=True)
    either = "|".join(map(re.escape, hedges))
    return re.compile(rf"{_BRACES}|\b(?:{either})\b" if either else _BRACES, re.IGNORECASE)
