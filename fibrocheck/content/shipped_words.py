"""The program's own words as shipped, for the files of clinics that were written for an earlier version."""

from collections.abc import Sequence

from fibrocheck.content.nodes import MapNode, Node, Refused, TextNode, compose
from fibrocheck.content.problems import ContentError, Problem
from fibrocheck.content.source_file import decoded, read_bytes, shipped_path


def shipped_words(names: Sequence[str], languages: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return the words of these names that ship in all of the languages; none if the file is unusable.

    They are taken from the tree of the file: reading it as a questionnaire would need words itself.
    """
    problems: list[Problem] = []
    try:
        text = decoded(read_bytes(shipped_path()), problems)
        root = compose(text or "", problems)
    except (ContentError, Refused):
        return {}
    words = _inside(root, "words")
    found = {name: {each: _text(_inside(_inside(words, name), each)) for each in languages} for name in names}
    return {name: text for name, text in found.items() if text and all(text.values())}


def _inside(node: Node | None, key: str) -> Node | None:
    return node.entries.get(key) if isinstance(node, MapNode) else None


def _text(node: Node | None) -> str:
    return " ".join(node.value.split()) if isinstance(node, TextNode) else ""
