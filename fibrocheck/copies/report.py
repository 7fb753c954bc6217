"""Shows a saved record again, from the record and its questionnaire alone."""

import os
from contextlib import suppress
from pathlib import Path

from fibrocheck.content.model import Content
from fibrocheck.copies.files import SaveError
from fibrocheck.copies.formats import FORMATS, SUMMARY_TEXT, Format, named
from fibrocheck.copies.visit_copy import VisitCopy
from fibrocheck.errors import StaffError, WrongUsage
from fibrocheck.file_reading import read_regular_file
from fibrocheck.records.reading import SavedRecord, read_saved
from fibrocheck.records.record import RecordError
from fibrocheck.records.response import with_narrative_in
from fibrocheck.records.strict_json import MAX_BYTES
from fibrocheck.text_safety import printable, quoted


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


def report_format(name: str | None, output: Path | None) -> Format:
    """Return the format that `--format` names, or else the suffix of `--output`; `WrongUsage` if they differ.

    A text may have any suffix that no other format has.
    """
    suffix = output.suffix.lower() if output else ""
    by_suffix = next((each for each in FORMATS if each.in_report and each.suffix == suffix != ""), None)
    if name is None:
        return by_suffix or SUMMARY_TEXT
    form = named(name)
    if output is not None and by_suffix is not (form if form.suffix else None):
        what = f"--format {name} and --output {quoted(str(output))} do not agree"
        example = f"visit{form.suffix or '.txt'}"
        raise WrongUsage(f"{what}. Name a file such as {example}, or leave out --format.")
    return form


def check_output(file: Path, output: Path | None) -> None:
    """Raise `SaveError` if the output would replace the record that is shown, by whatever name."""
    with suppress(OSError, ValueError):  # one of them does not exist, or cannot be: reported later
        if output is not None and os.path.samefile(file, output):
            raise SaveError(output, "this is the record itself", "Choose another name")


def _read(file: Path, content: Content) -> SavedRecord:
    name = printable(str(file))
    try:
        data = read_regular_file(file, MAX_BYTES)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "this file name is not valid").lower()
        raise RecordError(f"{name}: {reason}", "Name a saved record that can be read") from None
    try:
        return read_saved(data, content)
    except RecordError as error:
        raise StaffError(f"{name}: {error}") from None
