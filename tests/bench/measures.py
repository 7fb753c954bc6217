"""What is measured. Every round runs each contender once, so that a busy moment hits all alike."""

import gc
import itertools
import math
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import yaml

from fibrocheck.content.loader import load
from fibrocheck.content.model import NO
from fibrocheck.content.parsing import parse, parse_content
from fibrocheck.content.source_file import read_bytes, shipped_path
from fibrocheck.pages.summary_text import render_summary
from fibrocheck.summary import summarise
from tests.bench.contenders import FIBROCHECK, QUESTIONARY, Contender, Field
from tests.bench.table import Row, compared, mb, ms, p95, skipped, within
from tests.bench.terminal import Gone, Terminal

ENTER, DOWN, UP, LEFT, RIGHT = "\r", "\x1b[B", "\x1b[A", "\x1b[D", "\x1b[C"
LIVE = "\x1b[?2004h"
"""Bracketed paste switched on: prompt_toolkit sends it with the first frame that takes keys."""

_PAGES = 200  # more than any visit has
_KEYS = 20  # presses of a key per round
_CODE = "2468"
_LARGE = (50, 160)  # rows and columns
_OPTIONS = ("--reference", "A-17", "--save", "x.html")
ENGLISH = ("--language", "en")
_SPANISH = ("--language", "es")

Figures = dict[str, list[float]]
_Input = TypeVar("_Input")


def start(field: Field, rounds: int) -> list[Row]:
    """Start to first words, and to the first question that takes a key."""
    others = [field.naive(), *field.peers()] if field.has_others else []
    present = [field.questionary(), *(each for each in others if not each.without)]
    figures: Figures = defaultdict(list)
    for _ in _rounds(rounds, figures):
        with Terminal((field.python, "-c", "pass"), field.folder) as program:
            figures["bare Python"].append(program.until_gone())
        for each in present:
            with Terminal(each.argv, field.folder) as program:
                figures[each.name].append(program.until(each.words))
        with Terminal(field.fibrocheck(*ENGLISH), field.folder) as program:
            figures["words"].append(program.until(field.words.any))
            figures["welcome"].append(program.until(field.words.welcome, after=LIVE))
        with Terminal(field.fibrocheck(*_SPANISH), field.folder, size=_LARGE) as program:
            figures["palabras"].append(program.until(field.words.any))
        with Terminal(field.fibrocheck(*ENGLISH), field.folder) as program:
            figures["question"].append(first_question(program, field))
    base = figures[QUESTIONARY]
    rows = [compared("bare Python, start to end", figures["bare Python"], base, show=ms)]
    for each in (field.questionary(), *others):
        what = f"{each.name}, start to question"
        rows.append(
            skipped(what, each.without) if each.without else compared(what, figures[each.name], base, show=ms)
        )
    return [
        *rows,
        compared("fibrocheck, start to first words", figures["words"], base, show=ms, at_most=0.12),
        compared("… in Spanish, 160 by 50", figures["palabras"], base, show=ms, at_most=0.12),
        compared("… to the welcome page taking keys", figures["welcome"], base, show=ms, at_most=0.72),
        compared("… to the first symptom question", figures["question"], base, show=ms, at_most=0.75),
    ]


def options(field: Field, rounds: int) -> list[Row]:
    """The same with options, and with a file of a clinic's own."""
    figures: Figures = defaultdict(list)
    bare = field.questionary()
    own = Path(field.folder, "own.yaml")
    own.write_bytes(read_bytes(shipped_path()) + b"# our own\n")
    for _ in _rounds(rounds, figures):
        with Terminal(bare.argv, field.folder) as program:
            figures[QUESTIONARY].append(program.until(bare.words))
        with Terminal(field.fibrocheck(*ENGLISH, *_OPTIONS), field.folder) as program:
            figures["options"].append(first_question(program, field))
        with Terminal(field.fibrocheck(*ENGLISH), field.folder, FIBROCHECK_QUESTIONS=str(own)) as program:
            figures["own"].append(first_question(program, field))
    base = figures[QUESTIONARY]
    return [
        compared(
            "first question with --reference and --save", figures["options"], base, show=ms, at_most=0.8
        ),
        compared("first question with a file of one's own", figures["own"], base, show=ms, at_most=0.9),
    ]


