"""Single values: lines, words that follow a pattern, numbers, dates, links, ids and references to ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.content.nodes import TextNode
from fibrocheck.content.reader import CHOICE, path
from fibrocheck.text_safety import is_https, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fibrocheck.content.nodes import Node
    from fibrocheck.content.reader import FoundReference, Place, Reader
    from fibrocheck.content.values.base import Schema

_LOWER = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
_LETTERS = _LOWER + _LOWER.upper()
_MAX_DIGITS = 4

HTTPS = r"^https://[A-Za-z0-9.-]+(:[0-9]+)?([/?#][!-~]*)?$"


CANONICAL = r"^https://[A-Za-z0-9.-]+(:[0-9]+)?([/?][!-\"$-{}~]*)?$"


class SingleLine:
    """A word or line that is the same in every language."""

    __slots__ = ("may_be_anything", "may_be_empty")

    def __init__(self, *, may_be_empty: bool = False, may_be_anything: bool = False) -> None:
        """Set whether the line may be empty, and whether it may be something that is not a text."""
        self.may_be_empty = may_be_empty
        self.may_be_anything = may_be_anything

    def read(self, node: Node, place: Place, reader: Reader) -> str | None:
        """Return the line without spaces around it."""
        value = reader.scalar(node, place) if self.may_be_anything else reader.text(node, place)
        if value == "" and not self.may_be_empty:
            reader.add(node, f"{path(place)}: is empty", "Fill it in")
        return value

    def schema(self) -> Schema:
        """Return a string."""
        return {"type": "string"} if self.may_be_empty else {"type": "string", "pattern": r"\S"}


class Pattern:
    """A word made of certain characters only, such as an id."""

    __slots__ = ("allowed", "inner", "regex", "remedy")

    def __init__(self, allowed: str, regex: str, remedy: str, *, inner: str = "") -> None:
        """Set the rule twice, for reading and for JSON Schema; `inner` must not come first or last."""
        self.allowed = frozenset(allowed)
        self.regex = regex
        self.remedy = remedy
        self.inner = inner

    def matches(self, value: str) -> bool:
        """Return whether the word follows the pattern."""
        return bool(value) and self.allowed.issuperset(value) and value.strip(self.inner or None) == value

    def read(self, node: Node, place: Place, reader: Reader) -> str | None:
        """Return the word unchanged."""
        value = reader.scalar(node, place)
        if value is not None and not self.matches(value):
            what = f"{path(place)}: {quoted(value)} is not allowed" if value else f"{path(place)}: is empty"
            reader.add(node, what, self.remedy)
        return value

    def schema(self) -> Schema:
        """Return a string that follows the pattern."""
        return {"type": "string", "pattern": self.regex}


ID = Pattern(
    _LOWER + _DIGITS + "-",
    r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
    "Write an id with small letters a to z, digits and hyphens only, such as muscle-pain",
    inner="-",
)
SOURCE_ID = Pattern(
    _LETTERS + _DIGITS + "-",
    r"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$",
    "Name a source with letters, digits and hyphens only, such as MLP",
    inner="-",
)
LANGUAGE = Pattern(
    _LETTERS + _DIGITS + "-",
    r"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$",
    "Write the short code of the language, such as en or es",
    inner="-",
)
VERSION = Pattern(
    _LETTERS + _DIGITS + ".-",
    r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$",
    "Write a version with letters, digits, dots and hyphens only, such as 2026.11.0",
    inner=".-",
)


class Constant:
    """The one word that is allowed."""

    __slots__ = ("remedy", "value")

    def __init__(self, value: str, remedy: str) -> None:
        """Set the word, and what to do if the file has another."""
        self.value = value
        self.remedy = remedy

    def read(self, node: Node, place: Place, reader: Reader) -> str | None:
        """Return the word."""
        value = reader.scalar(node, place)
        if value is not None and value != self.value:
            reader.add(node, f"{path(place)}: must be {self.value}, but is {quoted(value)}", self.remedy)
        return value

    def schema(self) -> Schema:
        """Return the word, or the number that an editor takes it for."""
        return {"enum": [self.value, int(self.value)] if self.value.isdecimal() else [self.value]}


class Flag:
    """True or false."""

    __slots__ = ()

    def read(self, node: Node, place: Place, reader: Reader) -> bool:
        """Return whether it is true."""
        value = node.value if isinstance(node, TextNode) else None
        if value not in {"true", "false"}:
            reader.add_wrong_type(node, place, "true or false", "Write true or false, without quotes")
        return value == "true"

    def schema(self) -> Schema:
        """Return a boolean, or its word."""
        return {"enum": [True, False, "true", "false"]}


class WholeNumber:
    """A whole number from 1 to 9999."""

    __slots__ = ()

    def read(self, node: Node, place: Place, reader: Reader) -> int:
        """Return the number."""
        value = node.value if isinstance(node, TextNode) else ""
        if len(value) > _MAX_DIGITS or not value.isascii() or not value.isdecimal() or int(value) < 1:
            reader.add_wrong_type(node, place, "a whole number", "Write a whole number, 1 or more")
            return 1
        return int(value)

    def schema(self) -> Schema:
        """Return an integer, or its word."""
        return {
            "anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": "^0*[1-9][0-9]*$"}]
        }


class Date:
    """A date such as 2026-11-30, or nothing."""

    __slots__ = ()

    def read(self, node: Node, place: Place, reader: Reader) -> str | None:
        """Return the date as it is written."""
        value = reader.scalar(node, place)
        if value and not _is_date(value):
            what = f"{path(place)}: {quoted(value)} is not a date"
            reader.add(node, what, "Write year, month and day, such as 2026-11-30")
        return value

    def schema(self) -> Schema:
        """Return a date, or an empty string."""
        return {"type": "string", "pattern": r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"}


def _is_date(value: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


class Https:
    """A link that a patient may follow: https, and nothing in it that hides where it leads."""

    __slots__ = ("is_canonical", "may_be_empty")

    def __init__(self, *, may_be_empty: bool = False, is_canonical: bool = False) -> None:
        """Set whether the link may be left empty, and whether it names something in saved records.

        FHIR puts a version after | and a part after # (R4, canonical), so such a name has neither.
        """
        self.may_be_empty = may_be_empty
        self.is_canonical = is_canonical

    def read(self, node: Node, place: Place, reader: Reader) -> str | None:
        """Return the link unchanged."""
        value = reader.scalar(node, place)
        if value is None or (value == "" and self.may_be_empty):
            return value
        if not is_https(value):
            what = f"{path(place)}: {quoted(value)} is not a plain https:// link"
            reader.add(node, what, "Write the whole address, beginning with https://")
        elif self.is_canonical and ("|" in value or "#" in value):
            what = (
                f"{path(place)}: must contain no bar and no number sign, "
                "which have a meaning of their own in saved records"
            )
            reader.add(node, what, "Remove it and what follows")
        return value

    def schema(self) -> Schema:
        """Return a link, or an empty string if it may be left empty."""
        link = {"type": "string", "pattern": CANONICAL if self.is_canonical else HTTPS}
        return {"anyOf": [link, {"const": ""}]} if self.may_be_empty else link


def shown_number(words: str) -> int | None:
    """Return the number that words consist of, such as 7 for "(7)"; -1 for signs such as "⑦", else `None`."""
    digits = words.strip("()[]. #")
    if digits.isdecimal():
        return int(digits[:_MAX_DIGITS])
    return -1 if digits.isnumeric() and not digits.isalpha() else None


def check_numbers(
    labels: Iterable[Iterable[str]], place: Place, reader: Reader, *, come_first: bool = True
) -> None:
    """Check that no label is a number other than that of its key: a person would type what they read.

    `labels` has the words of each choice, in its languages. The first has the key 1, unless others come
    before it.
    """
    for number, label in enumerate(labels, 1):
        for words in label:
            shown = shown_number(words or "")
            if shown is not None and not (come_first and shown == number):
                key = f"the key {number}" if come_first else "a key of another number"
                what = f"{path(place)}: {quoted(words)} is chosen with {key}, not with the key that it shows"
                reader.add(place[2], what, 'Write the label in words, such as "None" or "Seven"')
                return


class NewId:
    """An id that is declared here, once in the file."""

    __slots__ = ("group", "pattern", "reserved", "space")

    def __init__(
        self, space: str, group: str, pattern: Pattern = ID, reserved: frozenset[str] = frozenset()
    ) -> None:
        """Set the space in which the id must be unique, and the group of ids that it joins."""
        self.space = space
        self.group = group
        self.pattern = pattern
        self.reserved = reserved

    def read(self, node: Node, place: Place, reader: Reader) -> str | None:
        """Return the id, which a `Reference` can name from now on."""
        value = self.pattern.read(node, place, reader)
        if value and isinstance(node, TextNode):
            if value in self.reserved:
                what = f"{path(place)}: {quoted(value)} is the name of a section in saved copies"
                reader.add(node, what, "Choose another id")
            reader.declare(_unique_space(self.space, place), self.group, node, place)
        return value

    def schema(self) -> Schema:
        """Return the pattern of an id."""
        reserved = {"not": {"enum": sorted(self.reserved)}} if self.reserved else {}
        return self.pattern.schema() | reserved


def _unique_space(space: str, place: Place) -> str:
    """Return the space of an id. Choices are unique only within their list, which is two places up."""
    around = place[0] and place[0][0]
    return f"{space} {around[2].line}:{around[2].column}" if space == CHOICE and around else space


class Reference:
    """The id of something that is declared elsewhere in the file."""

    __slots__ = ("groups", "pattern", "space")

    def __init__(self, space: str, groups: tuple[str, ...], pattern: Pattern = ID) -> None:
        """Set the space of the id, and the groups of which it must be in one."""
        self.space = space
        self.groups = groups
        self.pattern = pattern

    def read(self, node: Node, place: Place, reader: Reader) -> str | None:
        """Return the id; `check_references` looks it up once the whole file has been read."""
        value = reader.scalar(node, place)
        if value is not None and isinstance(node, TextNode):
            reader.references.append((self.space, self.groups, node, place))
        return value

    def schema(self) -> Schema:
        """Return the pattern of an id; an editor cannot check whether it is declared."""
        return self.pattern.schema()


def check_references(reader: Reader) -> None:
    """Add a problem for each reference to an id that the file does not declare."""
    for reference in reader.references:
        space, groups, word, _ = reference
        owner = reader.ids.get(space, {}).get(word.value)
        if owner is None or owner[0] not in groups:
            _add_unknown_id(reference, reader)


def _add_unknown_id(reference: FoundReference, reader: Reader) -> None:
    space, groups, word, place = reference
    known = (id_ for group in groups for id_ in reader.declared(space, group))
    closest = reader.closest(word.value, known)
    noun = " or ".join(groups)
    remedy = f"Perhaps you mean {closest}" if closest else f"Correct it, or add such a {noun}"
    reader.add(word, f"{path(place)}: no {noun} has the id {quoted(word.value)}", remedy)
