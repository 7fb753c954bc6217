"""What a screen reader is given to say, and where it finds the cursor."""

import re

from fibrocheck.content.model import Content
from tests.program.conftest import Start
from tests.program.terminal import DOWN, LEFT, Terminal, one_line
from tests.program.visits import skip_to_check, start_asking

SEQUENCE = re.compile(r"\x1b(\[[0-9;?]*[a-zA-Z]|.)")


def test_each_page_is_written_whole(start: Start, content: Content) -> None:
    """Not only the letters in which it differs from the page before: a reader speaks what is written."""
    terminal = start("--language", "en")
    start_asking(terminal, content)
    first, second, *_ = content.symptoms
    for keys, asked in [("2", second), (LEFT, first)]:
        said = written_after(keys, terminal)
        for words in (asked.ask["en"], asked.term["en"], "Most days", content.words.skip["en"]):
            assert said.count(words) == 1, words


def test_moving_the_focus_writes_the_two_rows_and_nothing_else(start: Start, content: Content) -> None:
    """The row that loses it and the row that gets it, with the cursor."""
    terminal = start("--language", "en")
    start_asking(terminal, content)
    assert written_after(DOWN, terminal) == "1 Most days ❯ 2 Sometimes"
    assert terminal.row.split() == ["❯", "2", "Sometimes"]


def test_a_change_is_announced_before_the_answers(start: Start, content: Content) -> None:
    """On the page that shows them all, above its question, once."""
    terminal = start("--language", "en")
    start_asking(terminal, content)
    skip_to_check(terminal, content)
    terminal.turn("a")
    said = written_after("3", terminal)
    row = f"{content.symptoms[0].term['en']}: No"
    changed = content.words.changed_to["en"].replace("{answer}", row)
    assert said.count(f"{changed} {content.words.choose_to_change['en']}") == 1


def written_after(keys: str, terminal: Terminal) -> str:
    """What is written after keys until the page is drawn, as words."""
    before = len(terminal.written)
    terminal.turn(keys)
    return one_line(SEQUENCE.sub(" ", terminal.written[before:].decode()))
