"""Kinds of value a file can hold. Each reads a node, and tells the same rules as JSON Schema.

A shape reads as far as it can and notes every problem on the `Reader`; what it returns is used
only when there was none, so a value may be `None` where a problem was noted.

Plain classes and not dataclasses: these are made while a patient waits for the first page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.content.nodes import ListNode, MapNode, TextNode
from fibrocheck.content.reader import CHOICE, path
from fibrocheck.text_safety import is_https, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any, Protocol

    from fibrocheck.content.nodes import Node
    from fibrocheck.content.reader import Place, Reader

    Schema = dict[str, Any]

    class ValueType(Protocol):
        """What a value must look like."""

        def read(self, node: Node, place: Place, reader: Reader) -> object:
            """The value of the node; its problems go to the reader."""

        def schema(self) -> Schema:
            """The same rules for an editor."""


_LOWER = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
_LETTERS = _LOWER + _LOWER.upper()

NO_BRACES = r"^[^{}]*[^{}\s][^{}]*$"
HTTPS = r"^https://[A-Za-z0-9.-]+(:[0-9]+)?([/?#][!-~]*)?$"


class SingleLine:
    """A plain word or line, the same in every language."""

    __slots__ = ("may_be_empty",)

    def __init__(self, *, may_be_empty: bool = False) -> None:
        """Empty only where something may be left out."""
        self.may_be_empty = may_be_empty

    def read(self, node: Node, place: Place, reader: Reader) -> str | None:
        """The line without spaces around it."""
        value = reader.words(node, place)
        if value == "" and not self.may_be_empty:
            reader.add(node, f"{path(place)} is empty", "Fill it in")
        return value

    def schema(self) -> Schema:
        """A string."""
        return {"type": "string"} if self.may_be_empty else {"type": "string", "pattern": r"\S"}


class Pattern:
    """A word made of certain characters only, such as an id."""

    __slots__ = ("allowed", "ends", "pattern", "remedy")

    def __init__(self, allowed: str, pattern: str, remedy: str, *, ends: str = "") -> None:
        """`ends` are characters that must not come first or last."""
        self.allowed = frozenset(allowed)
        self.pattern = pattern
        self.remedy = remedy
        self.ends = ends

    def fits(self, value: str) -> bool:
        """Whether the word is spelled so."""
        return bool(value) and self.allowed.issuperset(value) and value.strip(self.ends or None) == value

    def read(self, node: Node, place: Place, reader: Reader) -> str | None:
        """The word as it is."""
        value = reader.words(node, place)
        if value is not None and not self.fits(value):
            what = f"{path(place)} is {quoted(value)}" if value else f"{path(place)} is empty"
            reader.add(node, what, self.remedy)
        return value

    def schema(self) -> Schema:
        """A string that follows the pattern."""
        return {"type": "string", "pattern": self.pattern}


ID = Pattern(
    _LOWER + _DIGITS + "-",
    r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
    "Write an id with small letters a to z, digits and hyphens only, such as muscle-pain",
    ends="-",
)
SOURCE_ID = Pattern(
    _LETTERS + _DIGITS + "-",
    r"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$",
    "Name a source with letters, digits and hyphens only, such as MLP",
    ends="-",
)
LANGUAGE = Pattern(
    _LETTERS + _DIGITS + "-",
    r"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$",
    "Write the short code of the language, such as en or es",
    ends="-",
)
VERSION = Pattern(
    _LETTERS + _DIGITS + ".-",
    r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$",
    "Write a version with letters, digits, dots and hyphens only, such as 2026.11.0",
    ends=".-",
)


class Constant:
    """One certain word."""

    __slots__ = ("remedy", "value")

    def __init__(self, value: str, remedy: str) -> None:
        """The word, and what to do where another stands."""
        self.value = value
        self.remedy = remedy

    def read(self, node: Node, place: Place, reader: Reader) -> str | None:
        """The word."""
        value = reader.words(node, place)
        if value is not None and value != self.value:
            reader.add(node, f"{path(place)} is {quoted(value)} and not {self.value}", self.remedy)
        return value

    def schema(self) -> Schema:
        """The word, or the number that an editor takes it for."""
        return {"enum": [self.value, int(self.value)] if self.value.isdecimal() else [self.value]}


class Flag:
    """Yes or no."""

    __slots__ = ()

    def read(self, node: Node, place: Place, reader: Reader) -> bool:
        """Whether it is true."""
        value = node.value if isinstance(node, TextNode) else None
        if value not in {"true", "false"}:
            reader.wrong(node, place, "true or false", "Write true or false, without quotes")
        return value == "true"

    def schema(self) -> Schema:
        """A boolean, also as a word."""
        return {"enum": [True, False, "true", "false"]}


class WholeNumber:
    """A whole number from 1 up."""

    __slots__ = ()

    def read(self, node: Node, place: Place, reader: Reader) -> int:
        """The number."""
        value = node.value if isinstance(node, TextNode) else ""
        if len(value) > 4 or not value.isascii() or not value.isdecimal() or int(value) < 1:  # noqa: PLR2004 - enough to count with
            reader.wrong(node, place, "a whole number", "Write a whole number, 1 or more")
            return 1
        return int(value)

    def schema(self) -> Schema:
        """An integer, also as a word."""
        return {
            "anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": "^0*[1-9][0-9]*$"}]
        }


class Date:
    """A day as 2026-11-30, or empty."""

    __slots__ = ()

    def read(self, node: Node, place: Place, reader: Reader) -> str | None:
        """The day as it is written."""
        value = reader.words(node, place)
        if value and not _is_date(value):
            what = f"{path(place)} is {quoted(value)}, which is no date"
            reader.add(node, what, "Write year, month and day, such as 2026-11-30")
        return value

    def schema(self) -> Schema:
        """A date, or an empty string."""
        return {"type": "string", "pattern": r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"}


def _is_date(value: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


class Https:
    """A link a patient may follow: https, and nothing in it that hides where it leads."""

    __slots__ = ("may_be_empty",)

    def __init__(self, *, may_be_empty: bool = False) -> None:
        """Empty only where a link may be left out."""
        self.may_be_empty = may_be_empty

    def read(self, node: Node, place: Place, reader: Reader) -> str | None:
        """The link as it is."""
        value = reader.words(node, place)
        if value is None or (value == "" and self.may_be_empty):
            return value
        if not is_https(value):
            what = f"{path(place)} is {quoted(value)}, which is not a plain https:// link"
            reader.add(node, what, "Write the whole address, beginning with https://")
        return value

    def schema(self) -> Schema:
        """A link, or an empty string where it may be left out."""
        link = {"type": "string", "pattern": HTTPS}
        return {"anyOf": [link, {"const": ""}]} if self.may_be_empty else link


class LocalizedText:
    """The same words in every language; `must` and `may` are the {braces} that the program fills in."""

    __slots__ = ("may", "must")

    def __init__(self, must: tuple[str, ...] = (), may: tuple[str, ...] = ()) -> None:
        """Every language has each of `must`, may have those of `may`, and has nothing else in braces."""
        self.must = must
        self.may = may

    def read(self, node: Node, place: Place, reader: Reader) -> dict[str, str]:
        """The words of every language."""
        words: dict[str, str] = {}
        if not isinstance(node, MapNode):
            reader.wrong(node, place, "a text in every language", 'Write it as {en: "...", es: "..."}')
            return words
        reader.text_count += 1
        for language in node.entries:
            words[language] = self._in_one(language, node, place, reader)
        if words.keys() != reader.languages.keys():
            _note_languages(node, place, reader)
        return words

    def _in_one(self, language: str, table: MapNode, place: Place, reader: Reader) -> str:
        node = table.entries[language]
        inner = (place, language, table.keys[language])
        value = reader.words(node, inner)
        if not value or not isinstance(node, TextNode):
            if value is not None:
                reader.add(node, f"{path(inner)} is empty", "Write the words")
            return ""
        if self.must or "{" in value or "}" in value:
            self._check_fills(value, node, inner, reader)
        reader.texts.append((language, value, node, place))
        return value

    def _check_fills(self, value: str, node: Node, place: Place, reader: Reader) -> None:
        known = [f"{{{name}}}" for name in (*self.must, *self.may)]
        for filled in known[: len(self.must)]:
            if filled not in value:
                what = f"{path(place)} does not have {filled}"
                reader.add(node, what, f"Put {filled} where the program fills it in")
        rest = value
        for filled in known:
            rest = rest.replace(filled, "")
        if "{" in rest or "}" in rest:
            remedy = (
                f"Keep {' and '.join(known)} and take other braces out" if known else "Take the braces out"
            )
            reader.add(node, f"{path(place)} has braces that nothing fills in", remedy)

    def schema(self) -> Schema:
        """An object of languages."""
        known = "|".join((*self.must, *self.may))
        if not known:
            return {"$ref": "#/$defs/text"}
        every = [{"pattern": rf"\{{{name}\}}"} for name in self.must]
        value: Schema = {"type": "string", "pattern": rf"^([^{{}}]|\{{({known})\}})+$"}
        return languages_schema(value | {"allOf": every} if every else value)


def languages_schema(value: Schema) -> Schema:
    """An object with one value a language."""
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": LANGUAGE.pattern},
        "additionalProperties": value,
    }


def _note_languages(node: MapNode, place: Place, reader: Reader) -> None:
    """Which languages a text lacks or has too many; told at the end, when all texts are read."""
    if not reader.languages:
        return
    for language in reader.languages:
        if language not in node.entries:
            reader.missing.setdefault(language, []).append(place)
    for language, key in node.keys.items():
        if language not in reader.languages:
            reader.unlisted.setdefault(language, []).append((place, key))


class NewId:
    """An id that this place gives a name to, once in the file."""

    __slots__ = ("group", "not_allowed", "space", "spelled")

    def __init__(
        self, space: str, group: str, spelled: Pattern = ID, not_allowed: frozenset[str] = frozenset()
    ) -> None:
        """Ids are different from each other within a space; `group` says who has it."""
        self.space = space
        self.group = group
        self.spelled = spelled
        self.not_allowed = not_allowed

    def read(self, node: Node, place: Place, reader: Reader) -> str | None:
        """The id, which others can now point to."""
        value = self.spelled.read(node, place, reader)
        if value and isinstance(node, TextNode):
            if value in self.not_allowed:
                what = f"{path(place)} is {quoted(value)}, which is the name of a section in saved copies"
                reader.add(node, what, "Choose another id")
            reader.declare(_space(self.space, place), self.group, node, place)
        return value

    def schema(self) -> Schema:
        """The spelling of an id."""
        refused = {"not": {"enum": sorted(self.not_allowed)}} if self.not_allowed else {}
        return self.spelled.schema() | refused


def _space(space: str, place: Place) -> str:
    """Choices are told apart within their own list only: list, choice, id are three steps up."""
    around = place[0] and place[0][0]
    return f"{space} {around[2].line}:{around[2].column}" if space == CHOICE and around else space


class Reference:
    """The id of something that stands elsewhere in the file."""

    __slots__ = ("groups", "space", "spelled")

    def __init__(self, space: str, groups: tuple[str, ...], spelled: Pattern = ID) -> None:
        """What is pointed to must be of one of the groups."""
        self.space = space
        self.groups = groups
        self.spelled = spelled

    def read(self, node: Node, place: Place, reader: Reader) -> str | None:
        """The id; whether there is such a thing is seen at the end."""
        value = reader.words(node, place)
        if value is not None and isinstance(node, TextNode):
            reader.pointers.append((self.space, self.groups, node, place))
        return value

    def schema(self) -> Schema:
        """The spelling of an id; what it points to, an editor cannot know."""
        return self.spelled.schema()


class ListOf:
    """Several of the same kind."""

    __slots__ = ("least", "most", "once", "shape", "thing")

    def __init__(
        self, shape: ValueType, thing: str, least: int = 0, most: int | None = None, *, once: bool = False
    ) -> None:
        """`thing` is what one of them is called; with `once` none may be there twice."""
        self.shape = shape
        self.thing = thing
        self.least = least
        self.most = most
        self.once = once

    def read(self, node: Node, place: Place, reader: Reader) -> tuple[Any, ...]:
        """Every one of them, in the order of the file."""
        if not isinstance(node, ListNode):
            reader.wrong(
                node, place, "a list", "Begin each line of the list with a dash, or write it as [a, b]"
            )
            return ()
        self._count(len(node.items), place, reader)
        if self.once:
            self._note_twice(node, place, reader)
        read = self.shape.read
        return tuple([read(item, (place, number, item), reader) for number, item in enumerate(node.items)])

    def _count(self, number: int, place: Place, reader: Reader) -> None:
        if number < self.least:
            has = f"has only {number}" if number else "has no"
            need = f"{self.least} or more" if self.least > 1 else "at least one"
            reader.add(place[2], f"{path(place)} {has} {self.thing}", f"It needs {need}")
        if self.most is not None and number > self.most:
            what = f"{path(place)} has {number} {self.thing}s"
            reader.add(place[2], what, f"Keep {self.most} or fewer")

    def _note_twice(self, node: ListNode, place: Place, reader: Reader) -> None:
        seen: set[str] = set()
        for number, item in enumerate(node.items):
            if isinstance(item, TextNode):
                if item.value in seen:
                    reader.add(
                        item,
                        f"{path((place, number, item))} repeats {quoted(item.value)}",
                        "Keep one of them",
                    )
                seen.add(item.value)

    def schema(self) -> Schema:
        """An array."""
        schema: Schema = {"type": "array", "items": self.shape.schema()}
        if self.least:
            schema["minItems"] = self.least
        if self.most is not None:
            schema["maxItems"] = self.most
        if self.once:
            schema["uniqueItems"] = True
        return schema


class MapOf:
    """Keys that the file chooses itself, each with a value of the same kind."""

    __slots__ = ("key", "least", "most", "shape", "thing")

    def __init__(
        self, key: ValueType, shape: ValueType, thing: str, least: int = 0, most: int | None = None
    ) -> None:
        """`key` reads the key itself; `thing` is what one entry is called."""
        self.key = key
        self.shape = shape
        self.thing = thing
        self.least = least
        self.most = most

    def read(self, node: Node, place: Place, reader: Reader) -> dict[str, Any]:
        """Every entry, in the order of the file."""
        if not isinstance(node, MapNode):
            reader.wrong(
                node,
                place,
                f"a group of keys, one a {self.thing}",
                "Write each as key: value on a line of its own",
            )
            return {}
        if len(node.entries) < self.least:
            reader.add(place[2], f"{path(place)} has no {self.thing}", "It needs at least one")
        if self.most is not None and len(node.entries) > self.most:
            what = f"{path(place)} has {len(node.entries)} {self.thing}s"
            reader.add(place[2], what, f"Keep {self.most} or fewer")
            return {}
        values = {}
        for name, value in node.entries.items():
            key = node.keys[name]
            inner = (place, name, key)
            self.key.read(key, inner, reader)
            values[name] = self.shape.read(value, inner, reader)
        return values

    def schema(self) -> Schema:
        """An object whose keys are free."""
        schema: Schema = {
            "type": "object",
            "propertyNames": self.key.schema(),
            "additionalProperties": self.shape.schema(),
        }
        if self.most is not None:
            schema["maxProperties"] = self.most
        return schema | {"minProperties": self.least} if self.least else schema


class Languages(MapOf):
    """The languages of the file: from here on every text must have each of them."""

    __slots__ = ()

    def read(self, node: Node, place: Place, reader: Reader) -> dict[str, Any]:
        """Code and name of every language, which the reader keeps."""
        languages = super().read(node, place, reader)
        reader.languages = {code: name or code for code, name in languages.items()}
        reader.language_keys = node.keys if isinstance(node, MapNode) else {}
        return languages


class Key:
    """One key of a `KeyGroup`."""

    __slots__ = ("about", "needed", "shape")

    def __init__(self, shape: ValueType, about: str, *, needed: bool = True) -> None:
        """What it holds, what it is for, and whether it may be left out."""
        self.shape = shape
        self.about = about
        self.needed = needed

    def schema(self) -> Schema:
        """The rules of the value, with what it is for."""
        return {"description": self.about} | self.shape.schema()


class KeyGroup:
    """A group of certain keys."""

    __slots__ = ("after", "keys", "make", "thing")

    def __init__(
        self,
        thing: str,
        make: Callable[..., Any],
        keys: Mapping[str, Key],
        after: Callable[[dict[str, Any], MapNode, Place, Reader], None] | None = None,
    ) -> None:
        """`make` builds the value when nothing was wrong; `after` looks at keys together."""
        self.thing = thing
        self.make = make
        self.keys = keys
        self.after = after

    def read(self, node: Node, place: Place, reader: Reader) -> object:
        """What `make` makes of the values."""
        if not isinstance(node, MapNode):
            reader.wrong(
                node, place, self.thing, f"Write its keys on lines of their own: {_first(self.keys)}"
            )
            return None
        values: dict[str, Any] = {}
        entries = node.entries
        for name, key in self.keys.items():
            value = entries.get(name)
            if value is not None:
                values[name] = key.shape.read(value, (place, name, node.keys[name]), reader)
        if missing := [name for name, key in self.keys.items() if key.needed and name not in entries]:
            _note_missing(missing, place, node, reader)
        if entries.keys() - self.keys.keys():
            self._note_unknown(node, place, reader)
        if self.after:
            self.after(values, node, place, reader)
        return None if reader.problems else self.make(**values)

    def _note_unknown(self, node: MapNode, place: Place, reader: Reader) -> None:
        for name, key in node.keys.items():
            if name in self.keys:
                continue
            near = reader.nearest(name, self.keys)
            where = path(place)
            remedy = (
                f"Perhaps it should be {near}"
                if near
                else f"Remove it. {self.thing} can have: {', '.join(self.keys)}"
            )
            reader.add(key, f"{where} has the unknown key {quoted(name)}", remedy)

    def schema(self) -> Schema:
        """An object with these keys and no others."""
        return {
            "type": "object",
            "properties": {name: key.schema() for name, key in self.keys.items()},
            "required": [name for name, key in self.keys.items() if key.needed],
            "additionalProperties": False,
        }


def _first(keys: Iterable[str]) -> str:
    return ", ".join(list(keys)[:4])


def _note_missing(names: list[str], place: Place, node: MapNode, reader: Reader) -> None:
    shown = place[2] if place[0] else node
    remedy = f"Add {names[0]}: under it" if len(names) == 1 else "Add each of them on a line of its own"
    reader.add(shown, f"{path(place)} has no {', '.join(names)}", remedy)
