"""Shows a saved record again, from the record and its questionnaire alone."""

from pathlib import Path

from fibrocheck.content.model import Content
from fibrocheck.copies.formats import Format
from fibrocheck.copies.visit_copy import VisitCopy
from fibrocheck.errors import StaffError
from fibrocheck.file_reading import read_regular_file
from fibrocheck.records.reading import read_response
from fibrocheck.records.record import Record, RecordError
from fibrocheck.text_safety import printable

_MAX_SIZE = 1_000_000  # bytes; a record with every choice marked has about 40,000


def show_record(
    file: Path, content: Content, form: Format, language: str | None, *, large_print: bool = False
) -> str | bytes:
    """Return a saved record in one of the formats, in its own language or another.

    `StaffError` if the file cannot be read, is damaged, or belongs to another questionnaire.
    """
    record = _read(file, content)
    record = record._replace(language=language or record.language)
    return form.render(VisitCopy(content, record, large_print))


def _read(file: Path, content: Content) -> Record:
    name = printable(str(file))
    try:
        data = read_regular_file(file, _MAX_SIZE)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "this file name is not valid").lower()
        raise RecordError(f"{name}: {reason}", "Name a saved record that can be read") from None
    try:
        return read_response(data, content)
    except RecordError as error:
        raise StaffError(f"{name}: {error}") from None
