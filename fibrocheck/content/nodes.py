"""YAML text -> nodes that know their line, with every limit enforced on the way.

Nodes are built from PyYAML's events, one after another, because `yaml.compose` recurses: with the
C loader, 200,000 nested lists crash the process. Scalars stay strings: `no` is "no", not False.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.content.problems import Problem
from fibrocheck.content.source_file import IN_QUOTES, Typed, anchored
from fibrocheck.content.yaml_events import events
from fibrocheck.text_safety import printable, quoted

# Not before `yaml_events`, which loads only a part of PyYAML.
from yaml.error import YAMLError  # isort: skip
from yaml.events import (  # isort: skip
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Protocol

    class Mark(Protocol):
        """A position in PyYAML's terms, counted from 0."""

        index: int
        line: int
        column: int


MAX_DEPTH = 20
_TOO_DEEP = (
    f"values are nested more than {MAX_DEPTH} levels deep",
    "Remove the extra brackets, dashes or spaces",
)
MAX_NODES = 1_000_000
MAX_REPEATED = 10_000
"""How many values all aliases together may repeat; a questionnaire needs no aliases at all."""


class _Located:
    """Something at a position in the file; lines and columns count from 1."""

    __slots__ = ("mark",)

    mark: Mark

    @property
    def line(self) -> int:
        """The line where it begins."""
        return self.mark.line + 1

    @property
    def column(self) -> int:
        """The column where it begins."""
        return self.mark.column + 1


class TextNode(_Located):
    """A single value as it was typed, without quotes."""

    __slots__ = ("value",)

    def __init__(self, value: str, mark: Mark) -> None:
        """Set the value and its position."""
        self.value = value
        self.mark = mark


class AlteredText(TextNode):
    """A single value of which YAML reads something else than was typed: what is lost, and what to do.

    That matters in a text for patients. In an id or a number, which follow a pattern, it cannot hide.
    """

    __slots__ = ("remedy", "what")

    def __init__(self, value: str, mark: Mark, what: str, remedy: str) -> None:
        """Set the value as YAML reads it, and how that differs from the typed one."""
        super().__init__(value, mark)
        self.what = what
        self.remedy = remedy


class ListNode(_Located):
    """A list of values."""

    __slots__ = ("items",)

    def __init__(self, mark: Mark) -> None:
        """Create it empty; the composer fills it."""
        self.items: list[Node] = []
        self.mark = mark


class MapNode(_Located):
    """Keys with their values, in the order of the file; `keys` has the position of each key."""

    __slots__ = ("entries", "keys")

    def __init__(self, mark: Mark) -> None:
        """Create it empty; the composer fills it."""
        self.entries: dict[str, Node] = {}
        self.keys: dict[str, TextNode] = {}
        self.mark = mark


Node = TextNode | ListNode | MapNode


class Refused(Exception):  # noqa: N818 - an outcome, not an error of the program
    """The file cannot be read any further."""

    def __init__(self, problem: Problem) -> None:
        """Set the reason."""
        super().__init__(problem.what)
        self.problem = problem


def compose(text: str, problems: list[Problem], *, loader: Any = None) -> Node:
    """Return the root of the one document in the text; `Refused` if it cannot be read to its end.

    Other problems are added to `problems`. `loader` is a PyYAML loader other than the fastest.
    """
    composer = _Composer(problems, Typed(text))
    try:
        composer.build(events(text, loader))
    except YAMLError as error:
        raise Refused(_not_yaml(error, text)) from None
    if composer.root is None:
        raise Refused(
            Problem(1, 1, "the file is empty", "Start from the questions.yaml that came with fibrocheck")
        )
    return composer.root


