"""Options that several commands share: `language: Language = None` gives a command `--language CODE`."""

from pathlib import Path
from typing import Annotated

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
