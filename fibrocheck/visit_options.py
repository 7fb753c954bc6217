"""The options of a visit: read without the command-line library where that is possible, and checked.

Typer takes about 60 milliseconds to load, as much as a third of a start. It is left to read what is not
written in the plainest way: `--option VALUE`, `--option=VALUE` or `--flag`, each once. So every message
about a wrong command line is its own.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from fibrocheck.errors import WrongUsage, refuse
from fibrocheck.postponing import later, postponing
from fibrocheck.text_safety import is_queue_name
from fibrocheck.visit.terminal import one_visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from fibrocheck.content.model import Content
    from fibrocheck.copies.copier import Copier
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


_FLAGS = {"--plain", "--large", "--speak", "--no-speech", "--force", "--large-print", "--show"}
_TEXTS = {"--language", "--reference", "--printer", "--ways"}
_PATHS = {"--save", "--records", "--questions"}
_VARIABLES = {"--questions": "FIBROCHECK_QUESTIONS", "--records": "FIBROCHECK_RECORDS"}
"""Where two options come from if they are not given; an empty variable is none."""


def read_plainly(arguments: Sequence[str], environment: Mapping[str, str]) -> VisitOptions | None:
    """Return the options on a command line, or `None` if the command-line library must read it."""
    given = _given(arguments)
    if given is None or not is_queue_name(given.get("--printer", ["any"])[0]):
        return None
    for option, variable in _VARIABLES.items():
        if option not in given and environment.get(variable):
            given[option] = [environment[variable]]
    values = {option[2:].replace("-", "_"): _value(option, texts) for option, texts in given.items()}
    return VisitOptions(**values)


def _given(arguments: Sequence[str]) -> dict[str, list[str]] | None:
    """Return the texts of each option; `None` if one is unknown, without a value, or there too often."""
    found: dict[str, list[str]] = {}
    left = iter(arguments)
    for argument in left:
        option, equals, text = argument.partition("=")
        is_flag = option in _FLAGS and not equals
        if not is_flag and option in _TEXTS | _PATHS and not equals:
            text = next(left, "")
        has_value = option in _TEXTS | _PATHS and text and not text.startswith("-")
        if not (is_flag or has_value) or (option in found and option != "--save"):
            return None
        found.setdefault(option, []).append(text)
    return found


def _value(option: str, texts: list[str]) -> Any:
    """Return what an option means, as `cli` would."""
    if option in _FLAGS:
        return True
    if option in _TEXTS or (option == "--questions" and _is_as_a_path_says(texts[0])):
        return texts[0]
    with postponing({"urllib.parse": later("quote_from_bytes")}):  # `pathlib` needs it only for addresses
        from pathlib import Path

    paths = tuple(map(Path, texts))
    return paths if option == "--save" else paths[0]


def _is_as_a_path_says(name: str) -> bool:
    """Return whether a `Path` of a file's name would show it unchanged."""
    return os.name == "posix" and os.path.normpath(name) == name


def start_visit(options: VisitOptions) -> None:
    """Check that the options can have their effect, and lead one person through a visit (`one_visit`).

    `WrongUsage` for options that do not go together, and a `StaffError` for a place that cannot be used.
    """
    refuse(options.force and not options.save, "--force", "needs --save FILE: add it")
    refuse(
        options.speak and options.no_speech,
        "--speak",
        "has no effect with --no-speech: leave out one of them",
    )
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
    )


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
    """Raise `SaveError` for a file of `--save` that cannot be written, `WrongUsage` for one named twice."""
    if not options.save:
        return
    from fibrocheck.copies.files import check_writable
    from fibrocheck.copies.formats import format_of

    for file in options.save:
        format_of(file)
        check_writable(file, force=options.force)
    places = [os.path.realpath(file) for file in options.save]
    if len(set(places)) < len(places):
        raise WrongUsage("--save names the same file twice. Leave out one of them.")
