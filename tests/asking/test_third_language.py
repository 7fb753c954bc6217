"""Adding a language changes only the questionnaire file: a made-up one works in both askers."""

import re
from typing import Any

import pytest
import yaml

from fibrocheck.asking.screen.actions import HOTKEYS
from fibrocheck.asking.screen.layout import LayoutBuilder
from fibrocheck.asking.screen.page_layout import Glyphs, Size
from fibrocheck.content.model import Content
from fibrocheck.content.parsing import parse
from fibrocheck.copies.copier import Copier
from fibrocheck.visit.flow import Visit
from fibrocheck.visit.pages import language_page
from tests.asking.driving import press, write
from tests.asking.test_pages import A_CODE, ANSWERS, Sitter, text_of
from tests.fixture import FIXTURE, questionnaire

NAME = "Öööö"
A_WORD = re.compile(r"[A-Za-z]{2,}")
NAMES = {
    word
    for name in (questionnaire().clinic.name, *(each.title for each in questionnaire().sources.values()))
    for word in A_WORD.findall(name)
}
"""The words in the names of the clinic and of its sources, which are not translated."""


def made_up(text: str) -> str:
    """Return a text in the made-up language: every letter is an ö, except in {braces}."""
    parts = re.split(r"(\{\w+\})", text)
    return "".join(part if part.startswith("{") else re.sub(r"[^\W\d_]", "ö", part) for part in parts)


def translated(value: Any) -> Any:
    """Return a copy of the file in which every text has the made-up language too."""
    if isinstance(value, list):
        return [translated(each) for each in value]
    if not isinstance(value, dict):
        return value
    if {"en", "es"} <= value.keys():
        english = value["en"]
        return {**value, "xx": made_up(english) if isinstance(english, str) else english}
    return {key: translated(each) for key, each in value.items()}


@pytest.fixture(scope="module")
def content() -> Content:
    """The fixture with a third language, read from a file."""
    # The base loader makes only strings, which stay as they are in the file.
    file = translated(yaml.load(FIXTURE.read_bytes(), Loader=yaml.BaseLoader))  # noqa: S506 - only strings
    file["languages"]["xx"] = NAME
    findings = parse(yaml.safe_dump(file, allow_unicode=True).encode())
    assert findings.content is not None, findings.problems
    return findings.content


def other_words(text: str) -> set[str]:
    """Return the words on a page that are not in the made-up language. A list's code is in none."""
    return set(A_WORD.findall(A_CODE.sub("", text))) - NAMES


def test_a_whole_visit_on_the_screen_shows_no_other_language(content: Content) -> None:
    """Every kind of page at 80 × 24."""
    sitter = Sitter("xx", ANSWERS, content)
    Visit(content, sitter, "xx", Copier(content)).run()
    layout = LayoutBuilder(content, "xx", Size(80, 24), Glyphs())
    for name, draw in sitter.pages.items():
        for frame in draw(layout):
            assert not other_words(text_of(frame, layout.size)), name


AT_THE_END = (
    *("1", "1"), *("3", "1", "1"),  # next step, what was marked; private answers left off, a code
    *("2", "1", "1", "b"), *("3", "1"), *("4", "1"),  # a topic; when to get help, what it is
    *("5", "1", "1", "b"), *("6", "1"), *("7", "1"), *("1", "1"),  # a question, our care, the list; the end
)  # fmt: skip


def test_a_whole_visit_in_lines_shows_no_other_language(content: Content) -> None:
    """From the language page on, where the made-up language is the third choice."""
    _, options = language_page(content)
    assert options[2].label == NAME
    lines = ["3", "1", *["1"] * 8, "1", "1 2", "1", "1", *["2"] * 7, "1", *AT_THE_END]
    outcome, written = write(content, lines, None)
    assert not outcome.ended
    assert outcome.unused == 0
    assert outcome.language == "xx"
    first_page, rest = written.split("> ", 1)
    assert "English" in first_page
    assert not other_words(rest)


def test_the_check_itself_can_fail(content: Content) -> None:
    """A word of English is found, beside a code too."""
    assert other_words("TR2NJ-4C8XQ-22 Finish") == {"Finish"}
    assert other_words(content.words.finish["en"]) == {"Finish"}
    assert not other_words(content.words.finish["xx"])
    assert len(HOTKEYS) == 35


LANGUAGE_ON_SCREEN = ["0", "5"]


@pytest.mark.parametrize(
    ("choice", "then", "language"), [("3", "1", "xx"), ("2", "1", "es"), ("1", "1", "en")], ids=str
)
def test_one_of_three_languages_is_chosen_on_a_page(
    choice: str, then: str, language: str, content: Content
) -> None:
    """From a list in which each has its own name; choosing the language one reads changes nothing."""
    outcome, written = write(content, ["1", "1", "l", choice, then, "q", "2"], None)
    assert outcome.language == language
    assert outcome.answers == {"muscle-pain": "most-days"}
    assert f"3. {NAME}" in written
    outcome = press(content, ["1", "1", *LANGUAGE_ON_SCREEN, choice, then, "\x03", "2"], None)
    assert (outcome.language, outcome.unused) == (language, 0)
    assert outcome.answers == {"muscle-pain": "most-days"}
