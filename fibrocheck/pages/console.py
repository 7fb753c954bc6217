"""Sections printed on a terminal's ordinary screen, where they can be scrolled and copied."""

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from fibrocheck.content.model import Content
from fibrocheck.pages.palette import ACCENT_INDEX, QUIET_INDEX
from fibrocheck.pages.sections import summary_sections
from fibrocheck.pages.text_layout import ACCENT, MEASURE, QUIET, STRONG, TEXT, Section
from fibrocheck.pages.voice import Voice
from fibrocheck.pages.whole_section import section_lines
from fibrocheck.summary import Summary
from fibrocheck.surroundings import shows_colours

_WEIGHTS = {TEXT: "", STRONG: "bold", ACCENT: "", QUIET: ""}
_COLOURS = {ACCENT: f"color({ACCENT_INDEX})", QUIET: f"color({QUIET_INDEX})"}


def print_summary(summary: Summary, content: Content, language: str) -> None:
    """Print a summary in one language."""
    print_sections(summary_sections(summary, Voice(content, language)))


def print_sections(sections: Iterable[Section]) -> None:
    """Print sections in lines of at most 72 columns, bold and coloured if the terminal can show it."""
    is_colourful = shows_colours() and sys.stdout.isatty()
    # By default, rich uses the terminal's own green if the terminal's name does not promise 256 colours.
    console = Console(highlight=False, color_system="256" if is_colourful else "auto")
    looks = _WEIGHTS | _COLOURS if is_colourful else _WEIGHTS
    for section in sections:
        # As Text objects: in a plain string, rich would read words in brackets as markup.
        for line in section_lines(section, min(MEASURE, console.width)):
            console.print(Text.assemble(*((span.text, looks[span.style]) for span in line)))
        console.print()
