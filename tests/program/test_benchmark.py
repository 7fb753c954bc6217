"""The benchmark finds its way: a row that is skipped tells nobody that the program became slower."""

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from tests.bench import measures
from tests.bench.contenders import Field
from tests.bench.terminal import Terminal


def test_the_next_question_of_the_baseline_is_waited_for(tmp_path: Path) -> None:
    """What it writes of the answer comes before, as a frame of its own."""
    field = Field(sys.executable, str(tmp_path), tmp_path)
    bare = field.questionary(for_ever=True)
    with Terminal(bare.argv, str(tmp_path)) as program:
        program.until(bare.words)
        measures.press_until(program, measures.ENTER, bare.words)
        assert "\x1b[6n" in program.shown, "it asks where the cursor is before each question"


def test_the_benchmark_reaches_the_end_of_a_visit(tmp_path: Path) -> None:
    """Through pages where several may be chosen, and a last one that takes no key for a moment."""
    field = Field(sys.executable, str(tmp_path), tmp_path)
    command = (sys.executable, "-m", "fibrocheck", *measures.ENGLISH)
    with Terminal(command, str(tmp_path)) as program:
        program.until(field.words.welcome, after=measures.LIVE)
        measures.to_the_end(program, field)
        program.press("1")
        program.until_gone()
        assert program.peak > 0 or sys.platform != "linux"
