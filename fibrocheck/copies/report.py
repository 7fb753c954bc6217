"""A saved record shown again: the summary its patient saw, from the record and its content alone."""

from pathlib import Path

from fibrocheck.content.model import Content
from fibrocheck.copies.copier import HTML, page
from fibrocheck.errors import StaffError
from fibrocheck.pages.summary_text import render_summary
from fibrocheck.pages.text_layout import MEASURE
from fibrocheck.records.elements import to_json
from fibrocheck.records.reading import read_response
from fibrocheck.records.record import RecordError
from fibrocheck.records.response import response
from fibrocheck.summary import summarise

_LARGEST = 1_000_000  # bytes; a record of every answer is about 40,000


def reported(
    file: Path, content: Content, form: str, language: str | None, *, large_print: bool = False
) -> str:
    """A record as text, HTML or JSON, in its own language or another.

    `RecordError` if it cannot be read, is damaged, or belongs to other content.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise RecordError(f"{file}: {reason}", "Name a saved record that can be read") from None
    try:
        saved = read_response(data, content)
    except RecordError as error:
        raise StaffError(f"{file}: {error}") from None
    shown = language or saved.language
    if form == "json":
        return to_json(
            response(
                content,
                saved.answers,
                language=shown,
                authored=saved.authored,
                identifier=saved.identifier,
                reference=saved.reference,
            )
        )
    if form == "html":
        return page(
            content, saved.answers, shown, HTML, saved.authored, saved.reference, large_print=large_print
        )
    return render_summary(summarise(content, saved.answers), content, shown, MEASURE)
