"""`fibrocheck report`: its options, read without the command-line library where possible, and its work.

A thousand lists as a table take half a second; the library would add a sixth of that.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.content.loader import load_for
from fibrocheck.copies.formats import CSV, IDENTIFYING, PAGES, REPORT_NAMES, either
from fibrocheck.errors import refuse
from fibrocheck.plain_options import Known, read_options

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from fibrocheck.copies.formats import Format
    from fibrocheck.file_reading import File


class ReportOptions(NamedTuple):
    """What `fibrocheck report` can be told: its arguments, and the options of the same names."""

    sources: tuple[str, ...] = ()
    format: str | None = None
    output: Path | None = None
    identify: str | None = None
    force: bool = False
    language: str | None = None
    questions: File | None = None
    large_print: bool = False


_KNOWN = Known(
    flags={"--force", "--large-print"},
    texts={"--format", "--identify", "--language"},
    paths={"--output", "--questions"},
    others="sources",
)


def read_plainly(arguments: Sequence[str], environment: Mapping[str, str]) -> ReportOptions | None:
    """Return the options after `fibrocheck report`, or `None` if the command-line library must read them."""
    values = read_options(arguments, environment, _KNOWN)
    if values is None:
        return None
    options = ReportOptions(**values)
    is_right = options.format in (None, *REPORT_NAMES) and wrong_column(options.identify) is None
    return options if is_right else None


def wrong_column(names: str | None) -> str | None:
    """Return the first of a list of names that no column of a table has; `None` if all have one."""
    listed = names.split(",") if names is not None else ()
    return next((name for name in listed if name not in IDENTIFYING), None)


def show_report(options: ReportOptions) -> bool:
    """Show saved records, or the list in a code; return whether every one could be shown.

    `WrongUsage` for options that do not go together, and a `StaffError` for what cannot be read or saved.
    """
    from fibrocheck.copies.report import report_format

    output = options.output
    refuse(options.force and output is None, "--force", "needs --output FILE: add it")
    shown = report_format(options.format, output)
    pages = either([each.name for each in PAGES if each.in_report])
    refuse(options.large_print and shown not in PAGES, "--large-print", f"needs --format {pages}: add it")
    is_for_tables = options.identify is not None
    refuse(is_for_tables and shown is not CSV, "--identify", f"needs --format {CSV.name}: add it")
    return _show(options, shown)


def _show(options: ReportOptions, shown: Format) -> bool:
    from fibrocheck.copies.batch import Options, copy_in, is_batch, show_batch
    from fibrocheck.copies.report import as_written, check_output
    from fibrocheck.process import protect_memory

    sources, output = options.sources, options.output
    columns = tuple(options.identify.split(",")) if options.identify else ()
    protect_memory()
    content = load_for(options.questions, options.language)
    how = Options(shown, options.language, options.large_print, columns, output, options.force)
    if is_batch(sources):
        return show_batch(sources, content, how, _write)
    source = sources[0] if sources else None
    check_output(source or "", output)
    document = as_written(shown, copy_in(source, content, how))
    if output is None:
        _write(document)
    else:
        from fibrocheck.copies.files import save

        save(output, document, force=options.force)
    return True


def _write(document: str | bytes) -> None:
    """Write a document to standard output; bytes as they are, whatever the encoding of the terminal."""
    if isinstance(document, str):
        sys.stdout.write(document)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(document)
    sys.stdout.flush()
