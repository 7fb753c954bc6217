"""What reading one file has found so far: problems, texts, ids and who points to whom."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from fibrocheck.content.model import SECTION_IDS, SYMPTOM
from fibrocheck.content.nodes import ListNode, MapNode, Node, TextNode
from fibrocheck.content.problems import Problem
from fibrocheck.text_safety import first_hidden, hidden_name, printable, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


Place = tuple["Place | None", "str | int", Node]
"""Where a value stands: the place around it, its key or number there, and the node that shows it.

A tuple and not words, because words are needed only when something is wrong.
"""

Pointer = tuple[str, tuple[str, ...], TextNode, Place]
"""A value that names something elsewhere: the space and groups of ids it may name, the value, its place."""

Written = tuple[str, str, TextNode, Place]
"""A text as a patient reads it: language, words, node, place."""

QUESTION, FAQ, SOURCE, CHOICE = "question", "faq", "source", "choice"
SECTION_NAMES = frozenset(SECTION_IDS.values())
"""Names of the sections in the saved record, which no question may have."""

MOST_SUGGESTIONS = 50
MOST_COMPARED = 500
LONGEST_SUGGESTED = 40
"""Looking for a similar word takes its time; a hostile file must not be able to buy hours of it."""


def path(place: Place) -> str:
    """The place in words: `symptoms[5].ask`."""
    parts: list[str] = []
    at: Place | None = place
    while at is not None and at[0] is not None:
        key = at[1]
        parts.append(f"[{key}]" if isinstance(key, int) else f".{printable(key, 40)}")
        at = at[0]
    return "".join(reversed(parts)).lstrip(".") or "the file"


def kind_of(node: Node) -> str:
    """What somebody who is no programmer would call it."""
    if isinstance(node, ListNode):
        return "a list"
    if isinstance(node, MapNode):
        return "a group of keys"
    return f"the words {quoted(node.value)}" if node.value else "empty"


class Reader:
    """Collects what the shapes find while they read."""

    __slots__ = (
        "at_end",
        "exempt_terms",
        "groups",
        "ids",
        "language_keys",
        "languages",
        "missing",
        "never_say",
        "pointers",
        "problems",
        "suggested",
        "symptom_ids",
        "text_count",
        "texts",
        "unlisted",
    )

    def __init__(self, problems: list[Problem]) -> None:
        """Begin with the problems that the composer found."""
        self.problems = problems
        self.languages: dict[str, str] = {}
        """What every text must have; empty until `languages` is read, and when it is wrong."""
        self.language_keys: dict[str, TextNode] = {}
        self.texts: list[Written] = []
        self.text_count = 0
        self.missing: dict[str, list[Place]] = {}
        self.unlisted: dict[str, list[tuple[Place, TextNode]]] = {}
        self.ids: dict[str, dict[str, tuple[str, TextNode]]] = {}
        self.groups: dict[tuple[str, str], list[str]] = {}
        self.pointers: list[Pointer] = []
        self.at_end: list[Callable[[], None]] = []
        """What can only be looked at when the whole file is read."""
        self.never_say: Mapping[str, tuple[str, ...]] = {}
        self.exempt_terms: Mapping[str, tuple[str, ...]] = {}
        self.suggested = 0
        self.symptom_ids: frozenset[str] | None = None

    def add(self, node: Node, what: str, remedy: str) -> None:
        """Note a problem at a node."""
        self.problems.append(Problem(node.line, node.column, what, remedy))

    def wrong(self, node: Node, place: Place, wanted: str, remedy: str) -> None:
        """Note that a value is of the wrong kind."""
        shown = node if isinstance(node, TextNode) else place[2]
        self.add(shown, f"{path(place)} is {kind_of(node)} where {wanted} belongs", remedy)

    def words(self, node: Node, place: Place) -> str | None:
        """A single value on one line, free of anything hidden; None when there is none."""
        if not isinstance(node, TextNode):
            self.wrong(
                node, place, "a single value", "Write it on the line of its key, in quotes if it has a colon"
            )
            return None
        value = node.value
        if not value.isprintable():
            value = self._unfolded(node, place)
        return value.strip()

    def _unfolded(self, node: TextNode, place: Place) -> str:
        """Lines joined to one; a control character or a hidden mark is a problem."""
        value = " ".join(node.value.split("\n"))
        if bad := first_hidden(value):
            what = f"{path(place)} has a hidden character ({hidden_name(bad)})"
            self.add(node, what, "Delete it and type the words again by hand")
        return value

    def declare(self, space: str, group: str, word: TextNode, place: Place) -> None:
        """Note an id; the same id twice in one space is a problem."""
        known = self.ids.setdefault(space, {})
        self.groups.setdefault((space, group), []).append(word.value)
        if word.value in known:
            first = known[word.value][1]
            what = f"{path(place)} is {quoted(word.value)}, which line {first.line} has already"
            self.add(word, what, "Give one of them another id")
            return
        known[word.value] = (group, word)

    def declared(self, space: str, group: str) -> list[str]:
        """The ids of one group, in the order of the file."""
        return self.groups.get((space, group), [])

    def symptoms(self) -> frozenset[str]:
        """The ids of all symptoms; to be asked for only when the whole file is read."""
        if self.symptom_ids is None:
            self.symptom_ids = frozenset(self.declared(QUESTION, SYMPTOM))
        return self.symptom_ids

    def nearest(self, word: str, known: Iterable[str]) -> str | None:
        """The known word that looks most like it."""
        self.suggested += 1
        if self.suggested > MOST_SUGGESTIONS or len(word) > LONGEST_SUGGESTED:
            return None
        from difflib import get_close_matches

        matches = get_close_matches(word, list(islice(known, MOST_COMPARED)), n=1)
        return matches[0] if matches else None
