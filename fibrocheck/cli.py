"""The command line: the commands and options, and which function each command calls."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from fibrocheck import __version__
from fibrocheck.asking.ascii_text import readable
from fibrocheck.authoring.commands import app as content_commands
from fibrocheck.content.loader import load_for
from fibrocheck.copies.formats import (
    IDENTIFYING,
    REPORT_NAMES,
    SUFFIXES,
    SUMMARY_TEXT,
    either,
)
from fibrocheck.errors import WrongUsage, refuse_on_lines
from fibrocheck.kiosk.commands import app as kiosk_commands
from fibrocheck.options import (
    Command,
    Force,
    Language,
    Large,
    LargePrint,
    NoSpeech,
    Plain,
    Printer,
    Questions,
    Records,
    Speak,
    Ways,
    takes,
)
from fibrocheck.reception.settings import Settings as DeskSettings
from fibrocheck.report_options import ReportOptions, show_report, wrong_column
from fibrocheck.text_safety import MAX_PATH, printable
from fibrocheck.visit_options import VisitOptions, start_visit

app = typer.Typer(
    no_args_is_help=False,
    # Typer's tracebacks print local variables in some versions, and those hold answers.
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_USAGE_ERROR: Any = typer.BadParameter.__mro__[1]
"""Typer's error for a wrong command line. Which module has it depends on the version of Typer."""


def run_command(arguments: Sequence[str]) -> int:
    """Run what the command line asks for, and return its exit code; `WrongUsage` if it is not valid."""
    if "_FIBROCHECK_COMPLETE" in os.environ:  # a shell asks what can follow
        app(arguments, prog_name="fibrocheck")
    command = typer.main.get_command(app)
    try:
        # Not by calling `app`: it would decide itself what an error looks like, and its exit code.
        with command.make_context("fibrocheck", [*arguments]) as context:
            command.invoke(context)
    except typer.Exit as ended:
        return ended.exit_code
    except _USAGE_ERROR as error:
        raise _wrong_usage(error, arguments) from None
    except SystemExit:  # rich, writing `--help`: the reader has gone
        raise BrokenPipeError from None
    return 0


def _wrong_usage(error: Any, arguments: Sequence[str]) -> WrongUsage:
    """Return what is wrong with the command line in one sentence, and where to look."""
    said = printable(error.format_message(), MAX_PATH)
    said = said if said.endswith(("?", ".")) else f"{said}."
    path = error.ctx.command_path if error.ctx else _command_in(arguments)
    return WrongUsage(f"{said} See: {path} --help")


def _command_in(arguments: Sequence[str]) -> str:
    """Return the command that is named on a command line, with the groups before it."""
    path, command = "fibrocheck", typer.main.get_command(app)
    for word in arguments:
        if word in getattr(command, "commands", {}):
            path, command = f"{path} {word}", command.commands[word]  # type: ignore[attr-defined] # a group
    return path


def _check_format(name: str | None) -> str | None:
    """Return the name of a format that `report` can show, or `None`; `BadParameter` for any other."""
    if name is not None and name not in REPORT_NAMES:
        raise typer.BadParameter(f"{name!r} is not one of {', '.join(map(repr, REPORT_NAMES))}.")
    return name


def _check_columns(names: str | None) -> str | None:
    """Return the names of columns, or `None`; `BadParameter` for one that there is not."""
    wrong = wrong_column(names)
    if wrong is not None:
        raise typer.BadParameter(f"{wrong!r} is not one of {', '.join(map(repr, IDENTIFYING))}.")
    return names


