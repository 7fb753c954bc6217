"""What reading one file has found so far: problems, texts, ids and references to ids."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from fibrocheck.content.model import SECTION_IDS, SYMPTOM
from fibrocheck.content.nodes import AlteredText, ListNode, MapNode, Node, TextNode
from fibrocheck.content.problems import Problem
from fibrocheck.text_safety import first_hidden, hidden_name, printable, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any


Place = tuple["Place | None", "str | int", Node]
"""Where a value is: the place around it, its key or number there, and the node to point at.

A tuple, not a string, because the words are needed only when something is wrong.
"""

FoundReference = tuple[str, tuple[str, ...], TextNode, Place]
"""A value that names something elsewhere: the space and groups of ids it may name, the value, its place."""

FoundText = tuple[str, str, TextNode, Place]
"""A text that a patient reads: language, words, node, place."""

QUESTION, FAQ, SOURCE, CHOICE = "question", "faq", "source", "choice"
SECTION_NAMES = frozenset(SECTION_IDS.values())
"""Names of the sections in the saved record. No question may have one of them as its id."""

MAX_SUGGESTIONS = 50
MAX_COMPARED = 500
MAX_SUGGESTED_LENGTH = 40
"""Looking for a similar word takes time: these limits keep a hostile file from using hours of it."""

MAX_LEFTOVER = 11
"""The length of the longest leftover in the sets below."""
_EMPTY = frozenset({"~", "null", "true", "false", "nil", "nan", "undefined", "tbd", "tba", "fixme"})
_LEFTOVERS = frozenset(
    {
        "TODO",
        "?",
        "??",
        "???",
        "…",
        "...",
        "-",
        "--",
        "–",
        "—",
        "*",
        ".",
        "_",
        "xxx",
        "XXX",
        "Xxx",
        "xxxx",
        "XXXX",
    }
    | {"#N/A", "#N/D", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}
)
"""What a spreadsheet, a program or an editor leaves where words belong. "Todo" is a Spanish word."""
_CURLY = frozenset("“”„‟‘’‚‛＂＇")

_NAMED_ENTRIES = {
    "symptoms": "symptom",
    "follow_ups": "follow-up",
    "factors": "factor",
    "faq": "faq",
    "choices": "choice",
}
"""Lists whose entries have ids, and what one of their entries is called in messages."""


ENGLISH_NAMES = {
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
"""Languages of which the messages know the name, by code."""


def path(place: Place) -> str:
    """Return the place in words, such as "symptom pain, ask" or "about, paragraphs, entry 2, English"."""
    parts: list[str] = []
    at: Place | None = place
    while at and (around := at[0]):
        list_name, key = str(around[1]), at[1]
        if isinstance(key, str):
            parts.append(printable(key, 40) if parts or list_name == "sources" else language_name(key))
        elif list_name in _NAMED_ENTRIES:
            parts.append(f"{_NAMED_ENTRIES[list_name]} {_entry_id(at[2]) or key + 1}")
            around = around[0]
        else:
            parts.append(f"entry {key + 1}")
        at = around
    return ", ".join(reversed(parts)) or "the file"


def language_name(code: str) -> str:
    """Return the English name of a language, such as "Spanish"; the code itself if it is not known."""
    return ENGLISH_NAMES.get(code, printable(code, 40))


def base_language(code: str) -> str:
    """Return the code of a language without its region: "es" for "es-MX"."""
    return code.partition("-")[0].lower()


def _entry_id(node: Node) -> str:
    id_ = node.entries.get("id") if isinstance(node, MapNode) else None
    return printable(id_.value, 40) if isinstance(id_, TextNode) else ""


def keys(place: Place) -> tuple[str, ...]:
    """Return the keys that lead to a place, without numbers: `("symptoms", "ask")`."""
    names: list[str] = []
    at: Place | None = place
    while at and at[0]:
        if isinstance(at[1], str):
            names.append(at[1])
        at = at[0]
    return tuple(reversed(names))


def _described(node: Node) -> str:
    """Return what a content editor would call a value."""
    if isinstance(node, ListNode):
        return "is a list"
    if isinstance(node, MapNode):
        return "is a group of keys"
    return f"is the text {quoted(node.value)}" if node.value else "is empty"


class Reader:
    """Collects what value types find while they read a file."""

    __slots__ = (
        "_suggestions",
        "_symptom_ids",
        "absent",
        "counted",
        "exempt_terms",
        "final_checks",
        "groups",
        "ids",
        "language_keys",
        "languages",
        "missing",
        "moved",
        "never_say",
        "problems",
        "references",
        "source",
        "supplied",
        "text_count",
        "texts",
        "unlisted",
        "unused",
    )

    def __init__(self, problems: list[Problem], source: str = "") -> None:
        """Begin with the problems that the composer found in the text of the file."""
        self.problems = problems
        self.source = source
        self.languages: dict[str, str] = {}
        """The languages that every text must have; empty until `languages` is read, and if it is wrong."""
        self.language_keys: dict[str, TextNode] = {}
        self.texts: list[FoundText] = []
        self.counted: list[tuple[dict[str, str], str]] = []
        """Texts, and languages, in which the numbers of symptoms or factors are to be filled in."""
        self.text_count = 0
        self.missing: dict[str, list[Place]] = {}
        """By language: the texts that lack it."""
        self.unlisted: dict[str, list[tuple[Place, TextNode]]] = {}
        """By language that `languages` does not list: the texts that have it, with its key there."""
        self.ids: dict[str, dict[str, tuple[str, TextNode]]] = {}
        """By space and id: the group it belongs to, and where it is declared."""
        self.groups: dict[tuple[str, str], list[str]] = {}
        self.references: list[FoundReference] = []
        self.final_checks: list[Callable[[], None]] = []
        """Checks that need the whole file to have been read."""
        self.supplied: list[tuple[str, Place, Node]] = []
        """Keys that the file lacks and the program supplied, with the group that lacks them."""
        self.absent: list[tuple[str, Place, Node, str]] = []
        """Keys that a visit can do without, the group that lacks them, and what is then missing."""
        self.moved: list[tuple[Place, str, Any]] = []
        """Keys at their place in an earlier version: the place, where they belong now, and the value."""
        self.unused: list[Place] = []
        """Keys that only an earlier version of the program read."""
        self.never_say: Mapping[str, tuple[str, ...]] = {}
        self.exempt_terms: Mapping[str, tuple[str, ...]] = {}
        self._suggestions = 0
        self._symptom_ids: frozenset[str] | None = None

    def add(self, node: Node, what: str, remedy: str) -> None:
        """Add a problem at a node."""
        self.problems.append(Problem(node.line, node.column, what, remedy))

    def add_wrong_type(self, node: Node, place: Place, expected: str, remedy: str) -> None:
        """Add the problem that a value is not of the expected type, such as "a list"."""
        shown = node if isinstance(node, TextNode) else place[2]
        self.add(shown, f"{path(place)}: must be {expected}, but {_described(node)}", remedy)

    def scalar(self, node: Node, place: Place) -> str | None:
        """Return a single value on one line, without hidden characters; `None` for lists and groups."""
        if not isinstance(node, TextNode):
            remedy = "Write it on the line of its key, in quotes if it contains a colon"
            self.add_wrong_type(node, place, "a single value", remedy)
            return None
        value = node.value
        if not value.isprintable():
            value = self._unfolded(node, place)
        return value.strip()

    def text(self, node: Node, place: Place) -> str | None:
        """Return words that people read, on one line; `None` if they are not those that were typed.

        Nor are they words if nothing was written yet, or the editor's program left something else.
        """
        if node.__class__ is TextNode:
            value = node.value
            # Nearly every text: long, on one line, and beginning with a letter. The others are looked at
            # closely. No other hidden character is left (`source_file.decoded`): an escape is altered text.
            if len(value) > MAX_LEFTOVER and value[0].isalnum() and "\n" not in value and "\t" not in value:
                return value.strip()
        elif isinstance(node, AlteredText):
            self.add(node, f"{path(place)}: {node.what}", node.remedy)
            return " ".join(node.value.split()) or None
        words = self.scalar(node, place)
        if words and (what := self._leftover(words, node, place)):
            self.add(node, f"{path(place)}: {what}", "Write the words themselves")
            return None
        return words

    def _leftover(self, words: str, node: Node, place: Place) -> str | None:
        """Return what is wrong with a value that no person would read as words."""
        if words[0] in _CURLY and words[-1] in _CURLY and not self._is_quoted(node):
            names = hidden_name(words[0])
            return f"is in the quotes of a word processor ({names}), which patients would see"
        if words in _LEFTOVERS or (words.casefold() in _EMPTY and not self._is_answer(words, place)):
            return f"{quoted(words)} is not a text"
        if words[0] + words[-1] in {"[]", "<>"}:
            return f"{quoted(words)} is a placeholder"
        if not any(map(str.isalnum, words)) and keys(place)[:1] != ("words",):
            return f"{quoted(words)} has no words"
        return None

    def _is_answer(self, words: str, place: Place) -> bool:
        """Return whether an empty value's word may be an answer or a label here: "True", and not "true"."""
        names = keys(place)
        return words[0].isupper() and (names[-1:] == ("label",) or names[:1] == ("answers",))

    def _is_quoted(self, node: Node) -> bool:
        """Return whether a value is in YAML's own quotes, or in a block of lines."""
        at = node.mark.index
        return self.source[at : at + 1] in {'"', "'", "|", ">"}

    def _unfolded(self, node: TextNode, place: Place) -> str:
        """Return the lines joined to one; a control character or a hidden mark is a problem."""
        value = " ".join(node.value.split("\n"))
        if bad := first_hidden(value):
            what = f"{path(place)}: contains a hidden character ({hidden_name(bad)})"
            self.add(node, what, "Delete it and type the words again by hand")
        return value

    def declare(self, space: str, group: str, word: TextNode, place: Place) -> None:
        """Record an id; the same id twice in one space is a problem."""
        known = self.ids.setdefault(space, {})
        self.groups.setdefault((space, group), []).append(word.value)
        if word.value in known:
            first = known[word.value][1]
            what = f"{path(place)}: {quoted(word.value)} is already used on line {first.line}"
            self.add(word, what, "Give one of them another id")
            return
        known[word.value] = (group, word)

    def declared(self, space: str, group: str) -> list[str]:
        """Return the ids of one group, in the order of the file."""
        return self.groups.get((space, group), [])

    def symptom_ids(self) -> frozenset[str]:
        """Return the ids of all symptoms; complete only once the whole file has been read."""
        if self._symptom_ids is None:
            self._symptom_ids = frozenset(self.declared(QUESTION, SYMPTOM))
        return self._symptom_ids

    def closest(self, word: str, known: Iterable[str]) -> str | None:
        """Return the known word that looks most like `word`, or `None`."""
        self._suggestions += 1
        if self._suggestions > MAX_SUGGESTIONS or len(word) > MAX_SUGGESTED_LENGTH:
            return None
        from difflib import get_close_matches

        matches = get_close_matches(word, list(islice(known, MAX_COMPARED)), n=1)
        return matches[0] if matches else None
