"""The command line, by Typer: what can be asked for, and where each request goes."""

from pathlib import Path
from typing import Annotated

import typer

from fibrocheck import __version__
from fibrocheck.terminal import one_visit, readable

app = typer.Typer(
    no_args_is_help=False,
    # Typer's tracebacks print local variables in some versions, and those hold answers.
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Language = Annotated[
    str | None, typer.Option("--language", metavar="CODE", help="Language of the pages, such as en or es.")
]
Questions = Annotated[
    Path | None,
    typer.Option(
        "--questions", metavar="FILE", envvar="FIBROCHECK_QUESTIONS", help="Use this questions.yaml."
    ),
]
Plain = Annotated[
    bool,
    typer.Option("--plain", help="Numbered lines instead of a full screen, for screen readers and pipes."),
]


def _show_version(asked: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if asked:
        typer.echo(f"fibrocheck {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True, epilog="Example: fibrocheck --language es")
def visit(
    context: typer.Context,
    *,
    language: Language = None,
    questions: Questions = None,
    plain: Plain = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Ask one person about fibromyalgia symptoms and show what there is to read. Never a diagnosis."""
    del version
    if context.invoked_subcommand is None:
        one_visit(language=language, questions=questions, plain=plain)


@app.command(epilog="Example: fibrocheck learn morning-stiffness --language es")
def learn(
    topic: Annotated[str | None, typer.Argument(help="A topic; leave it out to list them.")] = None,
    *,
    language: Language = None,
    questions: Questions = None,
) -> None:
    """Read the education pages without answering anything."""
    from fibrocheck.learning import page
    from fibrocheck.rendering.console import print_sections

    content = readable(questions, language)
    print_sections(page(content, language or next(iter(content.languages)), topic))