def keys(field: Field, rounds: int) -> list[Row]:
    """A key to its frame, and a page to the next."""
    figures: Figures = defaultdict(list)
    bare = field.questionary(for_ever=True)
    with (
        Terminal(bare.argv, field.folder) as questionary,
        Terminal(field.fibrocheck(*ENGLISH), field.folder) as fibrocheck,
    ):
        questionary.until(bare.words)
        questionary.frame()
        first_question(fibrocheck, field)
        fibrocheck.frame()
        for _ in _rounds(rounds, figures):
            for key in (DOWN, UP) * (_KEYS // 2):
                for name, program in ((QUESTIONARY, questionary), (FIBROCHECK, fibrocheck)):
                    figures[name].append(press(program, key))
            for key in ("1", LEFT) * (_KEYS // 4):
                figures["question to question"].append(press_until(questionary, ENTER, bare.words))
                figures["page to page"].append(press(fibrocheck, key))
    base, ours = figures[QUESTIONARY], figures[FIBROCHECK]
    next_ones = figures["question to question"]
    slow, slow_ratio = p95(ours), p95(ours) / p95(base)
    met = slow <= 0.016 and slow_ratio <= 1
    return [
        compared("bare questionary, key to frame, median", base, base, show=ms),
        compared("fibrocheck, key to frame, median", ours, base, show=ms),
        Row("bare questionary, key to frame, p95", ms(p95(base)), "1.00 ×"),
        Row("fibrocheck, key to frame, p95", ms(slow), f"{slow_ratio:.2f} ×", "≤ 16 ms and ≤ 1 ×", met),
        compared("bare questionary, answer to next question", next_ones, next_ones, show=ms),
        compared("fibrocheck, page to page", figures["page to page"], next_ones, show=ms, at_most=0.9),
    ]


def kiosk(field: Field, rounds: int) -> list[Row]:
    """From goodbye to the next patient's welcome page, taking keys; and what the two processes hold."""
    what = "kiosk, goodbye to next welcome"
    command = field.fibrocheck("kiosk", *ENGLISH)
    figures: Figures = defaultdict(list)
    with Terminal(command, field.folder, FIBROCHECK_STAFF_CODE=_CODE) as program:
        try:
            program.until(field.words.welcome, after=LIVE)
        except Gone:
            return [skipped(what, f"`fibrocheck kiosk` does not start ({program.shown.strip()[-60:]!r})")]
        for _ in _rounds(rounds, figures):
            to_the_end(program, field)
            figures["together"].append(program.shared_out)
            program.press("1")
            figures["next"].append(program.until(field.words.welcome, after=LIVE))
    together = "kiosk, supervisor and visit together (PSS)"
    is_known = any(figures["together"])
    return [
        within(what, figures["next"], at_most=0.025),
        within(together, figures["together"], at_most=32 * 1024, show=mb)
        if is_known
        else skipped(together, "only root can read it, on Linux"),
    ]


def memory(field: Field, rounds: int) -> list[Row]:
    """The most memory a process had: one question answered, or one whole visit."""
    figures: Figures = defaultdict(list)
    bare, naive = field.questionary(), field.naive()
    for _ in range(max(1, rounds // 3)):  # a peak hardly differs from one visit to the next
        for each in (bare, naive):
            figures[each.name].append(_peak_of_one_question(each, field))
        figures[FIBROCHECK].append(_peak_of_one_visit(field))
    base = figures[bare.name]
    return [
        compared("bare questionary, peak memory", base, base, show=mb),
        compared("naive stack, peak memory", figures[naive.name], base, show=mb),
        compared("fibrocheck, peak memory of a visit", figures[FIBROCHECK], base, show=mb, at_most=0.95),
    ]


def content(_field: Field, rounds: int) -> list[Row]:
    """Loading files of three sizes, against what the C parser takes to build its nodes."""
    if not hasattr(yaml, "CSafeLoader"):
        return [skipped("content load", "PyYAML has no C parser here")]
    rows, sizes, medians = [], (50, 500, 5000), []
    for size in sizes:
        at_most = 0.6 if size == sizes[-1] else None
        loads, row = _content_row(f"content load, {size:,} entries", _questionnaire(size), rounds, at_most)
        medians.append(statistics.median(loads))
        rows.append(row)
    _, unlike = _content_row(
        f"content load, {sizes[-1]:,} entries, no text twice", _questionnaire(sizes[-1], unlike=True), rounds
    )
    exponent = statistics.linear_regression([math.log(n) for n in sizes], [math.log(t) for t in medians])[0]
    return [*rows, unlike, Row("content load, fitted exponent", f"n^{exponent:.2f}")]


def _content_row(what: str, text: str, rounds: int, at_most: float | None = None) -> tuple[list[float], Row]:
    """How long one file takes to load, and the row that compares it with building its nodes."""
    data = text.encode()
    figures: Figures = defaultdict(list)
    for _ in _rounds(rounds, figures):
        figures["nodes"].append(_timed(_nodes, text))
        figures["load"].append(_timed(parse_content, data))
    row = compared(what, figures["load"], figures["nodes"], show=ms, at_most=at_most)
    return figures["load"], row


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


def press(program: Terminal, key: str) -> float:
    program.settled()  # on a busy machine, what is left of the frame before would count as this one
    program.press(key)
    return program.frame()


def press_until(program: Terminal, key: str, words: re.Pattern[str]) -> float:
    """Seconds from a key to words.

    What bare questionary writes of an answer is a frame of its own: it builds the next prompt for 30 ms then.
    """
    program.settled()
    program.press(key)
    return program.until(words)


def first_question(program: Terminal, field: Field) -> float:
    """Seconds from a program's start to its first question, the welcome page answered at once."""
    seconds = program.until(field.words.welcome)
    program.press(ENTER)
    return seconds + program.until(field.words.question)


def to_the_end(program: Terminal, field: Field) -> None:
    """Take the first choice on every page, up to the last one, which takes no key for a moment."""
    program.frame()
    for number in range(_PAGES):
        if program.says(field.words.goodbye):
            program.until(field.words.done)
            program.frame()
            return
        is_list = program.says(field.words.box)
        program.press("1")
        program.frame()
        # Where several may be chosen, the first key only marks. A busy machine may cut a frame in two and
        # hide that: so now and then on any page, where it does no harm.
        if is_list or number % 7 == 6:
            program.press(RIGHT)
            program.frame_if_any()
    raise TimeoutError(f"no end after {_PAGES} pages")


def _peak_of_one_question(each: Contender, field: Field) -> float:
    with Terminal(each.argv, field.folder) as program:
        program.until(each.words)
        program.press(DOWN + ENTER)
        program.until_gone()
        return program.peak


def _peak_of_one_visit(field: Field) -> float:
    with Terminal(field.fibrocheck(*ENGLISH), field.folder) as program:
        program.until(field.words.welcome, after=LIVE)
        to_the_end(program, field)
        program.press("1")
        program.until_gone()
        return program.peak


def _nodes(text: str) -> object:
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def _timed(work: Callable[[_Input], object], given: _Input) -> float:
    """Seconds that work takes in a process where nobody left anything for the collector."""
    gc.collect()
    began = time.perf_counter()
    work(given)
    return time.perf_counter() - began


def _questionnaire(size: int, *, unlike: bool = False) -> str:
    """The shipped questionnaire with its first factor so many times more, each with an id of its own.

    If they are to be `unlike`, each of their texts has the factor's number in it.
    """
    text = read_bytes(shipped_path()).decode()
    before, factor, after = re.split(r"(?s)(?<=\nfactors:\n)(  - id: .*?\n)(?=\n*  - )", text)
    name = factor.split()[2]
    copies = [factor.replace(f"id: {name}\n", f"id: {name}-{number}\n") for number in range(size)]
    if unlike:
        copies = [re.sub(r'([.?]?)"(?=[,}\n])', rf' {number}\1"', each) for number, each in enumerate(copies)]
    questionnaire = "".join((before, *copies, factor, after))
    assert parse(questionnaire.encode()).content, "the enlarged questionnaire is refused"
    return questionnaire
