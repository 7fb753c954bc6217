"""The page itself: one HTML file without scripts, images or connections, made for paper."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.content.check import all_problems
from fibrocheck.content.fingerprint import approved_marks, fingerprints
from fibrocheck.content.parsing import Findings, parse
from fibrocheck.content.preview.hedges import has_list
from fibrocheck.content.preview.rows import CHANGED, NEW, count_changes, removed, rows_of, wording_of
from fibrocheck.content.preview.sections import Section, label, sections_of
from fibrocheck.content.problems import ContentError
from fibrocheck.content.reader import language_name
from fibrocheck.content.source_file import decoded, read_bytes, shipped_path
from fibrocheck.html_template import direction, html_template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fibrocheck.content.model import Content
    from fibrocheck.content.problems import Problem
    from fibrocheck.content.reader import Reader
    from fibrocheck.file_reading import File

TEMPLATE = "preview.html.j2"
APPROVED_SUFFIX = ".approved.yaml"
_HEADING = re.compile(r"^  # (.+?)(?:\. .*|\.)?$")


class Language(NamedTuple):
    """A language of the file: its own name, its English one, its mark, and how much there is to read."""

    code: str
    name: str
    english: str
    mark: str
    words: int
    direction: str
    hedges_known: bool


class Page(NamedTuple):
    """All that the template shows."""

    file: str
    content: Content
    languages: tuple[Language, ...]
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]
    state: str
    """What is known of an approval, in a sentence."""
    counts: Mapping[str, int]
    removed: Sequence[tuple[str, Mapping[str, str]]]
    compared: bool


def preview(file: File | None = None, since: File | None = None) -> str:
    """Return the preview of a file, by default the shipped one, as HTML.

    `since` is the file whose wording was approved; without it, the copy that `content approve` kept beside
    the file, if it is still what was approved. `ContentError` for a file that has errors.
    """
    file = file or shipped_path()
    findings, text = _findings(file)
    old = _findings(since)[0] if since is not None else _kept_copy(file, findings)
    page = _page(str(file), findings, text, old)
    return html_template(__package__, TEMPLATE).render(page=page, label=label)


def approved_copy(file: File) -> str:
    """Return where the copy of the approved wording of a file is kept."""
    return os.path.splitext(os.fspath(file))[0] + APPROVED_SUFFIX


def _findings(file: File) -> tuple[Findings, str]:
    """Return what is in a file, and its text; `ContentError` if it cannot be used."""
    data = read_bytes(file)
    findings = parse(data)
    if findings.content is None:
        raise ContentError(str(file), findings.problems)
    return findings, decoded(data, []) or ""


def _kept_copy(file: File, findings: Findings) -> Findings | None:
    """Return the copy of the approved wording; nothing if there is none, or it is another wording."""
    try:
        old = parse(read_bytes(approved_copy(file)))
    except ContentError:
        return None
    marks = approved_marks(findings.root)
    return old if old.reader and marks and fingerprints(old.reader) == marks else None


def _page(file: str, findings: Findings, text: str, old: Findings | None) -> Page:
    content, reader = findings.content, findings.reader
    if content is None or reader is None:
        raise AssertionError  # `_findings` raised
    before = wording_of(old.reader) if old and old.reader else None
    rows = rows_of(reader, content, before)
    counts = count_changes(rows)
    problems = all_problems(findings)
    gone = removed(reader, before)
    state = _state(content, findings, counts | {"removed": len(gone)}, compared=before is not None)
    sections = tuple(sections_of(rows, content, headings(text)))
    languages = tuple(_languages(content, reader))
    return Page(
        os.path.basename(file),
        content,
        languages,
        sections,
        problems,
        state,
        counts,
        gone,
        before is not None,
    )


def headings(text: str) -> dict[int, str]:
    """Return the indented comments of a file, which say what the keys below are for, by line."""
    lines = text.split("\n")
    found = {number: _HEADING.match(line) for number, line in enumerate(lines, 1)}
    return {number: match[1] for number, match in found.items() if match and not lines[number - 2].strip()}


def _languages(content: Content, reader: Reader) -> list[Language]:
    marks = fingerprints(reader)
    return [
        Language(
            code,
            name,
            language_name(code),
            marks[code],
            sum(len(words.split()) for language, words, *_ in reader.texts if language == code),
            direction(code),
            has_list(code),
        )
        for code, name in content.languages.items()
    ]


def _state(content: Content, findings: Findings, counts: Mapping[str, int], *, compared: bool) -> str:
    given = content.approval
    if not given.approved_by or findings.reader is None:
        return "Not approved yet."
    approved = f"Approved by {given.approved_by} on {given.approved_on}."
    marks, now = approved_marks(findings.root), fingerprints(findings.reader)
    if not marks:
        return f"{approved} Which words were approved is not known."
    names = [language_name(code) for code, mark in now.items() if marks.get(code) != mark]
    if not names:
        return f"{approved} These are the words that were approved."
    return (
        f"{approved} The words changed after that: {', '.join(names)}. {_changes(counts, compared=compared)}"
    )


def _changes(counts: Mapping[str, int], *, compared: bool) -> str:
    if not compared:
        return "To see which, compare with the approved file: --since FILE."
    said = {"changed": counts[CHANGED], "new": counts[NEW], "removed": counts["removed"]}
    return f"They are marked below: {', '.join(f'{count} {what}' for what, count in said.items())}."
