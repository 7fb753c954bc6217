"""The questionnaire file itself: where it is, its bytes, and the text in them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from fibrocheck.content.problems import ContentError, Problem
from fibrocheck.file_reading import File, FileTooLarge, NotRegularFile, read_regular_file
from fibrocheck.text_safety import hidden_in, hidden_name

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 8 * 1024 * 1024
SHIPPED = "questions.yaml"


def shipped_path() -> str:
    """Return the path of the questionnaire that comes with the program.

    It is in the package, or beside it in a checkout.
    """
    package = os.path.dirname(os.path.dirname(__file__))
    inside, beside = os.path.join(package, SHIPPED), os.path.join(os.path.dirname(package), SHIPPED)
    return inside if os.path.exists(inside) or not os.path.exists(beside) else beside


def read_bytes(file: File) -> bytes:
    """Return the bytes of a regular file of at most `MAX_BYTES`; `ContentError` for anything else."""
    try:
        return read_regular_file(file, MAX_BYTES)
    except NotRegularFile:
        raise _unusable(file, "not a regular file", "Name a questions.yaml") from None
    except FileTooLarge:
        remedy = "Name a questions.yaml, which has about 55 kB"
        raise _unusable(file, "the file is larger than 8 MB", remedy) from None
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from None


def _unreadable(file: File, error: OSError | ValueError) -> ContentError:
    if isinstance(error, FileNotFoundError):
        remedy = "Check the name, or leave it out to use the file that came with fibrocheck"
        return _unusable(file, "no such file", remedy)
    if isinstance(error, IsADirectoryError) or os.path.isdir(file):
        return _unusable(file, "this is a folder", f"Name the file in it, such as {SHIPPED}")
    if isinstance(error, PermissionError):
        return _unusable(file, "permission denied", "Ask your administrator for permission to read it")
    reason = getattr(error, "strerror", None) or error
    return _unusable(file, f"cannot read the file ({reason})", "Check that it exists and can be opened")


def _unusable(file: File, what: str, remedy: str) -> ContentError:
    return ContentError(str(file), (Problem(0, 0, what, remedy),))


def decoded(data: bytes, problems: list[Problem]) -> str | None:
    """Return the text of a file, or `None` if it is not UTF-8.

    Hidden characters are problems; they are replaced, so that the rest can still be read.
    """
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        remedy = "Save it again in your editor with the encoding UTF-8"
        problems.append(Problem(line, 1, "the file is not UTF-8 text", remedy))
        return None
    text = text.replace("\r\n", "\n")
    hidden = hidden_in(text.replace("\n", "").replace("\t", ""))
    if not hidden:
        return text
    problems.extend(_hidden_characters(text, hidden))
    return text.translate(dict.fromkeys(map(ord, hidden), "?"))


def _hidden_characters(text: str, hidden: set[str]) -> Iterator[Problem]:
    """Yield a problem for the first hidden character of each line."""
    for number, line in enumerate(text.split("\n"), 1):
        at = -1 if line.isprintable() else next((at for at, c in enumerate(line) if c in hidden), -1)
        if at >= 0:
            what = f"this line contains a hidden character ({hidden_name(line[at])})"
            yield Problem(number, at + 1, what, "Delete it and type the words again by hand")
