"""What a typed line chooses: numbers, words for numbers, or the words of the choices themselves.

Pure. Compared without case, accents, and punctuation at the end.
"""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_MAX_DIGITS = 2
_AT_THE_END = " .):;,"


class Choices(NamedTuple):
    """The choices of a page, by number from 1: their labels, and the words for numbers in its language."""

    labels: Sequence[str]
    number_words: str

    def one(self, line: str) -> tuple[int, ...]:
        """Return the number that a line chooses, alone in a tuple; none if it does not choose just one."""
        chosen = self.several(line)
        return chosen if len(chosen) == 1 else ()

    def several(self, line: str) -> tuple[int, ...]:
        """Return the numbers that a line chooses, sorted and each once; none if any part chooses nothing."""
        typed = folded(line)
        if at := self._by_words(typed):
            return (at,)
        parts = typed.split(",") if "," in typed else [typed]
        found = [self._part(part.strip()) for part in parts if part.strip()]
        return tuple(sorted({number for numbers in found for number in numbers})) if all(found) else ()

    def unknown(self, line: str) -> str:
        """Return the first part of a line that chooses nothing while another part does; otherwise nothing."""
        if self.several(line):
            return ""
        typed = folded(line)
        parts = [each.strip() for each in (typed.split(",") if "," in typed else typed.split())]
        wrong = [each for each in parts if not self._part(each)]
        return wrong[0] if len(wrong) < len(parts) else ""

    def _part(self, part: str) -> tuple[int, ...]:
        """Return the numbers of a part between commas: one choice's words, or numbers with spaces between."""
        if at := self._by_words(part):
            return (at,)
        numbers = [self._number(word) for word in part.split()]
        return tuple(numbers) if all(numbers) else ()

    def _by_words(self, typed: str) -> int:
        """Return the number of the choice whose words these are, or the only one that begins so; or 0."""
        labels = [folded(label) for label in self.labels]
        if typed in labels:
            return labels.index(typed) + 1
        begin = [at for at, label in enumerate(labels, start=1) if typed and label.startswith(typed)]
        return begin[0] if len(begin) == 1 and not self._number(typed) else 0

    def _number(self, word: str) -> int:
        """Return the number that a word is, if a choice has it; otherwise 0."""
        word = word.rstrip(_AT_THE_END)
        words = folded(self.number_words).split()
        if word in words:
            number = words.index(word) + 1
        else:
            number = int(word) if word.isdecimal() and len(word) <= _MAX_DIGITS else 0
        return number if 1 <= number <= len(self.labels) else 0


def folded(text: str) -> str:
    """Return a text without case, accents and punctuation at its end, for comparing."""
    bare = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).rstrip(_AT_THE_END)
