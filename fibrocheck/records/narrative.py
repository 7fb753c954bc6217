"""The `text` of a resource: what it says, for a person who has nothing that understands FHIR."""

from collections.abc import Iterable
from html import escape

from fibrocheck.records.shared import Resource


def narrative(language: str, parts: Iterable[str]) -> Resource:
    """A narrative in one language, from parts that are escaped already."""
    # XHTML asks for xml:lang, browsers look at lang; FHIR wants both.
    code = escape(language)
    opening = f'<div xmlns="http://www.w3.org/1999/xhtml" lang="{code}" xml:lang="{code}">'
    return {"status": "generated", "div": f"{opening}{''.join(parts)}</div>"}


def element(name: str, words: str) -> str:
    """One element around words, with everything in them escaped."""
    return f"<{name}>{escape(words)}</{name}>"


def bullets(lines: Iterable[str]) -> str:
    """A list, a line an entry."""
    return f"<ul>{''.join(element('li', line) for line in lines)}</ul>"
