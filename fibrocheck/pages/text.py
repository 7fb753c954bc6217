"""A summary as plain text: for plain mode, for a file, for a terminal after the visit."""

from fibrocheck.content.model import Content
from fibrocheck.pages.sections import summary_sections
from fibrocheck.pages.text_layout import BLANK, Heading, Line, Section, group_lines, plain
from fibrocheck.pages.voice import Voice
from fibrocheck.summary import Summary


def render_text(summary: Summary, content: Content, language: str, width: int) -> str:
    """The whole summary in one language, in lines of at most `width` columns."""
    lines: list[Line] = []
    for section in summary_sections(summary, Voice(content, language)):
        lines += [*section_lines(section, width), BLANK]
    return plain(lines[:-1])


def section_lines(section: Section, width: int) -> list[Line]:
    """A section under its title, with an empty line before each of its groups."""
    lines = list(Heading(section.title).lines(width)) if section.title else []
    for group in section.groups:
        lines += [BLANK, *group_lines(group, width)]
    return lines
