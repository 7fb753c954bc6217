"""What is found in a text that stands in no file, and which texts are searched at all."""

from collections.abc import Sequence

import pytest

from fibrocheck.content.nodes import MapNode, TextNode
from fibrocheck.content.reader import FoundText
from fibrocheck.content.wording import AllWords, find_violations


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


def searched_from_now(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which every text is added that is searched for words that none may have."""
    searched: list[str] = []
    of = AllWords.of

    def spied(texts: Sequence[str]) -> AllWords:
        searched.extend(texts)
        return of(texts)

    monkeypatch.setattr(AllWords, "of", spied)
    return searched
