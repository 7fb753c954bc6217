"""A whole section as lines, for a file or for a terminal's ordinary screen."""

from fibrocheck.pages.text_layout import BLANK, Heading, Line, Section, alike, group_lines


def section_lines(section: Section, width: int) -> list[Line]:
    """Return a section under its title, with an empty line before each of its groups."""
    lines = list(Heading(section.title).lines(width)) if section.title else []
    for group in alike(section.groups, width):
        lines += [BLANK, *group_lines(group, width)]
    return lines
