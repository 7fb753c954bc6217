"""The commands `fibrocheck content …`."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from fibrocheck.content.loader import load_for
from fibrocheck.errors import WrongUsage, refuse
from fibrocheck.options import Command, Force, Questions

app = typer.Typer(help="For content editors: check, preview, approve and translate questions.yaml.")

File = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FILE]",
        envvar="FIBROCHECK_QUESTIONS",
        readable=False,  # whoever reads it says what to do
        help="The file; the built-in one by default.",
    ),
]
OwnFile = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE", envvar="FIBROCHECK_QUESTIONS", readable=False, help="Your questions.yaml."
    ),
]


@app.command(cls=Command, epilog="Example: fibrocheck content check questions.yaml --strict")
def check(
    questions: File = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show the reading grade of each text.")] = False,
) -> None:
    """Check a questions.yaml and list every problem: errors first, then warnings."""
    from fibrocheck.content.check import check_file

    raise typer.Exit(check_file(questions, strict=strict, verbose=verbose, stream=sys.stderr))


@app.command(cls=Command, epilog="Example: fibrocheck content preview questions.yaml --output preview.html")
def preview(
    questions: File = None,
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="Write to FILE (.html) instead of standard output."),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option("--since", metavar="FILE", help="Mark what changed since this questions.yaml."),
    ] = None,
    force: Force = False,
) -> None:
    """Show every text in every language on one page, to read, print and sign."""
    from fibrocheck.content.preview.page import preview as page

    refuse(force and output is None, "--force", "needs --output FILE: add it")
    if output is not None and output.suffix.lower() not in {".html", ".htm"}:
        raise WrongUsage(
            "--output needs a name that ends in .html. For a PDF, print the page from a browser."
        )
    if output is None and sys.stdout.isatty():
        raise WrongUsage("The page is too long for a terminal. Add --output FILE, such as preview.html.")
    if output is None:
        typer.echo(page(questions, since).encode("utf-8"), nl=False)
        return
    from fibrocheck.copies.files import check_writable, save

    check_writable(output, force=force)
    save(output, page(questions, since), force=force)


@app.command(
    cls=Command,
    epilog='Example: fibrocheck content approve questions.yaml --by "Dr. A. Person" --on 2026-11-30',
)
def approve(
    questions: OwnFile = None,
    *,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who approved the words.")] = "",
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day, such as 2026-11-30.")] = "",
) -> None:
    """Write into the file who approved its words, when, and which words these are."""
    from fibrocheck.authoring.approving import approve_file

    typer.echo(approve_file(_named(questions), by, on))


@app.command("add-language", cls=Command, epilog="Example: fibrocheck content add-language fr questions.yaml")
def add_language(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The language, such as fr or pt-BR.")],
    questions: OwnFile = None,
    *,
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="What its speakers call it, such as Français.")
    ] = "",
) -> None:
    """Write an empty place for a language beside each text, for a translator to fill in."""
    from fibrocheck.authoring.rewriting import opened, rewrite
    from fibrocheck.content.editing import add_language as with_language

    file = opened(_named(questions), in_work=True)
    added = with_language(file.text, code, name)
    rewrite(file, added.text)
    typer.echo(
        f"{added.places} empty places for {added.name} ({code}). Fill them in, then run:"
        f" fibrocheck content check {questions}"
    )


def _named(file: Path | None) -> Path:
    """Return the file to change. The one that came with the program is replaced by its next version."""
    if file is None:
        raise WrongUsage("Name the file to change. Copy the built-in questions.yaml first if you have none.")
    return file


@app.command(cls=Command, epilog="Example: fibrocheck content schema > questions.schema.json")
def schema() -> None:
    """Print a JSON Schema of questions.yaml, for text editors."""
    from fibrocheck.content.schema.json_schema import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


class FhirResource(StrEnum):
    """What `content fhir` prints."""

    questionnaire = "questionnaire"
    codesystem = "codesystem"
    bundle = "bundle"


@app.command(cls=Command, epilog="Example: fibrocheck content fhir --as bundle > questionnaire.json")
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
