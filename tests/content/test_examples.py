"""Every example file, found by itself: the good ones load, the bad ones say what their comments expect."""

from pathlib import Path

import pytest

from fibrocheck.content.loader import parse

from .examples import completed, examples, expected


def _told(data: bytes) -> list[str]:
    return [f"{problem.line}: {problem.what}. {problem.remedy}" for problem in parse(data).problems]


def test_there_are_examples_of_both_kinds() -> None:
    """A folder that moved would leave nothing to test."""
    assert len(examples("positive")) >= 10
    assert len(examples("negative")) >= 60


@pytest.mark.parametrize("file", examples("positive"), ids=lambda file: file.stem)
def test_a_good_example_loads_without_a_word(file: Path) -> None:
    findings = parse(completed(file.read_bytes()))
    assert [problem.told("") for problem in findings.problems] == []
    assert findings.content is not None


@pytest.mark.parametrize("file", examples("negative"), ids=lambda file: file.stem)
def test_a_bad_example_is_refused_for_exactly_what_it_says(file: Path) -> None:
    example = file.read_bytes()
    wanted = expected(example)
    told = _told(completed(example))
    assert wanted, "the example does not say what it expects"
    assert len(told) == len(wanted), told
    for line, start in zip(told, sorted(wanted), strict=True):
        beginning, _, somewhere = start.partition("|")
        assert line.startswith(beginning)
        assert somewhere in line


@pytest.mark.parametrize("file", examples("negative"), ids=lambda file: file.stem)
def test_a_bad_example_has_no_content(file: Path) -> None:
    assert parse(completed(file.read_bytes())).content is None
