"""The handout as a PDF: tagged, with its language and embedded fonts. Needs the extra `fibrocheck[pdf]`."""

from __future__ import annotations

import json
from contextlib import suppress
from importlib.resources import files
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from fibrocheck.errors import StaffError
from fibrocheck.pages.qr import qr_code

if TYPE_CHECKING:
    from fibrocheck.pages.handout import Handout

TEMPLATE = "handout.typ"
_SIDES = 2
"""Of one sheet, on which each part of large print fits."""

_STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1 (ISO 14289-1): tags, a title, a language, and a text for each picture."""


def can_make_pdf() -> bool:
    """Return whether the library for PDF is installed. It is not imported yet."""
    return find_spec("typst") is not None


def check_pdf() -> None:
    """Raise `StaffError` if the library for PDF is not installed."""
    if not can_make_pdf():
        raise StaffError("A PDF cannot be made here. Install it with: pip install 'fibrocheck[pdf]'")


def render_pdf(handout: Handout) -> bytes:
    """Return the pages as a PDF of a size that fits on both A4 and Letter.

    Nothing is written to a file. Words are data and never read as markup. The pages are measured: each of
    the handout's ways to fit is tried until one does. `StaffError` if the library is not installed.
    """
    check_pdf()
    link = handout.patient.booking.value if handout.patient.booking else ""
    code = qr_code(link)
    ways = handout.ways or ((handout.fit, handout.patient),)
    data = {
        "clinician": _plain(handout.clinician),
        "patient": [{"size": fit.size, "tight": fit.is_tight, "page": _plain(page)} for fit, page in ways],
        "again": _plain(handout.in_clinic_language),
        "large": handout.fit.is_large,
        "link": link if code else "",
        "code": {"size": code.size, "path": code.path} if code else None,
        "from": {},
    }
    template = files(__package__).joinpath(TEMPLATE).read_bytes()
    if handout.fit.is_large:
        data["from"] = _ways_that_fit(template, data)
    return _compiled(template, json.dumps(data))


def _ways_that_fit(template: bytes, data: dict[str, Any]) -> dict[str, int]:
    """Return, for each part of large print, the first of its ways that really fits on two sides.

    Before it is laid out, nobody knows how much of the first side stays empty because lines are kept
    together.
    """
    import typst

    tried: dict[str, int] = {}
    while True:
        with suppress(typst.TypstError):  # as below; then the last attempt stands
            given = {"handout": json.dumps({**data, "from": tried})}
            ends = json.loads(typst.query(template, "<end>", field="value", sys_inputs=given))
            last_sides = [0, *(end["page"] for end in ends)]
            used = [last - first for first, last in pairwise(last_sides)]
            tried = {end["part"]: end["way"] for end in ends}
            too_long = [
                end["part"]
                for end, count in zip(ends, used, strict=True)
                if count > _SIDES and not end["last"]
            ]
            tried |= {part: tried[part] + 1 for part in too_long}
            if too_long:
                continue
        return tried


def _compiled(template: bytes, data: str) -> bytes:
    """Return the PDF; without the claim of PDF/UA if a character is in none of this computer's fonts."""
    import typst

    standards: tuple[Literal["ua-1"] | None, ...] = (_STANDARD, None)
    for each in standards:
        with suppress(typst.TypstError):  # its message repeats words of the page
            return typst.compile(template, format="pdf", sys_inputs={"handout": data}, pdf_standards=each)
    raise StaffError("The PDF could not be made. Use the page as HTML or text.")


def _plain(value: object) -> object:
    """Return named tuples as dictionaries, and tuples as lists."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _plain(each) for name, each in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value
