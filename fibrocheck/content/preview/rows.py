"""The texts of a file as rows: the same text in each language, and how it differs from before."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fibrocheck.content.check import measured_texts
from fibrocheck.content.model import Content
from fibrocheck.content.preview.hedges import Part, has_list, is_hedged, parts_of, teaches
from fibrocheck.content.program_words import by_name
from fibrocheck.content.readability import MIN_WORDS, NotInstalled, Readability
from fibrocheck.content.reader import Place, Reader, keys, language_name, path

SAME, CHANGED, NEW = "", "changed", "new"


class Cell(NamedTuple):
    """One text in one language. `before` is what was approved, if that was different."""

    language: str
    parts: tuple[Part, ...]
    note: str = ""
    before: str = ""


class Row(NamedTuple):
    """One text in every language. `where` are the keys that lead to it, `entry` the item it belongs to."""

    path: str
    where: tuple[str, ...]
    line: int
    cells: tuple[Cell, ...]
    change: str = SAME
    warning: str = ""

    @property
    def entry(self) -> str:
        """The item or list entry, such as "symptom sleep"; the section's key for what stands in it."""
        return self.path.partition(", ")[0]


Wording = Mapping[str, Mapping[str, str]]
"""By path: the words in each language."""


def wording_of(reader: Reader) -> dict[str, dict[str, str]]:
    """Return every text of a file by its path."""
    found: dict[str, dict[str, str]] = {}
    for language, words, _, place in reader.texts:
        found.setdefault(path(place), {})[language] = words
    return found


def rows_of(reader: Reader, content: Content, before: Wording | None = None) -> list[Row]:
    """Return a row for each text, in the order of the file; then the words that the program supplies.

    `before` is the wording to compare with.
    """
    places: dict[str, tuple[Place, int]] = {}
    for _, _, node, place in reader.texts:
        places.setdefault(path(place), (place, node.line))
    notes, wording = _notes(reader), wording_of(reader)
    rows = [_row(name, wording[name], place, line, notes, before) for name, (place, line) in places.items()]
    return [*rows, *_supplied(reader, content)]


def removed(reader: Reader, before: Wording | None) -> list[tuple[str, Mapping[str, str]]]:
    """Return the texts that were there before and are not now."""
    now = wording_of(reader)
    return [(name, words) for name, words in (before or {}).items() if name not in now]


Notes = Mapping[tuple[str, str], str]
"""By path and language: how hard a text is to read, in words."""


def _row(
    name: str, words: Mapping[str, str], place: Place, line: int, notes: Notes, before: Wording | None
) -> Row:
    hedged = teaches(place)
    old = (before or {}).get(name)
    cells = tuple(
        Cell(
            language,
            parts_of(text, language, hedged=hedged),
            notes.get((name, language), ""),
            old.get(language, "") if old and old.get(language) != text else "",
        )
        for language, text in words.items()
    )
    warning = _lost_hedge(words) if hedged else ""
    return Row(name, keys(place), line, cells, _change(words, old, before), warning)


def _change(words: Mapping[str, str], old: Mapping[str, str] | None, before: Wording | None) -> str:
    if before is None:
        return SAME
    if old is None:
        return NEW
    return CHANGED if any(old.get(language) != text for language, text in words.items()) else SAME


def _lost_hedge(words: Mapping[str, str]) -> str:
    """Return what to look at if a text is hedged in one language and not in another; else nothing."""
    known = [language for language in words if has_list(language)]
    without = [language for language in known if not is_hedged(words[language], language)]
    if not without or len(without) == len(known):
        return ""
    names = ", ".join(map(language_name, without))
    return f"No word such as “may” was found in: {names}. Does it still say no more than is known?"


def _notes(reader: Reader) -> dict[tuple[str, str], str]:
    try:
        measured = [*measured_texts(reader)]
    except NotInstalled:
        measured = [*measured_texts(reader, graded=False)]
    return {(text.place, text.language): _in_words(text.readability) for text in measured}


def _in_words(found: Readability) -> str:
    """Return length and grade; nothing for texts too short to be graded, which are many."""
    if found.words < MIN_WORDS:
        return ""
    kind = "grade" if found.formula.endswith("grade") else "ease"
    grade = "" if found.grade is None else f", {kind} {found.grade:g}"
    return f"{found.words} words{grade}{', hard' if found.hard else ''}"


def _supplied(reader: Reader, content: Content) -> list[Row]:
    """Return the words that the file lacks: patients read those that came with the program."""
    words = by_name(content.words)
    return [
        Row(f"words, {name}", ("words", name), node.line, _cells(words[name]), warning=NOT_IN_FILE)
        for name, _, node in reader.supplied
        if name in words
    ]


NOT_IN_FILE = "Not in this file; these words came with fibrocheck."


def _cells(words: Mapping[str, str]) -> tuple[Cell, ...]:
    return tuple(Cell(language, parts_of(text, language, hedged=False)) for language, text in words.items())


def count_changes(rows: Sequence[Row]) -> dict[str, int]:
    """Return how many rows were changed and how many are new."""
    return {change: sum(row.change == change for row in rows) for change in (CHANGED, NEW)}
