"""The options of a visit: read without the command-line library where that is possible, and checked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from fibrocheck.errors import WrongUsage, refuse
from fibrocheck.plain_options import Known, read_options
from fibrocheck.visit.terminal import one_visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from fibrocheck.content.model import Content
    from fibrocheck.copies.copier import Copier
    from fibrocheck.early_page import EarlyPage
    from fibrocheck.file_reading import File


class VisitOptions(NamedTuple):
    """What `fibrocheck` without a command can be told; the options of the same names."""

    language: str | None = None
    questions: File | None = None
    plain: bool = False
    large: bool = False
    speak: bool = False
    no_speech: bool = False
    save: tuple[Path, ...] = ()
    force: bool = False
    reference: str | None = None
    printer: str = ""
    records: Path | None = None
    ways: str = ""
    large_print: bool = False
    show: bool = False


_KNOWN = Known(
    flags={"--plain", "--large", "--speak", "--no-speech", "--force", "--large-print", "--show"},
    texts={"--language", "--reference", "--printer", "--ways"},
    paths={"--save", "--records", "--questions"},
    several={"--save"},
)


def read_plainly(arguments: Sequence[str], environment: Mapping[str, str]) -> VisitOptions | None:
    """Return the options on a command line, or `None` if the command-line library must read it."""
    values = read_options(arguments, environment, _KNOWN)
    return None if values is None else VisitOptions(**values)


def start_visit(options: VisitOptions, early: EarlyPage | None = None) -> None:
    """Check that the options can have their effect, and lead one person through a visit (`one_visit`).

    `early` shows the first page already.

    `WrongUsage` for options that do not go together, and a `StaffError` for a place that cannot be used.
    """
    refuse(options.force and not options.save, "--force", "needs --save FILE: add it")
    refuse(
        options.speak and options.no_speech,
        "--speak",
        "has no effect with --no-speech: leave out one of them",
    )
    if options.printer:
        _warn_of_printer(options.printer)
    if options.large_print and options.printer:
        from fibrocheck.pages.pdf import can_make_pdf

        refuse(not can_make_pdf(), "--large-print", "has no effect on a printer without fibrocheck[pdf]")
    one_visit(
        language=options.language,
        questions=options.questions,
        plain=options.plain,
        large=options.large,
        show=options.show,
        speech=not options.no_speech,
        speak=options.speak,
        copier=_copier(options),
        early=early,
    )


def _warn_of_printer(printer: str) -> None:
    """Tell staff on standard error that nothing could be printed; the visit goes on without paper."""
    import sys

    from fibrocheck.copies.printer import PrintError, check_printer

    try:
        check_printer(printer)
    except PrintError as error:
        sys.stderr.write(f"{error}\n")


def _copier(options: VisitOptions) -> Callable[[Content], Copier]:
    """Return what makes the copier when the first page is shown; what it needs is checked now."""
    more = dict(_checked(options))

    def make(content: Content) -> Copier:
        from fibrocheck.copies.copier import Copier

        return Copier(
            content,
            reference=options.reference or "",
            printer=options.printer,
            save_to=options.save,
            force=options.force,
            large_print=options.large_print,
            **more,
        )

    return make


def _checked(options: VisitOptions) -> Iterator[tuple[str, Any]]:
    """Yield more for the copier: the roads and the folder, if they are given; check all that is given."""
    if options.ways:
        from fibrocheck.copies.copier import roads_in

        yield "ways", roads_in(options.ways, printer=options.printer, records=options.records)
    _check_files(options)
    if options.reference is not None:
        from fibrocheck.records.record import checked_reference

        checked_reference(options.reference)
    if options.records is not None:
        from fibrocheck.copies.folder.desk_folder import Folder

        folder = Folder(options.records)
        folder.check_ready()
        yield "folder", folder


def _check_files(options: VisitOptions) -> None:
    """Raise `SaveError` for a file of `--save` that cannot be written, `WrongUsage` for one named twice.

    `StaffError` for a PDF if none can be made here.
    """
    if not options.save:
        return
    from fibrocheck.copies.files import check_writable
    from fibrocheck.copies.formats import PDF, format_of

    for file in options.save:
        if format_of(file) is PDF:
            from fibrocheck.pages.pdf import check_pdf

            check_pdf()
        check_writable(file, force=options.force)
    places = [os.path.realpath(file) for file in options.save]
    if len(set(places)) < len(places):
        raise WrongUsage("--save names the same file twice. Leave out one of them.")
