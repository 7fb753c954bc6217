"""Reads options that are written in the plainest way, without the command-line library.

`--option VALUE`, `--option=VALUE` or `--flag`, each once. Anything else is left to the library, and so every
message about a wrong command line is its own. It takes about 60 milliseconds to load, and 5 MB.
"""

import os
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from fibrocheck.postponing import later, postponing
from fibrocheck.text_safety import is_queue_name

VARIABLES = {"--questions": "FIBROCHECK_QUESTIONS", "--records": "FIBROCHECK_RECORDS"}
"""Where two options come from if they are not given; an empty variable is none."""


class Known(NamedTuple):
    """The options of a command: flags, and those with a text, a path or a number of seconds as their value.

    Those in `several` may be given more than once. `others` names the arguments that are no option, where a
    command takes any number of them.
    """

    flags: Collection[str]
    texts: Collection[str]
    paths: Collection[str]
    seconds: Collection[str] = ()
    several: Collection[str] = ()
    others: str = ""


MAX_SECONDS = 3600
"""The most seconds that an option takes."""


def read_options(
    arguments: Sequence[str], environment: Mapping[str, str], known: Known
) -> dict[str, Any] | None:
    """Return the values on a command line by the names of the options, as the library would read them.

    `None` if the library must read it.
    """
    given = _given(arguments, known)
    if given is None or not is_queue_name(given.get("--printer", ["any"])[0]):
        return None
    for option, variable in VARIABLES.items():
        if option in (*known.texts, *known.paths) and option not in given and environment.get(variable):
            given[option] = [environment[variable]]
    return {option[2:].replace("-", "_"): _value(option, texts, known) for option, texts in given.items()}


def _given(arguments: Sequence[str], known: Known) -> dict[str, list[str]] | None:
    """Return the texts of each option; `None` if one is unknown, without a value, or there too often."""
    found: dict[str, list[str]] = {}
    left = iter(arguments)
    for argument in left:
        if known.others and argument and not argument.startswith("-"):
            found.setdefault(f"--{known.others}", []).append(argument)
            continue
        option, equals, text = argument.partition("=")
        is_flag = option in known.flags and not equals
        takes_text = not is_flag and any(option in each for each in (known.texts, known.paths, known.seconds))
        if takes_text and not equals:
            text = next(left, "")
        has_value = takes_text and text and not text.startswith("-") and _is_right(option, text, known)
        if not (is_flag or has_value) or (option in found and option not in known.several):
            return None
        found.setdefault(option, []).append(text)
    return found


def _is_right(option: str, text: str, known: Known) -> bool:
    """Return whether a text can be an option's value; the library says what is wrong with it."""
    return option not in known.seconds or are_seconds(text)


def are_seconds(text: str) -> bool:
    """Return whether a text is a whole number of seconds, at least one and at most `MAX_SECONDS`.

    Not a float: "nan" and "inf" are numbers to Python, and would keep a patient's answers forever.
    """
    return text.isdecimal() and 1 <= int(text) <= MAX_SECONDS


def _value(option: str, texts: list[str], known: Known) -> Any:
    if option == f"--{known.others}":
        return tuple(texts)
    if option in known.flags:
        return True
    if option in known.seconds:
        return int(texts[0])
    if option in known.texts or (option == "--questions" and _is_as_a_path_says(texts[0])):
        return texts[0]
    with postponing({"urllib.parse": later("quote_from_bytes")}):  # `pathlib` needs it only for addresses
        from pathlib import Path

    paths = tuple(map(Path, texts))
    return paths if option in known.several else paths[0]


def _is_as_a_path_says(name: str) -> bool:
    """Return whether a `Path` of a file's name would show it unchanged."""
    return os.name == "posix" and os.path.normpath(name) == name
