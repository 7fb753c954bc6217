"""Every example file: the positive ones load, the negative ones give the problems in their comments."""

from pathlib import Path

import pytest

from fibrocheck.content.parsing import parse

from .examples import completed, examples, expected


def test_there_are_positive_and_negative_examples() -> None:
    """If a folder were renamed, the other tests here would have no cases."""
    assert len(examples("positive")) >= 10
    assert len(examples("negative")) >= 60


@pytest.mark.parametrize("file", examples("positive"), ids=lambda file: file.stem)
def test_a_positive_example_loads_without_problems(file: Path) -> None:
    findings = parse(completed(file.read_bytes()))
    assert [problem.line_for("") for problem in findings.problems] == []
    assert findings.content is not None


@pytest.mark.parametrize("file", examples("negative"), ids=lambda file: file.stem)
def test_a_negative_example_has_exactly_the_problems_in_its_comments_and_no_content(file: Path) -> None:
    example = file.read_bytes()
    wanted = expected(example)
    findings = parse(completed(example))
    assert findings.content is None
    messages = [f"{problem.line}: {problem.what}. {problem.remedy}" for problem in findings.problems]
    assert wanted, "the example does not say what it expects"
    assert len(messages) == len(wanted), messages
    for line, start in zip(messages, sorted(wanted), strict=True):
        beginning, _, somewhere = start.partition("|")
        assert line.startswith(beginning)
        assert somewhere in line
