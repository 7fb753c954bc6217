"""questions.yaml -> `Content`, or every problem with its line."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fibrocheck.content.model import (
    FACTOR,
    FACTOR_ANSWERS,
    SYMPTOM,
    SYMPTOM_ANSWERS,
    Approval,
    Choice,
    Content,
    GetHelp,
    Item,
    Source,
)
from fibrocheck.content.nodes import Refused, compose
from fibrocheck.content.problems import Problem
from fibrocheck.content.reader import QUESTION, Reader
from fibrocheck.content.schema.questionnaire import FILE, HELP_PAGE
from fibrocheck.content.source_file import decoded, lookalike_in
from fibrocheck.content.values.texts import check_languages, fill_in_counts
from fibrocheck.content.values.words import check_references
from fibrocheck.content.wording import find_violations
from fibrocheck.text_safety import hidden_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from typing import Any

    from fibrocheck.content.model import Clinic, Welcome
    from fibrocheck.content.nodes import Node
    from fibrocheck.content.text import Text

    Texts = Mapping[str, AbstractSet[str]]
    """Texts in each language."""


class Findings:
    """The result of reading a file: its content if there was no error, and every problem."""

    __slots__ = ("content", "problems", "reader", "root")

    def __init__(
        self,
        content: Content | None,
        problems: tuple[Problem, ...],
        reader: Reader | None = None,
        root: Node | None = None,
    ) -> None:
        """`reader` and `root` know where everything is; they are missing if the file is not YAML."""
        self.content = content
        self.problems = problems
        self.reader = reader
        self.root = root


@contextmanager
def _without_collector() -> Iterator[None]:
    """Look for no cycles: a file is many objects that all stay. It took a fifth of the time."""
    is_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_on:
            gc.enable()


@_without_collector()
def parse(data: bytes, searched: Texts | None = None) -> Findings:
    """Return what is in the bytes of a file: the questionnaire, or every problem, sorted by line.

    `searched` are texts by language that were searched before for words that no text may have.
    """
    problems: list[Problem] = []
    text = decoded(data, problems)
    root = None if text is None else _composed(text, problems)
    if text is None or root is None:
        return Findings(None, in_order(_with_lookalikes(problems, text or "")))
    reader = Reader(problems, text)
    values = FILE.read(root, (None, "", root), reader)
    _check_whole_file(reader, searched)
    if reader.counted:
        fill_in_counts(
            reader, len(reader.declared(QUESTION, SYMPTOM)), len(reader.declared(QUESTION, FACTOR))
        )
    content = None
    if isinstance(values, dict) and not problems:
        content = _content(values, [text for _, where, text in reader.moved if where == HELP_PAGE])
    return Findings(content, in_order(_with_lookalikes(problems, text)), reader, root)


@_without_collector()
def parse_content(data: bytes, searched: Texts | None = None) -> tuple[Content | None, tuple[Problem, ...]]:
    """Return the questionnaire in the bytes of a file, `None` if it has errors, and every problem.

    What is known of places in the file has gone when the collector is on again: it would look at all of it.
    """
    findings = parse(data, searched)
    return findings.content, findings.problems


def _composed(text: str, problems: list[Problem]) -> Node | None:
    try:
        return compose(text, problems)
    except Refused as refused:
        problems.append(refused.problem)
        return None


def _with_lookalikes(problems: list[Problem], text: str) -> list[Problem]:
    """Return the problems; if a lookalike on its line may explain one, its remedy names that character."""
    if not problems or text.isascii():
        return problems
    lines = text.split("\n")
    return [_with_lookalike(problem, lines) for problem in problems]


def _with_lookalike(problem: Problem, lines: list[str]) -> Problem:
    if not any(sign in problem.what for sign in _STRUCTURAL):
        return problem
    for number in (problem.line, problem.line - 1, problem.line + 1):
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        if found := lookalike_in(line):
            column, character, instead = found
            where = "" if number == problem.line else f" of line {number}"
            remedy = f"In column {column}{where}, type {instead} instead of {hidden_name(character)}"
            return problem._replace(remedy=remedy)
    return problem


_STRUCTURAL = ("is not YAML", "unknown key", "not in languages", "lacks the key", "must be a", "single word")
"""Parts of the messages about a file whose form is wrong, not its words."""


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return the problems by line and column, each once."""
    return tuple(sorted(set(problems), key=lambda problem: (problem.line, problem.column, problem.what)))


def _check_whole_file(reader: Reader, searched: Texts | None) -> None:
    """Check what can be known only once the whole file has been read."""
    for check in reader.final_checks:
        check()
    reader.final_checks.clear()  # they hold the reader: without them all goes when it goes
    check_references(reader)
    check_languages(reader)
    reader.problems.extend(find_violations(reader.texts, reader.languages, reader.never_say, searched))


def _content(values: dict[str, Any], moved: Sequence[Text]) -> Content:
    """Return the file's values in the form that the rest of the program uses.

    `moved` are the texts that stand under single items, where an earlier version had them.
    """
    values.pop("never_say", None)
    values.pop("exempt_terms", None)
    answers = values["answers"]
    values["symptoms"] = _items(values["symptoms"], SYMPTOM, _choices(SYMPTOM_ANSWERS, answers))
    factors = [{"chart": factor["ask"]} | factor for factor in values.get("factors", ())]
    values["factors"] = _items(factors, FACTOR, _choices(FACTOR_ANSWERS, answers))
    values["welcome"] = _welcome(values["welcome"], values["clinic"])
    values["get_help"] = _with_moved(values.get("get_help", GetHelp()), moved)
    values["sources"] = {id_: Source(id=id_, **source) for id_, source in values.get("sources", {}).items()}
    defaults: dict[str, Any] = {"follow_ups": (), "faq": (), "approval": Approval()}
    return Content(**(defaults | values))


def _welcome(page: Welcome, clinic: Clinic) -> Welcome:
    """Return the first page with what this clinic does with the answers."""
    if clinic.sends_to_chart and page.privacy_chart is not None:
        return page._replace(privacy=page.privacy_chart)
    return page


def _choices(codes: tuple[str, ...], answers: dict[str, dict[str, str]]) -> tuple[Choice, ...]:
    return tuple([Choice(code, answers[code]) for code in codes])


def _with_moved(page: GetHelp, moved: Sequence[Text]) -> GetHelp:
    """Return the help page with the texts that stand elsewhere in the file, each once."""
    return page._replace(also=_distinct([*page.also, *moved]))


def _distinct(texts: Sequence[Text]) -> tuple[Text, ...]:
    return tuple({tuple(text.items()): text for text in texts}.values())


def _items(items: Sequence[dict[str, Any]], part: str, choices: tuple[Choice, ...]) -> tuple[Item, ...]:
    return tuple([Item(**item, part=part, choices=choices) for item in items])
