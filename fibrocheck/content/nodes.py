"""YAML text -> nodes that know their line, with every limit enforced on the way.

Built from PyYAML's events, one after another, because `yaml.compose` recurses: with the C loader
it ends the whole process on 200,000 nested lists. Scalars stay words: `no` is "no" and not False.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from fibrocheck.content.problems import Problem
from fibrocheck.text_safety import printable, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Protocol

    class Mark(Protocol):
        """Where PyYAML saw something; counts from 0."""

        line: int
        column: int


DEEPEST = 20
_TOO_DEEP = f"values are nested more than {DEEPEST} deep", "Take the extra brackets, dashes or spaces out"
MOST_NODES = 1_000_000
MOST_REPEATED = 10_000
"""How many values all aliases together may repeat. A questionnaire needs none."""


class _Placed:
    """Knows where it stands in the file; lines and columns count from 1."""

    __slots__ = ("mark",)

    mark: Mark

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return self.mark.line + 1

    @property
    def column(self) -> int:
        """The column in which it begins."""
        return self.mark.column + 1


class TextNode(_Placed):
    """A single value, as it was typed, with quotes taken off."""

    __slots__ = ("value",)

    def __init__(self, value: str, mark: Mark) -> None:
        """Remember the value and where it stands."""
        self.value = value
        self.mark = mark


class ListNode(_Placed):
    """A list of values."""

    __slots__ = ("items",)

    def __init__(self, mark: Mark) -> None:
        """Start empty; the composer fills it."""
        self.items: list[Node] = []
        self.mark = mark


class MapNode(_Placed):
    """Keys with their values, in the order of the file; `keys` knows where each key stands."""

    __slots__ = ("entries", "keys")

    def __init__(self, mark: Mark) -> None:
        """Start empty; the composer fills it."""
        self.entries: dict[str, Node] = {}
        self.keys: dict[str, TextNode] = {}
        self.mark = mark


Node = TextNode | ListNode | MapNode


class Refused(Exception):  # noqa: N818 - an answer, not a fault of the program
    """The file cannot be read any further; carries the one reason."""

    def __init__(self, problem: Problem) -> None:
        """Carry the reason."""
        super().__init__(problem.what)
        self.problem = problem


def compose(text: str, problems: list[Problem], *, loader: Any = None) -> Node:
    """The one document in the text. What does not end the reading is added to `problems`."""
    composer = _Composer(problems)
    try:
        for event in _events(text, loader):
            composer.take(event)
    except yaml.YAMLError as error:
        raise Refused(_not_yaml(error, text)) from None
    if composer.root is None:
        raise Refused(
            Problem(1, 1, "the file is empty", "Start from the questions.yaml that came with fibrocheck")
        )
    return composer.root


def _events(text: str, loader: Any) -> Iterator[yaml.Event]:
    return yaml.parse(text, Loader=loader or getattr(yaml, "CSafeLoader", yaml.SafeLoader))


class _Composer:
    """Takes events one by one; what is open waits on a list, so that depth costs no recursion."""

    __slots__ = ("anchors", "count", "inside", "key", "problems", "repeated", "root", "waiting")

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.root: Node | None = None
        self.inside: ListNode | MapNode | None = None
        """The container that is being filled."""
        self.key: TextNode | None = None
        """Its key that waits for a value."""
        self.waiting: list[tuple[ListNode | MapNode | None, TextNode | None, str | None, int]] = []
        """What to return to when a container closes: the one around it and its waiting key;
        with the anchor of the one that closes, and the count when it began."""
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.count = 0
        self.repeated = 0

    def take(self, event: Any) -> None:
        """The next event of the file."""
        kind = event.__class__
        if kind is ScalarEvent:
            node = TextNode(event.value, event.start_mark)
            if event.anchor or event.tag:
                self._decorated(event, node)
            self._place(node)
        elif kind is MappingStartEvent:
            self._begin(event, MapNode(event.start_mark))
        elif kind is SequenceStartEvent:
            self._begin(event, ListNode(event.start_mark))
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            self._end()
        elif kind is AliasEvent:
            self._alias(event)
        elif kind is DocumentStartEvent and self.root is not None:
            what = "a second questionnaire begins here"
            raise Refused(_at(event, what, "Keep one in a file: remove the line of three dashes"))

    def _begin(self, event: Any, node: ListNode | MapNode) -> None:
        if len(self.waiting) == DEEPEST:
            raise Refused(_at(event, *_TOO_DEEP))
        if event.tag:
            self._decorated(event, node)
        self._place(node)
        self.waiting.append((self.inside, self.key, event.anchor, self.count))
        self.inside, self.key = node, None

    def _end(self) -> None:
        closed = self.inside
        self.inside, self.key, anchor, before = self.waiting.pop()
        if anchor and closed is not None:
            self.anchors[anchor] = (closed, self.count - before + 1)

    def _place(self, node: Node) -> None:
        self.count += 1
        if self.count > MOST_NODES:
            what = f"the file has more than {MOST_NODES:,} values"
            raise Refused(Problem(node.line, node.column, what, "Split it into smaller questionnaires"))
        inside = self.inside
        if isinstance(inside, MapNode):
            key = self.key
            if key is None:
                self.key = node if isinstance(node, TextNode) else self._no_key(node)
            else:
                self.key = None
                self._enter(inside, key, node)
        elif inside is not None:
            inside.items.append(node)
        else:
            self.root = node

    def _enter(self, table: MapNode, key: TextNode, node: Node) -> None:
        name = key.value
        if name in table.entries:
            self._twice(key, table.keys[name])
            return
        table.entries[name] = node
        table.keys[name] = key

    def _no_key(self, node: Node) -> TextNode:
        self._add(node, "a key is a list or a group of keys", "Write a single word before the colon")
        return TextNode("?", node.mark)

    def _twice(self, key: TextNode, first: TextNode) -> None:
        what = f"the key {quoted(key.value)} is here twice; the first is on line {first.line}"
        self._add(key, what, "Keep one of them")

    def _decorated(self, event: Any, node: Node) -> None:
        if event.tag:
            what = f"the tag {quoted(event.tag)} is not allowed"
            self._add(node, what, "Remove it, and put the text in quotes if it begins with !")
        if event.anchor and isinstance(node, TextNode):
            self.anchors[event.anchor] = (node, 1)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self.anchors:
            what = f"*{printable(event.anchor, 40)} stands for something that is not complete above it"
            raise Refused(_at(event, what, "Write the words out, in quotes if they begin with *"))
        node, size = self.anchors[event.anchor]
        self.repeated += size
        if self.repeated > MOST_REPEATED:
            what = f"anchors and aliases repeat more than {MOST_REPEATED:,} values"
            raise Refused(_at(event, what, "Write the words out instead of using & and *"))
        self.count += size - 1
        self._place(node)

    def _add(self, node: Node, what: str, remedy: str) -> None:
        self.problems.append(Problem(node.line, node.column, what, remedy))


def _at(event: Any, what: str, remedy: str) -> Problem:
    return Problem(event.start_mark.line + 1, event.start_mark.column + 1, what, remedy)


_REMEDIES = (
    ("mapping values", "Put quotes around a text that has a colon in it"),
    ("alias", "Put quotes around a text that begins with *"),
    ("anchor", "Put quotes around a text that begins with &"),
    ("tag", "Put quotes around a text that begins with !"),
    ("escape", "In double quotes a backslash must be written twice"),
    ("unexpected end", "Close the quotes, brackets or braces that are open here"),
    ("", "Look at the quotes, commas and spaces on this line and the one above"),
)


_NO_TABS = "Use spaces, not tabs, at the beginning of a line"


def _not_yaml(error: yaml.YAMLError, text: str) -> Problem:
    """PyYAML's own words and line, with what usually mends it."""
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
    context = getattr(error, "context", None)
    said = printable(f"{context}, {reason}" if context else str(reason), 160)
    lines = text.split("\n")
    line, column = _where(error, text)
    line = min(line, len(lines) - 1)
    if "nesting depth" in said:
        # libyaml 0.2.6 has a limit of its own, which it meets before it tells of the first value.
        return Problem(line + 1, column + 1, *_TOO_DEEP)
    remedy = next(remedy for sign, remedy in _REMEDIES if sign in said)
    if lines[line][column : column + 1] == "\t":
        remedy = _NO_TABS
    return Problem(line + 1, column + 1, f"this is not YAML ({said})", remedy)


def _where(error: yaml.YAMLError, text: str) -> tuple[int, int]:
    """Line and column from 0; an error of reading has only a position."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark:
        return mark.line, mark.column
    return text.count("\n", 0, getattr(error, "position", None) or 0), 0
