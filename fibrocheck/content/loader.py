"""questions.yaml -> `Content`, or every problem with its line."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from fibrocheck.content.model import (
    FACTOR,
    FACTOR_ANSWERS,
    SYMPTOM,
    SYMPTOM_ANSWERS,
    Approval,
    Choice,
    Content,
    Item,
    Source,
)
from fibrocheck.content.nodes import Refused, compose
from fibrocheck.content.problems import ContentError, Problem
from fibrocheck.content.reader import Reader, path
from fibrocheck.content.schema.questionnaire import FILE
from fibrocheck.content.wording import find
from fibrocheck.errors import WrongUsage
from fibrocheck.text_safety import hidden_in, hidden_name, quoted

if TYPE_CHECKING:
    from typing import Any

    from fibrocheck.content.nodes import Node
    from fibrocheck.content.reader import Pointer


File = str | os.PathLike[str]
"""A file's name. `pathlib` is left to those who need more of it: it takes milliseconds to load."""

LARGEST = 8 * 1024 * 1024
SHIPPED = "questions.yaml"


class Findings:
    """What reading a file came to: its content when nothing refuses it, and every problem."""

    __slots__ = ("content", "problems", "reader", "root")

    def __init__(
        self,
        content: Content | None,
        problems: tuple[Problem, ...],
        reader: Reader | None = None,
        root: Node | None = None,
    ) -> None:
        """`reader` and `root` know where everything stands; there are none when the file is no YAML."""
        self.content = content
        self.problems = problems
        self.reader = reader
        self.root = root


def load(file: File | None = None) -> Content:
    """The questionnaire in a file, the shipped one when none is named; `ContentError` if it is not right."""
    file = file or shipped_path()
    findings = parse(read_bytes(file))
    if findings.content is None:
        raise ContentError(str(file), findings.problems)
    return findings.content


def load_for(file: File | None = None, language: str | None = None) -> Content:
    """Return the questionnaire in a file, for visits in one of its languages where one is given.

    `ContentError` if the file cannot be used, `WrongUsage` if it does not have the language.
    """
    content = load(file)
    if language is not None and language not in content.languages:
        available = ", ".join(content.languages)
        raise WrongUsage(f"There is no language {language!r} here. Choose one of: {available}.")
    return content


def shipped_path() -> str:
    """Where the questionnaire that came with the program is: in the package, or beside it in a checkout."""
    package = os.path.dirname(os.path.dirname(__file__))
    inside, beside = os.path.join(package, SHIPPED), os.path.join(os.path.dirname(package), SHIPPED)
    return inside if os.path.exists(inside) or not os.path.exists(beside) else beside


def read_bytes(file: File) -> bytes:
    """The bytes of an ordinary file that is not too large; `ContentError` for anything else."""
    try:
        # Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(file, flags), "rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                raise _unusable(file, "this is not an ordinary file", "Name a questions.yaml")
            data = opened.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from None
    if len(data) > LARGEST:
        raise _unusable(file, "the file is larger than 8 MB", "Name a questions.yaml, which has about 55 kB")
    return data


def _unreadable(file: File, error: OSError | ValueError) -> ContentError:
    if isinstance(error, FileNotFoundError):
        return _unusable(
            file,
            "there is no such file",
            "Check the name, or leave it out to use the file that came with fibrocheck",
        )
    if isinstance(error, IsADirectoryError) or os.path.isdir(file):
        return _unusable(file, "this is a folder", f"Name the file in it, such as {SHIPPED}")
    if isinstance(error, PermissionError):
        return _unusable(
            file,
            "the file may not be read by this user",
            "Ask whoever looks after this computer for permission to read it",
        )
    reason = getattr(error, "strerror", None) or error
    return _unusable(file, f"the file cannot be read ({reason})", "Check that it is there and can be opened")


def _unusable(file: File, what: str, remedy: str) -> ContentError:
    return ContentError(str(file), (Problem(0, 0, what, remedy),))


def parse(data: bytes) -> Findings:
    """The questionnaire in the bytes of a file, or every problem, sorted by line."""
    problems: list[Problem] = []
    try:
        root = compose(_decoded(data, problems), problems)
    except Refused as refused:
        return Findings(None, _in_order([*problems, refused.problem]))
    reader = Reader(problems)
    values = FILE.read(root, (None, "", root), reader)
    _finish(reader)
    content = None
    if isinstance(values, dict) and not problems:
        content = _content(values)
    return Findings(content, _in_order(problems), reader, root)


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems), key=lambda problem: (problem.line, problem.column, problem.what)))


