"""What is imported when. Start-up time is mostly imports, and these can be counted without a clock."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from tests.bench.contenders import Words
from tests.bench.terminal import Terminal

# Python writes a line for each import to stderr, here the same terminal: the order tells what came first.
TELLING = (sys.executable, "-X", "importtime", "-m", "fibrocheck")
LINE = re.compile(r"^import time: .*\| +([\w.]+)\r?$", re.MULTILINE)
FIRST_PAGE = "\x1b[?1049h"
OURS, READS_YAML, ASKS = {"fibrocheck"}, {"yaml"}, {"prompt_toolkit", "questionary", "wcwidth"}
HEAVY = {
    *("asyncio", "ctypes", "email", "http", "multiprocessing", "socket", "sqlite3", "ssl", "subprocess"),
    *("dataclasses", "inspect", "pathlib", "urllib"),
}


def imported(told: str) -> set[str]:
    """The packages in what was told, without those that Python itself starts with."""
    names = LINE.findall(told)
    return {name.partition(".")[0] for name in names[names.index("site") + 1 :]}


def installed(packages: set[str]) -> set[str]:
    """Those that came by pip.

    Two are the standard library's although it does not list them: it tries to import `org` (Jython),
    and has `_missing_stdlib_info` from Python 3.15 on.
    """
    return packages - sys.stdlib_module_names - {"org", "_missing_stdlib_info"}


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], set[str]]:
    """The packages imported before the first page, and by the time the first question stands there."""
    words = Words()
    with Terminal((*TELLING, "--language", "en"), str(tmp_path_factory.mktemp("nowhere"))) as terminal:
        terminal.until(words.welcome, after="\x1b[?2004h")
        so_far = terminal.shown
        terminal.press("\r")
        terminal.until(words.question)
        return imported(so_far.partition(FIRST_PAGE)[0]), imported(so_far + terminal.shown)


def test_the_first_words_wait_for_nothing_but_yaml(visit: tuple[set[str], set[str]]) -> None:
    """Neither the libraries that read keys nor those of the command line and the summary."""
    before, _ = visit
    assert installed(before) == OURS | READS_YAML
    assert not before & HEAVY


def test_the_first_question_waits_for_nothing_but_the_screen(visit: tuple[set[str], set[str]]) -> None:
    """No typer, rich, jinja2, segno or pydantic while a person answers."""
    _, by_then = visit
    assert installed(by_then) == OURS | READS_YAML | ASKS


def test_the_first_words_need_few_modules(tmp_path: Path) -> None:
    """About 125, most of them small; a library more would show here."""
    with Terminal((*TELLING, "--language", "en"), str(tmp_path)) as terminal:
        terminal.until(Words().welcome)
        names = LINE.findall(terminal.shown.partition(FIRST_PAGE)[0])
    assert len(names) < 130


def test_help_needs_neither_pydantic_nor_the_screen() -> None:
    """Typer brings pydantic from 0.29 on (pyproject.toml says what that costs)."""
    told = subprocess.run([*TELLING, "--help"], check=True, capture_output=True, text=True, timeout=60)
    packages = imported(told.stderr)
    assert "typer" in packages
    assert not packages & {"pydantic", "prompt_toolkit", "questionary", "jinja2", "segno"}
