"""Random command lines, and what the command-line library makes of one, for what reads options without it."""

from collections.abc import Sequence
from typing import Any, TypeVar
from unittest.mock import patch

from hypothesis import strategies as st

from fibrocheck import cli
from fibrocheck.errors import StaffError
from fibrocheck.report_options import ReportOptions
from fibrocheck.visit_options import VisitOptions

VARIABLES = ("FIBROCHECK_QUESTIONS", "FIBROCHECK_RECORDS")

Options = TypeVar("Options", VisitOptions, ReportOptions)


def command_lines(
    texts: Sequence[str], flags: Sequence[str], values: Sequence[str], others: Sequence[str]
) -> st.SearchStrategy[list[str]]:
    """Return up to five options each: those with a text, flags, values, and words that are neither."""
    pairs = st.tuples(st.sampled_from(texts), st.sampled_from(values))
    words = st.sampled_from((*texts, *flags, *values, *others))
    option = st.one_of(
        st.sampled_from(flags).map(lambda flag: (flag,)),
        pairs,
        pairs.map(lambda pair: ("=".join(pair),)),
        words.map(lambda word: (word,)),
    )
    return st.lists(option, max_size=5).map(lambda found: [word for each in found for word in each])


def environments() -> st.SearchStrategy[dict[str, str]]:
    """Return the environment's variables that stand for options."""
    return st.dictionaries(st.sampled_from(VARIABLES), st.sampled_from(("", "x.yaml", "./d//e")))


def by_library(owner: object, starts: str, *words: str) -> Any:
    """Return the options with which the library calls a function of a module; `None` if it does not."""
    given: list[object] = []

    def start(options: object) -> bool:
        given.append(options)
        return True

    with patch.object(owner, starts, start):
        try:
            cli.run_command(words)
        except StaffError:
            return None
    return given[0] if given else None


def alike(options: Options | None) -> Options | None:
    """Return options in which the file to read is a text, as whoever is told of it sees it."""
    if options is None or options.questions is None:
        return options
    return options._replace(questions=str(options.questions))