def _decoded(data: bytes, problems: list[Problem]) -> str:
    """The text of the file. Hidden characters are noted and replaced, so that the rest is still read."""
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = "the file is not UTF-8 text"
        raise Refused(
            Problem(line, 1, what, "Save it again in your editor with the encoding UTF-8")
        ) from None
    text = text.replace("\r\n", "\n")
    plain = text.replace("\n", "").replace("\t", "")
    hidden = hidden_in(plain)
    if not hidden:
        return text
    _note_hidden(text, hidden, problems)
    return text.translate(dict.fromkeys(map(ord, hidden), "?"))


def _note_hidden(text: str, hidden: set[str], problems: list[Problem]) -> None:
    """The first one on every line that has any."""
    for number, line in enumerate(text.split("\n"), 1):
        at = -1 if line.isprintable() else next((at for at, c in enumerate(line) if c in hidden), -1)
        if at >= 0:
            what = f"this line has a hidden character ({hidden_name(line[at])})"
            problems.append(Problem(number, at + 1, what, "Delete it and type the words again by hand"))


def _finish(reader: Reader) -> None:
    """What can be told only when the whole file is read."""
    for look in reader.at_end:
        look()
    for pointer in reader.pointers:
        space, groups, word, _ = pointer
        owner = reader.ids.get(space, {}).get(word.value)
        if owner is None or owner[0] not in groups:
            _note_points_nowhere(reader, pointer)
    _note_missing_languages(reader)
    _note_unlisted_languages(reader)
    reader.problems.extend(find(reader.texts, reader.languages, reader.never_say))


def _note_points_nowhere(reader: Reader, pointer: Pointer) -> None:
    space, groups, word, place = pointer
    known = (id_ for group in groups for id_ in reader.declared(space, group))
    near = reader.nearest(word.value, known)
    thing = " or ".join(groups)
    remedy = f"Perhaps it should be {near}" if near else f"Correct it, or add such a {thing}"
    reader.add(word, f"{path(place)} points to {quoted(word.value)}, and there is no such {thing}", remedy)


def _note_missing_languages(reader: Reader) -> None:
    for language, places in reader.missing.items():
        name = _named(language, reader)
        if len(places) == reader.text_count:
            what = f"languages lists {name}, but no text is written in it"
            reader.add(
                reader.language_keys[language],
                what,
                f"Add {language}: to every text, or remove {language} from languages",
            )
            continue
        for place in places:
            what = f"{path(place)} has no {name} text"
            reader.add(place[2], what, f"Add one, or remove {language} from languages")


def _note_unlisted_languages(reader: Reader) -> None:
    for language, found in reader.unlisted.items():
        if len(found) == reader.text_count:
            first = next(iter(reader.language_keys.values()))
            what = f"every text has {language}, which languages does not list"
            reader.add(first, what, f"Add {language} to languages with its name")
            continue
        for place, key in found:
            what = f"{path(place)} has a text in {language}, which languages does not list"
            reader.add(key, what, f"Add {language} to languages, or remove the text")


_ENGLISH_NAMES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "hi": "Hindi",
    "ht": "Haitian Creole",
    "it": "Italian",
    "ko": "Korean",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "so": "Somali",
    "tl": "Tagalog",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


def _named(language: str, reader: Reader) -> str:
    """Spanish (es): staff who mend the file read English, whatever its languages call themselves."""
    return f"{_ENGLISH_NAMES.get(language, reader.languages[language])} ({language})"


def _content(values: dict[str, Any]) -> Content:
    """The file's values as the rest of the program knows them."""
    values.pop("never_say", None)
    values.pop("exempt_terms", None)
    answers = values["answers"]
    values["symptoms"] = _items(values["symptoms"], SYMPTOM, _choices(SYMPTOM_ANSWERS, answers))
    values["factors"] = _items(values.get("factors", ()), FACTOR, _choices(FACTOR_ANSWERS, answers))
    values["sources"] = {id_: Source(id=id_, **source) for id_, source in values.get("sources", {}).items()}
    left_out: dict[str, Any] = {"follow_ups": (), "faq": (), "approval": Approval()}
    return Content(**(left_out | values))


def _choices(codes: tuple[str, ...], answers: dict[str, dict[str, str]]) -> tuple[Choice, ...]:
    return tuple([Choice(code, answers[code]) for code in codes])


def _items(items: tuple[dict[str, Any], ...], part: str, choices: tuple[Choice, ...]) -> tuple[Item, ...]:
    return tuple([Item(**item, part=part, choices=choices) for item in items])
