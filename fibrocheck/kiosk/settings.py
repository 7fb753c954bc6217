"""A kiosk's settings. Each is one field here, and an option of `fibrocheck kiosk` (`commands.Serving`)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_type_hints

from fibrocheck.errors import refuse

if TYPE_CHECKING:
    from pathlib import Path

_SILENCE = "--no-speech"


class Settings(NamedTuple):
    """How a kiosk was started. Times are in seconds.

    A field's type is one that JSON has, or a path, so that a visit in another process can get it.
    """

    language: str | None = None
    questions: "str | Path | None" = None
    plain: bool = False
    large: bool = False
    touch: bool = False
    idle: int = 180
    warning: int = 45
    longest: int = 1800
    printer: str = ""
    records: "Path | None" = None
    ways: str = ""
    speak: bool = False
    no_speech: bool = False
    headphones: bool = False
    loudspeaker: bool = False


def refuse_silence(speech: Sequence[str]) -> None:
    """Refuse options for reading aloud together with the one that does not offer it."""
    for option in speech:
        is_refused = option != _SILENCE and _SILENCE in speech
        refuse(is_refused, option, f"has no effect with {_SILENCE}: leave out one of them")


def to_json(settings: Settings) -> str:
    """Return the settings as JSON, for another process."""
    import json  # here, as few kiosks have visits that are no copies of their process

    return json.dumps(settings._asdict(), default=str)


def from_json(text: str) -> Settings:
    """Return the settings that `to_json` wrote."""
    import json
    from pathlib import Path

    def restored(value: Any, of_type: Any) -> Any:
        """Return a value from JSON as its field's type has it. JSON has paths only as text."""
        is_path = isinstance(value, str) and Path in {of_type, *get_args(of_type)}
        return Path(value) if is_path else value

    types, values = get_type_hints(Settings, localns={"Path": Path}), json.loads(text)
    return Settings(**{name: restored(value, types[name]) for name, value in values.items()})
