"""A kiosk's settings. Each is one field here, which is also an option of `fibrocheck kiosk`."""

import json
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_args, get_type_hints

import typer

from fibrocheck.options import (
    Headphones,
    Language,
    Large,
    Loudspeaker,
    NoSpeech,
    Plain,
    Printer,
    Questions,
    Records,
    Speak,
    Ways,
)

_HOUR = 3600  # seconds


def _seconds(text: object) -> int:
    """Return whole seconds, at least one and at most an hour.

    Not a float: "nan" and "inf" are numbers to Python, and would keep a patient's answers forever.
    """
    seconds = int(str(text)) if str(text).isdecimal() else 0
    if not 1 <= seconds <= _HOUR:
        raise typer.BadParameter(f"Enter a whole number of seconds from 1 to {_HOUR}, such as 180.")
    return seconds


def _seconds_option(text: str) -> Any:
    """Return an option that takes seconds, with this text in `--help`."""
    return typer.Option(parser=_seconds, metavar="SECONDS", help=text)


class Settings(NamedTuple):
    """How a kiosk was started. Times are in seconds.

    A field's type is one that JSON has, or a path, so that a visit in another process can get it.
    """

    language: Language = None
    questions: Questions = None
    plain: Plain = False
    large: Large = False
    touch: Annotated[
        bool,
        typer.Option("--touch", help="Staff hold the upper left corner for 2 seconds, then type their code."),
    ] = False
    idle: Annotated[int, _seconds_option("Warn after this many seconds without input.")] = 180
    warning: Annotated[int, _seconds_option("Erase this many seconds after the warning.")] = 45
    longest: Annotated[int, _seconds_option("End a visit after this many seconds at most.")] = 1800
    printer: Printer = ""
    records: Records = None
    ways: Ways = ""
    speak: Speak = False
    no_speech: NoSpeech = False
    headphones: Headphones = False
    loudspeaker: Loudspeaker = False


def to_json(settings: Settings) -> str:
    """Return the settings as JSON, for another process."""
    return json.dumps(settings._asdict(), default=str)


def from_json(text: str) -> Settings:
    """Return the settings that `to_json` wrote."""
    types, values = get_type_hints(Settings), json.loads(text)
    return Settings(**{name: _restored(value, types[name]) for name, value in values.items()})


def _restored(value: Any, of_type: Any) -> Any:
    """Return a value from JSON as its field's type has it. JSON has paths only as text."""
    is_path = isinstance(value, str) and Path in {of_type, *get_args(of_type)}
    return Path(value) if is_path else value
