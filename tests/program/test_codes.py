"""A code typed, or scanned, at a terminal."""

import pytest

from fibrocheck.content.model import Content
from fibrocheck.copies.code.codes import make_code
from fibrocheck.copies.code.spelling import grouped
from fibrocheck.records.times import local_now
from tests.program.conftest import Start
from tests.program.terminal import CTRL_C, ENTER

QUESTION = "Code:"


@pytest.mark.parametrize("arguments", [("report",), ("report", "-")])
@pytest.mark.parametrize("dashes", [True, False], ids=["typed", "scanned"])
def test_report_asks_for_a_code(
    arguments: tuple[str, ...], dashes: bool, start: Start, content: Content
) -> None:
    """What is typed can be seen, and the list follows it."""
    letters = make_code(content, {"sleep": "most-days"}, "en", local_now().date(), 5)
    code = grouped(letters).lower() if dashes else letters
    terminal = start(*arguments, size=(80, 60))
    terminal.wait_for(QUESTION)
    terminal.press(code + ENTER)
    assert terminal.exit_code == 0
    assert f"{QUESTION} {code}" in terminal.ordinary_words
    assert content.symptoms[4].term["en"] in terminal.ordinary_words
    assert terminal.is_as_found


@pytest.mark.parametrize(
    ("keys", "exit_code", "message"),
    [
        (ENTER, 1, "there is no code"),
        ("\x04", 1, "there is no code"),
        ("visit" + ENTER, 1, "the code has 5 characters"),
        (CTRL_C, 130, QUESTION),
    ],
)
def test_no_code_is_one_sentence(keys: str, exit_code: int, message: str, start: Start) -> None:
    """An empty line, the end of input, something else, and Ctrl-C."""
    terminal = start("report")
    terminal.wait_for(QUESTION)
    terminal.press(keys)
    assert terminal.exit_code == exit_code
    assert message in terminal.words
    assert "Traceback" not in terminal.words
