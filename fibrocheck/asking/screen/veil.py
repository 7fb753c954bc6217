"""A page that is only heard: everything where it was, and nothing of it to be seen."""

from fibrocheck.asking.screen.page_layout import PageLayout
from fibrocheck.pages.text_layout import BLANK, TEXT, Line, Paragraph, Span, cells


def veiled(layout: PageLayout, message: str, columns: int) -> PageLayout:
    """Return a layout whose lines are empty, but for a message at its top if there is room."""
    top = [*Paragraph(message).lines(columns)][: len(layout.top)]
    below = [BLANK] * (len(layout.top) - len(top))
    options = tuple(
        each._replace(heading=("",) * len(each.heading), lines=tuple(map(_emptied, each.lines)))
        for each in layout.options
    )
    foot = tuple(map(_emptied, layout.foot))
    drawn, beside, way_on = (
        tuple(map(_emptied, lines)) for lines in (layout.drawn, layout.beside, layout.way_on)
    )
    return layout._replace(
        top=(*top, *below), options=options, foot=foot, more=None, drawn=drawn, beside=beside, way_on=way_on
    )


def _emptied(line: Line) -> Line:
    """Return a line of spaces; what had an action keeps it, so that keys lead there as before."""
    return tuple(Span(TEXT, " " * cells(span.text), span.action) for span in line)
