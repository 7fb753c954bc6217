"""The handout as one self-contained HTML page: no script, font, image or connection."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from fibrocheck.html_template import direction, html_template
from fibrocheck.pages.qr import qr_code

if TYPE_CHECKING:
    import jinja2

    from fibrocheck.pages.handout import Handout

TEMPLATE = "handout.html.j2"


def render_html(handout: Handout) -> str:
    """Return the page for a browser or printer, on A4 or Letter. Large print is 16 points or more."""
    link = handout.patient.booking.value if handout.patient.booking else ""
    code = qr_code(link)
    return _template().render(
        handout=handout,
        code=code,
        link=link if code else "",  # a link that is not https is printed as text
        size=f"s{handout.fit.size:g}".replace(".", ""),
        is_large=handout.fit.is_large,
        is_tight=handout.fit.is_tight,
    )


@cache  # only the template is kept, not what it was filled with
def _template() -> jinja2.Template:
    return html_template(__package__, TEMPLATE, direction=direction, in_two=in_two)


def in_two(name: str) -> tuple[str, str]:
    """Return the name of a column as two lines, as even as its words allow; the second may be empty."""
    words = name.split(" ")
    ways = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words) + 1)]
    return min(ways, key=lambda lines: max(map(len, lines)))
