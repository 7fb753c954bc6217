"""Sections printed on a terminal's ordinary screen, where they can be scrolled and copied."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from fibrocheck.content.model import Content
from fibrocheck.pages.sections import summary_sections
from fibrocheck.pages.text_layout import ASIDE, LABEL, MEASURE, STRONG, TEXT, Section
from fibrocheck.pages.voice import Voice
from fibrocheck.pages.whole_section import section_lines
from fibrocheck.summary import Summary

_WEIGHTS = {TEXT: "", STRONG: "bold", LABEL: "bold", ASIDE: ""}


def print_summary(summary: Summary, content: Content, language: str) -> None:
    """Print a summary in one language."""
    print_sections(summary_sections(summary, Voice(content, language)))


def print_sections(sections: Iterable[Section]) -> None:
    """Print sections in lines of at most 72 columns, bold if the terminal can show it."""
    console = Console(highlight=False)
    for section in sections:
        # As Text objects: in a plain string, rich would read words in brackets as markup.
        for line in section_lines(section, min(MEASURE, console.width)):
            console.print(Text.assemble(*((span.text, _WEIGHTS[span.style]) for span in line)))
        console.print()
