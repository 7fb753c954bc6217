"""Changing the text of a questions.yaml: only the places that are meant, and everything else as it was."""

import difflib
import re
from pathlib import Path

import pytest

from fibrocheck.content.editing import EditError, add_language, approve, check_signature
from fibrocheck.content.fingerprint import approved_marks, fingerprints
from fibrocheck.content.model import Approval
from fibrocheck.content.parsing import parse
from fibrocheck.errors import WrongUsage
from tests.content.examples import completed, examples
from tests.fixture import FIXTURE

EXAMPLES = [FIXTURE, *examples("positive")]
DAY = "2026-11-20"


def text_of(file: Path) -> str:
    """Return the whole file, or an example as a whole file."""
    data = file.read_bytes()
    return (data if file == FIXTURE else completed(data)).decode("utf-8-sig").replace("\r\n", "\n")


def removed_lines(before: str, after: str) -> list[str]:
    """Return the lines that are not there any more as they were."""
    found = difflib.unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=0)
    return [line[1:] for line in found if line[0] == "-" and not line.startswith("---")]


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_approval_is_read_back_and_changes_one_place(file: Path) -> None:
    """Whatever the name has in it, and whatever stood there before."""
    before = text_of(file)
    approved = approve(before, parse(before.encode()), 'Dr. "A" \\ Ö', DAY)
    findings = parse(approved.text.encode())
    assert findings.content is not None
    assert findings.content.approval == Approval('Dr. "A" \\ Ö', DAY)
    assert all("approv" in line for line in removed_lines(before, approved.text))
    assert findings.reader is not None
    assert approved_marks(findings.root) == fingerprints(findings.reader) == approved.marks


def test_an_approval_in_several_lines_is_replaced_as_a_whole() -> None:
    before = text_of(FIXTURE).replace(
        'approval: {approved_by: "", approved_on: ""}',
        "approval:  # nobody yet\n  approved_by: ''\n  # a comment\n  approved_on: ''",
    )
    assert "nobody yet" in before
    approved = approve(before, parse(before.encode()), "A", DAY).text
    assert approved.count("approved_by") == 1
    assert "\n\n# The safety notice" in approved
    assert parse(approved.encode()).content


def test_approving_again_changes_only_who_and_when() -> None:
    before = text_of(FIXTURE)
    first = approve(before, parse(before.encode()), "A", DAY).text
    again = approve(first, parse(first.encode()), "B", "2026-11-21").text
    assert again == first.replace('"A"', '"B"').replace(DAY, "2026-11-21")


def test_other_words_need_another_version() -> None:
    """Saved records name the version: two wordings must not share one."""
    before = text_of(FIXTURE)
    approved = approve(before, parse(before.encode()), "A", DAY).text
    changed = approved.replace("Questions people ask", "Questions people have")
    assert changed != approved
    with pytest.raises(EditError, match="Raise version"):
        approve(changed, parse(changed.encode()), "A", DAY)
    raised = re.sub(r"(?m)^version: .*$", "version: 2027.1", changed)
    assert approve(raised, parse(raised.encode()), "A", DAY).version == "2027.1"


@pytest.mark.parametrize(
    ("by", "on"),
    [("", DAY), (" ", DAY), ("A\nB", DAY), ("A" * 81, DAY), ("A\u202e", DAY)]
    + [("A", day) for day in ("", "2026-02-30", "20261120", "yesterday", "2999-01-01")],
)
def test_a_signature_needs_a_name_and_a_day_that_was(by: str, on: str) -> None:
    with pytest.raises(WrongUsage):
        check_signature(by, on)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_text_gets_an_empty_place_for_a_language(file: Path) -> None:
    """And nothing else is wrong: filled in, the file lacks nothing."""
    before = text_of(file)
    added = add_language(before, "fr")
    problems = parse(added.text.encode()).problems
    assert {problem.what.rpartition(": ")[2] for problem in problems} == {"is empty"}
    assert len(problems) == added.places
    filled = re.sub(r'fr: ""', 'fr: "Des mots"', added.text)
    about = [problem.what for problem in parse(filled.encode()).problems]
    assert [what for what in about if "must contain {" not in what] == []


def test_no_line_is_lost_and_comments_stay() -> None:
    before = text_of(FIXTURE)
    after = add_language(before, "fr").text
    assert re.sub(r'(, fr: "[^"]*"|\n *fr: "[^"]*")', "", after) == before


def test_a_translation_that_was_begun_is_completed() -> None:
    """Also in a later version of the file, which has more texts."""
    before = text_of(FIXTURE)
    begun = add_language(before, "fr").text
    with_gaps = begun.replace(', fr: ""}', "}")
    assert with_gaps != begun
    assert add_language(with_gaps, "fr").text == begun
    with pytest.raises(EditError, match="Every text has a place"):
        add_language(begun, "fr")


@pytest.mark.parametrize(
    ("code", "name"), [("x y", "X"), ("", "X"), ("qq", ""), ("qq", "\u202e"), ("qq", "Q" * 81)]
)
def test_a_language_needs_a_code_and_a_name(code: str, name: str) -> None:
    with pytest.raises(WrongUsage):
        add_language(text_of(FIXTURE), code, name)
