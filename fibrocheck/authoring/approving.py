"""Writes an approval into a questions.yaml, and keeps a copy of the words that were approved."""

from pathlib import Path

from fibrocheck.authoring.rewriting import as_bytes, opened, put, rewrite
from fibrocheck.content.editing import EditError, approve, check_signature
from fibrocheck.content.fingerprint import approved_marks, fingerprints
from fibrocheck.content.parsing import Findings, parse
from fibrocheck.content.preview.page import approved_copy
from fibrocheck.content.problems import ContentError
from fibrocheck.content.reader import language_name
from fibrocheck.content.source_file import read_bytes
from fibrocheck.text_safety import printable


def approve_file(file: Path, by: str, on: str) -> str:
    """Approve the words of a file, and return what was done, in a sentence.

    `WrongUsage` for a name or a day that cannot be, `ContentError` for a file that has errors, `EditError`
    if it cannot be changed.
    """
    check_signature(by, on)
    original = opened(file)
    approved = approve(original.text, original.findings, by, on)
    copy = Path(approved_copy(original.path))
    _check_copy(copy)
    marks = ", ".join(f"{language_name(code)} {mark}" for code, mark in approved.marks.items())
    said = (
        f"{printable(str(file))}: version {approved.version} approved by {printable(by)} on {on} ({marks})."
    )
    data = as_bytes(approved.text, like=original.data)
    if data != original.data:
        rewrite(original, approved.text)
    # After the file: if this fails, the approval stands, and the next preview only cannot show what changed.
    put(copy, data)
    return f"{said}\nA copy is in {printable(copy.name)}: the next preview shows what changed since."


def _check_copy(copy: Path) -> None:
    """Raise `EditError` if the copy's name is taken by something else than an approved wording."""
    if not copy.exists():
        return
    try:
        held = parse(read_bytes(copy))
    except ContentError:
        held = Findings(None, ())
    if held.reader is None or approved_marks(held.root) != fingerprints(held.reader):
        raise EditError(
            f"{printable(str(copy))}: is not the copy of an approved wording. Rename it: the copy of the"
            " words that are approved now goes there."
        )
