"""Shows many saved records in one run: one that cannot be shown is named, and the rest is done."""

from __future__ import annotations

import gc
import os
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.copies.files import save
from fibrocheck.copies.formats import CSV, Format, csv_of
from fibrocheck.copies.report import as_written, copy_of
from fibrocheck.copies.sources import read_list
from fibrocheck.errors import StaffError, WrongUsage, system_words
from fibrocheck.records.record import OtherPatientError
from fibrocheck.records.strict_json import Repeated
from fibrocheck.text_safety import MAX_PATH, printable, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from fibrocheck.content.model import Content
    from fibrocheck.copies.visit_copy import VisitCopy

_SUFFIX = ".json"
_NUMBERED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}/([0-9]{3,6})\.json")
"""The end of the path of a list at the front desk: the day and its number (`folder.numbers`)."""

_TEXT_SUFFIX = ".txt"
_OBJECTS = 100_000
"""About ten megabytes."""


class Options(NamedTuple):
    """How records are shown."""

    form: Format
    language: str | None = None
    large_print: bool = False
    columns: tuple[str, ...] = ()
    """Columns to add to a table that could tell who the person is."""
    output: Path | None = None
    """The folder for a document of each record, or the file for a table; `None` is standard output."""
    force: bool = False


def is_batch(sources: Sequence[str]) -> bool:
    """Return whether several records are meant: several names, or a folder."""
    return len(sources) > 1 or any(os.path.isdir(each) for each in sources)


def number_of(path: str) -> str:
    """Return the number that a list has at the front desk, by the path of its file; empty if it has none."""
    found = _NUMBERED.search(path.replace(os.sep, "/"))
    return found[1] if found and found.end() == len(path) else ""


def records_in(sources: Iterable[str]) -> Iterator[str]:
    """Yield the records that the sources name: a folder's own, and those in the folders inside it.

    `StaffError` if a folder has none, or cannot be read. Links and hidden folders in it are not followed.
    """
    for source in sources:
        if not os.path.isdir(source):
            yield source
            continue
        unread: list[OSError] = []
        found = sorted(_walked(source, unread.append))
        if not found:
            _check_readable(source)
            for error in unread:
                _check_readable(error.filename)
            raise StaffError(f"{printable(source)}: no saved records in this folder. Name another one.")
        yield from found


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for cycles seldom: records are many objects and no cycles. It took a seventh of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@_seldom_collected()
def show_batch(
    sources: Sequence[str], content: Content, options: Options, write: Callable[[str], object]
) -> bool:
    """Show all records, and return whether every one could be shown.

    Those that could not are named on standard error, one line each; of a folder, those of other patients are
    left out, which is no failure. `WrongUsage` if the documents of this
    format cannot follow one another, and no folder is given; `SaveError` if a table cannot be saved.
    """
    _check_output(options)
    records = list(records_in(sources))
    root = os.path.commonpath([os.path.dirname(os.path.abspath(each)) for each in records])
    copies: list[VisitCopy] = []
    repeated = Repeated()
    failed = 0
    is_shown_here = options.output is None and options.form is not CSV
    for name in _with_progress(records, is_shown_here=is_shown_here):
        try:
            copy = copy_in(name, content, options, repeated)
            if options.form is CSV:
                copies.append(copy._replace(original=None))  # a table is made of the answers alone
            elif options.output:
                target = options.output / _file_name(name, root, options.form)
                save(target, as_written(options.form, copy), force=options.force)
            else:
                write(f"# {printable(name)}\n{_text(options.form, copy)}\n")
        except StaffError as error:
            is_left_out = name not in sources and isinstance(error, OtherPatientError)
            failed += not is_left_out
            sys.stderr.write(f"{'Left out: ' * is_left_out}{error}\n")
    if copies:
        _write_table(csv_of(copies), options, write)
    return not failed


def _check_readable(folder: str) -> None:
    try:
        os.listdir(folder)
    except OSError as error:
        what = f"{printable(folder)}: {system_words(error, 'it cannot be read')}"
        raise StaffError(f"{what}. Choose a folder that you can read.") from None


def _walked(folder: str, failed: Callable[[OSError], object]) -> Iterator[str]:
    for parent, folders, files in os.walk(folder, onerror=failed):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        yield from (os.path.join(parent, each) for each in files if each.endswith(_SUFFIX))


def _check_output(options: Options) -> None:
    form, output = options.form, options.output
    is_folder = output is not None and output.is_dir()
    if form is CSV:
        return
    if output is not None and not is_folder:
        what = f"--output {quoted(str(output))} is not a folder, and each of several records gets a file"
        raise WrongUsage(f"{what}. Make the folder, or name another one.")
    if output is None and form.media_type != "text/plain":
        raise WrongUsage(f"--format {form.name} makes a file for each record. Add --output FOLDER.")


def copy_in(
    source: str | None, content: Content, options: Options, repeated: Repeated | None = None
) -> VisitCopy:
    """Return what a format is made of for one source (see `read_list`). Its notes go to standard error."""
    found = read_list(source, content, repeated)
    for note in found.notes:
        sys.stderr.write(f"{printable(note, MAX_PATH)}\n")
    return copy_of(found.saved, options.language)._replace(
        large_print=options.large_print,
        columns=options.columns,
        number=number_of(os.path.abspath(source)) if source else "",
        code=found.code if options.form is CSV else "",  # a record shows the same page and has none
    )


def _text(form: Format, copy: VisitCopy) -> str:
    return str(form.render(copy))  # only text follows one another


def _file_name(name: str, root: str, form: Format) -> str:
    """Return a name for a document, made of the record's place below all of them: 2026-11-25-273.html."""
    place = os.path.relpath(os.path.abspath(name), root)
    return place.removesuffix(_SUFFIX).replace(os.sep, "-") + (form.suffix or _TEXT_SUFFIX)


def _write_table(table: str, options: Options, write: Callable[[str], object]) -> None:
    if options.output is None:
        write(table)
    else:
        save(options.output, table, force=options.force)


def _with_progress(records: Sequence[str], *, is_shown_here: bool) -> Iterable[str]:
    """Return the records, with a bar on standard error while they are worked on, if it is a terminal.

    Not if the documents come to the screen themselves, one by one.
    """
    if not sys.stderr.isatty() or (is_shown_here and sys.stdout.isatty()):
        return records
    from rich.console import Console  # not before there is a bar
    from rich.progress import track

    return track(records, "", console=Console(stderr=True), transient=True)
