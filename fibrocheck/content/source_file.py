"""The questionnaire file itself: where it is, its bytes, and the text in them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from fibrocheck.content.problems import ContentError, Problem
from fibrocheck.file_reading import File, FileTooLarge, NotRegularFile, read_regular_file
from fibrocheck.text_safety import hidden_in, hidden_name, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

MAX_BYTES = 8 * 1024 * 1024
SHIPPED = "questions.yaml"
BAKED = "baked"
"""The module with the questionnaire that `content.baking` makes; a checkout may have none."""
SEARCHED = "searched_texts"
"""The module with its texts that `content.baking` makes."""
PACKAGE = os.path.dirname(os.path.dirname(__file__))
"""Where the program's own code is."""


def shipped_path() -> str:
    """Return the path of the questionnaire that comes with the program.

    It is in the package, or beside it in a checkout.
    """
    inside, beside = os.path.join(PACKAGE, SHIPPED), os.path.join(os.path.dirname(PACKAGE), SHIPPED)
    return inside if os.path.exists(inside) or not os.path.exists(beside) else beside


def is_checkout() -> bool:
    """Return whether this is no installed package: its code may change at any time."""
    return os.path.dirname(shipped_path()) != PACKAGE


def code_checksum() -> int:
    """Return a checksum of the code that reads a questionnaire, as it is now."""
    files: list[str] = []
    for folder, folders, names in os.walk(os.path.dirname(__file__)):
        folders.sort()
        files += [os.path.join(folder, name) for name in sorted(names) if name.endswith(".py")]
    return _checksum(file for file in files if os.path.basename(file) not in _MADE)


_MADE = (f"{BAKED}.py", f"{SEARCHED}.py")


def search_checksum() -> int:
    """Return a checksum of the code that searches the texts for words that none may have, as it is now."""
    names = ("content/wording.py", "content/phrases.py", "text_safety.py")
    return _checksum(os.path.join(PACKAGE, *name.split("/")) for name in names)


def _checksum(files: Iterable[str]) -> int:
    import zlib

    total = 0
    for file in files:
        with open(file, "rb") as code:
            total = zlib.crc32(code.read(), total)
    return total


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


IN_QUOTES = "Put the whole text in double quotes"
_PLAIN = (None, "")
"""How the loaders in Python and in C name the style of a value without quotes."""


def anchored(anchor: str) -> tuple[str, str]:
    """Return what is lost of a text that begins with an anchor, and what to do."""
    word = quoted("&" + anchor)
    return f"the word {word} is lost, because & at the beginning of a text names it in YAML", IN_QUOTES


class Typed:
    """The text of the file, to compare what was typed with what YAML reads.

    YAML drops what follows ` #` in a text without quotes, and replaces escapes in double quotes. Few
    files have either, so the lines are looked up once and a value is looked at only in such a file.
    """

    __slots__ = ("comments", "has_escapes", "near", "text")

    def __init__(self, text: str) -> None:
        """Look for what YAML might read differently."""
        self.text = text
        self.has_escapes = "\\" in text
        self.comments = _comments(text)
        self.near = frozenset([line + after for line in self.comments for after in (0, 1)])
        """The lines on which a text ends that a comment may cut, or begins."""

    @property
    def is_watched(self) -> bool:
        """Whether anything in the file might be read differently."""
        return self.has_escapes or bool(self.comments)

    def lost(self, event: Any) -> tuple[str, str] | None:
        """Return what is lost of a value, and what to do; `None` if it is read as typed."""
        style = event.style
        if style in _PLAIN:
            is_near = event.start_mark.line in self.near or event.end_mark.line in self.near
            return self._cut(event) if is_near else None
        if style == '"':
            if not self.has_escapes:
                return None
            start, end = event.start_mark.index, event.end_mark.index
            return _escaped(self.text[start:end]) if self.text.find("\\", start, end) >= 0 else None
        if style == "'":
            return None
        comment = self.comments.get(event.start_mark.line)
        return _commented(comment[0]) if comment and comment[1] < 0 else None

    def _cut(self, event: Any) -> tuple[str, str] | None:
        before = self.comments.get(event.start_mark.line - 1)
        comment = self.comments.get(event.end_mark.line)
        if not before and not comment:
            return None
        start = self.text.rfind("\n", 0, event.start_mark.index) + 1
        line = self.text[start : event.start_mark.index]
        if before and not line.strip():
            return _commented(before[0])
        if not comment:
            return None
        if comment[1] < 0:
            after = self.text.find("#", event.end_mark.index)
            is_cut = not self.text[event.end_mark.index : after].strip(" \t")
            return _commented(comment[0]) if is_cut else None
        indentation = len(line) - len(line.lstrip(" -"))
        return _commented(comment[0]) if comment[1] > indentation else None


def _comments(text: str) -> dict[int, tuple[str, int]]:
    """Return the comments that may cut a text, by the line, counted from 0, whose text they would cut.

    With each comes its column if it is indented on a line of its own, as the next line of a text would
    be; otherwise -1.
    """
    found: dict[int, tuple[str, int]] = {}
    line = counted = 0
    at = text.find("#", 1)
    while at >= 0:
        if text[at - 1] in " \t":
            start = text.rfind("\n", 0, at) + 1
            end = text.find("\n", at)
            end = end if end >= 0 else len(text)
            is_alone = text[start:at].isspace()
            if not (is_alone and _is_between_keys(text, start, end)):
                line += text.count("\n", counted, start)
                counted = start
                found.setdefault(line - is_alone, (text[at:end].rstrip(), at - start if is_alone else -1))
            at = end
        at = text.find("#", at + 1)
    return found


def _is_between_keys(text: str, start: int, end: int) -> bool:
    """Return whether the lines around a comment show that it cannot be inside a text without quotes.

    After another comment it cannot: that one, which was looked at before, has ended the text.
    """
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start].strip()
    if not above.endswith(":"):
        return not above or above[0] == "#" or above[-1] == "}" or (above[-1] == '"' and ': "' in above)
    below = text[end + 1 : max(text.find("\n", end + 1), end + 1)].strip()
    return ": " in below or below.endswith(":") or not below or below[0] in "#-"


def _commented(comment: str) -> tuple[str, str]:
    what = f"the words {quoted(comment)} are lost, because # begins a comment in a text without quotes"
    return what, f"{IN_QUOTES}; a comment belongs on a line of its own, above the text"


def _escaped(typed: str) -> tuple[str, str] | None:
    """Return what is lost to escapes in double quotes.

    A line may end in a backslash if a space is on either side of it, escaped or not.
    """
    at = typed.find("\\")
    while at >= 0:
        after = typed[at + 1 : at + 2]
        joins_lines = after == "\n" and (
            typed[at - 1].isspace() or typed[at + 2 :].lstrip().startswith("\\ ")
        )
        if after not in {'"', "\\", " "} and not joins_lines:
            shown = typed[at : at + 2] if after != "\n" else "\\"
            what = f"{quoted(shown)} in double quotes is an escape, and is not shown as typed"
            return what, 'Write the character itself; the only escapes allowed are \\" and \\\\'
        at = typed.find("\\", at + 2)
    return None
