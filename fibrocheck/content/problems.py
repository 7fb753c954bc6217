"""What is wrong with a questionnaire file: where, what, and what to do about it."""

from typing import NamedTuple

from fibrocheck.errors import StaffError
from fibrocheck.text_safety import printable

ERROR, WARNING, NOTICE = "error", "warning", "notice"

MAX_MESSAGE = 2000
"""The longest message in characters, whatever the file contains."""


class Problem(NamedTuple):
    """One thing to fix. `line` and `column` count from 1; line 0 means the file as a whole."""

    line: int
    column: int
    what: str
    remedy: str
    severity: str = ERROR

    @property
    def is_error(self) -> bool:
        """Whether the file cannot be used until this is fixed."""
        return self.severity == ERROR

    def line_for(self, name: str) -> str:
        """Return the problem of the file `name` on one line: `FILE:LINE: what. what to do.`."""
        where = f"{printable(name)}:{self.line}" if self.line else printable(name)
        severity = "" if self.is_error else f"{self.severity}: "
        return (
            f"{where}: {severity}{printable(self.what, MAX_MESSAGE)}. {printable(self.remedy, MAX_MESSAGE)}."
        )


class ContentError(StaffError):
    """A questionnaire file that cannot be used, with everything that is wrong with it."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        """Keep the problems; the message is put together only when it is printed."""
        super().__init__(name, problems)
        self.name = name
        self.problems = problems

    def __str__(self) -> str:
        """One line for each problem, then the totals."""
        lines = [problem.line_for(self.name) for problem in self.problems]
        return "\n".join([*lines, totals(self.problems)])


def totals(problems: tuple[Problem, ...]) -> str:
    """Return the closing line, such as "2 errors, 1 warning."."""
    severities = [problem.severity for problem in problems]
    parts = [
        f"{number} {severity}{'' if number == 1 else 's'}"
        for severity in (ERROR, WARNING, NOTICE)
        if (number := severities.count(severity))
    ]
    return f"{', '.join(parts) or 'No problems'}."
