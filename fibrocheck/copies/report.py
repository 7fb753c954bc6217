"""Shows a saved record again, from the record and its questionnaire alone."""

from pathlib import Path

from fibrocheck.content.model import Content
from fibrocheck.copies.formats import Format
from fibrocheck.copies.visit_copy import VisitCopy
from fibrocheck.errors import StaffError
from fibrocheck.records.reading import SavedRecord, read_saved
from fibrocheck.records.record import RecordError
from fibrocheck.records.response import with_narrative_in

_MAX_SIZE = 1_000_000  # bytes; a record with every choice marked has about 40,000


def show_record(
    file: Path, content: Content, form: Format, language: str | None, *, large_print: bool = False
) -> str | bytes:
    """Return a saved record in one of the formats, in its own language or another.

    All but plain text is bytes: a page and a record are UTF-8, whatever the encoding of the terminal.

    `StaffError` if the file cannot be read, is damaged, or belongs to another questionnaire.
    """
    saved = _read(file, content)
    record, original = saved.record, saved.resource
    if language is not None:
        record = record._replace(language=language)
        original = with_narrative_in(language, original, record, saved.content)
    shown = form.render(VisitCopy(saved.content, record, large_print, original, saved.is_other_version))
    if isinstance(shown, str) and form.media_type != "text/plain":
        return shown.encode("utf-8")
    return shown


def _read(file: Path, content: Content) -> SavedRecord:
    try:
        with file.open("rb") as stream:
            data = stream.read(_MAX_SIZE + 1)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise RecordError(f"{file}: {reason}", "Name a saved record that can be read") from None
    try:
        return read_saved(data, content)
    except RecordError as error:
        raise StaffError(f"{file}: {error}") from None
