"""What is measured. Every round runs each contender once, so that a busy moment hits all alike."""

import itertools
import math
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TypeVar

import yaml

from fibrocheck.content.loader import load, parse
from fibrocheck.content.model import NO
from fibrocheck.content.source_file import read_bytes, shipped_path
from fibrocheck.pages.summary_text import render_summary
from fibrocheck.summary import summarise
from tests.bench.contenders import FIBROCHECK, QUESTIONARY, Contender, Field
from tests.bench.table import Row, compared, mb, ms, p95, skipped
from tests.bench.terminal import Gone, Terminal

ENTER, DOWN, UP, LEFT = "\r", "\x1b[B", "\x1b[A", "\x1b[D"
LIVE = "\x1b[?2004h"
"""Bracketed paste switched on: prompt_toolkit sends it with the first frame that takes keys."""

_PAGES = 200  # more than any visit has
_KEYS = 20  # presses of a key per round
_CODE = "2468"
_ENGLISH = ("--language", "en")

Figures = dict[str, list[float]]
_Input = TypeVar("_Input")


def start(field: Field, rounds: int) -> list[Row]:
    """Start to first words, and to the first question that takes a key."""
    others = [field.naive(), *field.peers()]
    present = [field.questionary(), *(each for each in others if not each.without)]
    figures: Figures = defaultdict(list)
    for _ in _rounds(rounds, figures):
        with Terminal((field.python, "-c", "pass"), field.folder) as program:
            figures["bare Python"].append(program.until_gone())
        for each in present:
            with Terminal(each.argv, field.folder) as program:
                figures[each.name].append(program.until(each.words))
        with Terminal(field.fibrocheck(*_ENGLISH), field.folder) as program:
            figures["words"].append(program.until(field.words.any))
            figures["welcome"].append(program.until(field.words.welcome, after=LIVE))
        with Terminal(field.fibrocheck(*_ENGLISH), field.folder) as program:
            figures["question"].append(_first_question(program, field))
    base = figures[QUESTIONARY]
    rows = [compared("bare Python, start to end", figures["bare Python"], base, show=ms)]
    for each in (field.questionary(), *others):
        what = f"{each.name}, start to question"
        rows.append(
            skipped(what, each.without) if each.without else compared(what, figures[each.name], base, show=ms)
        )
    return [
        *rows,
        compared("fibrocheck, start to first words", figures["words"], base, show=ms, at_most=0.6),
        compared("… to the welcome page taking keys", figures["welcome"], base, show=ms, at_most=1.25),
        compared("… to the first symptom question", figures["question"], base, show=ms, at_most=1.25),
    ]


