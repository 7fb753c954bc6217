"""A summary as plain text, for a terminal or a file."""

from fibrocheck.content.model import Content
from fibrocheck.pages.sections import summary_sections
from fibrocheck.pages.text_layout import BLANK, Line, section_lines, unstyled
from fibrocheck.pages.voice import Voice
from fibrocheck.summary import Summary


def render_summary(summary: Summary, content: Content, language: str, width: int) -> str:
    """Return the whole summary in one language, in lines of at most `width` columns."""
    lines: list[Line] = []
    for section in summary_sections(summary, Voice(content, language)):
        lines += [*section_lines(section, width), BLANK]
    return unstyled(lines[:-1])
