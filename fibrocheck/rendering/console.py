"""Sections on a terminal's ordinary screen, where they can be scrolled and copied."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from fibrocheck.content.model import Content
from fibrocheck.rendering.sections import Voice, summary_sections
from fibrocheck.rendering.text import section_lines
from fibrocheck.rendering.typeset import ACCENT, MEASURE, QUIET, STRONG, TEXT, Section
from fibrocheck.summary import Summary

# Colours that every terminal has, in the shades that its owner chose to read well.
_LOOKS = {TEXT: "", STRONG: "bold", ACCENT: "green", QUIET: "dim"}


def print_summary(summary: Summary, content: Content, language: str) -> None:
    """Print a summary in one language."""
    print_sections(summary_sections(summary, Voice(content, language)))


def print_sections(sections: Iterable[Section]) -> None:
    """Print sections in lines of at most 72 columns, with weights and colours where there are any."""
    console = Console(highlight=False)
    for section in sections:
        # Text objects only: rich would read the words of a plain string as markup.
        for line in section_lines(section, min(MEASURE, console.width)):
            console.print(Text.assemble(*((span.text, _LOOKS[span.style]) for span in line)))
        console.print()
