"""Whole visits on the full screen, from the first page to the last."""

import subprocess
import sys
from pathlib import Path

import pytest

from fibrocheck.content.loader import load
from fibrocheck.content.model import Content
from tests.program.conftest import Start
from tests.program.terminal import one_line, surroundings
from tests.program.visits import choose_first_everywhere, terms

SIZES = [("en", (80, 24)), ("en", (40, 12)), ("en", (160, 50)), ("es", (80, 24))]


@pytest.mark.parametrize(("language", "size"), SIZES, ids=str)
def test_the_first_choice_everywhere_reaches_the_end_of_a_visit(
    language: str, size: tuple[int, int], start: Start, content: Content, tmp_path: Path
) -> None:
    """Every term and the advice on the way, one line after it, and nothing left behind."""
    walk(start, content, language, tmp_path, size=size)


def test_the_summary_is_printed_afterwards_only_with_show(
    start: Start, content: Content, tmp_path: Path
) -> None:
    """Every term and the advice, as text to scroll and copy."""
    walk(start, content, "en", tmp_path, show=True)


@pytest.mark.parametrize("language", load().languages)
def test_the_shipped_questionnaire_is_walked_through_in_each_language(
    language: str, start: Start, shipped: Content, tmp_path: Path
) -> None:
    """As it comes with the program."""
    walk(start, shipped, language, tmp_path, shipped=True)


def walk(
    start: Start,
    content: Content,
    language: str,
    folder: Path,
    *,
    size: tuple[int, int] = (80, 24),
    shipped: bool = False,
    show: bool = False,
) -> None:
    """Answer 1 to everything, and look for every term and the advice on the way; then at what stays."""
    record = folder / "record"
    environment = {"WRITTEN_DOWN_IN": str(record)}
    options = ["--language", language, *(["--show"] if show else [])]
    terminal = start(*options, size=size, environment=environment, shipped=shipped)
    terminal.wait_for(content.words.hide[language])
    pages = choose_first_everywhere(terminal)
    assert terminal.exit_code == 0
    assert terminal.is_as_found
    words = [*terms(content, language), content.next_step.advice[language]]
    stays = one_line(terminal.ordinary_text)
    for each in words:
        assert any(each in page for page in pages[:-1]), each
        assert (each in stays) is show, each
    assert terminal.ordinary_text.splitlines()[0] == content.words.goodbye[language]
    assert show or len(terminal.ordinary_text.splitlines()) == 1
    assert content.words.all_right[language] not in stays
    assert record.read_text() == ""
    assert list(terminal.home.iterdir()) == []


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.socket().connect_ex(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "open('kept', 'w')",
        "import os; os.open('kept', os.O_CREAT | os.O_RDWR)",
        "import subprocess; subprocess.run(['true'])",
    ],
)
def test_what_no_visit_may_do_would_be_written_down(deed: str, tmp_path: Path) -> None:
    """The test above can fail."""
    record = tmp_path / "record"
    environment = surroundings(tmp_path, WRITTEN_DOWN_IN=str(record))
    subprocess.run((sys.executable, "-c", deed), check=True, cwd=tmp_path, env=environment)
    assert record.read_text() != ""
