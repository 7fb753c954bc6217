"""The questionnaire that comes with the program.

Only what must be true of it whatever the clinic changes: its phone, link and approval may be filled in,
and questions, languages and words may be added or changed, without touching a test.
"""

from pathlib import Path

from fibrocheck.content.check import check
from fibrocheck.content.loader import parse
from fibrocheck.content.model import Content
from fibrocheck.content.source_file import shipped_path

AGREED = [
    *("muscle-pain", "widespread-pain", "tenderness", "fatigue", "sleep", "morning-stiffness"),
    *("headaches", "brain-fog"),
    *("duration", "pain-areas", "most-in-the-way"),
    *("viral-illness", "immune-changes", "stress-trauma", "nervous-system", "hormonal"),
    *("ptsd-emotional", "autoimmune"),
]
"""The ids of saved records, in their order. More may be added; none of these ever changes or goes."""

ALLOWED = ("has not been approved", "still an example", "reading grades were not measured", "reads harder")
"""What the file may be warned of: what only a clinic can fill in, and an optional package."""


def test_the_agreed_ids_are_all_there_in_their_order(shipped: Content) -> None:
    assert [question.id for question in shipped.questions if question.id in AGREED] == AGREED


def test_nothing_else_is_wrong_with_it() -> None:
    for problem in check(Path(shipped_path()).read_bytes()):
        assert any(words in problem.what for words in ALLOWED), problem


def test_no_text_sounds_like_a_diagnosis() -> None:
    findings = parse(Path(shipped_path()).read_bytes())
    assert findings.content
    assert not [problem for problem in findings.problems if " says " in problem.what]
