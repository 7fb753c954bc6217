"""The `text` of a resource: its content as XHTML, for people whose software does not understand FHIR."""

import re
from collections.abc import Iterable
from html import escape

from fibrocheck.records.elements import Resource


def narrative(language: str, parts: Iterable[str]) -> Resource:
    """Return a narrative in one language, from parts that are escaped already."""
    # XHTML asks for xml:lang, browsers look at lang; FHIR wants both.
    code = escape(language)
    start_tag = f'<div xmlns="http://www.w3.org/1999/xhtml" lang="{code}" xml:lang="{code}">'
    return {"status": "generated", "div": f"{start_tag}{''.join(parts)}</div>"}


def language_of(text: Resource) -> str:
    """Return the language that a narrative says it is in, whoever wrote it; empty if it does not."""
    div = text.get("div")
    start_tag = re.match(r"\s*<[^<>]*>", div) if isinstance(div, str) else None
    found = re.search(r"""\b(?:xml:)?lang\s*=\s*["']([\w-]+)["']""", start_tag[0]) if start_tag else None
    return found[1] if found else ""


def tagged(name: str, words: str) -> str:
    """Return an XHTML element that contains the words, escaped."""
    return f"<{name}>{escape(words)}</{name}>"


def bullets(lines: Iterable[str]) -> str:
    """Return an XHTML list with one entry for each line."""
    return f"<ul>{''.join(tagged('li', line) for line in lines)}</ul>"
