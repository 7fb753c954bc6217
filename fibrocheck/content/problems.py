"""What is wrong with a questionnaire file: where, what, and what to do about it."""

from typing import NamedTuple

from fibrocheck.errors import StaffError
from fibrocheck.text_safety import printable

ERROR, WARNING, NOTICE = "error", "warning", "notice"

LONGEST = 2000
"""No message is longer, whatever stands in the file."""


class Problem(NamedTuple):
    """One thing to mend. `line` and `column` count from 1; line 0 means the file as a whole."""

    line: int
    column: int
    what: str
    remedy: str
    severity: str = ERROR

    @property
    def refuses(self) -> bool:
        """Whether the file cannot be used until this is mended."""
        return self.severity == ERROR

    def told(self, name: str) -> str:
        """`FILE:LINE: what. what to do.`, on one line."""
        where = f"{printable(name)}:{self.line}" if self.line else printable(name)
        severity = "" if self.refuses else f"{self.severity}: "
        return f"{where}: {severity}{printable(self.what, LONGEST)}. {printable(self.remedy, LONGEST)}."


class ContentError(StaffError):
    """A questionnaire file that cannot be used, with everything that is wrong with it."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        """Keep what was found; the words are put together only when they are asked for."""
        super().__init__(name, problems)
        self.name = name
        self.problems = problems

    def __str__(self) -> str:
        """One line a problem, then how many there are."""
        lines = [problem.told(self.name) for problem in self.problems]
        return "\n".join([*lines, count(self.problems)])


def count(problems: tuple[Problem, ...]) -> str:
    """The closing line: "2 errors, 1 warning."."""
    severities = [problem.severity for problem in problems]
    parts = [
        f"{number} {severity}{'' if number == 1 else 's'}"
        for severity in (ERROR, WARNING, NOTICE)
        if (number := severities.count(severity))
    ]
    return f"{', '.join(parts) or 'No problems'}."
