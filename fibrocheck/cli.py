"""The command line: the commands and options, and which function each command calls."""

import json
import sys
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from fibrocheck import __version__
from fibrocheck.asking.ascii_text import readable
from fibrocheck.content.loader import load_for
from fibrocheck.copies.copier import Copier
from fibrocheck.copies.formats import REPORT_NAMES, SUFFIXES, SUMMARY_TEXT, either, format_of, named
from fibrocheck.kiosk.settings import Settings
from fibrocheck.options import Force, Language, Large, LargePrint, Plain, Printer, Questions, takes
from fibrocheck.visit.terminal import one_visit

app = typer.Typer(
    no_args_is_help=False,
    # Typer's tracebacks print local variables in some versions, and those hold answers.
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _check_format(name: str) -> str:
    """Return the name of a format that `report` can show; `BadParameter` for any other."""
    if name not in REPORT_NAMES:
        raise typer.BadParameter(f"{name!r} is not one of {', '.join(map(repr, REPORT_NAMES))}.")
    return name


def _show_version(asked: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if asked:
        typer.echo(f"fibrocheck {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True, epilog="Example: fibrocheck --language es --save visit.html")
def visit(
    context: typer.Context,
    *,
    language: Language = None,
    questions: Questions = None,
    plain: Plain = False,
    large: Large = False,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="FILE", help=f"Save a copy to FILE at the end: {either(SUFFIXES)}."),
    ] = None,
    force: Force = False,
    reference: Annotated[
        str, typer.Option("--reference", metavar="TEXT", help="Appointment number to put on copies.")
    ] = "",
    printer: Printer = "",
    large_print: LargePrint = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Run one self-check and show a summary to bring to the visit. Never a diagnosis."""
    del version
    if context.invoked_subcommand is not None:
        return
    if save is not None:
        from fibrocheck.copies.files import check_writable

        format_of(save)
        check_writable(save, force=force)
    if reference:
        from fibrocheck.records.record import checked_reference

        checked_reference(reference)
    copier = partial(
        Copier, reference=reference, printer=printer, save_to=save, force=force, large_print=large_print
    )
    one_visit(language=language, questions=questions, plain=plain, large=large, copier=copier)


@app.command(epilog="Example: fibrocheck kiosk --language es --idle 120")
@takes(Settings)
def kiosk(settings: Settings) -> None:
    """Serve one patient after another in a waiting room. Staff leave with F12 and their code."""
    from fibrocheck.kiosk.supervisor import run

    run(settings)


@app.command(epilog="Example: fibrocheck report visit.json --format html --output visit.html")
def report(
    file: Annotated[Path, typer.Argument(metavar="RECORD", help="A saved record (.json).")],
    *,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            callback=_check_format,
            metavar=f"<{'|'.join(REPORT_NAMES)}>",
            autocompletion=lambda: list(REPORT_NAMES),
            help="Output format.",
        ),
    ] = SUMMARY_TEXT.name,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help="Write to FILE instead of standard output.",
        ),
    ] = None,
    force: Force = False,
    language: Language = None,
    questions: Questions = None,
    large_print: LargePrint = False,
) -> None:
    """Show a saved record again, as the patient saw it."""
    from fibrocheck.copies.report import show_record

    content = load_for(questions, language)
    document = show_record(file, content, named(form), language, large_print=large_print)
    if output is None:
        typer.echo(document, nl=False)
    else:
        from fibrocheck.copies.files import save

        save(output, document, force=force)


@app.command(epilog="Example: fibrocheck learn morning-stiffness --language es")
def learn(
    topic: Annotated[str | None, typer.Argument(help="The topic; without one, all are listed.")] = None,
    *,
    language: Language = None,
    questions: Questions = None,
) -> None:
    """Read the education pages without answering questions."""
    from fibrocheck.pages.console import print_sections
    from fibrocheck.pages.topics import topic_page

    content = readable(load_for(questions, language))
    print_sections(topic_page(content, language or next(iter(content.languages)), topic))


_content = typer.Typer(no_args_is_help=True, help="For content editors: check questions.yaml.")
app.add_typer(_content, name="content")


@_content.command(epilog="Example: fibrocheck content check questions.yaml --strict")
def check(
    file: Annotated[Path | None, typer.Argument(help="The file; the built-in one by default.")] = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show the reading grade of each text.")] = False,
) -> None:
    """Check a questions.yaml and list every problem: errors first, then warnings."""
    from fibrocheck.content.check import check_file

    raise typer.Exit(check_file(file, strict=strict, verbose=verbose, stream=sys.stderr))


@_content.command(epilog="Example: fibrocheck content schema > questions.schema.json")
def schema() -> None:
    """Print a JSON Schema of questions.yaml, for text editors."""
    from fibrocheck.content.schema.json_schema import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


class FhirResource(StrEnum):
    """What `content fhir` prints."""

    questionnaire = "questionnaire"
    codesystem = "codesystem"
    bundle = "bundle"


@_content.command(epilog="Example: fibrocheck content fhir --as bundle > questionnaire.json")
def fhir(
    *,
    resource: Annotated[
        FhirResource, typer.Option("--as", help="The questions, the codes of all answers, or both.")
    ] = FhirResource.questionnaire,
    questions: Questions = None,
) -> None:
    """Print the questionnaire as HL7 FHIR R4 resources, for the clinic's server."""
    from fibrocheck.records.elements import to_json
    from fibrocheck.records.published import PUBLISHED

    # FHIR is UTF-8, whatever the encoding of the terminal.
    typer.echo(to_json(PUBLISHED[resource](load_for(questions))).encode("utf-8"), nl=False)
