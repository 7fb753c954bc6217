"""A PDF read as a reader of paper sees it: letters with their places and sizes, in reading order."""

from ctypes import byref, c_double
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from fibrocheck.pages.handout import Handout

_HYPHEN = str.maketrans("\ufffe\x02", "--")
"""What the library returns for a hyphen at the end of a line."""


class Letter(NamedTuple):
    """A visible character: where it stands on its page and how large it is, in points."""

    character: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    size: float
    baseline: float


@dataclass(frozen=True)
class Printed:
    """All visible characters, and the size of the pages."""

    letters: tuple[Letter, ...]
    pages: int
    width: float
    height: float

    @cached_property
    def text(self) -> str:
        """All characters without spaces: where a line ends is not what is said."""
        return "".join(letter.character for letter in self.letters)

    def says(self, words: str) -> bool:
        """Return whether these words are there, wherever their lines end."""
        return squeezed(words) in self.text

    def sizes_of(self, words: str) -> set[float]:
        """Return the sizes of the letters of these words; none if they are not there."""
        start, length = self.text.find(squeezed(words)), len(squeezed(words))
        return {letter.size for letter in self.letters[start : start + length]} if start >= 0 else set()

    def on(self, *pages: int) -> "Printed":
        """Return what is on these pages, counted from 1."""
        return replace(self, letters=tuple(each for each in self.letters if each.page in pages))


def squeezed(words: str) -> str:
    """Return words without spaces."""
    return "".join(words.split())


def read(document: bytes) -> Printed:
    """Return what a PDF shows."""
    pdf = pypdfium2.PdfDocument(document)
    letters: list[Letter] = []
    width, height = pdf[0].get_size()
    for number in range(len(pdf)):
        text = pdf[number].get_textpage()
        for index in range(text.count_chars()):
            character = chr(raw.FPDFText_GetUnicode(text.raw, index)).translate(_HYPHEN)
            if character.strip():
                size = round(raw.FPDFText_GetFontSize(text.raw, index), 1)
                left, bottom, right, top = text.get_charbox(index)
                letters.append(
                    Letter(character, number + 1, left, bottom, right, top, size, _baseline(text, index))
                )
    return Printed(tuple(letters), len(pdf), width, height)


def _baseline(text: pypdfium2.PdfTextPage, index: int) -> float:
    across, up = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(text.raw, index, byref(across), byref(up))
    return up.value


def places_of_rows(made: Handout, shown: Printed) -> list[tuple[int, int]]:
    """Return the side and the place of each row on it, of all pages for a clinician."""
    places = []
    for side, page in ((1, made.clinician), (3, made.in_clinic_language)):
        letters = shown.on(side).letters
        text = shown.on(side).text
        for table in page.tables if page else ():
            start = text.index(squeezed(table.title + table.aside))
            for row in table.rows:
                start = text.index(squeezed(row.label), start)
                places.append((side, round(letters[start].baseline)))
    return places
