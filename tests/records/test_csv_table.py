"""Records as a table for a spreadsheet."""

import csv
import io

import pytest

from fibrocheck.records.csv_table import OPTIONAL_COLUMNS, Entry, csv_table
from fibrocheck.records.record import Record

from .samples import ANSWERS, AUTHORED, FIXTURE, IDENTIFIER
from .written import WHOLE

FIRST = ["date", "language", "status", "source", "device"]
QUESTIONS = [question.id for question in FIXTURE.questions]


def rows(*entries: Entry, columns: list[str] | None = None) -> list[list[str]]:
    """Return the cells of the table, row by row."""
    return list(csv.reader(io.StringIO(csv_table(entries, columns or []), newline="")))


def test_a_table_has_a_header_and_a_line_for_each_record() -> None:
    """Several codes in one cell have a space between them; what was not answered is empty."""
    empty = Record({}, "es", AUTHORED, IDENTIFIER)
    head, first, second = rows(Entry(WHOLE, FIXTURE), Entry(empty, FIXTURE))
    cells = [" ".join([a] if isinstance(a, str) else a) for a in (ANSWERS.get(q, ()) for q in QUESTIONS)]
    assert head == [*FIRST, *QUESTIONS]
    assert first == ["2026-11-30", "en", WHOLE.status, WHOLE.source, WHOLE.device, *cells]
    assert "neck hands" in first
    assert second == ["2026-11-30", "es", empty.status, "", "", *[""] * len(QUESTIONS)]


def test_what_tells_who_it_is_stands_there_only_if_asked_for() -> None:
    """In the order in which it was asked for, before the answers."""
    entry = Entry(WHOLE, FIXTURE, number="273", code="3f7k")
    told = {
        "number": "273",
        "appointment": WHOLE.reference,
        "code": "3f7k",
        "time": "2026-11-30T09:15:30-05:00",
        "identifier": str(IDENTIFIER),
    }
    for columns in ([], ["code", "number"], list(OPTIONAL_COLUMNS)):
        head, row = rows(entry, columns=columns)
        assert head == [*FIRST, *columns, *QUESTIONS]
        assert row[len(FIRST) : len(FIRST) + len(columns)] == [told[each] for each in columns]
        assert not {told[each] for each in told.keys() - columns} & set(row)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    """A spreadsheet shows an apostrophe, or nothing, and calculates nothing."""
    formula = f"{start}cmd|' /C calc'!A0"
    entry = Entry(WHOLE._replace(reference=formula), FIXTURE, number=f"{start}1")
    _, row = rows(entry, columns=["number", "appointment"])
    assert row[len(FIRST) :][:2] == [f"'{start}1", f"'{formula}"]
    assert [cell for cell in row if cell.startswith("'")] == row[len(FIRST) :][:2]


def test_a_table_has_the_questions_of_all_its_records() -> None:
    """A record of another version may have others."""
    fewer = FIXTURE._replace(factors=FIXTURE.factors[:1])
    table = rows(Entry(WHOLE, fewer), Entry(WHOLE, FIXTURE))
    assert sorted(table[0]) == sorted([*FIRST, *QUESTIONS])
    assert {len(row) for row in table} == {len(table[0])}
