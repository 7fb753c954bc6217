"""A file that was written for an earlier version lacks some of the program's own words."""

import pytest

from fibrocheck.content.check import check
from fibrocheck.content.model import Content
from fibrocheck.content.parsing import parse
from fibrocheck.content.problems import WARNING
from fibrocheck.content.program_words import NAMES, by_name

from .examples import SMALLEST
from .test_loader import as_words, dumped, texts_of

pytestmark = pytest.mark.usefixtures("small_dictionary")

STEP = 8


def without(*names: str, language: str = "") -> bytes:
    """Return the smallest file without these words, and in another language if one is given."""
    tree = as_words(SMALLEST)
    for name in names:
        del tree["words"][name]
    if language:
        for text in texts_of(tree):
            text[language] = text["en"]
        tree["languages"][language] = "Another"
    return dumped(tree)


@pytest.mark.parametrize("first", range(STEP))
def test_each_missing_word_is_the_shipped_one(first: int, shipped: Content) -> None:
    """So many at once as leave other words around each: to read a file for each takes minutes."""
    missing = NAMES[first::STEP]
    findings = parse(without(*missing))
    assert findings.content
    for name in NAMES:
        supplied = by_name(findings.content.words)[name] == by_name(shipped.words)[name]
        assert supplied is (name in missing), name
    assert findings.reader
    assert sorted(each[0] for each in findings.reader.supplied) == sorted(missing)


def test_each_missing_word_is_a_warning() -> None:
    missing = NAMES[::5]
    found = [problem for problem in check(without(*missing)) if "lacks" in problem.what]
    assert sorted(problem.what.partition(";")[0] for problem in found) == sorted(
        f"words: lacks {name}" for name in missing
    )
    assert {problem.severity for problem in found} == {WARNING}


def test_all_words_may_be_missing(shipped: Content) -> None:
    content = parse(without(*NAMES[1:])).content
    assert content
    assert content.words[1:] == shipped.words[1:]


def test_a_language_that_does_not_ship_has_no_words_to_supply() -> None:
    (problem,) = parse(without("start", "back", language="pt")).problems
    assert problem.what == "words: lacks the keys start, back"


def test_a_complete_file_does_not_read_the_shipped_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fibrocheck.content.source_file.shipped_path", lambda: pytest.fail("was read"))
    assert parse(SMALLEST).content


def test_without_the_shipped_file_missing_words_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fibrocheck.content.shipped_words.shipped_path", lambda: "/nowhere")
    (problem,) = parse(without("start")).problems
    assert problem.what == "words: lacks the key start"
