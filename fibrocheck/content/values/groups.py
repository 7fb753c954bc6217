"""Lists, groups of fixed keys, and groups whose keys the file chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.content.nodes import ListNode, MapNode, TextNode
from fibrocheck.content.reader import path
from fibrocheck.content.values.words import check_numbers
from fibrocheck.text_safety import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from fibrocheck.content.nodes import Node
    from fibrocheck.content.reader import Place, Reader
    from fibrocheck.content.values.base import Schema, ValueType

_MAX_KEYS_NAMED = 4


class ListOf:
    """A list of values of one type."""

    __slots__ = ("item", "max_items", "needs_one", "noun", "unique")

    def __init__(
        self,
        item: ValueType,
        noun: str,
        max_items: int | None = None,
        *,
        needs_one: bool = False,
        unique: bool = False,
    ) -> None:
        """Set the type of its entries, what one entry is called, and how many there may be."""
        self.item = item
        self.noun = noun
        self.max_items = max_items
        self.needs_one = needs_one
        self.unique = unique

    def read(self, node: Node, place: Place, reader: Reader) -> tuple[Any, ...]:
        """Return the entries in the order of the file."""
        if not isinstance(node, ListNode):
            remedy = "Begin each line of the list with a dash, or write it as [a, b]"
            reader.add_wrong_type(node, place, "a list", remedy)
            return ()
        self._check_number(len(node.items), place, reader)
        if self.unique:
            _check_unique(node, place, reader)
        read = self.item.read
        return tuple([read(item, (place, number, item), reader) for number, item in enumerate(node.items)])

    def _check_number(self, number: int, place: Place, reader: Reader) -> None:
        if self.needs_one and not number:
            reader.add(place[2], f"{path(place)}: has no {self.noun}", "Add at least one")
        if self.max_items is not None and number > self.max_items:
            reader.add(
                place[2], f"{path(place)}: has {number} {self.noun}s", f"Keep at most {self.max_items}"
            )

    def schema(self) -> Schema:
        """Return an array."""
        schema: Schema = {"type": "array", "items": self.item.schema()}
        if self.needs_one:
            schema["minItems"] = 1
        if self.max_items is not None:
            schema["maxItems"] = self.max_items
        if self.unique:
            schema["uniqueItems"] = True
        return schema


def _check_unique(node: ListNode, place: Place, reader: Reader) -> None:
    seen: set[str] = set()
    for item in node.items:
        if isinstance(item, TextNode):
            if item.value in seen:
                reader.add(item, f"{path(place)}: repeats {quoted(item.value)}", "Keep one of them")
            seen.add(item.value)


class MapOf:
    """Keys that the file chooses, with values of one type."""

    __slots__ = ("key", "max_entries", "needs_one", "noun", "value")

    def __init__(
        self,
        key: ValueType,
        value: ValueType,
        noun: str,
        max_entries: int | None = None,
        *,
        needs_one: bool = False,
    ) -> None:
        """Set the types of keys and values, what one entry is called, and how many there may be."""
        self.key = key
        self.value = value
        self.noun = noun
        self.max_entries = max_entries
        self.needs_one = needs_one

    def read(self, node: Node, place: Place, reader: Reader) -> dict[str, Any]:
        """Return the entries in the order of the file; none if there are too many to read."""
        if not isinstance(node, MapNode):
            remedy = "Write each as key: value on a line of its own"
            reader.add_wrong_type(node, place, f"a group of keys, one for each {self.noun}", remedy)
            return {}
        number = len(node.entries)
        if self.needs_one and not number:
            reader.add(place[2], f"{path(place)}: has no {self.noun}", "Add at least one")
        if self.max_entries is not None and number > self.max_entries:
            what = f"{path(place)}: has {number} {self.noun}s"
            reader.add(place[2], what, f"Keep at most {self.max_entries}")
            return {}
        return {name: self._entry(name, node, place, reader) for name in node.entries}

    def _entry(self, name: str, node: MapNode, place: Place, reader: Reader) -> object:
        key = node.keys[name]
        inner = (place, name, key)
        self.key.read(key, inner, reader)
        return self.value.read(node.entries[name], inner, reader)

    def schema(self) -> Schema:
        """Return an object whose keys are free."""
        schema: Schema = {
            "type": "object",
            "propertyNames": self.key.schema(),
            "additionalProperties": self.value.schema(),
        }
        if self.max_entries is not None:
            schema["maxProperties"] = self.max_entries
        return schema | {"minProperties": 1} if self.needs_one else schema


class Languages(MapOf):
    """The languages of the file: every text read after them must have each of them."""

    __slots__ = ()

    def read(self, node: Node, place: Place, reader: Reader) -> dict[str, Any]:
        """Return the name of each language by its code; the reader keeps them."""
        languages = super().read(node, place, reader)
        reader.languages = {code: name or code for code, name in languages.items()}
        check_numbers([[name] for name in reader.languages.values()], place, reader)
        reader.language_keys = node.keys if isinstance(node, MapNode) else {}
        return languages


class Key:
    """One key of a `KeyGroup`."""

    __slots__ = ("description", "is_unused", "moved_to", "required", "value", "without")

    def __init__(
        self,
        value: ValueType,
        description: str,
        *,
        required: bool = True,
        without: str = "",
        moved_to: str = "",
        is_unused: bool = False,
    ) -> None:
        """Set the type of its value, what it is for, and whether it must be there.

        `without` says what a patient does not get if it is not there, for a warning. `moved_to` says where
        the value belongs now: it is read here in files of an earlier version, and kept by the reader. What
        `is_unused` may be there in such a file, and is not read.
        """
        self.value = value
        self.description = description
        self.required = required and not (without or moved_to or is_unused)
        self.without = without
        self.moved_to = moved_to
        self.is_unused = is_unused

    def schema(self) -> Schema:
        """Return the schema of the value, with its description."""
        old = {"deprecated": True} if self.moved_to or self.is_unused else {}
        return {"description": self.description} | old | self.value.schema()


class KeyGroup:
    """A group of fixed keys."""

    __slots__ = ("check", "keys", "make", "noun", "supply")

    def __init__(
        self,
        noun: str,
        make: Callable[..., Any],
        keys: Mapping[str, Key],
        check: Callable[[dict[str, Any], MapNode, Place, Reader], None] | None = None,
        supply: Callable[[list[str], Reader], dict[str, Any]] | None = None,
    ) -> None:
        """Set its name and keys; `make` builds the value from theirs, `check` compares several of them.

        `supply` returns what it can instead of keys that are missing.
        """
        self.supply = supply
        self.noun = noun
        self.make = make
        self.keys = keys
        self.check = check

    def read(self, node: Node, place: Place, reader: Reader) -> object:
        """Return what `make` builds, or `None` if the file has any problem so far."""
        if not isinstance(node, MapNode):
            remedy = f"Write its keys on lines of their own: {_first(self.keys)}"
            reader.add_wrong_type(node, place, "a group of keys", remedy)
            return None
        values: dict[str, Any] = {}
        entries = node.entries
        for name, key in self.keys.items():
            value = entries.get(name)
            if value is not None:
                _read_into(values, key, value, (place, name, node.keys[name]), reader)
            elif key.without:
                reader.absent.append((name, place, node, key.without))
        if missing := [name for name, key in self.keys.items() if key.required and name not in entries]:
            supplied = self.supply(missing, reader) if self.supply else {}
            values |= supplied
            reader.supplied += [(name, place, node) for name in supplied]
            if missing := [name for name in missing if name not in supplied]:
                _add_missing(missing, place, node, reader)
        if entries.keys() - self.keys.keys():
            self._add_unknown(node, place, reader)
        if self.check:
            self.check(values, node, place, reader)
        return None if reader.problems else self.make(**values)

    def _add_unknown(self, node: MapNode, place: Place, reader: Reader) -> None:
        for name, key in node.keys.items():
            if name in self.keys:
                continue
            closest = reader.closest(name, self.keys)
            possible = f"Remove it; the keys of {self.noun} are {', '.join(self.keys)}"
            remedy = f"Perhaps you mean {closest}" if closest else possible
            reader.add(key, f"{path(place)}: unknown key {quoted(name)}", remedy)

    def schema(self) -> Schema:
        """Return an object with these keys and no others."""
        return {
            "type": "object",
            "properties": {name: key.schema() for name, key in self.keys.items()},
            "required": [name for name, key in self.keys.items() if key.required],
            "additionalProperties": False,
        }


def _read_into(values: dict[str, Any], key: Key, node: Node, place: Place, reader: Reader) -> None:
    """Read the value of a key that is there; what an earlier version had is kept by the reader instead."""
    if key.is_unused:
        reader.unused.append(place)
        return
    read = key.value.read(node, place, reader)
    if key.moved_to:
        reader.moved.append((place, key.moved_to, read))
    else:
        values[str(place[1])] = read


def _first(names: Iterable[str]) -> str:
    return ", ".join(list(names)[:_MAX_KEYS_NAMED])


def _add_missing(names: list[str], place: Place, node: MapNode, reader: Reader) -> None:
    shown = place[2] if place[0] else node
    remedy = f"Add {names[0]}: under it" if len(names) == 1 else "Add each of them on a line of its own"
    noun = "the key" if len(names) == 1 else "the keys"
    reader.add(shown, f"{path(place)}: lacks {noun} {', '.join(names)}", remedy)
