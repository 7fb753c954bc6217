"""YAML text -> nodes that know their line, with every limit enforced on the way.

Nodes are built from PyYAML's events, one after another, because `yaml.compose` recurses: with the
C loader, 200,000 nested lists crash the process. Scalars stay strings: `no` is "no", not False.
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
    composer = _Composer(problems, _Typed(text))
    try:
        for event in _events(text, loader):
            composer.handle(event)
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
    """Builds the tree from events. Open containers wait on a list, so that depth needs no recursion."""

    __slots__ = ("anchors", "count", "inside", "key", "problems", "repeated", "root", "typed", "waiting")

    def __init__(self, problems: list[Problem], typed: _Typed) -> None:
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

    def handle(self, event: Any) -> None:
        """Handle the next event of the file."""
        event_type = event.__class__
        if event_type is ScalarEvent:
            node = TextNode(event.value, event.start_mark)
            if self.typed and (lost := self.typed.lost(event)):
                node = AlteredText(node.value, node.mark, *lost)
            if event.anchor or event.tag:
                if event.anchor:
                    node = AlteredText(node.value, node.mark, *_anchored(event.anchor))
                self._check_tag_and_anchor(event, node)
            self._attach(node)
        elif event_type is MappingStartEvent:
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
            node = AlteredText(node.value, event.start_mark, what, _IN_QUOTES)
        self._attach(node)

    def _add(self, node: Node, what: str, remedy: str) -> None:
        self.problems.append(Problem(node.line, node.column, what, remedy))


def _at(event: Any, what: str, remedy: str) -> Problem:
    return Problem(event.start_mark.line + 1, event.start_mark.column + 1, what, remedy)


_IN_QUOTES = "Put the whole text in double quotes"
_PLAIN = (None, "")
"""How the loaders in Python and in C name the style of a value without quotes."""


def _anchored(anchor: str) -> tuple[str, str]:
    word = quoted("&" + anchor)
    return f"the word {word} is lost, because & at the beginning of a text names it in YAML", _IN_QUOTES


class _Typed:
    """The text of the file, to compare what was typed with what YAML reads.

    YAML drops what follows ` #` in a text without quotes, and replaces escapes in double quotes. Few
    files have either, so the lines are looked up once and a value is looked at only in such a file.
    """

    __slots__ = ("comments", "has_escapes", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.has_escapes = "\\" in text
        self.comments = _comments(text)

    @property
    def is_watched(self) -> bool:
        """Whether anything in the file might be read differently."""
        return self.has_escapes or bool(self.comments)

    def lost(self, event: Any) -> tuple[str, str] | None:
        """Return what is lost of a value, and what to do; `None` if it is read as typed."""
        if event.style in _PLAIN:
            return self._cut(event)
        if event.style == '"':
            return _escaped(self.text[event.start_mark.index : event.end_mark.index])
        if event.style == "'":
            return None
        comment = self.comments.get(event.start_mark.line)
        return _commented(comment[0]) if comment and comment[1] < 0 else None

    def _cut(self, event: Any) -> tuple[str, str] | None:
        before = self.comments.get(event.start_mark.line - 1)
        start = self.text.rfind("\n", 0, event.start_mark.index) + 1
        line = self.text[start : event.start_mark.index]
        if before and not line.strip():
            return _commented(before[0])
        comment = self.comments.get(event.end_mark.line)
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
    """Return whether the lines around a comment show that it cannot be inside a text without quotes."""
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start].strip()
    if not above.endswith(":"):
        return not above or above.endswith("}") or (above.endswith('"') and ': "' in above)
    below = text[end + 1 : max(text.find("\n", end + 1), end + 1)].strip()
    return ": " in below or below.endswith(":") or not below or below[0] in "#-"


def _commented(comment: str) -> tuple[str, str]:
    what = f"the words {quoted(comment)} are lost, because # begins a comment in a text without quotes"
    return what, f"{_IN_QUOTES}; a comment belongs on a line of its own, above the text"


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


def _not_yaml(error: yaml.YAMLError, text: str) -> Problem:
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


def _where(error: yaml.YAMLError, text: str) -> tuple[int, int]:
    """Return line and column, counted from 0. A `ReaderError` has only a position."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark:
        return mark.line, mark.column
    return text.count("\n", 0, getattr(error, "position", None) or 0), 0
