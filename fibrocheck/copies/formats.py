"""The formats of a copy: one row each in `FORMATS`, and every other place reads that table.

To add a format, write its renderer in `pages` or `records`, call it from a function here, and add a
row. Renderers are imported when a copy is made: a visit's first page does not wait for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.copies.files import SaveError
from fibrocheck.text_safety import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from fibrocheck.content.program_words import Words
    from fibrocheck.content.text import Text
    from fibrocheck.copies.visit_copy import VisitCopy
    from fibrocheck.pages.handout import Handout
    from fibrocheck.pages.paper import Visit


class Format(NamedTuple):
    """One format of a copy: how it is made, and where it is offered."""

    name: str
    render: Callable[[VisitCopy], str | bytes]
    """Returns the document. `RecordError` if the record cannot be made."""
    media_type: str
    suffix: str = ""
    """The suffix of its files, such as ".html"; empty if it is not saved by `--save`."""
    label: Callable[[Words], Text] | None = None
    """Its label on the page "Save a copy"; `None` if it is not offered there."""
    in_report: bool = False
    """Whether `report --format` takes its name."""
    is_saved: bool = True
    """Whether `--save` takes its suffix."""


def _summary_text(copy: VisitCopy) -> str:
    from fibrocheck.pages.summary_text import render_summary
    from fibrocheck.pages.text_layout import MEASURE
    from fibrocheck.records.record import not_asked_yet
    from fibrocheck.summary import summarise

    summary = summarise(copy.content, copy.record.answers, not_asked_yet(copy.record, copy.content))
    language, other = copy.shown_in or copy.record.language, copy.is_other_version
    shown = render_summary(summary, copy.content, language, MEASURE, is_other_version=other)
    return shown if _is_finished(copy) else f"{copy.content.words.not_finished[language]}\n\n{shown}"


def _html(copy: VisitCopy) -> str:
    from fibrocheck.pages.html import render_html

    return render_html(_handout(copy))


def _pdf(copy: VisitCopy) -> bytes:
    from fibrocheck.pages.pdf import render_pdf

    return render_pdf(_handout(copy, with_ways=True))


def _handout_text(copy: VisitCopy) -> str:
    from fibrocheck.pages.handout_text import render_text_handout

    return render_text_handout(_handout(copy))


def _printed_text(copy: VisitCopy) -> str:
    from fibrocheck.pages.handout_text import FORM_FEED, render_text_handout

    return render_text_handout(_handout(copy), between=FORM_FEED)


def _chart(copy: VisitCopy) -> str:
    from fibrocheck.pages.chart import render_chart
    from fibrocheck.pages.voice import Voice

    language = copy.shown_in or copy.content.clinic_language
    return render_chart(_visit(copy), Voice(copy.content, language))


def _csv(copy: VisitCopy) -> str:
    return csv_of([copy])


def csv_of(copies: Sequence[VisitCopy]) -> str:
    """Return one table of several lists, a line each."""
    from fibrocheck.records.csv_table import Entry, csv_table

    entries = [Entry(each.record, each.content, each.number, each.code) for each in copies]
    return csv_table(entries, next((each.columns for each in copies), ()))


def _json(copy: VisitCopy) -> str:
    from fibrocheck.records.elements import to_json
    from fibrocheck.records.response import write_response

    return to_json(copy.original or write_response(copy.record, copy.content))


def _handout(copy: VisitCopy, *, with_ways: bool = False) -> Handout:
    from fibrocheck.pages.handout import handout

    shown_in, large = copy.shown_in, copy.large_print
    return handout(copy.content, _visit(copy), shown_in, large_print=large, with_ways=with_ways)


def _visit(copy: VisitCopy) -> Visit:
    from fibrocheck.pages.paper import Visit
    from fibrocheck.records.record import not_asked_yet
    from fibrocheck.records.times import day_of

    record, correction = copy.record, copy.record.correction
    return Visit(
        record.answers,
        record.language,
        day_of(record.authored),
        reference=record.reference,
        number=copy.number,
        code=copy.code,
        source=record.source,
        device=record.device,
        is_other_version=copy.is_other_version,
        is_finished=_is_finished(copy),
        not_asked=not_asked_yet(record, copy.content),
        appointment_day=record.appointment_date,
        corrected_by=correction.by if correction else "",
        corrected_on=day_of(correction.at) if correction else None,
    )


def _is_finished(copy: VisitCopy) -> bool:
    from fibrocheck.records.record import IN_PROGRESS

    return copy.record.status != IN_PROGRESS


# The summary, as plain mode shows it at the end of a visit, is what `report` prints. HTML, PDF and text
# are the same pages, to keep or to print; a chart note and a table are for the clinic.
SUMMARY_TEXT = Format("text", _summary_text, "text/plain", in_report=True)
HTML = Format("html", _html, "text/html", ".html", lambda words: words.form_html, in_report=True)
PDF = Format("pdf", _pdf, "application/pdf", ".pdf", in_report=True)
HANDOUT_TEXT = Format("txt", _handout_text, "text/plain", ".txt", lambda words: words.form_text)
CHART = Format("chart", _chart, "text/plain", in_report=True)
CSV = Format("csv", _csv, "text/csv", ".csv", in_report=True, is_saved=False)
JSON = Format(
    "json", _json, "application/fhir+json", ".json", lambda words: words.form_record, in_report=True
)

FORMATS = (SUMMARY_TEXT, HTML, PDF, HANDOUT_TEXT, CHART, CSV, JSON)
"""Every format, in the order in which they are listed."""

PAGES = (HTML, PDF, HANDOUT_TEXT)
"""Those that are pages to print, in normal or large print."""

_PRINTED_TEXT = Format("print", _printed_text, "text/plain")


IDENTIFYING = ("number", "appointment", "code", "time", "identifier")
"""The columns that a table has only if they are asked for; `records.csv_table` makes them."""


def printed() -> Format:
    """Return the format that is sent to a printer: PDF if this computer can make it, otherwise text."""
    from fibrocheck.pages.pdf import can_make_pdf

    return PDF if can_make_pdf() else _PRINTED_TEXT


SUFFIXES = tuple(each.suffix for each in FORMATS if each.suffix and each.is_saved)
"""The suffixes of the files that can be saved."""

REPORT_NAMES = tuple(each.name for each in FORMATS if each.in_report)
"""The names that `report --format` takes."""


def page_choices(words: Words) -> tuple[tuple[Format, Text], ...]:
    """Return the formats offered on the page "Save a copy", each with its label."""
    return tuple((each, each.label(words)) for each in FORMATS if each.label is not None)


def named(name: str) -> Format:
    """Return the format of that name; `KeyError` if there is none."""
    return {each.name: each for each in FORMATS}[name]


def format_of(path: Path) -> Format:
    """Return the format that a file's suffix asks for, in small or capital letters; `SaveError` if none."""
    suffix = path.suffix.lower()
    found = next((each for each in FORMATS if suffix in SUFFIXES and each.suffix == suffix), None)
    if found is None:
        what = f"the name ends in {quoted(path.suffix)}" if path.suffix else "the name has no suffix"
        raise SaveError(path, what, f"Use a name that ends in {either(SUFFIXES)}, such as visit.txt")
    return found


def either(words: Sequence[str]) -> str:
    """Return the words as a phrase: "a, b or c"."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
