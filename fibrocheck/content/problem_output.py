"""Problems for content editors: with the line of the file on a terminal, one line each elsewhere."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from wcwidth import wcswidth

from fibrocheck.content.problems import MAX_MESSAGE, Problem, totals
from fibrocheck.text_safety import is_hidden, printable

if TYPE_CHECKING:
    from rich.text import Text


def write_problems(problems: Sequence[Problem], data: bytes, name: str, stream: TextIO) -> None:
    """Write every problem of the file `name`, whose bytes are `data`, then the totals."""
    if stream.isatty():
        _write_to_terminal(problems, data, name, stream)
    else:
        stream.writelines(f"{problem.line_for(name)}\n" for problem in problems)
    stream.write(f"{totals(tuple(problems))}\n")


def _write_to_terminal(problems: Sequence[Problem], data: bytes, name: str, stream: TextIO) -> None:
    from rich.console import Console

    console = Console(file=stream, highlight=False, emoji=False, markup=False, soft_wrap=True)
    lines = data.decode("utf-8", errors="replace").replace("\r\n", "\n").split("\n")
    for problem in problems:
        for text in illustrated(problem, lines, name, console.width):
            console.print(text)


def illustrated(problem: Problem, lines: Sequence[str], name: str, width: int) -> Iterator["Text"]:
    """Yield one problem the way compilers show them: what, where, the line underlined, what to do."""
    from rich.text import Text

    yield Text(f"{problem.severity}: {printable(problem.what, MAX_MESSAGE)}", style="bold")
    gutter = " " * len(str(problem.line))
    where = f"{printable(name)}:{problem.line}:{problem.column}" if problem.line else printable(name)
    yield Text(f"{gutter}--> {where}", style="dim")
    if 0 < problem.line <= len(lines):
        line, underline = underlined(lines[problem.line - 1], problem.column, width - len(gutter) - 4)
        yield Text.assemble((f"{problem.line} | ", "dim"), line)
        yield Text.assemble((f"{gutter} | ", "dim"), (underline, "bold"))
    yield Text(f"{gutter} = {printable(problem.remedy, MAX_MESSAGE)}.")
    yield Text("")


def underlined(line: str, column: int, width: int) -> tuple[str, str]:
    """Return the line, safe to show and cut to the width, and a row to underline the word at the column."""
    start = min(column - 1, len(line))
    begin = 0 if start < width - 10 else start - width // 3
    shown = _safe(line[begin : begin + width])
    before = _safe(line[begin:start])
    word = line[start:].split(" ", maxsplit=1)[0].split(":", maxsplit=1)[0]
    length = max(1, min(_columns(_safe(word)), width - _columns(before)))
    return shown, " " * _columns(before) + "^" * length


def _safe(words: str) -> str:
    """Return the words with a question mark for each hidden character."""
    return "".join("?" if is_hidden(c) and c != "\t" else " " if c == "\t" else c for c in words)


def _columns(words: str) -> int:
    return max(0, wcswidth(words)) if words.isprintable() else len(words)