def keys(field: Field, rounds: int) -> list[Row]:
    """A key to its frame, and a page to the next."""
    figures: Figures = defaultdict(list)
    bare = field.questionary(for_ever=True)
    with (
        Terminal(bare.argv, field.folder) as questionary,
        Terminal(field.fibrocheck(*_ENGLISH), field.folder) as fibrocheck,
    ):
        questionary.until(bare.words)
        questionary.frame()
        _first_question(fibrocheck, field)
        fibrocheck.frame()
        for _ in _rounds(rounds, figures):
            for key in (DOWN, UP) * (_KEYS // 2):
                for name, program in ((QUESTIONARY, questionary), (FIBROCHECK, fibrocheck)):
                    figures[name].append(_press(program, key))
            for key in ("1", LEFT) * (_KEYS // 4):
                figures["question to question"].append(_press(questionary, ENTER))
                figures["page to page"].append(_press(fibrocheck, key))
    base, ours = figures[QUESTIONARY], figures[FIBROCHECK]
    next_ones = figures["question to question"]
    slow, slow_ratio = p95(ours), p95(ours) / p95(base)
    met = slow <= 0.016 and slow_ratio <= 2
    return [
        compared("bare questionary, key to frame, median", base, base, show=ms),
        compared("fibrocheck, key to frame, median", ours, base, show=ms),
        Row("bare questionary, key to frame, p95", ms(p95(base)), "1.00 ×"),
        Row("fibrocheck, key to frame, p95", ms(slow), f"{slow_ratio:.2f} ×", "≤ 16 ms and ≤ 2 ×", met),
        compared("bare questionary, answer to next question", next_ones, next_ones, show=ms),
        compared("fibrocheck, page to page", figures["page to page"], next_ones, show=ms),
    ]


def kiosk(field: Field, rounds: int) -> list[Row]:
    """Finish to the next patient's welcome page, taking keys."""
    what = "kiosk, Finish to next welcome"
    command = field.fibrocheck("kiosk", *_ENGLISH)
    figures: list[float] = []
    with Terminal(command, field.folder, FIBROCHECK_STAFF_CODE=_CODE) as program:
        try:
            program.until(field.words.welcome, after=LIVE)
        except Gone:
            return [skipped(what, f"`fibrocheck kiosk` does not start ({program.shown.strip()[-60:]!r})")]
        for _ in range(rounds + 1):
            _to_the_end(program, field)
            program.press(ENTER)
            figures.append(program.until(field.words.welcome, after=LIVE))
    median = statistics.median(figures[1:])
    return [Row(what, ms(median), "", "≤ 50 ms", median <= 0.050)]


def memory(field: Field, rounds: int) -> list[Row]:
    """The most memory a process had: one question answered, or one whole visit."""
    figures: Figures = defaultdict(list)
    bare, naive = field.questionary(), field.naive()
    for _ in _rounds(rounds, figures):
        for each in (bare, naive):
            figures[each.name].append(_peak_of_one_question(each, field))
        figures[FIBROCHECK].append(_peak_of_one_visit(field))
    base = figures[bare.name]
    return [
        compared("bare questionary, peak memory", base, base, show=mb),
        compared("naive stack, peak memory", figures[naive.name], base, show=mb),
        compared("fibrocheck, peak memory of a visit", figures[FIBROCHECK], base, show=mb, at_most=1.5),
    ]


def content(_field: Field, rounds: int) -> list[Row]:
    """Loading files of three sizes, against what the C parser takes to build its nodes."""
    if not hasattr(yaml, "CSafeLoader"):
        return [skipped("content load", "PyYAML has no C parser here")]
    rows, sizes, medians = [], (50, 500, 5000), []
    for size in sizes:
        text = _questionnaire(size)
        data = text.encode()
        figures: Figures = defaultdict(list)
        for _ in _rounds(rounds, figures):
            figures["nodes"].append(_timed(_nodes, text))
            figures["load"].append(_timed(parse, data))
        medians.append(statistics.median(figures["load"]))
        at_most = 3 if size == sizes[-1] else None
        what = f"content load, {size:,} entries"
        rows.append(compared(what, figures["load"], figures["nodes"], show=ms, at_most=at_most))
    exponent = statistics.linear_regression([math.log(n) for n in sizes], [math.log(t) for t in medians])[0]
    return [*rows, Row("content load, fitted exponent", f"n^{exponent:.2f}")]


def combinations(_field: Field, rounds: int) -> list[Row]:
    """All combinations of marked items, summarised and rendered, a part in each language in turn."""
    questionnaire = load()
    marked = [(item.id, item.choices[0].id) for item in questionnaire.items]
    others = [(item.id, NO) for item in questionnaire.items]
    everybody = [dict(answers) for answers in itertools.product(*zip(marked, others, strict=True))]
    seconds = dict.fromkeys(questionnaire.languages, 0.0)
    for first in range(rounds):
        for language in seconds:
            began = time.perf_counter()
            for answers in everybody[first::rounds]:
                render_summary(summarise(questionnaire, answers), questionnaire, language, width=80)
            seconds[language] += time.perf_counter() - began
    return [
        Row(
            f"{len(everybody):,} combinations, {language}",
            f"{taken:.1f} s, {len(everybody) / taken:,.0f} per second",
            target="≤ 40 s",
            is_met=taken <= 40,
        )
        for language, taken in seconds.items()
    ]


def _rounds(count: int, figures: Figures) -> Iterator[None]:
    """So many rounds after one that only warms up."""
    yield
    figures.clear()
    for _ in range(count):
        yield


def _press(program: Terminal, key: str) -> float:
    program.press(key)
    return program.frame()


def _first_question(program: Terminal, field: Field) -> float:
    """Seconds from a program's start to its first question, the welcome page answered at once."""
    seconds = program.until(field.words.welcome)
    program.press(ENTER)
    return seconds + program.until(field.words.question)


def _to_the_end(program: Terminal, field: Field) -> None:
    """Take the first choice on every page, up to the one that offers Finish."""
    for _ in range(_PAGES):
        program.frame()
        if program.says(field.words.what_now):
            return
        program.press(ENTER)
    raise TimeoutError(f"no end after {_PAGES} pages")


def _peak_of_one_question(each: Contender, field: Field) -> float:
    with Terminal(each.argv, field.folder) as program:
        program.until(each.words)
        program.press(DOWN + ENTER)
        program.until_gone()
        return program.peak


def _peak_of_one_visit(field: Field) -> float:
    with Terminal(field.fibrocheck(*_ENGLISH), field.folder) as program:
        program.until(field.words.welcome, after=LIVE)
        _to_the_end(program, field)
        program.press(ENTER)
        program.until_gone()
        return program.peak


def _nodes(text: str) -> object:
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def _timed(work: Callable[[_Input], object], given: _Input) -> float:
    began = time.perf_counter()
    work(given)
    return time.perf_counter() - began


def _questionnaire(size: int) -> str:
    """The shipped questionnaire with its first factor so many times more, each with an id of its own."""
    text = read_bytes(shipped_path()).decode()
    before, factor, after = re.split(r"(?s)(?<=\nfactors:\n)(  - id: .*?\n)(?=\n*  - )", text)
    name = factor.split()[2]
    copies = (factor.replace(f"id: {name}\n", f"id: {name}-{number}\n") for number in range(size))
    questionnaire = "".join((before, *copies, factor, after))
    assert parse(questionnaire.encode()).content, "the enlarged questionnaire is refused"
    return questionnaire
