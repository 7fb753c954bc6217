"""Records as a table for a spreadsheet: one header row, a line for each record, codes and no totals.

By default without what could tell who a person is: number, appointment, code, time of day, identifier.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.questions import chosen
from fibrocheck.records.times import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fibrocheck.content.model import Content
    from fibrocheck.records.record import Record

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet reads as the beginning of a formula (OWASP, "CSV Injection")."""


class Entry(NamedTuple):
    """A record, the questionnaire with its questions, and its number and code if it has them."""

    record: Record
    content: Content
    number: str = ""
    code: str = ""


_COLUMNS: dict[str, Callable[[Entry], str]] = {
    "date": lambda entry: day_of(entry.record.authored).isoformat(),
    "language": lambda entry: entry.record.language,
    "status": lambda entry: entry.record.status,
    "source": lambda entry: entry.record.source,
    "device": lambda entry: entry.record.device,
}
OPTIONAL_COLUMNS: dict[str, Callable[[Entry], str]] = {
    "number": lambda entry: entry.number,
    "appointment": lambda entry: entry.record.reference,
    "code": lambda entry: entry.code,
    "time": lambda entry: entry.record.authored.isoformat(),
    "identifier": lambda entry: str(entry.record.identifier),
}
"""Columns that are there only if they are asked for, by name."""


def csv_table(entries: Sequence[Entry], columns: Sequence[str] = ()) -> str:
    """Return the table (RFC 4180), with some of `OPTIONAL_COLUMNS` after the first ones.

    A question that a record does not have, or that was not answered, is an empty cell. Several codes in
    one answer are separated by a space, which no code contains.
    """
    shown = _COLUMNS | {name: OPTIONAL_COLUMNS[name] for name in columns}
    questions = dict.fromkeys(question.id for entry in entries for question in entry.content.questions)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*shown, *questions])
    for entry in entries:
        answers = (_codes(entry, question) for question in questions)
        writer.writerow([_guarded(cell) for cell in (*(cell(entry) for cell in shown.values()), *answers)])
    return text.getvalue()


def _codes(entry: Entry, question: str) -> str:
    return " ".join(chosen(entry.record.answers.get(question, ())))


def _guarded(cell: str) -> str:
    """Return a cell that no spreadsheet calculates: an apostrophe before it says that it is text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
