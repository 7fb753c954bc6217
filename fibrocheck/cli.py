"""The command line, by Typer: what can be asked for, and where each request goes."""

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
from fibrocheck.copies.copier import Keeper
from fibrocheck.kiosk.settings import Settings
from fibrocheck.options import Force, Language, Large, LargePrint, Plain, Printer, Questions, takes
from fibrocheck.visit.terminal import one_visit

app = typer.Typer(
    no_args_is_help=False,
    # Typer's tracebacks print local variables in some versions, and those hold answers.
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """The forms in which a record can be shown."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


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
        typer.Option("--save", metavar="FILE", help="Save a copy at the end: .json, .html or .txt."),
    ] = None,
    force: Force = False,
    reference: Annotated[
        str, typer.Option("--reference", metavar="TEXT", help="An appointment number, for the copy.")
    ] = "",
    printer: Printer = "",
    large_print: LargePrint = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Ask one person about fibromyalgia symptoms and show what there is to read. Never a diagnosis."""
    del version
    if context.invoked_subcommand is not None:
        return
    if save is not None:
        from fibrocheck.copies.files import refuse_early

        refuse_early(save, force=force)
    if reference:
        from fibrocheck.records import checked_reference

        checked_reference(reference)
    keeper = partial(
        Keeper, reference=reference, printer=printer, save_to=save, force=force, large_print=large_print
    )
    one_visit(language=language, questions=questions, plain=plain, large=large, keeper=keeper)


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
    form: Annotated[Format, typer.Option("--format", help="How to show it.")] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write it there instead of here.")
    ] = None,
    force: Force = False,
    language: Language = None,
    questions: Questions = None,
    large_print: LargePrint = False,
) -> None:
    """Show a saved record again, as the patient saw it."""
    from fibrocheck.copies.report import reported

    text = reported(file, load_for(questions, language), form.value, language, large_print=large_print)
    if output is None:
        typer.echo(text, nl=False)
    else:
        from fibrocheck.copies.files import save

        save(output, text, force=force)


@app.command(epilog="Example: fibrocheck learn morning-stiffness --language es")
def learn(
    topic: Annotated[str | None, typer.Argument(help="A topic; leave it out to list them.")] = None,
    *,
    language: Language = None,
    questions: Questions = None,
) -> None:
    """Read the education pages without answering anything."""
    from fibrocheck.pages.console import print_sections
    from fibrocheck.pages.topics import page

    content = readable(load_for(questions, language))
    print_sections(page(content, language or next(iter(content.languages)), topic))


_content = typer.Typer(no_args_is_help=True, help="For the clinic's content owner: check questions.yaml.")
app.add_typer(_content, name="content")


@_content.command(epilog="Example: fibrocheck content check questions.yaml --strict")
def check(
    file: Annotated[Path | None, typer.Argument(help="The file; the shipped one if left out.")] = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="List the reading grade of each text.")] = False,
) -> None:
    """Find everything that is wrong with a questions.yaml: errors, then warnings."""
    from fibrocheck.content.check import check_file

    raise typer.Exit(check_file(file, strict=strict, verbose=verbose, stream=sys.stderr))


@_content.command(epilog="Example: fibrocheck content schema > questions.schema.json")
def schema() -> None:
    """Print a JSON Schema of questions.yaml, for editors."""
    from fibrocheck.content.schema.json_schema import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@_content.command(epilog="Example: fibrocheck content fhir > questionnaire.json")
def fhir(questions: Questions = None) -> None:
    """Print the question set as an HL7 FHIR R4 Questionnaire."""
    from fibrocheck.records import questionnaire, to_json

    typer.echo(to_json(questionnaire(load_for(questions))), nl=False)
