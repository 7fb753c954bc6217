"""What is found in a text that stands in no file."""

from fibrocheck.content.nodes import MapNode, TextNode
from fibrocheck.content.reader import FoundText
from fibrocheck.content.wording import find_violations


class _Here:
    index = line = column = 0


def written(language: str, words: str) -> FoundText:
    """Return a text somewhere in a file."""
    mark = _Here()
    return (language, words, TextNode(words, mark), (None, "", MapNode(mark)))


def said(language: str, words: str, never_say: tuple[str, ...] = ()) -> list[str]:
    """Return what is found in the words."""
    return [
        problem.what
        for problem in find_violations([written(language, words)], [language], {language: never_say})
    ]
