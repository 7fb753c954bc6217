"""A summary as plain text, for a terminal or a file."""

from fibrocheck.content.model import Content
from fibrocheck.pages.sections import summary_sections
from fibrocheck.pages.text_layout import BLANK, Line, Paragraph, unstyled
from fibrocheck.pages.voice import Voice
from fibrocheck.pages.whole_section import section_lines
from fibrocheck.summary import Summary


def render_summary(
    summary: Summary, content: Content, language: str, width: int, *, is_other_version: bool = False
) -> str:
    """Return the whole summary in one language, in lines of at most `width` columns.

    If the questions are those of another version, it says so before the answers.
    """
    voice = Voice(content, language)
    first, *others = summary_sections(summary, voice)
    if is_other_version:
        note = Paragraph(voice.say(content.words.other_version))
        first = first._replace(groups=((note,), *first.groups))
    lines: list[Line] = []
    for section in (first, *others):
        lines += [*section_lines(section, width), BLANK]
    return unstyled(lines[:-1])
