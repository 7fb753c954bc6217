"""What is mutated, and with which tests. The only place that names them."""

from typing import NamedTuple


class Module(NamedTuple):
    """One row of the table."""

    mutated: tuple[str, ...]
    """Files, or patterns of files, from the top of the project."""
    tests: tuple[str, ...]
    """Files or folders of tests. They run inside the tool's process: none may start the program."""


MODULES = {
    "interview": Module(
        ("fibrocheck/interview.py",), ("tests/test_interview.py", "tests/test_follow_up_rules.py")
    ),
    "questions": Module(("fibrocheck/questions.py",), ("tests/test_questions.py", "tests/test_summary.py")),
    "summary": Module(("fibrocheck/summary.py",), ("tests/test_summary.py", "tests/test_read_back.py")),
    "wording": Module(
        ("fibrocheck/content/wording.py", "fibrocheck/content/phrases.py"),
        tuple(f"tests/content/test_{name}.py" for name in ("wording", "wording_rules", "wording_search")),
    ),
    "code": Module(("fibrocheck/copies/code/*.py",), ("tests/copies/code",)),
    "records": Module(("fibrocheck/records/*.py",), ("tests/records",)),
}

TOO_LONG = (
    "every_combination or million or cost or flood or TestPerson"
    " or anything_changed or another_system or any_interview or no_bytes or as_each_alone"
)
"""Tests that take seconds each, as `pytest -k` selects them. Mutants are killed without them."""
