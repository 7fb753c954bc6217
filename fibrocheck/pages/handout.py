"""The content of the handout: the clinician's page, the patient's page, and how small they are printed.

Plain data, put together once, so that the printed page, the PDF and the plain text cannot differ. It
does not depend on files, clocks or templates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.content.model import with_words
from fibrocheck.pages.clinician_page import ClinicianPage, clinician_page
from fibrocheck.pages.patient_height import height
from fibrocheck.pages.patient_page import (
    NO_TIPS,
    SHORT_SOURCES,
    SHORT_TELLING,
    TERMS_ONLY,
    WHOLE,
    PatientPage,
    patient_page,
)
from fibrocheck.pages.voice import Voice
from fibrocheck.text_safety import is_hidden

if TYPE_CHECKING:
    from fibrocheck.content.model import Content
    from fibrocheck.pages.paper import Visit

_ONE_LINE = str.maketrans(dict.fromkeys("\t\n\v\f\r\x85\u2028\u2029", " "))

PAPERS = ((525.0, 770.0), (542.0, 722.0))
"""The room inside the margins of A4 and of Letter, across and down, in points."""

_LOST_BETWEEN_SIDES = 4.0
"""What large print may lose at the end of its first side, where entries are kept whole; in em."""

LARGEST, LARGE, NORMAL, SMALL, SMALLER = 18.0, 16.0, 11.0, 10.0, 9.5
"""Sizes of the patient's page, in points. Large print begins at 16 points (UKAAF, "Clear print")."""


class Fit(NamedTuple):
    """How a patient's page is made to fit: the size of its type, and how much is left out."""

    size: float
    level: int

    @property
    def is_large(self) -> bool:
        """Whether it is large print, on two sides."""
        return self.size >= LARGE


NORMAL_FITS = (
    Fit(NORMAL, WHOLE),
    Fit(NORMAL, SHORT_SOURCES),
    Fit(SMALL, SHORT_SOURCES),
    Fit(SMALLER, SHORT_SOURCES),
    Fit(SMALLER, NO_TIPS),
    Fit(SMALLER, SHORT_TELLING),
    Fit(SMALLER, TERMS_ONLY),
)
LARGE_FITS = (
    Fit(LARGEST, WHOLE),
    Fit(LARGEST, SHORT_SOURCES),
    Fit(LARGE, SHORT_SOURCES),
    Fit(LARGE, NO_TIPS),
    Fit(LARGE, SHORT_TELLING),
    Fit(LARGE, TERMS_ONLY),
)
"""What is tried, in this order, until the page fits: on one side, and in large print on two."""


class Handout(NamedTuple):
    """All pages of one handout, without hidden characters."""

    clinician: ClinicianPage
    patient: PatientPage
    in_clinic_language: ClinicianPage | None
    """The clinician's page once more, if the patient read another language than clinicians do."""
    fit: Fit
    shorter: tuple[tuple[Fit, PatientPage], ...] = ()
    """The patient's page as it is if it turns out not to fit, less and less of it."""


def handout(content: Content, visit: Visit, language: str = "", *, large_print: bool = False) -> Handout:
    """Return the handout of one visit, in the language that the patient read, or in another one."""
    voice = Voice(content, language or visit.language)
    fits = LARGE_FITS if large_print else NORMAL_FITS
    fit = next((fit for fit in fits if fits_on_paper(patient_page(visit, voice, fit.level), fit)), fits[-1])
    return with_fit(content, visit, language, fit)


def with_fit(content: Content, visit: Visit, language: str, fit: Fit) -> Handout:
    """Return the handout with a given size and a given level of shortening."""
    voice = Voice(content, language or visit.language)
    is_other = content.clinic_language != voice.language
    page = Handout(
        clinician=clinician_page(visit, voice),
        patient=patient_page(visit, voice, fit.level),
        in_clinic_language=clinician_page(visit, Voice(content, content.clinic_language))
        if is_other
        else None,
        fit=fit,
        shorter=tuple((each, patient_page(visit, voice, each.level)) for each in _shorter(fit)),
    )
    return with_words(page, _visible)


def _shorter(fit: Fit) -> tuple[Fit, ...]:
    fits = LARGE_FITS if fit.is_large else NORMAL_FITS
    return fits[fits.index(fit) + 1 :]


def fits_on_paper(page: PatientPage, fit: Fit) -> bool:
    """Return whether the page fits on one side of A4 and of Letter, or in large print on two."""
    sides, lost = (2, _LOST_BETWEEN_SIDES * fit.size) if fit.is_large else (1, 0.0)
    return all(
        height(page, fit.size, across, is_large=fit.is_large) <= sides * down - lost
        for across, down in PAPERS
    )


def _visible(text: str) -> str:
    """Return the text on one line with hidden characters made visible: a reference may come from anywhere."""
    if text.isprintable() and max(text, default="") < "\u0300":  # Latin letters, and no hidden ones
        return text.strip()
    return "".join("\ufffd" if is_hidden(c) else c for c in text.translate(_ONE_LINE)).strip()
