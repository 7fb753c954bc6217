"""The `text` of a resource: its content as XHTML, for people whose software does not understand FHIR."""

from collections.abc import Iterable
from html import escape

from fibrocheck.records.elements import Resource


def narrative(language: str, parts: Iterable[str]) -> Resource:
    """Return a narrative in one language, from parts that are escaped already."""
    # XHTML asks for xml:lang, browsers look at lang; FHIR wants both.
    code = escape(language)
    start_tag = f'<div xmlns="http://www.w3.org/1999/xhtml" lang="{code}" xml:lang="{code}">'
    return {"status": "generated", "div": f"{start_tag}{''.join(parts)}</div>"}


def tagged(name: str, words: str) -> str:
    """Return an XHTML element that contains the words, escaped."""
    return f"<{name}>{escape(words)}</{name}>"


def bullets(lines: Iterable[str]) -> str:
    """Return an XHTML list with one entry for each line."""
    return f"<ul>{''.join(tagged('li', line) for line in lines)}</ul>"
