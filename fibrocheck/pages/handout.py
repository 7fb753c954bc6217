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
    LARGE,
    NARROWEST,
    NO_TIPS,
    NORMAL,
    SHORT_SOURCES,
    SHORT_TELLING,
    SMALL,
    SMALLER,
    SMALLEST,
    SOURCES_IN_A_LINE,
    TERMS_ONLY,
    WHOLE,
    Fit,
    PatientPage,
    patient_page,
)
from fibrocheck.pages.voice import Voice
from fibrocheck.text_safety import is_hidden

if TYPE_CHECKING:
    from fibrocheck.content.model import Content
    from fibrocheck.pages.paper import Visit

_ONE_LINE = str.maketrans(dict.fromkeys("\t\n\v\f\r\x85\u2028\u2029", " "))

PAPERS = ((NARROWEST, 772.0), (542.0, 724.0))
"""The room inside the margins of A4 and of Letter, across and down, in points."""

LARGE_PAPERS = ((NARROWEST + 11, 775.0), (553.0, 727.0))
"""The same for large print, which has narrower margins."""

_LOST_BETWEEN_SIDES = 2.0
"""What large print may lose at the end of its first side, where lines are kept together; in em."""

NORMAL_FITS = (
    Fit(NORMAL, WHOLE),
    Fit(NORMAL, SHORT_SOURCES),
    Fit(NORMAL, SOURCES_IN_A_LINE),
    Fit(SMALL, SOURCES_IN_A_LINE),
    Fit(SMALLER, SOURCES_IN_A_LINE),
    Fit(SMALLER, SOURCES_IN_A_LINE, is_tight=True),
    Fit(SMALLER, NO_TIPS, is_tight=True),
    Fit(SMALLEST, NO_TIPS, is_tight=True),
    Fit(SMALLEST, SHORT_TELLING, is_tight=True),
    Fit(SMALLEST, TERMS_ONLY, is_tight=True),
)
LARGE_FITS = (
    Fit(LARGE, WHOLE),
    Fit(LARGE, SHORT_SOURCES),
    Fit(LARGE, SOURCES_IN_A_LINE),
    Fit(LARGE, NO_TIPS),
    Fit(LARGE, NO_TIPS, is_tight=True),
    Fit(LARGE, SHORT_TELLING, is_tight=True),
    Fit(LARGE, TERMS_ONLY, is_tight=True),
)
"""What is tried, in this order, until the page fits: on one side, and in large print on two."""


class Handout(NamedTuple):
    """All pages of one handout, without hidden characters."""

    clinician: ClinicianPage
    patient: PatientPage
    in_clinic_language: ClinicianPage | None
    """The clinician's page once more, if the patient read another language than clinicians do."""
    fit: Fit
    ways: tuple[tuple[Fit, PatientPage], ...] = ()
    """The patient's page in every way that may be tried, for what can measure it; only if asked for."""


def handout(
    content: Content,
    visit: Visit,
    language: str = "",
    *,
    large_print: bool = False,
    with_ways: bool = False,
) -> Handout:
    """Return the handout of one visit, in the language that the patient read, or in another one."""
    voice = Voice(content, language or visit.language)
    fits = LARGE_FITS if large_print else NORMAL_FITS
    fit = next((fit for fit in fits if fits_on_paper(patient_page(visit, voice, fit), fit)), fits[-1])
    return with_fit(content, visit, language, fit, others=fits if with_ways else ())


def with_fit(
    content: Content, visit: Visit, language: str, fit: Fit, *, others: tuple[Fit, ...] = ()
) -> Handout:
    """Return the handout with a given size and a given level of shortening, and with other ways to fit."""
    voice = Voice(content, language or visit.language)
    is_other = content.clinic_language != voice.language
    page = Handout(
        clinician=clinician_page(visit, voice),
        patient=patient_page(visit, voice, fit),
        in_clinic_language=clinician_page(visit, Voice(content, content.clinic_language))
        if is_other
        else None,
        fit=fit,
        ways=tuple((each, patient_page(visit, voice, each)) for each in others),
    )
    return with_words(page, _visible)


def fits_on_paper(page: PatientPage, fit: Fit) -> bool:
    """Return whether the page fits on one side of A4 and of Letter, or in large print on two."""
    sides, lost = (2, _LOST_BETWEEN_SIDES * fit.size) if fit.is_large else (1, 0.0)
    papers = LARGE_PAPERS if fit.is_large else PAPERS
    return all(height(page, fit, across) <= sides * down - lost for across, down in papers)


def _visible(text: str) -> str:
    """Return the text on one line with hidden characters made visible: a reference may come from anywhere."""
    if text.isprintable() and max(text, default="") < "\u0300":  # Latin letters, and no hidden ones
        return text.strip()
    return "".join("\ufffd" if is_hidden(c) else c for c in text.translate(_ONE_LINE)).strip()
