"""The desk's settings. Each is one field here, which is also an option of `fibrocheck desk`."""

from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from fibrocheck.options import Language, Large, Plain, Printer, Questions, Records


def _day(text: str) -> date:
    """Return a day; `BadParameter` for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day. Write it as 2026-11-25.") from None


def _days(text: object) -> int:
    days = int(str(text)) if str(text).isdecimal() and len(str(text)) < 5 else 0  # noqa: PLR2004 - ten years
    if not days:
        raise typer.BadParameter("Enter a whole number of days, at least 1.")
    return days


def _days_option(name: str, text: str) -> object:
    return typer.Option(name, parser=_days, metavar="DAYS", help=text)


class Settings(NamedTuple):
    """How a desk was started."""

    language: Language = None
    questions: Questions = None
    plain: Plain = False
    large: Large = False
    records: Records = None
    printer: Printer = ""
    send_config: Annotated[
        Path | None,
        typer.Option(
            "--send-config",
            metavar="FILE",
            envvar="FIBROCHECK_SEND",
            help="Offer to send lists in --records to the clinic's server, set up in FILE (README).",
        ),
    ] = None
    log: Annotated[
        date | None,
        typer.Option("--log", metavar="DAY", parser=_day, help="Print what was done on DAY, and end."),
    ] = None
    unclaimed: Annotated[
        int, _days_option("--unclaimed", "Offer a list nobody asked for to be removed after this many days.")
    ] = 1
    in_chart: Annotated[
        int, _days_option("--in-chart", "Offer a list in the chart to be removed after this many days.")
    ] = 7