def _show_version(asked: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if asked:
        typer.echo(f"fibrocheck {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True, epilog="Example: fibrocheck --language es --save visit.html")
def visit(  # noqa: PLR0913 - an argument for each option
    context: typer.Context,
    *,
    language: Language = None,
    questions: Questions = None,
    plain: Plain = False,
    large: Large = False,
    speak: Speak = False,
    no_speech: NoSpeech = False,
    save: Annotated[
        list[Path] | None,
        typer.Option(
            "--save",
            metavar="FILE",
            help=f"Save a copy to FILE once the answers are confirmed: {either(SUFFIXES)}. May be repeated.",
        ),
    ] = None,
    force: Force = False,
    reference: Annotated[
        str | None, typer.Option("--reference", metavar="TEXT", help="Appointment number to put on copies.")
    ] = None,
    printer: Printer = "",
    records: Records = None,
    ways: Ways = "",
    large_print: LargePrint = False,
    show: Annotated[
        bool, typer.Option("--show", help="Print the summary here at the end; it stays on the screen.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Run one self-check and show a summary to bring to the visit. Never a diagnosis."""
    del version
    if context.invoked_subcommand is not None:
        return
    start_visit(
        VisitOptions(
            language=language,
            questions=questions,
            plain=plain,
            large=large,
            speak=speak,
            no_speech=no_speech,
            save=tuple(save or ()),
            force=force,
            reference=reference,
            printer=printer,
            records=records,
            ways=ways,
            large_print=large_print,
            show=show,
        )
    )


@app.command(cls=Command, epilog="Example: fibrocheck desk --records /srv/lists --printer desk")
@takes(DeskSettings)
def desk(settings: DeskSettings) -> None:
    """Serve the front desk: lists from kiosks, callers, codes; print, chart text, corrections."""
    refuse_on_lines("--large", is_given=settings.large, plain=settings.plain)
    from fibrocheck.reception.program import run, show_log

    if settings.log is not None:
        shown = show_log(settings)
        typer.echo(shown, nl=False)
        if not shown:
            typer.echo(f"Nothing was done at the front desk on {settings.log}.", err=True)
    else:
        run(settings)


@app.command(cls=Command, epilog="Example: fibrocheck report visit.json --format html --output visit.html")
def report(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RECORD|CODE|FOLDER|-]...",
            help="Saved records (.json), a folder of them, a code, or - to read a record or a code from"
            " standard input. Without any, a code is asked for.",
        ),
    ] = None,
    *,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            callback=_check_format,
            metavar=f"<{'|'.join(REPORT_NAMES)}>",
            autocompletion=lambda: list(REPORT_NAMES),
            help=f"Output format. By default the one that --output's suffix names, or {SUMMARY_TEXT.name}.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help="Write to FILE instead of standard output; to a folder, for several records.",
        ),
    ] = None,
    identify: Annotated[
        str | None,
        typer.Option(
            "--identify",
            metavar="LIST",
            callback=_check_columns,
            help=f"Columns to add to csv, separated by commas: {', '.join(IDENTIFYING)}.",
        ),
    ] = None,
    force: Force = False,
    language: Language = None,
    questions: Questions = None,
    large_print: LargePrint = False,
) -> None:
    """Show saved records, or the list in a code, as the patient saw it or for a chart."""
    options = ReportOptions(
        tuple(sources or ()), form, output, identify, force, language, questions, large_print
    )
    if not show_report(options):
        raise typer.Exit(1)


@app.command(
    cls=Command, epilog="Example: fibrocheck send visit.json --config clinic.yaml --patient Patient/123"
)
def send(
    source: Annotated[
        Path | None,
        typer.Argument(
            metavar="[RECORD|FOLDER]", help="A saved record, or a folder of lists linked at the desk."
        ),
    ] = None,
    *,
    server: Annotated[
        str, typer.Option("--server", metavar="URL", help="Base address of the clinic's FHIR R4 server.")
    ] = "",
    patient: Annotated[
        str,
        typer.Option("--patient", metavar="PATIENT", help="Whose list it is: Patient/ID, or 'SYSTEM|VALUE'."),
    ] = "",
    encounter: Annotated[
        str,
        typer.Option(
            "--encounter", metavar="ENCOUNTER", help="For which visit: Encounter/ID, or 'SYSTEM|VALUE'."
        ),
    ] = "",
    mode: Annotated[
        str,
        typer.Option(
            "--mode",
            metavar="<response|document>",
            help="File the answers, or a document with them. The answers by default.",
        ),
    ] = "",
    config: Annotated[
        Path | None,
        typer.Option("--config", metavar="FILE", envvar="FIBROCHECK_SEND", help="How to send (README)."),
    ] = None,
    questions: Questions = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask nothing; the patient must be named as Patient/ID.")
    ] = False,
    allow_draft: Annotated[
        bool,
        typer.Option("--allow-draft", help="For trials: send wording that is not approved, too."),
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Say what the server can do, and write nothing.")
    ] = False,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Mark a list that was sent as entered in error.")
    ] = False,
) -> None:
    """Send a saved list to the clinic's FHIR server, into one patient's chart."""
    from fibrocheck.process import protect_memory
    from fibrocheck.sending.command import Wish, run

    if mode and mode not in {"response", "document"}:
        raise WrongUsage("--mode is response or document. Use one of them.")
    protect_memory()
    raise typer.Exit(
        run(
            Wish(
                source,
                server,
                patient,
                encounter,
                mode,
                config,
                questions,
                yes=yes,
                allow_draft=allow_draft,
                check=check,
                withdraw=withdraw,
            )
        )
    )


@app.command(cls=Command, epilog="Example: fibrocheck learn morning-stiffness --language es")
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


app.add_typer(content_commands, name="content")
app.add_typer(kiosk_commands, name="kiosk")
