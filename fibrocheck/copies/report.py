"""Shows a saved list again, from its record or code and its questionnaire alone."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from fibrocheck.copies.files import SaveError
from fibrocheck.copies.formats import FORMATS, SUMMARY_TEXT, Format, either, named
from fibrocheck.copies.visit_copy import VisitCopy
from fibrocheck.errors import WrongUsage
from fibrocheck.text_safety import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from fibrocheck.records.reading import SavedRecord

_OF_TEXT = ("", ".txt", ".text", ".md")


def as_written(form: Format, copy: VisitCopy) -> str | bytes:
    """Return a document as it is written to a file or to standard output.

    All but plain text is bytes: a page and a record are UTF-8, whatever the encoding of the terminal.
    """
    shown = form.render(copy)
    if isinstance(shown, str) and form.media_type != "text/plain":
        return shown.encode("utf-8")
    return shown


def copy_of(saved: SavedRecord, language: str | None) -> VisitCopy:
    """Return what a format is made of, in the language that the person read or in another one."""
    original = saved.resource
    if language is not None:
        from fibrocheck.records.response import with_narrative_in  # few ask for another language

        in_it = saved.record._replace(language=language)
        original = with_narrative_in(language, original, in_it, saved.content)
    return VisitCopy(
        saved.content,
        saved.record,
        original=original,
        is_other_version=saved.is_other_version,
        shown_in=language or "",
    )


def report_format(name: str | None, output: Path | None) -> Format:
    """Return the format that `--format` names, or else the suffix of `--output`; `WrongUsage` if they differ.

    With `--format`, a text may have any suffix that no other format has, and a folder any name. `SaveError`
    for a suffix that names no format.
    """
    suffix = output.suffix.lower() if output else ""
    by_suffix = next((each for each in FORMATS if each.in_report and each.suffix == suffix != ""), None)
    if name is None:
        _check_suffix(output, suffix, is_known=by_suffix is not None)
        return by_suffix or SUMMARY_TEXT
    form = named(name)
    is_file = output is not None and not output.is_dir()
    if is_file and by_suffix is not (form if form.suffix else None):
        what = f"--format {name} and --output {quoted(str(output))} do not agree"
        example = f"visit{form.suffix or '.txt'}"
        folder = "" if suffix else " For a folder of records, make the folder first."
        raise WrongUsage(f"{what}. Name a file such as {example}, or leave out --format.{folder}")
    return form


def _check_suffix(output: Path | None, suffix: str, *, is_known: bool) -> None:
    """Raise `SaveError` for a file whose name does not say which format is meant; a text needs no suffix."""
    if output is None or is_known or suffix in _OF_TEXT or output.is_dir():
        return
    names = either([".txt", *(each.suffix for each in FORMATS if each.in_report and each.suffix)])
    what = f"the name ends in {quoted(output.suffix)}"
    raise SaveError(output, what, f"Use a name that ends in {names}, or add --format")


def check_output(file: str | Path, output: Path | None) -> None:
    """Raise `SaveError` if the output would replace the record that is shown, by whatever name."""
    with suppress(OSError, ValueError):  # one of them does not exist, or cannot be: reported later
        if output is not None and os.path.samefile(file, output):
            raise SaveError(output, "this is the record itself", "Choose another name")
