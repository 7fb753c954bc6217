"""The handout as plain text in lines of at most 72 columns, for a printer or a file.

Without control codes, but for the form feed that begins each page on a printer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.pages.text_layout import (
    BLANK,
    MEASURE,
    Fixed,
    Group,
    Heading,
    Line,
    Paragraph,
    Row,
    cells,
    group_lines,
    unstyled,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fibrocheck.pages.clinician_page import ClinicianPage, Table, TableRow
    from fibrocheck.pages.handout import Handout
    from fibrocheck.pages.paper import Fact
    from fibrocheck.pages.patient_page import PatientPage, TitledList, WorthTelling

FORM_FEED, RULE = "\f", "\n" + "=" * MEASURE + "\n\n"
"""What stands between two pages: on a printer, and in a file."""

_MARK = "X"
_MIN_COLUMN, _GAP = 4, 1
_BLANK = "_"


def render_text_handout(handout: Handout, *, between: str = RULE) -> str:
    """Return all pages of the handout, with `between` between two of them."""
    pages = [_clinician(handout.clinician), _patient(handout.patient)]
    if handout.in_clinic_language:
        pages.append(_clinician(handout.in_clinic_language))
    return between.join(pages)


def _clinician(page: ClinicianPage) -> str:
    groups: list[Group] = [
        _paragraphs(page.copy_of),
        _masthead(page.clinic, page.numbers, page.date),
        (*_titled(page.title, "="), *_paragraphs(f"{page.questionnaire}. {page.own_answers}")),
        _paragraphs(page.not_finished, page.other_version),
        tuple(_by_hand(label) for label in page.blanks),
        tuple(Row(fact.label, fact.value) if fact.value else _by_hand(fact.label) for fact in page.about),
        tuple(Row(fact.label, fact.value) for fact in (*page.facts, *page.areas)),
        *(_table(table) for table in page.tables),
        _paragraphs(page.never_asked),
        (Heading(page.medicines), *[_by_hand()] * 3),
        (Heading(page.want_to_ask), *(Paragraph(each, hang="[ ] ") for each in page.questions), _by_hand()),
        tuple(_by_hand(label) for label in page.at_the_visit),
        _paragraphs(page.foot, *([_labelled(page.code)] if page.code else [])),
    ]
    return _text(groups)


def _patient(page: PatientPage) -> str:
    groups: list[Group] = [
        _masthead(page.clinic, page.numbers, page.date),
        (*_titled(page.step_title, "="), Paragraph(page.advice)),
        (*_contact(page), *_paragraphs(page.ask_at_desk)),
        _paragraphs(*page.bring),
        _titled(page.help_title, "-"),
        *(_list(each) for each in page.help_lists),
        _paragraphs(*page.help_texts),
        _titled(page.telling_title, "-") if page.telling or page.telling_rest else (),
        *(_worth_telling(each, page.tips_label) for each in page.telling),
        _paragraphs(page.telling_rest),
        _paragraphs(_labelled(page.sources)) if page.sources else (),
        _paragraphs(page.not_a_diagnosis),
    ]
    return _text(groups)


def _list(titled: TitledList) -> Group:
    return (Heading(titled.title), *(Paragraph(entry, hang="- ") for entry in titled.entries))


def _text(groups: Iterable[Group]) -> str:
    lines: list[Line] = []
    for group in filter(None, groups):
        lines += [*group_lines(group, MEASURE), BLANK]
    return unstyled(lines[:-1])


def _masthead(clinic: str, numbers: Iterable[Fact], date: str) -> Group:
    return (Row(clinic, date, indent=0), *(Row("", _labelled(fact)) for fact in numbers))


def _titled(title: str, underline: str) -> Group:
    return (Heading(title), Heading(underline * min(cells(title), MEASURE)))


def _paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text) for text in texts if text)


def _labelled(fact: Fact) -> str:
    return f"{fact.label}: {fact.value}" if fact.label else fact.value


def _by_hand(label: str = "") -> Paragraph:
    """Return a line to write on, after its label."""
    start = f"{label} " if label else ""
    return Paragraph(start + _BLANK * max(MEASURE - cells(start), 12))


def _contact(page: PatientPage) -> tuple[Paragraph, ...]:
    """Return how to reach the clinic. The link is on a line of its own, so that it can be copied whole."""
    contact = tuple(Paragraph(_labelled(fact)) for fact in page.contact)
    if page.booking is None:
        return contact
    return (*contact, Paragraph(f"{page.booking.label}:"), Paragraph(page.booking.value, hang="  "))


def _worth_telling(each: WorthTelling, tips_label: str) -> Group:
    texts = (each.tell, f"{tips_label}: {each.tip}" if each.tip else "")
    return (Heading(each.term), *(Paragraph(text, hang="  ") for text in texts if text))


def _table(table: Table) -> Group:
    widths = _widths(table.columns)
    label = MEASURE - sum(width + _GAP for width in widths)
    rows = [line for row in table.rows for line in _row(row, label, widths)]
    title = f"{table.title} - {table.aside}" if table.aside else table.title
    return (Heading(title), *(Fixed(line) for line in (*_head(table, label, widths), *rows)))


def _widths(names: tuple[str, ...]) -> list[int]:
    """Return the width of each column: its longest word, if that leaves half of the line for the labels."""
    widths = [max(_MIN_COLUMN, *(cells(word) for word in name.split())) if name else 1 for name in names]
    room = MEASURE // 2
    if sum(widths) + _GAP * len(widths) <= room:
        return widths
    return [max(room // len(names) - _GAP, 1)] * len(names)


def _head(table: Table, label: int, widths: list[int]) -> Iterator[str]:
    """Yield the names of the columns, broken into as many lines as the longest needs."""
    names = [wrap(name, width) for name, width in zip(table.columns, widths, strict=True)]
    for number in range(max(map(len, names))):
        words = (name[number] if number < len(name) else "" for name in names)
        yield " " * label + _cells_of(words, widths)


def _row(row: TableRow, label: int, widths: list[int]) -> Iterator[str]:
    """Yield the lines of a label, with the marks beside the last one, and those of the question."""
    *before, last = wrap(row.label, label - 1)
    marks = (_MARK if number == row.column else "." for number in range(len(widths)))
    yield from before
    yield last + " " * (label - cells(last)) + _cells_of(marks, widths)
    yield from (f"    {line}" for line in wrap(row.question, MEASURE - 4) if line)


def _cells_of(words: Iterable[str], widths: list[int]) -> str:
    return "".join(" " * _GAP + _centred(word, width) for word, width in zip(words, widths, strict=True))


def _centred(word: str, width: int) -> str:
    left = (width - cells(word)) // 2
    return " " * left + word + " " * (width - cells(word) - left)
