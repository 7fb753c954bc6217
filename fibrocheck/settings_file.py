"""Reads a small settings file: YAML with one line for each setting, and nothing that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fibrocheck.errors import system_words
from fibrocheck.file_reading import read_regular_file
from fibrocheck.text_safety import printable, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_MAX_BYTES = 64 * 1024


def read_settings_file(
    file: Path, types: Mapping[str, type], example: str, refusal: Callable[[str, str], Exception]
) -> dict[str, Any]:
    """Return the settings of a file. `types` has each one that is known: `str` for a line of text, or `bool`.

    Raises `refusal(what, remedy)` for a file that cannot be read or has anything else. `example` is a line.
    """
    name = printable(str(file))
    found = _yaml(file, name, example, refusal)
    if not isinstance(found, dict):
        raise refusal(f"{name} has no settings", f"Write one line for each, such as {example}")
    for key, value in found.items():
        if key not in types:
            known = ", ".join(types)
            raise refusal(f"{name} has the unknown setting {quoted(str(key))}", f"Use some of {known}")
        if types[key] is bool and not isinstance(value, bool):
            raise refusal(f"{name}, {key}: this is neither true nor false", "Write one of them")
        if types[key] is str and not (isinstance(value, str) and value.isprintable()):
            raise refusal(f"{name}, {key}: this is not a line of text", "Put it in quotation marks")
    return found


def _yaml(file: Path, name: str, example: str, refusal: Callable[[str, str], Exception]) -> object:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(read_regular_file(file, _MAX_BYTES), loader)  # noqa: S506 - a safe loader
    except (OSError, ValueError) as error:
        reason = system_words(error, "this is not UTF-8 text")
        raise refusal(f"{name}: {reason}", "Name a settings file that can be read") from None
    except (yaml.YAMLError, RecursionError):
        raise refusal(f"{name} is not YAML", f"Write one line for each setting, such as {example}") from None
