"""The questionnaire file itself: where it is, its bytes, and the text in them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from fibrocheck.content.problems import ContentError, Problem
from fibrocheck.file_reading import File, FileTooLarge, NotRegularFile, read_regular_file
from fibrocheck.text_safety import hidden_in, hidden_name, quoted

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
    """Return the text of a file, or `None` if it cannot be read.

    Hidden and damaged characters are problems; they are replaced, so that the rest can still be read.
    """
    text = _unpacked(data, problems)
    if text is None:
        return None
    text = text.replace("\r\n", "\n")
    if "\r" in text and (problem := _wrong_line_ends(text)):
        problems.append(problem)
        return None
    if any(sign in text for sign in _DAMAGE):
        problems.extend(_damaged_characters(text))
    hidden = hidden_in(text.replace("\n", "").replace("\t", ""))
    if not hidden:
        return text
    problems.extend(_hidden_characters(text, hidden))
    return text.translate(dict.fromkeys(map(ord, hidden), "?"))


_BOM = b"\xef\xbb\xbf"
_OTHER_BOMS = (b"\xff\xfe", b"\xfe\xff")


def _unpacked(data: bytes, problems: list[Problem]) -> str | None:
    text = data.removeprefix(_BOM)
    if text.startswith(_BOM):
        what = "the file begins with two byte order marks (U+FEFF)"
        problems.append(
            Problem(1, 1, what, "Delete the first character, which is invisible, or save it anew")
        )
        while text.startswith(_BOM):
            text = text.removeprefix(_BOM)
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        remedy = "Save it again in your editor with the encoding UTF-8"
        encoding = " but UTF-16" if data.startswith(_OTHER_BOMS) else ""
        problems.append(Problem(line, 1, f"the file is not UTF-8 text{encoding}", remedy))
        return None


def _wrong_line_ends(text: str) -> Problem | None:
    """Return the problem of line ends that only another system has, or that were converted twice."""
    line = text.count("\n", 0, text.index("\r")) + 1
    remedy = "Save the file again in your editor with the line ends LF or CRLF"
    if "\r\n" in text:
        return Problem(line, 1, "the lines end in CR CR LF (U+000D twice), not in CR LF", remedy)
    if text.count("\r") > text.count("\n"):
        return Problem(line, 1, "the lines end in CR (U+000D) alone", remedy)
    return None


_DAMAGE = ("\ufffd", "Ã", "Â", "â€", "√", "¬")
"""Signs of text that was read in the wrong encoding; most are letters elsewhere."""


def _damaged_characters(text: str) -> Iterator[Problem]:
    """Yield a problem for the first character of each line that a wrong encoding has damaged."""
    for number, line in enumerate(text.split("\n"), 1):
        at = -1 if line.isascii() else next((at for at, c in enumerate(line) if _is_damaged(line, at, c)), -1)
        if at >= 0:
            what = f"the text is damaged at {quoted(line[at : at + 12])} ({hidden_name(line[at])})"
            remedy = "A program read it in the wrong encoding; type the word again, and save as UTF-8"
            yield Problem(number, at + 1, what, remedy)


def _is_damaged(line: str, at: int, character: str) -> bool:
    if character == "\ufffd":
        return True
    after = line[at + 1 : at + 2]
    if not after or character not in "ÃÂâ√¬":
        return False
    if character in "√¬":  # UTF-8 read as Mac Roman: "ñ", "é", "¿" and others
        return after in "©±≥°≠∫Åâø¡â"
    if character == "â":
        return after == "€"
    if after in "“”‘’–—…«»":  # a capital letter before a quotation mark or a dash, or half of a letter?
        return line[at + 2 : at + 3].isalpha()
    return "\x80" <= after <= "\xbf" or after in "€‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ"


def _hidden_characters(text: str, hidden: set[str]) -> Iterator[Problem]:
    """Yield a problem for the first hidden character of each line."""
    for number, line in enumerate(text.split("\n"), 1):
        at = -1 if line.isprintable() else next((at for at, c in enumerate(line) if c in hidden), -1)
        if at >= 0:
            what = f"this line contains a hidden character ({hidden_name(line[at])})"
            yield Problem(number, at + 1, what, "Delete it and type the words again by hand")


def lookalike_in(line: str) -> tuple[int, str, str] | None:
    """Return the first character of a line that only looks like part of YAML, or `None`.

    Its column, counted from 1, the character, and what to type instead.
    """
    if line.isascii():
        return None
    outside = True
    for at, character in enumerate(line):
        if character == '"':
            outside = not outside
        elif outside and (instead := _LOOKALIKES.get(character)):
            return at + 1, character, instead
    return None


_LOOKALIKES = {
    **dict.fromkeys(
        "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
        "a space",
    ),
    **dict.fromkeys("“”„‟«»＂", 'the straight mark "'),
    **dict.fromkeys("：﹕ː꞉∶", "a colon"),
    **dict.fromkeys("，、﹐", "a comma"),
    **dict.fromkeys("‐‑‒–—−", "a hyphen"),
    **dict.fromkeys("［｛", "a straight bracket"),
    "＃": "#",
}
