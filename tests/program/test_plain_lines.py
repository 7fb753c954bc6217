"""Plain mode between real pipes, without a terminal."""

import subprocess
from pathlib import Path

import pytest

from fibrocheck.content.model import Content
from tests.program.terminal import PATIENCE, PROGRAM, one_line, piped, surroundings
from tests.program.visits import terms


@pytest.mark.parametrize("language", ["en", "es"])
def test_yes_1_reaches_the_end_of_a_visit(language: str, content: Content, tmp_path: Path) -> None:
    """`yes 1 | fibrocheck --plain` writes every term and the advice, and no escape sequence."""
    with subprocess.Popen(("yes", "1"), stdout=subprocess.PIPE) as yes:
        done = subprocess.run(
            (*PROGRAM, "--plain", "--language", language),
            stdin=yes.stdout,
            capture_output=True,
            check=False,
            encoding="utf-8",
            cwd=tmp_path,
            env=surroundings(tmp_path),
            timeout=PATIENCE,
        )
        assert yes.stdout is not None
        yes.stdout.close()
    assert done.returncode == 0
    assert done.stderr == ""
    written = one_line(done.stdout)
    for each in (*terms(content, language), content.next_step.advice[language]):
        assert each in written, each
    assert written.endswith(content.words.goodbye[language])
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("lines", [0, 1, 10, 20, 25])
def test_the_end_of_the_input_ends_the_visit_and_saves_nothing(
    lines: int, content: Content, tmp_path: Path
) -> None:
    """On the welcome page, on either kind of question, on the check page and at the end."""
    done = piped(*PROGRAM, "--plain", "--language", "en", home=tmp_path, typed="1\n" * lines)
    assert done.returncode == 130
    assert done.stderr == ""
    # What was written stays with the reader: it is not said to be erased.
    assert done.stdout.endswith(f"> \n{content.words.left_early['en']}\n")
    assert content.words.erased["en"] not in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_stops_reading_causes_no_traceback(tmp_path: Path) -> None:
    """As with `yes 1 | fibrocheck --plain | head -n 3`."""
    with subprocess.Popen(
        (*PROGRAM, "--plain"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=surroundings(tmp_path),
    ) as program:
        assert program.stdin
        assert program.stdout
        assert program.stderr
        head = [program.stdout.readline() for _ in range(3)]
        program.stdout.close()
        program.stdin.write(b"1\n")
        program.stdin.close()
        assert program.stderr.read() == b""
        assert program.wait(PATIENCE) == 130
        assert head[1] != b""
