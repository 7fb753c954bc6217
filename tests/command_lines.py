"""Random command lines, for what reads options without the command-line library."""

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st

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


def alike(options: Options | None) -> Options | None:
    """Return options in which the file to read is a text, as whoever is told of it sees it."""
    if options is None or options.questions is None:
        return options
    return options._replace(questions=str(options.questions))