class _Composer:
    """Builds the tree from events. Open containers wait on a list, so that depth needs no recursion."""

    __slots__ = ("anchors", "count", "inside", "key", "problems", "repeated", "root", "typed", "waiting")

    def __init__(self, problems: list[Problem], typed: Typed) -> None:
        self.problems = problems
        self.typed = typed if typed.is_watched else None
        self.root: Node | None = None
        self.inside: ListNode | MapNode | None = None
        """The container that is being filled."""
        self.key: TextNode | None = None
        """Its key that has no value yet."""
        self.waiting: list[tuple[ListNode | MapNode | None, TextNode | None, str | None, int]] = []
        """For each open container: the one around it and its waiting key, to return to when it closes;
        its own anchor, and `count` when it began."""
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.count = 0
        self.repeated = 0

    def build(self, events: Iterable[Any]) -> None:
        """Build the tree of a file's events. Most are single values, so those take no further step."""
        typed = self.typed
        for event in events:
            event_type = event.__class__
            if event_type is not ScalarEvent:
                self._structure(event)
                continue
            node = TextNode(event.value, event.start_mark)
            if typed and (lost := typed.lost(event)):
                node = AlteredText(node.value, node.mark, *lost)
            if event.anchor or event.tag:
                if event.anchor:
                    node = AlteredText(node.value, node.mark, *anchored(event.anchor))
                self._check_tag_and_anchor(event, node)
            self._attach(node)

    def _structure(self, event: Any) -> None:
        """Handle an event that is no single value."""
        event_type = event.__class__
        if event_type is MappingStartEvent:
            self._begin(event, MapNode(event.start_mark))
        elif event_type is SequenceStartEvent:
            self._begin(event, ListNode(event.start_mark))
        elif event_type is MappingEndEvent or event_type is SequenceEndEvent:
            self._end()
        elif event_type is AliasEvent:
            self._alias(event)
        elif event_type is DocumentStartEvent and self.root is not None:
            what = "a second YAML document begins here"
            raise Refused(
                _at(event, what, "Keep one questionnaire in a file: remove the line of three dashes")
            )

    def _begin(self, event: Any, node: ListNode | MapNode) -> None:
        if len(self.waiting) == MAX_DEPTH:
            raise Refused(_at(event, *_TOO_DEEP))
        if event.tag:
            self._check_tag_and_anchor(event, node)
        self._attach(node)
        self.waiting.append((self.inside, self.key, event.anchor, self.count))
        self.inside, self.key = node, None

    def _end(self) -> None:
        closed = self.inside
        self.inside, self.key, anchor, before = self.waiting.pop()
        if anchor and closed is not None:
            self.anchors[anchor] = (closed, self.count - before + 1)

    def _attach(self, node: Node) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            what = f"the file has more than {MAX_NODES:,} values"
            raise Refused(Problem(node.line, node.column, what, "Split it into smaller questionnaires"))
        inside = self.inside
        if isinstance(inside, MapNode):
            key = self.key
            if key is None:
                self.key = node if isinstance(node, TextNode) else self._replacement_key(node)
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
            self._add_duplicate(key, table.keys[name])
            return
        table.entries[name] = node
        table.keys[name] = key

    def _replacement_key(self, node: Node) -> TextNode:
        self._add(node, "a key must be a single word", "Write a single word before the colon")
        return TextNode("?", node.mark)

    def _add_duplicate(self, key: TextNode, first: TextNode) -> None:
        what = f"duplicate key {quoted(key.value)}; the first is on line {first.line}"
        self._add(key, what, "Keep one of them")

    def _check_tag_and_anchor(self, event: Any, node: Node) -> None:
        if event.tag:
            what = f"the tag {quoted(event.tag)} is not allowed"
            self._add(node, what, "Remove it, and put the text in quotes if it begins with !")
        if event.anchor and isinstance(node, TextNode):
            self.anchors[event.anchor] = (node, 1)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self.anchors:
            what = f"the alias *{printable(event.anchor, 40)} has no complete anchor above it"
            raise Refused(_at(event, what, "Write the text itself, in quotes if it begins with *"))
        node, size = self.anchors[event.anchor]
        self.repeated += size
        if self.repeated > MAX_REPEATED:
            what = f"anchors and aliases repeat more than {MAX_REPEATED:,} values"
            raise Refused(_at(event, what, "Write the values themselves instead of using & and *"))
        self.count += size - 1
        if isinstance(node, TextNode):
            name = printable(event.anchor, 40)
            what = f'"*{name}" is not read as typed, but as the text at &{name}'
            node = AlteredText(node.value, event.start_mark, what, IN_QUOTES)
        self._attach(node)

    def _add(self, node: Node, what: str, remedy: str) -> None:
        self.problems.append(Problem(node.line, node.column, what, remedy))


def _at(event: Any, what: str, remedy: str) -> Problem:
    return Problem(event.start_mark.line + 1, event.start_mark.column + 1, what, remedy)


_REMEDIES = (
    ("mapping values", "Put quotes around a text that contains a colon"),
    ("alias", "Put quotes around a text that begins with *"),
    ("anchor", "Put quotes around a text that begins with &"),
    ("tag", "Put quotes around a text that begins with !"),
    ("escape", "Inside double quotes, write each backslash twice"),
    ("unexpected end", "Close the open quotes, brackets or braces"),
    ("", "Check the quotes, commas and spaces on this line and the line above"),
)
"""Words in PyYAML's message, and what to do about it; the first row that matches counts."""

_NO_TABS = "Use spaces, not tabs, at the beginning of a line"


def _not_yaml(error: YAMLError, text: str) -> Problem:
    """Return PyYAML's own message and line, with what usually fixes it."""
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
    context = getattr(error, "context", None)
    message = printable(f"{context}, {reason}" if context else str(reason), 160)
    lines = text.split("\n")
    line, column = _where(error, text)
    line = min(line, len(lines) - 1)
    if "nesting depth" in message:
        # libyaml 0.2.6 has a limit of its own, which it reaches before it reports the first value.
        return Problem(line + 1, column + 1, *_TOO_DEEP)
    remedy = next(remedy for words, remedy in _REMEDIES if words in message)
    if lines[line][column : column + 1] == "\t":
        remedy = _NO_TABS
    return Problem(line + 1, column + 1, f"this is not YAML ({message})", remedy)


def _where(error: YAMLError, text: str) -> tuple[int, int]:
    """Return line and column, counted from 0. A `ReaderError` has only a position."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark:
        return mark.line, mark.column
    return text.count("\n", 0, getattr(error, "position", None) or 0), 0
