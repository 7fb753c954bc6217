"""Options that several commands share: `language: Language = None` gives a command `--language CODE`.

The fields of a settings type can carry options too; `takes` makes a command of them.
"""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypeVar

import typer

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
Large = Annotated[bool, typer.Option("--large", help="Larger layout: more spacing, shorter lines.")]
LargePrint = Annotated[bool, typer.Option("--large-print", help="Print in 18-point type.")]
Printer = Annotated[str, typer.Option("--printer", metavar="NAME", help="Offer printing to CUPS queue NAME.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")]

_Settings = TypeVar("_Settings", bound=NamedTuple)


def takes(settings: type[_Settings]) -> Callable[[Callable[[_Settings], None]], Callable[..., None]]:
    """Return a decorator that gives a command one option for each field of a settings type.

    The decorated command is called with the settings as its only argument.
    """
    make: Callable[..., _Settings] = settings

    def decorate(command: Callable[[_Settings], None]) -> Callable[..., None]:
        def run(**values: Any) -> None:
            command(make(**values))

        run.__name__, run.__doc__ = command.__name__, command.__doc__
        # Typer makes the options from these two.
        vars(run)["__signature__"] = inspect.signature(settings)
        run.__annotations__ = settings.__annotations__
        return run

    return decorate
