"""Options that several commands share: `language: Language = None` gives a command `--language CODE`.

The fields of a settings type can carry options too; `takes` makes a command of them. An option has
one meaning wherever it stands: `Command` gives a command the options that stand before its name.
"""

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypeVar

import typer
from typer.core import TyperCommand

from fibrocheck.errors import refuse
from fibrocheck.text_safety import is_queue_name, quoted


def _check_printer(context: typer.Context, name: str) -> str:
    """Return the name of a print queue, empty if none is given; `BadParameter` if no queue can have it."""
    if (name or _is_given(context, "printer")) and not is_queue_name(name):
        raise typer.BadParameter(
            f"{quoted(name)} is not a valid printer name. List the printers with: lpstat -e"
        )
    return name


def _folder(text: str) -> Path:
    """Return the path of a folder. An empty name would be the current folder, which no one means."""
    if not text:
        raise typer.BadParameter("Name the folder.")
    return Path(text)


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
Speak = Annotated[bool, typer.Option("--speak", help="Read every page aloud from the first one on.")]
Headphones = Annotated[
    bool, typer.Option("--headphones", help="Headphones are at the kiosk: pages may be read aloud.")
]
Loudspeaker = Annotated[
    bool, typer.Option("--loudspeaker", help="The room is private: pages may be read aloud to it.")
]
NoSpeech = Annotated[bool, typer.Option("--no-speech", help="Do not offer to read the pages aloud.")]
Large = Annotated[bool, typer.Option("--large", help="Large text: more spacing, shorter lines.")]
LargePrint = Annotated[bool, typer.Option("--large-print", help="Print in large type, of 16 points or more.")]
Printer = Annotated[
    str,
    typer.Option(
        "--printer", metavar="NAME", callback=_check_printer, help="Offer printing to CUPS queue NAME."
    ),
]
Ways = Annotated[
    str,
    typer.Option(
        "--ways",
        metavar="LIST",
        help="Ways to take the list along, from desk,print,code,save; all that work here if left out.",
    ),
]
Records = Annotated[
    Path | None,
    typer.Option(
        "--records",
        metavar="FOLDER",
        envvar="FIBROCHECK_RECORDS",
        parser=_folder,
        help="Offer to give the list to the front desk, which reads it in FOLDER.",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")]

_Settings = TypeVar("_Settings", bound=NamedTuple)


def takes(
    settings: type[_Settings], *, in_group: bool = False
) -> Callable[[Callable[[_Settings], None]], Callable[..., None]]:
    """Return a decorator that gives a command one option for each field of a settings type.

    The decorated command is called with the settings as its only argument. `in_group`: it is what a group
    of commands does, and is not called if one of them is.
    """
    make: Callable[..., _Settings] = settings

    def decorate(command: Callable[[_Settings], None]) -> Callable[..., None]:
        def run(**values: Any) -> None:
            command(make(**values))

        def run_in_group(context: typer.Context, **values: Any) -> None:
            if context.invoked_subcommand is None:
                use_options_before(context)
                command(make(**{name: context.params[name] for name in values}))

        made: Callable[..., None] = run_in_group if in_group else run
        made.__name__, made.__doc__ = command.__name__, command.__doc__
        # Typer makes the options from these two.
        vars(made)["__signature__"] = _signature(settings, in_group=in_group)
        made.__annotations__ = {"context": typer.Context} | settings.__annotations__
        return made

    return decorate


def _signature(settings: type[NamedTuple], *, in_group: bool) -> inspect.Signature:
    """Return the signature of a command that takes these settings; in a group, its context comes first."""
    own = inspect.signature(settings)
    context = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    return own.replace(parameters=[context, *own.parameters.values()]) if in_group else own


class Command(TyperCommand):
    """A command that takes the options which stand before its name as its own.

    Those that it does not have are refused: an option never has no effect.
    """

    def invoke(self, ctx: Any) -> Any:  # Typer's own context, whose module depends on its version
        """Run the command with the options before its name."""
        use_options_before(ctx)
        return super().invoke(ctx)


def use_options_before(context: Any) -> None:
    """Give a command the options that stand before its name; `WrongUsage` for one that it does not have."""
    for before in _contexts_above(context):
        for name, option in _given(before).items():
            refuse(
                name not in context.params,
                option,
                f"has no effect on `{context.command_path}`: use another command",
            )
            if not _is_given(context, name):
                context.params[name] = before.params[name]


def _contexts_above(context: Any) -> Iterator[Any]:
    while (context := context.parent) is not None:
        yield context


def _given(context: Any) -> dict[str, str]:
    """Return the options that stand on the command line: how each is spelled, by its name."""
    return {each.name: each.opts[0] for each in context.command.params if _is_given(context, each.name)}


def _is_given(context: Any, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"
