"""What a copy is made of, whatever its format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fibrocheck.content.model import Content
    from fibrocheck.records.elements import Resource
    from fibrocheck.records.record import Record


class VisitCopy(NamedTuple):
    """One visit's answers, the questionnaire they belong to, and how to print them."""

    content: Content
    record: Record
    """The answers, and the language, time, identifier and reference they are kept under."""
    large_print: bool = False
    original: Resource | None = None
    """The FHIR resource that it was read from, with what other systems added; `None` for a new record."""
    is_other_version: bool = False
    """Whether the content is made of the record's own words, because today's has others."""
    shown_in: str = ""
    """The language to show it in; empty for the one that the person read."""
    number: str = ""
    """The number of the list at the front desk; empty if it has none."""
    code: str = ""
    """The code to print; empty if none is to be printed."""
    columns: tuple[str, ...] = ()
    """Columns to add to a table that could tell who the person is."""
