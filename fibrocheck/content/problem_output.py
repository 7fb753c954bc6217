"""Problems as a person reads them: with the line they are about on a terminal, a line each elsewhere."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from wcwidth import wcswidth

from fibrocheck.content.problems import LONGEST, Problem, count
from fibrocheck.text_safety import is_hidden, printable

if TYPE_CHECKING:
    from rich.text import Text


def tell(problems: Sequence[Problem], data: bytes, name: str, stream: TextIO) -> None:
    """Every problem, then how many there are."""
    if stream.isatty():
        _on_terminal(problems, data, name, stream)
    else:
        stream.writelines(f"{problem.told(name)}\n" for problem in problems)
    stream.write(f"{count(tuple(problems))}\n")


def _on_terminal(problems: Sequence[Problem], data: bytes, name: str, stream: TextIO) -> None:
    from rich.console import Console

    console = Console(file=stream, highlight=False, emoji=False, markup=False, soft_wrap=True)
    lines = data.decode("utf-8", errors="replace").replace("\r\n", "\n").split("\n")
    for problem in problems:
        for text in pictured(problem, lines, name, console.width):
            console.print(text)


def pictured(problem: Problem, lines: Sequence[str], name: str, width: int) -> Iterator["Text"]:
    """One problem the way compilers show them: what, where, the line with a mark under it, what to do."""
    from rich.text import Text

    yield Text(f"{problem.severity}: {printable(problem.what, LONGEST)}", style="bold")
    gutter = " " * len(str(problem.line))
    where = f"{printable(name)}:{problem.line}:{problem.column}" if problem.line else printable(name)
    yield Text(f"{gutter}--> {where}", style="dim")
    if 0 < problem.line <= len(lines):
        line, mark = marked(lines[problem.line - 1], problem.column, width - len(gutter) - 4)
        yield Text.assemble((f"{problem.line} | ", "dim"), line)
        yield Text.assemble((f"{gutter} | ", "dim"), (mark, "bold"))
    yield Text(f"{gutter} = {printable(problem.remedy, LONGEST)}.")
    yield Text("")


def marked(line: str, column: int, width: int) -> tuple[str, str]:
    """The line, safe to show and cut to the width, and the row with the mark under the word at the column."""
    start = min(column - 1, len(line))
    begin = 0 if start < width - 10 else start - width // 3
    shown = _safe(line[begin : begin + width])
    before = _safe(line[begin:start])
    word = line[start:].split(" ", maxsplit=1)[0].split(":", maxsplit=1)[0]
    long = max(1, min(_columns(_safe(word)), width - _columns(before)))
    return shown, " " * _columns(before) + "^" * long


def _safe(words: str) -> str:
    """A question mark for everything that shows nothing, one column for one character."""
    return "".join("?" if is_hidden(c) and c != "\t" else " " if c == "\t" else c for c in words)


def _columns(words: str) -> int:
    return max(0, wcswidth(words)) if words.isprintable() else len(words)
