"""A short mark of the words in each language: it changes whenever a word does."""

import hashlib
import unicodedata

from fibrocheck.content.nodes import MapNode, Node, TextNode
from fibrocheck.content.reader import Reader, path

LENGTH = 16
"""Hexadecimal digits: enough to notice a change, short enough to copy by hand."""


def fingerprints(reader: Reader) -> dict[str, str]:
    """Return the mark of all texts in each language, in the order of the file."""
    marks = {language: hashlib.sha256() for language in reader.languages}
    for language, words, _, place in reader.texts:
        if language in marks:
            line = f"{path(place)}\t{unicodedata.normalize('NFC', words)}\n"
            marks[language].update(line.encode())
    return {language: mark.hexdigest()[:LENGTH] for language, mark in marks.items()}


def written(marks: dict[str, str], version: str) -> str:
    """Return what an editor adds to the approval in the file."""
    return (
        f"version: {version}, fingerprint: {{{', '.join(f'{each}: {mark}' for each, mark in marks.items())}}}"
    )


def approved_marks(root: Node | None) -> dict[str, str]:
    """Return the marks of the words that were approved, as the file has them; none if it does not say."""
    approval = root.entries.get("approval") if isinstance(root, MapNode) else None
    marks = approval.entries.get("fingerprint") if isinstance(approval, MapNode) else None
    if not isinstance(marks, MapNode):
        return {}
    return {code: node.value.strip() for code, node in marks.entries.items() if isinstance(node, TextNode)}
