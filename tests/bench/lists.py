"""What many lists cost: reports of them, and the front desk's start page over them."""

import subprocess
import tempfile
import time
import uuid
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path

from fibrocheck.content.loader import load
from fibrocheck.records.elements import to_json
from fibrocheck.records.record import KIOSK, Record
from fibrocheck.records.response import write_response
from tests.bench.contenders import Field, any_of
from tests.bench.measures import ENGLISH, ENTER, LIVE, Figures, first_question, press
from tests.bench.table import Row, compared, ms, within
from tests.bench.terminal import Terminal

_TODAY, _DAYS = 1_000, 20
"""Lists of the day that is shown, and days that have as many."""

_DIGITS = ("1", "2", "3", "4", "5", "1", "2", "3")
"""Pressed on the caller's page, each on the line after the one before."""


def report(field: Field, rounds: int) -> list[Row]:
    """A report of many records in one run."""
    figures: Figures = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        _fill(Path(folder), days=1)
        for _ in range(_few(rounds)):
            for name in ("csv", "chart"):
                figures[name].append(_seconds_of_report(field, name, folder))
    what = f"report of {_TODAY:,} records"
    return [
        within(f"{what}, CSV", figures["csv"], at_most=0.6),
        within(f"{what}, chart text", figures["chart"], at_most=1.5),
    ]


def desk(field: Field, rounds: int) -> list[Row]:
    """The start page over many lists, and a digit on the page of a call beside one on a patient's page."""
    figures: Figures = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        _fill(Path(folder), days=_DAYS)
        for _ in range(_few(rounds)):
            _one_call(field, folder, figures)
    what = f"desk, start page, {_TODAY:,} lists of today in {_DAYS * _TODAY:,}"
    return [
        within(what, figures["start"], at_most=1),
        compared("patient, a digit to the next page", figures["patient"], figures["patient"], show=ms),
        compared("desk, a digit to its frame", figures["digit"], figures["patient"], show=ms, at_most=1),
    ]


def _one_call(field: Field, folder: str, figures: Figures) -> None:
    """Open the desk, and answer the first questions for a caller and as a patient, key by key."""
    content = load()
    words = content.words
    command = field.fibrocheck("desk", *ENGLISH, "--records", folder)
    patient = Terminal(field.fibrocheck(*ENGLISH), field.folder)
    with Terminal(command, field.folder) as program, patient:
        program.until(any_of(words.desk.initials["en"]), after=LIVE)
        program.press("MR" + ENTER)
        program.until(any_of(words.desk.pin["en"]))
        program.press(ENTER)
        figures["start"].append(program.until(any_of(str(_TODAY))))
        for key, expected in (
            ("n", words.desk.may_i),
            ("1", words.desk.for_self),
            ("1", words.desk.appointment),
            (ENTER, content.symptoms[0].ask),
        ):
            program.settled()
            program.press(key)
            program.until(any_of(expected["en"]))
        program.settled()
        first_question(patient, field)
        patient.settled()
        for digit in _DIGITS:
            figures["digit"].append(press(program, digit))
            figures["patient"].append(press(patient, "1"))


def _seconds_of_report(field: Field, name: str, folder: str) -> float:
    command = field.fibrocheck("report", "--format", name, folder)
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=field.folder, timeout=120)
    return time.perf_counter() - began


def _few(rounds: int) -> int:
    """Return fewer rounds: each of these takes seconds, and a second differs less than a millisecond."""
    return max(1, rounds // 5)


def _fill(folder: Path, *, days: int) -> None:
    """Put lists into a folder of the front desk, the days up to today."""
    now = datetime.now().astimezone().replace(microsecond=0)
    for ago in range(days):
        authored = now - timedelta(days=ago)
        day = folder / authored.date().isoformat()
        day.mkdir(mode=0o700)
        first = uuid.uuid4()
        text = _written(authored, first)
        for number in range(_TODAY):
            copy = text.replace(str(first), str(uuid.uuid4()))
            (day / f"{1_000 + number}.json").write_text(copy, encoding="utf-8")
    folder.chmod(0o700)


def _written(authored: datetime, identifier: uuid.UUID) -> str:
    content = load()
    answers = {item.id: item.choices[0].id for item in content.items}
    return to_json(write_response(Record(answers, "en", authored, identifier, device=KIOSK), content))
